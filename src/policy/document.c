/* document.c - everything of the format but rules: top level, categories, holds, limits. */
#include "base/lookup.h"
#include "policy/field.h"
#include "policy/parts.h"
#include "policy/schema.h"
#include "policy/text.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define WINDOW "a window such as \"24 months\""
#define WHY "text that says why"
#define DATE "a date, YYYY-MM-DD"

static void read_version(struct reader *reader, const struct node *value, void *field)
{
    (void)field;
    if (!value->is_plain)
        report_error(reader, value->mark, "Write it without quotes.",
                     "\"pgretain\" must be the number 1, not text");
    else if (strcmp(value->text, "1") != 0)
        report_error(reader, value->mark, "This program reads format version 1.",
                     "unknown format version %s", text_quote(reader->arena, value->text));
}

static void read_time_zone(struct reader *reader, const struct node *value, void *field)
{
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
    char first = *value->text;
    bool is_letter = (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z');
    if (is_letter && value->text[strspn(value->text, allowed)] == '\0')
        *(const char **)field = value->text;
    else
        report_error(reader, value->mark, "Write a name such as UTC or Europe/Paris.",
                     "invalid time zone %s", text_quote(reader->arena, value->text));
}

static void read_notice(struct reader *reader, const struct node *value, void *policy)
{
    static const struct key keys[] = {
        {"document", FORM_TEXT, "the name of the published promise", true, field_text,
         offsetof(struct policy, notice_document)},
        {"updated", FORM_TEXT, DATE, true, field_date, offsetof(struct policy, notice_updated)},
    };
    static const struct schema schema = SCHEMA("\"notice\"", keys);
    schema_read(reader, value, &schema, policy);
}

static void read_subjects(struct reader *reader, const struct node *value, void *policy)
{
    struct policy *into = policy;
    field_tables(reader, value, "subjects", &into->subjects, &into->subject_count);
}

static void read_schemas(struct reader *reader, const struct node *value, void *policy)
{
    struct policy *into = policy;
    struct lookup known = {0};
    for (size_t i = 0; i < value->item_count; i++) {
        const struct node *item = value->items[i];
        struct table_name name = {0};
        if (!schema_check_form(reader, item, FORM_TEXT, "an item of \"schemas\"", "a schema"))
            continue;
        field_schema(reader, item, &name);
        if (name.name == NULL)
            continue;
        if (lookup_add(&known, reader->arena, field_table_key(reader, &name), NULL, item) == NULL)
            *ARENA_PUSH(reader->arena, into->coverage_schemas, into->coverage_count) = name;
        else
            report_error(reader, item->mark, NULL, "%s stands in \"schemas\" twice",
                         text_quote(reader->arena, item->text));
    }
}

static void read_coverage(struct reader *reader, const struct node *value, void *policy)
{
    static const struct key keys[] = {
        {"schemas", FORM_LIST, "a list of schemas", true, read_schemas, 0}};
    static const struct schema schema = SCHEMA("\"coverage\"", keys);
    schema_read(reader, value, &schema, policy);
    ((struct policy *)policy)->coverage_mark = value->mark;
}

static void read_review(struct reader *reader, const struct node *value, void *field)
{
    struct policy_category *category = field;
    const char *today = reader->options->today;
    field_date(reader, value, &category->obligation_review);
    if (category->obligation_review == NULL || strcmp(category->obligation_review, today) > 0)
        return;
    category->review_lapsed = true;
    report_warning(reader, "obligation-lapsed", value->mark,
                   "Review whether the law still asks for it, then set the next date.",
                   "the review of this obligation was due on %s", category->obligation_review);
}

static void read_obligation(struct reader *reader, const struct node *value, void *category)
{
    static const struct key keys[] = {
        {"law", FORM_TEXT, "the law that asks for the longer window", true, field_text,
         offsetof(struct policy_category, obligation_law)},
        {"review", FORM_TEXT, DATE, true, read_review, 0},
    };
    static const struct schema schema = SCHEMA("\"obligation\"", keys);
    schema_read(reader, value, &schema, category);
}

static void read_category(struct reader *reader, const struct member *member,
                          struct policy_category *category)
{
    static const struct key keys[] = {
        {"keep", FORM_TEXT, WINDOW, true, field_window, offsetof(struct policy_category, keep)},
        {"description", FORM_TEXT, "text", false, field_text,
         offsetof(struct policy_category, description)},
        {"obligation", FORM_MAPPING, "a mapping of \"law\" and \"review\"", false, read_obligation,
         0},
    };
    static const struct schema schema = SCHEMA("a category", keys);
    schema_read(reader, member->value, &schema, category);
    const struct node *keep = tree_find(member->value, "keep");
    category->mark = member->key->mark;
    category->keep_mark = keep == NULL ? member->key->mark : keep->mark;
    field_word(reader, member->key, &category->name);
}

static void read_categories(struct reader *reader, const struct node *value, void *field)
{
    struct policy *policy = field;
    for (size_t i = 0; i < value->member_count; i++) {
        struct policy_category category = {.name = value->members[i].key->text};
        read_category(reader, &value->members[i], &category);
        *ARENA_PUSH(reader->arena, policy->categories, policy->category_count) = category;
    }
}

static void read_hold_tables(struct reader *reader, const struct node *value, void *field)
{
    struct policy_hold *hold = field;
    field_tables(reader, value, "tables", &hold->tables, &hold->table_count);
}

static void read_hold_table(struct reader *reader, const struct node *value, void *field)
{
    struct policy_hold *hold = field;
    struct table_name name = {0};
    field_table(reader, value, &name);
    if (name.name != NULL)
        *ARENA_PUSH(reader->arena, hold->tables, hold->table_count) = name;
}

static void read_until(struct reader *reader, const struct node *value, void *field)
{
    struct policy_hold *hold = field;
    field_date(reader, value, &hold->until);
    if (hold->until == NULL || strcmp(hold->until, reader->options->today) >= 0)
        return;
    hold->until_passed = true;
    report_warning(reader, "hold-expired", value->mark, "Remove the hold or set a later date.",
                   "this hold ended on %s and still holds", hold->until);
}

static void read_hold(struct reader *reader, const struct node *node, struct policy_hold *hold)
{
    static const struct key keys[] = {
        {"id", FORM_TEXT, "a name", true, field_word, offsetof(struct policy_hold, id)},
        {"reason", FORM_TEXT, WHY, true, field_text, offsetof(struct policy_hold, reason)},
        {"table", FORM_TEXT, "a table, schema.name", false, read_hold_table, 0},
        {"tables", FORM_LIST, "a list of tables", false, read_hold_tables, 0},
        {"where", FORM_TEXT, "an SQL expression", true, field_text,
         offsetof(struct policy_hold, where)},
        {"follow", FORM_TEXT, "true or false", false, field_bool,
         offsetof(struct policy_hold, follow)},
        {"until", FORM_TEXT, DATE, false, read_until, 0},
    };
    static const struct schema schema = SCHEMA("a hold", keys);
    schema_read(reader, node, &schema, hold);
    const struct node *where = tree_find(node, "where");
    hold->mark = node->mark;
    hold->where_mark = where == NULL ? node->mark : where->text_mark;
    bool has_table = tree_find(node, "table") != NULL,
         has_tables = tree_find(node, "tables") != NULL;
    if (node->kind == NODE_MAPPING && has_table == has_tables)
        report_error(reader, node->mark, "A hold names its tables once.",
                     has_table ? "a hold has both \"table\" and \"tables\""
                               : "missing key \"table\" or \"tables\" in a hold");
}

static void read_holds(struct reader *reader, const struct node *value, void *field)
{
    struct policy *policy = field;
    struct lookup ids = {0};
    for (size_t i = 0; i < value->item_count; i++) {
        const struct node *node = value->items[i], *other;
        struct policy_hold hold = {0};
        read_hold(reader, node, &hold);
        if (hold.id != NULL &&
            (other = lookup_add(&ids, reader->arena, hold.id, NULL, node)) != NULL)
            report_error(
                reader, tree_find(node, "id")->mark,
                arena_printf(reader->arena, "The other one begins on line %u.", other->mark.line),
                "two holds have the id %s", text_quote(reader->arena, hold.id));
        *ARENA_PUSH(reader->arena, policy->holds, policy->hold_count) = hold;
    }
}

static void read_share(struct reader *reader, const struct node *value, void *field)
{
    size_t whole = strspn(value->text, "0123456789");
    const char *rest = value->text + whole;
    if (whole > 0 && *rest == '.' && strspn(rest + 1, "0123456789") > 0)
        rest += 1 + strspn(rest + 1, "0123456789");
    double share = strtod(value->text, NULL) / 100;
    if (whole == 0 || whole > 3 || strcmp(rest, "%") != 0 || !(share > 0 && share <= 1))
        report_error(reader, value->mark,
                     "Write a percentage above 0% and up to 100%, such as 25%.", "invalid share %s",
                     text_quote(reader->arena, value->text));
    else
        *(double *)field = share;
}

static void read_rows(struct reader *reader, const struct node *value, void *field)
{
    field_integer(reader, value, "\"rows\"", 1, INT64_C(9007199254740991), field);
}

static void read_limits(struct reader *reader, const struct node *value, void *policy)
{
    static const struct key keys[] = {
        {"share", FORM_TEXT, "a percentage such as 25%", false, read_share,
         offsetof(struct policy, limit_share)},
        {"rows", FORM_TEXT, "a number of rows", false, read_rows,
         offsetof(struct policy, limit_rows)},
    };
    static const struct schema schema = SCHEMA("\"limits\"", keys);
    schema_read(reader, value, &schema, policy);
}

static void read_audit(struct reader *reader, const struct node *value, void *field)
{
    static const struct key keys[] = {
        {"keep", FORM_TEXT, WINDOW, true, field_window, offsetof(struct policy, audit_keep)}};
    static const struct schema schema = SCHEMA("\"audit\"", keys);
    schema_read(reader, value, &schema, field);
}

static void read_columns(struct reader *reader, const struct node *value, void *field)
{
    struct policy_exemption *exemption = field;
    field_texts(reader, value, "columns", &exemption->columns, &exemption->column_count);
}

static void read_exemptions(struct reader *reader, const struct node *value, void *field)
{
    static const struct key keys[] = {
        {"table", FORM_TEXT, "a table, schema.name", true, field_table,
         offsetof(struct policy_exemption, table)},
        {"columns", FORM_LIST, "a list of columns", false, read_columns, 0},
        {"reason", FORM_TEXT, WHY, true, field_text, offsetof(struct policy_exemption, reason)},
    };
    static const struct schema schema = SCHEMA("an exemption", keys);
    struct policy *policy = field;
    for (size_t i = 0; i < value->item_count; i++) {
        struct policy_exemption *exemption =
            ARENA_PUSH(reader->arena, policy->exemptions, policy->exemption_count);
        exemption->mark = value->items[i]->mark;
        schema_read(reader, value->items[i], &schema, exemption);
    }
}

void read_policy(struct reader *reader, const struct node *root)
{
    static const struct key keys[] = {
        {"$schema", FORM_TEXT, "text", false, NULL, 0},
        {"pgretain", FORM_TEXT, "the format version, 1", true, read_version, 0},
        {"policy", FORM_TEXT, "the policy's name", true, field_word, offsetof(struct policy, name)},
        {"database", FORM_TEXT, "the name of a database", false, field_text,
         offsetof(struct policy, database)},
        {"timezone", FORM_TEXT, "a time zone", false, read_time_zone,
         offsetof(struct policy, time_zone)},
        {"cap", FORM_TEXT, WINDOW, false, field_window, offsetof(struct policy, cap)},
        {"cap_reason", FORM_TEXT, WHY, false, field_text, offsetof(struct policy, cap_reason)},
        {"notice", FORM_MAPPING, "a mapping of \"document\" and \"updated\"", false, read_notice,
         0},
        {"subjects", FORM_LIST, "a list of tables", false, read_subjects, 0},
        {"coverage", FORM_MAPPING, "a mapping with the key \"schemas\"", false, read_coverage, 0},
        {"categories", FORM_MAPPING, "a mapping of names to windows", true, read_categories, 0},
        {"holds", FORM_LIST, "a list of holds", false, read_holds, 0},
        {"limits", FORM_MAPPING, "a mapping of \"share\" and \"rows\"", false, read_limits, 0},
        {"rules", FORM_LIST, "a list of rules", true, read_rules, 0},
        {"exempt", FORM_LIST, "a list of exemptions", false, read_exemptions, 0},
        {"audit", FORM_MAPPING, "a mapping with the key \"keep\"", false, read_audit, 0},
    };
    static const struct schema schema = SCHEMA("the policy", keys);
    schema_read(reader, root, &schema, reader->policy);
}
