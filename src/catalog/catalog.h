/*
 * catalog.h - reads one immutable snapshot of what the policy asks about
 *
 * The number of catalogue queries does not depend on the number of tables, except that each scope
 * or hold expression is tried once per table it stands on.
 */
#ifndef CATALOG_CATALOG_H
#define CATALOG_CATALOG_H

#include "db/db.h"
#include "pgretain/catalog.h"
#include "pgretain/error.h"

/*
 * Reads the snapshot inside the caller's transaction. `as_of` is PostgreSQL's text or RFC 3339 with
 * an offset, or NULL for now; later than the server's now is EXIT_USAGE. An expression the server
 * rejects is no failure: it becomes a catalog_rejection.
 */
int catalog_load(struct db *db, const struct policy *policy, const char *as_of,
                 struct catalog **ret_catalog, struct error *err);
void catalog_free(struct catalog *catalog);

/* The statement that reads fingerprints again, for the check under the lock: $1 is an oid[]; oid
 * and fingerprint of each. */
const char *catalog_fingerprint_sql(void);

#endif
