/*
 * summary.c - counts rows into a table of statistics and deletes them, in one statement
 *
 *     gone      the rows, deleted, with what is kept of each
 *     groups    them, grouped and measured
 *     judged    whether each group is large enough for a row of its own, or has one already
 *     placed    the groups as they will stand, small ones together
 *     found     where such a row stands already
 *     added, made   the row there, or a new one
 *
 * All parts see the table of statistics as it was. Rows of a period that come late are a small
 * group of their own, which finds its row or the one of small groups.
 */
#include "statement/statement.h"

#include "statement/predicate.h"

#include <inttypes.h>
#include <string.h>

static struct slice last_slice(const struct plan_step *step)
{
    const struct catalog_cutoff *cutoff = step->test->cutoff;
    return (struct slice){cutoff->before,
                          {cutoff->local, cutoff->instant, cutoff->date, cutoff->microseconds}};
}

/* The first day of the period, in the type of the column that it goes into. */
static void write_period(struct sql *sql, const struct plan_summary *summary,
                         const struct slice *slice)
{
    const char *type = summary->period_column->base_type;
    if (strcmp(type, "timestamptz") == 0)
        sql_param(sql, slice->from.instant, "timestamptz");
    else if (strcmp(type, "timestamp") == 0)
        sql_param(sql, slice->from.local, "timestamp");
    else
        sql_param(sql, slice->from.date, "date");
}

/* Text is compared byte by byte, whatever its type and collation. */
static void write_key(struct sql *sql, const struct plan_by *by, const char *alias,
                      const struct catalog_column *column)
{
    sql_addf(sql, by->is_text ? "%s.%s::text COLLATE \"C\"" : "%s.%s", alias, column->quoted);
}

/* The row `kept` of the statistics is the one of this period and of `group`'s key. */
static void write_match(struct sql *sql, const struct plan_summary *summary,
                        const struct slice *slice, const char *group)
{
    sql_addf(sql, "%s AS kept\n    WHERE kept.%s = ", summary->into->quoted,
             summary->period_column->quoted);
    write_period(sql, summary, slice);
    for (size_t i = 0; i < summary->by_count; i++) {
        sql_add(sql, " AND ");
        write_key(sql, &summary->by[i], "kept", summary->by[i].to);
        sql_addf(sql, " IS NOT DISTINCT FROM %s.by_%zu", group, i + 1);
    }
}

static void write_gone(struct writer *w, const struct plan_step *step, const struct slice *slice)
{
    const struct plan_summary *summary = step->summary;
    const char *alias = step->table->alias;
    sql_addf(w->sql, "WITH gone AS (\n  DELETE FROM %s%s AS %s\n  WHERE ",
             summary->leaf_oids == NULL ? "ONLY " : "", step->table->quoted, alias);
    write_slice(w, step->test->clock, slice, alias);
    if (summary->leaf_oids != NULL) {
        sql_addf(w->sql, "\n    AND %s.tableoid = ANY (", alias);
        sql_param(w->sql, summary->leaf_oids, "oid[]");
        sql_add(w->sql, ")");
    }
    sql_add(w->sql, "\n    AND ");
    write_goes(w, step->test, alias);
    for (size_t i = 0; i < summary->by_count; i++) {
        sql_add(w->sql, i == 0 ? "\n  RETURNING " : ", ");
        write_key(w->sql, &summary->by[i], alias, summary->by[i].from);
        sql_addf(w->sql, " AS by_%zu", i + 1);
    }
    for (size_t i = 0; i < summary->measure_count; i++) {
        const struct plan_measure *measure = &summary->measures[i];
        if (measure->from == NULL)
            continue;
        bool is_float = measure->kind == MEASURE_SUM && measure->from->base_type[0] == 'f';
        sql_addf(w->sql, ", %s.%s%s AS value_%zu", alias, measure->from->quoted,
                 is_float ? "::numeric" : "", i + 1);
    }
}

static void write_keys_listed(struct sql *sql, const struct plan_summary *summary)
{
    for (size_t i = 0; i < summary->by_count; i++)
        sql_addf(sql, "%sby_%zu", i == 0 ? "" : ", ", i + 1);
}

static void write_groups(struct sql *sql, const struct plan_summary *summary)
{
    sql_add(sql, "\n), groups AS (\n  SELECT ");
    write_keys_listed(sql, summary);
    sql_add(sql, ", count(*) AS size");
    for (size_t i = 0; i < summary->measure_count; i++) {
        const struct plan_measure *measure = &summary->measures[i];
        if (measure->kind == MEASURE_COUNT)
            sql_add(sql, ", count(*)");
        else if (measure->kind == MEASURE_SUM)
            sql_addf(sql, ", coalesce(sum(value_%zu), '0')", i + 1);
        else
            sql_addf(sql, ", %s(value_%zu)", measure_name(measure->kind), i + 1);
        sql_addf(sql, " AS measure_%zu", i + 1);
    }
    sql_add(sql, "\n  FROM gone GROUP BY ");
    write_keys_listed(sql, summary);
}

static void write_judged(struct sql *sql, const struct plan_summary *summary,
                         const struct slice *slice, struct arena *arena)
{
    sql_add(sql, "\n), judged AS (\n  SELECT groups.*, size >= ");
    sql_param(sql, arena_printf(arena, "%" PRId64, summary->minimum), "bigint");
    sql_add(sql, " OR EXISTS (SELECT FROM ");
    write_match(sql, summary, slice, "groups");
    sql_add(sql, ") AS stands\n  FROM groups");
}

