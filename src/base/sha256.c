/* sha256.c - libcrypto's SHA-256, as bytes and in hexadecimal. */
#include "base/sha256.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>

void sha256_parts(const struct sha256_part *parts, size_t count,
                  unsigned char ret_digest[SHA256_BYTES])
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int good = context != NULL && EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1;
    for (size_t i = 0; i < count && good; i++)
        good = EVP_DigestUpdate(context, parts[i].bytes, parts[i].length) == 1;
    if (!good || EVP_DigestFinal_ex(context, ret_digest, NULL) != 1) {
        fputs("pgretain: error: libcrypto cannot compute SHA-256\n", stderr);
        _Exit(1);
    }
    EVP_MD_CTX_free(context);
}

void sha256_hex(const void *bytes, size_t length, char ret_hex[SHA256_HEX])
{
    unsigned char digest[SHA256_BYTES];
    sha256_parts(&(struct sha256_part){bytes, length}, 1, digest);
    for (size_t i = 0; i < SHA256_BYTES; i++) {
        ret_hex[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        ret_hex[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    ret_hex[2 * SHA256_BYTES] = '\0';
}
