/*
 * files.h - which files a log consists of
 *
 * NAME.jsonl is written to; rotated files before it are NAME.<seq>.jsonl, after the twelve digits
 * of the sequence number of their first line. Heads, kept policies and time stamps lie beside them.
 */
#ifndef AUDIT_FILES_H
#define AUDIT_FILES_H

#include "base/arena.h"
#include "pgretain/error.h"

#include <stddef.h>
#include <stdint.h>

struct files {
    const char **rotated; /* in the order of their records */
    size_t rotated_count;
};

/* Length of the path without ".jsonl". */
size_t files_stem(const char *log_path);

/* The path of what lies beside the log: its stem with another ending. */
const char *files_beside(const char *log_path, const char *ending, struct arena *arena);

/* Where the log's current file goes when it is rotated. */
const char *files_rotated(const char *log_path, int64_t first_seq, struct arena *arena);

/* Fails with EXIT_AUDIT where the directory cannot be read. */
int files_list(const char *log_path, struct arena *arena, struct files *ret_files,
               struct error *err);
/* The paths of all files of logs that were set aside by rotate --broken, and those of the policies
 * that were kept; likewise. */
int files_list_broken(const char *log_path, struct arena *arena, const char ***ret_paths,
                      size_t *ret_count, struct error *err);
int files_list_policies(const char *log_path, struct arena *arena, const char ***ret_paths,
                        size_t *ret_count, struct error *err);

#endif
