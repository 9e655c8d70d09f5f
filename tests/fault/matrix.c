/*
 * matrix.c - every step of the protocol, broken in every way
 *
 * matrix --program PGRETAIN --pg-temp SCRIPT [--runs N] [--first CASE]
 *
 * Runs under scripts/pg-temp, best with a long wal_writer_delay, so that a crash loses what nobody
 * flushed; PGRETAIN is a build with fault points. A case is a place, a kind of fault, a workload
 * and a number of lanes. It fills the tables, runs enforce with the fault, and asks the database
 * what is gone. Then enforce runs until it is done, and the log has to name exactly those rows as
 * gone, per rule and table, and in the end all that were due. --runs spreads so many cases evenly
 * over the matrix; 0 is all of it. --first begins with a case that an earlier run has named.
 */
#include "support/audit_file.h"
#include "support/process.h"
#include "support/scratch.h"
#include "support/session.h"
#include "tally.h"
#include "workloads.h"

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST_RUNS_AFTER = 3, PARTITION = 2, CASCADING = 0 };

/* Where; see fault.h. `only` is the workload that passes there, or -1; `before` is the fault of an
 * earlier run, where the place lies in the recovery from it. */
static const struct place {
    const char *name;
    int only;
    const char *before;
} places[] = {
    {"log_begin", -1, NULL},
    {"run_begin", -1, NULL},
    {"run-begun", -1, NULL},
    {"head", -1, NULL},
    {"head-written", -1, NULL},
    {"step_begin", -1, NULL},
    {"statement-done", -1, NULL},
    {"flush-sent", -1, NULL},
    {"wal-flushed", -1, NULL},
    {"intent", -1, NULL},
    {"intent-written", -1, NULL},
    {"intent-synced", -1, NULL},
    {"commit-unsent", -1, NULL},
    {"commit-sent", -1, NULL},
    {"commit-answered", -1, NULL},
    {"commit", -1, NULL},
    {"commit-recorded", -1, NULL},
    {"step-done", -1, NULL},
    {"step_end", -1, NULL},
    {"steps-done", -1, NULL},
    {"run_end", -1, NULL},
    {"cascade", CASCADING, NULL},
    {"detach", PARTITION, NULL},
    {"detach-recorded", PARTITION, NULL},
    {"detach-sent", PARTITION, NULL},
    {"detached", PARTITION, NULL},
    {"proved", PARTITION, NULL},
    {"drop-sent", PARTITION, NULL},
    {"dropped", PARTITION, NULL},
    {"attach-sent", PARTITION, NULL},
    {"attached", PARTITION, NULL},
    {"attach", PARTITION, NULL},
    {"recovered", -1, "commit-sent:1:kill"},
    {"settled", -1, "intent-synced:1:kill"},
    {"recovery-done", -1, "intent-synced:1:kill"},
    {"put-back", PARTITION, "detached:1:kill"},
};
enum { PLACES = sizeof places / sizeof places[0] };

