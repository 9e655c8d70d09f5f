/*
 * kill.c - the client is killed, the server crashes; the log and the rows must still agree
 *
 * kill --program PGRETAIN --pg-temp SCRIPT [--kills N] [--crashes N] [--seed S]
 *
 * Runs under scripts/pg-temp --durable, best with a long wal_writer_delay, so that a crash loses
 * what nobody flushed. A round fills three tables, starts enforce, and ends it in
 * the middle: SIGKILL, or an immediate stop of the server, or both at once. Then the rows that are
 * really gone are counted, enforce runs again, and the log must name exactly those rows as
 * committed or recovered, must verify, and the rest of the work must be done. Rounds that missed
 * the time between the first intent and the last commit are counted apart, and drawn again while
 * fewer than four in five have hit it. Two rounds in five wait until a batch is in doubt.
 */
#include "support/audit_file.h"
#include "support/process.h"
#include "support/random.h"
#include "support/scratch.h"
#include "support/session.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    STEPS = 3,
    DUE_ROWS = 20000,
    DUE_VISITS = 4000,
    DUE_PEOPLE = 6000,
    DUE_ALL = DUE_ROWS + DUE_VISITS + DUE_PEOPLE,
    MISSES_MAX = 200
};

/* When the blow falls. */
enum aim { AIM_ANYWHERE, AIM_BATCHES, AIM_OPEN_INTENT };

struct options {
    const char *program;
    const char *pg_temp;
    int kills;
    int crashes;
    uint64_t seed;
};

struct scene {
    const struct options *options;
    struct random random;
    char policy[SCRATCH_PATH];
    char audit[SCRATCH_PATH];
    double window_seconds; /* first intent to the end, of an undisturbed run */
    int failed;
};

static const char policy_text[] =
    "pgretain: 1\npolicy: kill\ncategories: {old: {keep: 30 days}}\nlimits: {share: 100%}\n"
    "holds: [{id: h, reason: r, table: f.events, where: \"kind = 7\"}]\n"
    "rules:\n"
    "  - {table: f.events, category: old, clock: at, action: purge}\n"
    "  - {table: f.visits, category: old, clock: at, action: summarise, into: f.days,"
    " period: day, by: [kind], measures: {n: count, ids: {sum: id}}}\n"
    "  - {table: f.people, category: old, clock: at, action: anonymise, mask: {name: null}}\n";

/* Few rows a block, so that there are many batches. */
static const char schema_text[] =
    "DROP SCHEMA IF EXISTS f CASCADE; CREATE SCHEMA f;"
    "CREATE TABLE f.events (id int, at timestamptz, kind int, pad text) WITH (fillfactor = 10);"
    "CREATE TABLE f.people (id int, at timestamptz, name text, pad text) WITH (fillfactor = 10);"
    "CREATE TABLE f.visits (id int, at date, kind text);"
    "CREATE INDEX ON f.visits (at);"
    "CREATE TABLE f.days (period date, kind text, n bigint, ids bigint);"
    "CREATE TABLE f.noise (id int);";

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void pause_seconds(double seconds)
{
    struct timespec pause = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
    nanosleep(&pause, NULL);
}

/* DUE_ROWS that must go, DUE_PEOPLE that must lose their name, and others that must stay. */
static void scene_fill(struct scene *scene)
{
    PGconn *session = session_open("postgres");
    session_runf(
        session,
        "TRUNCATE f.events, f.people, f.visits, f.days;"
        "INSERT INTO f.events SELECT g, now() - interval '90 days', 1, repeat('x', 340) "
        "FROM generate_series(1, %d) g;"
        "INSERT INTO f.events SELECT g, now(), 1, 'young' FROM generate_series(1, 500) g;"
        "INSERT INTO f.events SELECT g, now() - interval '90 days', 7, 'held' "
        "FROM generate_series(1, 500) g;"
        "INSERT INTO f.people SELECT g, now() - interval '90 days', 'somebody', repeat('x', 340) "
        "FROM generate_series(1, %d) g;"
        "INSERT INTO f.people SELECT g, now(), 'somebody young' "
        "FROM generate_series(1, 300) g;"
        "INSERT INTO f.visits SELECT g, current_date - 60 - g %% 40, 'kind ' || g %% 3 "
        "FROM generate_series(1, %d) g; CHECKPOINT",
        DUE_ROWS, DUE_PEOPLE, DUE_VISITS);
    PQfinish(session);
    audit_file_remove(scene->audit);
}

