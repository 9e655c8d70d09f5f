/* rotate.c - renames and removes files, never a line. */
#include "audit/rotate.h"

#include "audit/file.h"
#include "audit/log.h"
#include "audit/verify.h"
#include "base/fault.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static int rename_file(const char *from, const char *to, struct error *err)
{
    if (fault_point("rename", err) != 0)
        return -1;
    if (access(to, F_OK) == 0)
        return error_set(err, EXIT_AUDIT, "\"%s\" exists", file_shown(to));
    if (rename(from, to) == 0)
        return file_sync_directory(to, err);
    int reason = errno;
    error_set(err, EXIT_AUDIT, "could not rename \"%s\": %s", file_shown(from), strerror(reason));
    return reason == EPERM ? error_hint(err, "If it is append-only: chattr -a, and +a afterwards.")
                           : -1;
}

static int check_settled(const char *path, const struct audit_log *log,
                         const struct audit_state *state, struct error *err)
{
    if (state->open_count > 0 || state->detached_count > 0 || state->torn) {
        error_set(err, EXIT_REFUSED, "audit log \"%s\" was interrupted", file_shown(path));
        return error_hint(err, "The next \"enforce\" recovers what was cut short; rotate then.");
    }
    if (log->next_seq - log->checker.file_seq > 1)
        return 0;
    return error_set(err, EXIT_REFUSED, "audit log \"%s\" has nothing to rotate", file_shown(path));
}

int audit_rotate(const char *path, const struct audit_key *key, struct arena *arena,
                 const char **ret_file, struct error *err)
{
    struct audit_log *log;
    struct audit_state state;
    if (log_open_existing(path, arena, &log, &state, err) != 0)
        return -1;
    const char *name = files_rotated(path, log->checker.file_seq, arena);
    int result = check_settled(path, log, &state, err);
    if (result == 0)
        result = log_write_head(log, key, err);
    if (result == 0)
        result = rename_file(path, name, err);
    if (result == 0)
        result = fault_point("rotated", err);
    audit_close(log);
    if (result != 0 || audit_open(path, "", arena, &log, &state, err) != 0)
        return -1;
    result = log_write_head(log, key, err);
    audit_close(log);
    *ret_file = name;
    return result;
}

/* Reads as far as the log is good. */
static int read_broken(const char *path, struct checker *checker, struct arena *arena,
                       struct error *err)
{
    struct error damage;
    struct heads *heads = arena_alloc(arena, sizeof *heads);
    struct files files;
    bool complete;
    int fd = -1;
    int result = heads_open(heads, files_beside(path, HEADS_ENDING, arena), false, &damage);
    if (result == 0)
        result = files_list(path, arena, &files, &damage);
    if (result == 0)
        result = verify_rotated(&files, checker, &heads, 1, &damage);
    if (result == 0)
        result = file_open_read(path, &fd, &damage);
    if (result == 0)
        result = verify_read(fd, path, checker, &heads, 1, &complete, &damage);
    if (result == 0 && checker->next_seq > 0)
        result = verify_end(path, checker, heads, &damage);
    if (fd >= 0)
        close(fd);
    heads_close(heads);
    if (result != 0 || checker->next_seq == 0)
        return 0;
    error_set(err, EXIT_REFUSED, "audit log \"%s\" is intact", file_shown(path));
    return error_hint(err, "Rotate it without --broken.");
}

/* All files of the log get another stem, the current one last. */
static int move_aside(const char *path, const char *stamp, struct arena *arena,
                      const char **ret_file, struct error *err)
{
    struct files files;
    const char *aside = files_beside(path, arena_printf(arena, ".broken-%s.jsonl", stamp), arena);
    const char *heads = files_beside(path, HEADS_ENDING, arena);
    if (files_list(path, arena, &files, err) != 0)
        return -1;
    for (size_t i = 0; i < files.rotated_count; i++)
        if (rename_file(files.rotated[i],
                        files_beside(aside, files.rotated[i] + files_stem(path), arena), err) != 0)
            return -1;
    if (access(heads, F_OK) == 0 &&
        rename_file(heads, files_beside(aside, HEADS_ENDING, arena), err) != 0)
        return -1;
    *ret_file = aside;
    return rename_file(path, aside, err);
}

/* Now, as digits with T and Z, which a file name and a log's name can both carry. */
static void make_stamp(char ret_stamp[INSTANT_TEXT])
{
    char now[INSTANT_TEXT], *end = ret_stamp;
    instant_now(now);
    for (const char *c = now; *c != '\0' && *c != '.'; c++)
        if (*c != '-' && *c != ':')
            *end++ = *c;
    *end++ = 'Z';
    *end = '\0';
}

static int begin_anew(const char *path, const struct checker *old, const char *reason,
                      const char *stamp, const struct audit_key *key, struct arena *arena,
                      struct error *err)
{
    struct audit_log *log;
    struct audit_state state;
    const char *origin = old->history.origin.length == 0
                             ? "pgretain"
                             : arena_strdup(arena, buffer_text(&old->history.origin));
    const struct audit_field fields[] = {
        {.key = "broken_origin", .text = origin},
        {.key = "reason", .text = reason},
        {.key = "broken_head", .text = old->head},
        {.key = "broken_seq", .number = old->next_seq - 1},
    };
    size_t count = old->next_seq == 0 ? 2 : 4;
    if (log_open(path, arena_printf(arena, "%s/%s", origin, stamp), fields, count, arena, &log,
                 &state, err) != 0)
        return -1;
    int result = log_write_head(log, key, err);
    audit_close(log);
    return result;
}

int audit_rotate_broken(const char *path, const char *reason, const struct audit_key *key,
                        struct arena *arena, const char **ret_file, struct error *err)
{
    int fd;
    char stamp[INSTANT_TEXT];
    struct checker checker;
    if (file_open_append(path, &fd, err) != 0)
        return -1;
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        close(fd);
        return error_set(err, EXIT_LOCKED, "another run is writing to the audit log \"%s\"",
                         file_shown(path));
    }
    make_stamp(stamp);
    checker_init(&checker);
    int result = read_broken(path, &checker, arena, err);
    if (result == 0)
        result = move_aside(path, stamp, arena, ret_file, err);
    if (result == 0)
        result = begin_anew(path, &checker, reason, stamp, key, arena, err);
    checker_free(&checker);
    close(fd);
    return result;
}
