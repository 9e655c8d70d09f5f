/*
 * narrow.c - --table, --category and --rule
 *
 * Steps that are narrowed away are still needed to judge cascades; they go when the plan is built.
 */
#include "plan/plan_private.h"

#include "base/lookup.h"
#include "base/nearest.h"

#include <string.h>

static bool listed(const char *text, const char *const *list, size_t count)
{
    if (count == 0)
        return true;
    for (size_t i = 0; i < count; i++)
        if (strcmp(text, list[i]) == 0)
            return true;
    return false;
}

static bool selected(const struct plan_step *step, const struct narrowing *n)
{
    return listed(step->table->text, n->tables, n->table_count) &&
           listed(step->rule->category->name, n->categories, n->category_count) &&
           (listed(step->rule->id, n->rules, n->rule_count) ||
            listed(step->rule_id, n->rules, n->rule_count));
}

static const char *table_of(const struct plan_step *step)
{
    return step->table->text;
}

static const char *category_of(const struct plan_step *step)
{
    return step->rule->category->name;
}

static const char *rule_of(const struct plan_step *step)
{
    return step->rule->id;
}

/* Every name given must stand for at least one step. */
static int check_names(struct plan *plan, const char *flag, const char *const *names, size_t count,
                       const char *(*of)(const struct plan_step *), struct error *err)
{
    const char **known = arena_alloc(&plan->arena, plan->step_count * sizeof *known + 1);
    for (size_t s = 0; s < plan->step_count; s++)
        known[s] = of(&plan->steps[s]);
    for (size_t i = 0; i < count; i++) {
        bool found = false;
        for (size_t s = 0; s < plan->step_count && !found; s++)
            found = strcmp(known[s], names[i]) == 0 ||
                    (of == rule_of && strcmp(plan->steps[s].rule_id, names[i]) == 0);
        if (found)
            continue;
        const char *close = nearest(names[i], known, plan->step_count);
        error_set(err, EXIT_USAGE, "%s \"%s\" matches no rule of this policy", flag, names[i]);
        return close == NULL ? -1 : error_hint(err, "Did you mean \"%s\"?", close);
    }
    return 0;
}

int plan_narrow(struct plan *plan, const struct narrowing *n, struct error *err)
{
    if (check_names(plan, "--table", n->tables, n->table_count, table_of, err) != 0 ||
        check_names(plan, "--category", n->categories, n->category_count, category_of, err) != 0 ||
        check_names(plan, "--rule", n->rules, n->rule_count, rule_of, err) != 0)
        return -1;
    bool any = plan->step_count == 0;
    for (size_t i = 0; i < plan->step_count; i++) {
        plan->steps[i].selected = selected(&plan->steps[i], n);
        any = any || plan->steps[i].selected;
    }
    plan->narrowing = *n;
    return any ? 0
               : error_set(err, EXIT_USAGE,
                           "--table, --category and --rule together match no rule");
}

/* A finding goes with the step that it is about. */
static bool concerns_run(const struct lookup *steps, const struct finding *finding)
{
    const struct plan_step *step =
        finding->rule == NULL ? NULL : lookup_find(steps, finding->rule, NULL);
    return step == NULL || step->selected;
}

/* Steps outside the narrowing were needed to judge cascades; now they and their findings go. */
void plan_drop_unselected(struct plan *plan)
{
    struct lookup steps = {0};
    size_t kept = 0;
    for (size_t i = 0; i < plan->step_count; i++)
        lookup_add(&steps, &plan->arena, plan->steps[i].rule_id, NULL, &plan->steps[i]);
    for (size_t i = 0; i < plan->finding_count; i++)
        if (concerns_run(&steps, &plan->findings[i]))
            plan->findings[kept++] = plan->findings[i];
    plan->finding_count = kept;
    kept = 0;
    for (size_t i = 0; i < plan->step_count; i++)
        if (plan->steps[i].selected)
            plan->steps[kept++] = plan->steps[i];
    plan->left_out = (int64_t)(plan->step_count - kept);
    plan->step_count = kept;
    plan_index_steps(plan);
}
