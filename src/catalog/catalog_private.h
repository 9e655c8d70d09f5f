/* catalog_private.h - what the files of this room share */
#ifndef CATALOG_CATALOG_PRIVATE_H
#define CATALOG_CATALOG_PRIVATE_H

#include "catalog/catalog.h"

/* src/catalog/sql, one constant a file. */
extern const char sql_server[], sql_timeline[], sql_relations[], sql_sizes[], sql_columns[],
    sql_keys[], sql_checks[], sql_rules[], sql_readers[], sql_publications[], sql_uncallable[],
    sql_foreign_keys[], sql_triggers[], sql_foreign_code[], sql_fingerprints[], sql_cutoffs[],
    sql_shares[], sql_citus[], sql_partitions[], sql_units[];

struct catalog_table *catalog_table_by_oid(const struct catalog *catalog, int64_t oid);

/* Every table and the foreign keys between them. */
int catalog_read_relations(struct db *db, struct catalog *catalog, struct error *err);
/* Details of every table the policy names and of those that hang on them over foreign keys. */
int catalog_read_details(struct db *db, const struct policy *policy, struct catalog *catalog,
                         struct error *err);
/* What Citus knows of its tables; their sizes stand in for those of the empty ones here. */
int catalog_read_citus(struct db *db, struct catalog *catalog, struct error *err);
int catalog_read_shares(struct db *db, const struct policy *policy, struct catalog *catalog,
                        struct error *err);
/* Sets `dates` of clocks with a unit. */
int catalog_read_units(struct db *db, const struct policy *policy, struct catalog *catalog,
                       struct error *err);
int catalog_try_expressions(struct db *db, const struct policy *policy, struct catalog *catalog,
                            struct error *err);
/* Sets what a clock's expression reads of the row. */
int catalog_trace_columns(struct db *db, struct arena *arena, struct catalog_expression *found,
                          struct error *err);
int catalog_try_masks(struct db *db, const struct policy *policy, struct catalog *catalog,
                      struct error *err);

#endif
