/*
 * relations.c - every table of the database, its tree, and the foreign keys between them
 */
#include "catalog/catalog_private.h"

#include "base/part.h"

#include <stdlib.h>
#include <string.h>

struct catalog_table *catalog_table_by_oid(const struct catalog *catalog, int64_t oid)
{
    size_t low = 0, high = catalog->table_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (catalog->tables[middle].oid < oid)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < catalog->table_count && catalog->tables[low].oid == oid)
        return &catalog->tables[low];
    return NULL;
}

static void read_relation(const struct db_result *r, int row, struct arena *arena,
                          struct catalog_table *table)
{
    bool usable = db_bool(r, row, 11);
    table->oid = (uint32_t)db_int(r, row, 0);
    table->schema = arena_strdup(arena, db_value(r, row, 1));
    table->name = arena_strdup(arena, db_value(r, row, 2));
    table->text = part_join(arena, table->schema, table->name);
    table->quoted = arena_strdup(arena, db_value(r, row, 3));
    table->alias = arena_strdup(arena, db_value(r, row, 4));
    table->kind = db_value(r, row, 5)[0];
    table->is_partition = db_bool(r, row, 6);
    table->is_detach_pending = db_bool(r, row, 19);
    table->is_unlogged = db_bool(r, row, 7);
    table->is_heap = db_bool(r, row, 8);
    table->has_row_security = db_bool(r, row, 9);
    table->is_owner = db_bool(r, row, 10);
    table->may_use_schema = usable;
    table->may_select_some = db_bool(r, row, 18);
    table->may_select = usable && db_bool(r, row, 12);
    table->may_delete = usable && db_bool(r, row, 13);
    table->may_update = usable && db_bool(r, row, 14);
    table->may_insert = usable && db_bool(r, row, 17);
    table->may_analyze = table->is_owner;
    table->estimated_rows = db_double(r, row, 15);
}

static void add_leaf(struct catalog *catalog, struct catalog_table *leaf)
{
    for (struct catalog_table *above = leaf; above != NULL; above = above->parent) {
        *ARENA_PUSH(&catalog->arena, above->leaves, above->leaf_count) = leaf;
        if (above != leaf && leaf->estimated_rows >= 0)
            above->estimated_rows =
                (above->estimated_rows < 0 ? 0 : above->estimated_rows) + leaf->estimated_rows;
    }
}

static void mark_twice(const struct catalog_table *child, struct catalog_table *above)
{
    for (; above != NULL; above = above->parent)
        above->inherits_twice = child;
}

/* Parents beside the first: their trees end short of the child's rows, and say so. */
static void mark_others(struct catalog *catalog, const struct db_result *r, int row)
{
    size_t count = 0;
    const char **others = db_array(r, row, 20, &catalog->arena, &count);
    if (count > 0)
        mark_twice(&catalog->tables[row], &catalog->tables[row]);
    for (size_t i = 0; i < count; i++)
        mark_twice(&catalog->tables[row],
                   catalog_table_by_oid(catalog, strtoll(others[i], NULL, 10)));
}

static int read_tables(struct db *db, struct catalog *catalog, struct error *err)
{
    struct db_result *r = NULL;
    if (db_query_text(db, sql_relations, NULL, 0, &r, err) != 0)
        return -1;
    catalog->table_count = (size_t)db_rows(r);
    catalog->tables =
        arena_alloc(&catalog->arena, catalog->table_count * sizeof *catalog->tables + 1);
    for (int i = 0; i < db_rows(r); i++)
        read_relation(r, i, &catalog->arena, &catalog->tables[i]);
    for (int i = 0; i < db_rows(r); i++)
        if (db_value(r, i, 16) != NULL)
            catalog->tables[i].parent = catalog_table_by_oid(catalog, db_int(r, i, 16));
    for (int i = 0; i < db_rows(r); i++)
        mark_others(catalog, r, i);
    for (size_t i = 0; i < catalog->table_count; i++) {
        if (catalog->tables[i].kind == 'p')
            catalog->tables[i].estimated_rows = -1; /* the leaves know better */
    }
    for (size_t i = 0; i < catalog->table_count; i++) {
        struct catalog_table *table = &catalog->tables[i];
        if (table->kind == 'r' || table->kind == 'f' || table->kind == 'm')
            add_leaf(catalog, table);
    }
    db_result_free(r);
    return 0;
}

static int read_foreign_keys(struct db *db, struct catalog *catalog, struct error *err)
{
    struct arena *arena = &catalog->arena;
    struct db_result *r = NULL;
    if (db_query_text(db, sql_foreign_keys, NULL, 0, &r, err) != 0)
        return -1;
    for (int i = 0; i < db_rows(r); i++) {
        struct catalog_table *child = catalog_table_by_oid(catalog, db_int(r, i, 1));
        struct catalog_table *parent = catalog_table_by_oid(catalog, db_int(r, i, 2));
        if (child == NULL || parent == NULL)
            continue;
        struct catalog_fkey *fkey = ARENA_PUSH(arena, catalog->fkeys, catalog->fkey_count);
        fkey->name = arena_strdup(arena, db_value(r, i, 0));
        fkey->child = child;
        fkey->parent = parent;
        fkey->child_columns = db_array(r, i, 3, arena, &fkey->column_count);
        fkey->parent_columns = db_array(r, i, 4, arena, &fkey->column_count);
        fkey->child_column_names = db_array(r, i, 5, arena, &fkey->column_count);
        fkey->on_delete = (enum reference_action)db_value(r, i, 6)[0];
        fkey->on_update = (enum reference_action)db_value(r, i, 7)[0];
        fkey->child_is_indexed = db_bool(r, i, 8);
        fkey->match_full = db_bool(r, i, 9);
        fkey->parent_column_names = db_array(r, i, 10, arena, &fkey->column_count);
    }
    db_result_free(r);
    return 0;
}

int catalog_read_relations(struct db *db, struct catalog *catalog, struct error *err)
{
    if (read_tables(db, catalog, err) != 0 || read_foreign_keys(db, catalog, err) != 0)
        return -1;
    catalog_index(catalog);
    return 0;
}
