/*
 * utf8.h - one character at a time, strictly (RFC 3629)
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/*
 * Decodes the character at `bytes` (length > 0): returns its size in bytes and the code point, or 1
 * and -1 where the bytes are no UTF-8 (overlong forms and surrogates are none).
 */
size_t utf8_decode(const char *bytes, size_t length, int32_t *ret_code);

#endif
