/* anchor.c - head, request, answer, file, record: in this order. */
#include "audit/anchor.h"

#include "audit/file.h"
#include "audit/files.h"
#include "audit/heads.h"
#include "audit/log.h"
#include "audit/stamp.h"
#include "http/http.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CONNECT_MS = 10 * 1000, TOTAL_MS = 30 * 1000, ANSWER_BYTES = 256 * 1024 };
enum { HEAD_BYTES = 8192 };

static int open_log(const char *path, struct arena *arena, struct audit_log **ret_log,
                    struct error *err)
{
    struct audit_state state;
    if (log_open_existing(path, arena, ret_log, &state, err) != 0)
        return -1;
    if (!state.torn && !(*ret_log)->heads_are_torn)
        return 0;
    audit_close(*ret_log);
    error_set(err, EXIT_REFUSED, "audit log \"%s\" was interrupted", file_shown(path));
    return error_hint(err, "The next \"enforce\" recovers what was cut short; anchor then.");
}

/* The newest head begins with the last line that is the log's name. */
static int read_head(const struct audit_log *log, struct buffer *out, struct error *err)
{
    char bytes[HEAD_BYTES + 1] = "";
    struct stat info;
    int fd;
    if (file_open_read(log->heads_path, &fd, err) != 0)
        return -1;
    ssize_t got = -1;
    if (fstat(fd, &info) == 0)
        got =
            pread(fd, bytes, HEAD_BYTES, info.st_size > HEAD_BYTES ? info.st_size - HEAD_BYTES : 0);
    close(fd);
    const char *begin = NULL;
    struct buffer line = {0};
    buffer_addf(&line, "%s\n", buffer_text(&log->checker.history.origin));
    for (const char *at = bytes; got > 0 && at != NULL; at = strchr(at, '\n')) {
        at += *at == '\n';
        if (strncmp(at, line.data, line.length) == 0)
            begin = at;
    }
    buffer_free(&line);
    if (begin == NULL)
        return error_set(err, EXIT_AUDIT, "could not read \"%s\"", file_shown(log->heads_path));
    buffer_add(out, begin);
    return 0;
}

/* The checked answer. */
static int ask(const struct anchor_request *request, const struct buffer *head,
               struct buffer *answer, char ret_at[INSTANT_TEXT], struct error *err)
{
    struct stamp *stamp = NULL;
    struct buffer der = {0};
    int result = stamp_request(head->data, head->length, &stamp, &der, err);
    if (result == 0) {
        const struct http_request post = {
            .url = request->url,
            .content_type = "application/timestamp-query",
            .accept = "application/timestamp-reply",
            .body = der.data,
            .body_bytes = der.length,
            .ca_file = request->tls_ca_file,
            .answer_bytes = ANSWER_BYTES,
            .connect_ms = CONNECT_MS,
            .total_ms = TOTAL_MS,
        };
        result = http_post(&post, answer, err);
    }
    if (result == 0)
        result = stamp_check(stamp, answer, request->ca_file, ret_at, err);
    stamp_free(stamp);
    buffer_free(&der);
    return result;
}

static int keep(const char *path, const struct buffer *answer, struct error *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0)
        return error_set(err, EXIT_AUDIT, "could not create \"%s\": %s", file_shown(path),
                         strerror(errno));
    int result = file_write(fd, path, answer->data, answer->length, err);
    if (result == 0)
        result = file_sync(fd, path, err);
    close(fd);
    if (result != 0)
        unlink(path);
    return result == 0 ? file_sync_directory(path, err) : -1;
}

static int record(struct audit_log *log, const char *url, int64_t records,
                  const struct buffer *answer, const struct audit_key *key, struct error *err)
{
    char token[SHA256_HEX];
    sha256_hex(answer->data, answer->length, token);
    const struct audit_field fields[] = {{.key = "records", .number = records},
                                         {.key = "token", .text = token},
                                         {.key = "url", .text = url}};
    if (audit_append(log, "anchor", fields, 3, NULL, err) != 0)
        return -1;
    return log_write_head(log, key, err);
}

static int anchor_log(struct audit_log *log, const struct anchor_request *request, const char *url,
                      struct arena *arena, struct anchor *anchor, struct error *err)
{
    struct buffer head = {0}, answer = {0};
    int result = log_write_head(log, request->key, err);
    if (result == 0)
        result = read_head(log, &head, err);
    anchor->records = log->head_size;
    anchor->file =
        files_beside(log->path, arena_printf(arena, ".%" PRId64 ".tsr", anchor->records), arena);
    if (result == 0 && access(anchor->file, F_OK) == 0) {
        error_set(err, EXIT_REFUSED, "\"%s\" exists", file_shown(anchor->file));
        result = error_hint(err, "No record names it: move it away, then anchor again.");
    }
    if (result == 0)
        result = ask(request, &head, &answer, anchor->at, err);
    if (result == 0)
        result = keep(anchor->file, &answer, err);
    if (result == 0)
        result = record(log, url, anchor->records, &answer, request->key, err);
    buffer_free(&head);
    buffer_free(&answer);
    return result;
}

int audit_anchor(const char *path, const struct anchor_request *request, struct arena *arena,
                 struct anchor *ret_anchor, struct error *err)
{
    struct audit_log *log;
    struct anchor anchor = {0};
    const char *url;
    if (http_check_url(request->url, arena, &url, err) != 0 ||
        open_log(path, arena, &log, err) != 0)
        return -1;
    int result = anchor_log(log, request, url, arena, &anchor, err);
    audit_close(log);
    if (result == 0)
        *ret_anchor = anchor;
    return result;
}
