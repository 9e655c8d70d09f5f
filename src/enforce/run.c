/*
 * run.c - a run from its first audit record to its last
 */
#include "enforce/enforce_private.h"

#include "base/fault.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

const char *step_state_name(enum step_state state)
{
    static const char *const names[] = {"done", "partial", "skipped", "refused", "failed"};
    return names[state];
}

/* A random UUID (RFC 9562, version 4). */
static int make_run_id(char ret_id[40], struct error *err)
{
    unsigned char b[16];
    if (getrandom(b, sizeof b, 0) != (ssize_t)sizeof b)
        return error_set(err, EXIT_FAILED, "the system gave no random bytes");
    b[6] = (unsigned char)((b[6] & 0x0f) | 0x40);
    b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
    snprintf(ret_id, 40, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
             b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13],
             b[14], b[15]);
    return 0;
}

int enforce_begin(struct audit_log *log, const struct plan *plan, const struct audit_state *state,
                  const struct enforce_options *options, struct outcome *outcome, struct error *err)
{
    outcome->step_count = plan->step_count;
    outcome->steps = arena_alloc(&outcome->arena, plan->step_count * sizeof *outcome->steps + 1);
    outcome->rehearsed = options->rehearses;
    if (options->rehearses)
        return 0;
    if (make_run_id(outcome->run, err) != 0 ||
        audit_keep_policy(log, plan->policy->sha256, plan->policy->bytes, plan->policy->byte_count,
                          err) != 0)
        return -1;
    audit_set_run(log, outcome->run);
    outcome->audit_first_seq = audit_next_seq(log);
    if (state->torn && record_torn(log, err) != 0)
        return -1;
    if (options->audit_key != NULL && audit_sign_with(log, options->audit_key, err) != 0)
        return -1;
    if (record_run_begin(log, plan, options, err) != 0 || record_findings(log, plan, err) != 0)
        return -1;
    return audit_write_head(log, err) == 0 ? fault_point("run-begun", err) : -1;
}

static int prepare_lane(struct db *lane, struct error *err)
{
    if (db_run(lane, "SELECT pg_advisory_lock_shared(" LANE_LOCK ")", err) != 0)
        return -1;
    return db_run(lane, "SET lock_timeout = '1s'", err) == 0 ? deed_prepare(lane, err) : -1;
}

static int prepare(struct engine *engine, struct db *const *lanes, const struct counts *counts,
                   struct arena *arena, struct error *err)
{
    size_t steps = engine->plan->step_count;
    engine->lanes = arena_alloc(arena, (size_t)engine->lane_count * sizeof *engine->lanes);
    engine->stages = arena_alloc(arena, steps * sizeof *engine->stages + 1);
    for (int i = 0; i < engine->lane_count; i++) {
        struct lane *lane = &engine->lanes[i];
        lane->engine = engine;
        lane->db = lanes[i];
        lane->number = i + 1;
        if (prepare_lane(lane->db, err) != 0)
            return -1;
    }
    for (size_t i = 0; i < steps; i++) {
        struct stage *stage = &engine->stages[i];
        stage->step = &engine->plan->steps[i];
        stage->number = i;
        stage->planned = &counts[i];
        stage->result = &engine->outcome->steps[i];
    }
    return 0;
}

static int end(struct engine *engine, struct error *err)
{
    struct outcome *outcome = engine->outcome;
    outcome->stopped = engine->stopping;
    if (fault_point("steps-done", err) != 0)
        return -1;
    if (engine->options->rehearses)
        return 0;
    if (record_run_end(engine->log, outcome, err) != 0 || audit_write_head(engine->log, err) != 0)
        return -1;
    audit_root_text(engine->log, outcome->audit_root);
    outcome->audit_is_signed = engine->options->audit_key != NULL;
    outcome->audit_last_seq = audit_next_seq(engine->log) - 1;
    memcpy(outcome->audit_head, audit_head(engine->log), SHA256_HEX);
    return 0;
}

int enforce_run(const struct enforce_sessions *sessions, struct audit_log *log, struct plan *plan,
                const struct counts *counts, const struct enforce_options *options,
                struct outcome *outcome, struct error *err)
{
    struct arena arena = {0};
    struct engine engine = {.control = sessions->control,
                            .lane_count = sessions->lane_count,
                            .jobs = sessions->jobs,
                            .log = log,
                            .plan = plan,
                            .options = options,
                            .outcome = outcome};
    governor_init(&engine.governor, sessions->watch, &options->governor, &options->traffic_before,
                  sessions->lane_count);
    int rc = prepare(&engine, sessions->lanes, counts, &arena, err);
    if (rc == 0 && !options->rehearses)
        partition_finish_pending(&engine);
    if (rc == 0)
        rc = engine_loop(&engine, err);
    if (rc == 0)
        rc = end(&engine, err);
    for (size_t i = 0; i < plan->step_count; i++) {
        if (engine.stages[i].state != STAGE_ENDED)
            pieces_free(&engine.stages[i]);
        arena_free(&engine.stages[i].arena);
    }
    arena_free(&arena);
    return rc;
}
