/*
 * note.h - keys and signatures of signed notes (c2sp.org/signed-note), Ed25519 alone
 *
 * A key has a name, here that of the log, and an id made of name and public key. As text it is
 * NAME+ID+BASE64, a vkey. A signature line is an em dash, the name, and the base64 of the id and
 * the signature (RFC 8032) of the note's text, which ends in a newline.
 */
#ifndef AUDIT_NOTE_H
#define AUDIT_NOTE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "pgretain/error.h"

#include <stdbool.h>

enum { NOTE_ID_BYTES = 4, NOTE_KEY_BYTES = 32, NOTE_SIGNATURE_BYTES = 64 };

#define NOTE_DASH "\xe2\x80\x94 "

/* What a signature is checked with. */
struct note_key {
    const char *name;
    unsigned char id[NOTE_ID_BYTES];
    unsigned char bytes[NOTE_KEY_BYTES];
};

/* Whether text can name a key: printable ASCII without space and plus sign, 255 bytes at most. */
bool note_name_fits(const char *name);

void note_key_init(struct note_key *key, const char *name,
                   const unsigned char bytes[NOTE_KEY_BYTES]);
void note_key_add(const struct note_key *key, struct buffer *out);

/* Fails with EXIT_USAGE for what is no vkey of type Ed25519. `name` is copied. */
int note_key_read(const char *vkey, struct arena *arena, struct note_key *ret_key,
                  struct error *err);

/* Adds the line, with its newline. */
void note_add_signature(const struct note_key *key,
                        const unsigned char signature[NOTE_SIGNATURE_BYTES], struct buffer *out);

enum note_verdict {
    NOTE_MALFORMED,
    NOTE_UNKNOWN, /* by none of these keys */
    NOTE_FALSE,   /* claims one of them, and is not */
    NOTE_GOOD,
};

/* `line` comes without its newline. */
enum note_verdict note_check(const struct note_key *keys, size_t count, const char *text,
                             size_t length, const char *line, size_t line_length);

#endif
