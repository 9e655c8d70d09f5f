/*
 * soft_links.c - columns that look like a reference to held rows, and no foreign key says so
 *
 * A hold follows foreign keys only. A column counts as a soft link if it has the key's kind of type
 * and a name under which others refer to that key: the referring columns of declared foreign keys,
 * the table's name in the singular before the key's, or the key's own name where that says
 * something.
 */
#include "plan/plan_private.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct soft_key {
    const char *name; /* folded */
    const char *type;
    const struct catalog_table *table;
};

struct soft_keys {
    struct arena *arena;
    struct soft_key *items;
    size_t count;
};

/* "accountId" and "account_id" are one name. */
static const char *fold(struct arena *arena, const char *name)
{
    char *folded = arena_strdup(arena, name), *end = folded;
    for (const char *c = name; *c != '\0'; c++)
        if (*c != '_')
            *end++ = (char)tolower((unsigned char)*c);
    *end = '\0';
    return folded;
}

/* Key names that say nothing of the table. */
static bool is_general(const char *folded)
{
    static const char *const general[] = {"id",  "uuid",  "guid", "ulid", "pk",
                                          "key", "rowid", "code", "name", "number"};
    for (size_t i = 0; i < sizeof general / sizeof *general; i++)
        if (strcmp(folded, general[i]) == 0)
            return true;
    return false;
}

/* The first of the types that are compared with one another. */
static const char *kind_of_type(const char *type)
{
    if (strcmp(type, "int2") == 0 || strcmp(type, "int8") == 0)
        return "int4";
    if (strcmp(type, "varchar") == 0 || strcmp(type, "bpchar") == 0)
        return "text";
    return type;
}

static void add_key(struct soft_keys *keys, const char *name, const struct catalog_column *key,
                    const struct catalog_table *table)
{
    *ARENA_PUSH(keys->arena, keys->items, keys->count) =
        (struct soft_key){fold(keys->arena, name), kind_of_type(key->base_type), table};
}

/* "account_id" for the key "id" of "accounts", whichever way the plural was made. */
static void add_singular(struct soft_keys *keys, const struct catalog_column *key,
                         const struct catalog_table *table)
{
    static const struct {
        const char *plural, *singular;
    } ends[] = {{"", ""}, {"s", ""}, {"es", ""}, {"ies", "y"}};
    size_t length = strlen(table->name);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t end = strlen(ends[i].plural);
        if (length > end && strcmp(table->name + length - end, ends[i].plural) == 0)
            add_key(keys,
                    arena_printf(keys->arena, "%.*s%s%s", (int)(length - end), table->name,
                                 ends[i].singular, key->name),
                    key, table);
    }
}

static const struct catalog_column *find_quoted(const struct catalog_table *table,
                                                const char *quoted)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].quoted, quoted) == 0)
            return &table->columns[i];
    return NULL;
}

static void add_table(struct soft_keys *keys, const struct catalog_table *table)
{
    const struct catalog_column *key =
        table->primary_key_count == 1 ? find_quoted(table, table->primary_key[0]) : NULL;
    if (key == NULL)
        return;
    add_singular(keys, key, table);
    if (!is_general(fold(keys->arena, key->name)))
        add_key(keys, key->name, key, table);
}

/* What the others call it; a table's own "parent_id" says nothing about columns elsewhere. */
static void add_referring(struct soft_keys *keys, const struct catalog_fkey *fkey)
{
    const struct catalog_table *parent = catalog_root(fkey->parent);
    const struct catalog_column *key =
        fkey->column_count == 1 ? find_quoted(parent, fkey->parent_columns[0]) : NULL;
    if (key != NULL && catalog_root(fkey->child) != parent)
        add_key(keys, fkey->child_column_names[0], key, parent);
}

static int compare_keys(const void *a, const void *b)
{
    return strcmp(((const struct soft_key *)a)->name, ((const struct soft_key *)b)->name);
}

