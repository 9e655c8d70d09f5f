/*
 * clock.c - what a clock says, as conditions
 *
 * A value is dated when it lies after 1970-01-01: NULL, -infinity and epoch 0 or below mean that
 * nobody ever set it. No value is converted: each column is compared in its own type, so that an
 * index on it serves and no time zone is guessed. Columns with a unit are unit.c's.
 */
#include "statement/predicate.h"
#include "statement/unit.h"

#include <string.h>

static bool has_type(const struct catalog_column *column, const char *type)
{
    return strcmp(column->base_type, type) == 0;
}

struct moment clock_end(const struct catalog_cutoff *cutoff)
{
    return (struct moment){cutoff->local, cutoff->instant, cutoff->date, cutoff->microseconds};
}

static struct moment now_of(const struct catalog *catalog)
{
    return (struct moment){catalog->as_of_local, catalog->as_of, catalog->as_of_date,
                           catalog->as_of_microseconds};
}

/* The newline before the bracket keeps a trailing comment from eating it. */
static void write_value(struct writer *w, const struct plan_clock *clock, size_t i,
                        const char *alias)
{
    if (clock->sql != NULL)
        sql_addf(w->sql, "(\n%s\n)", clock->sql);
    else
        unit_write_value(w->sql, clock->unit, clock->columns[i], alias);
}

static void write_dated_value(struct writer *w, const struct plan_clock *clock, size_t i,
                              const char *alias)
{
    const struct catalog_column *column = clock->columns[i];
    if (clock->unit != UNIT_NONE) {
        unit_write_dated(w->sql, clock->unit, column, alias);
        return;
    }
    write_value(w, clock, i, alias);
    if (has_type(column, "timestamptz"))
        sql_add(w->sql, " > '1970-01-01 00:00:00+00'::timestamptz");
    else if (has_type(column, "timestamp"))
        sql_add(w->sql, " > '1970-01-01 00:00:00'::timestamp");
    else
        sql_add(w->sql, " > '1970-01-01'::date");
}

/* ` < moment` or ` > moment` behind the value. */
static void write_compared(struct writer *w, const struct plan_clock *clock, size_t i,
                           const char *alias, const char *comparison, const struct moment *moment)
{
    const struct catalog_column *column = clock->columns[i];
    write_value(w, clock, i, alias);
    sql_add(w->sql, comparison);
    if (clock->unit != UNIT_NONE)
        unit_write_bound(w->sql, clock->unit, column, moment->microseconds);
    else if (has_type(column, "timestamptz"))
        sql_param(w->sql, moment->instant, "timestamptz");
    else if (has_type(column, "timestamp"))
        sql_param(w->sql, moment->local, "timestamp");
    else
        sql_param(w->sql, moment->date, "date");
}

/* EXISTS (the parent's row AND …: the caller adds the condition and the closing bracket. */
static void begin_parent(struct writer *w, const struct plan_clock *clock, const char *alias)
{
    write_hop(w, &clock->hop, alias);
    sql_add(w->sql, " AND ");
}

void write_dated(struct writer *w, const struct plan_clock *clock, const char *alias)
{
    if (clock->kind == CLOCK_PARENT) {
        begin_parent(w, clock, alias);
        write_dated(w, clock->of, clock->hop.table->alias);
        sql_add(w->sql, ")");
        return;
    }
    sql_add(w->sql, "(");
    for (size_t i = 0; i < clock->column_count; i++) {
        sql_add(w->sql, i == 0 ? "" : " OR ");
        write_dated_value(w, clock, i, alias);
    }
    sql_add(w->sql, ")");
}

/* Every column that is set lies before the end. */
void write_before(struct writer *w, const struct plan_clock *clock, const struct moment *end,
                  const char *alias)
{
    for (size_t i = 0; i < clock->column_count; i++) {
        sql_add(w->sql, i == 0 ? "" : " AND ");
        sql_add(w->sql, clock->column_count > 1 ? "(" : "");
        write_compared(w, clock, i, alias, " < ", end);
        if (clock->column_count > 1) {
            sql_add(w->sql, " OR ");
            write_value(w, clock, i, alias);
            sql_add(w->sql, " IS NULL)");
        }
    }
}

