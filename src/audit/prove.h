/*
 * prove.h - proofs about a log, for people who do not have it
 *
 * That a record is in it: a tlog-proof (c2sp.org/tlog-proof), whose extra data is the record's
 * line. That it goes on from an older head: what a witness is asked to sign
 * (c2sp.org/tlog-witness): the old size, the hashes, and the new head.
 */
#ifndef AUDIT_PROVE_H
#define AUDIT_PROVE_H

#include "audit/audit.h"
#include "audit/note.h"
#include "base/buffer.h"

/*
 * Verifies the log and proves the record with this number against its newest signed head. Fails
 * with EXIT_AUDIT, and with EXIT_USAGE where no signed head covers such a record.
 */
int audit_prove_record(const char *path, int64_t seq, struct arena *arena, struct buffer *out,
                       struct error *err);

/* Likewise that the log begins with the `old_size` records of an older head. */
int audit_prove_growth(const char *path, int64_t old_size, struct arena *arena, struct buffer *out,
                       struct error *err);

/* What a proof came to. The strings lie in the arena. */
struct audit_proved {
    const char *origin;
    int64_t records; /* of the head that it rests on */
    int64_t seq;     /* of the record; -1 where growth was proved */
    const char *line;
    size_t length;
    int64_t old_records; /* of the older head */
};

/*
 * Checks either kind of proof. `old_head` is the text of the older head, which growth needs, or
 * NULL; it has to be signed, too. Fails with EXIT_AUDIT where anything does not hold.
 */
int audit_check_proof(const struct buffer *proof, const struct buffer *old_head,
                      const struct note_key *keys, size_t key_count, struct arena *arena,
                      struct audit_proved *ret_proved, struct error *err);

/* Reads "ORIGIN\nSIZE\nROOT\n\n" and signatures; false for anything else. */
struct tree_hash;
bool audit_read_head(const char *text, size_t length, struct arena *arena, const char **ret_origin,
                     int64_t *ret_size, struct tree_hash *ret_root);

#endif
