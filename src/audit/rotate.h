/*
 * rotate.h - a log over several files: the next one, the way out of a broken one, and the oldest
 *
 * Each opens the log for writing and leaves it closed. `key` signs the heads that they write, or is
 * NULL. They fail as audit_open() does, and with EXIT_REFUSED where the log is not in a state for
 * it.
 */
#ifndef AUDIT_ROTATE_H
#define AUDIT_ROTATE_H

#include "audit/audit.h"

/*
 * Renames the current file after the number of its first record and begins the next one with the
 * tree so far. Refused while something is left for the next run to recover. `ret_file` is the name
 * that the file has now.
 */
int audit_rotate(const char *path, const struct audit_key *key, struct arena *arena,
                 const char **ret_file, struct error *err);

/*
 * Moves a log that does not verify aside, with its heads, as NAME.broken-<instant>.jsonl, and
 * begins a new one that says how far the old one was good, and why. Refused for a log that is
 * intact.
 */
int audit_rotate_broken(const char *path, const char *reason, const struct audit_key *key,
                        struct arena *arena, const char **ret_file, struct error *err);

/*
 * Records that the rotated files whose last record is older than `before` (as records have
 * instants) are gone, and removes them. `keep` is the window, for the record. The rest can still be
 * verified: the first file left states the tree, for which all later heads vouch.
 */
int audit_prune(const char *path, const char *before, const char *keep, const struct audit_key *key,
                struct arena *arena, size_t *ret_files, int64_t *ret_first_seq, struct error *err);

#endif
