/*
 * circle.c - rows of tables that refer to one another, which go together or not at all
 *
 * Accounts have an owner among users that belong to accounts: neither can go before the other. A
 * row goes if everything below it in the circle does, and then with all of it in one statement,
 * whose foreign keys the server checks when it ends. That is the greatest set of rows in which each
 * may go and nothing outside refers to one. A table's only reference to itself, under one rule, is
 * no circle: its rows go from the leaves up, in as many batches as it takes (references.c).
 */
#include "plan/plan_private.h"

static struct plan_steps steps_in(const struct plan *plan, const struct plan_component *component,
                                  size_t tree)
{
    return plan_steps_concerning(plan, component->trees[tree]);
}

/* Its rows can go one after another: each is below at most one other, under a single test. */
static bool goes_by_levels(const struct plan *plan, const struct plan_component *component)
{
    const struct plan_steps steps = steps_in(plan, component, 0);
    size_t deleting = 0;
    for (size_t i = 0; i < steps.count; i++)
        deleting += action_deletes(steps.items[i]->action);
    return component->tree_count == 1 && component->fkey_count == 1 && deleting <= 1;
}

bool plan_is_in_circle(const struct plan *plan, const struct catalog_fkey *fkey,
                       const struct catalog_table *table)
{
    return plan_share_component(plan, fkey->child, table) &&
           !(plan_concerns(fkey->child, table) &&
             goes_by_levels(plan, plan_component_of(plan, table)));
}

static void check_privileges(struct plan *plan, struct plan_step *step,
                             const struct catalog_table *child)
{
    const struct catalog_table *tree = catalog_root(child);
    bool may_select = child->may_select && tree->may_select;
    if (!may_select || !tree->may_delete)
        plan_add_finding(plan, step, SEVERITY_ERROR, "privilege",
                         "role %s lacks %s on %s, whose rows go together with those of this table",
                         plan->catalog->role, may_select ? "DELETE" : "SELECT",
                         child->may_select ? tree->text : child->text);
}

static void refuse_counted(struct plan *plan, struct plan_step *step,
                           const struct plan_step *summary)
{
    struct finding *finding = plan_add_finding(
        plan, step, SEVERITY_ERROR, "reference-cycle",
        "rows of %s go together with rows of %s, which are to be counted one period at a time",
        step->table->text, summary->table->text);
    finding->hint = "Break the circle of foreign keys with ON DELETE SET NULL, or purge both "
                    "tables.";
}

/* The tests of the child's own rules. Those that this run does not carry out count only where the
 * server would delete the rows anyway. True if there is any such rule. */
static bool add_own_rules(struct plan *plan, struct plan_step *step, struct plan_descent *descent)
{
    bool is_named = false;
    const struct plan_steps above = plan_steps_above(plan, descent->fkey->child);
    for (size_t i = 0; i < above.count; i++) {
        const struct plan_step *other = above.items[i];
        if (!action_deletes(other->action))
            continue;
        is_named = true;
        if (other->test->is_counted)
            refuse_counted(plan, step, other);
        else if (other->refused == NULL &&
                 (other->selected || descent->fkey->on_delete == REFERENCE_CASCADE))
            *ARENA_PUSH(&plan->arena, descent->goes, descent->goes_count) = other->test;
    }
    return is_named;
}

static struct plan_descent descend(struct plan *plan, struct plan_step *step,
                                   const struct plan_component *component,
                                   const struct catalog_fkey *fkey, int depth)
{
    struct plan_descent descent = {
        .fkey = fkey,
        .hop = {fkey->child, fkey->parent_columns, fkey->child_columns, fkey->column_count, false},
        .from_tree = plan_tree_number(component, fkey->parent),
        .to_tree = plan_tree_number(component, fkey->child)};
    bool is_named = add_own_rules(plan, step, &descent);
    const struct row_test *following = plan_following_test(plan, step, fkey->child, depth);
    if (following != NULL)
        *ARENA_PUSH(&plan->arena, descent.goes, descent.goes_count) = following;
    plan_check_reference_index(plan, step, fkey);
    check_privileges(plan, step, fkey->child);
    if (fkey->on_delete == REFERENCE_CASCADE)
        plan_check_cascade(plan, step, fkey, is_named || following != NULL);
    const struct catalog_table *tree = component->trees[descent.to_tree - 1];
    if (descent.goes_count > 0 && tree != catalog_root(step->table))
        plan_add_cascade(plan, step, tree);
    return descent;
}

void plan_resolve_circle(struct plan *plan, struct plan_step *step, struct row_test *test,
                         int depth)
{
    const struct plan_component *component = plan_component_of(plan, test->table);
    if (component == NULL || goes_by_levels(plan, component))
        return;
    struct plan_circle *circle = arena_alloc(&plan->arena, sizeof *circle);
    struct plan_descent *descents =
        arena_alloc(&plan->arena, component->fkey_count * sizeof *descents);
    for (size_t i = 0; i < component->fkey_count; i++)
        descents[i] = descend(plan, step, component, component->fkeys[i], depth);
    circle->trees = component->trees;
    circle->tree_count = component->tree_count;
    circle->descents = descents;
    circle->descent_count = component->fkey_count;
    test->circle = circle;
}

static bool is_in(const struct plan *plan, const struct plan_step *step,
                  const struct plan_component *component)
{
    return action_deletes(step->action) && plan_component_of(plan, step->table) == component;
}

/* Where one of the steps is refused, its rows stay, and who goes together stays together. */
static void refuse_with(struct plan *plan, const struct plan_step *refused, struct plan_step *step)
{
    if (step->refused != NULL)
        return;
    struct finding *finding =
        plan_add_finding(plan, step, SEVERITY_ERROR, "reference-cycle",
                         "rows of %s go together with those of rule \"%s\", which is refused",
                         step->table->text, refused->rule_id);
    finding->hint = "See to that rule first, or break the circle of foreign keys with ON DELETE "
                    "SET NULL.";
}

static void share_cascades(struct plan *plan, const struct plan_step *from, struct plan_step *to)
{
    for (size_t i = 0; from != to && i < from->cascade_count; i++)
        if (catalog_root(from->cascades[i]) != catalog_root(to->table))
            plan_add_cascade(plan, to, from->cascades[i]);
}

void plan_close_circle(struct plan *plan, struct plan_step *step)
{
    const struct plan_component *component = plan_component_of(plan, step->table);
    const struct plan_step *end = plan->steps + plan->step_count, *refused = NULL;
    if (step->test->circle == NULL)
        return;
    for (const struct plan_step *later = step + 1; later < end; later++)
        if (is_in(plan, later, component))
            return;
    for (struct plan_step *from = plan->steps; from <= step; from++) {
        if (!is_in(plan, from, component))
            continue;
        refused = refused == NULL && from->refused != NULL ? from : refused;
        for (struct plan_step *to = plan->steps; to <= step; to++)
            if (is_in(plan, to, component))
                share_cascades(plan, from, to);
    }
    for (struct plan_step *other = plan->steps; refused != NULL && other <= step; other++)
        if (is_in(plan, other, component))
            refuse_with(plan, refused, other);
}
