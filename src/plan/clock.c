/*
 * clock.c - a rule's clock as columns of real tables
 */
#include "plan/plan_private.h"

#include <string.h>

#define DATES " timestamptz timestamp date "
#define NUMBERS " int2 int4 int8 numeric float4 float8 "
#define TEXTS " text varchar bpchar citext "

static const char *const unit_types[] = {
    [UNIT_NONE] = DATES,           [UNIT_SECONDS] = NUMBERS, [UNIT_MILLISECONDS] = NUMBERS,
    [UNIT_MICROSECONDS] = NUMBERS, [UNIT_UUIDV7] = " uuid ", [UNIT_ULID] = TEXTS "uuid ",
};

bool plan_has_type(const struct catalog_column *column, const char *types)
{
    const char *type = column->base_type;
    for (size_t length = strlen(type); (types = strstr(types, type)) != NULL; types += length)
        if (types[-1] == ' ' && types[length] == ' ')
            return true;
    return false;
}

static const char *advise_unit(struct plan *plan, const struct catalog_column *column)
{
    if (plan_has_type(column, DATES))
        return "Leave the unit out: the column is a clock as it is.";
    if (plan_has_type(column, NUMBERS))
        return arena_printf(&plan->arena,
                            "Say what it counts: {column: %s, unit: seconds}, or milliseconds, or "
                            "microseconds.",
                            column->name);
    if (plan_has_type(column, " uuid "))
        return arena_printf(&plan->arena,
                            "If its keys carry their time, write {column: %s, unit: uuidv7}, or "
                            "ulid.",
                            column->name);
    if (plan_has_type(column, TEXTS))
        return arena_printf(&plan->arena,
                            "Write {column: %s, unit: ulid} for ULIDs, or {sql: ...} with an "
                            "expression that makes a timestamp of it.",
                            column->name);
    return "A clock is a timestamptz, timestamp or date column.";
}

static void refuse_type(struct plan *plan, struct plan_step *step, const struct policy_clock *clock,
                        const struct catalog_table *table, const struct catalog_column *column)
{
    struct finding *finding =
        clock->unit == UNIT_NONE
            ? plan_add_finding(plan, step, SEVERITY_ERROR, "clock-type",
                               "column \"%s\" of table %s has type %s, which is no clock",
                               column->name, table->text, column->type)
            : plan_add_finding(plan, step, SEVERITY_ERROR, "clock-type",
                               "column \"%s\" of table %s has type %s, which does not go with "
                               "unit: %s",
                               column->name, table->text, column->type,
                               clock_unit_name(clock->unit));
    finding->mark = clock->mark;
    finding->hint = advise_unit(plan, column);
}

static bool resolve_columns(struct plan *plan, struct plan_step *step,
                            const struct policy_clock *clock, const struct catalog_table *table,
                            struct plan_clock *resolved)
{
    for (size_t i = 0; i < clock->column_count; i++) {
        const struct catalog_column *column =
            plan_find_column(plan, step, table, clock->columns[i], clock->mark);
        if (column == NULL)
            return false;
        if (!plan_has_type(column, unit_types[clock->unit])) {
            refuse_type(plan, step, clock, table, column);
            return false;
        }
        plan_check_unit(plan, step, clock, table, column);
        *ARENA_PUSH(&plan->arena, resolved->columns, resolved->column_count) = column;
    }
    return true;
}

static bool resolve_sql(struct plan *plan, struct plan_step *step, const struct policy_clock *clock,
                        const struct catalog_table *table, struct plan_clock *resolved)
{
    const struct catalog_expression *found =
        catalog_find_expression(plan->catalog, clock->sql, table);
    if (!plan_accepts_expression(plan, step, "clock", clock->sql, table) || found == NULL)
        return false;
    resolved->sql = clock->sql;
    *ARENA_PUSH(&plan->arena, resolved->columns, resolved->column_count) = &found->value;
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
    const struct plan_fkeys fkeys = plan_fkeys_from(plan, table);
    for (size_t i = 0; i < fkeys.count; i++) {
        const struct catalog_fkey *fkey = fkeys.items[i];
        if (fkey->column_count != clock->column_count || !plan_concerns(fkey->parent, parent))
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
            plan_find_column(plan, step, table, clock->columns[i], clock->mark);
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
    resolved->unit = clock->unit;
    resolved->null_is_active = clock->null_is_active;
    bool found = clock->kind == CLOCK_PARENT ? resolve_parent(plan, step, clock, table, resolved)
                 : clock->kind == CLOCK_SQL  ? resolve_sql(plan, step, clock, table, resolved)
                                             : resolve_columns(plan, step, clock, table, resolved);
    return found ? resolved : NULL;
}

static enum reading reads(const struct plan *plan, const struct policy_clock *clock,
                          const struct catalog_table *table, const char *column)
{
    for (size_t i = 0; i < clock->column_count; i++)
        if (strcmp(clock->columns[i], column) == 0)
            return READS_SURELY;
    const struct catalog_expression *found =
        clock->kind == CLOCK_SQL ? catalog_find_expression(plan->catalog, clock->sql, table) : NULL;
    for (size_t i = 0; found != NULL && i < found->read_count; i++)
        if (strcmp(found->reads[i]->name, column) == 0)
            return READS_SURELY;
    return found != NULL && found->may_read_others ? READS_MAYBE : READS_NOT;
}

enum reading plan_clock_reads(const struct plan *plan, const struct policy_clock *clock,
                              const struct catalog_table *table,
                              const struct catalog_table *written, const char *column)
{
    enum reading found = READS_NOT;
    while (table != NULL && found == READS_NOT) {
        if (plan_concerns(table, written))
            found = reads(plan, clock, table, column);
        table =
            clock->kind == CLOCK_PARENT ? catalog_find_table(plan->catalog, &clock->parent) : NULL;
        clock = clock->of;
    }
    return found;
}

void plan_visit_clocks(struct plan *plan, struct plan_step *step, const void *context,
                       void (*visit)(struct plan *, struct plan_step *step,
                                     const struct plan_step *timed, const void *context))
{
    const struct plan_steps here = plan_steps_concerning(plan, step->table);
    const struct plan_steps elsewhere = plan_parent_clocks(plan);
    visit(plan, step, step, context);
    for (size_t i = 0; i < here.count; i++)
        if (here.items[i] != step && here.items[i]->rule->clock->kind != CLOCK_PARENT)
            visit(plan, step, here.items[i], context);
    for (size_t i = 0; i < elsewhere.count; i++)
        if (elsewhere.items[i] != step)
            visit(plan, step, elsewhere.items[i], context);
}
