/* text.c - makes foreign text safe to show and fits it into columns. */
#include "report/text.h"

#include "base/utf8.h"

#include <stdbool.h>
#include <string.h>

struct range {
    int32_t first, last;
};

static bool in_ranges(int32_t code_point, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (code_point >= ranges[i].first && code_point <= ranges[i].last)
            return true;
    return false;
}

/* Controls, and characters that are not seen or that turn the direction of reading. */
static bool is_hidden(int32_t code_point)
{
    static const struct range hidden[] = {
        {0x00, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},     {0x61c, 0x61c},
        {0x180e, 0x180e}, {0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f},
        {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}, {0xfff9, 0xffff}, {0xe0000, 0xe0fff},
    };
    return in_ranges(code_point, hidden, sizeof hidden / sizeof hidden[0]);
}

static bool is_wide(int32_t code_point)
{
    static const struct range wide[] = {
        {0x1100, 0x115f}, {0x2e80, 0xa4cf},   {0xac00, 0xd7a3},
        {0xf900, 0xfaff}, {0xfe30, 0xfe6f},   {0xff00, 0xff60},
        {0xffe0, 0xffe6}, {0x1f300, 0x1faff}, {0x20000, 0x3fffd},
    };
    return in_ranges(code_point, wide, sizeof wide / sizeof wide[0]);
}

void text_escape(const char *text, struct buffer *out)
{
    while (text != NULL && *text != '\0') {
        int32_t code_point = 0;
        size_t length = utf8_decode(text, strnlen(text, 4), &code_point);
        if (code_point < 0 || (length == 1 && is_hidden(code_point)))
            buffer_addf(out, "\\x%02x", (unsigned)(unsigned char)*text);
        else if (is_hidden(code_point))
            buffer_addf(out, "\\u{%04x}", (unsigned)code_point);
        else
            buffer_add_bytes(out, text, length);
        text += length;
    }
}

const char *text_safe(const char *text, struct arena *arena)
{
    struct buffer out = {0};
    text_escape(text, &out);
    const char *safe = arena_strdup(arena, buffer_text(&out));
    buffer_free(&out);
    return safe;
}

/* Bytes of `text` that fit into `width` columns; `*ret_used` columns of them. */
static size_t prefix(const char *text, size_t width, size_t *ret_used)
{
    size_t bytes = 0, used = 0;
    while (text[bytes] != '\0') {
        int32_t code_point = 0;
        size_t length = utf8_decode(text + bytes, strnlen(text + bytes, 4), &code_point);
        size_t columns = is_wide(code_point) ? 2 : 1;
        if (used + columns > width)
            break;
        used += columns;
        bytes += length;
    }
    *ret_used = used;
    return bytes;
}

size_t text_width(const char *text)
{
    size_t used;
    prefix(text, SIZE_MAX, &used);
    return used;
}

/* The end of `text` that fits into `width` columns. */
static const char *suffix(const char *text, size_t width)
{
    size_t used;
    size_t surplus = text_width(text) - width;
    const char *end = text + prefix(text, surplus, &used);
    int32_t code_point = 0;
    return used == surplus ? end : end + utf8_decode(end, strnlen(end, 4), &code_point);
}

static const char ellipsis[] = "...";

void text_fit(const char *text, size_t width, struct buffer *out)
{
    size_t mark = sizeof ellipsis - 1;
    if (text_width(text) <= width || width <= mark) {
        size_t used;
        buffer_add_bytes(out, text, prefix(text, width, &used));
        return;
    }
    size_t used;
    size_t tail = (width - mark) / 2;
    buffer_add_bytes(out, text, prefix(text, width - mark - tail, &used));
    buffer_add(out, ellipsis);
    buffer_add(out, suffix(text, tail));
}

static void pad(size_t columns, struct buffer *out)
{
    buffer_addf(out, "%*s", (int)columns, "");
}

/* Appends the text to `line`; its columns are less than asked for where half a wide one is left. */
static size_t fitted_width(const char *text, size_t width, struct buffer *fitted)
{
    text_fit(text, width, fitted);
    return text_width(buffer_text(fitted));
}

void text_left(const char *text, size_t width, struct buffer *out)
{
    struct buffer fitted = {0};
    size_t used = fitted_width(text, width, &fitted);
    buffer_add(out, buffer_text(&fitted));
    pad(width - used, out);
    buffer_free(&fitted);
}

void text_right(const char *text, size_t width, struct buffer *out)
{
    struct buffer fitted = {0};
    pad(width - fitted_width(text, width, &fitted), out);
    buffer_add(out, buffer_text(&fitted));
    buffer_free(&fitted);
}

/* The word at `text` with the space before it; `*ret_columns` of both. */
static size_t take_word(const char *text, size_t *ret_spaces, size_t *ret_columns)
{
    *ret_spaces = strspn(text, " ");
    size_t length = strcspn(text + *ret_spaces, " ");
    *ret_columns = 0;
    for (size_t i = 0; i < length;) {
        int32_t code_point = 0;
        const char *at = text + *ret_spaces + i;
        size_t bytes = utf8_decode(at, strnlen(at, 4), &code_point);
        *ret_columns += is_wide(code_point) ? 2 : 1;
        i += bytes == 0 ? 1 : bytes;
    }
    return length;
}

void text_wrap(const char *text, size_t used, size_t indent, struct buffer *out)
{
    bool fresh = true;
    while (*text != '\0') {
        size_t spaces, columns;
        size_t length = take_word(text, &spaces, &columns);
        if (!fresh && used + spaces + columns > PAGE_COLUMNS) {
            buffer_add(out, "\n");
            pad(indent, out);
            used = indent;
            fresh = true;
        }
        if (!fresh) {
            pad(spaces, out);
            used += spaces;
        }
        buffer_add_bytes(out, text + spaces, length);
        used += columns;
        fresh = length == 0;
        text += spaces + length;
    }
    buffer_add(out, "\n");
}