/* Rows gone and people without a name, once no backend of pgretain is at work any more. */
static long long scene_changed(void)
{
    PGconn *session = session_open("postgres");
    while (session_number(session, "SELECT count(*) FROM pg_stat_activity WHERE application_name "
                                   "LIKE 'pgretain%'") > 0) {
        pause_seconds(0.002);
    }
    long long changed = session_number(session, "SELECT count(*) FROM f.people WHERE name IS NULL");
    changed += DUE_ROWS + 1000 - session_number(session, "SELECT count(*) FROM f.events");
    changed += DUE_VISITS - session_number(session, "SELECT count(*) FROM f.visits");
    PQfinish(session);
    return changed;
}

static struct process scene_enforce(struct scene *scene)
{
    const char *argv[] = {
        scene->options->program, "enforce", scene->policy, "-d", "postgres", "--yes",
        "--max-latency",         "0", /* the strangers are not to be waited for */
        "--accept-new",          "--audit", scene->audit,  NULL};
    return process_start(argv);
}

/* Until the log names an intent, or enforce has ended. */
static void scene_await_intent(struct scene *scene, const struct process *enforce)
{
    while (audit_sums_read(scene->audit).run_intents == 0 && !process_has_ended(enforce)) {
        pause_seconds(0.001);
    }
}

/*
 * Stops enforce again and again until it stands between an intent and what comes of it, the one
 * place where the log alone does not know what happened. Leaves it stopped, unless it has ended.
 */
static void scene_await_open_intent(struct scene *scene, const struct process *enforce)
{
    scene_await_intent(scene, enforce);
    for (;;) {
        siginfo_t info = {0};
        kill(enforce->pid, SIGSTOP);
        waitid(P_PID, (id_t)enforce->pid, &info, WSTOPPED | WEXITED | WNOWAIT);
        if (info.si_code != CLD_STOPPED || audit_sums_read(scene->audit).ends_with_intent) {
            return;
        }
        kill(enforce->pid, SIGCONT);
        pause_seconds((double)random_between(&scene->random, 100, 2000) / 1e6);
    }
}

static void scene_ctl(struct scene *scene, const char *const *words)
{
    const char *argv[10] = {scene->options->pg_temp, "--ctl", getenv("PGTEMP")};
    for (int i = 0; i < 6 && words[i] != NULL; i++) {
        argv[3 + i] = words[i];
    }
    struct process_result result = process_run(argv);
    if (result.status != 0) {
        fatal("pg_ctl %s ended with %d: %s", words[0], result.status, result.err);
    }
    process_result_free(&result);
}

static void scene_crash(struct scene *scene)
{
    static const char *const stop[] = {"stop", "-m", "immediate", NULL};
    scene_ctl(scene, stop);
}

/* Others may have drawn transaction ids, perhaps lost ones anew, before we ask about ours. */
static void scene_restart(struct scene *scene, bool others)
{
    static const char *const start[] = {"start", "-w", NULL};
    scene_ctl(scene, start);
    if (others) {
        PGconn *session = session_open("postgres");
        for (int i = 0; i < 5; i++) {
            session_run(session, "INSERT INTO f.noise VALUES (1)");
        }
        PQfinish(session);
    }
}

static void scene_wrong(struct scene *scene, const char *what, long long got, long long expected)
{
    if (got != expected) {
        printf("    FAILED: %s: %lld, expected %lld\n", what, got, expected);
        scene->failed++;
    }
}

