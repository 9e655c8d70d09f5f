/* log.c - the writing end: one writer, one write(2) a record, no second try. */
#include "audit/audit.h"
#include "audit/file.h"
#include "audit/keep.h"
#include "audit/verify.h"
#include "base/fault.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

struct audit_log {
    int fd;
    bool dead;
    const char *path;
    char run[RECORD_RUN_BYTES + 2];
    char head[SHA256_HEX]; /* of the last line written */
    int64_t next_seq;
    struct checker checker; /* may be one refused record ahead */
    struct buffer line;
};

static int lock(const struct audit_log *log, struct error *err)
{
    if (flock(log->fd, LOCK_EX | LOCK_NB) == 0)
        return 0;
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

static int begin(struct audit_log *log, const char *origin, struct error *err)
{
    const struct audit_field fields[] = {{.key = "origin", .text = origin},
                                         {.key = "tool", .text = PGRETAIN_VERSION}};
    if (audit_append(log, "log_begin", fields, 2, NULL, err) != 0 || audit_sync(log, err) != 0)
        return -1;
    return file_sync_directory(log->path, err);
}

static int read_and_mend(struct audit_log *log, const char *origin, struct error *err)
{
    bool complete;
    if (verify_read(log->fd, log->path, &log->checker, &complete, err) != 0)
        return -1;
    if (!complete &&
        (file_write(log->fd, log->path, "\n", 1, err) != 0 || audit_sync(log, err) != 0))
        return -1;
    follow_checker(log);
    return log->checker.begun ? 0 : begin(log, origin, err);
}

int audit_open(const char *path, const char *origin, struct arena *arena,
               struct audit_log **ret_log, struct audit_state *ret_state, struct error *err)
{
    struct audit_log *log = arena_alloc(arena, sizeof *log);
    const char *state_home = file_state_home(arena);
    size_t length = state_home == NULL ? 0 : strlen(state_home);
    log->path = arena_strdup(arena, path);
    if (length > 0 && strncmp(path, state_home, length) == 0 &&
        strncmp(path + length, "/pgretain/", strlen("/pgretain/")) == 0 &&
        file_make_directories(path, err) != 0)
        return -1;
    if (file_open_append(path, &log->fd, err) != 0)
        return -1;
    checker_init(&log->checker);
    if (lock(log, err) != 0 || read_and_mend(log, origin, err) != 0) {
        audit_close(log);
        return -1;
    }
    checker_export(&log->checker, arena, ret_state);
    *ret_log = log;
    return 0;
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
    if (log->run[0] != '\0')
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
    char hash[SHA256_HEX];
    if (log->line.length > RECORD_BYTES)
        return damage_set(damage, DAMAGE_CONTENT, "record is longer than %d bytes", RECORD_BYTES);
    if (record_decode(log->line.data, log->line.length, &record, damage) != 0)
        return damage->class == DAMAGE_TORN
                   ? damage_set(damage, DAMAGE_CONTENT, "a text is not valid UTF-8")
                   : -1;
    sha256_hex(log->line.data, log->line.length, hash);
    int result = checker_record(&log->checker, &record, hash, damage);
    record_free(&record);
    return result;
}

static int fail_if_dead(const struct audit_log *log, struct error *err)
{
    if (!log->dead)
        return 0;
    error_set(err, EXIT_AUDIT, "audit log \"%s\" is closed to writing", file_shown(log->path));
    return error_detail(err, "An earlier write to it failed in this run.");
}

int audit_append(struct audit_log *log, const char *kind, const struct audit_field *fields,
                 size_t field_count, int64_t *ret_seq, struct error *err)
{
    struct damage damage = {0};
    if (fail_if_dead(log, err) != 0 || fault_point(kind, err) != 0)
        return -1;
    log->dead = true;
    if (encode(log, kind, fields, field_count, &damage) != 0 || check(log, &damage) != 0) {
        error_set(err, EXIT_AUDIT, "%s record does not fit the audit log \"%s\"", kind,
                  file_shown(log->path));
        return error_detail(err, "%s", damage.text);
    }
    buffer_add(&log->line, "\n");
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
    if (fail_if_dead(log, err) != 0)
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
    checker_free(&log->checker);
    buffer_free(&log->line);
}
