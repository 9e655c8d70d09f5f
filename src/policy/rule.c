/* rule.c - one rule: its keys, and what its action asks for or refuses. */
#include "policy/field.h"
#include "policy/parts.h"
#include "policy/schema.h"
#include "policy/text.h"

#include <stddef.h>
#include <string.h>

static const char *const action_names[] = {
    [ACTION_PURGE] = "purge",
    [ACTION_ANONYMISE] = "anonymise",
    [ACTION_PSEUDONYMISE] = "pseudonymise",
    [ACTION_SUMMARISE] = "summarise",
};
enum { ACTIONS = sizeof action_names / sizeof *action_names };

const char *action_name(enum action action)
{
    return action_names[action];
}

bool action_deletes(enum action action)
{
    return action == ACTION_PURGE || action == ACTION_SUMMARISE;
}

static void read_action(struct reader *reader, const struct node *value, void *field)
{
    for (size_t i = 0; i < ACTIONS; i++) {
        if (strcmp(value->text, action_names[i]) == 0) {
            *(enum action *)field = (enum action)i;
            return;
        }
    }
    const char *hint = hint_choices(reader, "Valid actions", value->text, action_names, ACTIONS);
    if (strcmp(value->text, "anonymize") == 0 || strcmp(value->text, "pseudonymize") == 0 ||
        strcmp(value->text, "summarize") == 0)
        hint = arena_printf(reader->arena, "It is spelled with an s: %.*sse.",
                            (int)strlen(value->text) - 2, value->text);
    report_error(reader, value->mark, hint, "unknown action %s",
                 text_quote(reader->arena, value->text));
}

static void read_except(struct reader *reader, const struct node *value, void *field)
{
    struct policy_rule *rule = field;
    field_tables(reader, value, "except", &rule->except, &rule->except_count);
}

static void read_cascade(struct reader *reader, const struct node *value, void *field)
{
    struct policy_rule *rule = field;
    field_tables(reader, value, "cascade", &rule->cascade, &rule->cascade_count);
}

static void read_partition(struct reader *reader, const struct node *value, void *field)
{
    if (strcmp(value->text, "force") == 0)
        *(bool *)field = true;
    else
        report_error(reader, value->mark, "The only value is force.", "unknown value %s",
                     text_quote(reader->arena, value->text));
}

static void read_label(struct reader *reader, const struct node *value, void *field)
{
    if (strcmp(value->text, "pseudonymous") == 0)
        *(const char **)field = value->text;
    else
        report_error(reader, value->mark, "The only label to accept is pseudonymous.",
                     "unknown label %s", text_quote(reader->arena, value->text));
}

static void read_accept(struct reader *reader, const struct node *value, void *rule)
{
    static const struct key keys[] = {
        {"label", FORM_TEXT, "pseudonymous", true, read_label,
         offsetof(struct policy_rule, accept_label)},
        {"reason", FORM_TEXT, "text that says why", true, field_text,
         offsetof(struct policy_rule, accept_reason)},
    };
    static const struct schema schema = SCHEMA("\"accept\"", keys);
    schema_read(reader, value, &schema, rule);
}

