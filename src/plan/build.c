/*
 * build.c - from rules and tables to steps
 */
#include "plan/plan_private.h"

#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>

static bool excepted(const struct policy_rule *rule, const struct catalog_table *table)
{
    for (size_t i = 0; i < rule->except_count; i++)
        for (const struct catalog_table *t = table; t != NULL; t = t->parent)
            if (table_name_matches(&rule->except[i], t->schema, t->name))
                return true;
    return false;
}

bool plan_is_pattern(const struct table_name *name)
{
    return name->schema_is_pattern || name->name_is_pattern;
}

/* A pattern that matches a tree means the tree, not each of its parts once more. */
static bool covered_by_parent(const struct policy_rule *rule, const struct catalog_table *table)
{
    for (const struct catalog_table *t = table->parent; t != NULL; t = t->parent)
        if (table_name_matches(&rule->table, t->schema, t->name))
            return true;
    return false;
}

/* The leaves that are the rule's, and the others as an oid[] literal. */
static void choose_leaves(struct plan *plan, struct plan_step *step)
{
    struct buffer except = {0};
    for (size_t i = 0; i < step->table->leaf_count; i++) {
        const struct catalog_table *leaf = step->table->leaves[i];
        if (excepted(step->rule, leaf))
            buffer_addf(&except, "%c%u", except.length == 0 ? '{' : ',', (unsigned)leaf->oid);
        else
            *ARENA_PUSH(&plan->arena, step->leaves, step->leaf_count) = leaf;
    }
    if (except.length > 0)
        step->test->except_oids = arena_printf(&plan->arena, "%s}", except.data);
    buffer_free(&except);
}

static void add_step(struct plan *plan, const struct policy_rule *rule,
                     const struct catalog_table *table)
{
    struct plan_step *step = ARENA_PUSH(&plan->arena, plan->steps, plan->step_count);
    step->rule = rule;
    step->rule_id = plan_is_pattern(&rule->table)
                        ? arena_printf(&plan->arena, "%s@%s", rule->id, table->text)
                        : rule->id;
    step->table = table;
    step->action = rule->action;
    step->test = arena_alloc(&plan->arena, sizeof *step->test);
    step->mark = rule->mark;
    choose_leaves(plan, step);
}

static void name_missing(struct plan *plan, const struct policy_rule *rule)
{
    struct finding *finding =
        plan_add_finding(plan, NULL, SEVERITY_ERROR, "table-missing", "%s \"%s\" %s",
                         plan_is_pattern(&rule->table) ? "pattern" : "table", rule->table.text,
                         plan_is_pattern(&rule->table) ? "matches no table" : "does not exist");
    finding->rule = rule->id;
    finding->mark = rule->table.mark;
    const char *best = catalog_nearest_table(plan->catalog, rule->table.text, &plan->arena);
    if (best != NULL)
        finding->hint = arena_printf(&plan->arena, "Did you mean \"%s\"?", best);
}

static void expand_rule(struct plan *plan, const struct policy_rule *rule)
{
    size_t before = plan->step_count;
    const struct catalog_table *table = NULL;
    while ((table = catalog_next_match(plan->catalog, &rule->table, table)) != NULL)
        if (!covered_by_parent(rule, table) && !excepted(rule, table))
            add_step(plan, rule, table);
    if (plan->step_count == before)
        name_missing(plan, rule);
}

bool plan_accepts_expression(struct plan *plan, struct plan_step *step, const char *key,
                             const char *expression, const struct catalog_table *table)
{
    const struct catalog_rejection *rejection =
        expression == NULL ? NULL : catalog_find_rejection(plan->catalog, expression, table);
    if (rejection == NULL)
        return true;
    struct finding *finding = plan_add_finding(plan, step, SEVERITY_ERROR, "expression-invalid",
                                               "%s: %s", key, rejection->reason);
    finding->mark = rejection->mark;
    finding->hint = strcmp(rejection->sqlstate, "42501") == 0
                        ? "Grant this role SELECT on what the expression reads."
                        : "The row is visible under the table's own name; other tables need a "
                          "schema, and the search_path is empty.";
    return false;
}

