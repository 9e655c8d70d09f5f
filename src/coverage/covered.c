/*
 * covered.c - which columns rules take care of
 *
 * A rule takes care of the parts that it changes, which `except:` may leave out, so a table is
 * covered where each of its parts is; and of the rows in its scope, so that a column may be covered
 * in some rows only.
 */
#include "coverage/coverage_private.h"

#include <string.h>

/* The steps that change rows of one table, or take them along. */
struct covering {
    const struct plan_step **steps;
    size_t step_count;
};

static struct covering *covering_of(const struct check *check, const struct catalog_table *table)
{
    return &check->coverings[table - check->plan->catalog->tables];
}

static void add(struct check *check, const struct catalog_table *leaf, const struct plan_step *step)
{
    struct covering *covering = covering_of(check, leaf);
    *ARENA_PUSH(check->arena, covering->steps, covering->step_count) = step;
}

static void add_step(struct check *check, const struct plan_step *step)
{
    for (size_t i = 0; i < step->leaf_count; i++)
        add(check, step->leaves[i], step);
    if (step->table->leaf_count == 0) /* it has no parts yet */
        add(check, step->table, step);
    for (size_t i = 0; i < step->cascade_count; i++)
        for (size_t l = 0; l < step->cascades[i]->leaf_count; l++)
            add(check, step->cascades[i]->leaves[l], step);
}

void covered_find(struct check *check)
{
    const struct plan *plan = check->plan;
    check->coverings =
        arena_alloc(check->arena, (plan->catalog->table_count + 1) * sizeof *check->coverings);
    for (size_t i = 0; i < plan->step_count; i++)
        add_step(check, &plan->steps[i]);
}

/* Whether the step purges the row, or masks this column. */
static bool takes(const struct plan_step *step, const char *column)
{
    for (size_t m = 0; m < step->rule->mask_count; m++)
        if (strcmp(step->rule->masks[m].column, column) == 0)
            return true;
    return step->rule->mask_count == 0;
}

static bool is_covered(const struct check *check, const struct catalog_table *leaf,
                       const char *column)
{
    const struct covering *covering = covering_of(check, leaf);
    for (size_t s = 0; s < covering->step_count; s++)
        if (takes(covering->steps[s], column))
            return true;
    return false;
}

/* A step that takes care of some rows only, where none takes care of all. */
static const struct plan_step *limiting_step(const struct check *check,
                                             const struct catalog_table *leaf, const char *column)
{
    const struct covering *covering = covering_of(check, leaf);
    const struct plan_step *limiting = NULL;
    for (size_t s = 0; s < covering->step_count; s++) {
        const struct plan_step *step = covering->steps[s];
        if (!takes(step, column))
            continue;
        if (step->rule->only == NULL && step->rule->unless == NULL)
            return NULL;
        if (limiting == NULL || (limiting->rule->only != NULL && step->rule->only == NULL))
            limiting = step;
    }
    return limiting;
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

const struct plan_step *covered_partly(const struct check *check, size_t column)
{
    const struct catalog_table *table = check->tables[column];
    const char *name = check->discovery->columns[column].column;
    const struct plan_step *limiting =
        table->leaf_count == 0 ? limiting_step(check, table, name) : NULL;
    for (size_t i = 0; i < table->leaf_count && limiting == NULL; i++)
        limiting = limiting_step(check, table->leaves[i], name);
    return limiting;
}
