/*
 * lane.c - one batch: the protocol between database and audit log
 *
 *   BEGIN; xid; statement; fingerprint under the lock    the server knows, the log does not
 *   flush of WAL, begun after the xid was given out      the xid can never be handed out again
 *   intent record, fdatasync                             the log knows what is about to be true
 *   COMMIT                                               the deed
 *   commit record                                        durable with the next intent's sync
 *
 * Whatever breaks in between, the intent's xid tells the next run what happened. The statements of
 * each line travel together. The flush goes on while the statement does; it and the sync serve
 * every lane that has come that far (loop.c).
 */
#include "enforce/enforce_private.h"

#include "base/fault.h"
#include "base/instant.h"
#include "measure/measure.h"
#include "statement/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_RETRIES = 8, MOST_WAITS = 3 };

static bool has_class(const struct error *err, const char *sqlstate)
{
    return strncmp(err->sqlstate, sqlstate, strlen(sqlstate)) == 0;
}

int lane_send_text(struct lane *lane, const char *sql, struct error *err)
{
    return db_send(lane->db, sql, NULL, 0, err);
}

int lane_send_sql(struct lane *lane, struct sql *sql, struct error *err)
{
    int rc = db_send_sql(lane->db, sql, err);
    sql_free(sql);
    return rc;
}

int lane_send_end(struct lane *lane, enum lane_state state, struct error *err)
{
    lane->state = state;
    return db_send_end(lane->db, err);
}

/* One statement whose answer changes the lane's state. */
static int send_alone(struct lane *lane, const char *sql, enum lane_state state, struct error *err)
{
    return lane_send_text(lane, sql, err) == 0 ? lane_send_end(lane, state, err) : -1;
}

static int roll_back(struct lane *lane, enum fate fate, struct error *err)
{
    lane->fate = fate;
    db_forget(lane->db);
    return send_alone(lane, "ROLLBACK", LANE_ROLLBACK, err);
}

/* What an error of the server means for the range. Another try helps against other sessions, and
 * not against a function of the table's that raises the same. */
static enum fate judge(struct lane *lane, const struct error *why)
{
    lane->why = *why;
    bool is_conflict = has_class(why, "40001") || has_class(why, "40P01");
    if (has_class(why, "23503") || (is_conflict && !why->is_raised))
        return !why->is_raised && ++lane->attempt < MOST_RETRIES ? FATE_RETRY : FATE_HALVE;
    if (summary_is_one(lane) && has_class(why, "55P03"))
        return ++lane->attempt < MOST_WAITS ? FATE_RETRY : FATE_HALVE;
    if (summary_is_one(lane) && has_class(why, "57014") && lane->engine->stopping == NULL) {
        summary_too_long(lane, &lane->why);
        stage_halt(lane->stage, STEP_FAILED, &lane->why);
        return FATE_DONE;
    }
    if (has_class(why, "55P03") && !lane->skips_locked && lane->piece->leaf->leaf->may_update &&
        lane->piece->leaf->leaf->citus == CITUS_NONE) {
        lane->skips_locked = true;
        return FATE_RETRY;
    }
    if (has_class(why, "55P03") || has_class(why, "57014"))
        return FATE_HALVE;
    stage_halt(lane->stage, STEP_FAILED, why);
    return FATE_DONE;
}

static int refuse(struct lane *lane, const char *message, struct error *err)
{
    struct error why = {.sqlstate = ""};
    error_set(&why, EXIT_REFUSED, "%s", message);
    stage_halt(lane->stage, STEP_REFUSED, &why);
    return roll_back(lane, FATE_DONE, err);
}

/* The batch went well; a rehearsal has seen enough of its step. */
static int end_rehearsal(struct lane *lane, struct error *err)
{
    lane->stage->result->changed += lane->rows;
    lane->stage->result->cascaded += lane->cascaded;
    lane->stage->result->batches++;
    lane->stage->last_commit = instant_monotonic_seconds();
    lane->stage->halted = true;
    return roll_back(lane, FATE_DONE, err);
}

static int deed_done(struct lane *lane, struct error *err)
{
    struct error why;
    bool same = true;
    double now = instant_monotonic_seconds();
    lane->worked = now - lane->started;
    lane->engine->rests_until = now + governor_rest(&lane->engine->governor, lane->worked);
    if (deed_receive(lane, &same, &why) != 0)
        return roll_back(lane, judge(lane, &why), err);
    if (lane->rows == 0)
        return roll_back(lane, FATE_DONE, err);
    if (!same)
        return refuse(lane, "the table's definition changed after it was planned", err);
    if (!lane_is_within(lane, &why))
        return refuse(lane, why.message, err);
    if (lane_is_beyond_end(lane)) {
        lane->why = (struct error){.sqlstate = ""};
        return roll_back(lane, FATE_HALVE, err);
    }
    if (lane->stage->first_write == 0)
        lane->stage->first_write = lane->started;
    if (lane->engine->options->rehearses)
        return end_rehearsal(lane, err);
    if (fault_point("statement-done", err) != 0)
        return -1;
    if (lane->flush == FLUSH_NONE)
        lane->flush = FLUSH_WANTED;
    lane->state = LANE_READY;
    return 0;
}

int lane_write_intent(struct lane *lane, struct error *err)
{
    return record_intent(lane->engine->log, lane, &lane->intent, err);
}

