/* note.c - vkeys and signature lines. */
#include "audit/note.h"

#include "base/base64.h"
#include "base/sha256.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

enum { NAME_BYTES = 255, ED25519 = 1 };

bool note_name_fits(const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < length; i++)
        if (name[i] <= ' ' || name[i] >= 0x7f || name[i] == '+')
            return false;
    return length > 0 && length <= NAME_BYTES;
}

void note_key_init(struct note_key *key, const char *name,
                   const unsigned char bytes[NOTE_KEY_BYTES])
{
    unsigned char digest[SHA256_BYTES];
    const struct sha256_part parts[] = {
        {name, strlen(name)}, {"\n", 1}, {"\x01", 1}, {bytes, NOTE_KEY_BYTES}};
    sha256_parts(parts, 4, digest);
    key->name = name;
    memcpy(key->id, digest, NOTE_ID_BYTES);
    memcpy(key->bytes, bytes, NOTE_KEY_BYTES);
}

void note_key_add(const struct note_key *key, struct buffer *out)
{
    unsigned char bytes[1 + NOTE_KEY_BYTES] = {ED25519};
    memcpy(bytes + 1, key->bytes, NOTE_KEY_BYTES);
    buffer_addf(out, "%s+%02x%02x%02x%02x+", key->name, key->id[0], key->id[1], key->id[2],
                key->id[3]);
    base64_add(out, bytes, sizeof bytes);
}

/* Reads the parts and holds the whole to what they lead to. */
static bool read_vkey(const char *vkey, struct arena *arena, struct note_key *ret_key)
{
    unsigned char bytes[1 + NOTE_KEY_BYTES];
    struct buffer again = {0};
    size_t name = strcspn(vkey, "+");
    size_t length = strlen(vkey);
    if (length < name + 10 || vkey[name + 9] != '+' ||
        !base64_read_exactly(vkey + name + 10, length - name - 10, bytes, sizeof bytes) ||
        bytes[0] != ED25519)
        return false;
    note_key_init(ret_key, arena_strndup(arena, vkey, name), bytes + 1);
    note_key_add(ret_key, &again);
    bool same = note_name_fits(ret_key->name) && strcmp(buffer_text(&again), vkey) == 0;
    buffer_free(&again);
    return same;
}

int note_key_read(const char *vkey, struct arena *arena, struct note_key *ret_key,
                  struct error *err)
{
    if (read_vkey(vkey, arena, ret_key))
        return 0;
    error_set(err, EXIT_USAGE, "\"%.80s\" is no public key of a log", vkey);
    return error_hint(err, "It looks like NAME+ID+BASE64; \"audit keygen\" prints it.");
}

void note_add_signature(const struct note_key *key,
                        const unsigned char signature[NOTE_SIGNATURE_BYTES], struct buffer *out)
{
    unsigned char bytes[NOTE_ID_BYTES + NOTE_SIGNATURE_BYTES];
    memcpy(bytes, key->id, NOTE_ID_BYTES);
    memcpy(bytes + NOTE_ID_BYTES, signature, NOTE_SIGNATURE_BYTES);
    buffer_addf(out, NOTE_DASH "%s ", key->name);
    base64_add(out, bytes, sizeof bytes);
    buffer_add(out, "\n");
}

/* Ed25519 takes the whole text in one call. */
static bool is_good(const struct note_key *key, const unsigned char *signature, const char *text,
                    size_t length)
{
    EVP_PKEY *public =
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, key->bytes, NOTE_KEY_BYTES);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool good = public != NULL && context != NULL &&
                EVP_DigestVerifyInit(context, NULL, NULL, NULL, public) == 1 &&
                EVP_DigestVerify(context, signature, NOTE_SIGNATURE_BYTES,
                                 (const unsigned char *)text, length) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(public);
    return good;
}

enum note_verdict note_check(const struct note_key *keys, size_t count, const char *text,
                             size_t length, const char *line, size_t line_length)
{
    struct buffer bytes = {0};
    const size_t dash = sizeof NOTE_DASH - 1;
    enum note_verdict verdict = NOTE_MALFORMED;
    const char *name = line + dash;
    const char *space = line_length <= dash || memcmp(line, NOTE_DASH, dash) != 0
                            ? NULL
                            : memchr(name, ' ', line_length - dash);
    if (space != NULL && space > name &&
        base64_read(space + 1, (size_t)(line + line_length - space - 1), &bytes) &&
        bytes.length > NOTE_ID_BYTES)
        verdict = NOTE_UNKNOWN;
    for (size_t i = 0; i < count && verdict == NOTE_UNKNOWN; i++) {
        if (strlen(keys[i].name) != (size_t)(space - name) ||
            memcmp(keys[i].name, name, (size_t)(space - name)) != 0 ||
            memcmp(keys[i].id, bytes.data, NOTE_ID_BYTES) != 0)
            continue;
        bool good =
            bytes.length == NOTE_ID_BYTES + NOTE_SIGNATURE_BYTES &&
            is_good(&keys[i], (const unsigned char *)bytes.data + NOTE_ID_BYTES, text, length);
        verdict = good ? NOTE_GOOD : NOTE_FALSE;
    }
    buffer_free(&bytes);
    return verdict;
}
