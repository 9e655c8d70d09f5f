/*
 * family.c - the foreign keys and steps that concern a table, so that nobody looks at all there are
 *
 * A table's family is the table, what it is a part of, and its parts. Most have none but
 * themselves; then the lists are those of the table. Lists are made when they are first asked for.
 */
#include "plan/plan_private.h"

#include <stdlib.h>
#include <string.h>

enum which { FKEYS_FROM, FKEYS_TO, STEPS_ON, STEPS_ABOVE, STEPS_CONCERNING, LISTS };

/* Addresses of foreign keys or steps; their order is that of the array they lie in. */
struct list {
    const void **items;
    size_t count;
    bool is_known;
};

struct plan_families {
    struct arena *arena;
    const struct catalog_table *tables;
    struct list (*lists)[LISTS]; /* per table */
    struct list parent_clocks;   /* steps whose clock is that of another row */
};

static struct list *list_of(const struct plan_families *families, const struct catalog_table *table,
                            enum which which)
{
    return &families->lists[table - families->tables][which];
}

static void add(const struct plan_families *families, struct list *list, const void *item)
{
    *ARENA_PUSH(families->arena, list->items, list->count) = item;
}

void plan_index_steps(struct plan *plan)
{
    struct arena *arena = &plan->arena;
    struct plan_families *families = arena_alloc(arena, sizeof *families);
    families->arena = arena;
    families->tables = plan->catalog->tables;
    families->lists =
        arena_alloc(arena, (plan->catalog->table_count + 1) * sizeof *families->lists);
    for (size_t i = 0; i < plan->step_count; i++) {
        add(families, list_of(families, plan->steps[i].table, STEPS_ON), &plan->steps[i]);
        if (plan->steps[i].rule->clock->kind == CLOCK_PARENT)
            add(families, &families->parent_clocks, &plan->steps[i]);
    }
    plan->families = families;
}

/* What lies on the table itself. */
static void add_own(const struct plan_families *families, struct list *list,
                    const struct catalog_table *table, enum which which)
{
    const struct list *on = list_of(families, table, STEPS_ON);
    for (size_t i = 0; which == FKEYS_FROM && i < table->fkey_from_count; i++)
        add(families, list, table->fkeys_from[i]);
    for (size_t i = 0; which == FKEYS_TO && i < table->fkey_to_count; i++)
        add(families, list, table->fkeys_to[i]);
    for (size_t i = 0; which > STEPS_ON && i < on->count; i++)
        add(families, list, on->items[i]);
}

static void add_below(const struct plan_families *families, struct list *list,
                      const struct catalog_table *table, enum which which)
{
    for (size_t i = 0; i < table->child_count; i++) {
        add_own(families, list, table->children[i], which);
        add_below(families, list, table->children[i], which);
    }
}

static int compare_addresses(const void *a, const void *b)
{
    const char *left = *(const char *const *)a, *right = *(const char *const *)b;
    return (left > right) - (left < right);
}

static const struct list *find(const struct plan *plan, const struct catalog_table *table,
                               enum which which)
{
    const struct plan_families *families = plan->families;
    struct list *list = list_of(families, table, which);
    if (list->is_known)
        return list;
    for (const struct catalog_table *t = table; t != NULL; t = t->parent)
        add_own(families, list, t, which);
    if (which != STEPS_ABOVE)
        add_below(families, list, table, which);
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, compare_addresses);
    list->is_known = true;
    return list;
}

static struct plan_fkeys as_fkeys(const struct list *list)
{
    return (struct plan_fkeys){(const struct catalog_fkey *const *)list->items, list->count};
}

static struct plan_steps as_steps(const struct list *list)
{
    return (struct plan_steps){(struct plan_step *const *)list->items, list->count};
}

struct plan_fkeys plan_fkeys_from(const struct plan *plan, const struct catalog_table *table)
{
    return as_fkeys(find(plan, table, FKEYS_FROM));
}

struct plan_fkeys plan_fkeys_to(const struct plan *plan, const struct catalog_table *table)
{
    return as_fkeys(find(plan, table, FKEYS_TO));
}

struct plan_steps plan_steps_above(const struct plan *plan, const struct catalog_table *table)
{
    return as_steps(find(plan, table, STEPS_ABOVE));
}

struct plan_steps plan_steps_concerning(const struct plan *plan, const struct catalog_table *table)
{
    return as_steps(find(plan, table, STEPS_CONCERNING));
}

struct plan_steps plan_parent_clocks(const struct plan *plan)
{
    return as_steps(&plan->families->parent_clocks);
}
