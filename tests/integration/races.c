/*
 * races.c - another session changes a row while a batch waits for it
 *
 * races --program PGRETAIN. Runs under scripts/pg-temp. In each race a session changes something
 * and keeps its transaction open; enforce is started; once the server says that enforce's backend
 * is blocked by that session, the session commits. What the rules then say about the new rows must
 * hold. At READ COMMITTED most of these lose rows.
 */
#include "support/audit_file.h"
#include "support/process.h"
#include "support/scratch.h"
#include "support/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { FAILS = -1 };

struct race {
    const char *name;
    const char *schema;  /* tables; rows are added by `rows` */
    const char *policy;  /* holds and rules */
    const char *meddle;  /* the other session's statements, before COMMIT */
    const char *verdict; /* SQL giving t when all is as it must be */
    long long gone;      /* rows the audit must show, changed and cascaded; FAILS: none, exit 8 */
};

/* Ten calls of accounts 1 to 10, all long due; account 17 is held. */
static const char calls[] =
    "CREATE TABLE r.accounts (id int PRIMARY KEY, seen timestamptz);"
    "CREATE TABLE r.calls (id int PRIMARY KEY, acct int REFERENCES r.accounts, note text,"
    " started_at timestamptz, busy boolean NOT NULL DEFAULT false);"
    "CREATE TABLE r.register (call_id int);"
    "INSERT INTO r.accounts SELECT g, now() FROM generate_series(1, 20) g;"
    "INSERT INTO r.calls SELECT g, g, 'x', now() - interval '90 days'"
    " FROM generate_series(1, 10) g;";

static const char calls_rule[] =
    "rules:\n  - {table: r.calls, category: old, clock: started_at, action: purge}\n";

/* Three parents, ten children each, all due. */
static const char family[] =
    "CREATE TABLE r.parent (id int PRIMARY KEY, seen timestamptz);"
    "CREATE TABLE r.child (id int PRIMARY KEY, parent_id int REFERENCES r.parent"
    " ON DELETE CASCADE, made timestamptz, note text);"
    "CREATE INDEX ON r.child (parent_id);"
    "INSERT INTO r.parent SELECT g, now() - interval '90 days' FROM generate_series(1, 3) g;"
    "INSERT INTO r.child SELECT g, g % 3 + 1, now() - interval '90 days', 'x'"
    " FROM generate_series(1, 30) g;";

/* The calls in two tables, and their accounts have owners among users that belong to accounts. */
static const char circle[] =
    "CREATE TABLE r.accounts (id int PRIMARY KEY, owner int);"
    "CREATE TABLE r.users (id int PRIMARY KEY, acct int REFERENCES r.accounts);"
    "CREATE TABLE r.calls (id int PRIMARY KEY, who int REFERENCES r.users, note text,"
    " started_at timestamptz) PARTITION BY RANGE (id);"
    "CREATE TABLE r.calls_1 PARTITION OF r.calls FOR VALUES FROM (0) TO (6);"
    "CREATE TABLE r.calls_2 PARTITION OF r.calls FOR VALUES FROM (6) TO (20);"
    "CREATE TABLE r.register (call_id int);"
    "INSERT INTO r.accounts SELECT g, g FROM generate_series(1, 20) g;"
    "INSERT INTO r.users SELECT g, g FROM generate_series(1, 20) g;"
    "ALTER TABLE r.accounts ADD FOREIGN KEY (owner) REFERENCES r.users;"
    "INSERT INTO r.calls SELECT g, g, 'x', now() - interval '90 days'"
    " FROM generate_series(1, 10) g; INSERT INTO r.register VALUES (10);";

static const char circle_policy[] =
    "holds: [{id: h, reason: r, table: r.accounts, where: \"id = 17\", follow: true}]\n"
    "rules:\n  - {table: r.calls, category: old, clock: started_at, action: purge}\n";

