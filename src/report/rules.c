/* rules.c - the resolved rules in words, without a database. */
#include "mask/mask.h"
#include "report/parts.h"
#include "report/text.h"

#include <ctype.h>
#include <string.h>

enum field { TABLE, CATEGORY, ACTION, KEEP, CLOCK, SCOPE, CASCADE, MASKS, INTO, ACCEPTS, FIELDS };

static const char *const field_names[FIELDS] = {
    [TABLE] = "table", [CATEGORY] = "category", [ACTION] = "action", [INTO] = "into",
    [KEEP] = "keep",   [CLOCK] = "clock",       [SCOPE] = "scope",   [CASCADE] = "cascade",
    [MASKS] = "masks", [ACCEPTS] = "accepts",
};

static void add_names(const char **names, size_t count, struct buffer *out)
{
    for (size_t i = 0; i < count; i++) {
        buffer_add(out, i == 0 ? "" : ", ");
        text_escape(names[i], out);
    }
}

static void add_tables(const struct table_name *tables, size_t count, struct buffer *out)
{
    for (size_t i = 0; i < count; i++) {
        buffer_add(out, i == 0 ? "" : ", ");
        text_escape(tables[i].text, out);
    }
}

/* Every line break with the space around it becomes one space. */
void add_expression(const char *text, struct buffer *out)
{
    struct buffer flat = {0};
    for (; *text != '\0'; text++) {
        const char *end = text;
        while (isspace((unsigned char)*end))
            end++;
        if (memchr(text, '\n', (size_t)(end - text)) == NULL) {
            buffer_add_bytes(&flat, text, 1);
            continue;
        }
        buffer_add(&flat, *end == '\0' ? "" : " ");
        text = end - 1;
    }
    text_escape(buffer_text(&flat), out);
    buffer_free(&flat);
}

void add_clock(const struct policy_clock *clock, struct buffer *out)
{
    if (clock->kind == CLOCK_PARENT) {
        add_names(clock->columns, clock->column_count, out);
        buffer_add(out, " -> ");
        text_escape(clock->parent.text, out);
        buffer_add(out, ": ");
        add_clock(clock->of, out);
    } else if (clock->kind == CLOCK_SQL) {
        add_expression(clock->sql, out);
    } else {
        buffer_add(out, clock->kind == CLOCK_LATEST ? "the latest of " : "");
        add_names(clock->columns, clock->column_count, out);
    }
    if (clock->unit != UNIT_NONE)
        buffer_addf(out, " (%s)", clock_unit_name(clock->unit));
    if (clock->null_is_active)
        buffer_add(out, "; NULL means still in use");
}

static void add_scope(const struct policy_rule *rule, struct buffer *out)
{
    if (rule->only != NULL) {
        buffer_add(out, "only where ");
        add_expression(rule->only, out);
    }
    if (rule->unless != NULL) {
        buffer_add(out, rule->only != NULL ? "; unless " : "unless ");
        add_expression(rule->unless, out);
    }
    if (rule->except_count > 0) {
        buffer_add(out, out->length > 0 ? "; except " : "except ");
        add_tables(rule->except, rule->except_count, out);
    }
}

void add_mask(const struct policy_mask *mask, struct buffer *out)
{
    text_escape(mask->column, out);
    buffer_addf(out, ": %s", mask_name(mask->kind));
    if (mask->kind == MASK_PHONE_PREFIX)
        buffer_addf(out, " %d", mask->number);
    if (mask->text != NULL) {
        buffer_add(out, " ");
        text_escape(mask->text, out);
    }
    buffer_add(out, mask->item_count > 0 ? " " : "");
    add_names(mask->items, mask->item_count, out);
    buffer_addf(out, " (%s)", mask_label_name(mask_label(mask)));
}

void add_statistics(const struct policy_summary *summary, struct buffer *out)
{
    text_escape(summary->into.text, out);
    buffer_addf(out, " by %s (", period_name(summary->period));
    text_escape(summary->period_column, out);
    buffer_add(out, "), ");
    add_names(summary->by, summary->by_count, out);
    for (size_t i = 0; i < summary->measure_count; i++) {
        const struct policy_measure *measure = &summary->measures[i];
        buffer_add(out, i == 0 ? ": " : ", ");
        text_escape(measure->into, out);
        buffer_addf(out, " (%s", measure_name(measure->kind));
        if (measure->column != NULL) {
            buffer_add(out, " of ");
            text_escape(measure->column, out);
        }
        buffer_add(out, ")");
    }
    buffer_addf(out, "; groups below %d as other", (int)summary->minimum);
}

