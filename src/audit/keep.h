/*
 * keep.h - the bytes of a policy beside the log that names their hash
 */
#ifndef AUDIT_KEEP_H
#define AUDIT_KEEP_H

#include "pgretain/error.h"

#include <stddef.h>

/*
 * Writes NAME.policy-<sha256>.yaml beside NAME.jsonl, 0600, and syncs file and directory. A file
 * that holds the same bytes stays; one that holds their beginning, left by a crash, is completed.
 */
int keep_bytes(const char *log_path, const char *sha256, const char *bytes, size_t length,
               struct error *err);

/* Removes the policies that no record of the log names any more. Fails with EXIT_AUDIT. */
int keep_prune(const char *log_path, struct error *err);

#endif
