/* log.c - the writing end: one writer, one write(2) a record, no second try. */
#include "audit/log.h"

#include "audit/file.h"
#include "audit/keep.h"
#include "audit/kinds.h"
#include "audit/verify.h"
#include "base/fault.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* The lock is the file's: one that was rotated in between is no longer the log. */
static int lock(const struct audit_log *log, struct error *err)
{
    struct stat mine, there;
    if (flock(log->fd, LOCK_EX | LOCK_NB) == 0 && fstat(log->fd, &mine) == 0 &&
        stat(log->path, &there) == 0) {
        if (mine.st_ino == there.st_ino && mine.st_dev == there.st_dev)
            return 0;
        errno = EWOULDBLOCK;
    }
    if (errno == EWOULDBLOCK)
        return error_set(err, EXIT_LOCKED, "another run is writing to the audit log \"%s\"",
                         file_shown(log->path));
    return error_set(err, EXIT_AUDIT, "could not lock \"%s\": %s", file_shown(log->path),
                     strerror(errno));
}

static void follow_checker(struct audit_log *log)
{
    memcpy(log->head, log->checker.head, SHA256_HEX);
    log->next_seq = log->checker.next_seq;
}

/* A name that signed notes can carry: what they have no place for becomes '_'. */
static const char *fit_origin(const char *origin, struct arena *arena)
{
    char *name = arena_strdup(arena, origin);
    for (char *c = name; *c != '\0'; c++)
        if (*c <= ' ' || *c >= 0x7f || *c == '+')
            *c = '_';
    return name;
}

/* The first record of the current file, be it the log's first or not. */
static int begin(struct audit_log *log, const char *origin, const struct audit_field *first,
                 size_t first_count, struct arena *arena, struct error *err)
{
    struct buffer tree = {0};
    struct audit_field fields[RECORD_FIELDS] = {
        {.key = "tool", .text = PGRETAIN_VERSION},
        {.key = "origin", .text = fit_origin(origin, arena)},
    };
    size_t count = 2;
    if (log->checker.continues) {
        tree_add_text(&log->checker.tree, &tree);
        fields[1].text = arena_strdup(arena, buffer_text(&log->checker.history.origin));
        fields[count++] = (struct audit_field){.key = "tree", .text = buffer_text(&tree)};
    }
    for (size_t i = 0; i < first_count; i++)
        fields[count++] = first[i];
    int result = audit_append(log, "log_begin", fields, count, NULL, err);
    buffer_free(&tree);
    if (result != 0 || audit_sync(log, err) != 0)
        return -1;
    return file_sync_directory(log->path, err);
}

/* All files to their end, with the heads beside them, so that what is signed next extends them. */
static int read_and_mend(struct audit_log *log, struct arena *arena, struct error *err)
{
    bool complete;
    struct files files;
    struct heads *heads = arena_alloc(arena, sizeof *heads);
    int result = heads_open(heads, log->heads_path, false, err);
    if (result == 0)
        result = files_list(log->path, arena, &files, err);
    if (result == 0)
        result = verify_rotated(&files, &log->checker, &heads, 1, err);
    if (result == 0)
        result = verify_read(log->fd, log->path, &log->checker, &heads, 1, &complete, err);
    if (result == 0 && !log->checker.continues && !heads->ended)
        result = error_set(err, EXIT_AUDIT, "audit log \"%s\" is empty, but \"%s\" has heads of it",
                           file_shown(log->path), file_shown(log->heads_path));
    if (result == 0)
        result = verify_end(log->path, &log->checker, heads, err);
    log->head_size = heads->last.size;
    log->head_is_signed = heads->last.is_signed;
    log->heads_are_torn = heads->is_torn;
    log->heads_lack_newline = heads->lacks_newline;
    heads_close(heads);
    if (result != 0)
        return -1;
    if (!complete &&
        (file_write(log->fd, log->path, "\n", 1, err) != 0 || audit_sync(log, err) != 0))
        return -1;
    follow_checker(log);
    return 0;
}

static bool is_in_state_home(const char *path, struct arena *arena)
{
    const char *state_home = file_state_home(arena);
    size_t length = state_home == NULL ? 0 : strlen(state_home);
    return length > 0 && strncmp(path, state_home, length) == 0 &&
           strncmp(path + length, "/pgretain/", strlen("/pgretain/")) == 0;
}

int log_open(const char *path, const char *origin, const struct audit_field *first,
             size_t first_count, struct arena *arena, struct audit_log **ret_log,
             struct audit_state *ret_state, struct error *err)
{
    struct audit_log *log = arena_alloc(arena, sizeof *log);
    log->path = arena_strdup(arena, path);
    log->heads_path = files_beside(path, HEADS_ENDING, arena);
    log->heads_fd = -1;
    if (is_in_state_home(path, arena) && file_make_directories(path, err) != 0)
        return -1;
    if (file_open_append(path, &log->fd, err) != 0)
        return -1;
    checker_init(&log->checker);
    if (lock(log, err) != 0 || read_and_mend(log, arena, err) != 0 ||
        (!log->checker.begun && begin(log, origin, first, first_count, arena, err) != 0)) {
        audit_close(log);
        return -1;
    }
    checker_export(&log->checker, arena, ret_state);
    *ret_log = log;
    return 0;
}