static const struct race races[] = {
    {"a row moves onto a held account (follow)", calls,
     "holds: [{id: h, reason: r, table: r.accounts, where: \"id = 17\", follow: true}]\n"
     "rules:\n  - {table: r.calls, category: old, clock: started_at, action: purge}\n",
     "UPDATE r.calls SET acct = 17 WHERE id = 5",
     "SELECT count(*) = 1 AND min(id) = 5 FROM r.calls", 9},
    {"a row moves onto a held account (where)", calls,
     "holds: [{id: h, reason: r, table: r.calls, where: \"acct = 17\"}]\n"
     "rules:\n  - {table: r.calls, category: old, clock: started_at, action: purge}\n",
     "UPDATE r.calls SET acct = 17 WHERE id = 5",
     "SELECT count(*) = 1 AND min(id) = 5 FROM r.calls", 9},
    {"a row enters a register of holds", calls,
     "holds: [{id: h, reason: r, table: r.calls,"
     " where: \"exists (select from r.register g where g.call_id = calls.id)\"}]\n"
     "rules:\n  - {table: r.calls, category: old, clock: started_at, action: purge}\n",
     "UPDATE r.calls SET note = 'held' WHERE id = 5; INSERT INTO r.register VALUES (5)",
     "SELECT count(*) = 1 AND min(id) = 5 FROM r.calls", 9},
    {"a row leaves the scope", calls,
     "rules:\n  - {table: r.calls, category: old, clock: started_at, action: purge,"
     " unless: busy}\n",
     "UPDATE r.calls SET busy = true WHERE id = 5",
     "SELECT count(*) = 1 AND min(id) = 5 FROM r.calls", 9},
    {"a row's own clock is renewed", calls, calls_rule,
     "UPDATE r.calls SET started_at = now() WHERE id = 5",
     "SELECT count(*) = 1 AND min(id) = 5 FROM r.calls", 9},
    {"a row's own clock is renewed while it is masked", calls,
     "rules:\n  - {table: r.calls, category: old, clock: started_at, action: anonymise,"
     " mask: {note: null}}\n",
     "UPDATE r.calls SET started_at = now() WHERE id = 5",
     "SELECT count(*) = 1 AND min(id) = 5 FROM r.calls WHERE note IS NOT NULL", 9},
    {"a row is rewritten and stays due", calls, calls_rule,
     "UPDATE r.calls SET note = 'y' WHERE id = 5", "SELECT count(*) = 0 FROM r.calls", 10},
    {"a parent's clock is renewed, its children would go by cascade", family,
     "rules:\n  - {table: r.parent, category: old, clock: seen, action: purge,"
     " cascade: [r.child]}\n",
     "UPDATE r.parent SET seen = now() WHERE id = 2",
     "SELECT (SELECT count(*) FROM r.parent) = 1 AND count(*) = 10 AND min(parent_id) = 2 FROM "
     "r.child",
     22},
    {"a parent's clock is renewed, a child with that clock is locked", family,
     "rules:\n  - {table: r.child, category: old, action: purge,"
     " clock: {parent: r.parent, via: parent_id, clock: seen}}\n",
     "UPDATE r.parent SET seen = now() WHERE id = 2; UPDATE r.child SET note = 'y' WHERE id = 4",
     "SELECT count(*) = 10 AND min(parent_id) = 2 AND max(parent_id) = 2 FROM r.child", 20},
    {"a young child arrives under a parent that goes", family,
     "rules:\n"
     "  - {table: r.child, category: old, clock: made, action: purge}\n"
     "  - {table: r.parent, category: old, clock: seen, action: purge}\n",
     "INSERT INTO r.child VALUES (99, 2, now(), 'young')",
     "SELECT (SELECT array_agg(id) = '{2}' FROM r.parent) AND array_agg(id) = '{99}' FROM r.child",
     32},
    {"a cascading child grows young while its parent goes", family,
     "rules:\n"
     "  - {table: r.child, category: old, clock: made, action: purge, only: \"note = 'y'\"}\n"
     "  - {table: r.parent, category: old, clock: seen, action: purge, cascade: [r.child]}\n"
     "holds: [{id: h, reason: r, table: r.child, where: \"note = 'held'\"}]\n",
     "UPDATE r.child SET note = 'held' WHERE id = 4",
     "SELECT (SELECT array_agg(id) = '{2}' FROM r.parent) AND count(*) = 10 FROM r.child", 22},
    {"a row moves onto a held account, round a circle", circle, circle_policy,
     "UPDATE r.users SET acct = 4 WHERE id = 6; UPDATE r.accounts SET owner = 17 WHERE id = 4;"
     " UPDATE r.calls SET who = 6 WHERE id = 5",
     "SELECT array_agg(id ORDER BY id) = '{4,5,6}' FROM r.calls", 7},
    {"a row's account moves onto a held one, round a circle", circle, circle_policy,
     "UPDATE r.accounts SET owner = 17 WHERE id = 5; UPDATE r.calls SET note = 'y' WHERE id = 5",
     "SELECT array_agg(id) = '{5}' FROM r.calls", 9},
    {"a register of holds grows while an earlier table is worked on", circle,
     "holds: [{id: h, reason: r, table: r.calls,"
     " where: \"exists (select from r.register g where g.call_id = calls.id)\"}]\n"
     "rules:\n  - {table: r.calls, category: old, clock: started_at, action: purge}\n",
     "UPDATE r.calls SET note = 'y' WHERE id = 5; INSERT INTO r.register VALUES (8)",
     "SELECT array_agg(id ORDER BY id) = '{8,10}' FROM r.calls", 8},
    {"a hold's subquery fails once its register has grown", circle,
     "holds: [{id: h, reason: r, table: r.calls,"
     " where: \"id = (select call_id from r.register)\"}]\n"
     "rules:\n  - {table: r.calls, category: old, clock: started_at, action: purge}\n",
     "UPDATE r.calls SET note = 'y' WHERE id = 5; INSERT INTO r.register VALUES (8)",
     "SELECT count(*) = 10 FROM r.calls", FAILS},
};

