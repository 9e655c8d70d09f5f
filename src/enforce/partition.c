/*
 * partition.c - a whole partition, taken away in constant time
 *
 *   detach record, fdatasync      a crash from here on leaves a trace to follow
 *   DETACH … CONCURRENTLY         nobody waits for it but us
 *   BEGIN; LOCK; prove            nothing young, held or referenced is inside, and so many rows
 *   DROP; xid                     from here on as any batch: flush, intent, COMMIT, commit record
 *
 * Where the proof fails the partition is attached again. Where the rule forces it, in spite of a
 * default partition or a foreign key, the DROP detaches by itself, under the parent's lock.
 */
#include "enforce/enforce_private.h"

#include "base/fault.h"
#include "base/instant.h"
#include "statement/statement.h"

#include <stdio.h>
#include <string.h>

static const struct catalog_table *partition_of(const struct lane *lane)
{
    return lane->piece->leaf->leaf;
}

/* DETACH waits for older transactions, not they for it; a minute is given to that. */
static int send_detach(struct lane *lane, struct error *err)
{
    struct arena arena = {0};
    struct sql sql = {.arena = &arena};
    statement_detach(partition_of(lane), false, &sql);
    for (int transactions = 0; transactions < 2; transactions++)
        governor_expect(&lane->engine->governor);
    int rc = lane_send_sql(lane, &sql, err);
    arena_free(&arena);
    return rc == 0 ? lane_send_end(lane, LANE_DETACH, err) : -1;
}

static int send_proof(struct lane *lane, struct error *err)
{
    struct arena arena = {0};
    struct sql lock = {.arena = &arena}, proof = {.arena = &arena};
    lane->started = instant_monotonic_seconds();
    governor_expect(&lane->engine->governor);
    statement_lock(partition_of(lane), &lock);
    statement_prove(lane->engine->plan, lane->stage->step, partition_of(lane), &proof);
    int rc = db_send(lane->db, "BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE", NULL, 0, err);
    if (rc == 0)
        rc = db_send(lane->db, "SET LOCAL lock_timeout = '10s'", NULL, 0, err);
    if (rc == 0)
        rc = lane_send_sql(lane, &lock, err);
    if (rc == 0)
        rc = lane_send_sql(lane, &proof, err);
    arena_free(&arena);
    return rc == 0 ? lane_send_end(lane, LANE_PROOF, err) : -1;
}

static void finish(const struct engine *engine, const struct catalog_table *partition)
{
    struct arena arena = {0};
    struct sql sql = {.arena = &arena};
    struct error ignored;
    statement_detach(partition, true, &sql);
    (void)db_query(engine->control, &sql, NULL, &ignored);
    sql_free(&sql);
    arena_free(&arena);
}

/* A parent has one at most. */
static void finish_in_the_way(const struct engine *engine, const struct catalog_table *partition)
{
    const struct catalog_table *parent = partition->parent;
    for (size_t i = 0; i < parent->child_count; i++)
        if (parent->children[i]->is_detach_pending)
            finish(engine, parent->children[i]);
}

void partition_finish_pending(const struct engine *engine)
{
    for (size_t i = 0; i < engine->plan->step_count; i++) {
        const struct plan_step *step = &engine->plan->steps[i];
        const struct catalog_table *parent = NULL;
        for (size_t w = 0; step->refused == NULL && w < step->whole_count; w++) {
            if (step->whole[w]->parent != parent)
                finish_in_the_way(engine, step->whole[w]);
            parent = step->whole[w]->parent;
        }
    }
}

int partition_begin(struct lane *lane, struct error *err)
{
    lane->rows = lane->cascaded = 0;
    lane->range = (struct range){0, 0};
    snprintf(lane->shown_range, sizeof lane->shown_range, "partition");
    lane->is_detached = !lane->stage->step->rule->forces_partitions;
    if (lane->stage->first_write == 0)
        lane->stage->first_write = instant_monotonic_seconds();
    if (!lane->is_detached || lane->engine->options->rehearses)
        return send_proof(lane, err);
    if (record_detach(lane->engine->log, lane, err) != 0 || audit_sync(lane->engine->log, err) != 0)
        return -1;
    if (fault_point("detach-recorded", err) != 0 || send_detach(lane, err) != 0)
        return -1;
    return fault_point("detach-sent", err);
}

static int fail(struct lane *lane, enum step_state state, const struct error *why,
                struct error *err)
{
    stage_halt(lane->stage, state, why);
    return stage_range_done(lane, 0, err);
}

