/*
 * order.c - purges before masks, children before parents
 */
#include "plan/plan_private.h"

#include <stdlib.h>
#include <string.h>

/* Whether rows of `child` must go before rows of `parent` can. */
static bool refers(const struct catalog *catalog, const struct catalog_table *child,
                   const struct catalog_table *parent)
{
    for (size_t i = 0; i < catalog->fkey_count; i++)
        if (catalog->fkeys[i].on_delete != REFERENCE_SET_NULL &&
            catalog->fkeys[i].on_delete != REFERENCE_SET_DEFAULT &&
            plan_concerns(catalog->fkeys[i].child, child) &&
            plan_concerns(catalog->fkeys[i].parent, parent))
            return true;
    return false;
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

static bool waits(const struct plan *plan, const struct plan_step *step, const bool *placed,
                  const struct plan_step *steps)
{
    for (size_t i = 0; i < plan->step_count; i++) {
        const struct plan_step *other = &steps[i];
        if (placed[i] || other == step)
            continue;
        if (step->action != ACTION_PURGE && other->action == ACTION_PURGE)
            return true;
        if (step->action == ACTION_PURGE && other->action == ACTION_PURGE &&
            other->table != step->table &&
            (refers(plan->catalog, other->table, step->table) ||
             reads_clock_of(other, step->table)))
            return true;
    }
    return false;
}

/* Takes the first step that waits for nobody, again and again; in a cycle, simply the first. */
void plan_order_steps(struct plan *plan)
{
    size_t count = plan->step_count;
    struct plan_step *before = arena_alloc(&plan->arena, count * sizeof *before + 1);
    bool *placed = arena_alloc(&plan->arena, count * sizeof *placed + 1);
    if (count > 0)
        memcpy(before, plan->steps, count * sizeof *before);
    for (size_t n = 0; n < count; n++) {
        size_t chosen = count;
        for (size_t i = 0; i < count && chosen == count; i++)
            if (!placed[i] && !waits(plan, &before[i], placed, before))
                chosen = i;
        for (size_t i = 0; i < count && chosen == count; i++)
            if (!placed[i])
                chosen = i;
        placed[chosen] = true;
        plan->steps[n] = before[chosen];
    }
}
