/*
 * values.h - judges text columns by what their values look like (private to this room)
 *
 * Both look only at columns that nothing else has judged, and at credentials of an unknown vendor.
 * No value leaves the server.
 */
#ifndef DISCOVER_VALUES_H
#define DISCOVER_VALUES_H

#include "db/db.h"
#include "pgretain/discovery.h"
#include "pgretain/error.h"

/* `schemas`: a text[] literal, or NULL for all. Reads no table. */
int values_in_statistics(struct db *db, const char *schemas, struct discovery *discovery,
                         struct error *err);
/* Reads up to 1,000 rows of each table that this role may read. */
int values_in_sample(struct db *db, struct discovery *discovery, struct error *err);

#endif
