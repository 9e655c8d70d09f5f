/*
 * key.h - the private key that a log's heads are signed with
 */
#ifndef AUDIT_KEY_H
#define AUDIT_KEY_H

#include "audit/note.h"

/*
 * Makes a new Ed25519 key and writes it to a new file, as PKCS #8 in PEM, 0600. Fails with
 * EXIT_USAGE where the file exists, EXIT_FAILED otherwise.
 */
int audit_key_make(const char *path, struct error *err);

struct audit_key;

/*
 * Reads a PEM file that root or the caller owns and that nobody else can read. Fails with
 * EXIT_USAGE. The caller ends with audit_key_free(), which accepts NULL.
 */
int audit_key_read(const char *path, struct audit_key **ret_key, struct error *err);
void audit_key_free(struct audit_key *key);

/* What signatures of the log `name` are checked with. */
void audit_key_public(const struct audit_key *key, const char *name, struct note_key *ret_public);

int audit_key_sign(const struct audit_key *key, const char *text, size_t length,
                   unsigned char ret_signature[NOTE_SIGNATURE_BYTES], struct error *err);

#endif
