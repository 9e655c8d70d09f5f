/* cover.c - the coverage check, for the commands that have a plan. */
#include "cli/cli_private.h"

#include "coverage/coverage.h"
#include "discover/discover.h"

#include "base/lookup.h"

#include <stdio.h>

/* The schemas that the policy's names and patterns stand for. */
static struct discover_options find_schemas(struct job *job)
{
    const struct policy *policy = job->policy;
    const char **schemas = arena_alloc(&job->arena, sizeof *schemas);
    struct discover_options looking = {.copies = true};
    struct lookup known = {0};
    for (size_t i = 0; i < policy->coverage_count; i++) {
        const struct catalog_table *table = NULL;
        while ((table = catalog_next_match(job->catalog, &policy->coverage_schemas[i], table)) !=
               NULL)
            if (lookup_add(&known, &job->arena, table->schema, NULL, table) == NULL)
                *ARENA_PUSH(&job->arena, schemas, looking.schema_count) = table->schema;
    }
    looking.schemas = schemas;
    return looking;
}

static int write_lock(struct job *job, const struct discovery *discovery, const char *path,
                      struct error *err)
{
    struct lockfile_changes changes;
    struct lockfile *before = NULL;
    struct error ignored;
    struct buffer text = {0};
    lockfile_read(path, &before, &ignored); /* one that is broken is written anew */
    lockfile_format(job->plan, discovery, before, &text, &changes);
    lockfile_free(before);
    int rc = lockfile_write(path, &text, err);
    buffer_free(&text);
    if (rc == 0)
        fprintf(stderr, "%s: %zu columns added, %zu changed, %zu gone\n", path, changes.added,
                changes.changed, changes.gone);
    return rc;
}

int job_cover(struct job *job, bool update_lock, struct error *err)
{
    const struct discover_options looking = find_schemas(job);
    const char *path = lockfile_path(job->policy->file, &job->arena);
    struct discovery *discovery = NULL;
    struct lockfile *lock = NULL;
    if (discover_load(job->db, &looking, &discovery, err) != 0)
        return -1;
    int rc = update_lock ? write_lock(job, discovery, path, err) : 0;
    if (rc == 0)
        rc = lockfile_read(path, &lock, err);
    if (rc == 0)
        coverage_check(job->plan, discovery, lock);
    lockfile_free(lock);
    discovery_free(discovery);
    return rc;
}
