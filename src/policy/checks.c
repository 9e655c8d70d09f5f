/* checks.c - what concerns several parts of the file at once. */
#include "policy/field.h"
#include "policy/parts.h"
#include "policy/text.h"

#include <string.h>

static const struct window default_cap = {.months = 24, .days = 0, .text = "24 months"};

static void check_cap(struct reader *reader, const struct node *root)
{
    struct policy *policy = reader->policy;
    const struct window *asked = reader->options->cap;
    const struct node *cap = tree_find(root, "cap");
    if (policy->cap.text == NULL)
        policy->cap = default_cap;
    policy->cap_mark = cap == NULL ? (struct mark){0} : cap->mark;
    policy->cap_raised = window_exceeds(&policy->cap, &default_cap);
    if (policy->cap_raised && tree_find(root, "cap_reason") == NULL)
        report_error(reader, policy->cap_mark, "Say why in \"cap_reason\".",
                     "a cap of %s is beyond 24 months and gives no reason", policy->cap.text);
    if (asked == NULL)
        return;
    if (!window_exceeds(asked, &policy->cap))
        policy->cap = *asked;
    else if (window_exceeds(&policy->cap, asked))
        report_error(reader, policy->cap_mark,
                     "Give --cap a window in the same units as the policy's cap.",
                     "the cap of %s and --cap %s exceed each other on some dates", policy->cap.text,
                     asked->text);
}

static void check_categories(struct reader *reader, const struct node *root)
{
    const struct policy *policy = reader->policy;
    const struct node *categories = tree_find(root, "categories");
    for (size_t i = 0; i < policy->category_count; i++) {
        const struct policy_category *category = &policy->categories[i];
        const struct node *node = tree_find(categories, category->name);
        if (category->keep.text == NULL || tree_find(node, "obligation") != NULL ||
            !window_exceeds(&category->keep, &policy->cap))
            continue;
        report_error(reader, category->keep_mark,
                     "Shorten it, or name the law that asks for more: obligation: {law: ..., "
                     "review: YYYY-MM-DD}.",
                     "category %s keeps for %s, beyond the cap of %s",
                     text_quote(reader->arena, category->name), category->keep.text,
                     policy->cap.text);
    }
}

static const struct policy_category *find_category(const struct policy *policy, const char *name)
{
    for (size_t i = 0; i < policy->category_count; i++) {
        if (strcmp(policy->categories[i].name, name) == 0)
            return &policy->categories[i];
    }
    return NULL;
}

static void report_no_category(struct reader *reader, const struct node *value)
{
    const struct policy *policy = reader->policy;
    const char **names = arena_alloc(reader->arena, policy->category_count * sizeof *names);
    for (size_t i = 0; i < policy->category_count; i++)
        names[i] = policy->categories[i].name;
    report_error(reader, value->mark,
                 hint_choices(reader, "The categories", value->text, names, policy->category_count),
                 "unknown category %s", text_quote(reader->arena, value->text));
}

static void resolve_category(struct reader *reader, const struct node *node,
                             struct policy_rule *rule)
{
    const struct node *value = tree_find(node, "category"), *keep = tree_find(node, "keep");
    if (value == NULL || value->kind != NODE_TEXT || *value->text == '\0')
        return;
    rule->category = find_category(reader->policy, value->text);
    if (rule->category == NULL) {
        report_no_category(reader, value);
        return;
    }
    if (keep == NULL)
        rule->keep = rule->category->keep;
    else if (rule->keep.text != NULL && rule->category->keep.text != NULL &&
             window_exceeds(&rule->keep, &rule->category->keep))
        report_error(reader, keep->mark, "A rule may only shorten its category's window.",
                     "this rule keeps for %s, longer than its category's %s", rule->keep.text,
                     rule->category->keep.text);
    if (tree_find(node, "id") == NULL && rule->table.name != NULL)
        rule->id = arena_printf(reader->arena, "%s-%s", rule->table.text, rule->category->name);
}

static bool same_table(const struct policy_rule *a, const struct policy_rule *b)
{
    return a->table.name != NULL && b->table.name != NULL &&
           table_names_equal(&a->table, &b->table);
}

static void check_ids(struct reader *reader, size_t index)
{
    const struct policy *policy = reader->policy;
    const struct policy_rule *rule = &policy->rules[index];
    const struct node *given = tree_find(reader->rule_nodes[index], "id");
    for (size_t i = 0; i < index && rule->id != NULL; i++) {
        if (policy->rules[i].id == NULL || strcmp(policy->rules[i].id, rule->id) != 0)
            continue;
        const char *hint = arena_printf(reader->arena, "The other rule begins on line %u.%s",
                                        policy->rules[i].mark.line,
                                        given == NULL ? " Give each an \"id\" of its own." : "");
        report_error(reader, given == NULL ? rule->mark : given->mark, hint,
                     "two rules have the id %s", text_quote(reader->arena, rule->id));
        return;
    }
}

/* Returns whether no column has a mask in both rules. */
static bool check_masks(struct reader *reader, const struct policy_rule *rule,
                        const struct policy_rule *earlier)
{
    bool is_disjoint = true;
    for (size_t i = 0; i < rule->mask_count; i++) {
        for (size_t j = 0; j < earlier->mask_count; j++) {
            if (strcmp(rule->masks[i].column, earlier->masks[j].column) != 0)
                continue;
            report_error(reader, rule->masks[i].mark,
                         arena_printf(reader->arena, "The other one stands on line %u.",
                                      earlier->masks[j].mark.line),
                         "two masks on column %s of %s",
                         text_quote(reader->arena, rule->masks[i].column),
                         text_quote(reader->arena, rule->table.text));
            is_disjoint = false;
        }
    }
    return is_disjoint;
}

/* A pseudonym is still personal: the same rows must be purged or anonymised within the cap. */
static void check_pseudonyms(struct reader *reader, size_t index)
{
    const struct policy *policy = reader->policy;
    const struct policy_rule *rule = &policy->rules[index];
    if (rule->action != ACTION_PSEUDONYMISE || rule->table.name == NULL)
        return;
    for (size_t i = 0; i < policy->rule_count; i++) {
        const struct policy_rule *other = &policy->rules[i];
        if (same_table(rule, other) && other->action != ACTION_PSEUDONYMISE &&
            (other->keep.text == NULL || !window_exceeds(&other->keep, &policy->cap)))
            return;
    }
    report_error(reader, tree_find(reader->rule_nodes[index], "action")->mark,
                 "Add a rule that purges or anonymises the same table later.",
                 "nothing purges or anonymises %s within the cap of %s after it is pseudonymised",
                 text_quote(reader->arena, rule->table.text), policy->cap.text);
}

void check_policy(struct reader *reader, const struct node *root)
{
    struct policy *policy = reader->policy;
    check_cap(reader, root);
    check_categories(reader, root);
    for (size_t i = 0; i < policy->rule_count; i++)
        resolve_category(reader, reader->rule_nodes[i], &policy->rules[i]);
    for (size_t i = 0; i < policy->rule_count; i++) {
        check_ids(reader, i);
        check_pseudonyms(reader, i);
        /* the first clash of a rule is told, or the number of them would grow with its square */
        for (size_t j = 0; j < i; j++) {
            if (same_table(&policy->rules[i], &policy->rules[j]) &&
                !check_masks(reader, &policy->rules[i], &policy->rules[j]))
                break;
        }
    }
}
