/*
 * sha256.h - SHA-256 (FIPS 180-4), computed by libcrypto
 */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include <stddef.h>

enum { SHA256_BYTES = 32, SHA256_HEX = 65 };

/* Writes 64 lower-case hexadecimal digits and a NUL. */
void sha256_hex(const void *bytes, size_t length, char ret_hex[SHA256_HEX]);

#endif
