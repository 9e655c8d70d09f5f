/*
 * batch.c - one batch: the protocol between database and audit log
 *
 *   BEGIN; statement; xid; fingerprint under the lock    the server knows, the log does not
 *   flush of the WAL that holds the xid                  the xid can never be handed out again
 *   intent record, fdatasync                             the log knows what is about to be true
 *   COMMIT                                               the deed
 *   commit record                                        durable with the next intent's sync
 *
 * Whatever breaks in between, the intent's xid tells the next run what happened.
 */
#include "enforce/enforce_private.h"

#include "base/fault.h"
#include "base/instant.h"
#include "catalog/catalog.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the statement did, before COMMIT. */
struct deed {
    int64_t rows;
    int64_t cascaded;
    char xid[24];
};

static bool has_class(const struct error *err, const char *sqlstate)
{
    return strncmp(err->sqlstate, sqlstate, strlen(sqlstate)) == 0;
}

static enum batch_verdict stop(struct worker *w, enum step_state state, const struct error *err)
{
    w->result->state = state;
    memcpy(w->result->sqlstate, err->sqlstate, sizeof w->result->sqlstate);
    snprintf(w->result->reason, sizeof w->result->reason, "%s%s%s", err->message,
             err->detail[0] == '\0' ? "" : ": ", err->detail);
    return BATCH_STOP;
}

static enum batch_verdict judge(struct worker *w, struct error *err)
{
    struct error ignored;
    if (!db_is_alive(w->lane))
        return BATCH_ABANDON;
    if (db_run(w->lane, "ROLLBACK", &ignored) != 0)
        return BATCH_ABANDON;
    if (has_class(err, "40001") || has_class(err, "40P01") || has_class(err, "23503"))
        return BATCH_RETRY;
    if (has_class(err, "55P03") || has_class(err, "57014"))
        return BATCH_HALVE;
    return stop(w, STEP_FAILED, err);
}

/*
 * Adds `sign` times the rows this transaction has deleted so far in each table that cascades reach.
 * The absolute numbers mean nothing; the difference around the statement is exact.
 */
static int add_cascaded(struct worker *w, int64_t sign, struct error *err)
{
    const char *params[] = {w->cascade_oids, w->cascade_numbers};
    struct db_result *r = NULL;
    if (w->cascade_oids == NULL)
        return 0;
    if (db_query_text(w->lane,
                      "SELECT t.n, sum(pg_stat_get_xact_tuples_deleted(t.oid))"
                      " FROM unnest($1::oid[], $2::int[]) AS t (oid, n) GROUP BY t.n",
                      params, 2, &r, err) != 0)
        return -1;
    for (int i = 0; i < db_rows(r); i++)
        w->cascaded[db_int(r, i, 0)] += sign * db_int(r, i, 1);
    db_result_free(r);
    return 0;
}

/* The statement's own rows are no cascade, where the table refers to itself. */
static int64_t sum_cascaded(struct worker *w, int64_t own_rows)
{
    int64_t sum = 0;
    for (size_t i = 0; i < w->step->cascade_count; i++) {
        if (w->step->cascades[i] == w->step->table)
            w->cascaded[i] -= own_rows;
        sum += w->cascaded[i];
    }
    return sum;
}

/* A summary says itself how many rows it deleted, and whether all of them were counted. */
static int rows_of(const struct worker *w, const struct db_result *r, int64_t *ret_rows,
                   struct error *err)
{
    if (w->step->action != ACTION_SUMMARISE) {
        *ret_rows = db_affected(r);
        return 0;
    }
    *ret_rows = db_int(r, 0, 0);
    if (db_bool(r, 0, 1))
        return 0;
    return error_set(err, EXIT_FAILED,
                     "%s did not take every group: a trigger or a rule keeps them",
                     w->step->summary->into->text);
}

static int do_statement(struct worker *w, struct deed *deed, struct error *err)
{
    struct db_result *r = NULL;
    for (size_t i = 0; i < w->step->cascade_count; i++)
        w->cascaded[i] = 0;
    if (db_run(w->lane, "BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE", err) != 0 ||
        db_run(w->lane, "SET CONSTRAINTS ALL IMMEDIATE", err) != 0 ||
        add_cascaded(w, -1, err) != 0 ||
        db_execute(w->lane, "deed", w->values, w->value_count, &r, err) != 0)
        return -1;
    int rc = rows_of(w, r, &deed->rows, err);
    db_result_free(r);
    if (rc != 0 || add_cascaded(w, 1, err) != 0)
        return -1;
    deed->cascaded = sum_cascaded(w, deed->rows);
    if (db_query_text(w->lane, "SELECT pg_current_xact_id_if_assigned()::text", NULL, 0, &r, err) !=
        0)
        return -1;
    const char *xid = db_value(r, 0, 0);
    snprintf(deed->xid, sizeof deed->xid, "%s", xid == NULL ? "" : xid);
    db_result_free(r);
    return 0;
}

static bool is_over(int64_t ceiling, int64_t rows)
{
    return ceiling >= 0 && rows > ceiling;
}

