/*
 * pairs.c - two rules on the same rows
 */
#include "plan/plan_private.h"

#include <string.h>

static bool shares_leaf(const struct plan_step *a, const struct plan_step *b)
{
    for (size_t i = 0; i < a->leaf_count; i++)
        for (size_t j = 0; j < b->leaf_count; j++)
            if (a->leaves[i] == b->leaves[j])
                return true;
    return false;
}

/* A glob beside a name, or a tree beside its part, would change the same rows under two windows. */
static void check_overlap(struct plan *plan, struct plan_step *a, struct plan_step *b)
{
    bool a_is_pattern = plan_is_pattern(&a->rule->table),
         b_is_pattern = plan_is_pattern(&b->rule->table);
    bool both_named = a->table == b->table && !a_is_pattern && !b_is_pattern;
    bool both_delete = action_deletes(a->action) && action_deletes(b->action);
    if (a->rule == b->rule || (a->action != b->action && !both_delete) || both_named ||
        !shares_leaf(a, b))
        return;
    bool a_is_wider =
        a_is_pattern != b_is_pattern ? a_is_pattern : plan_lies_in(b->table, a->table);
    struct plan_step *wider = a_is_wider ? a : b;
    struct plan_step *other = wider == a ? b : a;
    struct finding *finding = plan_add_finding(
        plan, wider, SEVERITY_ERROR, "rules-overlap", "rules \"%s\" and \"%s\" both %s rows of %s",
        wider->rule->id, other->rule->id,
        a->action == b->action ? action_name(a->action) : "delete", other->table->text);
    finding->hint = arena_printf(&plan->arena, "Add \"except: [%s]\" to the wider rule.",
                                 other->rule->table.text);
}

bool plan_same_clock(const struct plan_clock *a, const struct plan_clock *b)
{
    if (a == NULL || b == NULL || a->kind != b->kind || a->column_count != b->column_count ||
        a->hop.table != b->hop.table)
        return false;
    for (size_t i = 0; i < a->column_count; i++)
        if (a->columns[i] != b->columns[i])
            return false;
    if (a->kind == CLOCK_SQL && strcmp(a->sql, b->sql) != 0)
        return false;
    return a->of == b->of || plan_same_clock(a->of, b->of);
}

/* Steps stand in the order of execution, so that of two with one cutoff the first has the rows. */
static void check_shadow(struct plan *plan, const struct plan_step *first, struct plan_step *step)
{
    if (!action_deletes(first->action) || step->action == ACTION_PURGE || first == step ||
        first->table != step->table || first->rule->only != NULL || first->rule->unless != NULL ||
        !plan_same_clock(first->test->clock, step->test->clock) || first->test->cutoff == NULL ||
        step->test->cutoff == NULL)
        return;
    int order = strcmp(first->test->cutoff->local, step->test->cutoff->local);
    if (order < 0 || (order == 0 && first > step))
        return;
    plan_add_finding(plan, step, SEVERITY_WARNING, "rule-shadowed",
                     "rule \"%s\" %ss these rows no later than this rule would %s them",
                     first->rule->id, action_name(first->action),
                     step->action == ACTION_SUMMARISE ? "summarise" : "mask");
}

static bool reaches_same_rows(const char *wider, const char *expression)
{
    return wider == NULL || (expression != NULL && strcmp(wider, expression) == 0);
}

/* Only a category under a law may reach beyond the cap. */
static bool is_within_cap(const struct plan *plan, const struct policy_rule *rule)
{
    return rule->category->obligation_law == NULL ||
           (rule->keep.months <= plan->policy->cap.months &&
            rule->keep.days <= plan->policy->cap.days);
}

/* Whether `end` leaves nothing personal of the rows that `step` makes pseudonymous. */
static bool ends(const struct plan *plan, const struct plan_step *end, const struct plan_step *step)
{
    return is_within_cap(plan, end->rule) && end->action != ACTION_PSEUDONYMISE &&
           end->refused == NULL && end->label.value != LABEL_PSEUDONYMOUS &&
           plan_lies_in(step->table, end->table) && end->leaf_count >= step->leaf_count &&
           reaches_same_rows(end->rule->only, step->rule->only) &&
           reaches_same_rows(end->rule->unless, step->rule->unless);
}

static void check_pseudonyms(struct plan *plan, struct plan_step *step)
{
    if (step->action != ACTION_PSEUDONYMISE)
        return;
    const struct plan_steps above = plan_steps_above(plan, step->table);
    for (size_t i = 0; i < above.count; i++)
        if (ends(plan, above.items[i], step))
            return;
    struct finding *finding =
        plan_add_finding(plan, step, SEVERITY_ERROR, "pseudonymise-unfinished",
                         "no rule purges or anonymises all rows that this one makes pseudonymous");
    finding->hint =
        "Add one for the same rows, with the same \"only\" and \"unless\" or none, that "
        "leaves no key to a person.";
}

void plan_check_pairs(struct plan *plan)
{
    for (size_t i = 0; i < plan->step_count; i++) {
        struct plan_step *step = &plan->steps[i];
        const struct plan_steps others = plan_steps_concerning(plan, step->table);
        for (size_t j = 0; j < others.count; j++) {
            if (step < others.items[j])
                check_overlap(plan, step, others.items[j]);
            check_shadow(plan, step, others.items[j]);
        }
    }
    for (size_t i = 0; i < plan->step_count; i++)
        check_pseudonyms(plan, &plan->steps[i]);
}
