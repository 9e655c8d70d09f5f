/*
 * citus.c - what a step on a table that Citus distributes can do, and what not
 *
 * Block ranges go down to all shards at once, each of which has the blocks of its own. What one
 * statement over all shards cannot say is refused here, by name, and not by the server in the
 * middle of the run: recursive queries, parts of a statement that write, volatile functions, rows
 * that go by cascade on a worker, where the coordinator cannot count them.
 */
#include "plan/plan_private.h"

#include <string.h>

static void refuse(struct plan *plan, struct plan_step *step, const char *what, const char *hint)
{
    struct finding *finding =
        plan_add_finding(plan, step, SEVERITY_ERROR, "citus-unsupported", "%s is a %s of Citus: %s",
                         step->table->text, plan_citus_kind(step->table), what);
    finding->hint = hint;
}

const char *plan_citus_kind(const struct catalog_table *table)
{
    return table->citus == CITUS_DISTRIBUTED ? "distributed table"
           : table->citus == CITUS_REFERENCE ? "reference table"
                                             : "local table";
}

static void check_masks(struct plan *plan, struct plan_step *step)
{
    for (size_t i = 0; i < step->rule->mask_count; i++) {
        const struct policy_mask *mask = &step->rule->masks[i];
        const char *key = step->table->distribution_column;
        if (key != NULL && strcmp(mask->column, key) == 0)
            refuse(plan, step, "its distribution column cannot be changed",
                   "Mask other columns, or purge the rows.");
        if (mask->kind == MASK_UNIQUE)
            refuse(plan, step, "it has no random tokens, as no volatile function is let through",
                   "Use another mask for the column.");
    }
}

/* The recursive query of a test: over a table's own reference, a circle, or a hold's ways. */
static bool is_recursive(const struct row_test *test)
{
    bool found = test->circle != NULL;
    for (size_t i = 0; i < test->block_count; i++)
        found = found || test->blocks[i].is_self;
    for (size_t i = 0; i < test->hold_count; i++) {
        found = found || test->holds[i].climb_count > 0;
        for (size_t h = 0; h < test->holds[i].hop_count; h++)
            found = found || test->holds[i].path[h].is_closure;
    }
    return found;
}

static bool is_referred_to(const struct plan *plan, const struct plan_step *step)
{
    const struct plan_fkeys fkeys = plan_fkeys_to(plan, step->table);
    for (size_t i = 0; i < fkeys.count; i++)
        if (fkeys.items[i]->child->citus == CITUS_DISTRIBUTED)
            return true;
    return false;
}

static void note(struct plan *plan, struct plan_step *step)
{
    struct finding *finding =
        plan_add_finding(plan, step, SEVERITY_NOTE, "citus",
                         "%s is a %s of Citus: batches go to all its shards (%d) at once",
                         step->table->text, plan_citus_kind(step->table), step->table->shard_count);
    finding->hint = "The governor watches the coordinator alone, and rows that others hold locked "
                    "on a worker are waited for.";
}

void plan_check_citus(struct plan *plan, struct plan_step *step)
{
    bool cascades = false;
    if (step->table->citus == CITUS_NONE)
        return;
    note(plan, step);
    check_masks(plan, step);
    if (step->action == ACTION_SUMMARISE)
        refuse(plan, step, "one statement cannot both count and delete its rows",
               "Summarise with a job of your own, and purge here.");
    if (is_recursive(step->test))
        refuse(plan, step, "recursive queries over shards do not work",
               "Break the circle of foreign keys by ON DELETE SET NULL, or let the hold name the "
               "table itself.");
    for (size_t i = 0; i < step->cascade_count; i++)
        cascades = cascades || step->cascades[i] != step->table;
    if (cascades)
        refuse(plan, step, "rows that go by cascade on a worker cannot be counted",
               "Give the referring tables purge rules of their own and foreign keys without "
               "ON DELETE CASCADE.");
    if (step->table->citus == CITUS_REFERENCE && action_deletes(step->action) &&
        is_referred_to(plan, step))
        refuse(plan, step,
               "distributed tables refer to it, and one statement cannot read them here",
               "Keep such rows, or purge them by hand.");
}