static void write_placed(struct sql *sql, const struct plan_summary *summary)
{
    sql_add(sql, "\n), placed AS (\n  SELECT ");
    for (size_t i = 0; i < summary->by_count; i++)
        sql_addf(sql, "%sCASE WHEN stands THEN by_%zu%s END AS by_%zu", i == 0 ? "" : ", ", i + 1,
                 summary->by[i].is_text ? " ELSE 'other'" : "", i + 1);
    for (size_t i = 0; i < summary->measure_count; i++) {
        enum measure_kind kind = summary->measures[i].kind;
        sql_addf(sql, ", %s(measure_%zu) AS measure_%zu",
                 measure_name(kind == MEASURE_COUNT ? MEASURE_SUM : kind), i + 1, i + 1);
    }
    sql_add(sql, "\n  FROM judged GROUP BY ");
    for (size_t i = 0; i < summary->by_count; i++)
        sql_addf(sql, "%s%zu", i == 0 ? "" : ", ", i + 1);
}

static void write_found(struct sql *sql, const struct plan_summary *summary,
                        const struct slice *slice)
{
    sql_add(sql, "\n), found AS (\n  SELECT placed.*, (SELECT kept.ctid FROM ");
    write_match(sql, summary, slice, "placed");
    sql_add(sql, "\n    LIMIT 1) AS place\n  FROM placed");
}

static void write_added(struct sql *sql, const struct plan_summary *summary)
{
    sql_addf(sql, "\n), added AS (\n  UPDATE ONLY %s AS kept SET ", summary->into->quoted);
    for (size_t i = 0; i < summary->measure_count; i++) {
        const struct plan_measure *measure = &summary->measures[i];
        const char *column = measure->to->quoted;
        sql_addf(sql, "%s%s = ", i == 0 ? "" : ",\n    ", column);
        if (measure->kind == MEASURE_MIN || measure->kind == MEASURE_MAX)
            sql_addf(sql, "%s(kept.%s, found.measure_%zu)",
                     measure->kind == MEASURE_MIN ? "least" : "greatest", column, i + 1);
        else
            sql_addf(sql, "coalesce(kept.%s, '0') + found.measure_%zu", column, i + 1);
    }
    sql_add(sql, "\n  FROM found WHERE kept.ctid = found.place\n  RETURNING 1");
}

static void write_made(struct sql *sql, const struct plan_summary *summary,
                       const struct slice *slice)
{
    sql_addf(sql, "\n), made AS (\n  INSERT INTO %s (%s", summary->into->quoted,
             summary->period_column->quoted);
    for (size_t i = 0; i < summary->by_count; i++)
        sql_addf(sql, ", %s", summary->by[i].to->quoted);
    for (size_t i = 0; i < summary->measure_count; i++)
        sql_addf(sql, ", %s", summary->measures[i].to->quoted);
    sql_add(sql, ")\n  SELECT ");
    write_period(sql, summary, slice);
    for (size_t i = 0; i < summary->by_count; i++)
        sql_addf(sql, ", by_%zu", i + 1);
    for (size_t i = 0; i < summary->measure_count; i++)
        sql_addf(sql, ", measure_%zu", i + 1);
    sql_add(sql, "\n  FROM found WHERE place IS NULL\n  RETURNING 1\n)");
}

void statement_summary(const struct plan *plan, const struct plan_step *step,
                       const struct slice *slice, struct sql *out)
{
    struct writer w = {out, plan->catalog, FOR_THE_DEED, false};
    struct slice last = last_slice(step);
    slice = slice == NULL ? &last : slice;
    write_gone(&w, step, slice);
    write_groups(out, step->summary);
    write_judged(out, step->summary, slice, out->arena);
    write_placed(out, step->summary);
    write_found(out, step->summary, slice);
    write_added(out, step->summary);
    write_made(out, step->summary, slice);
    sql_add(out, "\nSELECT (SELECT count(*) FROM gone),\n"
                 "  (SELECT count(*) FROM found) ="
                 " (SELECT count(*) FROM added) + (SELECT count(*) FROM made)");
}

/*
 * A clock's date is one of UTC, or of the calendar that the column is written in; the policy's time
 * zone is never a whole day away.
 */
void statement_slices(const struct plan *plan, const struct plan_step *step, struct sql *out)
{
    struct writer w = {out, plan->catalog, FOR_COUNTING, false};
    const char *alias = step->table->alias;
    sql_add(out, "SELECT m.local::text,\n"
                 "  to_char(m.local AT TIME ZONE ");
    sql_param(out, plan->policy->time_zone, "text");
    sql_add(out, ", 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'),\n"
                 "  m.local::date::text,\n"
                 "  extract(epoch FROM m.local AT TIME ZONE ");
    sql_param(out, plan->policy->time_zone, "text");
    sql_add(out, ")::bigint * 1000000\nFROM (SELECT DISTINCT date_trunc(");
    sql_param(out, period_name(step->summary->period), "text");
    sql_add(out, ", (days.day + near.by)::timestamp) AS start\n"
                 "  FROM (SELECT DISTINCT ");
    write_clock_date(&w, step->test->clock, alias);
    sql_addf(out, " AS day FROM %s AS %s\n    WHERE ", step->table->quoted, alias);
    write_past(&w, step->test, alias);
    write_not_excepted(&w, " AND ", step->test, alias);
    sql_add(out, ") AS days\n"
                 "  CROSS JOIN (VALUES (-1), (0), (1)) AS near (by)) AS periods\n"
                 "CROSS JOIN LATERAL (VALUES (periods.start, 1), (periods.start + ");
    sql_param(out, period_length(step->summary->period)->text, "interval");
    sql_add(out, ", 2)) AS m (local, part)\nWHERE periods.start < ");
    sql_param(out, step->test->cutoff->local, "timestamp");
    sql_add(out, "\nORDER BY periods.start, m.part");
}
