/*
 * returned.c - rows that are past a cutoff behind which an earlier run left fewer
 *
 * They are what the same rules find past that cutoff now, of whatever class. Nothing is counted
 * where the counts of today tell already: when no more rows are past today's cutoff than were left,
 * or the oldest row is younger than the earlier one.
 */
#include "measure/measure.h"

#include <string.h>

enum { DATE_LENGTH = 10 };

static int64_t rows_past(const struct counts *counts)
{
    return counts->due + counts->held + counts->blocked + counts->undecided + counts->excluded;
}

static bool is_younger(const struct counts *counts, const struct catalog_cutoff *cutoff)
{
    return counts->oldest[0] != '\0' && strncmp(counts->oldest, cutoff->instant, DATE_LENGTH) > 0 &&
           strncmp(counts->oldest, cutoff->date, DATE_LENGTH) > 0;
}

/* The cutoff in each form that some type of clock is compared with. */
static int read_cutoff(struct db *db, const struct plan *plan, const char *instant,
                       struct arena *arena, struct catalog_cutoff *ret_cutoff, struct error *err)
{
    const char *params[] = {instant, plan->policy->time_zone};
    struct db_result *r = NULL;
    if (db_query_text(db,
                      "SELECT local::text, local::date::text,"
                      " extract(epoch FROM date_trunc('second', at))::bigint * 1000000"
                      " + extract(microseconds FROM at)::bigint % 1000000"
                      " FROM (SELECT $1::timestamptz, $1::timestamptz AT TIME ZONE $2)"
                      " AS moment (at, local)",
                      params, 2, &r, err) != 0)
        return -1;
    *ret_cutoff = (struct catalog_cutoff){.instant = instant,
                                          .local = arena_strdup(arena, db_value(r, 0, 0)),
                                          .date = arena_strdup(arena, db_value(r, 0, 1)),
                                          .microseconds = db_int(r, 0, 2)};
    db_result_free(r);
    return 0;
}

static void add_step(struct plan *asked, const struct plan_step *step,
                     const struct catalog_cutoff *cutoff, struct arena *arena)
{
    struct row_test *test = arena_alloc(arena, sizeof *test);
    *test = *step->test;
    test->cutoff = cutoff;
    asked->steps[asked->step_count] = *step;
    asked->steps[asked->step_count++].test = test;
}

int measure_returned(struct db *db, const struct plan *plan, const struct counts *counts,
                     const struct earlier_end *ends, const struct mask_key *key, int timeout_ms,
                     struct arena *arena, int64_t **ret_rows, struct error *err)
{
    int64_t *rows = arena_alloc(arena, plan->step_count * sizeof *rows + 1);
    size_t *numbers = arena_alloc(arena, plan->step_count * sizeof *numbers + 1);
    struct plan asked = *plan;
    struct counts *answers = NULL;
    asked.steps = arena_alloc(arena, plan->step_count * sizeof *asked.steps + 1);
    asked.step_count = 0;
    for (size_t i = 0; i < plan->step_count; i++) {
        struct catalog_cutoff *cutoff = arena_alloc(arena, sizeof *cutoff);
        if (ends[i].cutoff == NULL || counts[i].due < 0 || rows_past(&counts[i]) <= ends[i].left)
            continue;
        if (read_cutoff(db, plan, ends[i].cutoff, arena, cutoff, err) != 0)
            return -1;
        if (is_younger(&counts[i], cutoff))
            continue;
        numbers[asked.step_count] = i;
        add_step(&asked, &plan->steps[i], cutoff, arena);
    }
    if (measure_plan(db, &asked, key, timeout_ms, arena, &answers, err) != 0)
        return -1;
    for (size_t i = 0; i < asked.step_count; i++) {
        int64_t more = answers[i].due < 0 ? 0 : rows_past(&answers[i]) - ends[numbers[i]].left;
        rows[numbers[i]] = more > 0 ? more : 0;
    }
    *ret_rows = rows;
    return 0;
}
