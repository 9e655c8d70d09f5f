/*
 * discover.h - finds the columns that look personal
 *
 * By names and types, then by domains, comments and constraints, then by what ANALYZE kept of the
 * values: two catalogue queries, whatever the size of the database, and no table is read. A sample
 * of the rows is read only if asked for. Values are matched in the server and never leave it.
 */
#ifndef DISCOVER_DISCOVER_H
#define DISCOVER_DISCOVER_H

#include "db/db.h"
#include "pgretain/discovery.h"
#include "pgretain/error.h"

struct discover_options {
    const char *const *schemas; /* none: all but the system's */
    size_t schema_count;
    bool samples; /* read up to 1,000 rows of each table, too */
};

/* Runs inside the caller's transaction. A schema that does not exist has no columns. */
int discover_load(struct db *db, const struct discover_options *options,
                  struct discovery **ret_discovery, struct error *err);
/* Accepts NULL. */
void discovery_free(struct discovery *discovery);

/*
 * Judges one column by its names and type and sets category, kind, vendor, score and why. `type` is
 * the base type ("varchar"). Pure; `why` and the others are literals.
 */
void discover_judge(const char *table, const char *type, struct discovered_column *column);

#endif
