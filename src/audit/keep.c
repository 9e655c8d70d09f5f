/* keep.c - one file per policy text, written once. */
#include "audit/keep.h"

#include "audit/audit.h"
#include "audit/file.h"
#include "audit/files.h"
#include "base/fault.h"
#include "base/sha256.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* How many leading bytes the file already has. */
static int compare(int fd, const char *path, const char *bytes, size_t length, size_t *ret_same,
                   struct error *err)
{
    char chunk[16384];
    size_t same = 0;
    ssize_t got;
    while ((got = read(fd, chunk, sizeof chunk)) > 0) {
        if ((size_t)got > length - same || memcmp(chunk, bytes + same, (size_t)got) != 0)
            return error_set(err, EXIT_AUDIT, "\"%s\" does not hold the policy it is named after",
                             file_shown(path));
        same += (size_t)got;
    }
    if (got < 0)
        return error_set(err, EXIT_AUDIT, "could not read \"%s\": %s", file_shown(path),
                         strerror(errno));
    *ret_same = same;
    return 0;
}

static int complete(int fd, const char *path, const char *bytes, size_t length, struct error *err)
{
    size_t same = 0;
    if (compare(fd, path, bytes, length, &same, err) != 0)
        return -1;
    if (same < length && file_write(fd, path, bytes + same, length - same, err) != 0)
        return -1;
    if (file_sync(fd, path, err) != 0)
        return -1;
    return file_sync_directory(path, err);
}

int keep_bytes(const char *log_path, const char *sha256, const char *bytes, size_t length,
               struct error *err)
{
    char hash[SHA256_HEX];
    char path[PATH_MAX];
    sha256_hex(bytes, length, hash);
    if (strcmp(hash, sha256) != 0)
        return error_set(err, EXIT_AUDIT, "policy bytes do not have the SHA-256 they are kept by");
    int written = snprintf(path, sizeof path, "%.*s.policy-%s.yaml", (int)files_stem(log_path),
                           log_path, sha256);
    if (written < 0 || (size_t)written >= sizeof path)
        return error_set(err, EXIT_AUDIT, "\"%s\" is too long a path", file_shown(log_path));

    int fd;
    if (file_open_append(path, &fd, err) != 0)
        return -1;
    int result = complete(fd, path, bytes, length, err);
    close(fd);
    return result;
}

struct named {
    struct arena arena;
    const char **hashes;
    size_t count;
};

static bool is_named(const struct named *named, const char *path)
{
    for (size_t i = 0; i < named->count; i++)
        if (strstr(path, named->hashes[i]) != NULL)
            return true;
    return false;
}

/* Looks at no more than the member, since a log that was set aside need not be one any more. */
static int take_name(void *context, int64_t line_number, const char *line, size_t length)
{
    static const char member[] = "\"policy_sha256\":\"";
    struct named *named = context;
    (void)line_number;
    const char *hash = memmem(line, length, member, sizeof member - 1);
    if (hash == NULL || (size_t)(line + length - hash) < sizeof member - 1 + SHA256_HEX - 1)
        return 0;
    const char *name = arena_strndup(&named->arena, hash + sizeof member - 1, SHA256_HEX - 1);
    if (!is_named(named, name))
        *ARENA_PUSH(&named->arena, named->hashes, named->count) = name;
    return 0;
}

/* All policies that the log or one that was set aside names. */
static int find_named(const char *log_path, struct named *named, struct error *err)
{
    const char **broken = NULL;
    size_t count = 0;
    int result = audit_walk(log_path, take_name, named, err);
    if (result == 0)
        result = files_list_broken(log_path, &named->arena, &broken, &count, err);
    for (size_t i = 0; result == 0 && i < count; i++)
        result = audit_walk(broken[i], take_name, named, err);
    return result;
}

int keep_prune(const char *log_path, struct error *err)
{
    struct named named = {0};
    const char **paths = NULL;
    size_t count = 0, removed = 0;
    int result = find_named(log_path, &named, err);
    if (result == 0)
        result = files_list_policies(log_path, &named.arena, &paths, &count, err);
    for (size_t i = 0; result == 0 && i < count; i++) {
        if (is_named(&named, paths[i]))
            continue;
        removed++;
        if (fault_point("keep", err) != 0) {
            result = -1;
            break;
        }
        if (unlink(paths[i]) != 0)
            result = error_set(err, EXIT_AUDIT, "could not remove \"%s\": %s", file_shown(paths[i]),
                               strerror(errno));
    }
    if (result == 0 && removed > 0)
        result = file_sync_directory(log_path, err);
    arena_free(&named.arena);
    return result;
}
