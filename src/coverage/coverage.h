/*
 * coverage.h - is every column of the promised schemas looked after?
 *
 * A column is looked after when a rule purges its row or masks it, or when the policy exempts it.
 * What else there is must have been looked at by a person: the lockfile beside the policy lists
 * every column that was there then, by name and type, without values. A column that looks personal
 * and is not looked after is an error whatever the lockfile says.
 */
#ifndef COVERAGE_COVERAGE_H
#define COVERAGE_COVERAGE_H

#include "base/buffer.h"
#include "pgretain/discovery.h"
#include "pgretain/error.h"
#include "pgretain/plan.h"

/* Columns by table, as json_t; opaque. */
struct lockfile;

/* POLICY with its ending replaced by ".lock". */
const char *lockfile_path(const char *policy_file, struct arena *arena);

/*
 * Reads a lockfile. No such file is no failure: `*ret_lock` is then NULL. EXIT_USAGE where it is
 * not one of ours, EXIT_FAILED where it cannot be read.
 */
int lockfile_read(const char *path, struct lockfile **ret_lock, struct error *err);
void lockfile_free(struct lockfile *lock);

/* The lockfile's text for what was found now: sorted, one column a line. */
void lockfile_format(const struct plan *plan, const struct discovery *discovery,
                     struct buffer *out);
/* Replaces the file at once: a reader sees the old one or the new one. */
int lockfile_write(const char *path, const struct buffer *text, struct error *err);

/* The type that the lockfile has for a column, or NULL. */
const char *lockfile_type(const struct lockfile *lock, const char *table, const char *column);
/* How many of its columns are not in the discovery any more. */
size_t lockfile_count_gone(const struct lockfile *lock, const struct discovery *discovery);

/*
 * Appends findings to the plan, those that look most personal first. `lock` may be NULL. The
 * discovery holds every column of the policy's coverage schemas.
 */
void coverage_check(struct plan *plan, const struct discovery *discovery,
                    const struct lockfile *lock);

#endif
