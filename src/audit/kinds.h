/*
 * kinds.h - the kinds of records and the fields each may have
 *
 * One row a kind, in kinds.c. A kind or field that is not in the table is damage in a log and a bug
 * in a writer. Every record has at, kind, prev and seq besides, and those of a run have run.
 */
#ifndef AUDIT_KINDS_H
#define AUDIT_KINDS_H

#include "audit/damage.h"

#include <stdbool.h>
#include <stddef.h>

struct history;
struct record;

enum field_type {
    FIELD_TEXT,
    FIELD_COUNT,    /* an integer from 0 */
    FIELD_DECIMAL,  /* text: an integer from 0 that may exceed 2^53 */
    FIELD_SHA256,   /* text: 64 lower-case hexadecimal digits */
    FIELD_SQLSTATE, /* text: five digits or capital letters */
    FIELD_CHOICE,   /* text: one of `choices` */
};

enum { KIND_FIELDS = 20 };

struct field_rule {
    const char *key;
    enum field_type type;
    bool required;
    const char *const *choices; /* ends with NULL */
};

struct kind {
    const char *name;
    /* Checks the record against what came before and remembers it; NULL: nothing to check. */
    int (*take)(struct history *history, const struct record *record, struct damage *damage);
    struct field_rule fields[KIND_FIELDS]; /* ends with a NULL key */
};

/* NULL when there is none. */
const struct kind *kind_find(const char *name);

/* Whether its records are about the log itself, and of no run. */
bool kind_is_about_log(const struct kind *kind);

/* Whether the text has the form of a type; FIELD_COUNT is no text. */
bool field_text_fits(const struct field_rule *rule, const char *text);

#endif
