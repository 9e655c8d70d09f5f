/*
 * cmd_enforce.c - the story of a run: plan, guard, point of no return, deed, report
 */
#include "cli/cli_private.h"

#include "base/instant.h"
#include "enforce/enforce.h"
#include "statement/statement.h"

#include <inttypes.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BATCH_MS = 200, FIRST_BATCH_BLOCKS = 512 };

static volatile sig_atomic_t stop_requested;

static void request_stop(int signal_number)
{
    (void)signal_number;
    stop_requested = 1;
}

static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = request_stop};
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
}

/* Everything a run needs beside the job. */
struct run {
    struct job *job;
    struct options *options;
    enum report_format format;
    struct db *lane;
    struct audit_log *log;
    struct audit_state state;
    const char *audit_file;
    enum approval approval;
    bool *step_is_new;
    bool shows_progress;
    double last_shown;
    struct plan_ceiling ceiling;
    struct outcome outcome;
};

/* A policy that others can write is nobody's decision. */
static int check_file(const char *file, struct error *err)
{
    struct stat status;
    if (stat(file, &status) != 0)
        return error_set(err, EXIT_FAILED, "could not read the policy's owner: \"%s\"", file);
    if ((status.st_uid == 0 || status.st_uid == geteuid()) &&
        (status.st_mode & (S_IWGRP | S_IWOTH)) == 0)
        return 0;
    error_set(err, EXIT_REFUSED, "others can change the policy file \"%s\"", file);
    return error_hint(err, "It must belong to root or to you: chown it, and chmod go-w.");
}

static int check_expected(const struct run *run, struct error *err)
{
    const char *wanted = run->options->expect;
    if (wanted == NULL || strcmp(wanted, run->job->plan->digest) == 0)
        return 0;
    error_set(err, EXIT_REFUSED, "the plan is not the one that was approved");
    error_detail(err, "approved %s, now %s", wanted, run->job->plan->digest);
    return error_hint(err,
                      "Policy, schema or instant changed: read the plan and approve it again.");
}

static int open_log(struct run *run, struct error *err)
{
    const struct catalog *catalog = run->job->catalog;
    run->audit_file = run->options->audit;
    if (run->audit_file == NULL &&
        audit_default_path(run->job->policy->name, &run->job->arena, &run->audit_file, err) != 0)
        return -1;
    const char *origin =
        arena_printf(&run->job->arena, "pgretain/%s/%s", run->job->policy->name, catalog->database);
    if (audit_open(run->audit_file, origin, &run->job->arena, &run->log, &run->state, err) != 0)
        return -1;
    const char *cluster = run->state.system_identifier, *database = run->state.database;
    if (cluster != NULL && strcmp(cluster, catalog->system_identifier) != 0) {
        error_set(err, EXIT_CLUSTER, "audit log \"%s\" belongs to another database cluster",
                  run->audit_file);
        error_detail(err, "the log has system identifier %s, the server has %s", cluster,
                     catalog->system_identifier);
        return error_hint(err, "Each cluster needs a log of its own: --audit FILE.");
    }
    if (database != NULL && strcmp(database, catalog->database) != 0) {
        error_set(err, EXIT_CLUSTER, "audit log \"%s\" belongs to database \"%s\"", run->audit_file,
                  database);
        return error_hint(err, "Each database needs a log of its own: --audit FILE.");
    }
    return 0;
}

/* New to this log, or reaching further: other clock, scope or masks, or a shorter window. */
static bool is_new(const struct run *run, const struct plan_step *step)
{
    char digest[SHA256_HEX];
    struct window before;
    struct error ignored;
    statement_rule_digest(step, digest);
    for (size_t i = 0; i < run->state.rule_count; i++) {
        const struct audit_rule *known = &run->state.rules[i];
        if (strcmp(known->rule, step->rule_id) != 0)
            continue;
        return strcmp(known->digest, digest) != 0 ||
               window_parse(known->window, &run->job->arena, &before, &ignored) != 0 ||
               window_exceeds(&before, &step->rule->keep);
    }
    return true;
}

static void find_new_steps(struct run *run)
{
    const struct plan *plan = run->job->plan;
    run->step_is_new = arena_alloc(&run->job->arena, plan->step_count * sizeof(bool) + 1);
    for (size_t i = 0; i < plan->step_count; i++)
        run->step_is_new[i] = is_new(run, &plan->steps[i]);
}

