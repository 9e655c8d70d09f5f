/*
 * checker.h - reads a log line by line and holds each line to the rules of the format
 *
 * The writer runs its own records through the same checker before it writes them, so a log never
 * receives what its reader would refuse.
 */
#ifndef AUDIT_CHECKER_H
#define AUDIT_CHECKER_H

#include "audit/history.h"
#include "audit/tree.h"
#include "base/instant.h"

/* What a line is known by: to the line behind it, and in the tree. */
struct line_hash {
    char hex[SHA256_HEX];
    struct tree_hash leaf;
};

void line_hash(const char *line, size_t length, struct line_hash *ret_hash);

/* Start with checker_init(), end with checker_free(). */
struct checker {
    int64_t next_seq;        /* every line uses one up, also a torn one */
    char head[SHA256_HEX];   /* of the last line */
    char at[INSTANT_TEXT];   /* of the newest record */
    bool begun;              /* this file's log_begin was there */
    bool continues;          /* a record was read, be it in a file before this one */
    int64_t file_seq;        /* of this file's first line */
    struct tree tree;        /* over all lines so far */
    struct tree start;       /* over those that were pruned before the first line read */
    bool torn;               /* the last line is no record */
    struct damage torn_line; /* the first of the torn lines at the end */
    struct history history;
};

void checker_init(struct checker *checker);
void checker_free(struct checker *checker);

/* The next line is the first of another file of the same log. */
void checker_begin_file(struct checker *checker);

/*
 * Takes the next line, without newline. A line that was cut short is accepted and remembered: it
 * becomes damage when the record after it does not explain it.
 */
int checker_line(struct checker *checker, const char *line, size_t length, struct damage *damage);

/* Takes the next record, whose line has this hash. After a failure the checker only tells how many
 * lines were good (`next_seq`) and the hash of the last of them (`head`). */
int checker_record(struct checker *checker, const struct record *record,
                   const struct line_hash *hash, struct damage *damage);

void checker_export(const struct checker *checker, struct arena *arena,
                    struct audit_state *ret_state);

#endif