/* What one rule says about one thing; "" where it says nothing. */
static void add_field(const struct policy_rule *rule, enum field field, struct buffer *out)
{
    if (field == TABLE)
        text_escape(rule->table.text, out);
    else if (field == CATEGORY)
        text_escape(rule->category->name, out);
    else if (field == ACTION)
        buffer_add(out, action_name(rule->action));
    else if (field == INTO && rule->action == ACTION_SUMMARISE)
        add_statistics(&rule->summary, out);
    else if (field == KEEP)
        text_escape(rule->keep.text, out);
    else if (field == CLOCK)
        add_clock(rule->clock, out);
    else if (field == SCOPE)
        add_scope(rule, out);
    else if (field == CASCADE)
        add_tables(rule->cascade, rule->cascade_count, out);
    for (size_t i = 0; field == MASKS && i < rule->mask_count; i++) {
        buffer_add(out, i == 0 ? "" : "; ");
        add_mask(&rule->masks[i], out);
    }
    if (field == ACCEPTS && rule->accept_label != NULL) {
        text_escape(rule->accept_label, out);
        buffer_add(out, ", because ");
        text_escape(rule->accept_reason, out);
    }
}

void add_rule_in_short(const struct policy_rule *rule, struct buffer *out)
{
    struct buffer scope = {0};
    buffer_addf(out, "%s ", action_name(rule->action));
    text_escape(rule->table.text, out);
    buffer_add(out, " after ");
    text_escape(rule->keep.text, out);
    buffer_add(out, " by ");
    add_clock(rule->clock, out);
    add_scope(rule, &scope);
    buffer_addf(out, "%s%s", scope.length > 0 ? "; " : "", buffer_text(&scope));
    if (rule->action == ACTION_SUMMARISE) {
        buffer_add(out, "; into ");
        add_statistics(&rule->summary, out);
    }
    for (size_t i = 0; i < rule->mask_count; i++) {
        buffer_add(out, "; ");
        add_mask(&rule->masks[i], out);
    }
    buffer_free(&scope);
}

static void add_field_lines(const struct policy_rule *rule, enum field field, struct buffer *out)
{
    struct buffer value = {0};
    add_field(rule, field, &value);
    if (value.length > 0) {
        buffer_addf(out, "  %-10s", field_names[field]);
        text_wrap(buffer_text(&value), 12, 12, out);
    }
    buffer_free(&value);
}

/* One line a column. */
static void add_mask_lines(const struct policy_rule *rule, struct buffer *out)
{
    for (size_t i = 0; i < rule->mask_count; i++) {
        struct buffer value = {0};
        add_mask(&rule->masks[i], &value);
        buffer_addf(out, "  %-10s", i == 0 ? field_names[MASKS] : "");
        text_wrap(buffer_text(&value), 12, 14, out);
        buffer_free(&value);
    }
}

static void rules_as_text(const struct policy *policy, struct buffer *out)
{
    for (size_t i = 0; i < policy->rule_count; i++) {
        buffer_add(out, i == 0 ? "" : "\n");
        text_escape(policy->rules[i].id, out);
        buffer_add(out, "\n");
        for (int field = 0; field < FIELDS; field++) {
            if (field == MASKS)
                add_mask_lines(&policy->rules[i], out);
            else
                add_field_lines(&policy->rules[i], (enum field)field, out);
        }
    }
}

static void rules_as_markdown(const struct policy *policy, struct buffer *out)
{
    buffer_add(out, "| rule |");
    for (int field = 0; field < FIELDS; field++)
        buffer_addf(out, " %s |", field_names[field]);
    buffer_add(out, "\n| --- |");
    for (int field = 0; field < FIELDS; field++)
        buffer_add(out, " --- |");
    buffer_add(out, "\n");
    for (size_t i = 0; i < policy->rule_count; i++) {
        buffer_add(out, "| ");
        add_markdown(policy->rules[i].id, out);
        for (int field = 0; field < FIELDS; field++) {
            struct buffer value = {0};
            add_field(&policy->rules[i], (enum field)field, &value);
            buffer_add(out, " | ");
            add_markdown(buffer_text(&value), out);
            buffer_free(&value);
        }
        buffer_add(out, " |\n");
    }
}