static bool anything_due(const struct run *run)
{
    for (size_t i = 0; i < run->job->plan->step_count; i++)
        if (run->job->plan->steps[i].refused == NULL && run->job->counts[i].due != 0)
            return true;
    return false;
}

/* How this run is approved: by a flag, or, on a terminal, by what the person is about to type. */
static int find_approval(struct run *run, struct error *err)
{
    const struct options *options = run->options;
    bool asks = !options->yes && anything_due(run);
    run->approval = options->expect != NULL ? APPROVAL_EXPECT
                    : options->accept_new   ? APPROVAL_ACCEPT_NEW
                    : asks                  ? APPROVAL_TYPED
                                            : APPROVAL_NONE;
    if (options->expect != NULL && options->as_of == NULL) {
        error_set(err, EXIT_USAGE, "--expect needs --as-of");
        return error_hint(err, "The plan that was approved names both.");
    }
    if (!asks || (isatty(STDIN_FILENO) && isatty(STDERR_FILENO)))
        return 0;
    error_set(err, EXIT_REFUSED,
              "enforce asks before it changes anything, and there is no terminal");
    return error_hint(err, "Pass --yes.");
}

/* Shows the plan and has the database's name typed. */
static int confirm(struct run *run, struct error *err)
{
    char answer[256];
    struct buffer text = {0};
    if (run->options->yes || !anything_due(run))
        return 0;
    report_plan(run->job->plan, run->job->counts, NULL, REPORT_TEXT, &text);
    fprintf(stderr, "%s\nType the name of the database to go on: ", buffer_text(&text));
    buffer_free(&text);
    if (fgets(answer, sizeof answer, stdin) == NULL)
        answer[0] = '\0';
    answer[strcspn(answer, "\n")] = '\0';
    if (strcmp(answer, run->job->catalog->database) != 0)
        return error_set(err, EXIT_REFUSED, "not confirmed; nothing was changed");
    return 0;
}

static int guard(struct run *run, struct error *err)
{
    struct job *job = run->job;
    const struct guard_options options = {
        .approval = run->approval,
        .step_is_new = run->step_is_new,
        .expect_rows = run->options->expect_rows,
        .approve_command = approve_command(job->plan, job->counts, run->options, &job->arena),
    };
    for (size_t i = 0; i < job->plan->step_count; i++)
        if (job->counts[i].timed_out)
            return error_set(err, EXIT_FAILED, "counting %s took too long; nothing was changed",
                             job->plan->steps[i].table->text);
    for (size_t i = 0; i < job->plan->step_count && !job->has_key; i++)
        if (job->plan->steps[i].action == ACTION_PSEUDONYMISE && job->counts[i].due > 0) {
            error_set(err, EXIT_USAGE, "rule \"%s\" needs a masking key",
                      job->plan->steps[i].rule_id);
            return error_hint(err, "Pass --mask-key FILE, or a systemd credential \"mask-key\".");
        }
    return plan_guard(job->plan, job->counts, &options, &run->ceiling, err);
}

static void clear_progress(const struct run *run)
{
    if (run->shows_progress)
        fputs("\r\033[K", stderr);
}

static void show_progress(void *context, const struct enforce_progress *p)
{
    struct run *run = context;
    double now = instant_monotonic_seconds();
    if (!run->shows_progress || now - run->last_shown < 0.2)
        return;
    struct buffer line = {0};
    const struct progress progress = {
        p->step->table->text, p->done_rows, p->due_rows, p->done_blocks,
        p->total_blocks,      p->seconds,   NULL};
    report_progress(&progress, &line);
    fprintf(stderr, "\r\033[K%s", buffer_text(&line));
    buffer_free(&line);
    run->last_shown = now;
}

static void show_step(void *context, const struct plan_step *step,
                      const struct step_outcome *outcome)
{
    struct run *run = context;
    struct buffer changed = {0};
    if (run->options->quiet)
        return;
    report_number(outcome->changed, &changed);
    clear_progress(run);
    fprintf(stderr, "pgretain: %s: %s %s, %s rows in %.1f s%s%s\n", step->rule_id,
            action_name(step->action), step_state_name(outcome->state), changed.data,
            outcome->seconds, outcome->reason[0] == '\0' ? "" : ": ", outcome->reason);
    buffer_free(&changed);
}

static void name_user(struct enforce_identity *who, struct arena *arena)
{
    char host[256];
    const struct passwd *user = getpwuid(geteuid());
    who->os_user = user == NULL ? arena_printf(arena, "uid %u", (unsigned)geteuid())
                                : arena_strdup(arena, user->pw_name);
    if (gethostname(host, sizeof host) != 0)
        strcpy(host, "unknown");
    host[sizeof host - 1] = '\0';
    who->host = arena_strdup(arena, host);
}