static const struct key rule_keys[] = {
    {"id", FORM_TEXT, "a name", false, field_word, offsetof(struct policy_rule, id)},
    {"table", FORM_TEXT, "a table, schema.name", true, field_table,
     offsetof(struct policy_rule, table)},
    {"except", FORM_LIST, "a list of tables", false, read_except, 0},
    {"category", FORM_TEXT, "the name of a category", true, NULL, 0}, /* looked up at the end */
    {"keep", FORM_TEXT, "a window such as \"24 months\"", false, field_window,
     offsetof(struct policy_rule, keep)},
    {"clock", FORM_TEXT | FORM_MAPPING, "a column or a mapping", true, read_clock,
     offsetof(struct policy_rule, clock)},
    {"action", FORM_TEXT, "purge, summarise, anonymise or pseudonymise", true, read_action,
     offsetof(struct policy_rule, action)},
    {"mask", FORM_MAPPING, "a mapping of columns to masks", false, read_masks, 0},
    {"into", FORM_TEXT, "a table, schema.name", false, read_into, 0},
    {"period", FORM_TEXT | FORM_MAPPING, "day, week, month, quarter or year", false, read_period,
     0},
    {"by", FORM_LIST, "a list of columns", false, read_by, 0},
    {"measures", FORM_MAPPING, "a mapping of columns to measures", false, read_measures, 0},
    {"minimum", FORM_TEXT, "a number of rows", false, read_minimum, 0},
    {"only", FORM_TEXT, "an SQL expression", false, field_text, offsetof(struct policy_rule, only)},
    {"unless", FORM_TEXT, "an SQL expression", false, field_text,
     offsetof(struct policy_rule, unless)},
    {"cascade", FORM_LIST, "a list of tables", false, read_cascade, 0},
    {"partition", FORM_TEXT, "force", false, read_partition,
     offsetof(struct policy_rule, forces_partitions)},
    {"accept", FORM_MAPPING, "a mapping of \"label\" and \"reason\"", false, read_accept, 0},
};
static const struct schema rule_schema = SCHEMA("a rule", rule_keys);

/* `key` may stand only under some actions; `is_fit` says whether this rule's is one of them. */
static void check_fits(struct reader *reader, const struct node *node, const char *key,
                       enum action action, bool is_fit)
{
    const struct node *value = tree_find(node, key);
    if (value != NULL && !is_fit)
        report_error(reader, value->mark, NULL, "\"%s\" has no meaning under action: %s", key,
                     action_name(action));
}

static const char *const summary_keys[] = {"into", "period", "by", "measures", "minimum"};

static void check_action(struct reader *reader, const struct node *node,
                         const struct policy_rule *rule)
{
    const struct node *action = tree_find(node, "action"), *mask = tree_find(node, "mask");
    if (action == NULL || action->kind != NODE_TEXT ||
        strcmp(action->text, action_name(rule->action)) != 0)
        return;
    bool deletes = action_deletes(rule->action);
    check_fits(reader, node, "mask", rule->action, !deletes);
    check_fits(reader, node, "accept", rule->action, !deletes);
    check_fits(reader, node, "cascade", rule->action, deletes);
    check_fits(reader, node, "partition", rule->action, rule->action == ACTION_PURGE);
    for (size_t i = 0; i < sizeof summary_keys / sizeof *summary_keys; i++)
        check_fits(reader, node, summary_keys[i], rule->action, rule->action == ACTION_SUMMARISE);
    if (rule->action == ACTION_SUMMARISE)
        check_summary(reader, node, &rule->summary);
    if (!deletes && mask == NULL)
        report_error(reader, node->mark, "Name each column to change: mask: {email: unique}.",
                     "missing key \"mask\" in a rule with action: %s", action_name(rule->action));
    for (size_t i = 0; i < rule->mask_count && rule->action == ACTION_ANONYMISE; i++) {
        if (rule->masks[i].kind == MASK_KEYED_HASH)
            report_error(reader, rule->masks[i].mark,
                         "Whoever has the key can find the person again; write action: "
                         "pseudonymise, or another mask.",
                         "keyed_hash does not anonymise");
    }
}

static struct mark text_mark_of(const struct node *mapping, const char *key)
{
    const struct node *value = tree_find(mapping, key);
    return value == NULL ? (struct mark){0} : value->text_mark;
}

void read_rules(struct reader *reader, const struct node *list, void *field)
{
    struct policy *policy = field;
    for (size_t i = 0; i < list->item_count; i++) {
        const struct node *node = list->items[i];
        struct policy_rule rule = {
            .mark = node->mark,
            .summary = {.period_column = "period", .minimum = SUMMARY_MINIMUM},
        };
        schema_read(reader, node, &rule_schema, &rule);
        rule.only_mark = text_mark_of(node, "only");
        rule.unless_mark = text_mark_of(node, "unless");
        check_action(reader, node, &rule);
        *ARENA_PUSH(reader->arena, policy->rules, policy->rule_count) = rule;
        *ARENA_PUSH(reader->arena, reader->rule_nodes, reader->rule_node_count) = node;
    }
}
