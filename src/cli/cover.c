/* cover.c - the coverage check, for the commands that have a plan. */
#include "cli/cli_private.h"

#include "coverage/coverage.h"
#include "discover/discover.h"

int job_cover(struct job *job, bool update_lock, struct error *err)
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
    if (update_lock) {
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
