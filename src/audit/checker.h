/*
 * checker.h - reads a log line by line and holds each line to the rules of the format
 *
 * The writer runs its own records through the same checker before it writes them, so a log never
 * receives what its reader would refuse.
 */
#ifndef AUDIT_CHECKER_H
#define AUDIT_CHECKER_H

#include "audit/history.h"
#include "base/instant.h"

/* Start with checker_init(), end with checker_free(). */
struct checker {
    int64_t next_seq;        /* every line uses one up, also a torn one */
    char head[SHA256_HEX];   /* of the last line */
    char at[INSTANT_TEXT];   /* of the newest record */
    bool begun;              /* log_begin was there */
    bool torn;               /* the last line is no record */
    struct damage torn_line; /* the first of the torn lines at the end */
    struct history history;
};

void checker_init(struct checker *checker);
void checker_free(struct checker *checker);

/*
 * Takes the next line, without newline. A line that was cut short is accepted and remembered: it
 * becomes damage when the record after it does not explain it.
 */
int checker_line(struct checker *checker, const char *line, size_t length, struct damage *damage);

/* Takes the next record, whose line has this SHA-256. After a failure the checker is of no use. */
int checker_record(struct checker *checker, const struct record *record,
                   const char hash[SHA256_HEX], struct damage *damage);

void checker_export(const struct checker *checker, struct arena *arena,
                    struct audit_state *ret_state);

#endif
