/*
 * component.c - which tables refer to one another in circles
 *
 * The strongly connected components of the foreign keys that block or cascade, by Tarjan's
 * algorithm (Depth-first search and linear graph algorithms, 1972). A key that sets NULL or a
 * default breaks the circle. Partition and inheritance trees are one node each.
 */
#include "plan/plan_private.h"

#include <stdlib.h>
#include <string.h>

/* Numbers per table; 0 is not visited yet. */
struct walk {
    struct plan *plan;
    size_t *number, *lowest;
    bool *is_open;
    const struct catalog_table **open;
    size_t open_count;
    size_t visited;
};

static bool sets(const struct catalog_fkey *fkey)
{
    return fkey->on_delete == REFERENCE_SET_NULL || fkey->on_delete == REFERENCE_SET_DEFAULT;
}

static int compare_parents(const void *a, const void *b)
{
    const struct catalog_fkey *left = *(const struct catalog_fkey *const *)a;
    const struct catalog_fkey *right = *(const struct catalog_fkey *const *)b;
    if (left->parent != right->parent)
        return left->parent < right->parent ? -1 : 1;
    return (left > right) - (left < right);
}

static void add_fkeys(struct plan *plan, struct plan_component *component,
                      const struct catalog_table *tree)
{
    const struct plan_fkeys fkeys = plan_fkeys_from(plan, tree);
    for (size_t i = 0; i < fkeys.count; i++)
        if (!sets(fkeys.items[i]) && plan_tree_number(component, fkeys.items[i]->parent) > 0)
            *ARENA_PUSH(&plan->arena, component->fkeys, component->fkey_count) = fkeys.items[i];
}

/* Everything opened since `tree` is one component; most have no foreign key and are none. */
static void close_component(struct walk *walk, const struct catalog_table *tree)
{
    struct plan *plan = walk->plan;
    struct plan_component *component = arena_alloc(&plan->arena, sizeof *component);
    const struct catalog_table *last;
    do {
        last = walk->open[--walk->open_count];
        walk->is_open[plan_table_number(plan, last)] = false;
        *ARENA_PUSH(&plan->arena, component->trees, component->tree_count) = last;
    } while (last != tree);
    for (size_t i = 0; i < component->tree_count; i++)
        add_fkeys(plan, component, component->trees[i]);
    if (component->fkey_count == 0)
        return;
    qsort(component->fkeys, component->fkey_count, sizeof *component->fkeys, compare_parents);
    for (size_t i = 0; i < component->tree_count; i++)
        plan->components[plan_table_number(plan, component->trees[i])] = component;
}

static void visit(struct walk *walk, const struct catalog_table *tree)
{
    const struct plan_fkeys fkeys = plan_fkeys_from(walk->plan, tree);
    size_t here = plan_table_number(walk->plan, tree);
    walk->number[here] = walk->lowest[here] = ++walk->visited;
    walk->open[walk->open_count++] = tree;
    walk->is_open[here] = true;
    for (size_t i = 0; i < fkeys.count; i++) {
        const struct catalog_table *parent = catalog_root(fkeys.items[i]->parent);
        size_t there = plan_table_number(walk->plan, parent);
        if (sets(fkeys.items[i]))
            continue;
        bool is_new = walk->number[there] == 0;
        if (is_new)
            visit(walk, parent);
        size_t reached = is_new ? walk->lowest[there] : walk->number[there];
        if ((is_new || walk->is_open[there]) && reached < walk->lowest[here])
            walk->lowest[here] = reached;
    }
    if (walk->lowest[here] == walk->number[here])
        close_component(walk, tree);
}

void plan_find_components(struct plan *plan)
{
    struct arena arena = {0};
    const struct catalog *catalog = plan->catalog;
    size_t count = catalog->table_count + 1;
    struct walk walk = {.plan = plan};
    walk.number = arena_alloc(&arena, count * sizeof *walk.number);
    walk.lowest = arena_alloc(&arena, count * sizeof *walk.lowest);
    walk.is_open = arena_alloc(&arena, count * sizeof *walk.is_open);
    walk.open = arena_alloc(&arena, count * sizeof *walk.open);
    plan->components = arena_alloc(&plan->arena, count * sizeof *plan->components);
    for (size_t i = 0; i < catalog->table_count; i++)
        if (walk.number[i] == 0 && catalog->tables[i].parent == NULL)
            visit(&walk, &catalog->tables[i]);
    arena_free(&arena);
}

const struct plan_component *plan_component_of(const struct plan *plan,
                                               const struct catalog_table *table)
{
    return plan->components[plan_table_number(plan, catalog_root(table))];
}

bool plan_share_component(const struct plan *plan, const struct catalog_table *a,
                          const struct catalog_table *b)
{
    const struct plan_component *component = plan_component_of(plan, a);
    return component != NULL && component == plan_component_of(plan, b);
}

size_t plan_tree_number(const struct plan_component *component, const struct catalog_table *table)
{
    const struct catalog_table *tree = catalog_root(table);
    for (size_t i = 0; i < component->tree_count; i++)
        if (component->trees[i] == tree)
            return i + 1;
    return 0;
}