/* Sorted by name. */
static struct soft_keys find_keys(struct plan *plan, const bool *reach)
{
    const struct catalog *catalog = plan->catalog;
    struct soft_keys keys = {.arena = &plan->arena};
    for (size_t i = 0; i < catalog->table_count; i++)
        if (reach[i] && catalog->tables[i].parent == NULL)
            add_table(&keys, &catalog->tables[i]);
    for (size_t i = 0; i < catalog->fkey_count; i++)
        if (reach[plan_table_number(plan, catalog_root(catalog->fkeys[i].parent))])
            add_referring(&keys, &catalog->fkeys[i]);
    if (keys.count > 0)
        qsort(keys.items, keys.count, sizeof *keys.items, compare_keys);
    return keys;
}

static bool has_foreign_key(const struct plan *plan, const struct catalog_table *table,
                            const char *column)
{
    const struct plan_fkeys fkeys = plan_fkeys_from(plan, table);
    for (size_t i = 0; i < fkeys.count; i++) {
        const struct catalog_fkey *fkey = fkeys.items[i];
        for (size_t c = 0; c < fkey->column_count; c++)
            if (strcmp(fkey->child_column_names[c], column) == 0)
                return true;
    }
    return false;
}

/* Another tenant's table would rather refer to the table of that name beside it. */
static bool has_namesake(const struct plan *plan, const struct catalog_table *table,
                         const struct catalog_table *key)
{
    return strcmp(table->schema, key->schema) != 0 &&
           lookup_find(&plan->catalog->by_name, table->schema, key->name) != NULL;
}

/* The table that a column without a foreign key seems to refer to, or NULL. */
static const struct catalog_table *seems_to_refer(const struct plan *plan,
                                                  const struct soft_keys *keys,
                                                  const struct catalog_table *table,
                                                  const struct catalog_column *column)
{
    struct soft_key wanted = {.name = fold(keys->arena, column->name)};
    const struct soft_key *end = keys->items + keys->count;
    const struct soft_key *key =
        keys->count == 0 ? NULL
                         : bsearch(&wanted, keys->items, keys->count, sizeof wanted, compare_keys);
    while (key != NULL && key > keys->items && compare_keys(key - 1, &wanted) == 0)
        key--;
    for (; key != NULL && key < end && compare_keys(key, &wanted) == 0; key++)
        if (strcmp(key->type, kind_of_type(column->base_type)) == 0 &&
            !has_namesake(plan, table, key->table) && !has_foreign_key(plan, table, column->name))
            return key->table;
    return NULL;
}

static void check_step(struct plan *plan, struct plan_step *step, const struct policy_hold *hold,
                       const struct soft_keys *keys)
{
    for (size_t i = 0; i < step->table->column_count; i++) {
        const struct catalog_column *column = &step->table->columns[i];
        const struct catalog_table *table = seems_to_refer(plan, keys, step->table, column);
        if (table == NULL)
            continue;
        struct finding *finding = plan_add_finding(
            plan, step, SEVERITY_NOTE, "hold-soft-link",
            "column \"%s\" of %s looks like a reference to %s, and no foreign key leads hold "
            "\"%s\" there",
            column->name, step->table->text, table->text, hold->id);
        finding->hold = hold->id;
        finding->hint = "If it is one, declare the foreign key, or hold this table's rows as well.";
        return;
    }
}

void plan_check_soft_links(struct plan *plan, size_t hold)
{
    const bool *reach = plan->hold_reaches[hold];
    struct soft_keys keys = find_keys(plan, reach);
    for (size_t s = 0; s < plan->step_count; s++)
        if (!reach[plan_table_number(plan, catalog_root(plan->steps[s].table))] &&
            !reach[plan_table_number(plan, plan->steps[s].table)])
            check_step(plan, &plan->steps[s], &plan->policy->holds[hold], &keys);
}
