/*
 * measure.c - runs the counting twins and sums their classes
 */
#include "measure/measure.h"

#include "statement/statement.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Smaller tables are not scanned in parallel; and how long is waited to see others write. */
enum { PARALLEL_BYTES = 8 * 1024 * 1024, OTHERS_MS = 20 };

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
    *counts = (struct counts){.rows = value,
                              .due = value,
                              .held = value,
                              .blocked = value,
                              .excluded = value,
                              .undecided = value,
                              .undated = value,
                              .active = value,
                              .future = value,
                              .done = value,
                              .bytes = value};
}

/* The block of a tuple id such as "(12,3)". */
static int64_t block_of(const char *place)
{
    return place == NULL ? 0 : strtoll(place + 1, NULL, 10);
}

/* The leaf's own: there is one extent per leaf, in their order, which is that of their oids. */
static struct extent *extent_of(const struct plan_step *step, int64_t oid, struct counts *counts)
{
    size_t low = 0, high = step->leaf_count;
    if (step->leaf_count == 1)
        return &counts->extents[0];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (step->leaves[middle]->oid < oid)
            low = middle + 1;
        else
            high = middle;
    }
    return low < step->leaf_count && step->leaves[low]->oid == oid ? &counts->extents[low] : NULL;
}

static void make_extents(const struct plan_step *step, struct arena *arena, struct counts *counts)
{
    counts->extent_count = step->leaf_count;
    counts->extents = arena_alloc(arena, step->leaf_count * sizeof *counts->extents + 1);
    for (size_t i = 0; i < step->leaf_count; i++)
        counts->extents[i].leaf = step->leaves[i];
}

static void add_extent(const struct plan_step *step, const struct db_result *r, int row,
                       struct counts *counts)
{
    struct extent *extent = extent_of(step, db_int(r, row, 1), counts);
    if (extent == NULL)
        return;
    if (strcmp(db_value(r, row, 0), "due") != 0) {
        extent->other += db_int(r, row, 2);
        return;
    }
    extent->due = db_int(r, row, 2);
    extent->first_block = block_of(db_value(r, row, 4));
    extent->end_block = db_value(r, row, 5) == NULL ? -1 : block_of(db_value(r, row, 5)) + 1;
}

static void keep_older(const char *day, char oldest[16])
{
    if (oldest[0] == '\0' || strcmp(day, oldest) < 0)
        memcpy(oldest, day, strlen(day) + 1);
}

/* Where the leaf cannot be told, due rows can lie in any block of any. */
static void add_to_all(const struct plan_step *step, const struct db_result *r, int row,
                       struct counts *counts)
{
    bool is_due = strcmp(db_value(r, row, 0), "due") == 0;
    for (size_t i = 0; i < step->leaf_count; i++) {
        struct extent *extent = &counts->extents[i];
        *(is_due ? &extent->due : &extent->other) += db_int(r, row, 2);
        extent->end_block = -1;
    }
}

static void add_class(struct counts *counts, const struct db_result *r, int row)
{
    const char *name = db_value(r, row, 0), *day = db_value(r, row, 3);
    int64_t rows = db_int(r, row, 2);
    counts->rows += rows;
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (strcmp(classes[i].name, name) != 0)
            continue;
        if (classes[i].offset != offsetof(struct counts, rows))
            *(int64_t *)((char *)counts + classes[i].offset) += rows;
        if (classes[i].dates && day != NULL && strlen(day) == strlen("YYYY-MM-DD")) {
            keep_older(day, counts->oldest);
            if (classes[i].offset == offsetof(struct counts, due))
                keep_older(day, counts->oldest_due);
        }
    }
}

void measure_read(const struct plan_step *step, const struct db_result *result, struct arena *arena,
                  struct counts *ret_counts)
{
    set_all(ret_counts, 0);
    make_extents(step, arena, ret_counts);
    for (int i = 0; i < db_rows(result); i++) {
        add_class(ret_counts, result, i);
        if (step->leaf_count > 1 && db_value(result, i, 1) == NULL)
            add_to_all(step, result, i, ret_counts);
        else
            add_extent(step, result, i, ret_counts);
    }
    if (step->strategy == STRATEGY_CLOCK_SLICES && step->action != ACTION_SUMMARISE) {
        ret_counts->rows_estimated = true;
        if (step->rule->mask_count > 0)
            ret_counts->done = -1;
        if ((double)ret_counts->rows < step->table->estimated_rows)
            ret_counts->rows = (int64_t)step->table->estimated_rows;
    }
    if (ret_counts->rows > 0)
        ret_counts->bytes = (int64_t)((double)step->table->bytes * (double)ret_counts->due /
                                      (double)ret_counts->rows);
}

