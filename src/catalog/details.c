/*
 * details.c - columns, keys, triggers, sizes and fingerprints of the tables that matter
 *
 * Those are the tables that the policy names, their partitions, what they are partitions of, and
 * everything that a delete could reach from them over foreign keys.
 */
#include "catalog/catalog_private.h"

#include <string.h>

/* The table with everything between it and its leaves, and what it is a part of. */
static void mark_tree(struct catalog_table *table)
{
    for (struct catalog_table *t = table; t != NULL; t = t->parent)
        t->has_details = true;
    for (size_t i = 0; i < table->leaf_count; i++)
        for (struct catalog_table *t = table->leaves[i]; t != table; t = t->parent)
            t->has_details = true;
}

static void mark_named(struct catalog *catalog, const struct table_name *name)
{
    const struct catalog_table *table = NULL;
    while ((table = catalog_next_match(catalog, name, table)) != NULL)
        mark_tree(&catalog->tables[table - catalog->tables]);
}

static void mark_into(struct catalog *catalog, const struct table_name *into)
{
    const struct catalog_table *table = NULL;
    mark_named(catalog, into);
    while ((table = catalog_next_match(catalog, into, table)) != NULL)
        catalog->tables[table - catalog->tables].takes_rows = true;
}

static void mark_clock(struct catalog *catalog, const struct policy_clock *clock)
{
    for (; clock != NULL && clock->kind == CLOCK_PARENT; clock = clock->of)
        mark_named(catalog, &clock->parent);
}

static void mark_policy(struct catalog *catalog, const struct policy *policy)
{
    for (size_t i = 0; i < policy->rule_count; i++) {
        const struct policy_rule *rule = &policy->rules[i];
        mark_named(catalog, &rule->table);
        mark_clock(catalog, rule->clock);
        if (rule->action == ACTION_SUMMARISE)
            mark_into(catalog, &rule->summary.into);
        for (size_t j = 0; j < rule->cascade_count; j++)
            mark_named(catalog, &rule->cascade[j]);
    }
    for (size_t i = 0; i < policy->hold_count; i++)
        for (size_t j = 0; j < policy->holds[i].table_count; j++)
            mark_named(catalog, &policy->holds[i].tables[j]);
    for (size_t i = 0; i < policy->subject_count; i++)
        mark_named(catalog, &policy->subjects[i]);
}

/* Foreign keys reach from a marked parent to its children until nothing new is found. */
static void mark_children(struct catalog *catalog)
{
    bool found = true;
    while (found) {
        found = false;
        for (size_t i = 0; i < catalog->fkey_count; i++) {
            struct catalog_table *child = catalog->fkeys[i].child;
            if (child->has_details || !catalog->fkeys[i].parent->has_details)
                continue;
            mark_tree(child);
            found = true;
        }
    }
}

static void add_column(const struct db_result *r, int row, struct catalog *catalog,
                       struct catalog_table *table)
{
    struct arena *arena = &catalog->arena;
    struct catalog_column *column = ARENA_PUSH(arena, table->columns, table->column_count);
    column->name = arena_strdup(arena, db_value(r, row, 1));
    column->quoted = arena_strdup(arena, db_value(r, row, 2));
    column->type = arena_strdup(arena, db_value(r, row, 3));
    column->base_type = arena_strdup(arena, db_value(r, row, 4));
    column->default_sql = arena_strdup(arena, db_value(r, row, 5));
    column->max_length = (int)db_int(r, row, 6);
    column->default_is_volatile = db_bool(r, row, 7);
    column->not_null = db_bool(r, row, 8);
    column->is_domain = db_bool(r, row, 9);
    column->is_generated = db_bool(r, row, 10);
    column->is_identity = db_bool(r, row, 11);
    column->in_partition_key = db_bool(r, row, 12);
    column->is_referenced = db_bool(r, row, 13);
    column->leads_index = db_bool(r, row, 14);
    column->may_update = db_bool(r, row, 15);
    column->is_enum = db_bool(r, row, 16);
    column->value_type = arena_strdup(arena, db_value(r, row, 17));
    column->generation_sql = arena_strdup(arena, db_value(r, row, 18));
    column->reads = db_array(r, row, 19, arena, &column->read_count);
    column->precision = (int)db_int(r, row, 20);
    column->scale = (int)db_int(r, row, 21);
    column->operator_schema = arena_strdup(arena, db_value(r, row, 22));
}

static void mark_column(struct catalog_table *table, const char *name,
                        const struct catalog_key *key)
{
    struct catalog_column *column = (struct catalog_column *)catalog_find_column(table, name);
    if (column == NULL)
        return;
    column->in_unique = true;
    column->in_primary_key = column->in_primary_key || key->is_primary;
    column->nulls_collide = column->nulls_collide || key->nulls_collide;
    column->key_name = column->key_name == NULL ? key->name : column->key_name;
}

