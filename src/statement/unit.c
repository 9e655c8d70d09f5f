/*
 * unit.c - columns that tell time without being a date: epoch numbers, UUIDv7, ULID
 *
 * What stands left of a comparison is the column as it is, and the bound is converted to the
 * column's unit and type, rounded down: like a date, a coarse number is never past earlier than its
 * whole unit is. Only a ULID kept as text is folded first, as it may be written in small letters.
 *
 * UUIDv7 is RFC 9562 section 5.7; ULID is the specification of github.com/ulid/spec: 48 bits of
 * milliseconds in the first ten of 26 characters of Crockford's base 32, which has no I, L, O, U.
 */
#include "statement/unit.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define CROCKFORD "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

enum { TIME_LETTERS = 10, LETTERS = 26, BOUND_TEXT = 48 };

/* 10000-01-01: to_timestamp() fails only far beyond, dates after it are nobody's. */
static const int64_t end_seconds = 253402300800;

static bool has_type(const struct catalog_column *column, const char *type)
{
    return strcmp(column->base_type, type) == 0;
}

static bool is_whole(const struct catalog_column *column)
{
    return strncmp(column->base_type, "int", 3) == 0;
}

static int64_t per_second(enum clock_unit unit)
{
    return unit == UNIT_SECONDS ? 1 : unit == UNIT_MILLISECONDS ? 1000 : 1000000;
}

static bool is_number(enum clock_unit unit)
{
    return unit >= UNIT_SECONDS && unit <= UNIT_MICROSECONDS;
}

static void ulid_text(int64_t milliseconds, char out[BOUND_TEXT])
{
    memset(out, '0', LETTERS);
    out[LETTERS] = '\0';
    for (int i = TIME_LETTERS - 1; i >= 0; i--, milliseconds /= 32)
        out[i] = CROCKFORD[milliseconds % 32];
}

static void bound_text(enum clock_unit unit, const struct catalog_column *column,
                       int64_t microseconds, char out[BOUND_TEXT])
{
    int64_t instant = microseconds < 0 ? 0 : microseconds;
    int64_t part = is_number(unit) ? 1000000 / per_second(unit) : 1000;
    int64_t whole = instant / part;
    if (is_number(unit) && (is_whole(column) || part == 1))
        snprintf(out, BOUND_TEXT, "%" PRId64, whole);
    else if (is_number(unit))
        snprintf(out, BOUND_TEXT, "%" PRId64 ".%0*" PRId64, whole, unit == UNIT_SECONDS ? 6 : 3,
                 instant % part);
    else if (has_type(column, "uuid"))
        snprintf(out, BOUND_TEXT, "%08" PRIx64 "-%04" PRIx64 "-0000-0000-000000000000",
                 (uint64_t)whole >> 16, (uint64_t)whole & 0xffff);
    else
        ulid_text(whole, out);
}

static const char *bound_type(const struct catalog_column *column)
{
    const char *type = column->base_type;
    return is_whole(column)                 ? "bigint"
           : strncmp(type, "float", 5) == 0 ? "double precision"
           : has_type(column, "numeric")    ? "numeric"
           : has_type(column, "uuid")       ? "uuid"
                                            : "text";
}

void unit_write_value(struct sql *sql, enum clock_unit unit, const struct catalog_column *column,
                      const char *alias)
{
    if (unit == UNIT_ULID && !has_type(column, "uuid"))
        sql_addf(sql, "upper(%s.%s::text COLLATE \"C\")", alias, column->quoted);
    else
        sql_addf(sql, "%s.%s", alias, column->quoted);
}

void unit_write_bound(struct sql *sql, enum clock_unit unit, const struct catalog_column *column,
                      int64_t microseconds)
{
    char text[BOUND_TEXT];
    bound_text(unit, column, microseconds, text);
    sql_param(sql, arena_strdup(sql->arena, text), bound_type(column));
}

void unit_write_dated(struct sql *sql, enum clock_unit unit, const struct catalog_column *column,
                      const char *alias)
{
    sql_add(sql, "(");
    unit_write_value(sql, unit, column, alias);
    if (is_number(unit)) {
        sql_add(sql, " > 0)");
        return;
    }
    char first[BOUND_TEXT];
    bound_text(unit, column, 1000, first);
    sql_addf(sql, " >= '%s'::%s", first, bound_type(column));
    if (unit == UNIT_UUIDV7) {
        sql_addf(sql, " AND substr(%s.%s::text, 15, 1) = '7'", alias, column->quoted);
    } else if (!has_type(column, "uuid")) {
        sql_add(sql, " AND ");
        unit_write_value(sql, unit, column, alias);
        sql_addf(sql, " ~ '^[0-7][0-9A-HJKMNP-TV-Z]{%d}$'", LETTERS - 1);
    }
    sql_add(sql, ")");
}

/* The milliseconds of a UUID's or a ULID's first 48 bits. */
static void write_milliseconds(struct sql *sql, enum clock_unit unit,
                               const struct catalog_column *column, const char *alias)
{
    if (has_type(column, "uuid")) {
        sql_addf(sql, "('x0000' || substr(replace(%s.%s::text, '-', ''), 1, 12))::bit(64)::bigint",
                 alias, column->quoted);
        return;
    }
    sql_add(sql, "(SELECT sum((strpos('" CROCKFORD "', substr(");
    unit_write_value(sql, unit, column, alias);
    sql_addf(sql, ", i, 1)) - 1) * 32::numeric ^ (%d - i)) FROM generate_series(1, %d) AS i)",
             TIME_LETTERS, TIME_LETTERS);
}

void unit_write_date(struct sql *sql, enum clock_unit unit, const struct catalog_column *column,
                     const char *alias)
{
    sql_add(sql, "CASE WHEN ");
    unit_write_dated(sql, unit, column, alias);
    if (is_number(unit)) {
        sql_addf(sql, " AND %s.%s < %" PRId64, alias, column->quoted,
                 end_seconds * per_second(unit));
        sql_addf(sql, " THEN to_timestamp(%s.%s / %" PRId64 ".0::double precision)::date END",
                 alias, column->quoted, per_second(unit));
        return;
    }
    sql_add(sql, " THEN to_timestamp(");
    write_milliseconds(sql, unit, column, alias);
    sql_add(sql, " / 1000.0)::date END");
}
