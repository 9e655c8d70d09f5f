/* format.c - a diagnostic as a person reads it: place, message, line, caret, hint. */
#include "base/buffer.h"
#include "base/utf8.h"
#include "policy/hide.h"
#include "policy/policy.h"
#include "policy/text.h"

#include <stdlib.h>
#include <string.h>

enum { WIDEST = 100, INDENTATION = 2, SHOWN = WIDEST - INDENTATION, BEFORE_CARET = 60, TAB = 4 };

/* A line made presentable, or the part of it that is shown. */
struct picture {
    struct buffer text;
    size_t cell_count;  /* visible characters up to here */
    size_t first, last; /* the cells that are drawn */
    size_t caret;       /* the cell under which it stands */
};

static void draw(struct picture *picture, const char *bytes, size_t size)
{
    if (picture->cell_count >= picture->first && picture->cell_count < picture->last)
        buffer_add_bytes(&picture->text, bytes, size);
    picture->cell_count++;
}

static void draw_character(struct picture *picture, const char *bytes, size_t size, int32_t code,
                           unsigned char fate)
{
    if (fate == FATE_HIDDEN || code == '\r')
        return;
    if (fate == FATE_MASKED || (code != '\t' && !text_is_printable(code)))
        draw(picture, "?", 1);
    else if (code != '\t')
        draw(picture, bytes, size);
    else
        for (int i = 0; i < TAB; i++)
            draw(picture, " ", 1);
}

/* Draws the line and finds the caret. No more is looked at than can matter for what is shown. */
static void draw_line(struct picture *picture, const char *bytes, size_t length, unsigned column,
                      const unsigned char *fates)
{
    unsigned at = 1;
    picture->cell_count = 0;
    picture->caret = 0;
    for (size_t i = 0;
         i < length && (at <= column || picture->cell_count <= picture->caret + SHOWN); at++) {
        int32_t code;
        size_t size = utf8_decode(bytes + i, length - i, &code);
        if (at == column)
            picture->caret = picture->cell_count;
        draw_character(picture, bytes + i, size, code, fates[i]);
        i += size;
    }
    if (at <= column)
        picture->caret = picture->cell_count;
}

/* A long line is shown around the caret: once drawn to find that, once to show the part. */
static void add_picture(const char *bytes, size_t length, unsigned column,
                        const unsigned char *fates, struct buffer *out)
{
    struct picture picture = {0};
    draw_line(&picture, bytes, length, column, fates);
    if (picture.cell_count == 0)
        return;
    if (picture.caret > BEFORE_CARET && picture.cell_count > SHOWN)
        picture.first = picture.caret - BEFORE_CARET;
    picture.last = picture.first + SHOWN;
    draw_line(&picture, bytes, length, column, fates);
    while (picture.text.length > 0 && picture.text.data[picture.text.length - 1] == ' ')
        picture.text.length--;
    buffer_addf(out, "%*s", INDENTATION, "");
    buffer_add_bytes(out, buffer_text(&picture.text), picture.text.length);
    buffer_addf(out, "\n%*s^\n", (int)(picture.caret - picture.first) + INDENTATION, "");
    buffer_free(&picture.text);
}

static void add_diagnostic(const struct diagnostic *diagnostic, const char *file, const char *bytes,
                           size_t length, const unsigned char *fates, struct buffer *out)
{
    size_t start, end;
    buffer_add(out, file);
    if (diagnostic->mark.line > 0)
        buffer_addf(out, ":%u:%u", diagnostic->mark.line, diagnostic->mark.column);
    buffer_addf(out, ": %s: %s\n", diagnostic->is_warning ? "warning" : "error",
                diagnostic->message);
    if (bytes != NULL && text_find_line(bytes, length, diagnostic->mark.line, &start, &end))
        add_picture(bytes + start, end - start, diagnostic->mark.column, fates + start, out);
    if (diagnostic->hint != NULL)
        buffer_addf(out, "  hint: %s\n", diagnostic->hint);
}

void diagnostics_format(const struct diagnostics *diagnostics, const char *file, const char *bytes,
                        size_t length, struct buffer *out)
{
    struct arena arena = {0};
    if (bytes != NULL && length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        bytes += 3;
        length -= 3;
    }
    unsigned char *fates = arena_alloc(&arena, length + 1);
    if (bytes != NULL)
        hide_bytes(bytes, length, fates);
    for (size_t i = 0; i < diagnostics->count; i++)
        add_diagnostic(&diagnostics->items[i], file, bytes, length, fates, out);
    arena_free(&arena);
}
