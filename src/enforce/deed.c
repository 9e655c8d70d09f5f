/*
 * deed.c - what is sent for one batch, and what is answered
 */
#include "enforce/enforce_private.h"

#include "base/instant.h"
#include "catalog/catalog.h"
#include "statement/statement.h"

#include <stdio.h>
#include <string.h>

/*
 * The rows that this transaction has deleted so far in each table that cascades reach. The absolute
 * numbers mean nothing; the difference around the statement is exact.
 */
static int send_cascades(struct lane *lane, struct error *err)
{
    const char *params[] = {lane->stage->cascade_oids, lane->stage->cascade_numbers};
    if (params[0] == NULL)
        return 0;
    return db_send(lane->db,
                   "SELECT t.n, sum(pg_stat_get_xact_tuples_deleted(t.oid))"
                   " FROM unnest($1::oid[], $2::int[]) AS t (oid, n) GROUP BY t.n",
                   params, 2, err);
}

/* The leaf; of a summary the tree, what is left of it in this step, and the statistics. */
static const struct catalog_table *watched(const struct lane *lane, size_t i)
{
    const struct plan_step *step = lane->stage->step;
    if (!summary_is_one(lane))
        return i == 0 ? lane->piece->leaf->leaf : NULL;
    return i == 0                     ? step->table
           : i == 1                   ? step->summary->into
           : i - 2 < step->leaf_count ? step->leaves[i - 2]
                                      : NULL;
}

int deed_prepare(struct db *db, struct error *err)
{
    struct buffer sql = {0};
    buffer_addf(&sql, "PREPARE fingerprint (oid[]) AS %s", catalog_fingerprint_sql());
    int rc = db_run(db, sql.data, err);
    buffer_free(&sql);
    return rc;
}

static int send_fingerprint(struct lane *lane, struct error *err)
{
    struct buffer sql = {0};
    const struct catalog_table *table;
    buffer_add(&sql, "EXECUTE fingerprint (");
    for (size_t i = 0; (table = watched(lane, i)) != NULL; i++)
        buffer_addf(&sql, "%s%u", i == 0 ? "'{" : ",", (unsigned)table->oid);
    buffer_add(&sql, "}')");
    int rc = lane_send_text(lane, sql.data, err);
    buffer_free(&sql);
    return rc;
}

/* Of slices: the position of the first row from `from` on, and of the last. */
static int send_look(struct lane *lane, int64_t from, struct error *err)
{
    struct arena arena = {0};
    struct sql sql = {.arena = &arena};
    statement_slice_look(lane->engine->plan, lane->stage->step, lane->piece->leaf->leaf, from,
                         lane->engine->options->key, &sql);
    int rc = lane_send_sql(lane, &sql, err);
    arena_free(&arena);
    return rc;
}

static int send_range(struct lane *lane, struct sql *sql, struct error *err)
{
    char from[STATEMENT_BOUND], to[STATEMENT_BOUND];
    const struct plan_step *step = lane->stage->step;
    enum strategy strategy = lane->piece->leaf->strategy;
    statement_bound(step, strategy, lane->range.from, from);
    statement_bound(step, strategy, lane->range.to, to);
    sql->params[0].value = from;
    sql->params[1].value = to;
    return db_send_sql(lane->db, sql, err);
}

static int send_deed(struct lane *lane, struct error *err)
{
    struct leaf_work *leaf = lane->piece->leaf;
    struct sql *deed = lane->skips_locked ? &leaf->skipping_deed : &leaf->deed;
    if (deed->text.length == 0)
        statement_deed(lane->engine->plan, lane->stage->step, leaf->leaf, leaf->strategy,
                       lane->skips_locked, lane->engine->options->key, deed);
    statement_range_text(lane->stage->step, leaf->strategy, lane->range.from, lane->range.to,
                         lane->shown_range, sizeof lane->shown_range);
    return send_range(lane, deed, err);
}

/* How many rows of the range are due still: others hold them locked. */
static int send_left(struct lane *lane, struct error *err)
{
    struct leaf_work *leaf = lane->piece->leaf;
    if (leaf->left.text.length == 0)
        statement_left(lane->engine->plan, lane->stage->step, leaf->leaf, leaf->strategy,
                       lane->engine->options->key, &leaf->left);
    return send_range(lane, &leaf->left, err);
}

/* Where the batch writes on other nodes alone, a message puts its transaction id into the WAL. */
static int send_xid(struct lane *lane, struct error *err)
{
    if (lane->piece->leaf->leaf->citus == CITUS_NONE)
        return lane_send_text(lane, "SELECT pg_current_xact_id()::text", err);
    return lane_send_text(lane,
                          "SELECT pg_current_xact_id()::text"
                          " FROM pg_logical_emit_message(true, 'pgretain', '')",
                          err);
}

