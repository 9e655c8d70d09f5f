/*
 * loop.c - the one place where a run waits
 *
 * Each turn gives idle lanes work, as long as fewer than `jobs` have a statement under way, starts
 * a flush of the WAL when a lane is ready for it, waits for whichever session answers first, and
 * lets that one advance. One flush and one sync of the audit log serve all lanes that were ready
 * when the flush began. Long statements have their WAL flushed as it grows: it goes to disk while
 * they work, where otherwise all of it would at COMMIT, and other lanes, once its buffers are full,
 * would stand still.
 */
#include "enforce/enforce_private.h"

#include "base/fault.h"
#include "base/instant.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST_WAIT_MS = 200, FLUSH_EVERY_MS = 10 };

extern const char sql_flush[];

static bool is_waiting_for_server(const struct lane *lane)
{
    switch (lane->state) {
    case LANE_LOOKING:
    case LANE_DEED:
    case LANE_COMMIT:
    case LANE_ROLLBACK:
    case LANE_COUNT:
    case LANE_ANALYZE:
    case LANE_DETACH:
    case LANE_PROOF:
    case LANE_DROP:
    case LANE_GIVE_UP:
    case LANE_ATTACH:
        return true;
    case LANE_IDLE:
    case LANE_READY:
    case LANE_PAUSE:
        break;
    }
    return false;
}

/* Whether a statement of the lane's own is under way. */
static bool is_working(const struct lane *lane)
{
    return is_waiting_for_server(lane) && lane->state != LANE_COMMIT &&
           lane->state != LANE_ROLLBACK;
}

static int count_working(const struct engine *engine)
{
    int working = 0;
    for (int i = 0; i < engine->lane_count; i++)
        working += is_working(&engine->lanes[i]);
    return working;
}

/* Why the run should end early, if it should. */
static void look_at_the_end(struct engine *engine)
{
    const struct enforce_options *options = engine->options;
    int64_t changed = 0;
    if (engine->stopping != NULL)
        return;
    for (size_t i = 0; i < engine->plan->step_count; i++)
        changed += engine->outcome->steps[i].changed;
    if (*options->stop != 0)
        engine->stopping = "signal";
    else if (options->deadline > 0 && engine->turned_at >= options->deadline)
        engine->stopping = "deadline";
    else if (options->max_rows >= 0 && changed >= options->max_rows)
        engine->stopping = "max-rows";
}

/* The second signal, and counts whatever the reason: nobody waits for those. */
static void cancel(struct engine *engine)
{
    for (int i = 0; i < engine->lane_count; i++) {
        struct lane *lane = &engine->lanes[i];
        bool only_reads = lane->state == LANE_COUNT || lane->state == LANE_ANALYZE;
        if (engine->stopping == NULL || lane->was_cancelled || !is_waiting_for_server(lane) ||
            (!only_reads && (*engine->options->stop < 2 || lane->state != LANE_DEED)))
            continue;
        lane->was_cancelled = true;
        db_cancel(lane->db);
    }
}

/* The time that the governor takes is the first stage's under way, or that of the next one. */
static void count_throttled(struct engine *engine, const char *reason, double seconds)
{
    size_t i = engine->first_stage;
    while (i < engine->plan->step_count && engine->stages[i].state != STAGE_WORKING)
        i++;
    struct stage *stage = &engine->stages[i < engine->plan->step_count ? i : engine->first_stage];
    stage->result->throttled_seconds += seconds;
    if (engine->governor.reason[0] != '\0' || stage->result->throttle[0] == '\0')
        snprintf(stage->result->throttle, sizeof stage->result->throttle, "%s", reason);
    stage_tell(engine, stage);
}

/* Lets the lane begin something, or leave what nobody will do. */
static int give_lane_work(struct engine *engine, struct lane *lane, bool is_held, struct error *err)
{
    double now = engine->turned_at;
    bool may_work = count_working(engine) < governor_jobs(&engine->governor, engine->jobs);
    if (lane->state == LANE_PAUSE && engine->stopping != NULL)
        return stage_range_done(lane, 0, err);
    if (lane->state == LANE_PAUSE && may_work && lane->resume_at <= now)
        return lane_try(lane, err);
    bool may_begin =
        may_work && !is_held && engine->rests_until <= now && governor_is_ready(&engine->governor);
    if (lane->state == LANE_IDLE && (may_begin || engine->stopping != NULL))
        return stage_assign(engine, lane, err);
    return 0;
}

