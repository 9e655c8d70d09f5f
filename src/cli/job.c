/*
 * job.c - from a policy file to a counted plan, the same way for every command
 */
#include "cli/cli_private.h"

#include "measure/measure.h"
#include "statement/statement.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LARGEST_KEY_BYTES = 4096 };

static void today_utc(char text[16])
{
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(text, 16, "%Y-%m-%d", &utc);
}

void job_print_diagnostics(const struct job *job, const char *file)
{
    struct buffer text = {0};
    const char *bytes = job->policy == NULL ? job->diagnostics.bytes : job->policy->bytes;
    size_t length = job->policy == NULL ? job->diagnostics.byte_count : job->policy->byte_count;
    diagnostics_format(&job->diagnostics, file, bytes, length, &text);
    fputs(buffer_text(&text), stderr);
    buffer_free(&text);
}

int job_read_policy(struct job *job, const struct options *options, const char *file)
{
    char today[16];
    struct window cap;
    struct error err;
    if (options->cap != NULL && window_parse(options->cap, &job->arena, &cap, &err) != 0) {
        err.status = EXIT_USAGE;
        return complain(&err);
    }
    today_utc(today);
    const struct policy_options reading = {file, today, options->cap == NULL ? NULL : &cap};
    return policy_load(&reading, &job->policy, &job->diagnostics) == 0 ? EXIT_DONE : EXIT_USAGE;
}

int job_open_policy(struct job *job, const struct options *options, const char *file)
{
    int status = job_read_policy(job, options, file);
    if (status != 0)
        job_print_diagnostics(job, file);
    return status;
}

int job_load_policy(struct job *job, const struct options *options)
{
    if (options->argument_count != 1)
        return complain_usage("give one policy file as the argument");
    return job_open_policy(job, options, options->arguments[0]);
}

int job_connect(struct job *job, const struct options *options, enum db_mode mode)
{
    struct error err;
    if (db_open(&options->connection, mode, &job->db, &err) != 0)
        return complain(&err);
    return EXIT_DONE;
}

const char *key_file(const char *given, const char *credential, struct arena *arena)
{
    const char *credentials = getenv("CREDENTIALS_DIRECTORY");
    if (given != NULL)
        return given;
    if (credentials == NULL)
        return NULL;
    const char *path = arena_printf(arena, "%s/%s", credentials, credential);
    FILE *there = fopen(path, "re");
    if (there == NULL)
        return NULL;
    fclose(there);
    return path;
}

bool step_needs_key(const struct plan_step *step)
{
    for (size_t i = 0; i < step->rule->mask_count; i++)
        if (step->rule->masks[i].kind == MASK_KEYED_HASH)
            return true;
    return false;
}

static bool needs_key(const struct plan *plan)
{
    for (size_t i = 0; i < plan->step_count; i++)
        if (step_needs_key(&plan->steps[i]))
            return true;
    return false;
}

static int read_key(struct job *job, const struct options *options, struct error *err)
{
    unsigned char bytes[LARGEST_KEY_BYTES];
    const char *path = key_file(options->mask_key, "mask-key", &job->arena);
    if (!needs_key(job->plan) || path == NULL)
        return 0;
    struct stat status;
    FILE *file = fopen(path, "re");
    if (file == NULL || fstat(fileno(file), &status) != 0)
        return error_set(err, EXIT_FAILED, "could not open the masking key \"%s\"", path);
    if ((status.st_uid != 0 && status.st_uid != geteuid()) ||
        (status.st_mode & (S_IWGRP | S_IRWXO)) != 0) {
        fclose(file);
        error_set(err, EXIT_REFUSED, "others can read or change the masking key \"%s\"", path);
        return error_hint(err, "It must belong to root or to you: chown it, and chmod go-rwx.");
    }
    setvbuf(file, NULL, _IONBF, 0);
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    if (length > 0 && bytes[length - 1] == '\n')
        length--;
    int rc = mask_key_init(bytes, length, &job->key, err);
    explicit_bzero(bytes, sizeof bytes);
    job->has_key = rc == 0;
    return rc;
}

static int check_database(const struct job *job, struct error *err)
{
    const char *wanted = job->policy->database;
    if (wanted == NULL || strcmp(wanted, job->catalog->database) == 0)
        return 0;
    error_set(err, EXIT_REFUSED, "the policy is for database \"%s\", this is \"%s\"", wanted,
              job->catalog->database);
    return error_hint(err, "Connect with -d %s.", wanted);
}