/* Each visit is there or counted in the statistics, and only once. */
static void scene_check_visits(struct scene *scene)
{
    PGconn *session = session_open("postgres");
    scene_wrong(scene, "visits there or counted",
                session_number(session, "SELECT count(*) + (SELECT coalesce(sum(n), 0) FROM f.days)"
                                        " FROM f.visits"),
                DUE_VISITS);
    scene_wrong(scene, "the sum of their ids",
                session_number(session,
                               "SELECT coalesce(sum(id), 0) + (SELECT coalesce(sum(ids), 0)"
                               " FROM f.days) FROM f.visits"),
                (long long)DUE_VISITS * (DUE_VISITS + 1) / 2);
    PQfinish(session);
}

/* What must be true whatever happened: after this the round is over. */
static void scene_judge(struct scene *scene, long long changed, const struct audit_sums *before)
{
    scene_check_visits(scene);
    struct process enforce = scene_enforce(scene);
    struct process_result result = process_finish(&enforce, 120000);
    scene_wrong(scene, "exit status of the next run", result.status, 0);
    if (result.status != 0) {
        printf("%s%s\n", result.out, result.err);
    }
    process_result_free(&result);
    const char *argv[] = {scene->options->program, "audit", "verify", scene->audit, NULL};
    result = process_run(argv);
    scene_wrong(scene, "exit status of audit verify", result.status, 0);
    process_result_free(&result);
    struct audit_sums after = audit_sums_read(scene->audit);
    scene_wrong(scene, "rows committed before and recovered",
                before->committed_rows + after.recovered_rows, changed);
    scene_wrong(scene, "rows committed in all", after.committed_rows + after.recovered_rows,
                DUE_ALL);
    scene_wrong(scene, "rows changed in all", scene_changed(), DUE_ALL);
    scene_check_visits(scene);
    scene_wrong(scene, "intents of unknown outcome", after.unknown, 0);
    scene_wrong(scene, "intents settled", after.settled, after.intents);
}

/* Lets the run go on for a while; true when it is left stopped. */
static bool scene_aim(struct scene *scene, const struct process *enforce, enum aim aim)
{
    double share = (double)random_below(&scene->random, 1000) / 1000;
    if (aim == AIM_OPEN_INTENT) {
        scene_await_intent(scene, enforce);
        pause_seconds(scene->window_seconds * share * 0.7);
        scene_await_open_intent(scene, enforce);
        return true;
    }
    if (aim == AIM_BATCHES) {
        scene_await_intent(scene, enforce);
    }
    pause_seconds(scene->window_seconds * share * (aim == AIM_BATCHES ? 1 : 1.3));
    return false;
}

/* Returns whether the blow fell between the first intent and the last commit. */
static bool scene_round(struct scene *scene, bool crash, enum aim aim)
{
    scene_fill(scene);
    struct process enforce = scene_enforce(scene);
    bool is_stopped = scene_aim(scene, &enforce, aim);
    bool kill_too = is_stopped || random_chance(&scene->random, 50);
    bool crash_first = crash && is_stopped;
    if (crash_first) {
        scene_crash(scene);
    }
    if (!crash || kill_too) {
        kill(enforce.pid, SIGKILL);
    }
    if (crash && !crash_first) {
        scene_crash(scene);
    }
    struct process_result result = process_finish(&enforce, 60000);
    if (crash) {
        scene_restart(scene, is_stopped || random_chance(&scene->random, 50));
    }
    struct audit_sums sums = audit_sums_read(scene->audit);
    bool hit = sums.run_intents > 0 && sums.run_steps_ended < STEPS;
    if (hit && result.status == 0) {
        scene_wrong(scene, "exit status of a run cut short", result.status, 1);
    }
    process_result_free(&result);
    int failed = scene->failed;
    scene_judge(scene, scene_changed(), &sums);
    printf("%s - %s%s, %lld of %d rows committed in %lld batches%s\n",
           scene->failed == failed ? "ok" : "FAILED", crash ? "server crash" : "kill -9",
           crash && kill_too ? " and kill -9" : "", sums.committed_rows, DUE_ALL, sums.intents,
           hit ? "" : " (outside)");
    fflush(stdout);
    return hit;
}

