/* format.c - a diagnostic as a person reads it: place, message, line, caret, hint. */
#include "base/buffer.h"
#include "base/utf8.h"
#include "policy/hide.h"
#include "policy/policy.h"
#include "policy/text.h"

#include <stdlib.h>
#include <string.h>

enum { WIDEST = 100, INDENTATION = 2, SHOWN = WIDEST - INDENTATION, BEFORE_CARET = 60, TAB = 4 };

/* A line made presentable: `cells[i]` is where its i-th visible character starts in `text`. */
struct picture {
    struct buffer text;
    size_t *cells;
    size_t cell_count;
    size_t caret; /* the cell under which it stands */
};

static void draw(struct picture *picture, const char *bytes, size_t size)
{
    picture->cells[picture->cell_count++] = picture->text.length;
    buffer_add_bytes(&picture->text, bytes, size);
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

static void draw_line(struct picture *picture, const char *bytes, size_t length, unsigned column,
                      const unsigned char *fates)
{
    unsigned at = 1;
    for (size_t i = 0; i < length; at++) {
        int32_t code;
        size_t size = utf8_decode(bytes + i, length - i, &code);
        if (at == column)
            picture->caret = picture->cell_count;
        draw_character(picture, bytes + i, size, code, fates[i]);
        i += size;
    }
    if (at <= column)
        picture->caret = picture->cell_count;
    picture->cells[picture->cell_count] = picture->text.length;
}

static void add_picture(const struct picture *picture, struct buffer *out)
{
    size_t first = 0, last = picture->cell_count;
    if (picture->caret > BEFORE_CARET && picture->cell_count > SHOWN)
        first = picture->caret - BEFORE_CARET;
    if (last - first > SHOWN)
        last = first + SHOWN;
    while (last > first && picture->text.data[picture->cells[last] - 1] == ' ')
        last--;
    buffer_addf(out, "%*s", INDENTATION, "");
    buffer_add_bytes(out, picture->text.data + picture->cells[first],
                     picture->cells[last] - picture->cells[first]);
    buffer_addf(out, "\n%*s^\n", (int)(picture->caret - first) + INDENTATION, "");
}

static void add_line(struct mark mark, const char *bytes, size_t length, struct buffer *out)
{
    size_t start, end;
    if (bytes == NULL)
        return;
    if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        bytes += 3;
        length -= 3;
    }
    if (!text_find_line(bytes, length, mark.line, &start, &end) || start == end)
        return;
    struct arena arena = {0};
    struct picture picture = {0};
    unsigned char *fates = arena_alloc(&arena, end - start);
    picture.cells = arena_alloc(&arena, ((end - start) * TAB + 1) * sizeof *picture.cells);
    hide_line(bytes, length, start, end, fates);
    draw_line(&picture, bytes + start, end - start, mark.column, fates);
    if (picture.cell_count > 0)
        add_picture(&picture, out);
    buffer_free(&picture.text);
    arena_free(&arena);
}

void diagnostic_format(const struct diagnostic *diagnostic, const char *file, const char *bytes,
                       size_t length, struct buffer *out)
{
    const char *severity = diagnostic->is_warning ? "warning" : "error";
    buffer_add(out, file);
    if (diagnostic->mark.line > 0)
        buffer_addf(out, ":%u:%u", diagnostic->mark.line, diagnostic->mark.column);
    buffer_addf(out, ": %s: %s\n", severity, diagnostic->message);
    add_line(diagnostic->mark, bytes, length, out);
    if (diagnostic->hint != NULL)
        buffer_addf(out, "  hint: %s\n", diagnostic->hint);
}
