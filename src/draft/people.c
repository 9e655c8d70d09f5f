/*
 * people.c - which tables' rows are people
 *
 * They have a name, an address or a telephone, and others refer to them: by a foreign key, or,
 * where nobody declared any, by a column "user_id" beside a table "users".
 */
#include "draft/draft_private.h"

#include <stdlib.h>
#include <string.h>

enum { NAME_BYTES = 64 };

/* A table by what a reference to its rows would be called, "user" for "users". */
struct called {
    char name[NAME_BYTES];
    struct draft_table *table;
};

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const struct called *)a)->name, ((const struct called *)b)->name);
}

static void call(const char *table, char ret_name[NAME_BYTES])
{
    size_t length = strnlen(table, NAME_BYTES - 2);
    memcpy(ret_name, table, length);
    ret_name[length] = '\0';
    if (length > 4 && strcmp(ret_name + length - 3, "ies") == 0)
        strcpy(ret_name + length - 3, "y");
    else if (length > 2 && ret_name[length - 1] == 's')
        ret_name[length - 1] = '\0';
}

static bool has_kind(const struct draft_table *table, const char *kind)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i]->kind, kind) == 0)
            return true;
    return false;
}

static bool could_be_people(const struct draft_table *table)
{
    return strcmp(table->category, "personal") == 0 &&
           (has_kind(table, "email") || has_kind(table, "phone") || has_kind(table, "name"));
}

static void find_by_keys(struct draft *draft)
{
    for (size_t i = 0; i < draft->catalog->fkey_count; i++) {
        const struct catalog_fkey *fkey = &draft->catalog->fkeys[i];
        struct draft_table *parent = draft_find(draft, fkey->parent);
        if (parent != NULL && fkey->child != fkey->parent && could_be_people(parent))
            parent->is_person = true;
    }
}

/* Columns that are called after one of the tables, in any other. */
static void find_in(const struct catalog_table *table, struct called *called, size_t count)
{
    for (size_t i = 0; i < table->column_count; i++) {
        struct called key = {.table = NULL};
        size_t length = strlen(table->columns[i].name);
        if (length < 4 || length >= NAME_BYTES ||
            strcmp(table->columns[i].name + length - 3, "_id") != 0)
            continue;
        memcpy(key.name, table->columns[i].name, length - 3);
        struct called *found = bsearch(&key, called, count, sizeof *called, compare_names);
        if (found != NULL && found->table->table != table)
            found->table->is_person = true;
    }
}

static void find_by_names(struct draft *draft)
{
    struct called *called = NULL;
    size_t count = 0;
    for (size_t i = 0; i < draft->table_count; i++) {
        struct draft_table *table = &draft->tables[i];
        if (table->is_person || !could_be_people(table))
            continue;
        struct called *one = ARENA_PUSH(&draft->arena, called, count);
        one->table = table;
        call(table->table->name, one->name);
    }
    if (count == 0)
        return;
    qsort(called, count, sizeof *called, compare_names);
    for (size_t i = 0; i < draft->catalog->table_count; i++)
        find_in(&draft->catalog->tables[i], called, count);
}

static bool is_required(const struct catalog_fkey *fkey)
{
    for (size_t i = 0; i < fkey->column_count; i++) {
        const struct catalog_column *column =
            catalog_find_column(fkey->child, fkey->child_column_names[i]);
        if (column == NULL || !column->not_null)
            return false;
    }
    return true;
}

static void find_groups(struct draft *draft)
{
    for (size_t i = 0; i < draft->catalog->fkey_count; i++) {
        const struct catalog_fkey *fkey = &draft->catalog->fkeys[i];
        struct draft_table *parent = draft_find(draft, fkey->parent);
        const struct draft_table *child = draft_find(draft, fkey->child);
        if (parent == NULL || child == NULL || parent == child || !is_required(fkey))
            continue;
        if (parent->is_person && (child->is_person || child->is_group)) {
            parent->is_person = false;
            parent->is_group = true;
        }
    }
}

void draft_find_people(struct draft *draft)
{
    find_by_keys(draft);
    find_by_names(draft);
    find_groups(draft);
}
