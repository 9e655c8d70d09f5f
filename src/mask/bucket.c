/*
 * bucket.c - numbers down to the start of their bucket: floor(c / n) * n, exactly and in range
 */
#include "mask/writer.h"

#include <string.h>

/* The least value that a whole or decimal column holds; NULL, which greatest() passes over. */
static const char *least_value(const struct catalog_column *column, struct arena *arena)
{
    if (strcmp(column->base_type, "int2") == 0)
        return "-32768";
    if (strcmp(column->base_type, "int4") == 0)
        return "-2147483648";
    if (strcmp(column->base_type, "int8") == 0)
        return "-9223372036854775808";
    if (column->precision > 0)
        return arena_printf(arena, "('-' || repeat('9', %d) || 'e%d')::numeric", column->precision,
                            -column->scale);
    return "NULL";
}

/*
 * mod() is exact where a quotient would be rounded. The lowest bucket begins at the least value.
 * Numbers of more than 131,000 digits stay, and so do NaN and infinity.
 */
static void write_exact(const struct target *target, struct sql *sql)
{
    sql_addf(sql,
             "(SELECT CASE WHEN abs(b.v) < '1e131000' THEN "
             "trim_scale(greatest(b.v - mod(mod(b.v, b.n) + b.n, b.n), %s)) ELSE b.v END FROM "
             "(SELECT ",
             least_value(target->column, sql->arena));
    write_column(target, sql);
    sql_add(sql, "::numeric, ");
    sql_param(sql, target->mask->text, "numeric");
    sql_add(sql, ") AS b(v, n))");
}

/*
 * A multiple, rounded to the column's type, may not divide back to a whole number: what is one
 * stays. So does what lies 2^49 buckets (real: 2^22) or more from 0, where neighbours in the type
 * are an eighth (half) of a bucket apart or more. Within one bucket of 0 quotients could underflow.
 */
static void write_floating(const struct target *target, struct sql *sql)
{
    const char *type = target->column->base_type;
    sql_addf(sql,
             "(SELECT CASE WHEN NOT abs(b.v) < b.n * %s THEN b.v WHEN b.v >= 0 AND b.v < b.n "
             "THEN 0 WHEN b.v < 0 AND b.v >= -b.n THEN -b.n "
             "WHEN (round(b.v / b.n)::int8 * b.w)::%s = b.v THEN b.v "
             "ELSE (floor(b.v / b.n)::int8 * b.w)::%s END FROM (SELECT ",
             strcmp(type, "float4") == 0 ? "4194304" : "562949953421312", type, type);
    write_column(target, sql);
    sql_add(sql, "::float8, ");
    sql_param(sql, target->mask->text, "numeric");
    sql_add(sql, "::float8, ");
    sql_param(sql, target->mask->text, "numeric");
    sql_add(sql, ") AS b(v, n, w))");
}

void write_bucket(const struct target *target, struct sql *sql)
{
    if (column_family(target->column) == FAMILY_FLOAT)
        write_floating(target, sql);
    else
        write_exact(target, sql);
}
