/*
 * cmd_status.c - the compliance statement: one policy after the other, none hides the others
 */
#include "cli/audit_verbs.h"
#include "cli/limits.h"

#include "measure/measure.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A nightly run may begin late and take hours; a night left out shows by noon. */
enum { DEFAULT_GRACE_SECONDS = 36 * 3600 };

/* A policy's two plans: now, and as of a grace ago. */
struct examined {
    struct job now, then;
    struct options options;
    struct log_review review;
};

/* Earlier than the plan's instant by the grace, as --as-of takes it. */
static const char *earlier(const struct catalog *catalog, double grace_seconds, struct arena *arena)
{
    int64_t at = catalog->as_of_microseconds - (int64_t)(grace_seconds * 1e6);
    int64_t fraction = (at % 1000000 + 1000000) % 1000000;
    time_t seconds = (time_t)((at - fraction) / 1000000);
    struct tm utc;
    char text[32];
    gmtime_r(&seconds, &utc);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &utc);
    return arena_printf(arena, "%s.%06" PRId64 "Z", text, fraction);
}

static int look_back(struct examined *e, double grace_seconds, struct policy_status *status,
                     struct error *err)
{
    struct job *now = &e->now;
    const struct plan_options planning = {.trust_owners = e->options.trust_owners};
    int64_t *overdue = NULL;
    struct keepers *keepers = NULL;
    const struct mask_key *key = now->has_key ? &now->key : NULL;
    if (catalog_load(now->db, now->policy, earlier(now->catalog, grace_seconds, &now->arena),
                     &e->then.catalog, err) != 0 ||
        plan_build(now->policy, e->then.catalog, &planning, &e->then.plan, err) != 0 ||
        measure_overdue(now->db, now->plan, now->counts, e->then.plan, key, COUNT_TIMEOUT_MS,
                        &now->arena, &overdue, err) != 0 ||
        measure_keepers(now->db, now->plan, now->counts, key, COUNT_TIMEOUT_MS, &now->arena,
                        &keepers, err) != 0)
        return -1;
    status->overdue = overdue;
    status->keepers = keepers;
    return 0;
}

static int count(struct examined *e, double grace_seconds, struct policy_status *status,
                 struct error *err)
{
    struct job *job = &e->now;
    if (job->policy->database != NULL && e->options.connection.database == NULL)
        e->options.connection.database = job->policy->database;
    if (db_open(&e->options.connection, DB_READ, &job->db, err) != 0 ||
        job_begin(job->db, err) != 0 || job_read(job, &e->options, err) != 0 ||
        measure_plan(job->db, job->plan, job->has_key ? &job->key : NULL, COUNT_TIMEOUT_MS,
                     &job->arena, &job->counts, err) != 0 ||
        look_back(e, grace_seconds, status, err) != 0)
        return -1;
    status->plan = job->plan;
    status->counts = job->counts;
    return db_run(job->db, "COMMIT", err);
}

static int check_owner(const struct audit_state *state, const struct catalog *catalog,
                       struct error *err)
{
    if (catalog == NULL || state->database == NULL ||
        (strcmp(state->system_identifier, catalog->system_identifier) == 0 &&
         strcmp(state->database, catalog->database) == 0))
        return 0;
    error_set(err, EXIT_CLUSTER, "the audit log is of another database or database cluster");
    return error_detail(err, "It is of database \"%s\" in the cluster with system identifier %s.",
                        state->database, state->system_identifier);
}

/* No log is no error: then no run was ever made, as far as this machine knows. */
static int read_log(struct examined *e, struct policy_status *status, struct error *err)
{
    struct job *job = &e->now;
    struct audit_state state = {0};
    struct note_key *keys;
    struct audit_trust trust = {0};
    status->audit_file = e->options.audit;
    if (audit_read_keys(&e->options, &keys, &trust.key_count) != EXIT_DONE)
        return error_set(err, EXIT_USAGE, "a key of --key cannot be used");
    trust.keys = keys;
    if (status->audit_file == NULL &&
        audit_default_path(job->policy->name, &job->arena, &status->audit_file, err) != 0)
        return -1;
    if (access(status->audit_file, F_OK) != 0 && errno == ENOENT)
        return 0;
    if (audit_review(status->audit_file, &trust, &job->arena, &state, &e->review, err) != 0 ||
        check_owner(&state, job->catalog, err) != 0)
        return -1;
    status->audit = &e->review;
    return 0;
}

