/* field.c - text, words, dates, windows, numbers, names and lists of them. */
#include "policy/field.h"

#include "base/lookup.h"
#include "policy/calendar.h"
#include "policy/schema.h"
#include "policy/text.h"

#include <inttypes.h>
#include <string.h>

enum { LONGEST_COLUMN_BYTES = 63 };

void field_text(struct reader *reader, const struct node *value, void *field)
{
    (void)reader;
    *(const char **)field = value->text;
}

void field_word(struct reader *reader, const struct node *value, void *field)
{
    enum { LONGEST_WORD = 100 };
    if (!text_is_word(value->text) || strlen(value->text) > LONGEST_WORD || *value->text == '.' ||
        *value->text == '-') {
        report_error(reader, value->mark,
                     "Use letters, digits, \".\", \"_\" and \"-\", starting with a letter, a digit "
                     "or \"_\"; 100 at most.",
                     "invalid name %s", text_quote(reader->arena, value->text));
        return;
    }
    *(const char **)field = value->text;
}

void field_date(struct reader *reader, const struct node *value, void *field)
{
    if (!calendar_is_date(value->text)) {
        report_error(reader, value->mark, "Dates are written YYYY-MM-DD.", "invalid date %s",
                     text_quote(reader->arena, value->text));
        return;
    }
    *(const char **)field = value->text;
}

void field_window(struct reader *reader, const struct node *value, void *field)
{
    struct error err;
    if (window_parse(value->text, reader->arena, field, &err) < 0)
        report_error(reader, value->mark, err.hint, "%s", err.message);
}

void field_bool(struct reader *reader, const struct node *value, void *field)
{
    bool is_true = value->is_plain && strcmp(value->text, "true") == 0;
    if (is_true || (value->is_plain && strcmp(value->text, "false") == 0))
        *(bool *)field = is_true;
    else
        report_error(reader, value->mark, "Write true or false.", "%s is neither true nor false",
                     text_quote(reader->arena, value->text));
}

void field_table(struct reader *reader, const struct node *value, void *field)
{
    struct error err;
    struct table_name *name = field;
    if (table_name_parse(value->text, reader->arena, name, &err) < 0)
        report_error(reader, value->mark, err.hint, "%s", err.message);
    else
        name->mark = value->mark;
}

void field_schema(struct reader *reader, const struct node *value, void *field)
{
    struct error err;
    struct table_name *name = field;
    const char *tables = arena_printf(reader->arena, "%s.*", value->text);
    if (table_name_parse(tables, reader->arena, name, &err) < 0) {
        report_error(
            reader, value->mark,
            "A schema that holds . * ? or \" is written in double quotes; others have * and "
            "? as wildcards.",
            "invalid schema name %s", text_quote(reader->arena, value->text));
        return;
    }
    name->text = value->text;
    name->mark = value->mark;
}

bool field_integer(struct reader *reader, const struct node *value, const char *subject,
                   int64_t min, int64_t max, int64_t *ret_value)
{
    int64_t number = 0;
    size_t digits = strspn(value->text, "0123456789");
    for (size_t i = 0; i < digits && number <= max; i++)
        number = number * 10 + (value->text[i] - '0');
    if (!value->is_plain || digits == 0 || value->text[digits] != '\0' || number < min ||
        number > max) {
        report_error(reader, value->mark, NULL,
                     "%s must be a whole number from %" PRId64 " to %" PRId64, subject, min, max);
        return false;
    }
    *ret_value = number;
    return true;
}

void field_tables(struct reader *reader, const struct node *list, const char *subject,
                  struct table_name **ret_items, size_t *ret_count)
{
    const char *each = arena_printf(reader->arena, "an item of \"%s\"", subject);
    struct lookup known = {0};
    for (size_t i = 0; i < list->item_count; i++) {
        const struct node *item = list->items[i];
        struct table_name name = {0};
        if (!schema_check_form(reader, item, FORM_TEXT, each, "a table, schema.name"))
            continue;
        field_table(reader, item, &name);
        if (name.name == NULL)
            continue;
        const char *key = field_table_key(reader, &name);
        if (lookup_add(&known, reader->arena, key, NULL, item) == NULL)
            *ARENA_PUSH(reader->arena, *ret_items, *ret_count) = name;
        else
            report_error(reader, item->mark, NULL, "%s stands in \"%s\" twice",
                         text_quote(reader->arena, item->text), subject);
    }
}

void field_texts(struct reader *reader, const struct node *list, const char *subject,
                 const char ***ret_items, size_t *ret_count)
{
    const char *each = arena_printf(reader->arena, "an item of \"%s\"", subject);
    struct lookup known = {0};
    for (size_t i = 0; i < list->item_count; i++) {
        const struct node *item = list->items[i];
        if (!schema_check_form(reader, item, FORM_TEXT, each, "text"))
            continue;
        if (lookup_add(&known, reader->arena, item->text, NULL, item) == NULL)
            *ARENA_PUSH(reader->arena, *ret_items, *ret_count) = item->text;
        else
            report_error(reader, item->mark, NULL, "%s stands in \"%s\" twice",
                         text_quote(reader->arena, item->text), subject);
    }
}

bool field_is_column(struct reader *reader, const struct node *value)
{
    if (strlen(value->text) <= LONGEST_COLUMN_BYTES)
        return true;
    report_error(reader, value->mark, "PostgreSQL keeps the first 63 bytes of a name; write those.",
                 "column name %s is longer than 63 bytes", text_quote(reader->arena, value->text));
    return false;
}

const char *field_table_key(struct reader *reader, const struct table_name *name)
{
    /* no text in UTF-8 holds the byte between the parts */
    return arena_printf(reader->arena, "%c%s\xff%c%s", name->schema_is_pattern ? '*' : '=',
                        name->schema, name->name_is_pattern ? '*' : '=', name->name);
}
