/*
 * recover.c - what became of intents that have no commit or abort
 *
 * The xid in an intent was flushed to WAL before the intent was written, so the server cannot have
 * given it to anyone else: what pg_xact_status says about it is the truth.
 */
#include "enforce/enforce_private.h"

#include "base/fault.h"

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

static int settle(struct db *control, struct audit_log *log, const struct audit_intent *intent,
                  struct error *err)
{
    char status[16];
    int64_t seq;
    if (ask(control, intent->xid, status, err) != 0)
        return -1;
    bool known = status[0] != '\0', committed = strcmp(status, "committed") == 0;
    const struct audit_field fields[] = {
        {"cause", known ? "pg_xact_status" : "transaction too old to ask about", 0},
        {"intent", NULL, intent->seq},
        {"outcome", known ? status : "unknown", 0},
        {"rows", NULL, committed ? intent->rows : 0},
    };
    return audit_append(log, "recovered", fields, sizeof fields / sizeof *fields, &seq, err);
}

int enforce_recover(struct db *control, struct audit_log *log, const struct audit_state *state,
                    struct error *err)
{
    for (size_t i = 0; i < state->open_count; i++)
        if (settle(control, log, &state->open[i], err) != 0)
            return -1;
    fault_point("recovered");
    return state->open_count == 0 ? 0 : audit_sync(log, err);
}
