/* sha256.c - libcrypto's SHA-256, as bytes and in hexadecimal. */
#include "base/sha256.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>

static _Noreturn void fail(void)
{
    fputs("pgretain: error: libcrypto cannot compute SHA-256\n", stderr);
    _Exit(1);
}

/* Made once: to look the algorithm up takes libcrypto longer than to hash a line of a log. */
static EVP_MD_CTX *context(void)
{
    static EVP_MD_CTX *made;
    if (made == NULL) {
        made = EVP_MD_CTX_new();
        if (made == NULL || EVP_DigestInit_ex(made, EVP_sha256(), NULL) != 1)
            fail();
    }
    return made;
}

void sha256_parts(const struct sha256_part *parts, size_t count,
                  unsigned char ret_digest[SHA256_BYTES])
{
    EVP_MD_CTX *md = context();
    int good = EVP_DigestInit_ex(md, NULL, NULL);
    for (size_t i = 0; i < count && good == 1; i++)
        good = EVP_DigestUpdate(md, parts[i].bytes, parts[i].length);
    if (good != 1 || EVP_DigestFinal_ex(md, ret_digest, NULL) != 1)
        fail();
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
