/*
 * cmd_plan.c - what is due now; everything of enforce up to the first write
 */
#include "cli/cli_private.h"

#include "statement/statement.h"

#include <inttypes.h>
#include <stdio.h>

static void show_deed(const struct job *job, const struct plan_step *step,
                      const struct catalog_table *table, struct buffer *out)
{
    struct arena arena = {0};
    struct sql sql = {.arena = &arena};
    buffer_addf(out, "\n-- %s: %s %s\n", step->rule_id, action_name(step->action), table->text);
    if (step->action == ACTION_SUMMARISE) {
        buffer_addf(out, "-- the last whole %s; the others differ in its two ends only\n",
                    period_name(step->summary->period));
        statement_summary(job->plan, step, NULL, &sql);
    } else {
        statement_deed(job->plan, step, table, step->strategy, false,
                       job->has_key ? &job->key : NULL, &sql);
    }
    buffer_add(out, "BEGIN ISOLATION LEVEL REPEATABLE READ;\nSET CONSTRAINTS ALL IMMEDIATE;\n");
    statement_for_psql(&sql, "deed", out);
    buffer_add(out, "ROLLBACK; -- pgretain would COMMIT after its audit record is on disk\n");
    sql_free(&sql);
    arena_free(&arena);
}

/* The session as pgretain sets it up, then per step the count and the deed. */
static void show_sql(const struct job *job, struct buffer *out)
{
    buffer_add(out, "SET search_path = '';\nSET row_security = off;\nSET TimeZone = 'UTC';\n"
                    "SET DateStyle = 'ISO, YMD';\n");
    for (size_t i = 0; i < job->plan->step_count; i++) {
        const struct plan_step *step = &job->plan->steps[i];
        if (step->refused != NULL) {
            buffer_addf(out, "\n-- %s: refused, %s\n", step->rule_id, step->refused);
            continue;
        }
        struct arena arena = {0};
        struct sql sql = {.arena = &arena};
        buffer_addf(out, "\n-- %s: count\n", step->rule_id);
        statement_count(job->plan, step, step->counts_places, job->has_key ? &job->key : NULL,
                        &sql);
        statement_for_psql(&sql, "count_rows", out);
        sql_free(&sql);
        arena_free(&arena);
        if (step->action == ACTION_SUMMARISE)
            show_deed(job, step, step->table, out);
        for (size_t l = 0; l < step->leaf_count && step->action != ACTION_SUMMARISE; l++)
            show_deed(job, step, step->leaves[l], out);
    }
}

static bool is_due(const struct job *job)
{
    for (size_t i = 0; i < job->plan->step_count; i++)
        if (job->counts[i].due > 0 || job->counts[i].timed_out)
            return true;
    return false;
}

static int plan(struct job *job, const struct options *options)
{
    enum report_format format;
    struct buffer report = {0};
    int status = parse_format(options, USUAL_FORMATS, &format);
    if (status == 0)
        status = job_load_policy(job, options);
    if (status == 0)
        status = job_connect(job, options, DB_READ);
    if (status == 0)
        status = job_plan(job, options, !options->sql);
    if (status != 0)
        return status;
    int verdict = plan_status(job->plan);
    if (options->sql)
        show_sql(job, &report);
    else
        report_plan(job->plan, job->counts,
                    is_due(job) ? approve_command(job->plan, job->counts, options, &job->arena)
                                : NULL,
                    format, &report);
    if (verdict == EXIT_DONE && options->detailed_exitcode && !options->sql && is_due(job))
        verdict = EXIT_FINDINGS;
    if (!options->quiet || verdict != EXIT_DONE)
        status = print_report(&report);
    buffer_free(&report);
    return status != 0 ? status : verdict;
}

int cmd_plan(struct options *options)
{
    struct job job = {0};
    int status = plan(&job, options);
    job_free(&job);
    return status;
}