static int carry_out(struct run *run, struct error *err)
{
    struct job *job = run->job;
    struct enforce_options options = {
        .identity = {.reason = run->options->reason,
                     .approval = run->approval == APPROVAL_NONE && run->options->yes
                                     ? "yes"
                                     : approval_name(run->approval),
                     .approved_by = run->options->approved_by},
        .key = job->has_key ? &job->key : NULL,
        .run_rows = run->ceiling.run_rows,
        .expected_rows = run->ceiling.expected_rows,
        .step_rows = run->ceiling.step_rows,
        .step_is_new = run->approval == APPROVAL_NONE ? run->step_is_new : NULL,
        .batch_ms = BATCH_MS,
        .batch_blocks = FIRST_BATCH_BLOCKS,
        .stop = &stop_requested,
        .progress = show_progress,
        .finished = show_step,
        .context = run,
    };
    name_user(&options.identity, &job->arena);
    run->outcome.audit_file = run->audit_file;
    if (db_open(&run->options->connection, DB_WRITE, &run->lane, err) != 0 ||
        enforce_begin(run->log, job->plan, &run->state, &options, &run->outcome, err) != 0 ||
        enforce_recover(job->db, run->log, &run->state, err) != 0)
        return -1;
    return enforce_run(job->db, run->lane, run->log, job->plan, job->counts, &options,
                       &run->outcome, err);
}

static int outcome_status(const struct run *run)
{
    int status = plan_status(run->job->plan);
    for (size_t i = 0; i < run->outcome.step_count; i++) {
        const struct step_outcome *step = &run->outcome.steps[i];
        if (step->state == STEP_REFUSED && run->job->plan->steps[i].refused == NULL)
            return EXIT_REFUSED;
        if (step->state == STEP_FAILED || step->left > 0)
            status = EXIT_PARTIAL;
    }
    return status == EXIT_DONE && run->outcome.stopped ? EXIT_STOPPED : status;
}

/* Everything before the first write. */
static int prepare(struct run *run)
{
    struct job *job = run->job;
    struct error err;
    int status = parse_format(run->options, &run->format);
    if (status == 0)
        status = job_load_policy(job, run->options);
    if (status == 0 && check_file(run->options->arguments[0], &err) != 0)
        status = complain(&err);
    if (status == 0)
        status = job_connect(job, run->options, DB_WRITE);
    if (status == 0 && enforce_lock(job->db, &err) != 0)
        status = complain(&err);
    if (status == 0)
        status = job_plan(job, run->options, true);
    if (status != 0)
        return status;
    status = plan_status(job->plan);
    if (status == EXIT_REFUSED) {
        struct buffer text = {0};
        report_plan(job->plan, job->counts, NULL, REPORT_TEXT, &text);
        fputs(buffer_text(&text), stderr);
        buffer_free(&text);
        return status;
    }
    if (enforce_check_server(job->catalog, &err) != 0 || check_expected(run, &err) != 0 ||
        open_log(run, &err) != 0)
        return complain(&err);
    find_new_steps(run);
    if (find_approval(run, &err) != 0 || guard(run, &err) != 0 || confirm(run, &err) != 0)
        return complain(&err);
    return EXIT_DONE;
}

static int enforce(struct run *run)
{
    struct error err;
    struct buffer report = {0};
    int status = prepare(run);
    if (status != 0)
        return status;
    catch_signals();
    run->shows_progress = isatty(STDERR_FILENO) && !run->options->quiet;
    /* The point of no return: from here on the database changes. */
    if (carry_out(run, &err) != 0) {
        clear_progress(run);
        return complain(&err);
    }
    status = outcome_status(run);
    report_outcome(run->job->plan, run->job->counts, &run->outcome, run->format, &report);
    if (!run->options->quiet || status != EXIT_DONE) {
        int printed = print_report(&report);
        status = status == EXIT_DONE ? printed : status;
    }
    buffer_free(&report);
    return status;
}

int cmd_enforce(struct options *options)
{
    struct job job = {0};
    struct run run = {.job = &job, .options = options};
    if (options->dry_run)
        return cmd_plan(options);
    int status = enforce(&run);
    db_close(run.lane);
    audit_close(run.log);
    arena_free(&run.outcome.arena);
    job_free(&job);
    return status;
}
