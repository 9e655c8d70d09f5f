/* clock.c - what tells a row's age: a column, the latest of several, an expression, the parent. */
#include "policy/field.h"
#include "policy/parts.h"
#include "policy/schema.h"
#include "policy/text.h"

#include <stddef.h>
#include <string.h>

static const char *const unit_names[] = {
    [UNIT_SECONDS] = "seconds",
    [UNIT_MILLISECONDS] = "milliseconds",
    [UNIT_MICROSECONDS] = "microseconds",
    [UNIT_UUIDV7] = "uuidv7",
    [UNIT_ULID] = "ulid",
};
enum { UNITS = sizeof unit_names / sizeof *unit_names };

const char *clock_unit_name(enum clock_unit unit)
{
    return unit_names[unit];
}

static void read_unit(struct reader *reader, const struct node *value, void *field)
{
    for (size_t i = UNIT_SECONDS; i < UNITS; i++) {
        if (strcmp(value->text, unit_names[i]) == 0) {
            *(enum clock_unit *)field = (enum clock_unit)i;
            return;
        }
    }
    report_error(reader, value->mark,
                 hint_choices(reader, "Valid units", value->text, unit_names + UNIT_SECONDS,
                              UNITS - UNIT_SECONDS),
                 "unknown unit %s", text_quote(reader->arena, value->text));
}

static void read_column(struct reader *reader, const struct node *value, void *field)
{
    struct policy_clock *clock = field;
    if (field_is_column(reader, value))
        *ARENA_PUSH(reader->arena, clock->columns, clock->column_count) = value->text;
}

static void read_latest(struct reader *reader, const struct node *value, void *field)
{
    struct policy_clock *clock = field;
    field_texts(reader, value, "latest", &clock->columns, &clock->column_count);
    for (size_t i = 0; i < value->item_count; i++) {
        if (value->items[i]->kind == NODE_TEXT)
            field_is_column(reader, value->items[i]);
    }
    if (value->item_count < 2)
        report_error(reader, value->mark, "Write one column as clock: COLUMN.",
                     "\"latest\" must name two columns or more");
}

static void read_via(struct reader *reader, const struct node *value, void *field)
{
    struct policy_clock *clock = field;
    if (value->kind == NODE_TEXT)
        read_column(reader, value, clock);
    else
        field_texts(reader, value, "via", &clock->columns, &clock->column_count);
}

static void read_when_null(struct reader *reader, const struct node *value, void *field)
{
    if (strcmp(value->text, "active") == 0)
        *(bool *)field = true;
    else
        report_error(reader, value->mark,
                     "Write active where NULL means still in use; leave it out otherwise.",
                     "\"when_null\" must be active, not %s",
                     text_quote(reader->arena, value->text));
}

static const struct key clock_keys[] = {
    {"column", FORM_TEXT, "a column", false, read_column, 0},
    {"latest", FORM_LIST, "a list of columns", false, read_latest, 0},
    {"unit", FORM_TEXT, "seconds, milliseconds, microseconds, uuidv7 or ulid", false, read_unit,
     offsetof(struct policy_clock, unit)},
    {"sql", FORM_TEXT, "an SQL expression", false, field_text, offsetof(struct policy_clock, sql)},
    {"when_null", FORM_TEXT, "active", false, read_when_null,
     offsetof(struct policy_clock, null_is_active)},
    {"parent", FORM_TEXT, "a table, schema.name", false, field_table,
     offsetof(struct policy_clock, parent)},
    {"via", FORM_TEXT | FORM_LIST, "a column or a list of columns", false, read_via, 0},
    {"clock", FORM_TEXT | FORM_MAPPING, "the parent's clock", false, read_clock,
     offsetof(struct policy_clock, of)},
};
static const struct schema clock_schema = SCHEMA("a clock", clock_keys);

/* The keys of one kind may stand together and no others; `needed` of them must. */
static void check_keys(struct reader *reader, const struct node *node, const char *kind,
                       const char *const *needed, const char *const *refused)
{
    for (; *needed != NULL; needed++) {
        if (tree_find(node, *needed) == NULL)
            report_error(reader, node->mark, "Write {parent: TABLE, via: COLUMN, clock: CLOCK}.",
                         "missing key \"%s\" in a clock with \"%s\"", *needed, kind);
    }
    for (; *refused != NULL; refused++) {
        const struct node *value = tree_find(node, *refused);
        if (value != NULL)
            report_error(reader, value->mark, NULL, "\"%s\" and \"%s\" exclude each other", kind,
                         *refused);
    }
}

/* The latest of two keys would be the latest of two random numbers. */
static void check_latest(struct reader *reader, const struct node *node,
                         const struct policy_clock *clock)
{
    if (clock->unit == UNIT_UUIDV7 || clock->unit == UNIT_ULID)
        report_error(
            reader, tree_find(node, "unit")->mark,
            "Write the key as {column: COLUMN, unit: UNIT}, or an expression as {sql: ...}.",
            "unit: %s does not go with \"latest\"", clock_unit_name(clock->unit));
}

static void check_combination(struct reader *reader, const struct node *node,
                              struct policy_clock *clock)
{
    static const char *const none[] = {NULL};
    static const char *const parent_needs[] = {"via", "clock", NULL};
    static const char *const parent_refuses[] = {"column", "latest",    "sql",
                                                 "unit",   "when_null", NULL};
    static const char *const sql_refuses[] = {"column", "latest", "unit", "via", "clock", NULL};
    static const char *const latest_refuses[] = {"column", "sql", "via", "clock", NULL};
    static const char *const column_refuses[] = {"via", "clock", NULL};
    const struct node *parent = tree_find(node, "parent");
    if (parent != NULL) {
        clock->kind = CLOCK_PARENT;
        check_keys(reader, node, "parent", parent_needs, parent_refuses);
        if (clock->parent.schema_is_pattern || clock->parent.name_is_pattern)
            report_error(reader, parent->mark,
                         "Write a name with * or ? of its own in double quotes.",
                         "the parent must be one table, not a pattern");
    } else if (tree_find(node, "latest") != NULL) {
        clock->kind = CLOCK_LATEST;
        check_keys(reader, node, "latest", none, latest_refuses);
        check_latest(reader, node, clock);
    } else if (tree_find(node, "sql") != NULL) {
        clock->kind = CLOCK_SQL;
        clock->sql_mark = tree_find(node, "sql")->text_mark;
        check_keys(reader, node, "sql", none, sql_refuses);
    } else if (tree_find(node, "column") != NULL) {
        clock->kind = CLOCK_COLUMN;
        check_keys(reader, node, "column", none, column_refuses);
    } else {
        report_error(reader, node->mark,
                     "Write a column, {column: ...}, {latest: [...]}, {sql: ...} or "
                     "{parent: TABLE, via: COLUMN, clock: CLOCK}.",
                     "a clock needs one of the keys \"column\", \"latest\", \"sql\" and "
                     "\"parent\"");
    }
}

void read_clock(struct reader *reader, const struct node *value, void *field)
{
    struct policy_clock *clock = arena_alloc(reader->arena, sizeof *clock);
    clock->mark = value->mark;
    if (value->kind == NODE_TEXT) {
        read_column(reader, value, clock);
    } else {
        size_t before = reader->diagnostics->errors;
        schema_read(reader, value, &clock_schema, clock);
        if (reader->diagnostics->errors == before)
            check_combination(reader, value, clock);
    }
    *(struct policy_clock **)field = clock;
}