int partition_detached(struct lane *lane, struct error *err)
{
    struct error why;
    if (db_receive(lane->db, NULL, &why) != 0) {
        error_detail(&why, "while partition %s was detached", partition_of(lane)->text);
        return fail(lane, STEP_FAILED, &why, err);
    }
    if (fault_point("detached", err) != 0)
        return -1;
    return send_proof(lane, err);
}

/* Puts the partition back. */
static int send_attach(struct lane *lane, struct error *err)
{
    struct arena arena = {0};
    struct sql sql = {.arena = &arena};
    const struct catalog_table *partition = partition_of(lane);
    statement_attach(partition->parent->quoted, partition->quoted, partition->bound, &sql);
    int rc = lane_send_sql(lane, &sql, err);
    arena_free(&arena);
    return rc == 0 ? lane_send_end(lane, LANE_ATTACH, err) : -1;
}

/* The transaction of proof and DROP is to be given up, for `lane->why`. */
static int give_up(struct lane *lane, struct error *err)
{
    db_forget(lane->db);
    if (db_send(lane->db, "ROLLBACK", NULL, 0, err) != 0)
        return -1;
    return lane_send_end(lane, LANE_GIVE_UP, err);
}

int partition_commit_failed(struct lane *lane, const struct error *why, struct error *err)
{
    lane->why = *why;
    return give_up(lane, err);
}

int partition_given_up(struct lane *lane, struct error *err)
{
    if (db_receive(lane->db, NULL, err) != 0)
        return -1;
    if (lane->is_detached && !lane->engine->options->rehearses)
        return send_attach(lane, err) == 0 ? fault_point("attach-sent", err) : -1;
    return fail(lane, lane->why.sqlstate[0] == '\0' ? STEP_PARTIAL : STEP_FAILED, &lane->why, err);
}

int partition_attached(struct lane *lane, struct error *err)
{
    struct error why;
    if (db_receive(lane->db, NULL, &why) != 0) {
        error_detail(&why, "partition %s is detached; attach it again", partition_of(lane)->text);
        return fail(lane, STEP_FAILED, &why, err);
    }
    if (fault_point("attached", err) != 0 ||
        record_detached_end(lane->engine->log, "attach", lane->stage->step->rule_id,
                            partition_of(lane)->text, err) != 0)
        return -1;
    return fail(lane, lane->why.sqlstate[0] == '\0' ? STEP_PARTIAL : STEP_FAILED, &lane->why, err);
}

static int send_drop(struct lane *lane, struct error *err)
{
    struct arena arena = {0};
    struct sql sql = {.arena = &arena};
    statement_drop(partition_of(lane), &sql);
    int rc = lane_send_sql(lane, &sql, err);
    if (rc == 0)
        rc = db_send(lane->db, "SELECT pg_current_xact_id()::text", NULL, 0, err);
    arena_free(&arena);
    return rc == 0 ? lane_send_end(lane, LANE_DROP, err) : -1;
}

int partition_proved(struct lane *lane, struct error *err)
{
    struct db_result *r = NULL;
    for (int i = 0; i < 3; i++)
        if (db_receive(lane->db, NULL, &lane->why) != 0)
            return give_up(lane, err);
    if (db_receive(lane->db, &r, &lane->why) != 0)
        return give_up(lane, err);
    lane->rows = db_int(r, 0, 0);
    int64_t kept = db_int(r, 0, 1);
    db_result_free(r);
    lane->why = (struct error){.sqlstate = ""};
    if (kept > 0) {
        error_set(&lane->why, EXIT_PARTIAL, "partition %s holds rows that are not due",
                  partition_of(lane)->text);
        lane->locked = 0;
        lane->stage->result->left += lane->rows - kept;
        return give_up(lane, err);
    }
    if (lane->engine->options->rehearses) {
        lane->stage->result->changed += lane->rows;
        lane->stage->halted = true;
        return give_up(lane, err);
    }
    if (!lane_is_within(lane, &lane->why))
        return give_up(lane, err);
    if (fault_point("proved", err) != 0 || send_drop(lane, err) != 0)
        return -1;
    return fault_point("drop-sent", err);
}

int partition_dropped(struct lane *lane, struct error *err)
{
    struct db_result *r = NULL;
    if (db_receive(lane->db, NULL, &lane->why) != 0 || db_receive(lane->db, &r, &lane->why) != 0)
        return give_up(lane, err);
    snprintf(lane->xid, sizeof lane->xid, "%s", db_value(r, 0, 0));
    db_result_free(r);
    lane->flush = FLUSH_WANTED;
    lane->state = LANE_READY;
    return fault_point("dropped", err);
}
