/*
 * summary.c - whether a table of statistics can take what a rule's rows leave behind
 */
#include "plan/plan_private.h"

#include "base/buffer.h"

#include <string.h>

/* Groups smaller than this are hardly a crowd. */
enum { SMALL_MINIMUM = 5 };

static bool is_filled(const struct plan_summary *summary, const struct catalog_column *column)
{
    if (column == summary->period_column)
        return true;
    for (size_t i = 0; i < summary->by_count; i++)
        if (column == summary->by[i].to)
            return true;
    for (size_t i = 0; i < summary->measure_count; i++)
        if (column == summary->measures[i].to)
            return true;
    return false;
}

static void check_unfilled(struct plan *plan, struct plan_step *step,
                           const struct plan_summary *summary)
{
    const struct catalog_table *into = summary->into;
    for (size_t i = 0; i < into->column_count; i++) {
        const struct catalog_column *column = &into->columns[i];
        if (column->not_null && column->default_sql == NULL && !column->is_generated &&
            !column->is_identity && !is_filled(summary, column))
            plan_refuse(plan, step, step->rule->summary.into.mark, "summarise-not-null",
                        "column \"%s\" of the statistics is NOT NULL, and nothing fills it",
                        column->name)
                ->hint = "Give it a default, or fill it with a column of \"by\" or \"measures\".";
    }
}

/* Small groups and groups of NULL must not end in the same row. */
static void check_other(struct plan *plan, struct plan_step *step,
                        const struct plan_summary *summary)
{
    for (size_t i = 0; i < summary->by_count; i++)
        if (summary->by[i].is_text || summary->by[i].from->not_null)
            return;
    plan_refuse(plan, step, step->rule->summary.by_mark, "summarise-other",
                "the row of small groups, with NULL in each column of \"by\", could not be told "
                "from the group that has NULL there")
        ->hint = "Make one of these columns text in the statistics, where it then says other.";
}

static void check_minimum(struct plan *plan, struct plan_step *step)
{
    const struct policy_summary *summary = &step->rule->summary;
    if (summary->minimum >= SMALL_MINIMUM)
        return;
    struct finding *finding =
        plan_add_finding(plan, step, SEVERITY_WARNING, "summarise-minimum",
                         "a group of %d %s gets a row of its own in the statistics",
                         (int)summary->minimum, summary->minimum == 1 ? "row" : "rows");
    finding->mark = summary->minimum_mark;
    finding->hint = "Who knows of one such row can learn about the others: the default is 10.";
}

static bool has_clock_index(const struct plan_clock *clock)
{
    for (size_t i = 0; clock->sql == NULL && i < clock->column_count; i++)
        if (clock->columns[i]->leads_index || clock->columns[i]->in_partition_key)
            return true;
    return false;
}

static void check_clock(struct plan *plan, struct plan_step *step)
{
    if (step->test->clock == NULL || has_clock_index(step->test->clock))
        return;
    plan_add_finding(plan, step, SEVERITY_WARNING, "no-clock-index",
                     "no index of %s leads with the rule's clock: each %s costs a scan of it",
                     step->table->text, period_name(step->rule->summary.period))
        ->hint = "Create an index on the clock, or take a longer period.";
}

static const struct catalog_table *find_into(struct plan *plan, struct plan_step *step)
{
    const struct table_name *name = &step->rule->summary.into;
    const struct catalog_table *into = catalog_find_table(plan->catalog, name);
    const char *why;
    if (into == NULL) {
        plan_refuse(plan, step, name->mark, "table-missing",
                    "the statistics table \"%s\" does not exist", name->text)
            ->hint = "Create it, with a column for the period and for each of \"by\" and "
                     "\"measures\".";
        return NULL;
    }
    if (plan_concerns(into, step->table))
        why = "is where the rows are taken from";
    else if (into->kind != 'r' || into->parent != NULL || into->leaf_count != 1 || !into->is_heap)
        why = "is no ordinary table without parts";
    else if (into->is_unlogged)
        why = "is unlogged, and a crash of the server would empty it";
    else
        return into;
    plan_refuse(plan, step, name->mark, "summarise-into", "table %s cannot keep statistics: it %s",
                into->text, why);
    return NULL;
}

static void check_access(struct plan *plan, struct plan_step *step,
                         const struct catalog_table *into)
{
    const struct mark mark = step->rule->summary.into.mark;
    const char *role = plan->catalog->role;
    if (!into->may_select || !into->may_insert || !into->may_update)
        plan_refuse(plan, step, mark, "privilege", "role %s lacks SELECT, INSERT or UPDATE on %s",
                    role, into->text)
            ->hint = arena_printf(&plan->arena, "GRANT SELECT, INSERT, UPDATE ON %s TO \"%s\".",
                                  into->quoted, role);
    if (into->has_row_security)
        plan_refuse(plan, step, mark, "row-security",
                    "row-level security hides rows of %s from role %s", into->text, role)
            ->hint = "Use a role with BYPASSRLS.";
    plan_check_code(plan, step, into);
}

