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
    const char *const *schemas; /* NULL: all but the system's */
    size_t schema_count;
    bool samples; /* read up to 1,000 rows of each table, too */
    bool copies;  /* materialized views and foreign tables, too, and partitions of tables outside */
};

/* Runs inside the caller's transaction. A schema that does not exist has no columns. */
int discover_load(struct db *db, const struct discover_options *options,
                  struct discovery **ret_discovery, struct error *err);
/* Accepts NULL. */
void discovery_free(struct discovery *discovery);

struct lexicon;

/*
 * Judges the columns of one table by names and types and sets category, kind, vendor, score and why
 * where one looks personal. Of a column it reads schema, table, column, base_type and refers_to.
 * Pure; what it sets are literals, or lies in the lexicon.
 */
void discover_judge(const struct lexicon *lexicon, struct discovered_column *columns, size_t count);

#endif
