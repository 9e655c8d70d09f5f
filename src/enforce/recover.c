/*
 * recover.c - what became of intents that have no commit or abort
 *
 * The xid in an intent was flushed to WAL before the intent was written, so the server cannot have
 * given it to anyone else: what pg_xact_status says about it is the truth. That holds for the
 * server that gave it. Another cluster, the same one on another timeline, or an older copy of its
 * files, whose WAL ends before the intent's, may have given the number to a stranger; and a server
 * forgets what is too old. Then the outcome is unknown, the rows
 * of the intent are counted again, and those that are not there any more are said to be gone.
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

/* Why the server that is asked cannot know, or NULL. */
static const char *find_stranger(const struct catalog *catalog, const struct audit_intent *intent)
{
    return strcmp(intent->system_identifier, catalog->system_identifier) != 0 ? "another cluster"
           : intent->timeline != catalog->timeline                            ? "another timeline"
           : intent->wal_position > catalog->wal_position                     ? "an older copy"
                                                                              : NULL;
}

static int record(struct audit_log *log, const struct audit_intent *intent, const char *outcome,
                  int64_t rows, const char *cause, struct error *err)
{
    const struct audit_field fields[] = {
        {"cause", cause, 0},
        {"intent", NULL, intent->seq},
        {"outcome", outcome, 0},
        {"rows", NULL, rows},
    };
    return audit_append(log, "recovered", fields, sizeof fields / sizeof *fields, NULL, err);
}

static int settle_unknown(struct recovery *recovery, const struct audit_intent *intent,
                          const char *why, struct error *err)
{
    char cause[64];
    int64_t due;
    if (recount_due(recovery->control, recovery->plan, recovery->key, intent, &due, err) != 0)
        return -1;
    int64_t gone = due < 0 || due > intent->rows ? 0 : intent->rows - due;
    snprintf(cause, sizeof cause, "%s, %s", why, due < 0 ? "not to be recounted" : "recounted");
    recovery->outcome->unknown_batches++;
    recovery->outcome->unknown_rows += intent->rows;
    recovery->outcome->unknown_gone += gone;
    return record(recovery->log, intent, "unknown", gone, cause, err);
}

static int settle(struct recovery *recovery, struct audit_intent *intent, struct error *err)
{
    char status[16];
    const char *stranger = find_stranger(recovery->plan->catalog, intent);
    if (stranger != NULL)
        return settle_unknown(recovery, intent, stranger, err);
    if (ask(recovery->control, intent->xid, status, err) != 0)
        return -1;
    if (status[0] == '\0')
        return settle_unknown(recovery, intent, "too old to ask about", err);
    intent->committed = strcmp(status, "committed") == 0;
    return record(recovery->log, intent, status, intent->committed ? intent->rows : 0,
                  "pg_xact_status", err);
}

const struct catalog_table *recover_find_table(const struct catalog *catalog, const char *text)
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

/* Whether it is attached, and not on its way out. */
static bool is_in_place(const struct catalog_table *partition)
{
    return partition->is_partition && !partition->is_detach_pending;
}

static int attach(struct db *control, const struct catalog_table *partition,
                  const struct catalog_table *parent, const char *bound, struct error *err)
{
    struct arena arena = {0};
    struct sql finalize = {.arena = &arena}, attach = {.arena = &arena};
    int rc = 0;
    if (partition->is_detach_pending) {
        statement_detach(partition, true, &finalize);
        rc = alter(control, &finalize, err);
    }
    if (rc == 0 && fault_point("finalized", err) != 0)
        rc = -1;
    if (rc == 0) {
        statement_attach(parent->quoted, partition->quoted, bound, &attach);
        rc = alter(control, &attach, err);
    }
    arena_free(&arena);
    return rc == 0 ? fault_point("put-back", err) : -1;
}

/* Puts a partition back that a run took off and could not drop. It is there no more where its DROP
 * is of unknown outcome, or somebody else dropped it. */
static int put_back(struct recovery *recovery, const struct audit_detached *detached,
                    struct error *err)
{
    const struct catalog *catalog = recovery->plan->catalog;
    struct outcome *outcome = recovery->outcome;
    const struct catalog_table *partition = recover_find_table(catalog, detached->partition);
    const struct catalog_table *parent = recover_find_table(catalog, detached->parent);
    if (partition == NULL || parent == NULL)
        return record_detached_end(recovery->log, "gone", detached->rule, detached->partition, err);
    if (!is_in_place(partition)) {
        if (attach(recovery->control, partition, parent, detached->bound, err) != 0)
            return -1;
        *ARENA_PUSH(&outcome->arena, outcome->put_back, outcome->put_back_count) =
            arena_strdup(&outcome->arena, detached->partition);
    }
    return record_detached_end(recovery->log, "attach", detached->rule, detached->partition, err);
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

int enforce_recover(struct recovery *recovery, const struct audit_state *state, struct error *err)
{
    for (size_t i = 0; i < state->open_count; i++)
        if (settle(recovery, &state->open[i], err) != 0 || fault_point("settled", err) != 0)
            return -1;
    for (size_t i = 0; i < state->detached_count; i++)
        if (!was_dropped(state, &state->detached[i]) &&
            put_back(recovery, &state->detached[i], err) != 0)
            return -1;
    if (fault_point("recovery-done", err) != 0)
        return -1;
    return state->open_count + state->detached_count == 0 ? 0 : audit_sync(recovery->log, err);
}