static void resolve_test(struct plan *plan, struct plan_step *step)
{
    const struct policy_rule *rule = step->rule;
    step->test->table = step->table;
    step->test->clock = plan_resolve_clock(plan, step, rule->clock, step->table);
    step->test->cutoff = catalog_find_cutoff(plan->catalog, &rule->keep, rule->summary.period);
    step->test->is_counted = rule->action == ACTION_SUMMARISE;
    step->test->only = rule->only;
    step->test->unless = rule->unless;
    plan_accepts_expression(plan, step, "only", rule->only, step->table);
    plan_accepts_expression(plan, step, "unless", rule->unless, step->table);
    plan_resolve_holds(plan, step, step->test);
    if (rule->category->review_lapsed) {
        struct finding *finding =
            plan_add_finding(plan, step, SEVERITY_ERROR, "obligation-lapsed",
                             "the review of category \"%s\" was due on %s; its rows are left alone",
                             rule->category->name, rule->category->obligation_review);
        finding->hint = "Confirm the legal obligation and set a new review date.";
    }
}

/* A step leaves alone, and does not count, what an earlier step of this run deletes. */
static void resolve_earlier(struct plan *plan)
{
    for (size_t i = 0; i < plan->step_count; i++) {
        struct plan_step *step = &plan->steps[i];
        const struct plan_steps above = plan_steps_above(plan, step->table);
        for (size_t j = 0; j < above.count && above.items[j] < step; j++)
            if (action_deletes(above.items[j]->action) && above.items[j]->refused == NULL)
                *ARENA_PUSH(&plan->arena, step->earlier, step->earlier_count) =
                    above.items[j]->test;
    }
}

static void check_policy(struct plan *plan)
{
    const struct policy *policy = plan->policy;
    if (policy->cap_raised) {
        struct finding *finding =
            plan_add_finding(plan, NULL, SEVERITY_WARNING, "cap-raised",
                             "the cap is raised to %s: %s", policy->cap.text, policy->cap_reason);
        finding->mark = policy->cap_mark;
    }
    if (plan->catalog->may_log_parameters)
        plan_add_finding(plan, NULL, SEVERITY_WARNING, "parameters-may-be-logged",
                         "the server could write parameters of statements into its log")
            ->hint = "Set log_parameter_max_length = 0 and log_parameter_max_length_on_error = 0 "
                     "for this role.";
    plan_check_holds(plan);
    plan_check_statistics(plan);
}

int plan_build(const struct policy *policy, const struct catalog *catalog,
               const struct plan_options *options, struct plan **ret_plan, struct error *err)
{
    struct plan *plan = calloc(1, sizeof *plan);
    if (plan == NULL)
        return error_set(err, EXIT_FAILED, "out of memory");
    plan->policy = policy;
    plan->trust_owners = options->trust_owners;
    plan->catalog = catalog;
    for (size_t i = 0; i < policy->rule_count; i++)
        expand_rule(plan, &policy->rules[i]);
    if (plan_narrow(plan, &options->narrowing, err) != 0) {
        plan_free(plan);
        return -1;
    }
    plan_order_steps(plan);
    plan_find_reaches(plan);
    for (size_t i = 0; i < plan->step_count; i++) {
        resolve_test(plan, &plan->steps[i]);
        plan_choose_strategy(plan, &plan->steps[i]);
        plan_check_shape(plan, &plan->steps[i]);
        plan_resolve_summary(plan, &plan->steps[i]);
    }
    plan_check_labels(plan);
    plan_check_pairs(plan);
    check_policy(plan);
    for (size_t i = 0; i < plan->step_count; i++)
        plan_resolve_references(plan, &plan->steps[i]);
    for (size_t i = 0; i < plan->step_count; i++)
        plan_check_citus(plan, &plan->steps[i]);
    plan_check_summaries(plan);
    plan_drop_unselected(plan);
    resolve_earlier(plan);
    *ret_plan = plan;
    return 0;
}

void plan_free(struct plan *plan)
{
    if (plan == NULL)
        return;
    arena_free(&plan->arena);
    free(plan);
}

size_t plan_count_findings(const struct plan *plan, enum severity severity)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->finding_count; i++)
        count += plan->findings[i].severity >= severity;
    return count;
}