int audit_open(const char *path, const char *origin, struct arena *arena,
               struct audit_log **ret_log, struct audit_state *ret_state, struct error *err)
{
    return log_open(path, origin, NULL, 0, arena, ret_log, ret_state, err);
}

int log_open_existing(const char *path, struct arena *arena, struct audit_log **ret_log,
                      struct audit_state *ret_state, struct error *err)
{
    int fd;
    if (file_open_read(path, &fd, err) != 0)
        return -1;
    close(fd);
    return audit_open(path, "", arena, ret_log, ret_state, err);
}

void audit_set_run(struct audit_log *log, const char *run)
{
    /* one byte more than a run may have, so that a longer name is refused and not cut */
    size_t length = strnlen(run, sizeof log->run - 1);
    memcpy(log->run, run, length);
    log->run[length] = '\0';
}

static int encode(struct audit_log *log, const char *kind, const struct audit_field *fields,
                  size_t field_count, struct damage *damage)
{
    char now[INSTANT_TEXT];
    instant_now(now);
    bool back = strcmp(now, log->checker.at) < 0;
    struct audit_field all[RECORD_FIELDS] = {
        {.key = "at", .text = back ? log->checker.at : now},
        {.key = "kind", .text = kind},
        {.key = "prev", .text = log->head},
        {.key = "seq", .number = log->next_seq},
    };
    size_t count = 4;
    const struct kind *known = kind_find(kind);
    if (log->run[0] != '\0' && (known == NULL || !kind_is_about_log(known)))
        all[count++] = (struct audit_field){.key = "run", .text = log->run};
    if (field_count > RECORD_FIELDS - count)
        return damage_set(damage, DAMAGE_CONTENT, "more fields than any record has");
    if (field_count > 0)
        memcpy(all + count, fields, field_count * sizeof *fields);
    buffer_clear(&log->line);
    return record_encode(all, count + field_count, &log->line, damage);
}

/* The reader's own checks, so that no record is written that would stop the next run. */
static int check(struct audit_log *log, struct damage *damage)
{
    struct record record;
    struct line_hash hash;
    if (log->line.length > RECORD_BYTES)
        return damage_set(damage, DAMAGE_CONTENT, "record is longer than %d bytes", RECORD_BYTES);
    if (record_decode(log->line.data, log->line.length, &record, damage) != 0)
        return damage->class == DAMAGE_TORN
                   ? damage_set(damage, DAMAGE_CONTENT, "a text is not valid UTF-8")
                   : -1;
    line_hash(log->line.data, log->line.length, &hash);
    int result = checker_record(&log->checker, &record, &hash, damage);
    record_free(&record);
    return result;
}

int log_check_alive(const struct audit_log *log, struct error *err)
{
    if (!log->dead)
        return 0;
    error_set(err, EXIT_AUDIT, "audit log \"%s\" is closed to writing", file_shown(log->path));
    return error_detail(err, "An earlier write to it failed in this run.");
}

/* What ends it has to be written later, out of what was reserved before. */
static bool begins_something(const char *kind)
{
    static const char *const beginnings[] = {"log_begin", "run_begin", "step_begin", "intent",
                                             "detach"};
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (strcmp(beginnings[i], kind) == 0)
            return true;
    return false;
}

int audit_append(struct audit_log *log, const char *kind, const struct audit_field *fields,
                 size_t field_count, int64_t *ret_seq, struct error *err)
{
    struct damage damage = {0};
    if (log_check_alive(log, err) != 0 || fault_point(kind, err) != 0)
        return -1;
    log->dead = true;
    if (encode(log, kind, fields, field_count, &damage) != 0 || check(log, &damage) != 0) {
        error_set(err, EXIT_AUDIT, "%s record does not fit the audit log \"%s\"", kind,
                  file_shown(log->path));
        return error_detail(err, "%s", damage.text);
    }
    buffer_add(&log->line, "\n");
    if (begins_something(kind) && file_reserve(log->fd, log->path, &log->reserved_end, err) != 0)
        return -1;
    if (file_write(log->fd, log->path, log->line.data, log->line.length, err) != 0)
        return -1;
    log->dead = false;
    if (ret_seq != NULL)
        *ret_seq = log->next_seq;
    follow_checker(log);
    return 0;
}

int audit_sync(struct audit_log *log, struct error *err)
{
    if (log_check_alive(log, err) != 0)
        return -1;
    log->dead = true;
    if (file_sync(log->fd, log->path, err) != 0)
        return -1;
    log->dead = false;
    return 0;
}

int audit_keep_policy(struct audit_log *log, const char *sha256, const char *bytes, size_t length,
                      struct error *err)
{
    return keep_bytes(log->path, sha256, bytes, length, err);
}

const char *audit_head(const struct audit_log *log)
{
    return log->head;
}

int64_t audit_next_seq(const struct audit_log *log)
{
    return log->next_seq;
}

void audit_close(struct audit_log *log)
{
    if (log == NULL)
        return;
    close(log->fd);
    if (log->heads_fd >= 0)
        close(log->heads_fd);
    checker_free(&log->checker);
    buffer_free(&log->line);
}
