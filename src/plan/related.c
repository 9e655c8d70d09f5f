/* related.c - which tables' steps must not run beside a step, but before or after it as planned. */
#include "plan/plan_private.h"

#include <string.h>

static size_t number_of(const struct plan *plan, const struct catalog_table *table)
{
    return (size_t)(table - plan->catalog->tables);
}

static bool mark_tree(const struct plan *plan, const struct catalog_table *table, bool *marks)
{
    const struct catalog_table *root = catalog_root(table);
    bool is_new = !marks[number_of(plan, root)];
    marks[number_of(plan, root)] = true;
    return is_new;
}

/* Follows foreign keys in one direction from every part of a tree, to trees not marked yet. */
static void follow(const struct plan *plan, const struct catalog_table *table, bool upwards,
                   bool *reached)
{
    size_t count = upwards ? table->fkey_from_count : table->fkey_to_count;
    for (size_t i = 0; i < count; i++) {
        const struct catalog_table *far =
            catalog_root(upwards ? table->fkeys_from[i]->parent : table->fkeys_to[i]->child);
        if (mark_tree(plan, far, reached))
            follow(plan, far, upwards, reached);
    }
    for (size_t i = 0; i < table->child_count; i++)
        follow(plan, table->children[i], upwards, reached);
}

/* Marks what one direction leads to. */
static void mark_reached(struct plan *plan, const struct catalog_table *from, bool upwards,
                         bool *marks)
{
    struct arena arena = {0};
    bool *reached = arena_alloc(&arena, plan->catalog->table_count + 1);
    mark_tree(plan, from, reached);
    follow(plan, catalog_root(from), upwards, reached);
    for (size_t i = 0; i < plan->catalog->table_count; i++)
        marks[i] = marks[i] || reached[i];
    arena_free(&arena);
}

/* A subquery may read any table. */
static bool has_subquery(const char *expression)
{
    return expression != NULL && strcasestr(expression, "select") != NULL;
}

static bool reads_anything(const struct row_test *test)
{
    bool reads = has_subquery(test->only) || has_subquery(test->unless);
    for (const struct plan_clock *c = test->clock; c != NULL; c = c->of)
        reads = reads || has_subquery(c->sql);
    for (size_t i = 0; i < test->hold_count; i++)
        reads = reads || has_subquery(test->holds[i].hold->where);
    return reads;
}

void plan_mark_related(struct plan *plan, const struct plan_step *step, bool *marks)
{
    mark_reached(plan, step->table, true, marks);
    mark_reached(plan, step->table, false, marks);
    for (const struct plan_clock *c = step->test->clock; c != NULL; c = c->of)
        if (c->hop.table != NULL)
            mark_tree(plan, c->hop.table, marks);
    for (size_t i = 0; i < plan->catalog->table_count && reads_anything(step->test); i++)
        marks[i] = true;
}

bool plan_is_related(const struct plan *plan, const bool *marks, const struct plan_step *other)
{
    return marks[number_of(plan, catalog_root(other->table))];
}