static void examine(struct examined *e, const char *file, double grace_seconds,
                    struct policy_status *status)
{
    status->file = file;
    if (job_open_policy(&e->now, &e->options, file) != 0) {
        error_set(&status->error, EXIT_USAGE, "the policy file has errors");
        error_hint(&status->error, "\"pgretain check\" shows them.");
        return;
    }
    status->policy = e->now.policy;
    struct error err = {0};
    if (count(e, grace_seconds, status, &err) != 0)
        status->error = err;
    err = (struct error){0};
    if (read_log(e, status, &err) != 0)
        status->audit_error = err;
}

/* What keeps a policy from being examined is told on stderr too. */
static int policy_exit(const struct policy_status *status)
{
    if (status->error.status != EXIT_DONE)
        return status->policy == NULL ? (int)status->error.status : complain(&status->error);
    if (status->audit_error.status != EXIT_DONE)
        return complain(&status->audit_error);
    for (size_t i = 0; i < status->plan->step_count; i++)
        if (status->overdue[i] > 0)
            return EXIT_FINDINGS;
    for (size_t i = 0; i < status->plan->step_count; i++)
        if (status->counts[i].timed_out)
            return EXIT_PARTIAL;
    return plan_status(status->plan);
}

/* What could not be examined is graver than what is overdue, and that than a rule left out. */
static int gravity(int exit_status)
{
    return exit_status == EXIT_DONE                                     ? 0
           : exit_status == EXIT_PARTIAL || exit_status == EXIT_REFUSED ? 1
           : exit_status == EXIT_FINDINGS                               ? 2
                                                                        : 3;
}

static int examine_all(const struct options *options, struct examined *all, struct status *status)
{
    int worst = EXIT_DONE;
    for (size_t i = 0; i < status->policy_count; i++) {
        all[i].options = *options;
        examine(&all[i], options->arguments[i], status->grace_seconds, &status->policies[i]);
        int exit_status = policy_exit(&status->policies[i]);
        if (gravity(exit_status) > gravity(worst))
            worst = exit_status;
        db_close(all[i].now.db);
        all[i].now.db = NULL;
    }
    return worst;
}

int cmd_status(struct options *options)
{
    enum report_format format;
    struct status status = {.grace_seconds = DEFAULT_GRACE_SECONDS,
                            .policy_count = options->argument_count};
    struct arena arena = {0};
    struct buffer report = {0};
    if (parse_format(options, USUAL_FORMATS, &format) != 0 ||
        (options->grace != NULL &&
         limits_duration("--grace", options->grace, &status.grace_seconds) != 0))
        return EXIT_USAGE;
    if (options->argument_count == 0)
        return complain_usage("give one or more policy files as arguments");
    if (options->audit != NULL && options->argument_count > 1)
        return complain_usage("--audit is the log of one policy; %zu are given",
                              options->argument_count);
    struct examined *all = arena_alloc(&arena, status.policy_count * sizeof *all);
    status.policies = arena_alloc(&arena, status.policy_count * sizeof *status.policies);
    int exit_status = examine_all(options, all, &status);
    report_status(&status, format, &report);
    if (!options->quiet || exit_status != EXIT_DONE) {
        int printed = print_report(&report);
        exit_status = exit_status == EXIT_DONE ? printed : exit_status;
    }
    for (size_t i = 0; i < status.policy_count; i++) {
        job_free(&all[i].then);
        job_free(&all[i].now);
    }
    buffer_free(&report);
    arena_free(&arena);
    return exit_status;
}
