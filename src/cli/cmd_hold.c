/*
 * cmd_hold.c - the holds of a policy: list, test
 */
#include "cli/cli_private.h"

#include "base/nearest.h"
#include "measure/measure.h"

#include <stdlib.h>
#include <string.h>

static int load(struct job *job, const struct options *options)
{
    int status = job_read_policy(job, options, options->arguments[1]);
    if (status != 0)
        job_print_diagnostics(job, options->arguments[1]);
    return status == 0 ? EXIT_DONE : EXIT_USAGE;
}

/* A hold that does not work refuses every run, so it is a finding here too. */
static int list(struct job *job, const struct options *options, struct buffer *report,
                enum report_format format)
{
    int status = load(job, options);
    if (status == 0 && options_are_live(options)) {
        status = job_connect(job, options, DB_READ);
        if (status == 0)
            status = job_plan(job, options, false);
    }
    if (status != 0)
        return status;
    report_holds(job->policy, job->plan, format, report);
    for (size_t i = 0; job->plan != NULL && i < job->policy->hold_count; i++)
        if (plan_hold_problem(job->plan, &job->policy->holds[i]) != NULL)
            status = EXIT_FINDINGS;
    return status;
}

static const struct policy_hold *find_hold(const struct policy *policy, const char *id,
                                           struct arena *arena, struct error *err)
{
    const char **ids = NULL;
    size_t count = 0;
    for (size_t i = 0; i < policy->hold_count; i++) {
        if (strcmp(policy->holds[i].id, id) == 0)
            return &policy->holds[i];
        *ARENA_PUSH(arena, ids, count) = policy->holds[i].id;
    }
    const char *best = nearest(id, ids, count);
    error_set(err, EXIT_USAGE, "policy \"%s\" has no hold \"%s\"", policy->name, id);
    if (best != NULL)
        error_hint(err, "Did you mean \"%s\"?", best);
    else if (count > 0)
        error_hint(err, "\"pgretain hold list\" shows its holds.");
    return NULL;
}

/* The same policy without the hold; everything in it is shared. */
static struct policy without(const struct policy *policy, const struct policy_hold *hold,
                             struct arena *arena)
{
    struct policy lifted = *policy;
    lifted.holds = NULL;
    lifted.hold_count = 0;
    for (size_t i = 0; i < policy->hold_count; i++)
        if (&policy->holds[i] != hold)
            *ARENA_PUSH(arena, lifted.holds, lifted.hold_count) = policy->holds[i];
    return lifted;
}

static int count(struct job *job, const struct policy_hold *hold, struct hold_test *test,
                 struct plan *lifted, struct error *err)
{
    struct kept_counts *counts = NULL;
    test->plan = job->plan;
    test->hold = hold;
    test->kept = plan_find_kept(job->plan, hold, lifted, &test->kept_count);
    if (measure_kept(job->db, lifted, test->kept, test->kept_count, job->has_key ? &job->key : NULL,
                     COUNT_TIMEOUT_MS, &job->arena, &counts, err) != 0)
        return -1;
    test->counts = counts;
    plan_check_kept(job->plan, hold, counts, test->kept_count);
    return db_run(job->db, "COMMIT", err);
}

static int test_hold(struct job *job, const struct options *options, const struct policy_hold *hold,
                     enum report_format format, struct buffer *report, struct error *err)
{
    const struct plan_options planning = {.trust_owners = true};
    const struct policy lifted_policy = without(job->policy, hold, &job->arena);
    struct hold_test test = {0};
    struct plan *lifted = NULL;
    if (job_begin(job->db, err) != 0 || job_read(job, options, err) != 0)
        return -1;
    const struct finding *problem = plan_hold_problem(job->plan, hold);
    if (problem != NULL) {
        error_set(err, EXIT_REFUSED, "%s", problem->message);
        return error_hint(err, "\"pgretain check --live\" shows where.");
    }
    int rc = plan_build(&lifted_policy, job->catalog, &planning, &lifted, err);
    if (rc == 0)
        rc = count(job, hold, &test, lifted, err);
    if (rc == 0)
        report_hold_test(&test, format, report);
    plan_free(lifted);
    return rc;
}

static int test(struct job *job, const struct options *options, struct buffer *report,
                enum report_format format)
{
    struct error err;
    int status = load(job, options);
    if (status != 0)
        return status;
    const struct policy_hold *hold =
        find_hold(job->policy, options->arguments[2], &job->arena, &err);
    if (hold == NULL)
        return complain(&err);
    status = job_connect(job, options, DB_READ);
    if (status == 0 && test_hold(job, options, hold, format, report, &err) != 0)
        status = complain(&err);
    return status;
}

static int run(struct job *job, const struct options *options, struct buffer *report)
{
    enum report_format format;
    const char *verb = options->argument_count > 0 ? options->arguments[0] : "";
    int status = parse_format(options, USUAL_FORMATS, &format);
    if (status != 0)
        return status;
    if (strcmp(verb, "list") == 0 && options->argument_count == 2)
        return list(job, options, report, format);
    if (strcmp(verb, "test") == 0 && options->argument_count == 3)
        return test(job, options, report, format);
    if (strcmp(verb, "list") == 0 || strcmp(verb, "test") == 0 || verb[0] == '\0')
        return complain_usage("usage: pgretain hold list POLICY, or pgretain hold test POLICY ID");
    return complain_usage("unknown hold command \"%s\": list or test", verb);
}

int cmd_hold(struct options *options)
{
    struct job job = {0};
    struct buffer report = {0};
    int status = run(&job, options, &report);
    if (report.length > 0 && print_report(&report) != 0)
        status = EXIT_FAILED;
    buffer_free(&report);
    job_free(&job);
    return status;
}
