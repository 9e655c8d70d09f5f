/* utf8.c - decodes by the number of leading ones. */
#include "base/utf8.h"

#include <stdbool.h>

static bool is_valid_code(int32_t code, size_t size)
{
    static const int32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    return code >= smallest[size] && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
}

size_t utf8_decode(const char *bytes, size_t length, int32_t *ret_code)
{
    unsigned char first = (unsigned char)bytes[0];
    size_t size = first < 0x80             ? 1
                  : (first & 0xe0) == 0xc0 ? 2
                  : (first & 0xf0) == 0xe0 ? 3
                  : (first & 0xf8) == 0xf0 ? 4
                                           : 0;
    *ret_code = -1;
    if (size == 0 || size > length)
        return 1;
    int32_t code = size == 1 ? first : first & (0x7f >> size);
    for (size_t i = 1; i < size; i++) {
        unsigned char next = (unsigned char)bytes[i];
        if ((next & 0xc0) != 0x80)
            return 1;
        code = code << 6 | (next & 0x3f);
    }
    if (size > 1 && !is_valid_code(code, size))
        return 1;
    *ret_code = code;
    return size;
}
