/*
 * trial.h - what a mask writes, as questions to the server
 */
#ifndef CATALOG_TRIAL_H
#define CATALOG_TRIAL_H

#include "catalog/ask.h"
#include "pgretain/catalog.h"

/* What masks of a rule write, and what it has to meet in one table. */
struct inquiry {
    const struct policy_rule *rule;
    const struct catalog_table *table;
    const struct policy_mask *mask;
    const struct catalog_check *check; /* at most one of these two; without, the column's type */
    const struct catalog_key *key;
    const char **columns; /* of a CHECK: masked columns that it depends on; `mask` has the first */
    size_t column_count;
};

struct trial {
    struct question question; /* first */
    const struct inquiry *inquiry;
    const char *sample;     /* the value that is masked; NULL where it does not matter */
    const char *expression; /* of the index */
};

const struct policy_mask *catalog_mask_on(const struct policy_rule *rule, const char *column);

/* Yes: it is a value of the column's type. */
void trial_write_value(const struct question *question, struct sql *sql);
/* Yes: the CHECK takes what becomes of the sample. NULL: it would not take the sample itself. */
void trial_write_check(const struct question *question, struct sql *sql);
/* Yes: masked rows stay apart under the index by this expression. */
void trial_write_key(const struct question *question, struct sql *sql);
/* Yes: masked rows leave the partial index with this condition. */
void trial_write_predicate(const struct question *question, struct sql *sql);

#endif
