/*
 * kept.c - what one hold keeps, table by table, and what would take it
 */
#include "plan/plan.h"

#include "plan/plan_private.h"

#include <string.h>

const struct finding *plan_hold_problem(const struct plan *plan, const struct policy_hold *hold)
{
    for (size_t i = 0; i < plan->finding_count; i++) {
        const struct finding *finding = &plan->findings[i];
        if (finding->severity == SEVERITY_ERROR && finding->hold != NULL &&
            strcmp(finding->hold, hold->id) == 0)
            return finding;
    }
    return NULL;
}

/* Whether its rows are the hold's by themselves, not as a part of a table that stands for them. */
static bool is_listed(const struct plan *plan, const bool *reach, const struct catalog_table *table)
{
    return reach[plan_table_number(plan, table)] && (table->kind == 'r' || table->kind == 'p') &&
           (table->parent == NULL || !reach[plan_table_number(plan, table->parent)]);
}

static void add_takers(struct plan *plan, const struct plan *lifted, struct plan_kept *kept)
{
    for (size_t i = 0; i < lifted->step_count; i++)
        if (lifted->steps[i].refused == NULL && plan_concerns(lifted->steps[i].table, kept->table))
            *ARENA_PUSH(&plan->arena, kept->takers, kept->taker_count) = &lifted->steps[i];
}

const struct plan_kept *plan_find_kept(struct plan *plan, const struct policy_hold *hold,
                                       const struct plan *lifted, size_t *ret_count)
{
    size_t number = (size_t)(hold - plan->policy->holds);
    const bool *reach = plan->hold_reaches[number];
    struct plan_kept *list = NULL;
    *ret_count = 0;
    for (size_t i = 0; i < plan->catalog->table_count; i++) {
        const struct catalog_table *table = &plan->catalog->tables[i];
        if (!is_listed(plan, reach, table))
            continue;
        struct row_test *held = arena_alloc(&plan->arena, sizeof *held);
        held->table = table;
        plan_resolve_hold(plan, held, number);
        struct plan_kept *kept = ARENA_PUSH(&plan->arena, list, *ret_count);
        kept->table = table;
        kept->held = held;
        kept->is_readable = table->may_select && plan_unreadable(held, 0) == NULL;
        add_takers(plan, lifted, kept);
    }
    return list;
}

void plan_check_kept(struct plan *plan, const struct policy_hold *hold,
                     const struct kept_counts *counts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (counts[i].direct != 0)
            return;
    struct finding *finding = plan_add_finding(plan, NULL, SEVERITY_WARNING, "hold-matches-nothing",
                                               "hold \"%s\" matches no row", hold->id);
    finding->mark = hold->where_mark;
    finding->hold = hold->id;
    finding->hint = "Its rows may be gone, or its condition may not say what was meant.";
}
