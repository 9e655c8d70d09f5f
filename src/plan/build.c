/*
 * build.c - from rules and tables to steps
 */
#include "plan/plan_private.h"

#include "base/buffer.h"
#include "base/nearest.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct finding *plan_add_finding(struct plan *plan, struct plan_step *step, enum severity severity,
                                 const char *code, const char *format, ...)
{
    char message[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    struct finding *finding = ARENA_PUSH(&plan->arena, plan->findings, plan->finding_count);
    finding->code = code;
    finding->severity = severity;
    finding->message = arena_strdup(&plan->arena, message);
    if (step != NULL) {
        finding->rule = step->rule_id;
        finding->table = step->table->text;
        finding->mark = step->mark;
        if (severity == SEVERITY_ERROR && step->refused == NULL)
            step->refused = code;
    }
    return finding;
}

bool plan_lies_in(const struct catalog_table *table, const struct catalog_table *tree)
{
    while (table != NULL && table != tree)
        table = table->parent;
    return table != NULL;
}

bool plan_concerns(const struct catalog_table *declared, const struct catalog_table *table)
{
    return plan_lies_in(declared, table) || plan_lies_in(table, declared);
}

static bool excepted(const struct policy_rule *rule, const struct catalog_table *table)
{
    for (size_t i = 0; i < rule->except_count; i++)
        for (const struct catalog_table *t = table; t != NULL; t = t->parent)
            if (table_name_matches(&rule->except[i], t->schema, t->name))
                return true;
    return false;
}

static bool is_pattern(const struct table_name *name)
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
    step->rule_id = is_pattern(&rule->table)
                        ? arena_printf(&plan->arena, "%s@%s", rule->id, table->text)
                        : rule->id;
    step->table = table;
    step->action = rule->action;
    step->strategy = STRATEGY_BLOCK_RANGES;
    step->test = arena_alloc(&plan->arena, sizeof *step->test);
    step->why = "each page is visited once and no index is needed";
    step->mark = rule->mark;
    choose_leaves(plan, step);
}

static void name_missing(struct plan *plan, const struct policy_rule *rule)
{
    const struct catalog *catalog = plan->catalog;
    struct finding *finding =
        plan_add_finding(plan, NULL, SEVERITY_ERROR, "table-missing", "%s \"%s\" %s",
                         is_pattern(&rule->table) ? "pattern" : "table", rule->table.text,
                         is_pattern(&rule->table) ? "matches no table" : "does not exist");
    finding->rule = rule->id;
    finding->mark = rule->table.mark;
    const char *best = NULL, **names = NULL;
    size_t count = 0;
    for (size_t i = 0; i < catalog->table_count; i++) {
        *ARENA_PUSH(&plan->arena, names, count) = catalog->tables[i].text;
        if (strcasecmp(catalog->tables[i].text, rule->table.text) == 0)
            best = catalog->tables[i].text;
    }
    if (best == NULL)
        best = nearest(rule->table.text, names, count);
    if (best != NULL)
        finding->hint = arena_printf(&plan->arena, "Did you mean \"%s\"?", best);
}

static void expand_rule(struct plan *plan, const struct policy_rule *rule)
{
    size_t before = plan->step_count;
    for (size_t i = 0; i < plan->catalog->table_count; i++) {
        const struct catalog_table *table = &plan->catalog->tables[i];
        if (table_name_matches(&rule->table, table->schema, table->name) &&
            !covered_by_parent(rule, table) && !excepted(rule, table))
            add_step(plan, rule, table);
    }
    if (plan->step_count == before)
        name_missing(plan, rule);
}

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
    bool a_is_pattern = is_pattern(&a->rule->table), b_is_pattern = is_pattern(&b->rule->table);
    bool both_named = a->table == b->table && !a_is_pattern && !b_is_pattern;
    if (a->rule == b->rule || a->action != b->action || both_named || !shares_leaf(a, b))
        return;
    bool a_is_wider =
        a_is_pattern != b_is_pattern ? a_is_pattern : plan_lies_in(b->table, a->table);
    struct plan_step *wider = a_is_wider ? a : b;
    struct plan_step *other = wider == a ? b : a;
    struct finding *finding = plan_add_finding(
        plan, wider, SEVERITY_ERROR, "rules-overlap", "rules \"%s\" and \"%s\" both %s rows of %s",
        wider->rule->id, other->rule->id, action_name(a->action), other->table->text);
    finding->hint = arena_printf(&plan->arena, "Add \"except: [%s]\" to the wider rule.",
                                 other->rule->table.text);
}

static bool same_clock(const struct plan_clock *a, const struct plan_clock *b)
{
    if (a == NULL || b == NULL || a->kind != b->kind || a->column_count != b->column_count ||
        a->hop.table != b->hop.table)
        return false;
    for (size_t i = 0; i < a->column_count; i++)
        if (a->columns[i] != b->columns[i])
            return false;
    return a->of == b->of || same_clock(a->of, b->of);
}

