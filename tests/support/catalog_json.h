/*
 * catalog_json.h - a catalog value from a JSON text, for tests of the rooms that are pure
 *
 * The text says only what a test is about; everything else has a plain default (a heap table, all
 * privileges, an unprivileged role, a run as of 2024-06-30 12:00 UTC):
 *
 *     {"is": "is_powerful", "role": "eraser", "server": 150000,
 *      "cutoffs": {"24 months": "2022-06-30T12:00:00Z",
 *                  "1 year by month": ["2023-05-01T00:00:00Z", "2023-06-01T00:00:00Z"]},
 *      "tables": {"app.calls": {"is": "!may_delete",
 *                               "columns": {"id": "int8 primary_key", "at": "timestamptz"}}},
 *      "fkeys": {"notes_call_fkey": {"child": "app.notes", "parent": "app.calls",
 *                                    "columns": {"call_id": "id"}, "on_delete": "cascade"}},
 *      "rejections": [{"expression": "oops", "table": "app.calls", "reason": "…"}],
 *      "shares": [{"rule": 0, "before": 0.01, "correlation": 1.0}]}
 *
 * "is" holds the names of boolean members, with "!" for false. A column is its base type and such
 * words, or an object {"is", "type", "max_length", "precision", "scale", "default_sql"};
 * "primary_key" and "in_unique" also make the key. "keys" of a table holds others: {"name":
 * {"columns", "reads", "is"}}; "bound" of a partition its column and the first instant beyond it,
 * or null; "publications" names; "citus" is [kind, shards, distribution column]. "shares" say what
 * statistics know of rule 0's table. Tables stand in the order of their oids, parents before their
 * parts.
 */
#ifndef SUPPORT_CATALOG_JSON_H
#define SUPPORT_CATALOG_JSON_H

#include "pgretain/catalog.h"
#include "pgretain/policy.h"

/* Rejections point into `policy`, which may be NULL without them. A mistake in the text ends the
 * process with a message. The caller frees `ret_catalog->arena`. */
void catalog_from_json(const char *text, const struct policy *policy, struct catalog *ret_catalog);

#endif
