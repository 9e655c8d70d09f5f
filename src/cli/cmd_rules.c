/* cmd_rules.c - the rules as they are understood; needs no database. */
#include "cli/cli_private.h"

int cmd_rules(struct options *options)
{
    struct job job = {0};
    enum report_format format;
    struct buffer report = {0};
    int status = parse_format(options, USUAL_FORMATS, &format);
    if (status == 0)
        status = job_load_policy(&job, options);
    if (status == 0) {
        report_rules(job.policy, format, &report);
        status = print_report(&report);
    }
    buffer_free(&report);
    job_free(&job);
    return status;
}
