/*
 * coverage.h - is every column of the promised schemas looked after?
 *
 * A column is looked after when rules purge or mask it in every part of its table, or when the
 * policy exempts it. What else there is must have been looked at by a person: the lockfile beside
 * the policy lists every column that was there then, by name and type, without values. A column
 * that looks personal and is not looked after is an error whatever the lockfile says.
 *
 * What holds rows of its own counts: tables, materialized views, foreign tables. Views show rows of
 * others, and partitions go with their table unless that lies outside the promised schemas.
 */
#ifndef COVERAGE_COVERAGE_H
#define COVERAGE_COVERAGE_H

#include "base/buffer.h"
#include "pgretain/discovery.h"
#include "pgretain/error.h"
#include "pgretain/plan.h"

/* Columns by table, as json_t; opaque. */
struct lockfile;

/* How a lockfile differs from the one that would be written now. */
struct lockfile_changes {
    size_t added, changed, gone; /* columns */
};

/* POLICY with its ending replaced by ".lock". */
const char *lockfile_path(const char *policy_file, struct arena *arena);

/*
 * Reads a lockfile. No such file is no failure: `*ret_lock` is then NULL. EXIT_USAGE where it is
 * not one of ours, EXIT_FAILED where it cannot be read.
 */
int lockfile_read(const char *path, struct lockfile **ret_lock, struct error *err);
/* Accepts NULL. */
void lockfile_free(struct lockfile *lock);

/*
 * The lockfile's text for what was found now: sorted, one column a line. A table of a schema that
 * the policy promises by a pattern stands there once for all its namesakes, as pattern.name. What
 * values looked like is taken over from `before`, which may be NULL: not every database that a
 * policy is held against has values.
 */
void lockfile_format(const struct plan *plan, const struct discovery *discovery,
                     const struct lockfile *before, struct buffer *out,
                     struct lockfile_changes *ret_changes);
/* Replaces the file at once: a reader sees the old one or the new one. A symbolic link stays. */
int lockfile_write(const char *path, const struct buffer *text, struct error *err);

/*
 * Appends findings to the plan, those that look most personal first. `lock` may be NULL. The
 * discovery holds every column of the policy's coverage schemas.
 */
void coverage_check(struct plan *plan, const struct discovery *discovery,
                    const struct lockfile *lock);

#endif
