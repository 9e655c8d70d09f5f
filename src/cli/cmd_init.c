/*
 * cmd_init.c - writes a first policy for a database
 *
 * The draft is held against the database as check would hold it; what is refused is taken back,
 * table by table, until nothing is. So what comes out passes check.
 */
#include "cli/cli_private.h"

#include "coverage/coverage.h"
#include "discover/discover.h"
#include "draft/draft.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct init {
    struct job job; /* connection and arena; its plan is that of the last try */
    struct discovery *discovery;
    struct catalog *catalog; /* with the details of every table */
    struct draft draft;
    struct name_list schemas;
    struct buffer text;
};

static void forget_plan(struct job *job)
{
    plan_free(job->plan);
    catalog_free(job->catalog);
    policy_free(job->policy);
    diagnostics_free(&job->diagnostics);
    job->plan = NULL;
    job->catalog = NULL;
    job->policy = NULL;
    job->diagnostics = (struct diagnostics){0};
}

/* A snapshot with the details of every table, as if the policy named them all. */
static int read_catalog(struct init *init, struct error *err)
{
    struct table_name every = {"*", "*", true, true, "*.*", {0}};
    const struct policy all = {.time_zone = "UTC", .subjects = &every, .subject_count = 1};
    return catalog_load(init->job.db, &all, NULL, &init->catalog, err);
}

static void list_schemas(struct init *init)
{
    struct name_list *list = &init->schemas;
    for (size_t i = 0; i < init->discovery->column_count; i++) {
        const char *schema = init->discovery->columns[i].schema;
        bool known = false;
        for (size_t s = 0; s < list->count && !known; s++)
            known = strcmp(list->names[s], schema) == 0;
        if (!known)
            *ARENA_PUSH(&init->job.arena, list->names, list->count) = schema;
    }
}

static int read_database(struct init *init, const struct options *options, struct error *err)
{
    const struct discover_options looking = {.schemas = options->schemas.names,
                                             .samples = options->sample,
                                             .copies = true,
                                             .schema_count = options->schemas.count};
    if (db_run(init->job.db, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", err) != 0 ||
        discover_load(init->job.db, &looking, &init->discovery, err) != 0 ||
        read_catalog(init, err) != 0)
        return -1;
    list_schemas(init);
    draft_build(init->catalog, init->discovery, &init->draft);
    return 0;
}

static bool has_rules(const struct draft *draft)
{
    for (size_t i = 0; i < draft->table_count; i++)
        if (draft->tables[i].verdict != DRAFT_UNDECIDED)
            return true;
    return false;
}

/* Takes back every rule that the plan refuses to carry out; how many. */
static size_t take_back_refused(struct init *init)
{
    const struct plan *plan = init->job.plan;
    size_t count = 0;
    for (size_t i = 0; i < plan->step_count; i++) {
        const struct plan_step *step = &plan->steps[i];
        if (step->refused != NULL)
            count +=
                draft_take_back(&init->draft, step->table->text,
                                arena_printf(&init->job.arena, "check says %s", step->refused));
    }
    return count;
}

/* And every rule whose table has an error of another kind. */
static size_t take_back_faulty(struct init *init)
{
    const struct plan *plan = init->job.plan;
    size_t count = 0;
    for (size_t i = 0; i < plan->finding_count; i++) {
        const struct finding *finding = &plan->findings[i];
        if (finding->severity == SEVERITY_ERROR && finding->table != NULL)
            count +=
                draft_take_back(&init->draft, finding->table,
                                arena_printf(&init->job.arena, "check says %s", finding->code));
    }
    return count;
}

/* One try: format, read it back, plan it. */
static int try_draft(struct init *init, struct error *err)
{
    const struct policy_options reading = {"the draft", "2000-01-01", NULL};
    const struct plan_options planning = {.trust_owners = true};
    struct job *job = &init->job;
    forget_plan(job);
    buffer_clear(&init->text);
    draft_format(&init->draft, init->schemas.names, init->schemas.count, &init->text);
    if (policy_parse(buffer_text(&init->text), init->text.length, &reading, &job->policy,
                     &job->diagnostics) != 0) {
        error_set(err, EXIT_FAILED, "the draft is no valid policy: %s",
                  job->diagnostics.count == 0 ? "" : job->diagnostics.items[0].message);
        return error_detail(err, "line %u",
                            job->diagnostics.count == 0 ? 0 : job->diagnostics.items[0].mark.line);
    }
    if (catalog_load(job->db, job->policy, NULL, &job->catalog, err) != 0)
        return -1;
    return plan_build(job->policy, job->catalog, &planning, &job->plan, err);
}

static int settle(struct init *init, struct error *err)
{
    do {
        if (!has_rules(&init->draft)) {
            error_set(err, EXIT_FAILED, "no table can be given a rule");
            return error_hint(err,
                              "\"pgretain discover\" shows which columns look personal; a rule "
                              "needs a table whose rows have an age.");
        }
        if (try_draft(init, err) != 0)
            return -1;
    } while (take_back_refused(init) > 0 || take_back_faulty(init) > 0);
    return 0;
}

static int write_new(const char *path, const struct buffer *text, struct error *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (fd < 0 && errno == EEXIST) {
        error_set(err, EXIT_REFUSED, "\"%s\" exists already", path);
        return error_hint(err, "Choose another file, or move that one away.");
    }
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    bool written = file != NULL && fwrite(text->data, 1, text->length, file) == text->length;
    if (file != NULL && fclose(file) != 0)
        written = false;
    return written
               ? 0
               : error_set(err, EXIT_FAILED, "could not write \"%s\": %s", path, strerror(errno));
}

static int write_files(struct init *init, const struct options *options, struct error *err)
{
    struct lockfile_changes changes;
    struct buffer lock = {0};
    if (write_new(options->output, &init->text, err) != 0)
        return -1;
    lockfile_format(init->job.plan, init->discovery, NULL, &lock, &changes);
    int rc = lockfile_write(lockfile_path(options->output, &init->job.arena), &lock, err);
    buffer_free(&lock);
    return rc;
}

static int draft_policy(struct init *init, const struct options *options)
{
    struct error err;
    if (options->argument_count > 0)
        return complain_usage("init takes no argument: --output FILE names the file");
    int status = job_connect(&init->job, options, DB_READ);
    if (status != 0)
        return status;
    if (read_database(init, options, &err) != 0 || settle(init, &err) != 0)
        return complain(&err);
    if (options->output == NULL)
        return print_report(&init->text);
    if (write_files(init, options, &err) != 0)
        return complain(&err);
    fprintf(stderr, "pgretain: wrote %s and its lockfile; now: pgretain check --live %s\n",
            options->output, options->output);
    return EXIT_DONE;
}

int cmd_init(struct options *options)
{
    struct init init = {0};
    int status = draft_policy(&init, options);
    draft_free(&init.draft);
    discovery_free(init.discovery);
    catalog_free(init.catalog);
    buffer_free(&init.text);
    job_free(&init.job);
    return status;
}
