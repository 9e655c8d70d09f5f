/*
 * cmd_check.c - is the policy right, by itself and for this database?
 */
#include "cli/cli_private.h"

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

static int check_live(struct job *job, const struct options *options)
{
    struct error err;
    int status = job_connect(job, options, DB_READ);
    if (status == 0)
        status = job_plan(job, options, false);
    if (status == 0 && options->update_lock && job->policy->coverage_count == 0)
        return complain_usage("--update-lock needs \"coverage\" in the policy");
    if (status == 0 && job->policy->coverage_count > 0 &&
        job_cover(job, options->update_lock, &err) != 0)
        status = complain(&err);
    return status;
}

static int report(struct job *job, const struct options *options, enum report_format format,
                  enum severity fail_on)
{
    const struct check check = {
        .policy = job->policy,
        .file = options->arguments[0],
        .path = path_in_repository(options->arguments[0], &job->arena),
        .plan = job->plan,
        .diagnostics = &job->diagnostics,
        .fail_on = fail_on,
    };
    struct buffer text = {0};
    bool fails = report_check_fails(&check);
    int status = EXIT_DONE;
    report_check(&check, format, &text);
    if (fails || !options->quiet)
        status = print_report(&text);
    buffer_free(&text);
    return status != 0 ? status : fails ? EXIT_FINDINGS : EXIT_DONE;
}

/* Mistakes are quoted for people, except in a log that GitHub reads commands from, and told in the
 * report for everybody else. */
static int report_invalid(struct job *job, const struct options *options, enum report_format format,
                          enum severity fail_on)
{
    if (format != REPORT_GITHUB)
        job_print_diagnostics(job, options->arguments[0]);
    if (format != REPORT_TEXT && job->diagnostics.count > 0)
        report(job, options, format, fail_on);
    return EXIT_USAGE;
}

static int check(struct job *job, const struct options *options)
{
    enum report_format format;
    enum severity fail_on;
    if (parse_format(options, USUAL_FORMATS | FINDING_FORMATS, &format) != 0 ||
        parse_severity(options->fail_on, &fail_on) != 0)
        return EXIT_USAGE;
    if (options->update_lock && !options_are_live(options))
        return complain_usage("--update-lock needs --live or a connection option");
    if (options->argument_count != 1)
        return complain_usage("give one policy file as the argument");
    if (job_read_policy(job, options, options->arguments[0]) != 0)
        return report_invalid(job, options, format, fail_on);
    int status = options_are_live(options) ? check_live(job, options) : EXIT_DONE;
    return status != 0 ? status : report(job, options, format, fail_on);
}

int cmd_check(struct options *options)
{
    struct job job = {0};
    int status = check(&job, options);
    job_free(&job);
    return status;
}
