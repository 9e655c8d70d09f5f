/*
 * clock.c - a rule's clock as columns of real tables
 */
#include "plan/plan_private.h"

#include <string.h>

static const struct catalog_column *find_column(struct plan *plan, struct plan_step *step,
                                                const struct catalog_table *table, const char *name,
                                                struct mark mark)
{
    const struct catalog_column *column = catalog_find_column(table, name);
    if (column != NULL)
        return column;
    struct finding *finding =
        plan_add_finding(plan, step, SEVERITY_ERROR, "column-missing",
                         "column \"%s\" of table %s does not exist", name, table->text);
    finding->mark = mark;
    finding->hint = plan_suggest_column(plan, table, name);
    return NULL;
}

static bool tells_time(const struct catalog_column *column)
{
    return strcmp(column->base_type, "timestamptz") == 0 ||
           strcmp(column->base_type, "timestamp") == 0 || strcmp(column->base_type, "date") == 0;
}

static bool resolve_columns(struct plan *plan, struct plan_step *step,
                            const struct policy_clock *clock, const struct catalog_table *table,
                            struct plan_clock *resolved)
{
    for (size_t i = 0; i < clock->column_count; i++) {
        const struct catalog_column *column =
            find_column(plan, step, table, clock->columns[i], clock->mark);
        if (column == NULL)
            return false;
        if (!tells_time(column)) {
            struct finding *finding =
                plan_add_finding(plan, step, SEVERITY_ERROR, "clock-type",
                                 "column \"%s\" of table %s has type %s, which is no clock",
                                 column->name, table->text, column->type);
            finding->mark = clock->mark;
            finding->hint = "A clock is a timestamptz, timestamp or date column.";
            return false;
        }
        *ARENA_PUSH(&plan->arena, resolved->columns, resolved->column_count) = column;
    }
    return true;
}

static size_t position_of(const char *name, const char **names, size_t count)
{
    size_t i = 0;
    while (i < count && strcmp(names[i], name) != 0)
        i++;
    return i;
}

/* A foreign key with exactly the `via` columns, in any order, to the parent's tree. */
static bool hop_by_foreign_key(const struct plan *plan, const struct policy_clock *clock,
                               const struct catalog_table *table,
                               const struct catalog_table *parent, struct hop *ret_hop)
{
    for (size_t i = 0; i < plan->catalog->fkey_count; i++) {
        const struct catalog_fkey *fkey = &plan->catalog->fkeys[i];
        if (fkey->column_count != clock->column_count || !plan_concerns(fkey->child, table) ||
            !plan_concerns(fkey->parent, parent))
            continue;
        size_t found = 0;
        for (size_t c = 0; c < clock->column_count; c++)
            found += position_of(clock->columns[c], fkey->child_column_names, fkey->column_count) <
                     fkey->column_count;
        if (found != clock->column_count)
            continue;
        *ret_hop = (struct hop){parent, fkey->child_columns, fkey->parent_columns,
                                fkey->column_count, false};
        return true;
    }
    return false;
}

static bool hop_by_primary_key(struct plan *plan, struct plan_step *step,
                               const struct policy_clock *clock, const struct catalog_table *table,
                               const struct catalog_table *parent, struct hop *ret_hop)
{
    const char **here = NULL;
    size_t count = 0;
    if (parent->primary_key_count != clock->column_count)
        return false;
    for (size_t i = 0; i < clock->column_count; i++) {
        const struct catalog_column *column =
            find_column(plan, step, table, clock->columns[i], clock->mark);
        if (column == NULL)
            return false;
        *ARENA_PUSH(&plan->arena, here, count) = column->quoted;
    }
    *ret_hop = (struct hop){parent, here, parent->primary_key, count, false};
    return true;
}

static bool resolve_parent(struct plan *plan, struct plan_step *step,
                           const struct policy_clock *clock, const struct catalog_table *table,
                           struct plan_clock *resolved)
{
    const struct catalog_table *parent = catalog_find_table(plan->catalog, &clock->parent);
    if (parent == NULL) {
        struct finding *finding =
            plan_add_finding(plan, step, SEVERITY_ERROR, "table-missing",
                             "the clock's parent table \"%s\" does not exist", clock->parent.text);
        finding->mark = clock->parent.mark;
        return false;
    }
    if (!parent->may_select) {
        plan_add_finding(plan, step, SEVERITY_ERROR, "privilege",
                         "role %s lacks SELECT on %s, which holds the clock", plan->catalog->role,
                         parent->text);
        return false;
    }
    if (!hop_by_foreign_key(plan, clock, table, parent, &resolved->hop) &&
        !hop_by_primary_key(plan, step, clock, table, parent, &resolved->hop)) {
        struct finding *finding = plan_add_finding(
            plan, step, SEVERITY_ERROR, "clock-parent",
            "the columns in \"via\" match neither a foreign key to %s nor its primary key",
            parent->text);
        finding->mark = clock->mark;
        return false;
    }
    resolved->of = plan_resolve_clock(plan, step, clock->of, parent);
    return resolved->of != NULL;
}

const struct plan_clock *plan_resolve_clock(struct plan *plan, struct plan_step *step,
                                            const struct policy_clock *clock,
                                            const struct catalog_table *table)
{
    struct plan_clock *resolved = arena_alloc(&plan->arena, sizeof *resolved);
    resolved->kind = clock->kind;
    resolved->null_is_active = clock->null_is_active;
    bool found = clock->kind == CLOCK_PARENT ? resolve_parent(plan, step, clock, table, resolved)
                                             : resolve_columns(plan, step, clock, table, resolved);
    return found ? resolved : NULL;
}
