/* files.c - names beside a log's own. */
#include "audit/files.h"

#include "audit/file.h"
#include "base/sha256.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { SEQ_DIGITS = 12 };
static const char ending[] = ".jsonl";

size_t files_stem(const char *log_path)
{
    size_t length = strlen(log_path), tail = sizeof ending - 1;
    return length > tail && strcmp(log_path + length - tail, ending) == 0 ? length - tail : length;
}

const char *files_beside(const char *log_path, const char *other, struct arena *arena)
{
    return arena_printf(arena, "%.*s%s", (int)files_stem(log_path), log_path, other);
}

const char *files_rotated(const char *log_path, int64_t first_seq, struct arena *arena)
{
    return files_beside(
        log_path, arena_printf(arena, ".%0*" PRId64 "%s", SEQ_DIGITS, first_seq, ending), arena);
}

static bool is_rotated(const char *name, const char *stem, size_t stem_length)
{
    return strncmp(name, stem, stem_length) == 0 && name[stem_length] == '.' &&
           strspn(name + stem_length + 1, "0123456789") == SEQ_DIGITS &&
           strcmp(name + stem_length + 1 + SEQ_DIGITS, ending) == 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Kept policies are NAME.policy-SHA256.yaml. */
static bool is_policy(const char *name, const char *stem, size_t stem_length)
{
    static const char before[] = ".policy-", after[] = ".yaml";
    const char *hash = name + stem_length + sizeof before - 1;
    return strncmp(name, stem, stem_length) == 0 &&
           strncmp(name + stem_length, before, sizeof before - 1) == 0 &&
           strspn(hash, "0123456789abcdef") == SHA256_HEX - 1 &&
           strcmp(hash + SHA256_HEX - 1, after) == 0;
}

/* The files of a log that was set aside are NAME.broken-INSTANT…jsonl. */
static bool is_broken(const char *name, const char *stem, size_t stem_length)
{
    static const char before[] = ".broken-";
    size_t length = strlen(name), tail = sizeof ending - 1;
    return strncmp(name, stem, stem_length) == 0 &&
           strncmp(name + stem_length, before, sizeof before - 1) == 0 &&
           strcmp(name + length - tail, ending) == 0;
}

/* The paths of what lies beside the log and matches, in the order of their names. */
static int list(const char *log_path, bool (*matches)(const char *, const char *, size_t),
                struct arena *arena, const char ***ret_paths, size_t *ret_count, struct error *err)
{
    const char **paths = NULL, *slash = strrchr(log_path, '/');
    size_t count = 0;
    const char *name = slash == NULL ? log_path : slash + 1;
    const char *folder = slash == NULL ? "."
                         : slash == log_path
                             ? "/"
                             : arena_strndup(arena, log_path, (size_t)(slash - log_path));
    size_t stem = files_stem(log_path) - (size_t)(name - log_path);
    DIR *directory = opendir(folder);
    if (directory == NULL)
        return error_set(err, EXIT_AUDIT, "could not open directory \"%s\": %s", file_shown(folder),
                         strerror(errno));
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;)
        if (matches(entry->d_name, name, stem))
            *ARENA_PUSH(arena, paths, count) =
                arena_printf(arena, "%.*s%s", (int)(name - log_path), log_path, entry->d_name);
    closedir(directory);
    if (count > 0)
        qsort(paths, count, sizeof *paths, by_name);
    *ret_paths = paths;
    *ret_count = count;
    return 0;
}

int files_list(const char *log_path, struct arena *arena, struct files *ret_files,
               struct error *err)
{
    return list(log_path, is_rotated, arena, &ret_files->rotated, &ret_files->rotated_count, err);
}

int files_list_policies(const char *log_path, struct arena *arena, const char ***ret_paths,
                        size_t *ret_count, struct error *err)
{
    return list(log_path, is_policy, arena, ret_paths, ret_count, err);
}

int files_list_broken(const char *log_path, struct arena *arena, const char ***ret_paths,
                      size_t *ret_count, struct error *err)
{
    return list(log_path, is_broken, arena, ret_paths, ret_count, err);
}
