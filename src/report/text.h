/*
 * text.h - words and numbers for a terminal: escaped, measured, shortened, wrapped
 *
 * Names come from policies and databases and may hold anything. Nothing reaches a terminal that it
 * could take for a command or that changes the order of what is read: control characters, bidi and
 * invisible format characters and invalid UTF-8 are shown as \xNN and \u{NNNN}.
 */
#ifndef REPORT_TEXT_H
#define REPORT_TEXT_H

#include "base/arena.h"
#include "base/buffer.h"

#include <stddef.h>
#include <stdint.h>

enum { PAGE_COLUMNS = 80 };

/* Appends the text, escaped; `text` may be NULL, which is "". */
void text_escape(const char *text, struct buffer *out);
const char *text_safe(const char *text, struct arena *arena);

/* The rest is for escaped text. Columns on a terminal; East Asian wide characters take two. */
size_t text_width(const char *text);
/* Appends the text in exactly `width` columns; too long a text loses its middle. */
void text_left(const char *text, size_t width, struct buffer *out);
void text_right(const char *text, size_t width, struct buffer *out);
/* At most `width` columns, without padding. */
void text_fit(const char *text, size_t width, struct buffer *out);
/* Appends the text in lines of at most PAGE_COLUMNS and a newline. The first line goes on where
 * `used` columns are filled already, the others begin at `indent`. A longer word stays whole. */
void text_wrap(const char *text, size_t used, size_t indent, struct buffer *out);

/* "1,204,331" and "1.2M" (at most six columns); "-" for a number below 0, which is not counted. */
const char *text_number(int64_t number, struct arena *arena);
const char *text_compact(int64_t number, struct arena *arena);
/* "1 row", "2 rows" */
void text_count(int64_t number, const char *one, const char *many, struct buffer *out);

#endif