static void write_clock_past(struct writer *w, const struct plan_clock *clock,
                             const struct catalog_cutoff *cutoff, const char *alias)
{
    if (clock->kind == CLOCK_PARENT) {
        begin_parent(w, clock, alias);
        write_clock_past(w, clock->of, cutoff, clock->hop.table->alias);
        sql_add(w->sql, ")");
        return;
    }
    const struct moment end = clock_end(cutoff);
    write_dated(w, clock, alias);
    sql_add(w->sql, " AND ");
    write_before(w, clock, &end, alias);
}

void write_slice(struct writer *w, const struct plan_clock *clock, const struct slice *slice,
                 const char *alias)
{
    if (clock->kind == CLOCK_PARENT) {
        begin_parent(w, clock, alias);
        write_slice(w, clock->of, slice, clock->hop.table->alias);
        sql_add(w->sql, ")");
        return;
    }
    for (size_t i = 0; i < clock->column_count; i++) {
        sql_add(w->sql, i == 0 ? "(" : " OR ");
        write_compared(w, clock, i, alias, " >= ", &slice->from);
    }
    sql_add(w->sql, ") AND ");
    write_before(w, clock, &slice->to, alias);
}

void write_past(struct writer *w, const struct row_test *test, const char *alias)
{
    if (test->clock == NULL) {
        sql_add(w->sql, "true");
        return;
    }
    write_clock_past(w, test->clock, test->cutoff, alias);
}

void write_active(struct writer *w, const struct plan_clock *clock, const char *alias)
{
    if (clock->kind == CLOCK_PARENT) {
        begin_parent(w, clock, alias);
        write_active(w, clock->of, clock->hop.table->alias);
        sql_add(w->sql, ")");
        return;
    }
    if (!clock->null_is_active) {
        sql_add(w->sql, "false");
        return;
    }
    for (size_t i = 0; i < clock->column_count; i++) {
        sql_add(w->sql, i == 0 ? "(" : " AND ");
        write_value(w, clock, i, alias);
        sql_add(w->sql, " IS NULL");
    }
    sql_add(w->sql, ")");
}

void write_future(struct writer *w, const struct plan_clock *clock, const char *alias)
{
    const struct moment now = now_of(w->catalog);
    if (clock->kind == CLOCK_PARENT) {
        begin_parent(w, clock, alias);
        write_future(w, clock->of, clock->hop.table->alias);
        sql_add(w->sql, ")");
        return;
    }
    sql_add(w->sql, "(");
    for (size_t i = 0; i < clock->column_count; i++) {
        sql_add(w->sql, i == 0 ? "" : " OR ");
        write_compared(w, clock, i, alias, " > ", &now);
    }
    sql_add(w->sql, ")");
}

void write_clock_date(struct writer *w, const struct plan_clock *clock, const char *alias)
{
    if (clock->kind == CLOCK_PARENT) {
        sql_add(w->sql, "(SELECT ");
        write_clock_date(w, clock->of, clock->hop.table->alias);
        write_hop_from(w, &clock->hop, alias);
        sql_add(w->sql, " LIMIT 1)");
        return;
    }
    sql_add(w->sql, clock->column_count > 1 ? "greatest(" : "(");
    for (size_t i = 0; i < clock->column_count; i++) {
        sql_add(w->sql, i == 0 ? "" : ", ");
        if (clock->unit != UNIT_NONE) {
            unit_write_date(w->sql, clock->unit, clock->columns[i], alias);
            continue;
        }
        write_value(w, clock, i, alias);
        sql_add(w->sql, "::date");
    }
    sql_add(w->sql, ")");
}

void write_clock_sortable(struct writer *w, const struct plan_clock *clock, const char *alias)
{
    if (clock->kind == CLOCK_COLUMN && clock->unit == UNIT_NONE)
        write_value(w, clock, 0, alias);
    else
        write_clock_date(w, clock, alias);
}