static int give_work(struct engine *engine, struct error *err)
{
    double now = instant_monotonic_seconds(), turn = now - engine->turned_at;
    const char *held = governor_holds(&engine->governor, now);
    const char *reason = held != NULL ? held : engine->is_resting ? "others are at work" : NULL;
    if (reason != NULL && engine->turned_at > 0 && engine->first_stage < engine->plan->step_count)
        count_throttled(engine, reason, turn);
    if (engine->waits_for_audit != NULL)
        engine->waits_for_audit->result->audit_seconds += turn;
    engine->turned_at = now;
    look_at_the_end(engine);
    cancel(engine);
    for (int i = 0; i < engine->lane_count; i++)
        if (give_lane_work(engine, &engine->lanes[i], held != NULL, err) != 0)
            return -1;
    return governor_ask(&engine->governor, now, err);
}

/* Whether the lane's transaction id is on disk and its statement goes on writing. */
static bool is_growing(const struct lane *lane)
{
    return lane->state == LANE_DEED && lane->flush == FLUSH_DONE;
}

/* When what has grown should be flushed, in monotonic seconds; 0: nothing grows. */
static double next_flush(const struct engine *engine)
{
    for (int i = 0; i < engine->lane_count && !engine->is_flushing; i++)
        if (is_growing(&engine->lanes[i]))
            return engine->flushed_at + FLUSH_EVERY_MS / 1000.0;
    return 0;
}

/* One flush for every lane that has a transaction id by now. */
static int begin_flush(struct engine *engine, struct error *err)
{
    double next = next_flush(engine);
    bool wanted = next > 0 && next <= engine->turned_at;
    for (int i = 0; i < engine->lane_count && !engine->is_flushing; i++)
        if (engine->lanes[i].flush == FLUSH_WANTED) {
            engine->lanes[i].flush = FLUSH_UNDERWAY;
            wanted = true;
        }
    if (!wanted)
        return 0;
    engine->is_flushing = true;
    governor_expect(&engine->governor);
    if (db_send(engine->control, sql_flush, NULL, 0, err) != 0 ||
        db_send_end(engine->control, err) != 0)
        return -1;
    return fault_point("flush-sent", err);
}

static int end_flush(struct engine *engine, struct error *err)
{
    struct db_result *r = NULL;
    engine->is_flushing = false;
    engine->flushed_at = instant_monotonic_seconds();
    if (db_receive(engine->control, &r, err) != 0)
        return -1;
    engine->flushed_to = db_int(r, 0, 0);
    db_result_free(r);
    for (int i = 0; i < engine->lane_count; i++)
        if (engine->lanes[i].flush == FLUSH_UNDERWAY)
            engine->lanes[i].flush = FLUSH_DONE;
    return fault_point("wal-flushed", err);
}

static bool may_commit(const struct lane *lane)
{
    return lane->state == LANE_READY && lane->flush == FLUSH_DONE;
}

/* One sync of the audit log for every lane whose statement and flush are through. */
static int commit_ready(struct engine *engine, struct error *err)
{
    struct stage *stage = NULL;
    double began = instant_monotonic_seconds();
    for (int i = 0; i < engine->lane_count; i++) {
        if (!may_commit(&engine->lanes[i]))
            continue;
        if (lane_write_intent(&engine->lanes[i], err) != 0)
            return -1;
        stage = engine->lanes[i].stage;
    }
    if (stage == NULL)
        return 0;
    if (audit_sync(engine->log, err) != 0 || audit_refresh_head(engine->log, err) != 0)
        return -1;
    if (fault_point("intent-synced", err) != 0)
        return -1;
    if (engine->waits_for_audit == NULL && count_working(engine) == 0)
        stage->result->audit_seconds += instant_monotonic_seconds() - began;
    for (int i = 0; i < engine->lane_count; i++)
        if (may_commit(&engine->lanes[i]) && lane_commit(&engine->lanes[i], err) != 0)
            return -1;
    return 0;
}

