/* destroy.c - masks that leave nothing of the value: null, default, fixed, empty, unique. */
#include "mask/writer.h"

#include <string.h>

void write_null(const struct target *target, struct sql *sql)
{
    (void)target;
    sql_add(sql, "NULL");
}

/* For a composite value `IS NOT NULL` is false as soon as one field is NULL. */
void write_null_todo(const struct target *target, struct sql *sql)
{
    write_column(target, sql);
    sql_add(sql, " IS DISTINCT FROM NULL");
}

void write_default(const struct target *target, struct sql *sql)
{
    sql_add(sql, target->column->default_sql);
}

void write_fixed(const struct target *target, struct sql *sql)
{
    sql_param(sql, target->mask->text, target->column->type);
}

static const char *empty_value(const struct catalog_column *column)
{
    enum family family = column_family(column);
    return (family & (FAMILY_TEXT | FAMILY_BYTEA)) != 0 ? "''" : "'{}'";
}

void write_empty(const struct target *target, struct sql *sql)
{
    sql_add(sql, empty_value(target->column));
}

void write_empty_todo(const struct target *target, struct sql *sql)
{
    sql_add(sql, "(");
    if (column_family(target->column) == FAMILY_BYTEA) {
        sql_add(sql, "octet_length(");
        write_column(target, sql);
        sql_add(sql, ") > 0) IS TRUE");
    } else {
        write_text(target, sql);
        sql_addf(sql, " <> %s) IS TRUE", empty_value(target->column));
    }
}

#define HEX_DIGITS "replace(gen_random_uuid()::text, '-', '')"

/*
 * The last 15 digits of a version 4 UUID are all random. 16 of them let a billion rows collide
 * with probability 0.1; 14 are for columns too short for more.
 */
void write_unique(const struct target *target, struct sql *sql)
{
    int limit = target->column->max_length;
    if (column_family(target->column) == FAMILY_UUID)
        sql_add(sql, "('e5a5ed00' || substr(gen_random_uuid()::text, 9))::uuid");
    else if (limit == 0 || limit >= 58)
        sql_add(sql, "'erased-' || gen_random_uuid() || '@erased.invalid'");
    else if (limit >= 38)
        sql_add(sql, "'erased-' || right(" HEX_DIGITS ", 16) || '@erased.invalid'");
    else if (limit >= 23)
        sql_add(sql, "'erased-' || right(" HEX_DIGITS ", 16)");
    else
        sql_add(sql, "'e-' || right(" HEX_DIGITS ", 14)");
}

/* Any form counts as done, so that a column made longer is not erased again. */
void write_unique_todo(const struct target *target, struct sql *sql)
{
    sql_add(sql, "(");
    write_text(target, sql);
    if (column_family(target->column) == FAMILY_UUID)
        sql_add(sql, " !~ '^e5a5ed00-[0-9a-f]{4}-4'");
    else
        sql_add(sql, " !~ '^(erased-([0-9a-f]{16}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})"
                     "(@erased[.]invalid)?|e-[0-9a-f]{14})$'");
    sql_add(sql, ") IS TRUE");
}
