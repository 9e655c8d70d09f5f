/* text.c - what of the file can be shown, and where its lines are. */
#include "policy/text.h"

#include "base/buffer.h"
#include "base/utf8.h"

#include <string.h>

enum { QUOTED_CHARACTERS = 60, SHOWABLE_BYTES = 100 };

bool text_is_printable(int32_t code)
{
    return code >= 0x20 && !(code >= 0x7f && code <= 0x9f) && !(code >= 0x2028 && code <= 0x202e) &&
           !(code >= 0x2066 && code <= 0x2069) && code != 0xfeff && code != 0xfffe &&
           code != 0xffff;
}

bool text_is_showable(const char *text)
{
    size_t length = strlen(text);
    for (size_t i = 0; i < length;) {
        int32_t code;
        i += utf8_decode(text + i, length - i, &code);
        if (!text_is_printable(code))
            return false;
    }
    return length <= SHOWABLE_BYTES;
}

const char *text_quote(struct arena *arena, const char *text)
{
    struct buffer quoted = {0};
    size_t length = strlen(text);
    buffer_add(&quoted, "\"");
    for (size_t i = 0, shown = 0; i < length; shown++) {
        if (shown == QUOTED_CHARACTERS) {
            buffer_add(&quoted, "...");
            break;
        }
        int32_t code;
        size_t size = utf8_decode(text + i, length - i, &code);
        if (text_is_printable(code))
            buffer_add_bytes(&quoted, text + i, size);
        else
            buffer_add(&quoted, "?");
        i += size;
    }
    buffer_add(&quoted, "\"");
    const char *copy = arena_strdup(arena, buffer_text(&quoted));
    buffer_free(&quoted);
    return copy;
}

struct mark text_mark_at(const char *bytes, size_t length, size_t offset)
{
    struct mark mark = {.line = 1, .column = 1};
    for (size_t i = 0; i < offset && i < length;) {
        int32_t code;
        i += utf8_decode(bytes + i, length - i, &code);
        if (code == '\n')
            mark = (struct mark){.line = mark.line + 1, .column = 1};
        else
            mark.column++;
    }
    return mark;
}

bool text_find_line(const char *bytes, size_t length, unsigned line, size_t *ret_start,
                    size_t *ret_end)
{
    size_t start = 0;
    if (line == 0)
        return false;
    for (unsigned at = 1;; at++) {
        const char *end = start < length ? memchr(bytes + start, '\n', length - start) : NULL;
        if (at == line) {
            *ret_start = start;
            *ret_end = end == NULL ? length : (size_t)(end - bytes);
            return true;
        }
        if (end == NULL)
            return false;
        start = (size_t)(end - bytes) + 1;
    }
}

bool text_is_word(const char *text)
{
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    return *text != '\0' && text[strspn(text, allowed)] == '\0';
}