int lane_try(struct lane *lane, struct error *err)
{
    bool looks = lane->piece->leaf->strategy == STRATEGY_CLOCK_SLICES && !summary_is_one(lane);
    lane->started = instant_monotonic_seconds();
    lane->was_cancelled = false;
    lane->rows = 0;
    lane->flush = FLUSH_NONE;
    governor_expect(&lane->engine->governor);
    if (lane_send_text(lane, "BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE", err) != 0 ||
        lane_send_text(lane, "SET LOCAL statement_timeout = '60s'", err) != 0 ||
        lane_send_text(lane, "SET CONSTRAINTS ALL IMMEDIATE", err) != 0 ||
        send_xid(lane, err) != 0 || db_send_flush(lane->db, err) != 0 ||
        send_cascades(lane, err) != 0 ||
        (summary_is_one(lane) ? summary_send(lane, err) : send_deed(lane, err)) != 0 ||
        send_cascades(lane, err) != 0 || send_fingerprint(lane, err) != 0 ||
        (lane->skips_locked && send_left(lane, err) != 0) ||
        (looks && send_look(lane, lane->range.to, err) != 0) || db_send_end(lane->db, err) != 0)
        return -1;
    lane->state = LANE_DEED;
    return 0;
}

/* What goes before the statement: BEGIN, two settings, and the transaction id. */
enum { ANSWERS_WITH_XID = 4 };

bool lane_has_xid(const struct lane *lane)
{
    return db_answers(lane->db) >= ANSWERS_WITH_XID;
}

int lane_look(struct lane *lane, struct error *err)
{
    if (summary_is_one(lane))
        return summary_look(lane, err);
    if (send_look(lane, lane->piece->next, err) != 0 || db_send_end(lane->db, err) != 0)
        return -1;
    lane->state = LANE_LOOKING;
    return 0;
}

static int receive_cascades(struct lane *lane, int64_t sign, struct error *err)
{
    struct db_result *r = NULL;
    if (lane->stage->cascade_oids == NULL)
        return 0;
    if (db_receive(lane->db, &r, err) != 0)
        return -1;
    for (int i = 0; i < db_rows(r); i++)
        lane->cascades[db_int(r, i, 0)] += sign * db_int(r, i, 1);
    db_result_free(r);
    return 0;
}

/* The statement's own rows are no cascade, where the table refers to itself. */
static void sum_cascades(struct lane *lane)
{
    const struct plan_step *step = lane->stage->step;
    lane->cascaded = 0;
    for (size_t i = 0; i < step->cascade_count; i++) {
        if (step->cascades[i] == step->table)
            lane->cascades[i] -= lane->rows;
        lane->cascaded += lane->cascades[i];
    }
}

static int receive_xid(struct lane *lane, struct error *err)
{
    struct db_result *r = NULL;
    if (db_receive(lane->db, &r, err) != 0)
        return -1;
    snprintf(lane->xid, sizeof lane->xid, "%s", db_value(r, 0, 0));
    db_result_free(r);
    return 0;
}

/* Whether the tables are still what was planned; their locks keep them so until COMMIT. */
static int receive_fingerprint(struct lane *lane, bool *ret_same, struct error *err)
{
    struct db_result *r = NULL;
    const struct catalog_table *table;
    if (db_receive(lane->db, &r, err) != 0)
        return -1;
    *ret_same = true;
    for (int i = 0; (table = watched(lane, (size_t)i)) != NULL && *ret_same; i++) {
        const char *hex = i < db_rows(r) ? db_value(r, i, 1) : NULL;
        *ret_same = hex != NULL && strcmp(hex, table->fingerprint) == 0;
    }
    db_result_free(r);
    return 0;
}

int deed_receive_look(struct lane *lane, int64_t *ret_first, int64_t *ret_last, struct error *err)
{
    struct db_result *r = NULL;
    if (db_receive(lane->db, &r, err) != 0)
        return -1;
    bool found = db_value(r, 0, 0) != NULL;
    *ret_first = found ? db_int(r, 0, 0) : INT64_MAX;
    *ret_last = found ? db_int(r, 0, 1) : INT64_MAX;
    db_result_free(r);
    return 0;
}

static int receive_left(struct lane *lane, struct error *err)
{
    struct db_result *r = NULL;
    if (db_receive(lane->db, &r, err) != 0)
        return -1;
    lane->locked = db_int(r, 0, 0);
    db_result_free(r);
    return 0;
}

/* In the order of lane_try(). */
int deed_receive(struct lane *lane, bool *ret_same, struct error *err)
{
    struct db_result *r = NULL;
    int64_t last;
    lane->next_position = -1;
    for (size_t i = 0; i < lane->stage->step->cascade_count; i++)
        lane->cascades[i] = 0;
    for (int i = 1; i < ANSWERS_WITH_XID; i++)
        if (db_receive(lane->db, NULL, err) != 0)
            return -1;
    if (receive_xid(lane, err) != 0 || receive_cascades(lane, -1, err) != 0 ||
        db_receive(lane->db, &r, err) != 0)
        return -1;
    int rc = 0;
    if (summary_is_one(lane))
        rc = summary_rows(lane, r, &lane->rows, err);
    else
        lane->rows = db_affected(r);
    db_result_free(r);
    if (rc != 0 || receive_cascades(lane, 1, err) != 0 ||
        receive_fingerprint(lane, ret_same, err) != 0)
        return -1;
    sum_cascades(lane);
    lane->locked = 0;
    if (lane->skips_locked && receive_left(lane, err) != 0)
        return -1;
    return lane->piece->leaf->strategy == STRATEGY_CLOCK_SLICES && !summary_is_one(lane)
               ? deed_receive_look(lane, &lane->next_position, &last, err)
               : 0;
}
