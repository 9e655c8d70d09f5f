/*
 * lock.c - one run at a time, and none beside the remains of a killed one
 *
 * Two advisory locks per database. The first is the run's own. The second is held shared by each
 * lane; a starting run must get it exclusively once, so that it waits for backends that still work
 * for a client that was killed.
 */
#include "enforce/enforce_private.h"

#include <math.h>
#include <string.h>

int enforce_check_server(const struct catalog *catalog, struct error *err)
{
    if (catalog->in_recovery) {
        error_set(err, EXIT_REFUSED, "the server is a standby");
        return error_hint(err, "Connect to the primary; \"plan\" works on a standby.");
    }
    if (strcmp(catalog->session_replication_role, "origin") != 0) {
        error_set(err, EXIT_REFUSED, "session_replication_role is \"%s\"",
                  catalog->session_replication_role);
        return error_hint(err, "Foreign keys and triggers would not fire; it must be \"origin\".");
    }
    if (fabs(catalog->clock_skew_seconds) > 600) {
        error_set(err, EXIT_REFUSED, "the clocks of server and client differ by %.0f seconds",
                  fabs(catalog->clock_skew_seconds));
        return error_hint(err, "One of them is wrong, and cutoffs depend on the server's.");
    }
    return 0;
}

static int query_bool(struct db *db, const char *sql, bool *ret_value, struct error *err)
{
    struct db_result *r = NULL;
    if (db_query_text(db, sql, NULL, 0, &r, err) != 0)
        return -1;
    *ret_value = db_rows(r) == 1 && db_bool(r, 0, 0);
    db_result_free(r);
    return 0;
}

int enforce_lock(struct db *control, struct error *err)
{
    bool got = false, visible = false;
    if (query_bool(control, "SELECT pg_try_advisory_lock(" RUN_LOCK ")", &got, err) != 0)
        return -1;
    if (!got) {
        error_set(err, EXIT_LOCKED, "another run of pgretain holds the lock on this database");
        return error_hint(err, "SELECT pid FROM pg_locks WHERE locktype = 'advisory' shows it.");
    }
    if (query_bool(control,
                   "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted"
                   " AND pid = pg_backend_pid())",
                   &visible, err) != 0)
        return -1;
    if (!visible) {
        error_set(err, EXIT_REFUSED, "the advisory lock did not stay with the session");
        return error_hint(err, "A transaction pooler stands in between: connect to the server.");
    }
    if (db_run(control, "SET lock_timeout = '10min'", err) != 0 ||
        db_run(control, "SELECT pg_advisory_lock(" LANE_LOCK ")", err) != 0 ||
        db_run(control, "SELECT pg_advisory_unlock(" LANE_LOCK ")", err) != 0 ||
        db_run(control, "SET lock_timeout = '5s'", err) != 0)
        return -1;
    return 0;
}
