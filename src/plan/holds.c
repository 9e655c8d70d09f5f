/*
 * holds.c - what is wrong with the holds themselves
 */
#include "plan/plan_private.h"

static bool names_table(const struct policy_hold *hold, const struct catalog_table *table)
{
    for (size_t i = 0; i < hold->table_count; i++)
        if (table_name_matches(&hold->tables[i], table->schema, table->name))
            return true;
    return false;
}

const struct catalog_table *plan_held_table(const struct policy_hold *hold,
                                            const struct catalog_table *table)
{
    while (table != NULL && !names_table(hold, table))
        table = table->parent;
    return table;
}

static void refuse_all(struct plan *plan, const char *code)
{
    for (size_t i = 0; i < plan->step_count; i++)
        if (plan->steps[i].refused == NULL)
            plan->steps[i].refused = code;
}

static void hold_error(struct plan *plan, const struct policy_hold *hold, struct mark mark,
                       const char *code, const char *what, const char *table)
{
    struct finding *finding =
        plan_add_finding(plan, NULL, SEVERITY_ERROR, code, "hold \"%s\": %s", hold->id, what);
    finding->mark = mark;
    finding->table = table;
    finding->hold = hold->id;
    refuse_all(plan, code);
}

/* Whether the part of a tree that a hold names could be written to, or followed, as the tree. */
static bool is_reached_by_tree(const struct plan *plan, const struct policy_hold *hold,
                               const struct catalog_table *part)
{
    return hold->follow || plan_steps_above(plan, part->parent).count > 0 ||
           plan_fkeys_from(plan, part).count > 0;
}

static void check_table(struct plan *plan, const struct policy_hold *hold,
                        const struct table_name *name)
{
    const struct catalog_table *table = NULL;
    while ((table = catalog_next_match(plan->catalog, name, table)) != NULL) {
        const struct catalog_rejection *rejection =
            catalog_find_rejection(plan->catalog, hold->where, table);
        if (rejection != NULL)
            hold_error(plan, hold, rejection->mark, "hold-invalid", rejection->reason, table->text);
        const struct catalog_column *column = plan_find_foreign_operator(hold->where, table);
        if (column != NULL)
            hold_error(plan, hold, hold->where_mark, "hold-operator",
                       arena_printf(&plan->arena,
                                    "the operators of column \"%s\" of type %s are in schema %s, "
                                    "and the search_path is empty; write OPERATOR(%s.=), or cast "
                                    "the column",
                                    column->name, column->type, column->operator_schema,
                                    column->operator_schema),
                       table->text);
        if (table->parent != NULL && plan_held_table(hold, table->parent) == NULL &&
            is_reached_by_tree(plan, hold, table))
            hold_error(plan, hold, name->mark, "hold-on-partition",
                       "names a part of a table; name the whole table", table->text);
    }
    if (catalog_find_table(plan->catalog, name) == NULL)
        hold_error(plan, hold, name->mark, "hold-table-missing",
                   arena_printf(&plan->arena, "table \"%s\" does not exist", name->text), NULL);
}

void plan_check_holds(struct plan *plan)
{
    for (size_t i = 0; i < plan->policy->hold_count; i++) {
        const struct policy_hold *hold = &plan->policy->holds[i];
        for (size_t t = 0; t < hold->table_count; t++)
            check_table(plan, hold, &hold->tables[t]);
        plan_check_forgotten(plan, i);
        plan_check_soft_links(plan, i);
        if (hold->until_passed) {
            struct finding *finding = plan_add_finding(
                plan, NULL, SEVERITY_WARNING, "hold-expired",
                "hold \"%s\" was to end on %s and still holds", hold->id, hold->until);
            finding->mark = hold->mark;
            finding->hold = hold->id;
            finding->hint = "Remove the hold, or set a new date.";
        }
    }
}
