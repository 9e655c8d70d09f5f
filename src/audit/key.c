/* key.c - a private key from its file, and a new one. */
#include "audit/key.h"

#include "audit/file.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct audit_key {
    EVP_PKEY *pair;
    unsigned char public[NOTE_KEY_BYTES];
};

static int write_pair(EVP_PKEY *pair, int fd, const char *path, struct error *err)
{
    FILE *file = fdopen(fd, "w");
    bool good = file != NULL &&
                PEM_write_PKCS8PrivateKey(file, pair, NULL, NULL, 0, NULL, NULL) == 1 &&
                fflush(file) == 0 && fsync(fd) == 0;
    int reason = errno;
    if (file == NULL)
        close(fd);
    else if (fclose(file) != 0)
        good = false;
    if (good)
        return file_sync_directory(path, err);
    unlink(path);
    return error_set(err, EXIT_FAILED, "could not write the key \"%s\": %s", file_shown(path),
                     strerror(reason));
}

int audit_key_make(const char *path, struct error *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0 && errno == EEXIST) {
        error_set(err, EXIT_USAGE, "\"%s\" exists", file_shown(path));
        return error_hint(err, "A key is never overwritten: name a new file.");
    }
    if (fd < 0)
        return error_set(err, EXIT_FAILED, "could not create the key \"%s\": %s", file_shown(path),
                         strerror(errno));
    EVP_PKEY *pair = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    if (pair == NULL) {
        close(fd);
        unlink(path);
        return error_set(err, EXIT_FAILED, "libcrypto could not make a key");
    }
    int result = write_pair(pair, fd, path, err);
    EVP_PKEY_free(pair);
    return result;
}

static int check_owner(FILE *file, const char *path, struct error *err)
{
    struct stat status;
    if (fstat(fileno(file), &status) != 0 || !S_ISREG(status.st_mode))
        return error_set(err, EXIT_USAGE, "\"%s\" is not a regular file", file_shown(path));
    if ((status.st_uid == 0 || status.st_uid == geteuid()) &&
        (status.st_mode & (S_IWGRP | S_IRWXO)) == 0)
        return 0;
    error_set(err, EXIT_REFUSED, "others can read or change the key \"%s\"", file_shown(path));
    return error_hint(err, "It must belong to root or to you: chown it, and chmod go-rwx.");
}

static int no_password(char *text, int size, int is_writing, void *context)
{
    (void)text, (void)size, (void)is_writing, (void)context;
    return -1;
}

int audit_key_read(const char *path, struct audit_key **ret_key, struct error *err)
{
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return error_set(err, EXIT_USAGE, "could not open the key \"%s\": %s", file_shown(path),
                         strerror(errno));
    if (check_owner(file, path, err) != 0) {
        fclose(file);
        return -1;
    }
    struct audit_key key = {.pair = PEM_read_PrivateKey(file, NULL, no_password, NULL)};
    size_t length = sizeof key.public;
    fclose(file);
    struct audit_key *kept = malloc(sizeof *kept);
    if (kept != NULL && key.pair != NULL && EVP_PKEY_get_base_id(key.pair) == EVP_PKEY_ED25519 &&
        EVP_PKEY_get_raw_public_key(key.pair, key.public, &length) == 1) {
        *kept = key;
        *ret_key = kept;
        return 0;
    }
    EVP_PKEY_free(key.pair);
    free(kept);
    error_set(err, EXIT_USAGE, "\"%s\" holds no Ed25519 key in PEM without a password",
              file_shown(path));
    return error_hint(err, "Make one with \"pgretain audit keygen\".");
}

void audit_key_free(struct audit_key *key)
{
    if (key == NULL)
        return;
    EVP_PKEY_free(key->pair);
    free(key);
}

void audit_key_public(const struct audit_key *key, const char *name, struct note_key *ret_public)
{
    note_key_init(ret_public, name, key->public);
}

/* Ed25519 takes the whole text in one call. */
int audit_key_sign(const struct audit_key *key, const char *text, size_t length,
                   unsigned char ret_signature[NOTE_SIGNATURE_BYTES], struct error *err)
{
    size_t written = NOTE_SIGNATURE_BYTES;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool good =
        context != NULL && EVP_DigestSignInit(context, NULL, NULL, NULL, key->pair) == 1 &&
        EVP_DigestSign(context, ret_signature, &written, (const unsigned char *)text, length) == 1;
    EVP_MD_CTX_free(context);
    return good ? 0 : error_set(err, EXIT_AUDIT, "libcrypto could not sign the audit log's head");
}
