/* keyed_hash.c - HMAC-SHA-256 (RFC 2104) in core SQL, and the key's two blocks made here. */
#include "mask/writer.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

enum { BLOCK_BYTES = 64, KEY_MIN_BYTES = 32 };

static int digest(const char *prefix, const unsigned char *bytes, size_t length,
                  unsigned char ret_digest[SHA256_BYTES])
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool made = context != NULL && EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1 &&
                EVP_DigestUpdate(context, prefix, strlen(prefix)) == 1 &&
                EVP_DigestUpdate(context, bytes, length) == 1 &&
                EVP_DigestFinal_ex(context, ret_digest, NULL) == 1;
    EVP_MD_CTX_free(context);
    return made ? 0 : -1;
}

static void block_text(const unsigned char *block, unsigned pad, char *ret_text)
{
    strcpy(ret_text, "\\x");
    for (size_t i = 0; i < BLOCK_BYTES; i++)
        snprintf(ret_text + 2 + 2 * i, 3, "%02x", block[i] ^ pad);
}

int mask_key_init(const unsigned char *bytes, size_t length, struct mask_key *ret_key,
                  struct error *err)
{
    if (length < KEY_MIN_BYTES) {
        error_set(err, EXIT_USAGE, "mask key is too short");
        error_detail(err, "It has %zu bytes.", length);
        return error_hint(err, "Use at least %d random bytes.", KEY_MIN_BYTES);
    }
    unsigned char block[BLOCK_BYTES] = {0};
    unsigned char id[SHA256_BYTES];
    if (length <= BLOCK_BYTES)
        memcpy(block, bytes, length);
    if ((length > BLOCK_BYTES && digest("", bytes, length, block) != 0) ||
        digest("pgretain key id", bytes, length, id) != 0)
        return error_set(err, EXIT_FAILED, "could not compute SHA-256");
    block_text(block, 0x36, ret_key->inner);
    block_text(block, 0x5c, ret_key->outer);
    snprintf(ret_key->id, sizeof ret_key->id, "%02x%02x%02x%02x", id[0], id[1], id[2], id[3]);
    OPENSSL_cleanse(block, sizeof block);
    return 0;
}

void mask_key_wipe(struct mask_key *key)
{
    OPENSSL_cleanse(key, sizeof *key);
}

void write_keyed_hash(const struct target *target, struct sql *sql)
{
    const struct mask_key *key = target->key;
    sql_add(sql, "'h1:' || ");
    sql_secret(sql, key == NULL ? NULL : key->id, "text");
    sql_add(sql, " || ':' || encode(sha256(");
    sql_secret(sql, key == NULL ? NULL : key->outer, "bytea");
    sql_add(sql, " || sha256(");
    sql_secret(sql, key == NULL ? NULL : key->inner, "bytea");
    sql_add(sql, " || convert_to(");
    write_text(target, sql);
    sql_add(sql, ", 'UTF8'))), 'hex')");
}

/* A hash under another key is done as well: a hash is never hashed again. */
void write_keyed_hash_todo(const struct target *target, struct sql *sql)
{
    sql_add(sql, "(");
    write_text(target, sql);
    sql_add(sql, " !~ '^h1:[0-9a-f]{8}:[0-9a-f]{64}$') IS TRUE");
}
