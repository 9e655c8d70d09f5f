/* checks.c - what concerns several parts of the file at once. */
#include "base/lookup.h"
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
        const struct node *node = categories->members[i].value;
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

static void resolve_category(struct reader *reader, const struct lookup *categories,
                             const struct node *node, struct policy_rule *rule)
{
    const struct node *value = tree_find(node, "category"), *keep = tree_find(node, "keep");
    if (value == NULL || value->kind != NODE_TEXT || *value->text == '\0')
        return;
    rule->category = lookup_find(categories, value->text, NULL);
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

static void resolve_categories(struct reader *reader)
{
    struct policy *policy = reader->policy;
    struct lookup categories = {0};
    for (size_t i = 0; i < policy->category_count; i++)
        lookup_add(&categories, reader->arena, policy->categories[i].name, NULL,
                   &policy->categories[i]);
    for (size_t i = 0; i < policy->rule_count; i++)
        resolve_category(reader, &categories, reader->rule_nodes[i], &policy->rules[i]);
}

static void check_ids(struct reader *reader)
{
    struct lookup ids = {0};
    for (size_t i = 0; i < reader->policy->rule_count; i++) {
        const struct policy_rule *rule = &reader->policy->rules[i], *other;
        const struct node *given = tree_find(reader->rule_nodes[i], "id");
        if (rule->id == NULL ||
            (other = lookup_add(&ids, reader->arena, rule->id, NULL, rule)) == NULL)
            continue;
        const char *hint =
            arena_printf(reader->arena, "The other rule begins on line %u.%s", other->mark.line,
                         given == NULL ? " Give each an \"id\" of its own." : "");
        report_error(reader, given == NULL ? rule->mark : given->mark, hint,
                     "two rules have the id %s", text_quote(reader->arena, rule->id));
    }
}

static void check_masks(struct reader *reader)
{
    struct lookup masks = {0};
    for (size_t i = 0; i < reader->policy->rule_count; i++) {
        const struct policy_rule *rule = &reader->policy->rules[i];
        const char *table = rule->table.name == NULL ? NULL : field_table_key(reader, &rule->table);
        for (size_t m = 0; m < rule->mask_count && table != NULL; m++) {
            const struct policy_mask *mask = &rule->masks[m];
            const struct policy_mask *other =
                lookup_add(&masks, reader->arena, table, mask->column, mask);
            if (other != NULL)
                report_error(reader, mask->mark,
                             arena_printf(reader->arena, "The other one stands on line %u.",
                                          other->mark.line),
                             "two masks on column %s of %s",
                             text_quote(reader->arena, mask->column),
                             text_quote(reader->arena, rule->table.text));
        }
    }
}

/* A pseudonym is still personal: the same rows must be purged or anonymised within the cap. */
static void check_pseudonyms(struct reader *reader)
{
    const struct policy *policy = reader->policy;
    struct lookup ended = {0};
    for (size_t i = 0; i < policy->rule_count; i++) {
        const struct policy_rule *rule = &policy->rules[i];
        if (rule->table.name != NULL && rule->action != ACTION_PSEUDONYMISE &&
            (rule->keep.text == NULL || !window_exceeds(&rule->keep, &policy->cap)))
            lookup_add(&ended, reader->arena, field_table_key(reader, &rule->table), NULL, rule);
    }
    for (size_t i = 0; i < policy->rule_count; i++) {
        const struct policy_rule *rule = &policy->rules[i];
        if (rule->table.name != NULL && rule->action == ACTION_PSEUDONYMISE &&
            lookup_find(&ended, field_table_key(reader, &rule->table), NULL) == NULL)
            report_error(
                reader, tree_find(reader->rule_nodes[i], "action")->mark,
                "Add a rule that purges or anonymises the same table later.",
                "nothing purges or anonymises %s within the cap of %s after it is pseudonymised",
                text_quote(reader->arena, rule->table.text), policy->cap.text);
    }
}

/* Rows wait for their period to be whole, so that some stay longer than the window says. */
static void check_wait(struct reader *reader, const struct policy_rule *rule)
{
    const struct policy *policy = reader->policy;
    const struct policy_category *category = rule->category;
    enum period period = rule->summary.period;
    if (rule->action != ACTION_SUMMARISE || period == PERIOD_NONE || rule->keep.text == NULL ||
        category == NULL || category->keep.text == NULL)
        return;
    const struct window stay = {.months = rule->keep.months + period_length(period)->months,
                                .days = rule->keep.days + period_length(period)->days};
    const char *hint =
        arena_printf(reader->arena, "Give the rule a \"keep\" of its own that is shorter by a %s.",
                     period_name(period));
    if (category->obligation_law == NULL && window_exceeds(&stay, &policy->cap))
        report_error(reader, rule->summary.period_mark, hint,
                     "rows stay for up to %s and one %s, beyond the cap of %s", rule->keep.text,
                     period_name(period), policy->cap.text);
    else if (window_exceeds(&stay, &category->keep))
        report_warning(reader, "summarise-waits", rule->summary.period_mark, hint,
                       "rows stay for up to %s and one %s, longer than the %s of category %s",
                       rule->keep.text, period_name(period), category->keep.text,
                       text_quote(reader->arena, category->name));
}

void check_policy(struct reader *reader, const struct node *root)
{
    check_cap(reader, root);
    check_categories(reader, root);
    resolve_categories(reader);
    check_ids(reader);
    check_masks(reader);
    check_pseudonyms(reader);
    for (size_t i = 0; i < reader->policy->rule_count; i++)
        check_wait(reader, &reader->policy->rules[i]);
}
