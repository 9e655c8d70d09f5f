/* cmd_explain.c - what decides the fate of a table's rows, from policy and catalogue. */
#include "cli/cli_private.h"

#include <string.h>

/* The table that a person means, which has to be one of this database. */
static const struct catalog_table *find_table(struct job *job, const char *text, struct error *err)
{
    struct table_name name;
    if (table_name_parse(text, &job->arena, &name, err) != 0)
        return NULL;
    if (name.schema_is_pattern || name.name_is_pattern) {
        error_set(err, EXIT_USAGE, "\"%s\" is a pattern; give one table", text);
        return NULL;
    }
    const struct catalog_table *table = catalog_find_table(job->catalog, &name);
    if (table != NULL)
        return table;
    const char *best = catalog_nearest_table(job->catalog, text, &job->arena);
    error_set(err, EXIT_USAGE, "table \"%s\" does not exist in database \"%s\"", text,
              job->catalog->database);
    if (best != NULL)
        error_hint(err, "Did you mean \"%s\"?", best);
    return NULL;
}

/* `pgretain plan …` that counts the first rule's table; NULL where there is nothing to count. */
static const char *count_command(const struct job *job, const struct options *options,
                                 const struct catalog_table *table, struct arena *arena)
{
    const struct catalog_table *ruled = NULL;
    struct buffer text = {0};
    for (size_t i = 0; i < job->plan->step_count && ruled == NULL; i++)
        for (const struct catalog_table *t = table; t != NULL; t = t->parent)
            if (job->plan->steps[i].table == t)
                ruled = t;
    if (ruled == NULL)
        return NULL;
    buffer_add(&text, "pgretain plan");
    for (int i = 2; i < options->argc; i++) {
        const char *word = options->argv[i];
        if (strcmp(word, "--format") == 0)
            i++;
        else if (word != options->arguments[1] && strncmp(word, "--format=", 9) != 0)
            shell_add_word(&text, word);
    }
    buffer_add(&text, " --table");
    shell_add_word(&text, ruled->text);
    const char *command = arena_strdup(arena, text.data);
    buffer_free(&text);
    return command;
}

static int explain(struct job *job, const struct options *options)
{
    enum report_format format;
    struct error err;
    struct buffer report = {0};
    int status = parse_format(options, USUAL_FORMATS, &format);
    if (status == 0 && options->argument_count != 2)
        status = complain_usage("give a policy file and a table, schema.name");
    if (status == 0)
        status = job_open_policy(job, options, options->arguments[0]);
    if (status == 0)
        status = job_connect(job, options, DB_READ);
    if (status == 0)
        status = job_plan(job, options, false);
    if (status != 0)
        return status;
    const struct catalog_table *table = find_table(job, options->arguments[1], &err);
    if (table == NULL || (job->policy->coverage_count > 0 && job_cover(job, false, &err) != 0))
        return complain(&err);
    report_explanation(job->plan, table, count_command(job, options, table, &job->arena), format,
                       &report);
    status = print_report(&report);
    buffer_free(&report);
    return status;
}

int cmd_explain(struct options *options)
{
    struct job job = {0};
    int status = explain(&job, options);
    job_free(&job);
    return status;
}
