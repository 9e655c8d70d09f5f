/*
 * summary.c - what is different about a summary: its ranges are whole periods
 *
 * A period is one transaction: whether a group is large enough can be told only when all its rows
 * are seen together. So it cannot be halved. Where it takes too long the step ends, and where
 * somebody holds a row of it, it is left to the next run. A position is a period's number among
 * those that have rows past the cutoff.
 */
#include "enforce/enforce_private.h"

#include "statement/statement.h"

#include <stdio.h>
#include <string.h>

bool summary_is_one(const struct lane *lane)
{
    return lane->stage->step->action == ACTION_SUMMARISE;
}

int summary_look(struct lane *lane, struct error *err)
{
    struct arena arena = {0};
    struct sql sql = {.arena = &arena};
    statement_slices(lane->engine->plan, lane->stage->step, &sql);
    int rc = lane_send_sql(lane, &sql, err);
    arena_free(&arena);
    return rc == 0 ? lane_send_end(lane, LANE_LOOKING, err) : -1;
}

static struct moment read_moment(const struct db_result *r, int row, struct arena *arena)
{
    return (struct moment){arena_strdup(arena, db_value(r, row, 0)),
                           arena_strdup(arena, db_value(r, row, 1)),
                           arena_strdup(arena, db_value(r, row, 2)), db_int(r, row, 3)};
}

int summary_looked(struct lane *lane, struct error *why)
{
    struct stage *stage = lane->stage;
    struct db_result *r = NULL;
    if (db_receive(lane->db, &r, why) != 0)
        return -1;
    stage->slices = NULL;
    stage->slice_count = 0;
    for (int i = 0; i + 1 < db_rows(r); i += 2)
        *ARENA_PUSH(&stage->arena, stage->slices, stage->slice_count) =
            (struct slice){read_moment(r, i, &stage->arena), read_moment(r, i + 1, &stage->arena)};
    db_result_free(r);
    lane->piece->next = 0;
    lane->piece->end = (int64_t)stage->slice_count;
    lane->piece->size = 1;
    lane->piece->is_unseen = false;
    return 0;
}

int summary_send(struct lane *lane, struct error *err)
{
    struct arena arena = {0};
    struct sql sql = {.arena = &arena};
    const struct plan_step *step = lane->stage->step;
    const struct slice *slice = &lane->stage->slices[lane->range.from];
    snprintf(lane->shown_range, sizeof lane->shown_range, "%s of %s",
             period_name(step->summary->period), slice->from.date);
    statement_summary(lane->engine->plan, step, slice, &sql);
    int rc = lane_send_sql(lane, &sql, err);
    arena_free(&arena);
    return rc;
}

int summary_rows(const struct lane *lane, const struct db_result *r, int64_t *ret_rows,
                 struct error *err)
{
    *ret_rows = db_int(r, 0, 0);
    if (db_bool(r, 0, 1))
        return 0;
    return error_set(err, EXIT_FAILED,
                     "%s did not take every group: a trigger or a rule keeps them",
                     lane->stage->step->summary->into->text);
}

void summary_too_long(const struct lane *lane, struct error *why)
{
    error_set(why, EXIT_FAILED, "the %s takes too long for one statement: choose a shorter period",
              lane->shown_range);
    snprintf(why->sqlstate, sizeof why->sqlstate, "57014");
}

void summary_leave(struct lane *lane)
{
    struct step_outcome *result = lane->stage->result;
    memcpy(result->sqlstate, lane->why.sqlstate, sizeof result->sqlstate);
    snprintf(result->reason, sizeof result->reason, "%s left to the next run: %s",
             lane->shown_range, lane->why.message);
}
