/*
 * index.c - what lies beside what, so that nobody has to search the whole snapshot; pure
 */
#include "pgretain/catalog.h"

static void index_fkey(struct arena *arena, struct catalog_fkey *fkey)
{
    struct catalog_table *child = fkey->child, *parent = fkey->parent;
    *ARENA_PUSH(arena, child->fkeys_from, child->fkey_from_count) = fkey;
    *ARENA_PUSH(arena, parent->fkeys_to, parent->fkey_to_count) = fkey;
}

void catalog_index(struct catalog *catalog)
{
    for (size_t i = 0; i < catalog->table_count; i++) {
        struct catalog_table *table = &catalog->tables[i], *parent = table->parent;
        lookup_add(&catalog->by_name, &catalog->arena, table->schema, table->name, table);
        if (parent != NULL)
            *ARENA_PUSH(&catalog->arena, parent->children, parent->child_count) = table;
    }
    for (size_t i = 0; i < catalog->fkey_count; i++)
        index_fkey(&catalog->arena, &catalog->fkeys[i]);
}
