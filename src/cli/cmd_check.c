/*
 * cmd_check.c - is the policy right, by itself and for this database?
 */
#include "cli/cli_private.h"

#include "coverage/coverage.h"
#include "discover/discover.h"

#include <stdio.h>
#include <string.h>

static int parse_severity(const char *text, enum severity *ret_severity)
{
    *ret_severity = SEVERITY_ERROR;
    if (text == NULL)
        return 0;
    for (int s = SEVERITY_NOTE; s <= SEVERITY_ERROR; s++) {
        *ret_severity = (enum severity)s;
        if (strcmp(text, severity_name(*ret_severity)) == 0)
            return 0;
    }
    return complain_usage("--fail-on needs error, warning or note, not \"%s\"", text);
}

static bool is_live(const struct options *options)
{
    const struct db_options *c = &options->connection;
    return options->live || c->database != NULL || c->host != NULL || c->port != NULL ||
           c->user != NULL || c->never_ask;
}

static bool has_diagnostic(const struct job *job, enum severity severity)
{
    return job->diagnostics.errors > 0 ||
           (severity <= SEVERITY_WARNING && job->diagnostics.count > 0);
}

/* A warning to enforce, which leaves the category alone; an error here. */
static bool has_lapsed_review(const struct policy *policy)
{
    for (size_t i = 0; i < policy->category_count; i++)
        if (policy->categories[i].review_lapsed)
            return true;
    return false;
}

/* Holds every column of the covered schemas against rules, exemptions and the lockfile. */
static int cover(struct job *job, const struct options *options, struct error *err)
{
    const struct policy *policy = job->policy;
    const struct discover_options looking = {.schemas = policy->coverage_schemas,
                                             .schema_count = policy->coverage_count};
    const char *path = lockfile_path(policy->file, &job->arena);
    struct discovery *discovery = NULL;
    struct lockfile *lock = NULL;
    struct buffer text = {0};
    if (discover_load(job->db, &looking, &discovery, err) != 0)
        return -1;
    int rc = 0;
    if (options->update_lock) {
        lockfile_format(job->plan, discovery, &text);
        rc = lockfile_write(path, &text, err);
        buffer_free(&text);
    }
    if (rc == 0)
        rc = lockfile_read(path, &lock, err);
    if (rc == 0)
        coverage_check(job->plan, discovery, lock);
    lockfile_free(lock);
    discovery_free(discovery);
    return rc;
}

static int check_live(struct job *job, const struct options *options)
{
    struct error err;
    int status = job_connect(job, options, DB_READ);
    if (status == 0)
        status = job_plan(job, options, false);
    if (status == 0 && options->update_lock && job->policy->coverage_count == 0)
        return complain_usage("--update-lock needs \"coverage\" in the policy");
    if (status == 0 && job->policy->coverage_count > 0 && cover(job, options, &err) != 0)
        status = complain(&err);
    return status;
}

static int check(struct job *job, const struct options *options)
{
    enum report_format format;
    enum severity severity;
    struct buffer report = {0};
    int status = parse_format(options, &format);
    if (status == 0)
        status = parse_severity(options->fail_on, &severity);
    if (status == 0)
        status = job_load_policy(job, options);
    if (status == 0 && options->update_lock && !is_live(options))
        status = complain_usage("--update-lock needs --live or a connection option");
    if (status == 0 && is_live(options))
        status = check_live(job, options);
    if (status != 0)
        return status;
    bool found = has_diagnostic(job, severity) || has_lapsed_review(job->policy) ||
                 (job->plan != NULL && plan_count_findings(job->plan, severity) > 0);
    report_check(job->policy, options->arguments[0], job->plan, &job->diagnostics, format, &report);
    if (!options->quiet || found)
        status = print_report(&report);
    buffer_free(&report);
    return status != 0 ? status : found ? EXIT_FINDINGS : EXIT_DONE;
}

int cmd_check(struct options *options)
{
    struct job job = {0};
    int status = check(&job, options);
    job_free(&job);
    return status;
}