int job_begin(struct db *db, struct error *err)
{
    return db_run(db, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", err);
}

int job_read(struct job *job, const struct options *options, struct error *err)
{
    const struct plan_options planning = {
        .narrowing = {options->tables.names, options->tables.count, options->categories.names,
                      options->categories.count, options->rules.names, options->rules.count},
        .trust_owners = options->trust_owners,
    };
    if (catalog_load(job->db, job->policy, options->as_of, &job->catalog, err) != 0 ||
        check_database(job, err) != 0 ||
        plan_build(job->policy, job->catalog, &planning, &job->plan, err) != 0)
        return -1;
    statement_digest(job->plan);
    return read_key(job, options, err);
}

static int read_and_count(struct job *job, const struct options *options, bool count,
                          struct error *err)
{
    if (job_begin(job->db, err) != 0 || job_read(job, options, err) != 0)
        return -1;
    if (count && measure_plan(job->db, job->plan, job->has_key ? &job->key : NULL, COUNT_TIMEOUT_MS,
                              &job->arena, &job->counts, err) != 0)
        return -1;
    if (count)
        plan_check_counts(job->plan, job->counts);
    return db_run(job->db, "COMMIT", err);
}

int job_plan(struct job *job, const struct options *options, bool count)
{
    struct error err;
    return read_and_count(job, options, count, &err) == 0 ? EXIT_DONE : complain(&err);
}

void job_free(struct job *job)
{
    mask_key_wipe(&job->key);
    plan_free(job->plan);
    catalog_free(job->catalog);
    db_close(job->db);
    policy_free(job->policy);
    diagnostics_free(&job->diagnostics);
    arena_free(&job->arena);
}

int plan_status(const struct plan *plan)
{
    size_t refused = 0;
    for (size_t i = 0; i < plan->step_count; i++) {
        refused += plan->steps[i].refused != NULL;
        if (plan->steps[i].refused != NULL && strncmp(plan->steps[i].refused, "hold-", 5) == 0)
            return EXIT_REFUSED;
    }
    if (refused > 0)
        return EXIT_PARTIAL;
    return plan_count_findings(plan, SEVERITY_ERROR) > 0 ? EXIT_PARTIAL : EXIT_DONE;
}

void shell_add_word(struct buffer *out, const char *word)
{
    bool plain = word[0] != '\0';
    for (const char *c = word; *c != '\0'; c++)
        plain = plain && (strchr("-_./:=,@+%", *c) != NULL || (*c >= '0' && *c <= '9') ||
                          (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z'));
    if (plain) {
        buffer_addf(out, " %s", word);
        return;
    }
    buffer_add(out, " '");
    for (const char *c = word; *c != '\0'; c++)
        buffer_addf(out, *c == '\'' ? "'\\''" : "%c", *c);
    buffer_add(out, "'");
}

/* An option of the present command line that the approval replaces, or that enforce lacks. */
static bool is_replaced(const char *word, bool *ret_has_value)
{
    static const char *const valued[] = {"--as-of", "--expect", "--expect-rows", "--format"};
    static const char *const flags[] = {"--sql", "--detailed-exitcode", "--dry-run", "--accept-new",
                                        "--yes"};
    for (size_t i = 0; i < sizeof valued / sizeof *valued; i++) {
        size_t length = strlen(valued[i]);
        if (strncmp(word, valued[i], length) != 0 || (word[length] != '\0' && word[length] != '='))
            continue;
        *ret_has_value = word[length] == '\0';
        return true;
    }
    *ret_has_value = false;
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (strcmp(word, flags[i]) == 0)
            return true;
    return false;
}

const char *approve_command(const struct plan *plan, const struct counts *counts,
                            const struct options *options, struct arena *arena)
{
    struct buffer text = {0};
    int64_t due = 0;
    buffer_add(&text, "pgretain enforce");
    for (int i = 2; i < options->argc; i++) {
        bool has_value = false;
        if (!is_replaced(options->argv[i], &has_value))
            shell_add_word(&text, options->argv[i]);
        i += has_value;
    }
    for (size_t i = 0; counts != NULL && i < plan->step_count; i++)
        due += counts[i].due > 0 ? counts[i].due : 0;
    buffer_addf(&text, " --as-of %s --expect %s --expect-rows %" PRId64 " --yes",
                plan->catalog->as_of, plan->digest, due);
    const char *result = arena_strdup(arena, text.data);
    buffer_free(&text);
    return result;
}