/* One run that nobody disturbs: how long the time is that the others aim at. */
static void scene_measure(struct scene *scene)
{
    scene_fill(scene);
    struct process enforce = scene_enforce(scene);
    scene_await_intent(scene, &enforce);
    double start = seconds_now();
    struct process_result result = process_finish(&enforce, 120000);
    scene->window_seconds = seconds_now() - start;
    struct audit_sums sums = audit_sums_read(scene->audit);
    printf("undisturbed: %lld rows in %lld batches, %.0f ms after the first intent\n",
           sums.committed_rows, sums.intents, scene->window_seconds * 1000);
    scene_wrong(scene, "exit status", result.status, 0);
    scene_wrong(scene, "rows committed", sums.committed_rows, DUE_ALL);
    if (result.status != 0 || sums.intents < 8) {
        fatal("there is nothing to aim at: %s", result.err);
    }
    process_result_free(&result);
}

static void scene_rounds(struct scene *scene, int wanted, bool crash)
{
    static const enum aim aims[] = {AIM_BATCHES, AIM_OPEN_INTENT, AIM_BATCHES, AIM_OPEN_INTENT,
                                    AIM_ANYWHERE};
    int rounds = 0, hits = 0;
    while (rounds < wanted || hits * 5 < wanted * 4) {
        hits += scene_round(scene, crash, aims[rounds % 5]);
        rounds++;
        if (rounds - hits > MISSES_MAX) {
            fatal("%d of %d rounds missed", rounds - hits, rounds);
        }
    }
    printf("%d rounds of %s, %d between the first intent and the last commit\n", rounds,
           crash ? "server crashes" : "kill -9", hits);
}

static void read_options(int argc, char **argv, struct options *options)
{
    static const struct option names[] = {
        {"program", required_argument, NULL, 'p'}, {"pg-temp", required_argument, NULL, 't'},
        {"kills", required_argument, NULL, 'k'},   {"crashes", required_argument, NULL, 'c'},
        {"seed", required_argument, NULL, 's'},    {NULL, 0, NULL, 0}};
    *options = (struct options){.kills = 50, .crashes = 20, .seed = 1};
    for (int c; (c = getopt_long(argc, argv, "", names, NULL)) != -1;) {
        switch (c) {
        case 'p':
            options->program = optarg;
            break;
        case 't':
            options->pg_temp = optarg;
            break;
        case 'k':
            options->kills = atoi(optarg);
            break;
        case 'c':
            options->crashes = atoi(optarg);
            break;
        case 's':
            options->seed = strtoull(optarg, NULL, 10);
            break;
        default:
            exit(2);
        }
    }
    if (options->program == NULL || options->pg_temp == NULL) {
        fatal("usage: kill --program PGRETAIN --pg-temp SCRIPT [--kills N] [--crashes N]");
    }
}

int main(int argc, char **argv)
{
    struct options options;
    read_options(argc, argv, &options);
    struct scene scene = {.options = &options, .random = random_start(options.seed, 0)};
    char directory[SCRATCH_PATH];
    scratch_make("kill", directory);
    scratch_path(directory, "policy.yaml", scene.policy);
    scratch_path(directory, "audit.jsonl", scene.audit);
    scratch_write(scene.policy, policy_text);
    PGconn *session = session_open("postgres");
    session_run(session, schema_text);
    PQfinish(session);
    scene_measure(&scene);
    scene_rounds(&scene, options.kills, false);
    scene_rounds(&scene, options.crashes, true);
    return scene.failed > 0;
}
