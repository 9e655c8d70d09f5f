/* summary.c - what rows leave behind when they go: where to, per what, and which numbers. */
#include "policy/field.h"
#include "policy/parts.h"
#include "policy/schema.h"
#include "policy/text.h"

#include <stddef.h>
#include <string.h>

static const char *const period_names[] = {
    [PERIOD_DAY] = "day",         [PERIOD_WEEK] = "week", [PERIOD_MONTH] = "month",
    [PERIOD_QUARTER] = "quarter", [PERIOD_YEAR] = "year",
};
enum { PERIODS = sizeof period_names / sizeof *period_names };

static const struct window period_lengths[PERIODS] = {
    [PERIOD_NONE] = {0, 0, "0"},           [PERIOD_DAY] = {0, 1, "1 day"},
    [PERIOD_WEEK] = {0, 7, "7 days"},      [PERIOD_MONTH] = {1, 0, "1 month"},
    [PERIOD_QUARTER] = {3, 0, "3 months"}, [PERIOD_YEAR] = {12, 0, "1 year"},
};

static const char *const measure_names[] = {
    [MEASURE_COUNT] = "count",
    [MEASURE_SUM] = "sum",
    [MEASURE_MIN] = "min",
    [MEASURE_MAX] = "max",
};
enum { MEASURES = sizeof measure_names / sizeof *measure_names };

enum { MOST_MINIMUM = 1000000 };

const char *period_name(enum period period)
{
    return period_names[period];
}

const struct window *period_length(enum period period)
{
    return &period_lengths[period];
}

const char *measure_name(enum measure_kind kind)
{
    return measure_names[kind];
}

void read_into(struct reader *reader, const struct node *value, void *field)
{
    struct policy_rule *rule = field;
    field_table(reader, value, &rule->summary.into);
    if (rule->summary.into.schema_is_pattern || rule->summary.into.name_is_pattern)
        report_error(reader, value->mark, "Write a name with * or ? of its own in double quotes.",
                     "\"into\" must be one table, not a pattern");
}

static enum period find_period(struct reader *reader, const struct node *name)
{
    for (size_t i = PERIOD_DAY; i < PERIODS; i++)
        if (strcmp(name->text, period_names[i]) == 0)
            return (enum period)i;
    report_error(reader, name->mark,
                 hint_choices(reader, "Valid periods", name->text, period_names + PERIOD_DAY,
                              PERIODS - PERIOD_DAY),
                 "unknown period %s", text_quote(reader->arena, name->text));
    return PERIOD_NONE;
}

void read_period(struct reader *reader, const struct node *value, void *field)
{
    struct policy_summary *summary = &((struct policy_rule *)field)->summary;
    summary->period_mark = value->mark;
    if (value->kind == NODE_TEXT) {
        summary->period = find_period(reader, value);
        return;
    }
    const struct member *member = &value->members[0];
    if (value->member_count != 1) {
        report_error(reader, value->mark, "Write it as in {month: first_day}.",
                     "a rule has one period");
        return;
    }
    summary->period = find_period(reader, member->key);
    if (schema_check_form(reader, member->value, FORM_TEXT, "the period's column", "a column") &&
        field_is_column(reader, member->value))
        summary->period_column = member->value->text;
}

void read_by(struct reader *reader, const struct node *value, void *field)
{
    struct policy_summary *summary = &((struct policy_rule *)field)->summary;
    summary->by_mark = value->mark;
    field_texts(reader, value, "by", &summary->by, &summary->by_count);
    for (size_t i = 0; i < value->item_count; i++)
        if (value->items[i]->kind == NODE_TEXT)
            field_is_column(reader, value->items[i]);
}

static void find_measure(struct reader *reader, const struct node *name,
                         struct policy_measure *measure)
{
    for (size_t i = 0; i < MEASURES; i++) {
        if (strcmp(name->text, measure_names[i]) == 0) {
            measure->kind = (enum measure_kind)i;
            return;
        }
    }
    bool is_average = strcmp(name->text, "avg") == 0 || strcmp(name->text, "average") == 0 ||
                      strcmp(name->text, "mean") == 0;
    report_error(reader, name->mark,
                 is_average
                     ? "Averages of parts do not add up to the average of the whole: keep "
                       "a count and a sum, and divide when you read them."
                     : hint_choices(reader, "Valid measures", name->text, measure_names, MEASURES),
                 "unknown measure %s", text_quote(reader->arena, name->text));
}