/* A key with a generated column is one on its expression. */
static void add_generated(struct arena *arena, const struct catalog_table *table, const char *name,
                          struct catalog_key *key)
{
    const struct catalog_column *column = catalog_find_column(table, name);
    if (column == NULL || !column->is_generated)
        return;
    *ARENA_PUSH(arena, key->expressions, key->expression_count) = column->generation_sql;
    for (size_t i = 0; i < column->read_count; i++)
        *ARENA_PUSH(arena, key->columns, key->column_count) = column->reads[i];
}

static void add_key(const struct db_result *r, int row, struct catalog *catalog,
                    struct catalog_table *table)
{
    struct arena *arena = &catalog->arena;
    struct catalog_key *key = ARENA_PUSH(arena, table->keys, table->key_count);
    size_t read_count;
    const char **reads = db_array(r, row, 8, arena, &read_count);
    key->name = arena_strdup(arena, db_value(r, row, 1));
    key->is_primary = db_bool(r, row, 2);
    key->is_exclusion = db_bool(r, row, 3);
    key->is_inherited = db_bool(r, row, 4);
    key->nulls_collide = db_bool(r, row, 5);
    key->columns = db_array(r, row, 6, arena, &key->plain_count);
    key->column_count = key->plain_count;
    for (size_t i = 0; i < read_count; i++)
        *ARENA_PUSH(arena, key->columns, key->column_count) = reads[i];
    key->expressions = db_array(r, row, 9, arena, &key->expression_count);
    for (size_t i = 0; i < key->plain_count; i++)
        add_generated(arena, table, key->columns[i], key);
    key->predicate = arena_strdup(arena, db_value(r, row, 10));
    if (key->is_primary)
        table->primary_key = db_array(r, row, 7, arena, &table->primary_key_count);
    for (size_t i = 0; i < key->column_count; i++)
        mark_column(table, key->columns[i], key);
}

static void add_check(const struct db_result *r, int row, struct catalog *catalog,
                      struct catalog_table *table)
{
    struct arena *arena = &catalog->arena;
    struct catalog_check *check = ARENA_PUSH(arena, table->checks, table->check_count);
    check->name = arena_strdup(arena, db_value(r, row, 1));
    check->expression = arena_strdup(arena, db_value(r, row, 2));
    check->columns = db_array(r, row, 3, arena, &check->column_count);
    check->is_domain = db_bool(r, row, 4);
    check->is_inherited = db_bool(r, row, 5);
    check->is_validated = db_bool(r, row, 6);
}

static void add_trigger(const struct db_result *r, int row, struct catalog *catalog,
                        struct catalog_table *table)
{
    struct arena *arena = &catalog->arena;
    struct catalog_trigger *trigger = ARENA_PUSH(arena, table->triggers, table->trigger_count);
    trigger->name = arena_strdup(arena, db_value(r, row, 1));
    trigger->function = arena_strdup(arena, db_value(r, row, 2));
    trigger->is_row = db_bool(r, row, 3);
    trigger->is_before = db_bool(r, row, 4);
    trigger->on_delete = db_bool(r, row, 5);
    trigger->on_update = db_bool(r, row, 6);
    trigger->columns = db_array(r, row, 7, arena, &trigger->column_count);
    trigger->arguments = db_array(r, row, 8, arena, &trigger->argument_count);
    trigger->source = arena_strdup(arena, db_value(r, row, 9));
    trigger->old_table = arena_strdup(arena, db_value(r, row, 10));
    trigger->has_search_path = db_bool(r, row, 11);
}

static void add_rule(const struct db_result *r, int row, struct catalog *catalog,
                     struct catalog_table *table)
{
    struct catalog_rule *rule = ARENA_PUSH(&catalog->arena, table->rules, table->rule_count);
    rule->name = arena_strdup(&catalog->arena, db_value(r, row, 1));
    rule->is_instead = db_bool(r, row, 2);
    rule->on_delete = db_bool(r, row, 3);
    rule->on_update = db_bool(r, row, 4);
}

static void add_reader(const struct db_result *r, int row, struct catalog *catalog,
                       struct catalog_table *table)
{
    const struct catalog_table *view = catalog_table_by_oid(catalog, db_int(r, row, 1));
    if (view == NULL)
        return;
    struct catalog_reader *reader =
        ARENA_PUSH(&catalog->arena, table->readers, table->reader_count);
    reader->view = view;
    reader->columns = db_array(r, row, 2, &catalog->arena, &reader->column_count);
}

static void add_publication(const struct db_result *r, int row, struct catalog *catalog,
                            struct catalog_table *table)
{
    struct catalog_publication *publication =
        ARENA_PUSH(&catalog->arena, table->publications, table->publication_count);
    publication->name = arena_strdup(&catalog->arena, db_value(r, row, 1));
    publication->sends_update = db_bool(r, row, 2);
    publication->sends_delete = db_bool(r, row, 3);
    table->lacks_identity = !db_bool(r, row, 4);
    publication->misses_identity = !table->lacks_identity && db_bool(r, row, 5);
}

