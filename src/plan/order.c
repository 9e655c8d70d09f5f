/*
 * order.c - what deletes before what masks, children before parents
 *
 * A child goes first if its rows hang on the parent's over any chain of foreign keys that blocks or
 * cascades, also through tables without a rule, or if its clock is read from the parent.
 */
#include "plan/plan_private.h"

/* Foreign keys declared on a tree, a branch or a leaf concern one another's rows. */
static void mark(const struct plan *plan, const struct catalog_table *table, bool *above)
{
    for (const struct catalog_table *t = table; t != NULL; t = t->parent)
        above[plan_table_number(plan, t)] = true;
    for (size_t i = 0; i < table->leaf_count; i++)
        above[plan_table_number(plan, table->leaves[i])] = true;
}

static bool is_marked(const struct plan *plan, const struct catalog_table *table, const bool *above)
{
    for (size_t i = 0; i < table->leaf_count; i++)
        if (above[plan_table_number(plan, table->leaves[i])])
            return true;
    return above[plan_table_number(plan, table)];
}

/* Marks every table whose rows the step's rows hang on. */
static bool *tables_above(struct plan *plan, const struct plan_step *step)
{
    const struct catalog *catalog = plan->catalog;
    bool *above = arena_alloc(&plan->arena, catalog->table_count + 1);
    bool *from = arena_alloc(&plan->arena, catalog->table_count + 1);
    bool found = true;
    mark(plan, step->table, from);
    while (found) {
        found = false;
        for (size_t i = 0; i < catalog->fkey_count; i++) {
            const struct catalog_fkey *fkey = &catalog->fkeys[i];
            if (fkey->on_delete == REFERENCE_SET_NULL || fkey->on_delete == REFERENCE_SET_DEFAULT ||
                !is_marked(plan, fkey->child, from) || above[plan_table_number(plan, fkey->parent)])
                continue;
            mark(plan, fkey->parent, above);
            mark(plan, fkey->parent, from);
            found = true;
        }
    }
    return above;
}

/* Whether the clock of `step` is read from rows of `table`. */
static bool reads_clock_of(const struct plan_step *step, const struct catalog_table *table)
{
    for (const struct policy_clock *c = step->rule->clock; c != NULL && c->kind == CLOCK_PARENT;
         c = c->of)
        for (const struct catalog_table *t = table; t != NULL; t = t->parent)
            if (table_name_matches(&c->parent, t->schema, t->name))
                return true;
    return false;
}

struct waiting {
    struct plan_step step;
    bool *above;
    bool placed;
};

static bool must_precede(const struct plan *plan, const struct waiting *first,
                         const struct waiting *second)
{
    if (!action_deletes(first->step.action))
        return false;
    if (!action_deletes(second->step.action))
        return true;
    return first->step.table != second->step.table &&
           (is_marked(plan, second->step.table, first->above) ||
            reads_clock_of(&first->step, second->step.table));
}

/* The first step that waits for nobody; in a cycle, simply the first. */
static struct waiting *next_step(const struct plan *plan, struct waiting *waiting)
{
    struct waiting *any = NULL;
    for (size_t i = 0; i < plan->step_count; i++) {
        if (waiting[i].placed)
            continue;
        any = any == NULL ? &waiting[i] : any;
        size_t j = 0;
        while (j < plan->step_count &&
               (i == j || waiting[j].placed || !must_precede(plan, &waiting[j], &waiting[i])))
            j++;
        if (j == plan->step_count)
            return &waiting[i];
    }
    return any;
}

void plan_order_steps(struct plan *plan)
{
    size_t count = plan->step_count;
    struct waiting *waiting = arena_alloc(&plan->arena, count * sizeof *waiting + 1);
    for (size_t i = 0; i < count; i++) {
        waiting[i].step = plan->steps[i];
        waiting[i].above = tables_above(plan, &plan->steps[i]);
    }
    for (size_t n = 0; n < count; n++) {
        struct waiting *next = next_step(plan, waiting);
        plan->steps[n] = next->step;
        next->placed = true;
    }
}
