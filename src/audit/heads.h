/*
 * heads.h - the heads of a log's tree, NAME.checkpoint, read beside the log itself
 *
 * The file is a row of checkpoints (c2sp.org/tlog-checkpoint), each the log's name, the number of
 * its records and the root of their tree, then an empty line and the signatures, which are missing
 * where there was no key. Each head is compared with the tree when that has as many leaves, so that
 * every head is known to be consistent with the one before. A head whose writing was cut short is
 * followed by the line "torn", which the next writer adds.
 */
#ifndef AUDIT_HEADS_H
#define AUDIT_HEADS_H

#include "audit/lines.h"
#include "audit/note.h"
#include "audit/tree.h"

#define HEADS_ENDING ".checkpoint"
#define HEADS_TORN "torn"

struct head {
    int64_t size;
    struct tree_hash root;
    int64_t line; /* of the file, from 1 */
    bool is_signed;
    bool is_verified; /* by one of the keys */
};

/* Start with heads_open(), end with heads_close(). */
struct heads {
    struct lines lines;
    const char *path;
    const struct note_key *keys; /* none: signatures are not checked */
    size_t key_count;
    bool is_strict; /* a head that none of the keys signed is a forgery */

    struct buffer text; /* the line that was read ahead */
    int64_t line;       /* its number */
    bool ended;         /* there is none */
    bool begun;         /* the first head was read */
    struct buffer note; /* of `next`, as far as it was read */
    bool has_next;
    struct head next;

    int64_t count;
    struct head last;     /* the newest that was compared; size 0: none */
    struct head verified; /* the newest of those whose signature was checked */
    struct buffer kept;   /* the text of `verified`; without keys, of the newest with a signature */
    bool is_torn;         /* the file ends in the middle of a head */
    bool lacks_newline;
};

/* A missing file has no heads, unless it is needed. Fails with EXIT_AUDIT. */
int heads_open(struct heads *heads, const char *path, bool is_needed, struct error *err);
void heads_close(struct heads *heads);

enum heads_result { HEADS_GOOD, HEADS_FAILED, HEADS_DIFFER };

/* Passes over the heads of trees that are smaller than where the log starts now. */
enum heads_result heads_skip(struct heads *heads, const char *origin, const struct tree *start,
                             struct error *err);

/*
 * To be called with each size of the tree. HEADS_DIFFER says that `next` has another root; what is
 * wrong with the heads themselves is HEADS_FAILED, EXIT_AUDIT.
 */
enum heads_result heads_follow(struct heads *heads, const char *origin, const struct tree *tree,
                               struct error *err);

#endif
