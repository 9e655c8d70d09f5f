/*
 * order.c - what deletes before what masks, children before parents
 *
 * A child goes first if its rows hang on the parent's over any chain of foreign keys that blocks or
 * cascades, also through tables without a rule, or if its clock is read from the parent. Tables
 * whose rows go together (circle.c) wait for the same others, and not for one another.
 */
#include "plan/plan_private.h"

/* A step that has no place yet. */
struct waiting {
    struct plan_step step;
    size_t *after; /* steps that wait for it */
    size_t after_count;
    size_t before; /* how many it waits for */
    bool placed;
};

/* While it is found out what waits for one step: what was met, marked by the step's number + 1. */
struct search {
    struct plan *plan;
    struct waiting *waiting;
    size_t first;                      /* the step's number */
    size_t *met_tables;                /* per table */
    size_t *met_steps;                 /* per step */
    const struct catalog_table **open; /* tables still to be looked at */
    size_t open_count;
};

static void wait_for_first(struct search *search, const struct plan_step *step)
{
    size_t number = (size_t)(step - search->plan->steps);
    struct waiting *first = &search->waiting[search->first];
    if (!action_deletes(step->action) || step->table == first->step.table ||
        search->met_steps[number] == search->first + 1)
        return;
    search->met_steps[number] = search->first + 1;
    *ARENA_PUSH(&search->plan->arena, first->after, first->after_count) = number;
    search->waiting[number].before++;
}

/* Rows of `table` or of its family hang on rows of other tables. */
static void look_up(struct search *search, const struct catalog_table *table)
{
    const struct plan_fkeys fkeys = plan_fkeys_from(search->plan, table);
    for (size_t i = 0; i < fkeys.count; i++) {
        const struct catalog_fkey *fkey = fkeys.items[i];
        size_t *met = &search->met_tables[plan_table_number(search->plan, fkey->parent)];
        if (fkey->on_delete == REFERENCE_SET_NULL || fkey->on_delete == REFERENCE_SET_DEFAULT ||
            *met == search->first + 1)
            continue;
        *met = search->first + 1;
        search->open[search->open_count++] = fkey->parent;
    }
}

static void look_at_clock(struct search *search, const struct policy_clock *clock)
{
    for (; clock != NULL && clock->kind == CLOCK_PARENT; clock = clock->of) {
        const struct catalog_table *parent =
            catalog_find_table(search->plan->catalog, &clock->parent);
        if (parent == NULL)
            continue;
        const struct plan_steps steps = plan_steps_concerning(search->plan, parent);
        for (size_t i = 0; i < steps.count; i++)
            if (plan_lies_in(steps.items[i]->table, parent))
                wait_for_first(search, steps.items[i]);
    }
}

static void find_waiting(struct search *search, size_t number)
{
    const struct plan_step *step = &search->plan->steps[number];
    search->first = number;
    search->open_count = 0;
    look_up(search, step->table);
    while (search->open_count > 0) {
        const struct catalog_table *table = search->open[--search->open_count];
        const struct plan_steps steps = plan_steps_concerning(search->plan, table);
        bool go_together = plan_share_component(search->plan, table, step->table);
        for (size_t i = 0; i < steps.count && !go_together; i++)
            wait_for_first(search, steps.items[i]);
        look_up(search, table);
    }
    look_at_clock(search, step->rule->clock);
}

/* The first step that waits for nobody; in a cycle, simply the first. */
static struct waiting *next_step(struct waiting *waiting, size_t count, size_t *from)
{
    while (waiting[*from].placed)
        (*from)++;
    for (size_t i = *from; i < count; i++)
        if (!waiting[i].placed && waiting[i].before == 0)
            return &waiting[i];
    return &waiting[*from];
}

static void place(struct plan *plan, struct waiting *waiting, struct waiting *next, size_t at)
{
    plan->steps[at] = next->step;
    next->placed = true;
    for (size_t i = 0; i < next->after_count; i++)
        waiting[next->after[i]].before--;
}

static void find_all_waiting(struct plan *plan, struct waiting *waiting)
{
    struct arena *arena = &plan->arena;
    size_t tables = plan->catalog->table_count + 1;
    struct search search = {.plan = plan, .waiting = waiting};
    search.met_tables = arena_alloc(arena, tables * sizeof *search.met_tables);
    search.met_steps = arena_alloc(arena, (plan->step_count + 1) * sizeof *search.met_steps);
    search.open = arena_alloc(arena, tables * sizeof *search.open);
    plan_index_steps(plan);
    plan_find_components(plan);
    for (size_t i = 0; i < plan->step_count; i++)
        if (action_deletes(plan->steps[i].action))
            find_waiting(&search, i);
}

void plan_order_steps(struct plan *plan)
{
    size_t count = plan->step_count, deleting = 0, from = 0, at = 0;
    struct waiting *waiting = arena_alloc(&plan->arena, count * sizeof *waiting + 1);
    for (size_t i = 0; i < count; i++) {
        bool deletes = action_deletes(plan->steps[i].action);
        waiting[i].step = plan->steps[i];
        waiting[i].placed = !deletes;
        deleting += deletes;
    }
    find_all_waiting(plan, waiting);
    while (at < deleting)
        place(plan, waiting, next_step(waiting, count, &from), at++);
    for (size_t i = 0; i < count; i++)
        if (!action_deletes(waiting[i].step.action))
            plan->steps[at++] = waiting[i].step;
    plan_index_steps(plan);
}
