/*
 * shape.c - what a write would run into: kind of table, privileges, other people's code
 */
#include "plan/plan_private.h"

#include "base/buffer.h"
#include "base/lookup.h"

#include <string.h>

static void check_kind(struct plan *plan, struct plan_step *step)
{
    const struct catalog_table *table = step->table;
    if (table->kind != 'r' && table->kind != 'p') {
        plan_add_finding(plan, step, SEVERITY_ERROR, "not-a-table", "%s is a %s", table->text,
                         table->kind == 'v'   ? "view"
                         : table->kind == 'm' ? "materialized view"
                                              : "foreign table");
        return;
    }
    for (size_t i = 0; i < table->leaf_count; i++) {
        const struct catalog_table *leaf = table->leaves[i];
        if (leaf->kind == 'f')
            plan_add_finding(plan, step, SEVERITY_ERROR, "not-a-table",
                             "partition %s is a foreign table", leaf->text);
        else if (!leaf->is_heap)
            plan_add_finding(plan, step, SEVERITY_ERROR, "not-heap",
                             "%s uses another table access method than heap", leaf->text);
        if (leaf->is_unlogged)
            plan_add_finding(plan, step, SEVERITY_NOTE, "unlogged",
                             "%s is unlogged: after a server crash the audit log cannot tell what "
                             "became of its last batch",
                             leaf->text);
    }
}

static bool may_write(const struct plan_step *step, const struct catalog_table *table)
{
    if (action_deletes(step->action))
        return table->may_delete;
    bool may = true;
    for (size_t i = 0; i < step->rule->mask_count && !table->may_update; i++) {
        const struct catalog_column *column =
            catalog_find_column(table, step->rule->masks[i].column);
        may = may && column != NULL && column->may_update;
    }
    return may;
}

static void check_privileges(struct plan *plan, struct plan_step *step)
{
    const char *verb = action_deletes(step->action) ? "DELETE" : "UPDATE";
    size_t lacking = 0;
    const struct catalog_table *first = NULL;
    bool by_tree = step->strategy == STRATEGY_CLOCK_SLICES;
    if (!step->table->may_select ||
        ((by_tree || step->table->kind == 'r') && !may_write(step, step->table)))
        first = step->table;
    for (size_t i = 0; i < step->leaf_count && !by_tree; i++) {
        const struct catalog_table *leaf = step->leaves[i];
        if (leaf->may_select && may_write(step, leaf))
            continue;
        lacking++;
        first = first == NULL ? leaf : first;
    }
    if (first != NULL) {
        struct finding *finding = plan_add_finding(
            plan, step, SEVERITY_ERROR, "privilege", "role %s lacks SELECT or %s on %s%s",
            plan->catalog->role, verb, first->text, lacking > 1 ? " and other partitions" : "");
        finding->hint = arena_printf(&plan->arena,
                                     "GRANT SELECT, %s ON %s TO \"%s\"; partitions "
                                     "need the grant themselves.",
                                     verb, first->quoted, plan->catalog->role);
    }
    bool hidden = step->table->has_row_security;
    for (size_t i = 0; i < step->leaf_count; i++)
        hidden = hidden || step->leaves[i]->has_row_security;
    if (hidden) {
        struct finding *finding =
            plan_add_finding(plan, step, SEVERITY_ERROR, "row-security",
                             "row-level security hides rows of %s from role %s", step->table->text,
                             plan->catalog->role);
        finding->hint = "Use a role with BYPASSRLS.";
    }
}

static void check_code(struct plan *plan, struct plan_step *step, const struct catalog_table *table)
{
    for (size_t i = 0; i < table->foreign_code_count; i++) {
        bool refuse = plan->catalog->is_powerful && !plan->trust_owners;
        struct finding *finding =
            plan_add_finding(plan, step, refuse ? SEVERITY_ERROR : SEVERITY_NOTE, "owner-code",
                             "writing to %s runs code of a role that is no superuser: %s",
                             table->text, table->foreign_code[i]);
        if (refuse)
            finding->hint = "It would run with this powerful role's rights. Use a role with only "
                            "the needed privileges, or pass --trust-owners.";
    }
}

void plan_check_code(struct plan *plan, struct plan_step *step, const struct catalog_table *tree)
{
    check_code(plan, step, tree);
    for (size_t i = 0; i < tree->leaf_count; i++)
        if (tree->leaves[i] != tree)
            check_code(plan, step, tree->leaves[i]);
}

/* One finding for all tables: it is one thing to do, by one person. */
void plan_check_statistics(struct plan *plan)
{
    struct buffer names = {0};
    struct lookup named = {0};
    for (size_t i = 0; i < plan->step_count; i++) {
        const struct plan_step *step = &plan->steps[i];
        if (!step->table->may_analyze && step->selected &&
            lookup_add(&named, &plan->arena, step->table->text, NULL, step) == NULL)
            buffer_addf(&names, "%s%s", names.length == 0 ? "" : ", ", step->table->text);
    }
    if (names.length > 0) {
        struct finding *finding = plan_add_finding(
            plan, NULL, SEVERITY_NOTE, "statistics-keep-values",
            "role %s may not ANALYZE: pg_stats can show erased values until autovacuum comes by",
            plan->catalog->role);
        finding->hint =
            arena_printf(&plan->arena, "Have the owner run ANALYZE afterwards on %s.", names.data);
    }
    buffer_free(&names);
}

void plan_check_shape(struct plan *plan, struct plan_step *step)
{
    check_kind(plan, step);
    if (step->table->kind != 'r' && step->table->kind != 'p')
        return;
    check_privileges(plan, step);
    plan_check_masks(plan, step);
    plan_check_triggers(plan, step);
    plan_check_copies(plan, step);
    plan_check_code(plan, step, step->table);
}
