/*
 * holds.c - which holds reach a table, directly or over foreign keys
 */
#include "plan/plan_private.h"

#include <string.h>

enum { LONGEST_PATH = 16, MOST_PATHS = 256 };

static bool names_table(const struct policy_hold *hold, const struct catalog_table *table)
{
    for (size_t i = 0; i < hold->table_count; i++)
        if (table_name_matches(&hold->tables[i], table->schema, table->name))
            return true;
    return false;
}

/* The table itself or one it is a part of: its rows are the hold's rows. */
static const struct catalog_table *held_table(const struct policy_hold *hold,
                                              const struct catalog_table *table)
{
    while (table != NULL && !names_table(hold, table))
        table = table->parent;
    return table;
}

static void add_hold(struct plan *plan, struct row_test *test, const struct policy_hold *hold,
                     const struct hop *path, size_t hops)
{
    struct hop *copy = arena_alloc(&plan->arena, (hops + 1) * sizeof *copy);
    if (hops > 0)
        memcpy(copy, path, hops * sizeof *copy);
    struct plan_hold *holds = (struct plan_hold *)test->holds;
    struct plan_hold *added = ARENA_PUSH(&plan->arena, holds, test->hold_count);
    test->holds = holds;
    *added = (struct plan_hold){hold, copy, hops};
}

static bool on_path(const struct catalog_table *table, const struct hop *path, size_t hops)
{
    for (size_t i = 0; i + 1 < hops; i++)
        if (path[i].table == table)
            return true;
    return false;
}

/* Follows foreign keys from `from` towards the held table; every way there counts. */
static void follow(struct plan *plan, struct row_test *test, const struct policy_hold *hold,
                   const struct catalog_table *from, struct hop *path, size_t hops)
{
    if (hops == LONGEST_PATH || test->hold_count == MOST_PATHS)
        return;
    for (size_t i = 0; i < plan->catalog->fkey_count; i++) {
        const struct catalog_fkey *fkey = &plan->catalog->fkeys[i];
        if (!plan_concerns(fkey->child, from))
            continue;
        path[hops] = (struct hop){fkey->parent, fkey->child_columns, fkey->parent_columns,
                                  fkey->column_count};
        const struct catalog_table *held = held_table(hold, fkey->parent);
        if (held != NULL) {
            path[hops].table = held;
            add_hold(plan, test, hold, path, hops + 1);
        } else if (fkey->parent != test->table && fkey->parent != from &&
                   !on_path(fkey->parent, path, hops + 1)) {
            follow(plan, test, hold, fkey->parent, path, hops + 1);
        }
    }
}

void plan_resolve_holds(struct plan *plan, struct row_test *test)
{
    struct hop path[LONGEST_PATH];
    for (size_t i = 0; i < plan->policy->hold_count; i++) {
        const struct policy_hold *hold = &plan->policy->holds[i];
        const struct catalog_table *held = held_table(hold, test->table);
        if (held != NULL) {
            path[0] = (struct hop){.table = held};
            add_hold(plan, test, hold, path, held == test->table ? 0 : 1);
        }
        if (hold->follow)
            follow(plan, test, hold, test->table, path, 0);
    }
}

static void refuse_all(struct plan *plan, const char *code)
{
    for (size_t i = 0; i < plan->step_count; i++)
        if (plan->steps[i].refused == NULL)
            plan->steps[i].refused = code;
}

static struct finding *hold_error(struct plan *plan, const struct policy_hold *hold,
                                  struct mark mark, const char *code, const char *what,
                                  const char *table)
{
    struct finding *finding =
        plan_add_finding(plan, NULL, SEVERITY_ERROR, code, "hold \"%s\": %s", hold->id, what);
    finding->mark = mark;
    finding->table = table;
    refuse_all(plan, code);
    return finding;
}

static void check_table(struct plan *plan, const struct policy_hold *hold,
                        const struct table_name *name)
{
    bool found = false;
    for (size_t i = 0; i < plan->catalog->table_count; i++) {
        const struct catalog_table *table = &plan->catalog->tables[i];
        if (!table_name_matches(name, table->schema, table->name))
            continue;
        found = true;
        const struct catalog_rejection *rejection =
            catalog_find_rejection(plan->catalog, hold->where, table);
        if (rejection != NULL)
            hold_error(plan, hold, rejection->mark, "hold-invalid", rejection->reason, table->text);
        if (table->parent != NULL && held_table(hold, table->parent) == NULL)
            for (size_t s = 0; s < plan->step_count; s++)
                if (plan_lies_in(table->parent, plan->steps[s].table))
                    hold_error(plan, hold, name->mark, "hold-on-partition",
                               "names a partition; name the partitioned table", table->text);
    }
    if (!found)
        hold_error(plan, hold, name->mark, "hold-table-missing",
                   arena_printf(&plan->arena, "table \"%s\" does not exist", name->text), NULL);
}

/* A ruled table that refers to the held one, but is not reached by the hold, is worth a word. */
static void check_forgotten(struct plan *plan, const struct policy_hold *hold)
{
    for (size_t i = 0; i < plan->catalog->fkey_count && !hold->follow; i++) {
        const struct catalog_fkey *fkey = &plan->catalog->fkeys[i];
        if (held_table(hold, fkey->parent) == NULL || held_table(hold, fkey->child) != NULL)
            continue;
        for (size_t s = 0; s < plan->step_count; s++) {
            if (!plan_concerns(fkey->child, plan->steps[s].table))
                continue;
            struct finding *finding =
                plan_add_finding(plan, &plan->steps[s], SEVERITY_WARNING, "hold-not-followed",
                                 "hold \"%s\" on %s does not reach %s, which refers to it",
                                 hold->id, fkey->parent->text, plan->steps[s].table->text);
            finding->hint = "Add \"follow: true\" to the hold, or the table to its \"tables\".";
        }
    }
}

void plan_check_holds(struct plan *plan)
{
    for (size_t i = 0; i < plan->policy->hold_count; i++) {
        const struct policy_hold *hold = &plan->policy->holds[i];
        for (size_t t = 0; t < hold->table_count; t++)
            check_table(plan, hold, &hold->tables[t]);
        check_forgotten(plan, hold);
        if (hold->until_passed) {
            struct finding *finding = plan_add_finding(
                plan, NULL, SEVERITY_WARNING, "hold-expired",
                "hold \"%s\" was to end on %s and still holds", hold->id, hold->until);
            finding->mark = hold->mark;
            finding->hint = "Remove the hold, or set a new date.";
        }
    }
}