int lane_commit(struct lane *lane, struct error *err)
{
    if (fault_point("commit-unsent", err) != 0 || send_alone(lane, "COMMIT", LANE_COMMIT, err) != 0)
        return -1;
    return fault_point("commit-sent", err);
}

static int commit_answered(struct lane *lane, struct error *err)
{
    struct error why;
    struct step_outcome *result = lane->stage->result;
    if (db_receive(lane->db, NULL, &why) != 0) {
        if (record_abort(lane->engine->log, lane, why.sqlstate, err) != 0)
            return -1;
        return lane->piece->leaf->strategy == STRATEGY_PARTITION
                   ? partition_commit_failed(lane, &why, err)
                   : roll_back(lane, judge(lane, &why), err);
    }
    if (fault_point("commit-answered", err) != 0)
        return -1;
    double now = instant_monotonic_seconds();
    lane->stage->last_commit = now;
    result->changed += lane->rows;
    result->cascaded += lane->cascaded;
    result->batches++;
    if (record_commit(lane->engine->log, lane, err) != 0)
        return -1;
    if (fault_point("commit-recorded", err) != 0)
        return -1;
    governor_note(&lane->engine->governor, lane->rows, now);
    return stage_range_done(lane, lane->worked, err);
}

static int pause_before_retry(struct lane *lane)
{
    int most_ms = lane->attempt > 6 ? 640 : 10 << lane->attempt;
    int pause_ms = most_ms / 2 + (int)(random() % (most_ms / 2 + 1));
    lane->resume_at = instant_monotonic_seconds() + pause_ms / 1000.0;
    lane->state = LANE_PAUSE;
    return 0;
}

static int rolled_back(struct lane *lane, struct error *err)
{
    if (db_receive(lane->db, NULL, err) != 0)
        return -1;
    switch (lane->fate) {
    case FATE_RETRY:
        return pause_before_retry(lane);
    case FATE_HALVE:
        return stage_halve(lane, err);
    case FATE_DONE:
        break;
    }
    return stage_range_done(lane, lane->worked, err);
}

static int looked(struct lane *lane, struct error *err)
{
    struct error why;
    struct piece *piece = lane->piece;
    int64_t first = 0, last = 0;
    if (summary_is_one(lane) && summary_looked(lane, &why) == 0)
        return stage_range_done(lane, 0, err);
    if (summary_is_one(lane) || deed_receive_look(lane, &first, &last, &why) != 0) {
        stage_halt(lane->stage, STEP_FAILED, &why);
        return stage_range_done(lane, 0, err);
    }
    piece->next = first;
    piece->end = last == INT64_MAX ? first : last + 1;
    piece->is_unseen = false;
    piece->size = range_first_size(piece, lane->engine);
    return stage_range_done(lane, 0, err);
}

int lane_count(struct lane *lane, struct error *err)
{
    struct arena arena = {0};
    struct sql sql = {.arena = &arena};
    statement_count(lane->engine->plan, lane->stage->step, true, lane->engine->options->key, &sql);
    int rc = lane_send_sql(lane, &sql, err);
    arena_free(&arena);
    return rc == 0 ? lane_send_end(lane, LANE_COUNT, err) : -1;
}

static int counted(struct lane *lane, struct error *err)
{
    struct error why;
    struct db_result *r = NULL;
    struct counts counts;
    bool known = db_receive(lane->db, &r, &why) == 0;
    if (known)
        measure_read(lane->stage->step, r, &lane->stage->arena, &counts);
    db_result_free(r);
    return stage_counted(lane, known ? &counts : NULL, err);
}

int lane_analyze(struct lane *lane, struct error *err)
{
    struct buffer pace = {0}, sql = {0};
    buffer_addf(&pace, "SET vacuum_cost_delay = %d",
                governor_analyze_delay_ms(&lane->engine->governor));
    buffer_addf(&sql, "ANALYZE %s", lane->stage->step->table->quoted);
    int rc = lane_send_text(lane, pace.data, err);
    if (rc == 0)
        rc = send_alone(lane, sql.data, LANE_ANALYZE, err);
    buffer_free(&pace);
    buffer_free(&sql);
    return rc;
}

/* Statistics only: a busy table is analysed by autovacuum. */
static int analyzed(struct lane *lane, struct error *err)
{
    struct error ignored;
    for (int answers = 0; answers < 2; answers++)
        (void)db_receive(lane->db, NULL, &ignored);
    return stage_analyzed(lane, err);
}

int lane_advance(struct lane *lane, struct error *err)
{
    switch (lane->state) {
    case LANE_LOOKING:
        return looked(lane, err);
    case LANE_DEED:
        return deed_done(lane, err);
    case LANE_COMMIT:
        return commit_answered(lane, err);
    case LANE_ROLLBACK:
        return rolled_back(lane, err);
    case LANE_COUNT:
        return counted(lane, err);
    case LANE_ANALYZE:
        return analyzed(lane, err);
    case LANE_DETACH:
        return partition_detached(lane, err);
    case LANE_PROOF:
        return partition_proved(lane, err);
    case LANE_DROP:
        return partition_dropped(lane, err);
    case LANE_GIVE_UP:
        return partition_given_up(lane, err);
    case LANE_ATTACH:
        return partition_attached(lane, err);
    case LANE_IDLE:
    case LANE_READY:
    case LANE_PAUSE:
        break;
    }
    return 0;
}
