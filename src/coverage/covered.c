/*
 * covered.c - which columns rules take care of
 *
 * A rule takes care of the parts that it changes, which `except:` may leave out, so a table is
 * covered where each of its parts is.
 */
#include "coverage/coverage_private.h"

#include <string.h>

/* The rules on one table that has rows. */
struct covering {
    bool all;                       /* every row goes one day */
    const struct plan_step **steps; /* with masks */
    size_t step_count;
};

static struct covering *covering_of(const struct check *check, const struct catalog_table *table)
{
    return &check->coverings[table - check->plan->catalog->tables];
}

static void add_step(struct check *check, const struct plan_step *step)
{
    for (size_t i = 0; i < step->leaf_count; i++) {
        struct covering *covering = covering_of(check, step->leaves[i]);
        if (step->rule->mask_count == 0)
            covering->all = true;
        else
            *ARENA_PUSH(check->arena, covering->steps, covering->step_count) = step;
    }
    for (size_t i = 0; i < step->cascade_count; i++)
        for (size_t l = 0; l < step->cascades[i]->leaf_count; l++)
            covering_of(check, step->cascades[i]->leaves[l])->all = true;
}

void covered_find(struct check *check)
{
    const struct plan *plan = check->plan;
    check->coverings =
        arena_alloc(check->arena, (plan->catalog->table_count + 1) * sizeof *check->coverings);
    for (size_t i = 0; i < plan->step_count; i++)
        add_step(check, &plan->steps[i]);
    /* a table that has no parts yet */
    for (size_t i = 0; i < plan->step_count; i++)
        if (plan->steps[i].table->leaf_count == 0)
            covering_of(check, plan->steps[i].table)->all = true;
}

static bool is_covered(const struct check *check, const struct catalog_table *leaf,
                       const char *column)
{
    const struct covering *covering = covering_of(check, leaf);
    for (size_t s = 0; s < covering->step_count && !covering->all; s++) {
        const struct policy_rule *rule = covering->steps[s]->rule;
        for (size_t m = 0; m < rule->mask_count; m++)
            if (strcmp(rule->masks[m].column, column) == 0)
                return true;
    }
    return covering->all;
}

const struct catalog_table *covered_gap(const struct check *check, size_t column)
{
    const struct catalog_table *table = check->tables[column];
    const char *name = check->discovery->columns[column].column;
    if (table->leaf_count == 0)
        return is_covered(check, table, name) ? NULL : table;
    for (size_t i = 0; i < table->leaf_count; i++)
        if (!is_covered(check, table->leaves[i], name))
            return table->leaves[i];
    return NULL;
}
