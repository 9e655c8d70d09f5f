/* coverage_private.h - what the files of this room share */
#ifndef COVERAGE_COVERAGE_PRIVATE_H
#define COVERAGE_COVERAGE_PRIVATE_H

#include "coverage/coverage.h"

struct check {
    struct plan *plan;
    struct arena *arena; /* the plan's */
    const struct discovery *discovery;
    const struct lockfile *lock;         /* or NULL */
    const struct catalog_table **tables; /* per column of the discovery: its table */
    struct covering *coverings;          /* per table of the catalog; see covered.c */
    const struct exempt **exemptions;    /* likewise; see exempt.c */
};

struct finding *coverage_add(struct check *check, enum severity severity, const char *code,
                             const char *table, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* What the steps take care of. */
void covered_find(struct check *check);
/* The first part of the column's table in which no rule takes care of it; NULL where all do. */
const struct catalog_table *covered_gap(const struct check *check, size_t column);
/* A step that takes care of the column in its scope, where none does in all rows; or NULL. */
const struct plan_step *covered_partly(const struct check *check, size_t column);

/* What the exemptions stand for, and what is wrong with them. */
void exempt_find(struct check *check);
bool exempt_is(const struct check *check, size_t column);
void exempt_report(struct check *check);

/* Differences to the lockfile. */
void changes_report(struct check *check);

/* Under which name the lockfile has the table of each column of the discovery. */
const char **lockfile_keys(const struct policy *policy, const struct discovery *discovery,
                           struct arena *arena);
bool lockfile_has_table(const struct lockfile *lock, const char *key);
/* What the lockfile says of a column, or NULL. */
const char *lockfile_entry(const struct lockfile *lock, const char *key, const char *column);
bool entry_has_type(const char *entry, const char *type);
/* What some of its values looked like, "email", or NULL; the text ends with the entry. */
const char *entry_values(const char *entry);
/* Calls `visit` for each column of the lockfile, table after table. */
void lockfile_visit(const struct lockfile *lock, void *context,
                    void (*visit)(void *context, const char *key, const char *column,
                                  const char *entry));
/* The same of a column that was found: what its values were seen to look like, or NULL. */
const char *seen_values(const struct discovered_column *column);

#endif
