/*
 * cmd_enforce.c - the story of a run: plan, guard, point of no return, deed, report
 */
#include "cli/approval.h"
#include "cli/limits.h"

#include "audit/key.h"
#include "base/instant.h"
#include "enforce/enforce.h"

#include <inttypes.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { BATCH_MS = 200, FIRST_BATCH_BLOCKS = 512, MOST_JOBS = 64 };

static volatile sig_atomic_t stop_requested;

static void request_stop(int signal_number)
{
    (void)signal_number;
    stop_requested = stop_requested == 0 ? 1 : 2;
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

struct run {
    struct approval_request request;
    struct db *lanes[MOST_JOBS * ENFORCE_LANES_PER_JOB];
    enum report_format format;
    bool shows_progress;
    bool is_throttled;
    double last_shown;
    int jobs;
    int lane_count;
    struct db *watch;
    struct enforce_options options;
    struct audit_key *audit_key;
    struct outcome outcome;
};

static void clear_progress(const struct run *run)
{
    if (run->shows_progress)
        fputs("\r\033[K", stderr);
}

/* A line when the governor begins to hold the run, and one when it lets it go on. */
static void show_throttle(struct run *run, const char *throttle)
{
    if (run->is_throttled == (throttle != NULL) || run->request.options->quiet)
        return;
    run->is_throttled = throttle != NULL;
    clear_progress(run);
    if (throttle != NULL)
        fprintf(stderr, "pgretain: throttled: %s\n", throttle);
    else
        fputs("pgretain: no longer throttled\n", stderr);
}

static void show_progress(void *context, const struct enforce_progress *p)
{
    struct run *run = context;
    double now = instant_monotonic_seconds();
    show_throttle(run, p->throttle);
    if (!run->shows_progress || now - run->last_shown < 0.2)
        return;
    struct buffer line = {0};
    const struct progress progress = {p->step->table->text, p->done_rows,    p->due_rows,
                                      p->done_blocks,       p->total_blocks, p->seconds,
                                      p->throttle};
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
    if (run->request.options->quiet)
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

static bool is_due(const struct job *job)
{
    for (size_t i = 0; i < job->plan->step_count; i++)
        if (job->plan->steps[i].refused == NULL && job->counts[i].due != 0)
            return true;
    return false;
}

/* With nothing to do, one lane is enough to say so. */
static int open_sessions(struct run *run, struct error *err)
{
    run->lane_count = is_due(run->request.job) ? run->jobs * ENFORCE_LANES_PER_JOB : 1;
    if (run->lane_count > 1 &&
        db_open(&run->request.options->connection, DB_READ, &run->watch, err) != 0)
        return -1;
    for (int i = 0; i < run->lane_count; i++)
        if (db_open(&run->request.options->connection, DB_WRITE, &run->lanes[i], err) != 0)
            return -1;
    return 0;
}

static void set_options(struct run *run)
{
    struct job *job = run->request.job;
    struct enforce_options *options = &run->options;
    options->identity.reason = run->request.options->reason;
    options->identity.cluster_reason = run->request.options->accept_cluster;
    options->identity.approved_by = run->request.options->approved_by;
    options->identity.approval = run->request.approval == APPROVAL_NONE && run->request.options->yes
                                     ? "yes"
                                     : approval_name(run->request.approval);
    name_user(&options->identity, &job->arena);
    options->key = job->has_key ? &job->key : NULL;
    options->audit_key = run->audit_key;
    options->run_rows = run->request.ceiling.run_rows;
    options->expected_rows = run->request.ceiling.expected_rows;
    options->step_rows = run->request.ceiling.step_rows;
    options->step_is_new = run->request.approval == APPROVAL_NONE ? run->request.step_is_new : NULL;
    options->batch_ms = BATCH_MS;
    options->batch_blocks = FIRST_BATCH_BLOCKS;
    options->stop = &stop_requested;
    options->progress = show_progress;
    options->finished = show_step;
    options->context = run;
}

/* A log without a key proves less, which is said once. */
static int read_audit_key(struct run *run, struct error *err)
{
    const struct options *options = run->request.options;
    const char *path = key_file(options->audit_key, "audit-key", &run->request.job->arena);
    if (path != NULL)
        return audit_key_read(path, &run->audit_key, err);
    if (!options->quiet && !run->options.rehearses)
        fputs("pgretain: the audit log is not signed: there is no --audit-key\n", stderr);
    return 0;
}

/* Settles what an earlier run left open. */
static int recover(struct run *run, struct error *err)
{
    struct job *job = run->request.job;
    const struct outcome *outcome = &run->outcome;
    struct recovery recovery = {job->db, run->request.log, job->plan, run->options.key,
                                &run->outcome};
    if (enforce_recover(&recovery, &run->request.state, err) != 0)
        return -1;
    if (outcome->unknown_batches > 0)
        fprintf(stderr,
                "pgretain: warning: nobody knows any more whether %" PRId64
                " batches of an earlier run were committed; of their %" PRId64 " rows, %" PRId64
                " are gone\n",
                outcome->unknown_batches, outcome->unknown_rows, outcome->unknown_gone);
    for (size_t i = 0; i < outcome->put_back_count; i++)
        fprintf(stderr,
                "pgretain: partition %s of an earlier run was attached again; its rows are due in "
                "the next run\n",
                outcome->put_back[i]);
    return 0;
}

static int carry_out(struct run *run, struct error *err)
{
    struct job *job = run->request.job;
    set_options(run);
    run->outcome.audit_file = run->request.audit_file;
    if (open_sessions(run, err) != 0 ||
        enforce_begin(run->request.log, job->plan, &run->request.state, &run->options,
                      &run->outcome, err) != 0 ||
        (!run->options.rehearses && recover(run, err) != 0))
        return -1;
    const struct enforce_sessions sessions = {job->db, run->watch, run->lanes, run->lane_count,
                                              run->jobs};
    return enforce_run(&sessions, run->request.log, job->plan, job->counts, &run->options,
                       &run->outcome, err);
}

static int outcome_status(const struct run *run)
{
    int status = plan_status(run->request.job->plan);
    for (size_t i = 0; i < run->outcome.step_count; i++) {
        const struct step_outcome *step = &run->outcome.steps[i];
        if (step->state == STEP_REFUSED && run->request.job->plan->steps[i].refused == NULL)
            return EXIT_REFUSED;
        if (step->state == STEP_FAILED || step->left > 0)
            status = EXIT_PARTIAL;
    }
    if (status == EXIT_DONE && run->outcome.put_back_count > 0)
        return EXIT_PARTIAL;
    return status == EXIT_DONE && run->outcome.stopped ? EXIT_STOPPED : status;
}

/* Everything before the first write. */
static int prepare(struct run *run)
{
    struct job *job = run->request.job;
    int64_t jobs = run->request.options->jobs;
    struct error err;
    if (jobs > MOST_JOBS)
        return complain_usage("--jobs can be %d at most", MOST_JOBS);
    run->jobs = jobs > 0 ? (int)jobs : 1;
    int status = parse_format(run->request.options, USUAL_FORMATS, &run->format);
    if (status == 0)
        status = limits_parse(run->request.options, &run->options);
    if (status == 0)
        status = job_load_policy(job, run->request.options);
    if (status == 0)
        status = job_connect(job, run->request.options, DB_WRITE);
    if (status == 0 && (enforce_lock(job->db, &err) != 0 ||
                        enforce_read_traffic(job->db, &run->options.traffic_before, &err) != 0))
        status = complain(&err);
    if (status == 0)
        status = job_plan(job, run->request.options, true);
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
    if (run->options.rehearses)
        approval_skip(&run->request);
    if (enforce_check_server(job->catalog, &err) != 0 || read_audit_key(run, &err) != 0 ||
        (!run->options.rehearses && approval_ask(&run->request, &err) != 0))
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
    run->shows_progress = isatty(STDERR_FILENO) && !run->request.options->quiet;
    /* The point of no return: from here on the database changes. */
    if (carry_out(run, &err) != 0) {
        clear_progress(run);
        return complain(&err);
    }
    status = outcome_status(run);
    report_outcome(run->request.job->plan, run->request.job->counts, &run->outcome, run->format,
                   &report);
    if (!run->request.options->quiet || status != EXIT_DONE) {
        int printed = print_report(&report);
        status = status == EXIT_DONE ? printed : status;
    }
    buffer_free(&report);
    return status;
}

int cmd_enforce(struct options *options)
{
    struct job job = {0};
    struct run run = {.request = {.job = &job, .options = options}};
    if (options->dry_run)
        return cmd_plan(options);
    int status = enforce(&run);
    for (int i = 0; i < run.lane_count; i++)
        db_close(run.lanes[i]);
    db_close(run.watch);
    audit_close(run.request.log);
    audit_key_free(run.audit_key);
    arena_free(&run.outcome.arena);
    job_free(&job);
    return status;
}