static const char head[] = "pgretain: 1\npolicy: races\ncategories: {old: {keep: 30 days}}\n"
                           "limits: {share: 100%}\n";

/* Until some backend of pgretain waits for the session's locks; false when enforce ended before. */
static bool wait_until_blocked(PGconn *watcher, int meddler_pid, const struct process *enforce)
{
    char sql[256];
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'pgretain%%' AND "
             "%d = ANY (pg_blocking_pids(pid))",
             meddler_pid);
    const struct timespec pause = {0, 2000000};
    for (int i = 0; i < 15000; i++) {
        if (session_number(watcher, sql) > 0) {
            return true;
        }
        if (process_has_ended(enforce)) {
            return false;
        }
        nanosleep(&pause, NULL);
    }
    return false;
}

/* What is wrong after the race, or NULL. */
static const char *judge(const struct race *race, PGconn *watcher, const char *audit,
                         bool was_blocked, int status)
{
    struct audit_sums sums = audit_sums_read(audit);
    char *verdict = session_text(watcher, race->verdict);
    bool right = strcmp(verdict, "t") == 0;
    free(verdict);
    bool fails = race->gone == FAILS;
    return !was_blocked                ? "enforce never waited for the other session"
           : !right                    ? "the wrong rows are left"
           : status != (fails ? 8 : 0) ? "enforce ended with another status"
           : sums.committed_rows + sums.cascaded_rows != (fails ? 0 : race->gone)
               ? "the audit's rows are not the rows that went"
               : NULL;
}

static bool run_race(const struct race *race, const char *program, const char *directory)
{
    char policy[SCRATCH_PATH], audit[SCRATCH_PATH];
    scratch_path(directory, "policy.yaml", policy);
    scratch_path(directory, "audit.jsonl", audit);
    char *text = NULL;
    if (asprintf(&text, "%s%s", head, race->policy) < 0) {
        fatal("out of memory");
    }
    scratch_write(policy, text);
    free(text);
    audit_file_remove(audit);

    PGconn *watcher = session_open("postgres");
    PGconn *meddler = session_open("postgres");
    session_runf(watcher, "DROP SCHEMA IF EXISTS r CASCADE; CREATE SCHEMA r; %s", race->schema);
    session_runf(meddler, "BEGIN; %s", race->meddle);
    const char *argv[] = {program, "enforce",      policy,    "-d",  "postgres",
                          "--yes", "--accept-new", "--audit", audit, NULL};
    struct process enforce = process_start(argv);
    bool was_blocked = wait_until_blocked(watcher, PQbackendPID(meddler), &enforce);
    session_run(meddler, "COMMIT");
    struct process_result result = process_finish(&enforce, 60000);
    const char *wrong = judge(race, watcher, audit, was_blocked, result.status);
    printf("%s - %s\n", wrong == NULL ? "ok" : "FAILED", race->name);
    if (wrong != NULL) {
        printf("    %s (exit %d)\n%s%s\n", wrong, result.status, result.out, result.err);
    }
    process_result_free(&result);
    PQfinish(meddler);
    PQfinish(watcher);
    return wrong == NULL;
}

int main(int argc, char **argv)
{
    char directory[SCRATCH_PATH];
    if (argc != 3 || strcmp(argv[1], "--program") != 0) {
        fatal("usage: scripts/pg-temp -- races --program PGRETAIN");
    }
    scratch_make("races", directory);
    int failed = 0;
    for (size_t i = 0; i < sizeof races / sizeof races[0]; i++) {
        failed += !run_race(&races[i], argv[2], directory);
    }
    return failed > 0;
}
