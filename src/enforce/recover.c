/*
 * recover.c - what became of intents that have no commit or abort
 *
 * The xid in an intent was flushed to WAL before the intent was written, so the server cannot have
 * given it to anyone else: what pg_xact_status says about it is the truth.
 */
#include "enforce/enforce_private.h"

#include "base/fault.h"
#include "statement/statement.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { LONGEST_WAIT_SECONDS = 600 };

/* What pg_xact_status says: "committed", "aborted", "in progress", "" where it no longer knows. */
static int ask_once(struct db *control, const char *xid, char ret_status[16], struct error *err)
{
    struct db_result *r = NULL;
    if (db_query_text(control, "SELECT pg_xact_status($1::xid8)", &xid, 1, &r, err) != 0) {
        if (strcmp(err->sqlstate, "22023") != 0)
            return -1;
        strcpy(ret_status, "aborted"); /* an xid in the future: its WAL never reached the disk */
        return 0;
    }
    const char *status = db_value(r, 0, 0);
    snprintf(ret_status, 16, "%s", status == NULL ? "" : status);
    db_result_free(r);
    return 0;
}

static int ask(struct db *control, const char *xid, char ret_status[16], struct error *err)
{
    const struct timespec pause = {0, 100 * 1000000};
    for (int i = 0; i < LONGEST_WAIT_SECONDS * 10; i++) {
        if (ask_once(control, xid, ret_status, err) != 0)
            return -1;
        if (strcmp(ret_status, "in progress") != 0)
            return 0;
        nanosleep(&pause, NULL);
    }
    return error_set(err, EXIT_LOCKED, "transaction %s of an earlier run is still in progress",
                     xid);
}

static int settle(struct db *control, struct audit_log *log, struct audit_intent *intent,
                  struct error *err)
{
    char status[16];
    int64_t seq;
    if (ask(control, intent->xid, status, err) != 0)
        return -1;
    bool known = status[0] != '\0', committed = strcmp(status, "committed") == 0;
    intent->committed = committed;
    const struct audit_field fields[] = {
        {"cause", known ? "pg_xact_status" : "transaction too old to ask about", 0},
        {"intent", NULL, intent->seq},
        {"outcome", known ? status : "unknown", 0},
        {"rows", NULL, committed ? intent->rows : 0},
    };
    return audit_append(log, "recovered", fields, sizeof fields / sizeof *fields, &seq, err);
}

/* Its intent was open, and is recovered as committed by now. */
static bool was_dropped(const struct audit_state *state, const struct audit_detached *detached)
{
    for (size_t i = 0; i < state->open_count; i++)
        if (strcmp(state->open[i].range, "partition") == 0 && state->open[i].committed &&
            strcmp(state->open[i].table, detached->partition) == 0)
            return true;
    return false;
}

static const struct catalog_table *find_by_text(const struct catalog *catalog, const char *text)
{
    for (size_t i = 0; i < catalog->table_count; i++)
        if (strcmp(catalog->tables[i].text, text) == 0)
            return &catalog->tables[i];
    return NULL;
}

static int alter(struct db *control, struct sql *sql, struct error *err)
{
    int rc = db_query(control, sql, NULL, err);
    sql_free(sql);
    if (rc != 0)
        error_hint(err, "A partition of an earlier run is detached; attach it again by hand.");
    return rc;
}

/* Puts a partition back that a run took off and could not drop. */
static int put_back(struct db *control, struct audit_log *log,
                    const struct audit_detached *detached, const struct catalog *catalog,
                    bool *ret_moved, struct error *err)
{
    struct arena arena = {0};
    struct sql finalize = {.arena = &arena}, attach = {.arena = &arena};
    const struct catalog_table *partition = find_by_text(catalog, detached->partition);
    const struct catalog_table *parent = find_by_text(catalog, detached->parent);
    int rc = 0;
    bool is_there = partition != NULL && parent != NULL;
    if (is_there && partition->is_detach_pending) {
        statement_detach(partition, true, &finalize);
        rc = alter(control, &finalize, err);
    }
    if (rc == 0 && is_there && (!partition->is_partition || partition->is_detach_pending)) {
        statement_attach(parent->quoted, partition->quoted, detached->bound, &attach);
        rc = alter(control, &attach, err);
    }
    arena_free(&arena);
    *ret_moved = rc == 0 && is_there && (!partition->is_partition || partition->is_detach_pending);
    return rc == 0 ? record_attach(log, detached->rule, detached->partition, err) : -1;
}

int enforce_recover(struct db *control, struct audit_log *log, const struct audit_state *state,
                    const struct catalog *catalog, struct outcome *outcome, struct error *err)
{
    bool moved = false;
    for (size_t i = 0; i < state->open_count; i++)
        if (settle(control, log, &state->open[i], err) != 0 || fault_point("settled", err) != 0)
            return -1;
    for (size_t i = 0; i < state->detached_count; i++) {
        const struct audit_detached *detached = &state->detached[i];
        if (was_dropped(state, detached))
            continue;
        if (put_back(control, log, detached, catalog, &moved, err) != 0)
            return -1;
        if (moved)
            *ARENA_PUSH(&outcome->arena, outcome->put_back, outcome->put_back_count) =
                arena_strdup(&outcome->arena, detached->partition);
    }
    if (fault_point("recovery-done", err) != 0)
        return -1;
    return state->open_count + state->detached_count == 0 ? 0 : audit_sync(log, err);
}