enum { STOP, KILL_BACKEND, END_BACKEND, NOTHING };
static const struct kind {
    const char *name;
    const char *what; /* as fault.h has it */
    int run;          /* by command */
    bool crashes;     /* the server, or it is made to afterwards */
} kinds[] = {
    {"kill -9", "kill", NOTHING, false},
    {"error return", "error", NOTHING, false},
    {"connections cut", "cut", NOTHING, false},
    {"ENOSPC", "enospc", NOTHING, false},
    {"short write", "short", NOTHING, false},
    {"torn write, kill -9", "tear", NOTHING, false},
    {"EIO on sync", "eio", NOTHING, false},
    {"power cut, client", "power", NOTHING, false},
    {"power cut, both", "power", NOTHING, true},
    {"server stops at once", "run", STOP, true},
    {"backend SIGKILL", "run", KILL_BACKEND, true},
    {"backend terminated", "run", END_BACKEND, false},
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static const int lane_counts[] = {1, 2, 4};
enum { LANES = 3 };

struct fault_case {
    int number;
    const struct place *place;
    const struct kind *kind;
    const struct workload *workload;
    int lanes;
};

struct scene {
    const char *program;
    const char *pg_temp;
    char directory[SCRATCH_PATH], policy[SCRATCH_PATH], audit[SCRATCH_PATH], mark[SCRATCH_PATH];
    struct tally by_kind[KINDS], by_workload[8], by_lanes[LANES];
    bool failed; /* this case */
};

static bool is_partitioned(const struct fault_case *c)
{
    return c->workload == &workloads[PARTITION];
}

static void wrong(struct scene *scene, const struct fault_case *c, const char *what, long long got,
                  long long expected)
{
    if (got == expected) {
        return;
    }
    scene->failed = true;
    printf("FAILED case %d (%s, %s, %s, %d lanes): %s: %lld, expected %lld\n", c->number,
           c->place->name, c->kind->name, c->workload->name, c->lanes, what, got, expected);
    fflush(stdout);
}

static void pause_ms(long milliseconds)
{
    const struct timespec pause = {0, milliseconds * 1000000};
    nanosleep(&pause, NULL);
}

/* The server may be down, on its way down or on its way up. */
static void await_server(const struct scene *scene)
{
    const char *argv[] = {scene->pg_temp, "--ctl", getenv("PGTEMP"), "start", "-w", NULL};
    for (int i = 0; i < 600; i++) {
        PGPing ping = PQping("");
        if (ping == PQPING_OK) {
            return;
        }
        if (ping == PQPING_NO_RESPONSE) {
            struct process_result result = process_run(argv);
            process_result_free(&result);
        }
        pause_ms(20);
    }
    fatal("the server does not come up again");
}

/* Once no backend of a killed run is at work any more. */
static PGconn *await_session(void)
{
    PGconn *session = session_open("matrix");
    session_run(session, "SET synchronous_commit = on"); /* not what is being tested */
    while (session_number(session, "SELECT count(*) FROM pg_stat_activity WHERE application_name "
                                   "LIKE 'pgretain%'") > 0) {
        pause_ms(2);
    }
    return session;
}

static void fill(struct scene *scene, const struct fault_case *c)
{
    char text[4096];
    PGconn *session = await_session();
    session_run(session, "DROP SCHEMA IF EXISTS m CASCADE; CREATE SCHEMA m");
    session_run(session, c->workload->schema);
    session_runf(session, "ALTER DATABASE matrix SET synchronous_commit = %s",
                 c->number % 2 == 0 ? "off" : "on");
    PQfinish(session);
    audit_file_remove(scene->audit);
    unlink(scene->mark);
    snprintf(text, sizeof text,
             "pgretain: 1\npolicy: matrix\nlimits: {share: 100%%}\n"
             "categories: {old: {keep: 30 days}}\n%s",
             c->workload->rules);
    scratch_write(scene->policy, text);
}

static struct process_result enforce(struct scene *scene, int lanes)
{
    char jobs[8];
    snprintf(jobs, sizeof jobs, "%d", lanes);
    const char *argv[] = {scene->program, "enforce",      scene->policy,   "-d", "matrix",
                          "--yes",        "--accept-new", "--max-latency", "0",  "--jobs",
                          jobs,           "--audit",      scene->audit,    NULL};
    return process_run(argv);
}

static void set_command(const struct scene *scene, const struct fault_case *c)
{
    static const char psql[] = "psql -XqAt -d matrix -c";
    static const char newest[] = "FROM pg_stat_activity WHERE application_name = 'pgretain' AND "
                                 "query_start IS NOT NULL ORDER BY query_start DESC LIMIT 1";
    char command[2048];
    if (strncmp(c->place->name, "attach", 6) == 0) {
        /* a row that is held comes in while the partition is detached */
        snprintf(command, sizeof command,
                 "%s \"INSERT INTO m.parts_1 VALUES (0, '2001-01-05', 7)\"", psql);
    } else if (c->kind->run == STOP) {
        snprintf(command, sizeof command, "%s --ctl %s stop -m immediate >/dev/null 2>&1",
                 scene->pg_temp, getenv("PGTEMP"));
    } else if (c->kind->run == KILL_BACKEND) {
        snprintf(command, sizeof command, "kill -9 $(%s \"SELECT pid %s\")", psql, newest);
    } else {
        snprintf(command, sizeof command, "%s \"SELECT pg_terminate_backend(pid) %s\" >/dev/null",
                 psql, newest);
    }
    setenv("PGRETAIN_FAULT_RUN", command, 1);
}

/* The run that has to be recovered from. */
static void break_before(struct scene *scene, const struct fault_case *c)
{
    setenv("PGRETAIN_FAULT", c->place->before, 1);
    struct process_result result = enforce(scene, c->lanes);
    unsetenv("PGRETAIN_FAULT");
    wrong(scene, c, "the run before did not end early", access(scene->mark, F_OK), 0);
    process_result_free(&result);
    unlink(scene->mark);
    PQfinish(await_session());
}

/* Runs enforce with the fault, at a later pass of the place where there is one. False where the
 * workload does not come by. */
static bool break_one(struct scene *scene, const struct fault_case *c)
{
    char fault[200];
    bool attaches = strncmp(c->place->name, "attach", 6) == 0;
    set_command(scene, c);
    for (int pass = 1 + c->number % 3; pass >= 1; pass--) {
        fill(scene, c);
        if (c->place->before != NULL) {
            break_before(scene, c);
        }
        snprintf(fault, sizeof fault, "%s%s:%d:%s", attaches ? "detached:1:run," : "",
                 c->place->name, pass, c->kind->what);
        setenv("PGRETAIN_FAULT", fault, 1);
        struct process_result result = enforce(scene, c->lanes);
        unsetenv("PGRETAIN_FAULT");
        if (access(scene->mark, F_OK) == 0) {
            wrong(scene, c, "reports of a sanitizer", strstr(result.err, "Sanitizer") != NULL, 0);
            process_result_free(&result);
            return true;
        }
        /* a partition that had to be attached again is left to the next run */
        bool may_be_partial = attaches || (c->place->before != NULL && is_partitioned(c));
        if (result.status != 8 || !may_be_partial) {
            wrong(scene, c, "exit status of a run without the fault", result.status, 0);
        }
        process_result_free(&result);
    }
    return false;
}

/* The server goes down too, or has gone; then others draw transaction ids, perhaps lost ones. */
static void crash(struct scene *scene, const struct fault_case *c)
{
    const char *argv[] = {scene->pg_temp, "--ctl", getenv("PGTEMP"), "stop", "-m",
                          "immediate",    NULL};
    if (c->kind->run == NOTHING) {
        struct process_result result = process_run(argv);
        process_result_free(&result);
    }
    await_server(scene);
    PGconn *session = session_open("matrix");
    if (c->number % 4 < 2) {
        session_run(session, "DO $$ BEGIN FOR i IN 1..40 LOOP INSERT INTO public.noise VALUES (i); "
                             "COMMIT; END LOOP; END $$");
    }
    PQfinish(session);
}

static void add(struct scene *scene, const struct fault_case *c, struct tally *run)
{
    run->failed = scene->failed;
    tally_add(&scene->by_kind[c->kind - kinds], run);
    tally_add(&scene->by_workload[c->workload - workloads], run);
    tally_add(&scene->by_lanes[c->number % LANES], run);
}

static void compare(struct tally *tally, long long logged, long long gone)
{
    tally->lost += gone > logged ? gone - logged : 0;
    tally->doubled += logged > gone ? logged - gone : 0;
}

/* Runs enforce until it has nothing left to do. A partition that it has to attach again is left to
 * one more run. */
static void recover(struct scene *scene, const struct fault_case *c)
{
    int status = 8;
    for (int i = 0; i < MOST_RUNS_AFTER && status == 8; i++) {
        struct process_result result = enforce(scene, c->lanes);
        status = result.status;
        if (status != 0 && (status != 8 || !is_partitioned(c))) {
            printf("%s%s\n", result.out, result.err);
        }
        process_result_free(&result);
    }
    wrong(scene, c, "exit status of the runs after it", status, 0);
}

static void verify(struct scene *scene, const struct fault_case *c)
{
    const char *argv[] = {scene->program, "audit", "verify", scene->audit, NULL};
    struct process_result result = process_run(argv);
    wrong(scene, c, "exit status of audit verify", result.status, 0);
    if (result.status != 0) {
        printf("%s\n", result.err);
    }
    process_result_free(&result);
}

static void measure(PGconn *session, const struct workload *w, long long ret_changed[])
{
    for (size_t i = 0; i < w->check_count; i++) {
        ret_changed[i] = session_number(session, w->checks[i].changed);
    }
}

/* What must be true of the log and the tables, whatever has happened. */
static void judge(struct scene *scene, const struct fault_case *c, struct tally *tally)
{
    const struct workload *w = c->workload;
    long long before[WORKLOAD_CHECKS], after[WORKLOAD_CHECKS];
    PGconn *session = await_session();
    measure(session, w, before);
    wrong(scene, c, "rows wrong after the fault", session_number(session, w->wrong), 0);
    PQfinish(session);
    char *run = audit_text_read(scene->audit, "run_begin", "run");
    struct audit_sums sums = audit_sums_read(scene->audit);
    tally->in_doubt = sums.intents - sums.settled;
    recover(scene, c);
    verify(scene, c);
    session = await_session();
    measure(session, w, after);
    wrong(scene, c, "rows wrong in the end", session_number(session, w->wrong), 0);
    PQfinish(session);
    for (size_t i = 0; i < w->check_count; i++) {
        const struct workload_check *check = &w->checks[i];
        compare(tally,
                run == NULL ? 0 : audit_rows_read(scene->audit, run, check->rule, check->table),
                before[i]);
        compare(tally, audit_rows_read(scene->audit, NULL, check->rule, check->table), after[i]);
        wrong(scene, c, "rows changed in all", after[i], check->due);
    }
    free(run);
    sums = audit_sums_read(scene->audit);
    tally->open = sums.intents - sums.settled;
    tally->unknown = sums.unknown;
    tally->recovered = sums.recovered_rows;
    wrong(scene, c, "rows lost", tally->lost, 0);
    wrong(scene, c, "rows doubled", tally->doubled, 0);
    wrong(scene, c, "intents open", tally->open, 0);
    wrong(scene, c, "intents of unknown outcome", tally->unknown, 0);
}

/* The strategy is the one that the case is about. */
static void check_strategy(struct scene *scene, const struct fault_case *c)
{
    char *strategy = audit_text_read(scene->audit, "step_begin", "strategy");
    wrong(scene, c, "another strategy",
          strategy != NULL && strcmp(strategy, c->workload->strategy) != 0, 0);
    free(strategy);
}

static void run_case(struct scene *scene, const struct fault_case *c)
{
    struct tally tally = {0};
    scene->failed = false;
    if (!break_one(scene, c)) {
        printf("case %d (%s, %s, %s, %d lanes) did not come by its place\n", c->number,
               c->place->name, c->kind->name, c->workload->name, c->lanes);
        tally.unreached = 1;
        add(scene, c, &tally);
        return;
    }
    tally.runs = 1;
    check_strategy(scene, c);
    if (c->kind->crashes) {
        crash(scene, c);
    }
    judge(scene, c, &tally);
    add(scene, c, &tally);
}

/* Returns how many cases failed or were not reached. */
static int print_summary(const struct scene *scene)
{
    struct tally all = {0};
    char name[32];
    tally_print_head();
    for (int i = 0; i < KINDS; i++) {
        tally_print(kinds[i].name, &scene->by_kind[i]);
        tally_add(&all, &scene->by_kind[i]);
    }
    for (size_t i = 0; i < workload_count; i++) {
        tally_print(workloads[i].name, &scene->by_workload[i]);
    }
    for (int i = 0; i < LANES; i++) {
        snprintf(name, sizeof name, "%d lane%s", lane_counts[i], i == 0 ? "" : "s");
        tally_print(name, &scene->by_lanes[i]);
    }
    tally_print("all", &all);
    printf("%d of %d cases did not come by their place\n", all.unreached, all.runs + all.unreached);
    return all.failed + all.unreached;
}

/* Cases in an order in which any few of them differ in everything: neighbours are far apart. */
static bool make_case(int number, struct fault_case *ret_case)
{
    int n = number;
    ret_case->number = number;
    ret_case->lanes = lane_counts[n % LANES];
    n /= LANES;
    ret_case->workload = &workloads[n % (int)workload_count];
    n /= (int)workload_count;
    ret_case->kind = &kinds[n % KINDS];
    ret_case->place = &places[n / KINDS];
    bool passes =
        ret_case->place->only < 0 || ret_case->workload == &workloads[ret_case->place->only];
    bool runs_two =
        strncmp(ret_case->place->name, "attach", 6) == 0 && ret_case->kind->run != NOTHING;
    return passes && !runs_two;
}

int main(int argc, char **argv)
{
    static const struct option names[] = {{"program", required_argument, NULL, 'p'},
                                          {"pg-temp", required_argument, NULL, 't'},
                                          {"runs", required_argument, NULL, 'r'},
                                          {"first", required_argument, NULL, 'f'},
                                          {NULL, 0, NULL, 0}};
    struct scene scene = {.program = NULL};
    int total = PLACES * KINDS * (int)workload_count * LANES, runs = 0, first = 0;
    for (int c; (c = getopt_long(argc, argv, "", names, NULL)) != -1;) {
        if (c == 'p') {
            scene.program = optarg;
        } else if (c == 't') {
            scene.pg_temp = optarg;
        } else if (c == 'r') {
            runs = atoi(optarg);
        } else if (c == 'f') {
            first = atoi(optarg);
        }
    }
    if (scene.program == NULL || scene.pg_temp == NULL) {
        fatal("usage: matrix --program PGRETAIN --pg-temp SCRIPT [--runs N] [--first CASE]");
    }
    scratch_make("matrix", scene.directory);
    scratch_path(scene.directory, "policy.yaml", scene.policy);
    scratch_path(scene.directory, "audit.jsonl", scene.audit);
    scratch_path(scene.directory, "mark", scene.mark);
    setenv("PGRETAIN_FAULT_MARK", scene.mark, 1);
    PGconn *session = session_open("postgres");
    session_run(session, "CREATE DATABASE matrix");
    PQfinish(session);
    session = session_open("matrix");
    session_run(session, "CREATE TABLE public.noise (n int)");
    PQfinish(session);
    int step = 3347; /* has no factor in common with the total: every case has its turn */
    for (int i = 0, done = 0; i < total && (runs == 0 || done < runs); i++) {
        struct fault_case c;
        if (make_case((int)((first + (long long)i * step) % total), &c)) {
            run_case(&scene, &c);
            done++;
        }
    }
    return print_summary(&scene) > 0;
}
