/* base64.c - four characters for three bytes. */
#include "base/base64.h"

#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_add(struct buffer *out, const void *bytes, size_t length)
{
    const unsigned char *in = bytes;
    for (size_t i = 0; i < length; i += 3) {
        size_t rest = length - i;
        unsigned group = (unsigned)in[i] << 16 | (rest > 1 ? (unsigned)in[i + 1] << 8 : 0) |
                         (rest > 2 ? (unsigned)in[i + 2] : 0);
        const char four[] = {digits[group >> 18], digits[group >> 12 & 63],
                             rest > 1 ? digits[group >> 6 & 63] : '=',
                             rest > 2 ? digits[group & 63] : '='};
        buffer_add_bytes(out, four, 4);
    }
}

/* One group of four; how many bytes it stood for, or 0. */
static size_t read_group(const char *text, unsigned char ret_bytes[3])
{
    size_t pads = text[3] != '=' ? 0 : text[2] != '=' ? 1 : 2;
    unsigned group = 0;
    for (size_t i = 0; i < 4; i++) {
        const char *digit = i < 4 - pads ? memchr(digits, text[i], 64) : digits;
        if (digit == NULL)
            return 0;
        group = group << 6 | (unsigned)(digit - digits);
    }
    if ((pads == 1 && (group & 0xff) != 0) || (pads == 2 && (group & 0xffff) != 0))
        return 0; /* bits that another encoding of the same bytes would not have */
    for (size_t i = 0; i < 3; i++)
        ret_bytes[i] = (unsigned char)(group >> (16 - 8 * i) & 0xff);
    return 3 - pads;
}

bool base64_read(const char *text, size_t length, struct buffer *out)
{
    if (length % 4 != 0)
        return false;
    for (size_t i = 0; i < length; i += 4) {
        unsigned char bytes[3];
        size_t count = read_group(text + i, bytes);
        if (count == 0 || (count < 3 && i + 4 < length))
            return false;
        buffer_add_bytes(out, bytes, count);
    }
    return true;
}

bool base64_read_exactly(const char *text, size_t length, void *ret_bytes, size_t wanted)
{
    struct buffer bytes = {0};
    bool good = base64_read(text, length, &bytes) && bytes.length == wanted;
    if (good && wanted > 0)
        memcpy(ret_bytes, bytes.data, wanted);
    buffer_free(&bytes);
    return good;
}
