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

/* Its rows are those of several trees, each with rules and holds, and one of them is seen here. */
static void check_parents(struct plan *plan, struct plan_step *step)
{
    const struct catalog_table *twice = step->table->inherits_twice;
    for (const struct catalog_table *t = step->table->parent; t != NULL && twice == NULL;
         t = t->parent)
        twice = t->inherits_twice == t ? t : NULL;
    if (twice == NULL)
        return;
    struct finding *finding = plan_add_finding(plan, step, SEVERITY_ERROR, "inherits-twice",
                                               "%s inherits from more than one table", twice->text);
    finding->hint =
        "A rule or a hold on one of them would not see all of its rows. ALTER TABLE ... "
        "NO INHERIT leaves one.";
}

/* The masked columns that the role may not UPDATE, as a list; "" where it may all. */
static const char *locked_columns(struct plan *plan, const struct plan_step *step,
                                  const struct catalog_table *table)
{
    struct buffer list = {0};
    for (size_t i = 0; i < step->rule->mask_count && !table->may_update; i++) {
        const struct catalog_column *column =
            catalog_find_column(table, step->rule->masks[i].column);
        if (column != NULL && !column->may_update)
            buffer_addf(&list, "%s%s", list.length == 0 ? "" : ", ", column->quoted);
    }
    const char *text = arena_strdup(&plan->arena, buffer_text(&list));
    buffer_free(&list);
    return text;
}

/* The privileges that the role lacks on a table, or on its schema, as GRANT says it; or NULL. */
static const char *lacking(struct plan *plan, const struct plan_step *step,
                           const struct catalog_table *table, bool is_written)
{
    const char *columns = locked_columns(plan, step, table), *write = "";
    if (!table->may_use_schema)
        return "USAGE";
    if (is_written && action_deletes(step->action) && !table->may_delete)
        write = "DELETE";
    else if (is_written && !action_deletes(step->action) && *columns != '\0')
        write = arena_printf(&plan->arena, "%s (%s)", "UPDATE", columns);
    if (table->may_select)
        return *write == '\0' ? NULL : write;
    return arena_printf(&plan->arena, "SELECT%s%s", *write == '\0' ? "" : ", ", write);
}

/* Partitions are mostly alike, so the first is told, and that there are more. */
static void check_grants(struct plan *plan, struct plan_step *step)
{
    bool by_tree = step->strategy == STRATEGY_CLOCK_SLICES, others = false;
    const struct catalog_table *table = step->table;
    const char *lacks = lacking(plan, step, table, by_tree || table->kind == 'r');
    for (size_t i = 0; i < step->leaf_count && !by_tree; i++) {
        const struct catalog_table *leaf = step->leaves[i];
        const char *also = leaf == step->table ? NULL : lacking(plan, step, leaf, true);
        others = others || (also != NULL && lacks != NULL);
        table = lacks == NULL && also != NULL ? leaf : table;
        lacks = lacks == NULL ? also : lacks;
    }
    if (lacks == NULL)
        return;
    bool on_schema = !table->may_use_schema;
    struct finding *finding = plan_add_finding(
        plan, step, SEVERITY_ERROR, "privilege", "role %s lacks %s on %s%s%s", plan->catalog->role,
        lacks, on_schema ? "schema " : "", on_schema ? table->schema : table->text,
        others ? " and other partitions" : "");
    finding->hint = arena_printf(
        &plan->arena, "GRANT %s ON %s%s TO \"%s\"; partitions need the grant themselves%s.", lacks,
        on_schema ? "SCHEMA " : "",
        on_schema ? arena_printf(&plan->arena, "\"%s\"", table->schema) : table->quoted,
        plan->catalog->role,
        !table->may_select && table->may_select_some ? ", and SELECT has to be on the whole table"
                                                     : "");
}

/* The server checks EXECUTE when it computes an index entry, a CHECK or a generated column. */
static void check_functions(struct plan *plan, struct plan_step *step)
{
    for (size_t i = 0; i < step->leaf_count && !action_deletes(step->action); i++)
        for (size_t f = 0; f < step->leaves[i]->uncallable_count; f++) {
            struct finding *finding = plan_add_finding(
                plan, step, SEVERITY_ERROR, "privilege", "role %s lacks EXECUTE on %s of %s",
                plan->catalog->role, step->leaves[i]->uncallable[f], step->leaves[i]->text);
            finding->hint = arena_printf(&plan->arena, "GRANT it to \"%s\".", plan->catalog->role);
        }
}

static void check_privileges(struct plan *plan, struct plan_step *step)
{
    check_grants(plan, step);
    check_functions(plan, step);
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

/* A partition that was half detached: what is asked of the tree passes it over. */
static void check_pending(struct plan *plan, struct plan_step *step)
{
    const struct catalog_table *last = NULL;
    for (size_t i = 0; i < step->leaf_count; i++)
        for (const struct catalog_table *t = step->leaves[i]; t != step->table; t = t->parent) {
            if (!t->is_detach_pending || t == last)
                continue;
            last = t;
            struct finding *finding = plan_add_finding(
                plan, step, SEVERITY_WARNING, "detach-pending",
                "partition %s is half detached: its rows are not seen, and no other partition of "
                "%s can be detached",
                t->text, t->parent->text);
            finding->hint = "Finish it by FINALIZE, which enforce does where it is in the way; "
                            "then it is a table that needs a rule of its own.";
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
    check_parents(plan, step);
    check_privileges(plan, step);
    check_pending(plan, step);
    plan_check_masks(plan, step);
    plan_check_mask_references(plan, step);
    plan_check_operators(plan, step);
    plan_check_triggers(plan, step);
    plan_check_copies(plan, step);
    plan_check_code(plan, step, step->table);
}
