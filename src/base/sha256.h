/*
 * sha256.h - SHA-256 (FIPS 180-4), computed by libcrypto
 *
 * In one context for the whole process, which has one thread.
 */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include <stddef.h>

enum { SHA256_BYTES = 32, SHA256_HEX = 65 };

struct sha256_part {
    const void *bytes;
    size_t length;
};

/* Of the parts one after another. */
void sha256_parts(const struct sha256_part *parts, size_t count,
                  unsigned char ret_digest[SHA256_BYTES]);

/* Writes 64 lower-case hexadecimal digits and a NUL. */
void sha256_hex(const void *bytes, size_t length, char ret_hex[SHA256_HEX]);

#endif
