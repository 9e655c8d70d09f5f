/*
 * slices.c - carries out a summary, period by period
 *
 * A period is one transaction: whether a group is large enough can be told only when all its rows
 * are seen together. So it cannot be halved. Where it takes too long the step ends, and where
 * somebody holds a row of it, it is left to the next run.
 */
#include "enforce/enforce_private.h"

#include "base/instant.h"
#include "statement/statement.h"

#include <stdio.h>
#include <string.h>

enum { MOST_WAITS = 3 };

static struct moment read_moment(const struct db_result *r, int row, struct arena *arena)
{
    return (struct moment){arena_strdup(arena, db_value(r, row, 0)),
                           arena_strdup(arena, db_value(r, row, 1)),
                           arena_strdup(arena, db_value(r, row, 2)), db_int(r, row, 3)};
}

static int read_slices(struct worker *w, struct arena *arena, struct slice **ret_slices,
                       size_t *ret_count, struct error *err)
{
    struct sql sql = {.arena = arena};
    struct db_result *r = NULL;
    statement_slices(w->plan, w->step, &sql);
    int rc = db_query(w->lane, &sql, &r, err);
    for (int i = 0; rc == 0 && i + 1 < db_rows(r); i += 2)
        *ARENA_PUSH(arena, *ret_slices, *ret_count) =
            (struct slice){read_moment(r, i, arena), read_moment(r, i + 1, arena)};
    db_result_free(r);
    sql_free(&sql);
    return rc;
}

/* The tree, what is left of it in this step, and the statistics. */
static void watch(struct worker *w, struct arena *arena)
{
    const struct catalog_table **watched = NULL;
    size_t count = 0;
    *ARENA_PUSH(arena, watched, count) = w->step->table;
    *ARENA_PUSH(arena, watched, count) = w->step->summary->into;
    for (size_t i = 0; i < w->step->leaf_count; i++)
        if (w->step->leaves[i] != w->step->table)
            *ARENA_PUSH(arena, watched, count) = w->step->leaves[i];
    w->table = w->step->table;
    w->watched = watched;
    w->watched_count = count;
}

static bool is_locked(enum batch_verdict verdict, const struct error *err)
{
    return verdict == BATCH_RETRY ||
           (verdict == BATCH_HALVE && strcmp(err->sqlstate, "55P03") == 0);
}

/* Somebody else is at work on rows of this period: the step goes on with the next one. */
static enum batch_verdict leave(struct worker *w, const struct error *why)
{
    memcpy(w->result->sqlstate, why->sqlstate, sizeof w->result->sqlstate);
    snprintf(w->result->reason, sizeof w->result->reason, "%s left to the next run: %s", w->range,
             why->message);
    return BATCH_DONE;
}

static enum batch_verdict do_slice(struct worker *w, const struct slice *slice, struct error *err)
{
    struct arena arena = {0};
    struct sql sql = {.arena = &arena};
    struct error ignored;
    const char *period = period_name(w->step->summary->period);
    enum batch_verdict verdict = BATCH_STOP;
    statement_summary(w->plan, w->step, slice, &sql);
    snprintf(w->range, sizeof w->range, "%s of %s", period, slice->from.date);
    if (enforce_prepare(w, &sql, &arena, err) == 0) {
        verdict = BATCH_RETRY;
        for (int i = 0; i < MOST_WAITS && is_locked(verdict, err); i++)
            verdict = enforce_persist(w, err);
    }
    if (is_locked(verdict, err)) {
        verdict = leave(w, err);
    } else if (verdict == BATCH_HALVE) {
        error_set(err, EXIT_FAILED,
                  "the %s takes too long for one statement: choose a shorter "
                  "period",
                  w->range);
        snprintf(err->sqlstate, sizeof err->sqlstate, "57014");
        verdict = BATCH_STOP;
    }
    if (verdict != BATCH_ABANDON && enforce_unprepare(w, &ignored) != 0)
        verdict = BATCH_ABANDON;
    sql_free(&sql);
    arena_free(&arena);
    return verdict;
}

enum batch_verdict enforce_slices(struct worker *w, struct error *err)
{
    struct arena arena = {0};
    struct slice *slices = NULL;
    size_t count = 0;
    enum batch_verdict verdict = BATCH_DONE;
    if (read_slices(w, &arena, &slices, &count, err) != 0)
        verdict = db_is_alive(w->lane) ? BATCH_STOP : BATCH_ABANDON;
    watch(w, &arena);
    for (size_t i = 0; i < count && verdict == BATCH_DONE; i++) {
        if (*w->options->stop) {
            w->result->state = STEP_PARTIAL;
            break;
        }
        verdict = do_slice(w, &slices[i], err);
        enforce_tell(w);
    }
    if (verdict == BATCH_STOP)
        enforce_give_up(w, err);
    arena_free(&arena);
    return verdict;
}