static int count_step(struct db *db, const struct plan *plan, const struct plan_step *step,
                      const struct mask_key *key, struct arena *arena, struct counts *ret_counts,
                      struct error *err)
{
    struct arena scratch = {0};
    struct sql sql = {.arena = &scratch};
    struct db_result *r = NULL;
    statement_count(plan, step, step->counts_places, key, &sql);
    int rc = db_query(db, &sql, &r, err);
    if (rc == 0)
        measure_read(step, r, arena, ret_counts);
    db_result_free(r);
    sql_free(&sql);
    arena_free(&scratch);
    return rc;
}

/* Classes of errors that a value or a function can raise; others are the server's or ours. */
static bool raised_by_expression(const char *sqlstate)
{
    static const char *const raised[] = {"21", "22", "2F", "38", "39", "P0"};
    for (size_t i = 0; i < sizeof raised / sizeof *raised; i++)
        if (strncmp(sqlstate, raised[i], 2) == 0)
            return true;
    return false;
}

static int count_within(struct db *db, const struct plan *plan, const struct plan_step *step,
                        const struct mask_key *key, struct arena *arena, struct counts *counts,
                        struct error *err)
{
    if (db_run(db, "SAVEPOINT count", err) != 0)
        return -1;
    if (count_step(db, plan, step, key, arena, counts, err) == 0)
        return db_run(db, "RELEASE SAVEPOINT count", err);
    counts->timed_out = strcmp(err->sqlstate, "57014") == 0;
    if (raised_by_expression(err->sqlstate))
        memcpy(counts->sqlstate, err->sqlstate, sizeof counts->sqlstate);
    else if (!counts->timed_out) {
        if (err->sqlstate[0] != '\0')
            snprintf(err->hint, sizeof err->hint, "This happened while rule \"%s\" was counted.",
                     step->rule_id);
        return -1;
    }
    return db_run(db, "ROLLBACK TO SAVEPOINT count", err);
}

static bool has_large_table(const struct plan *plan)
{
    for (size_t i = 0; i < plan->step_count; i++)
        if (plan->steps[i].refused == NULL && plan->steps[i].table->bytes >= PARALLEL_BYTES)
            return true;
    return false;
}

/* Where WAL grows by itself others are at work, and a count in parallel would take every processor
 * from them. */
static int leave_processors(struct db *db, const struct plan *plan, struct error *err)
{
    const struct timespec pause = {0, OTHERS_MS * 1000000L};
    struct db_result *before = NULL, *now = NULL;
    if (plan->catalog->in_recovery || !has_large_table(plan))
        return 0;
    if (db_query_text(db, "SELECT pg_current_wal_insert_lsn()", NULL, 0, &before, err) != 0)
        return -1;
    const char *params[] = {db_value(before, 0, 0)};
    nanosleep(&pause, NULL);
    int rc = db_query_text(db,
                           "SELECT set_config('max_parallel_workers_per_gather', '0', true)"
                           " WHERE pg_current_wal_insert_lsn() > $1::pg_lsn",
                           params, 1, &now, err);
    db_result_free(before);
    db_result_free(now);
    return rc;
}

int measure_plan(struct db *db, const struct plan *plan, const struct mask_key *key, int timeout_ms,
                 struct arena *arena, struct counts **ret_counts, struct error *err)
{
    struct counts *counts = arena_alloc(arena, plan->step_count * sizeof *counts + 1);
    char timeout[64];
    snprintf(timeout, sizeof timeout, "SET LOCAL statement_timeout = %d", timeout_ms);
    if (db_run(db, timeout, err) != 0 || leave_processors(db, plan, err) != 0)
        return -1;
    for (size_t i = 0; i < plan->step_count; i++) {
        set_all(&counts[i], -1);
        if (plan->steps[i].refused == NULL &&
            count_within(db, plan, &plan->steps[i], key, arena, &counts[i], err) != 0)
            return -1;
    }
    *ret_counts = counts;
    return 0;
}
