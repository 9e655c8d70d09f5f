/*
 * find.c - lookups in a snapshot; pure
 */
#include "pgretain/catalog.h"

#include "base/nearest.h"

#include <string.h>
#include <strings.h>

/* * stands for any run of bytes, ? for one byte. */
static bool glob(const char *pattern, const char *text)
{
    const char *star = NULL, *retry = NULL;
    while (*text != '\0') {
        if (*pattern == '*') {
            star = pattern++;
            retry = text;
        } else if (*pattern == '?' || *pattern == *text) {
            pattern++;
            text++;
        } else if (star != NULL) {
            pattern = star + 1;
            text = ++retry;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == '\0';
}

bool table_name_matches(const struct table_name *name, const char *schema, const char *table)
{
    return (name->schema_is_pattern ? glob(name->schema, schema)
                                    : strcmp(name->schema, schema) == 0) &&
           (name->name_is_pattern ? glob(name->name, table) : strcmp(name->name, table) == 0);
}

const struct catalog_table *catalog_next_match(const struct catalog *catalog,
                                               const struct table_name *name,
                                               const struct catalog_table *after)
{
    const struct catalog_table *end = catalog->tables + catalog->table_count;
    if (!name->schema_is_pattern && !name->name_is_pattern)
        return after == NULL ? lookup_find(&catalog->by_name, name->schema, name->name) : NULL;
    for (const struct catalog_table *t = after == NULL ? catalog->tables : after + 1; t < end; t++)
        if (table_name_matches(name, t->schema, t->name))
            return t;
    return NULL;
}

const struct catalog_table *catalog_find_table(const struct catalog *catalog,
                                               const struct table_name *name)
{
    return catalog_next_match(catalog, name, NULL);
}

const struct catalog_column *catalog_find_column(const struct catalog_table *table,
                                                 const char *name)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].name, name) == 0)
            return &table->columns[i];
    return NULL;
}

const struct catalog_cutoff *catalog_find_cutoff(const struct catalog *catalog,
                                                 const struct window *window, enum period period)
{
    for (size_t i = 0; i < catalog->cutoff_count; i++)
        if (catalog->cutoffs[i].window.months == window->months &&
            catalog->cutoffs[i].window.days == window->days && catalog->cutoffs[i].period == period)
            return &catalog->cutoffs[i];
    return NULL;
}

const struct catalog_rejection *catalog_find_rejection(const struct catalog *catalog,
                                                       const char *expression,
                                                       const struct catalog_table *table)
{
    for (size_t i = 0; i < catalog->rejection_count; i++)
        if (catalog->rejections[i].expression == expression &&
            catalog->rejections[i].table == table)
            return &catalog->rejections[i];
    return NULL;
}

const struct catalog_expression *catalog_find_expression(const struct catalog *catalog,
                                                         const char *expression,
                                                         const struct catalog_table *table)
{
    for (size_t i = 0; i < catalog->expression_count; i++)
        if (catalog->expressions[i].expression == expression &&
            catalog->expressions[i].table == table)
            return &catalog->expressions[i];
    return NULL;
}

const char *catalog_nearest_table(const struct catalog *catalog, const char *text,
                                  struct arena *arena)
{
    const char **names = arena_alloc(arena, catalog->table_count * sizeof *names + 1);
    for (size_t i = 0; i < catalog->table_count; i++) {
        names[i] = catalog->tables[i].text;
        if (strcasecmp(names[i], text) == 0)
            return names[i];
    }
    return nearest(text, names, catalog->table_count);
}

const struct catalog_table *catalog_root(const struct catalog_table *table)
{
    while (table->parent != NULL)
        table = table->parent;
    return table;
}

const struct catalog_share *catalog_find_share(const struct catalog *catalog,
                                               const struct catalog_table *table,
                                               const char *column,
                                               const struct catalog_cutoff *cutoff)
{
    size_t low = 0, high = catalog->share_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (catalog->shares[middle].table < table)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < catalog->share_count && catalog->shares[low].table == table; low++)
        if (catalog->shares[low].column == column && catalog->shares[low].cutoff == cutoff)
            return &catalog->shares[low];
    return NULL;
}