/* The audit keeps the run waiting while a lane waits for it and no lane works. */
static struct stage *waits_for_audit(const struct engine *engine)
{
    for (int i = 0; i < engine->lane_count; i++)
        if (engine->lanes[i].state == LANE_READY && count_working(engine) == 0)
            return engine->lanes[i].stage;
    return NULL;
}

static double sooner(double wake, double at)
{
    return at > 0 && at < wake ? at : wake;
}

/* Until the next flush, or the next pause is over, or a signal's flag should be looked at again. */
static int longest_wait_ms(const struct engine *engine)
{
    double now = instant_monotonic_seconds(), wake = now + LONGEST_WAIT_MS / 1000.0;
    wake = sooner(wake, next_flush(engine));
    if (engine->rests_until > now)
        wake = sooner(wake, engine->rests_until);
    for (int i = 0; i < engine->lane_count; i++) {
        const struct lane *lane = &engine->lanes[i];
        if (lane->state == LANE_PAUSE && lane->resume_at > now)
            wake = sooner(wake, lane->resume_at);
    }
    return wake < now ? 0 : (int)((wake - now) * 1000) + 1;
}

static void watch(struct pollfd *entry, struct db *db, bool waits)
{
    entry->fd = waits ? db_socket(db) : -1;
    entry->events = (short)(POLLIN | (waits && db_wants_to_write(db) ? POLLOUT : 0));
    entry->revents = 0;
}

/* Waits until somebody answers and lets everybody who did advance. */
static int wait_and_advance(struct engine *engine, struct pollfd *entries, struct error *err)
{
    for (int i = 0; i < engine->lane_count; i++)
        watch(&entries[i], engine->lanes[i].db, is_waiting_for_server(&engine->lanes[i]));
    watch(&entries[engine->lane_count], engine->control, engine->is_flushing);
    watch(&entries[engine->lane_count + 1], engine->governor.db, governor_waits(&engine->governor));
    engine->waits_for_audit = waits_for_audit(engine);
    engine->is_resting = engine->rests_until > engine->turned_at && count_working(engine) == 0;
    if (poll(entries, (nfds_t)engine->lane_count + 2, longest_wait_ms(engine)) < 0)
        return errno == EINTR ? 0 : error_set(err, EXIT_FAILED, "poll failed: %s", strerror(errno));
    for (int i = 0; i < engine->lane_count; i++) {
        struct lane *lane = &engine->lanes[i];
        int arrived = entries[i].revents == 0 ? 0 : db_arrived(lane->db, err);
        if (arrived < 0 || (arrived > 0 && lane_advance(lane, err) != 0))
            return -1;
        if (lane->state == LANE_DEED && lane->flush == FLUSH_NONE && lane_has_xid(lane) &&
            !engine->options->rehearses)
            lane->flush = FLUSH_WANTED;
    }
    int arrived = entries[engine->lane_count].revents == 0 ? 0 : db_arrived(engine->control, err);
    if (arrived < 0 || (arrived > 0 && end_flush(engine, err) != 0))
        return -1;
    arrived =
        entries[engine->lane_count + 1].revents == 0 ? 0 : db_arrived(engine->governor.db, err);
    return arrived <= 0 ? arrived
                        : governor_answer(&engine->governor, instant_monotonic_seconds(), err);
}

/* Whether a lane has something to wait for, be it that the governor lets it go on. */
static bool is_at_work(const struct engine *engine)
{
    for (int i = 0; i < engine->lane_count; i++)
        if (engine->lanes[i].state != LANE_IDLE)
            return true;
    return engine->stopping == NULL && engine->first_stage < engine->plan->step_count;
}

int engine_loop(struct engine *engine, struct error *err)
{
    struct arena arena = {0};
    struct pollfd *entries =
        arena_alloc(&arena, ((size_t)engine->lane_count + 2) * sizeof *entries);
    int rc = give_work(engine, err);
    while (rc == 0 && is_at_work(engine)) {
        rc = begin_flush(engine, err);
        if (rc == 0)
            rc = wait_and_advance(engine, entries, err);
        if (rc == 0)
            rc = commit_ready(engine, err);
        if (rc == 0)
            rc = give_work(engine, err);
    }
    arena_free(&arena);
    return rc == 0 ? stages_end(engine, err) : -1;
}
