/*
 * slice.c - ranges of blocks and of clock values, as positions that can be halved
 *
 * Of blocks a position is block * 65536 + tuple number. Of a clock it is days since 1970-01-01 for
 * a date, microseconds for a timestamp or timestamptz, and the number itself for an epoch number in
 * an integer column. Slices are made along plain columns of those types only.
 */
#include "statement/slice.h"

#include "statement/statement.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { PER_BLOCK = 65536, PER_SECOND = 1000000, SECONDS_PER_DAY = 86400 };

static const struct catalog_column *clock_column(const struct plan_step *step)
{
    return step->test->clock->columns[0];
}

static bool has_type(const struct plan_step *step, const char *type)
{
    return strcmp(clock_column(step)->base_type, type) == 0;
}

static int64_t per_second(const struct plan_step *step)
{
    enum clock_unit unit = step->test->clock->unit;
    return unit == UNIT_SECONDS ? 1 : unit == UNIT_MILLISECONDS ? 1000 : PER_SECOND;
}

static const char *bound_type(const struct plan_step *step, enum strategy strategy)
{
    if (strategy != STRATEGY_CLOCK_SLICES)
        return "tid";
    return step->test->clock->unit != UNIT_NONE ? "bigint" : clock_column(step)->base_type;
}

static void day_text(int64_t days, char *text, size_t size)
{
    struct tm calendar;
    time_t instant = (time_t)days * SECONDS_PER_DAY;
    gmtime_r(&instant, &calendar);
    strftime(text, size, "%Y-%m-%d", &calendar);
}

void statement_bound(const struct plan_step *step, enum strategy strategy, int64_t position,
                     char ret_text[STATEMENT_BOUND])
{
    char day[STATEMENT_BOUND / 2];
    if (strategy != STRATEGY_CLOCK_SLICES)
        snprintf(ret_text, STATEMENT_BOUND, "(%" PRId64 ",%" PRId64 ")", position / PER_BLOCK,
                 position % PER_BLOCK);
    else if (step->test->clock->unit != UNIT_NONE)
        snprintf(ret_text, STATEMENT_BOUND, "%" PRId64, position);
    else if (has_type(step, "date"))
        day_text(position, ret_text, STATEMENT_BOUND);
    else {
        int64_t second = position / PER_SECOND % SECONDS_PER_DAY;
        day_text(position / PER_SECOND / SECONDS_PER_DAY, day, sizeof day);
        snprintf(ret_text, STATEMENT_BOUND, "%s %02d:%02d:%02d.%06d%s", day, (int)(second / 3600),
                 (int)(second / 60 % 60), (int)(second % 60), (int)(position % PER_SECOND),
                 has_type(step, "timestamptz") ? "+00" : "");
    }
}

static int64_t day_of(const struct plan_step *step, int64_t position)
{
    return has_type(step, "date")                 ? position
           : step->test->clock->unit != UNIT_NONE ? position / per_second(step) / SECONDS_PER_DAY
                                                  : position / PER_SECOND / SECONDS_PER_DAY;
}

void statement_range_text(const struct plan_step *step, enum strategy strategy, int64_t from,
                          int64_t to, char *ret_text, size_t size)
{
    char first[STATEMENT_BOUND], last[STATEMENT_BOUND];
    if (strategy != STRATEGY_CLOCK_SLICES) {
        statement_bound(step, strategy, from, first);
        statement_bound(step, strategy, to, last);
        snprintf(ret_text, size, "%s-%s", first, last);
        return;
    }
    day_text(day_of(step, from), first, sizeof first);
    day_text(day_of(step, to - 1), last, sizeof last);
    snprintf(ret_text, size, "%s to %s", first, last);
}

void slice_write(struct writer *w, const struct plan_step *step, enum strategy strategy,
                 int64_t from, const char *alias)
{
    char first[STATEMENT_BOUND];
    const char *type = bound_type(step, strategy), *name = "ctid", *end = "(4294967295,0)";
    statement_bound(step, strategy, from, first);
    if (strategy == STRATEGY_CLOCK_SLICES) {
        const struct catalog_cutoff *cutoff = step->test->cutoff;
        name = clock_column(step)->quoted;
        end = has_type(step, "date")        ? cutoff->date
              : has_type(step, "timestamp") ? cutoff->local
                                            : cutoff->instant;
        if (step->test->clock->unit != UNIT_NONE)
            end = arena_printf(w->sql->arena, "%" PRId64,
                               cutoff->microseconds / (PER_SECOND / per_second(step)));
    }
    sql_addf(w->sql, "%s.%s >= ", alias, name);
    sql_param(w->sql, arena_strdup(w->sql->arena, first), type);
    sql_addf(w->sql, " AND %s.%s < ", alias, name);
    sql_param(w->sql, end, type);
}

/* The clock's value as a position. */
static void write_position(struct writer *w, const struct plan_step *step, const char *aggregate)
{
    const char *column = clock_column(step)->quoted, *alias = step->table->alias;
    if (step->test->clock->unit != UNIT_NONE)
        sql_addf(w->sql, "%s(%s.%s)::bigint", aggregate, alias, column);
    else if (has_type(step, "date"))
        sql_addf(w->sql, "%s(%s.%s) - '1970-01-01'::date", aggregate, alias, column);
    else
        sql_addf(w->sql, "(extract(epoch FROM %s(%s.%s)) * %d)::bigint", aggregate, alias, column,
                 PER_SECOND);
}

void statement_slice_look(const struct plan *plan, const struct plan_step *step,
                          const struct catalog_table *leaf, int64_t from,
                          const struct mask_key *key, struct sql *out)
{
    struct writer w = {out, plan->catalog, FOR_THE_DEED, false};
    sql_add(out, "SELECT ");
    write_position(&w, step, "min");
    sql_add(out, ", ");
    write_position(&w, step, "max");
    sql_addf(out, "\nFROM ONLY %s AS %s WHERE ", leaf->quoted, step->table->alias);
    slice_write(&w, step, STRATEGY_CLOCK_SLICES, from, step->table->alias);
    if (step->rule->mask_count == 0)
        return;
    sql_add(out, " AND (");
    write_todo(&w, step, key);
    sql_add(out, ")");
}