/* count, or {sum: COLUMN} */
static void read_measure(struct reader *reader, const struct node *value,
                         struct policy_measure *measure)
{
    const char *subject =
        arena_printf(reader->arena, "the measure %s", text_quote(reader->arena, measure->into));
    size_t before = reader->diagnostics->errors;
    if (!schema_check_form(reader, value, FORM_TEXT | FORM_MAPPING, subject,
                           "a measure such as count or {sum: COLUMN}"))
        return;
    const struct node *name = value->kind == NODE_TEXT ? value : value->members[0].key;
    if (value->kind == NODE_MAPPING && value->member_count != 1)
        report_error(reader, value->mark, "Write one, such as {sum: COLUMN}.",
                     "a column has one measure");
    else
        find_measure(reader, name, measure);
    if (reader->diagnostics->errors > before)
        return;
    if (value->kind == NODE_TEXT && measure->kind != MEASURE_COUNT)
        report_error(reader, value->mark,
                     arena_printf(reader->arena, "Write it as in {%s: COLUMN}.", name->text),
                     "measure \"%s\" needs a column", name->text);
    else if (value->kind == NODE_MAPPING && measure->kind == MEASURE_COUNT)
        report_error(reader, name->mark, "Write the name alone: count.",
                     "measure \"count\" takes no column: it counts rows");
    else if (value->kind == NODE_MAPPING &&
             schema_check_form(reader, value->members[0].value, FORM_TEXT, subject, "a column") &&
             field_is_column(reader, value->members[0].value))
        measure->column = value->members[0].value->text;
}

void read_measures(struct reader *reader, const struct node *mapping, void *field)
{
    struct policy_summary *summary = &((struct policy_rule *)field)->summary;
    for (size_t i = 0; i < mapping->member_count; i++) {
        const struct member *member = &mapping->members[i];
        struct policy_measure measure = {.into = member->key->text, .mark = member->key->mark};
        field_is_column(reader, member->key);
        if (node_is_missing(member->value))
            report_error(reader, member->key->mark, "Write count, or {sum: COLUMN}.",
                         "the measure %s has no value",
                         text_quote(reader->arena, member->key->text));
        else
            read_measure(reader, member->value, &measure);
        *ARENA_PUSH(reader->arena, summary->measures, summary->measure_count) = measure;
    }
}

void read_minimum(struct reader *reader, const struct node *value, void *field)
{
    struct policy_summary *summary = &((struct policy_rule *)field)->summary;
    summary->minimum_mark = value->mark;
    field_integer(reader, value, "\"minimum\"", 1, MOST_MINIMUM, &summary->minimum);
}

static void report_twice(struct reader *reader, struct mark mark, const char *column)
{
    report_error(reader, mark, "Each column of the statistics table is written once.",
                 "column %s is used twice in the statistics", text_quote(reader->arena, column));
}

void check_summary(struct reader *reader, const struct node *rule,
                   const struct policy_summary *summary)
{
    static const char *const needed[][2] = {
        {"into", "Write the table of statistics: into: public.call_statistics."},
        {"period", "Write what a row of the statistics stands for: period: month."},
        {"by", "Write the columns that the statistics tell apart: by: [direction]."},
        {"measures", "Write what is counted: measures: {calls: count}."},
    };
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (tree_find(rule, needed[i][0]) == NULL)
            report_error(reader, rule->mark, needed[i][1],
                         "missing key \"%s\" in a rule with action: summarise", needed[i][0]);
    for (size_t i = 0; i < summary->by_count; i++)
        if (strcmp(summary->by[i], summary->period_column) == 0)
            report_twice(reader, summary->by_mark, summary->by[i]);
    for (size_t i = 0; i < summary->measure_count; i++) {
        const struct policy_measure *measure = &summary->measures[i];
        bool is_twice = strcmp(measure->into, summary->period_column) == 0;
        for (size_t j = 0; j < summary->by_count; j++)
            is_twice = is_twice || strcmp(measure->into, summary->by[j]) == 0;
        if (is_twice)
            report_twice(reader, measure->mark, measure->into);
    }
}