/* Whether this batch would take the run, or its table, over what was allowed. */
static bool over_ceiling(const struct worker *w, const struct deed *deed)
{
    int64_t run = deed->rows, cascaded = deed->cascaded, table = deed->rows;
    for (size_t i = 0; i < w->plan->step_count; i++) {
        run += w->outcome->steps[i].changed;
        cascaded += w->outcome->steps[i].cascaded;
        if (w->plan->steps[i].table == w->step->table)
            table += w->outcome->steps[i].changed;
    }
    return is_over(w->options->run_rows, run + cascaded) ||
           is_over(w->options->expected_rows, run) ||
           is_over(w->options->step_rows[w->step_number], table);
}

static int write_intent(struct worker *w, const struct deed *deed, int64_t *ret_seq,
                        struct error *err)
{
    const struct audit_field fields[] = {
        {"cascaded", NULL, deed->cascaded},
        {"lane", NULL, 1},
        {"range", w->range, 0},
        {"rows", NULL, deed->rows},
        {"rule", w->step->rule_id, 0},
        {"table", w->table->text, 0},
        {"xid", deed->xid, 0},
    };
    if (audit_append(w->log, "intent", fields, sizeof fields / sizeof *fields, ret_seq, err) != 0)
        return -1;
    fault_point("intent-written");
    return audit_sync(w->log, err);
}

static int write_commit(struct worker *w, const struct deed *deed, int64_t intent,
                        struct error *err)
{
    const struct audit_field fields[] = {{"intent", NULL, intent}, {"rows", NULL, deed->rows}};
    int64_t seq;
    if (audit_append(w->log, "commit", fields, 2, &seq, err) != 0)
        return -1;
    for (size_t i = 0; i < w->step->cascade_count; i++) {
        const struct audit_field cascade[] = {{"intent", NULL, intent},
                                              {"rows", NULL, w->cascaded[i]},
                                              {"rule", w->step->rule_id, 0},
                                              {"table", w->step->cascades[i]->text, 0}};
        if (w->cascaded[i] > 0 && audit_append(w->log, "cascade", cascade, 4, &seq, err) != 0)
            return -1;
    }
    return 0;
}

static int write_abort(struct worker *w, int64_t intent, const char *sqlstate, struct error *err)
{
    const struct audit_field fields[] = {
        {"intent", NULL, intent}, {"rows", NULL, 0}, {"sqlstate", sqlstate, 0}};
    int64_t seq;
    return audit_append(w->log, "abort", fields, sqlstate[0] == '\0' ? 2 : 3, &seq, err);
}

/* From the statement's success to the intent on disk. */
static int prepare_commit(struct worker *w, const struct deed *deed, int64_t *ret_intent,
                          struct error *err)
{
    fault_point("statement-done");
    if (db_run(w->control, "SELECT pg_logical_emit_message(true, 'pgretain', '')", err) != 0)
        return -1;
    fault_point("wal-flushed");
    if (write_intent(w, deed, ret_intent, err) != 0)
        return -1;
    fault_point("intent-synced");
    return 0;
}

static enum batch_verdict commit(struct worker *w, const struct deed *deed, struct error *err)
{
    int64_t intent = 0;
    double started = instant_monotonic_seconds();
    struct error why;
    if (prepare_commit(w, deed, &intent, err) != 0)
        return BATCH_ABANDON;
    w->result->audit_seconds += instant_monotonic_seconds() - started;
    if (db_run(w->lane, "COMMIT", err) != 0) {
        if (!db_is_alive(w->lane))
            return BATCH_ABANDON;
        enum batch_verdict verdict = judge(w, err);
        return write_abort(w, intent, err->sqlstate, &why) == 0 ? verdict : BATCH_ABANDON;
    }
    fault_point("commit-answered");
    w->last_commit = instant_monotonic_seconds();
    w->result->changed += deed->rows;
    w->result->cascaded += deed->cascaded;
    w->result->batches++;
    int rc = write_commit(w, deed, intent, err);
    w->result->audit_seconds += instant_monotonic_seconds() - w->last_commit;
    fault_point("commit-recorded");
    return rc == 0 ? BATCH_DONE : BATCH_ABANDON;
}

enum batch_verdict enforce_batch(struct worker *w, struct error *err)
{
    struct deed deed = {0};
    bool same = true;
    double started = instant_monotonic_seconds();
    if (do_statement(w, &deed, err) != 0)
        return judge(w, err);
    if (deed.xid[0] == '\0')
        return db_run(w->lane, "ROLLBACK", err) == 0 ? BATCH_DONE : BATCH_ABANDON;
    /* The statement's own lock keeps the tables what they are until COMMIT. */
    if (catalog_unchanged(w->lane, w->watched, w->watched_count, &same, err) != 0)
        return judge(w, err);
    if (!same || over_ceiling(w, &deed)) {
        error_set(err, EXIT_REFUSED, "%s",
                  same ? "the brake's ceiling was reached: more rows are due than were counted"
                       : "the table's definition changed after it was planned");
        return db_run(w->lane, "ROLLBACK", err) == 0 ? stop(w, STEP_REFUSED, err) : BATCH_ABANDON;
    }
    if (w->first_write == 0)
        w->first_write = started;
    return commit(w, &deed, err);
}
