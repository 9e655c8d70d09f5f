/*
 * audit.h - the hash-chained log of every change
 *
 * JSON Lines in RFC 8785 form; each record carries `prev`, the SHA-256 of the line before it. The
 * file is only ever appended to. One process writes at a time (flock for the whole run). The format
 * is described in pgretain-audit(5). This room decides nothing and knows no database: what an open
 * intent came to is asked by the enforce room and appended as a `recovered` record.
 */
#ifndef AUDIT_AUDIT_H
#define AUDIT_AUDIT_H

#include "base/arena.h"
#include "base/sha256.h"
#include "pgretain/error.h"
#include "pgretain/status.h"

#include <stdbool.h>
#include <stdint.h>

struct audit_log;

/* A key with a text or, where `text` is NULL, a number (magnitude below 2^53). */
struct audit_field {
    const char *key;
    const char *text;
    int64_t number;
};

/* An intent with no commit, abort or recovered record. */
struct audit_intent {
    int64_t seq;
    const char *run;
    const char *rule;
    const char *table;
    const char *xid;   /* decimal, 64 bit */
    const char *range; /* as recorded, e.g. "(0,0)-(512,0)" */
    int64_t rows;
    const char *system_identifier; /* of the cluster that its run worked on */
    int64_t timeline;
    int64_t wal_position; /* that was flushed before, in bytes; -1: an older log, without it */
    bool committed;       /* set by whoever settles it */
};

/* A partition that was to be detached, and neither dropped nor attached again since. */
struct audit_detached {
    const char *rule;
    const char *partition; /* names as a policy writes them */
    const char *parent;
    const char *bound; /* as ATTACH PARTITION takes it */
};

enum { AUDIT_CUTOFF = 40 };

/* The newest step_begin of a rule. */
struct audit_rule {
    const char *rule;
    const char *digest; /* everything but the window */
    const char *window; /* as text, e.g. "24 months" */
    /* The cutoff of the newest step that ended as done or partial since digest and window are what
     * they are, "" where there is none; and how many rows it left that were past it. */
    char cutoff[AUDIT_CUTOFF];
    int64_t left;
};

/* A root in base64. */
enum { AUDIT_ROOT_TEXT = 45 };

/* What a log said when it was read to its end. Lies in the caller's arena. */
struct audit_state {
    const char *origin;        /* the log's name */
    const char *key;           /* that its newest heads are signed with, as a vkey; or NULL */
    int64_t first_seq;         /* 0, unless earlier records were pruned */
    int64_t pruned_records;    /* as the log says itself */
    int64_t records;           /* lines, pruned ones included; the next seq */
    char head[SHA256_HEX];     /* SHA-256 of the last line */
    struct audit_intent *open; /* oldest first */
    size_t open_count;
    struct audit_detached *detached;
    size_t detached_count;
    struct audit_rule *rules;
    size_t rule_count;
    const char *system_identifier;   /* of the newest run_begin, or NULL in a new log */
    const char *database;            /* likewise */
    int64_t heads;                   /* that were written, of this log's whole tree */
    int64_t head_records;            /* of the newest head; 0: there is none */
    char head_root[AUDIT_ROOT_TEXT]; /* and its root */
    bool head_is_signed;
    int64_t signed_records; /* of the newest whose signature was checked; 0: there is none */
    const char *head_note;  /* the newest with a (checked) signature, as a signed note; or NULL */
    bool interrupted;       /* the last run has no run_end */
    bool torn;              /* the last line is incomplete and will be used up as such */
    int64_t runs, committed_rows, cascaded_rows;
    int64_t unknown_intents; /* recovered as of unknown outcome; their rows are not in the sums */
};

/*
 * Opens or creates the log for writing: 0600, owned by the caller, a regular file with one link,
 * O_APPEND, locked with flock. Reads it to the end, verifying everything audit_verify() does, and
 * adds a missing last newline. `origin` goes into log_begin when the file is new. Where the
 * state is `torn`, the next record must be `recovered` with outcome torn and rows 0, even before
 * run_begin. Fails with EXIT_LOCKED when another process holds the lock and EXIT_AUDIT for
 * everything else.
 */
int audit_open(const char *path, const char *origin, struct arena *arena,
               struct audit_log **ret_log, struct audit_state *ret_state, struct error *err);

