/*
 * error.h - why something failed, and the exit status it leads to
 *
 * A fallible function returns 0 or -1, takes `struct error *err` last, and fills it only when it
 * fails. Nothing is allocated. Messages follow the PostgreSQL message style: the primary text is
 * lower case without a final period, `detail` says more, `hint` says what to do. An error never
 * holds a row value: of a server error only SQLSTATE and the names of objects are kept.
 */
#ifndef PGRETAIN_ERROR_H
#define PGRETAIN_ERROR_H

#include <stdbool.h>
#include <stddef.h>

/* The exit statuses of the program. New ones may be added; unknown ones mean failure. */
enum exit_status {
    EXIT_DONE = 0,     /* done, or nothing due */
    EXIT_FAILED = 1,   /* connection, SQL or I/O failure */
    EXIT_USAGE = 2,    /* usage, or policy invalid */
    EXIT_FINDINGS = 3, /* check found errors; --detailed-exitcode: work is due, or a change */
    EXIT_STOPPED = 4,  /* stopped early as asked, work left */
    EXIT_REFUSED = 5,  /* brake, first run, digest, wrong database, declined prompt */
    EXIT_LOCKED = 6,   /* another run holds the lock */
    EXIT_AUDIT = 7,    /* audit log not writable, or not intact */
    EXIT_PARTIAL = 8,  /* a step failed or was left out, the others went on */
    EXIT_CLUSTER = 9,  /* another database cluster than this log's */
};

struct error {
    enum exit_status status;
    char sqlstate[6]; /* "" where the server said nothing */
    bool is_raised;   /* by RAISE in a function, whatever SQLSTATE that took */
    char message[512];
    char detail[512];
    char hint[768];
};

/* Each sets one part and returns -1, so that `return error_set(...)` reads as one statement. */
int error_set(struct error *err, enum exit_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
int error_detail(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
int error_hint(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