static json_t *json_tables(const struct table_name *tables, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_utf8(tables[i].text));
    return list;
}

static json_t *json_mask(const struct policy_mask *mask)
{
    json_t *object = json_object();
    json_t *items = json_array();
    json_object_set_new(object, "column", json_utf8(mask->column));
    json_object_set_new(object, "mask", json_utf8(mask_name(mask->kind)));
    json_object_set_new(object, "label", json_utf8(mask_label_name(mask_label(mask))));
    json_object_set_new(object, "text", json_utf8(mask->text));
    json_object_set_new(object, "number",
                        mask->kind == MASK_PHONE_PREFIX ? json_integer(mask->number) : json_null());
    for (size_t i = 0; i < mask->item_count; i++)
        json_array_append_new(items, json_utf8(mask->items[i]));
    json_object_set_new(object, "items", items);
    return object;
}

static json_t *json_summary(const struct policy_summary *summary)
{
    json_t *object = json_object();
    json_t *by = json_array();
    json_t *measures = json_array();
    for (size_t i = 0; i < summary->by_count; i++)
        json_array_append_new(by, json_utf8(summary->by[i]));
    for (size_t i = 0; i < summary->measure_count; i++) {
        const struct policy_measure *measure = &summary->measures[i];
        json_t *item = json_object();
        json_object_set_new(item, "into", json_utf8(measure->into));
        json_object_set_new(item, "measure", json_utf8(measure_name(measure->kind)));
        json_object_set_new(item, "column", json_utf8(measure->column));
        json_array_append_new(measures, item);
    }
    json_object_set_new(object, "into", json_utf8(summary->into.text));
    json_object_set_new(object, "period", json_utf8(period_name(summary->period)));
    json_object_set_new(object, "period_column", json_utf8(summary->period_column));
    json_object_set_new(object, "by", by);
    json_object_set_new(object, "measures", measures);
    json_object_set_new(object, "minimum", json_integer(summary->minimum));
    return object;
}

static json_t *json_rule(const struct policy_rule *rule)
{
    json_t *object = json_object();
    json_t *masks = json_array();
    struct buffer clock = {0};
    add_clock(rule->clock, &clock);
    json_object_set_new(object, "rule", json_utf8(rule->id));
    json_object_set_new(object, "table", json_utf8(rule->table.text));
    json_object_set_new(object, "except", json_tables(rule->except, rule->except_count));
    json_object_set_new(object, "category", json_utf8(rule->category->name));
    json_object_set_new(object, "action", json_utf8(action_name(rule->action)));
    json_object_set_new(object, "keep", json_utf8(rule->keep.text));
    json_object_set_new(object, "clock", json_utf8(buffer_text(&clock)));
    json_object_set_new(object, "only", json_utf8(rule->only));
    json_object_set_new(object, "unless", json_utf8(rule->unless));
    json_object_set_new(object, "cascade", json_tables(rule->cascade, rule->cascade_count));
    for (size_t i = 0; i < rule->mask_count; i++)
        json_array_append_new(masks, json_mask(&rule->masks[i]));
    json_object_set_new(object, "masks", masks);
    if (rule->action == ACTION_SUMMARISE)
        json_object_set_new(object, "summary", json_summary(&rule->summary));
    buffer_free(&clock);
    return object;
}

static void rules_as_json(const struct policy *policy, struct buffer *out)
{
    json_t *root = json_object();
    json_t *head = json_object();
    json_t *list = json_array();
    json_object_set_new(root, "format", json_string("pgretain.rules/1"));
    json_object_set_new(head, "name", json_utf8(policy->name));
    json_object_set_new(head, "sha256", json_utf8(policy->sha256));
    json_object_set_new(root, "policy", head);
    for (size_t i = 0; i < policy->rule_count; i++)
        json_array_append_new(list, json_rule(&policy->rules[i]));
    json_object_set_new(root, "rules", list);
    add_json(root, out);
}

void report_rules(const struct policy *policy, enum report_format format, struct buffer *out)
{
    if (format == REPORT_JSON)
        rules_as_json(policy, out);
    else if (format == REPORT_MARKDOWN)
        rules_as_markdown(policy, out);
    else
        rules_as_text(policy, out);
}