/* Names the run that all further records belong to, in 63 bytes at most. `run` is copied. */
void audit_set_run(struct audit_log *log, const char *run);

/*
 * Appends one record: `fields` in any order plus seq, at, run, kind and prev. One write(2) a line.
 * Not durable before audit_sync(). A record that audit_verify() would refuse, by its fields
 * (kinds.c) or by what came before, is not written, and neither is one that begins something where
 * the disk has no room for its end. After a failure every further call fails: nothing is retried.
 * `ret_seq` may be NULL.
 */
int audit_append(struct audit_log *log, const char *kind, const struct audit_field *fields,
                 size_t field_count, int64_t *ret_seq, struct error *err);

/* fdatasync. A failure is final, see audit_append(). */
int audit_sync(struct audit_log *log, struct error *err);

struct audit_key;

/*
 * Signs all further heads with the key, which has to live as long as the log is open, and records
 * it where the log does not have it as its newest. Not before a `torn` state was recorded.
 */
int audit_sign_with(struct audit_log *log, const struct audit_key *key, struct error *err);

/*
 * Syncs the log and appends the head of its tree to NAME.checkpoint: signed if there is a key.
 * Heads that were there when the log was opened are known to be heads of the same tree. Does
 * nothing where the newest head is this one already. A failure is final, see audit_append().
 */
int audit_write_head(struct audit_log *log, struct error *err);

/* The same if the last one was written a minute ago. */
int audit_refresh_head(struct audit_log *log, struct error *err);

/* The root of the tree as in a head. */
void audit_root_text(const struct audit_log *log, char ret_text[AUDIT_ROOT_TEXT]);

/* Keeps the policy's bytes once beside the log, as NAME.policy-<sha256>.yaml, 0600, synced. */
int audit_keep_policy(struct audit_log *log, const char *sha256, const char *bytes, size_t length,
                      struct error *err);

/* SHA-256 of the newest line, 64 zeros for none. */
const char *audit_head(const struct audit_log *log);
int64_t audit_next_seq(const struct audit_log *log);

/* Accepts NULL. */
void audit_close(struct audit_log *log);

/*
 * Reads a whole log, in flat memory, and checks every line: canonical form, seq, prev, time order,
 * known kind with its required fields, and meaning (a commit has its intent, the rows of a step add
 * up). Fails at the first bad line with EXIT_AUDIT and "FILE:LINE: …". A torn last line and an open
 * last run are no damage. Opens nothing for writing; missing files are an error.
 */
int audit_verify(const char *path, struct arena *arena, struct audit_state *ret_state,
                 struct error *err);

struct note_key;

/* Whom a reader of a log trusts: nobody that the log itself names. */
struct audit_trust {
    const struct note_key *keys; /* the log's, earlier ones too */
    size_t key_count;
    const char *kept_head; /* file with a head that was kept elsewhere, or NULL */
};

/*
 * The same with signatures: every head that has one needs one by these keys, and the head that was
 * kept elsewhere has to be one of this log.
 */
int audit_verify_signed(const char *path, const struct audit_trust *trust, struct arena *arena,
                        struct audit_state *ret_state, struct error *err);

/* Called with each line of a log, in order, without its newline. A non-zero return ends the walk.
 */
typedef int audit_visitor(void *context, int64_t line_number, const char *line, size_t length);
int audit_walk(const char *path, audit_visitor *visit, void *context, struct error *err);

/*
 * What a log tells about its last runs. Verifies it first, and fails as audit_verify_signed() does;
 * without keys the signature of its newest checkpoint is not verified. May be
 * called while a run is writing: its records so far are those of a run without an end. The strings
 * lie in `arena`.
 */
int audit_review(const char *path, const struct audit_trust *trust, struct arena *arena,
                 struct audit_state *ret_state, struct log_review *ret_review, struct error *err);

/* The log's path where --audit was not given: $LOGS_DIRECTORY/NAME.jsonl, else
 * $XDG_STATE_HOME/pgretain/NAME.jsonl, else ~/.local/state/pgretain/NAME.jsonl. Directories under
 * the state home are made (0700) by audit_open(). */
int audit_default_path(const char *name, struct arena *arena, const char **ret_path,
                       struct error *err);

#endif
