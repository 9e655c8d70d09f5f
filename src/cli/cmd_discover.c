/* cmd_discover.c - which columns look personal, and why. */
#include "cli/cli_private.h"

#include "discover/discover.h"

static int show(struct job *job, const struct options *options)
{
    const struct discover_options looking = {.schemas = options->schemas.names,
                                             .schema_count = options->schemas.count,
                                             .samples = options->sample};
    struct discovery *discovery = NULL;
    enum report_format format;
    struct error err;
    struct buffer report = {0};
    int status = parse_format(options, USUAL_FORMATS, &format);
    if (status == 0 && options->argument_count > 0)
        status = complain_usage("discover takes no argument; -d names the database");
    if (status == 0)
        status = job_connect(job, options, DB_READ);
    if (status != 0)
        return status;
    if (discover_load(job->db, &looking, &discovery, &err) != 0)
        return complain(&err);
    report_discovery(discovery, format, &report);
    status = print_report(&report);
    buffer_free(&report);
    discovery_free(discovery);
    return status;
}

int cmd_discover(struct options *options)
{
    struct job job = {0};
    int status = show(&job, options);
    job_free(&job);
    return status;
}