static void add_foreign_code(const struct db_result *r, int row, struct catalog *catalog,
                             struct catalog_table *table)
{
    bool on_insert_only = db_bool(r, row, 2);
    if (!on_insert_only || table->takes_rows)
        *ARENA_PUSH(&catalog->arena, table->foreign_code, table->foreign_code_count) =
            arena_strdup(&catalog->arena, db_value(r, row, 1));
}

static void add_uncallable(const struct db_result *r, int row, struct catalog *catalog,
                           struct catalog_table *table)
{
    *ARENA_PUSH(&catalog->arena, table->uncallable, table->uncallable_count) =
        arena_strdup(&catalog->arena, db_value(r, row, 1));
}

static void add_fingerprint(const struct db_result *r, int row, struct catalog *catalog,
                            struct catalog_table *table)
{
    (void)catalog;
    const char *hex = db_value(r, row, 1);
    memcpy(table->fingerprint, hex, SHA256_HEX);
}

static void add_size(const struct db_result *r, int row, struct catalog *catalog,
                     struct catalog_table *table)
{
    (void)catalog;
    int64_t bytes = db_int(r, row, 1), changed = db_int(r, row, 2);
    for (; table != NULL; table = table->parent) {
        table->bytes += bytes > 0 ? bytes : 0;
        table->changed_since_analyze += changed > 0 ? changed : 0;
    }
}

static void add_partition(const struct db_result *r, int row, struct catalog *catalog,
                          struct catalog_table *table)
{
    bool has_end = db_value(r, row, 2) != NULL;
    table->bound_column = arena_strdup(&catalog->arena, db_value(r, row, 1));
    table->bound_end = has_end ? db_int(r, row, 2) : INT64_MAX;
    table->bound = arena_strdup(&catalog->arena, db_value(r, row, 3));
    table->has_default_sibling = db_bool(r, row, 4);
    table->has_delete_trigger = db_bool(r, row, 5);
}

/* No table at all, of whom nothing is asked. */
#define NOBODY "{}"

/* Runs a query whose first column is a table's oid and hands each row to `add`. */
static int read_for(struct db *db, const char *sql, const char *oids, struct catalog *catalog,
                    void (*add)(const struct db_result *, int, struct catalog *,
                                struct catalog_table *),
                    struct error *err)
{
    struct db_result *r = NULL;
    if (strcmp(oids, NOBODY) == 0)
        return 0;
    if (db_query_text(db, sql, &oids, 1, &r, err) != 0)
        return -1;
    for (int i = 0; i < db_rows(r); i++) {
        struct catalog_table *table = catalog_table_by_oid(catalog, db_int(r, i, 0));
        if (table != NULL)
            add(r, i, catalog, table);
    }
    db_result_free(r);
    return 0;
}

int catalog_read_details(struct db *db, const struct policy *policy, struct catalog *catalog,
                         struct error *err)
{
    struct buffer all = {0}, stored = {0};
    mark_policy(catalog, policy);
    mark_children(catalog);
    for (size_t i = 0; i < catalog->table_count; i++) {
        const struct catalog_table *table = &catalog->tables[i];
        if (!table->has_details)
            continue;
        buffer_addf(&all, "%c%u", all.length == 0 ? '{' : ',', (unsigned)table->oid);
        if (table->kind == 'r' || table->kind == 'm')
            buffer_addf(&stored, "%c%u", stored.length == 0 ? '{' : ',', (unsigned)table->oid);
    }
    buffer_add(&all, all.length == 0 ? NOBODY : "}");
    buffer_add(&stored, stored.length == 0 ? NOBODY : "}");
    const char *published = catalog->has_publications ? all.data : NOBODY;
    int rc = 0;
    if (read_for(db, sql_columns, all.data, catalog, add_column, err) != 0 ||
        read_for(db, sql_keys, all.data, catalog, add_key, err) != 0 ||
        read_for(db, sql_checks, all.data, catalog, add_check, err) != 0 ||
        read_for(db, sql_triggers, all.data, catalog, add_trigger, err) != 0 ||
        read_for(db, sql_rules, all.data, catalog, add_rule, err) != 0 ||
        read_for(db, sql_readers, all.data, catalog, add_reader, err) != 0 ||
        read_for(db, sql_publications, published, catalog, add_publication, err) != 0 ||
        read_for(db, sql_foreign_code, all.data, catalog, add_foreign_code, err) != 0 ||
        read_for(db, sql_uncallable, all.data, catalog, add_uncallable, err) != 0 ||
        read_for(db, sql_fingerprints, all.data, catalog, add_fingerprint, err) != 0 ||
        read_for(db, sql_partitions, all.data, catalog, add_partition, err) != 0 ||
        read_for(db, sql_sizes, stored.data, catalog, add_size, err) != 0)
        rc = -1;
    buffer_free(&all);
    buffer_free(&stored);
    return rc;
}
