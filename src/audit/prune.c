/* prune.c - the oldest files of a log, once they are past their own window. */
#include "audit/file.h"
#include "audit/keep.h"
#include "audit/log.h"
#include "audit/rotate.h"
#include "audit/verify.h"
#include "base/fault.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* When the last record of a file was written; "" where it has none. */
static int read_last_instant(const char *path, char ret_at[INSTANT_TEXT], struct error *err)
{
    int fd;
    const char *line;
    size_t length;
    enum lines_result result;
    struct record record;
    struct damage ignored;
    if (file_open_read(path, &fd, err) != 0)
        return -1;
    struct lines lines = {.fd = fd};
    ret_at[0] = '\0';
    while ((result = lines_next(&lines, &line, &length)) == LINES_LINE)
        if (record_decode(line, length, &record, &ignored) == 0) {
            memcpy(ret_at, record.at, strlen(record.at) + 1);
            record_free(&record);
        }
    close(fd);
    return result == LINES_END
               ? 0
               : error_set(err, EXIT_AUDIT, "could not read \"%s\"", file_shown(path));
}

/* How many of the oldest files are wholly older. */
static int count_old(const struct files *files, const char *before, size_t *ret_count,
                     struct error *err)
{
    size_t count = 0;
    for (; count < files->rotated_count; count++) {
        char at[INSTANT_TEXT];
        if (read_last_instant(files->rotated[count], at, err) != 0)
            return -1;
        if (strcmp(at, before) >= 0)
            break;
    }
    *ret_count = count;
    return 0;
}

/* The record that the first file left begins with. */
static int64_t first_left(const struct audit_log *log, const struct files *files, size_t dropped)
{
    if (dropped == files->rotated_count)
        return log->checker.file_seq;
    return strtoll(files->rotated[dropped] + files_stem(log->path) + 1, NULL, 10);
}

static int record_prune(struct audit_log *log, int64_t records, const char *keep,
                        const struct audit_key *key, struct error *err)
{
    const struct audit_field fields[] = {{.key = "keep", .text = keep},
                                         {.key = "records", .number = records}};
    if (audit_append(log, "prune", fields, 2, NULL, err) != 0)
        return -1;
    return log_write_head(log, key, err);
}

static int remove_files(const struct files *files, size_t count, struct error *err)
{
    for (size_t i = 0; i < count; i++)
        if (fault_point("prune", err) != 0)
            return -1;
        else if (unlink(files->rotated[i]) != 0)
            return error_set(err, EXIT_AUDIT, "could not remove \"%s\": %s",
                             file_shown(files->rotated[i]), strerror(errno));
    return count == 0 ? 0 : file_sync_directory(files->rotated[0], err);
}

int audit_prune(const char *path, const char *before, const char *keep, const struct audit_key *key,
                struct arena *arena, size_t *ret_files, int64_t *ret_first_seq, struct error *err)
{
    struct audit_log *log;
    struct audit_state state;
    struct files files;
    size_t count = 0;
    int64_t first = 0;
    if (log_open_existing(path, arena, &log, &state, err) != 0)
        return -1;
    int result = files_list(path, arena, &files, err);
    if (result == 0 && state.torn)
        result = error_set(err, EXIT_REFUSED, "audit log \"%s\" was interrupted", file_shown(path));
    if (result == 0)
        result = count_old(&files, before, &count, err);
    if (result == 0)
        first = count == 0 ? state.first_seq : first_left(log, &files, count);
    if (result == 0 && count > 0)
        result = record_prune(log, first, keep, key, err);
    if (result == 0)
        result = remove_files(&files, count, err);
    if (result == 0)
        result = keep_prune(path, err);
    audit_close(log);
    *ret_files = count;
    *ret_first_seq = first;
    return result;
}
