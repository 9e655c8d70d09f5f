/* sha256.c - one-shot SHA-256 in hexadecimal. */
#include "base/sha256.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>

void sha256_hex(const void *bytes, size_t length, char ret_hex[SHA256_HEX])
{
    unsigned char digest[SHA256_BYTES];
    if (EVP_Digest(bytes, length, digest, NULL, EVP_sha256(), NULL) != 1) {
        fputs("pgretain: error: libcrypto cannot compute SHA-256\n", stderr);
        _Exit(1);
    }
    for (size_t i = 0; i < SHA256_BYTES; i++) {
        ret_hex[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        ret_hex[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    ret_hex[2 * SHA256_BYTES] = '\0';
}
