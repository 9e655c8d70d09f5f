/* cmd_diff.c - what a change of a policy does, from the two files and in rows of a database. */
#include "cli/cli_private.h"

#include "measure/measure.h"

#include <string.h>

/* Both policies, so that a person sees the mistakes of both. */
static int load(struct job jobs[2], const struct options *options)
{
    int status = EXIT_DONE;
    if (options->argument_count != 2)
        return complain_usage("give the old and the new policy file");
    for (int side = 0; side < 2; side++) {
        if (job_read_policy(&jobs[side], options, options->arguments[side]) == 0)
            continue;
        job_print_diagnostics(&jobs[side], options->arguments[side]);
        status = EXIT_USAGE;
    }
    return status;
}

/* Both plans in one snapshot, and thereby as of one instant. */
static int count(struct job jobs[2], const struct options *options, struct difference *difference,
                 struct error *err)
{
    struct due_change *due = NULL;
    if (job_begin(jobs[1].db, err) != 0)
        return -1;
    for (int side = 0; side < 2; side++)
        if (job_read(&jobs[side], options, err) != 0)
            return -1;
    const struct difference_side sides[2] = {
        {jobs[0].plan, jobs[0].has_key ? &jobs[0].key : NULL},
        {jobs[1].plan, jobs[1].has_key ? &jobs[1].key : NULL},
    };
    if (measure_difference(jobs[1].db, sides, COUNT_TIMEOUT_MS, &jobs[1].arena, &due,
                           &difference->due_count, err) != 0)
        return -1;
    difference->due = due;
    difference->catalog = jobs[1].catalog;
    return db_run(jobs[1].db, "COMMIT", err);
}

static int count_live(struct job jobs[2], const struct options *options,
                      struct difference *difference)
{
    struct error err;
    int status = job_connect(&jobs[1], options, DB_READ);
    if (status != 0)
        return status;
    jobs[0].db = jobs[1].db;
    if (count(jobs, options, difference, &err) != 0)
        status = complain(&err);
    jobs[0].db = NULL;
    return status;
}

static int diff(struct job jobs[2], const struct options *options, struct changes *changes)
{
    struct difference difference = {.changes = changes};
    enum report_format format;
    struct buffer report = {0};
    int status = parse_format(options, USUAL_FORMATS, &format);
    if (status == 0)
        status = load(jobs, options);
    if (status != 0)
        return status;
    policy_compare(jobs[0].policy, jobs[1].policy, changes);
    difference.file[0] = options->arguments[0];
    difference.file[1] = options->arguments[1];
    if (options_are_live(options))
        status = count_live(jobs, options, &difference);
    if (status != 0)
        return status;
    report_difference(&difference, format, &report);
    status = print_report(&report);
    buffer_free(&report);
    if (status == 0 && options->detailed_exitcode && changes->count > 0)
        status = EXIT_FINDINGS;
    return status;
}

int cmd_diff(struct options *options)
{
    struct job jobs[2];
    struct changes changes = {.count = 0};
    memset(jobs, 0, sizeof jobs);
    int status = diff(jobs, options, &changes);
    changes_free(&changes);
    job_free(&jobs[0]);
    job_free(&jobs[1]);
    return status;
}
