/*
 * text.h - characters and lines of the policy file
 *
 * Lines end with '\n'; columns count characters (code points), a byte that is not UTF-8 counting as
 * one. libyaml counts the same way once the other line breaks are refused (see screen.h).
 */
#ifndef POLICY_TEXT_H
#define POLICY_TEXT_H

#include "base/arena.h"
#include "pgretain/policy.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Neither a control character nor one that turns the direction of writing. */
bool text_is_printable(int32_t code);

/* Whether a message may show the whole of it as it is: printable, 100 bytes at most. */
bool text_is_showable(const char *text);

/* The value in double quotes, as messages show it: cut after 60 characters, unprintables as `?`. */
const char *text_quote(struct arena *arena, const char *text);

/* Line and column of the byte at `offset`. */
struct mark text_mark_at(const char *bytes, size_t length, size_t offset);

/* The byte range of a line without its '\n'; false when the file has no such line. */
bool text_find_line(const char *bytes, size_t length, unsigned line, size_t *ret_start,
                    size_t *ret_end);

/* Whether all characters are of [A-Za-z0-9._-] and there is at least one. */
bool text_is_word(const char *text);

#endif
