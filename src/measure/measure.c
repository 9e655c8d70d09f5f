/*
 * measure.c - runs the counting twins and sums their classes
 */
#include "measure/measure.h"

#include "statement/statement.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    size_t offset; /* in struct counts */
    bool dates;    /* whether its oldest row counts as the step's oldest */
} classes[] = {
    {"due", offsetof(struct counts, due), true},
    {"held", offsetof(struct counts, held), true},
    {"blocked", offsetof(struct counts, blocked), true},
    {"excluded", offsetof(struct counts, excluded), true},
    {"undecided", offsetof(struct counts, undecided), true},
    {"undated", offsetof(struct counts, undated), false},
    {"active", offsetof(struct counts, active), false},
    {"future", offsetof(struct counts, future), false},
    {"done", offsetof(struct counts, done), false},
    {"young", offsetof(struct counts, rows), true}, /* counted in `rows` only */
};

static void set_all(struct counts *counts, int64_t value)
{
    *counts = (struct counts){value, value, value, value, value, value, value,
                              value, value, value, value, "",    false};
}

static void add_class(struct counts *counts, const struct db_result *r, int row)
{
    const char *name = db_value(r, row, 0), *day = db_value(r, row, 2);
    int64_t rows = db_int(r, row, 1);
    counts->rows += rows;
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (strcmp(classes[i].name, name) != 0)
            continue;
        if (classes[i].offset != offsetof(struct counts, rows))
            *(int64_t *)((char *)counts + classes[i].offset) = rows;
        if (classes[i].dates && day != NULL && strlen(day) == strlen("YYYY-MM-DD") &&
            (counts->oldest[0] == '\0' || strcmp(day, counts->oldest) < 0))
            memcpy(counts->oldest, day, strlen(day) + 1);
    }
}

int measure_step(struct db *db, const struct plan *plan, const struct plan_step *step,
                 const struct mask_key *key, struct counts *ret_counts, struct error *err)
{
    struct arena arena = {0};
    struct sql sql = {.arena = &arena};
    struct db_result *r = NULL;
    statement_count(plan, step, key, &sql);
    int rc = db_query(db, &sql, &r, err);
    if (rc == 0) {
        set_all(ret_counts, 0);
        for (int i = 0; i < db_rows(r); i++)
            add_class(ret_counts, r, i);
        if (ret_counts->rows > 0)
            ret_counts->bytes = (int64_t)((double)step->table->bytes * (double)ret_counts->due /
                                          (double)ret_counts->rows);
    }
    db_result_free(r);
    sql_free(&sql);
    arena_free(&arena);
    return rc;
}

static int count_within(struct db *db, const struct plan *plan, const struct plan_step *step,
                        const struct mask_key *key, struct counts *counts, struct error *err)
{
    if (db_run(db, "SAVEPOINT count", err) != 0)
        return -1;
    if (measure_step(db, plan, step, key, counts, err) == 0)
        return db_run(db, "RELEASE SAVEPOINT count", err);
    if (strcmp(err->sqlstate, "57014") != 0) {
        if (err->sqlstate[0] != '\0')
            snprintf(err->hint, sizeof err->hint, "This happened while rule \"%s\" was counted.",
                     step->rule_id);
        return -1;
    }
    counts->timed_out = true;
    return db_run(db, "ROLLBACK TO SAVEPOINT count", err);
}

int measure_plan(struct db *db, const struct plan *plan, const struct mask_key *key, int timeout_ms,
                 struct arena *arena, struct counts **ret_counts, struct error *err)
{
    struct counts *counts = arena_alloc(arena, plan->step_count * sizeof *counts + 1);
    char timeout[64];
    snprintf(timeout, sizeof timeout, "SET LOCAL statement_timeout = %d", timeout_ms);
    if (db_run(db, timeout, err) != 0)
        return -1;
    for (size_t i = 0; i < plan->step_count; i++) {
        set_all(&counts[i], -1);
        if (plan->steps[i].refused == NULL &&
            count_within(db, plan, &plan->steps[i], key, &counts[i], err) != 0)
            return -1;
    }
    *ret_counts = counts;
    return 0;
}