/* The leaves of a tree as an oid[] literal, since the statement goes through its root. */
static const char *list_leaves(struct plan *plan, const struct plan_step *step)
{
    if (step->table->leaf_count == 1 && step->table->leaves[0] == step->table)
        return NULL;
    struct buffer oids = {0};
    buffer_add(&oids, "{");
    for (size_t i = 0; i < step->leaf_count; i++)
        buffer_addf(&oids, "%s%u", i == 0 ? "" : ",", (unsigned)step->leaves[i]->oid);
    buffer_add(&oids, "}");
    const char *list = arena_strdup(&plan->arena, oids.data);
    buffer_free(&oids);
    return list;
}

void plan_resolve_summary(struct plan *plan, struct plan_step *step)
{
    if (step->action != ACTION_SUMMARISE)
        return;
    struct plan_summary *resolved = arena_alloc(&plan->arena, sizeof *resolved);
    resolved->into = find_into(plan, step);
    resolved->period = step->rule->summary.period;
    resolved->minimum = step->rule->summary.minimum;
    check_minimum(plan, step);
    check_clock(plan, step);
    if (resolved->into == NULL)
        return;
    check_access(plan, step, resolved->into);
    if (!plan_resolve_figures(plan, step, resolved))
        return;
    check_unfilled(plan, step, resolved);
    check_other(plan, step, resolved);
    resolved->leaf_oids = list_leaves(plan, step);
    step->summary = resolved;
}

/* Rows that another rule's delete takes along leave nothing in the statistics. */
static void check_followers(struct plan *plan, struct plan_step *step,
                            const struct plan_step *other)
{
    for (size_t i = 0; action_deletes(step->action) && i < step->rule->cascade_count; i++) {
        const struct table_name *name = &step->rule->cascade[i];
        if (other->action != ACTION_SUMMARISE ||
            !table_name_matches(name, other->table->schema, other->table->name))
            continue;
        struct finding *finding =
            plan_add_finding(plan, step, SEVERITY_WARNING, "summarise-cascade",
                             "rows of %s that follow rows of %s are not counted in the statistics",
                             other->table->text, step->table->text);
        finding->mark = name->mark;
        finding->hint = "Leave it out of \"cascade\": rows then wait for those to be counted.";
    }
}

/* Rows of one table that hang on one another go in turns, or along with others. */
static void refuse_self(struct plan *plan, struct plan_step *step, const struct catalog_fkey *fkey)
{
    plan_add_finding(plan, step, SEVERITY_ERROR, "summarise-reference",
                     "rows of %s refer to one another by foreign key \"%s\" and could not be "
                     "counted together",
                     step->table->text, fkey->name)
        ->hint = "Purge them instead.";
}

static void refuse_into(struct plan *plan, struct plan_step *step, const char *why)
{
    plan_refuse(plan, step, step->rule->summary.into.mark, "summarise-into",
                "table %s cannot keep statistics: %s", step->summary->into->text, why)
        ->hint = "Statistics outlive the rows that they count: drop the foreign key.";
}

static void check_links(struct plan *plan, struct plan_step *step)
{
    const struct catalog_table *into = step->summary->into;
    bool is_linked = false;
    const struct plan_fkeys fkeys = plan_fkeys_to(plan, step->table);
    for (size_t i = 0; i < fkeys.count; i++) {
        const struct catalog_fkey *fkey = fkeys.items[i];
        bool sets =
            fkey->on_delete == REFERENCE_SET_NULL || fkey->on_delete == REFERENCE_SET_DEFAULT;
        if (fkey->child == into && !is_linked)
            refuse_into(plan, step, "it refers to the rows that go");
        is_linked = is_linked || fkey->child == into;
        if (!sets && plan_concerns(fkey->child, step->table))
            refuse_self(plan, step, fkey);
    }
    for (size_t i = 0; i < step->cascade_count; i++)
        if (step->cascades[i] == into && !is_linked)
            refuse_into(plan, step, "rows of it go along with those that go");
}

/* Statistics that a rule on them purges before they are of use. */
static void check_lifetime(struct plan *plan, struct plan_step *step)
{
    const struct catalog_column *period = step->summary->period_column;
    const struct plan_steps on = plan_steps_above(plan, step->summary->into);
    for (size_t i = 0; i < on.count; i++) {
        const struct row_test *test = on.items[i]->test;
        if (!action_deletes(on.items[i]->action) || test->clock == NULL || test->cutoff == NULL ||
            test->clock->kind != CLOCK_COLUMN || test->clock->columns[0] != period ||
            step->test->cutoff == NULL ||
            strcmp(test->cutoff->local, step->test->cutoff->local) < 0)
            continue;
        struct finding *finding = plan_add_finding(
            plan, step, SEVERITY_WARNING, "summarise-purged",
            "rule \"%s\" deletes these statistics as soon as they are made", on.items[i]->rule_id);
        finding->hint = "Let it keep statistics for longer than this rule keeps the rows.";
    }
}

void plan_check_summaries(struct plan *plan)
{
    for (size_t i = 0; i < plan->step_count; i++) {
        if (plan->steps[i].summary != NULL) {
            check_links(plan, &plan->steps[i]);
            check_lifetime(plan, &plan->steps[i]);
        }
        for (size_t j = 0; plan->steps[i].rule->cascade_count > 0 && j < plan->step_count; j++)
            check_followers(plan, &plan->steps[i], &plan->steps[j]);
    }
}
