/*
 * citus.c - which tables Citus distributes, over how many shards, and how large those are
 *
 * On the coordinator such a table is a shell without rows, pages or statistics.
 */
#include "catalog/catalog_private.h"

static enum citus_kind kind_of(const char *letter)
{
    return letter[0] == 'd' ? CITUS_DISTRIBUTED : letter[0] == 'r' ? CITUS_REFERENCE : CITUS_LOCAL;
}

static void add_bytes(struct catalog_table *table, int64_t bytes)
{
    for (; table != NULL; table = table->parent)
        table->bytes += bytes;
}

int catalog_read_citus(struct db *db, struct catalog *catalog, struct error *err)
{
    struct db_result *r = NULL;
    if (db_query_text(db, sql_citus, NULL, 0, &r, err) != 0)
        return -1;
    for (int i = 0; i < db_rows(r); i++) {
        struct catalog_table *table = catalog_table_by_oid(catalog, db_int(r, i, 0));
        const char *column = db_value(r, i, 2);
        if (table == NULL)
            continue;
        table->citus = kind_of(db_value(r, i, 1));
        table->distribution_column = column == NULL ? NULL : arena_strdup(&catalog->arena, column);
        table->shard_count = (int)db_int(r, i, 3);
        table->largest_shard_bytes = db_int(r, i, 5);
        add_bytes(table, db_int(r, i, 4));
    }
    db_result_free(r);
    return 0;
}