static void check_shadow(struct plan *plan, const struct plan_step *purge, struct plan_step *mask)
{
    if (purge->action != ACTION_PURGE || mask->action == ACTION_PURGE ||
        purge->table != mask->table || purge->rule->only != NULL || purge->rule->unless != NULL ||
        !same_clock(purge->test->clock, mask->test->clock) || purge->test->cutoff == NULL ||
        mask->test->cutoff == NULL ||
        strcmp(purge->test->cutoff->local, mask->test->cutoff->local) < 0)
        return;
    plan_add_finding(plan, mask, SEVERITY_WARNING, "rule-shadowed",
                     "rule \"%s\" purges these rows no later than this rule would mask them",
                     purge->rule->id);
}

static void check_pairs(struct plan *plan)
{
    for (size_t i = 0; i < plan->step_count; i++)
        for (size_t j = 0; j < plan->step_count; j++) {
            if (i < j)
                check_overlap(plan, &plan->steps[i], &plan->steps[j]);
            check_shadow(plan, &plan->steps[i], &plan->steps[j]);
        }
}

static void check_expression(struct plan *plan, struct plan_step *step, const char *key,
                             const char *expression)
{
    const struct catalog_rejection *rejection =
        expression == NULL ? NULL : catalog_find_rejection(plan->catalog, expression, step->table);
    if (rejection == NULL)
        return;
    struct finding *finding = plan_add_finding(plan, step, SEVERITY_ERROR, "expression-invalid",
                                               "%s: %s", key, rejection->reason);
    finding->mark = rejection->mark;
    finding->hint = "The row is visible under the table's own name; other tables need a schema, "
                    "and the search_path is empty.";
}

static void resolve_test(struct plan *plan, struct plan_step *step)
{
    const struct policy_rule *rule = step->rule;
    step->test->table = step->table;
    step->test->clock = plan_resolve_clock(plan, step, rule->clock, step->table);
    step->test->cutoff = catalog_find_cutoff(plan->catalog, &rule->keep);
    step->test->only = rule->only;
    step->test->unless = rule->unless;
    check_expression(plan, step, "only", rule->only);
    check_expression(plan, step, "unless", rule->unless);
    plan_resolve_holds(plan, step->test);
    if (rule->category->review_lapsed) {
        struct finding *finding =
            plan_add_finding(plan, step, SEVERITY_ERROR, "obligation-lapsed",
                             "the review of category \"%s\" was due on %s; its rows are left alone",
                             rule->category->name, rule->category->obligation_review);
        finding->hint = "Confirm the legal obligation and set a new review date.";
    }
}

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

static int narrow(struct plan *plan, const struct narrowing *n, struct error *err)
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

static bool concerns_run(const struct plan *plan, const struct finding *finding)
{
    bool known = false;
    for (size_t i = 0; i < plan->step_count && finding->rule != NULL; i++) {
        if (finding->rule == plan->steps[i].rule_id && plan->steps[i].selected)
            return true;
        known = known || finding->rule == plan->steps[i].rule_id;
    }
    return !known;
}

/* Steps outside the narrowing were needed to judge cascades; now they and their findings go. */
static void drop_unselected(struct plan *plan)
{
    size_t kept = 0;
    for (size_t i = 0; i < plan->finding_count; i++)
        if (concerns_run(plan, &plan->findings[i]))
            plan->findings[kept++] = plan->findings[i];
    plan->finding_count = kept;
    kept = 0;
    for (size_t i = 0; i < plan->step_count; i++)
        if (plan->steps[i].selected)
            plan->steps[kept++] = plan->steps[i];
    plan->step_count = kept;
}

/* A mask leaves alone, and does not count, what an earlier step of this run deletes. */
static void resolve_earlier(struct plan *plan)
{
    for (size_t i = 0; i < plan->step_count; i++)
        for (size_t j = 0; j < i; j++) {
            struct plan_step *earlier = &plan->steps[j], *step = &plan->steps[i];
            if (earlier->action == ACTION_PURGE && earlier->refused == NULL &&
                plan_lies_in(step->table, earlier->table))
                *ARENA_PUSH(&plan->arena, step->earlier, step->earlier_count) = earlier->test;
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
    if (narrow(plan, &options->narrowing, err) != 0) {
        plan_free(plan);
        return -1;
    }
    plan_order_steps(plan);
    for (size_t i = 0; i < plan->step_count; i++) {
        resolve_test(plan, &plan->steps[i]);
        plan_check_shape(plan, &plan->steps[i]);
    }
    check_pairs(plan);
    check_policy(plan);
    for (size_t i = 0; i < plan->step_count; i++)
        plan_resolve_references(plan, &plan->steps[i]);
    drop_unselected(plan);
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
