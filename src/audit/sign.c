/* sign.c - the heads of a log that is being written. */
#include "audit/file.h"
#include "audit/heads.h"
#include "audit/log.h"
#include "base/base64.h"
#include "base/fault.h"
#include "base/instant.h"

#include <inttypes.h>
#include <string.h>

enum { HEAD_SECONDS = 60 };

static const char *log_origin(const struct audit_log *log)
{
    return buffer_text(&log->checker.history.origin);
}

int audit_sign_with(struct audit_log *log, const struct audit_key *key, struct error *err)
{
    struct note_key public;
    struct buffer vkey = {0};
    int result = 0;
    if (!note_name_fits(log_origin(log)))
        return error_set(err, EXIT_AUDIT, "audit log \"%s\" has a name that no key can have",
                         file_shown(log->path));
    audit_key_public(key, log_origin(log), &public);
    note_key_add(&public, &vkey);
    if (strcmp(buffer_text(&vkey), buffer_text(&log->checker.history.key)) != 0)
        result = audit_append(log, "key",
                              &(struct audit_field){.key = "key", .text = buffer_text(&vkey)}, 1,
                              NULL, err);
    buffer_free(&vkey);
    if (result == 0)
        log->key = key;
    return result;
}

/* What the tree is now, signed if there is a key. */
static int make_head(const struct audit_log *log, struct buffer *out, struct error *err)
{
    struct tree_hash root;
    unsigned char signature[NOTE_SIGNATURE_BYTES];
    struct note_key public;
    if (log->heads_are_torn)
        buffer_addf(out, "%s%s\n", log->heads_lack_newline ? "\n" : "", HEADS_TORN);
    size_t begin = out->length;
    tree_root(&log->checker.tree, &root);
    buffer_addf(out, "%s\n%" PRId64 "\n", log_origin(log), log->next_seq);
    base64_add(out, root.bytes, sizeof root.bytes);
    buffer_add(out, "\n");
    size_t length = out->length - begin;
    buffer_add(out, "\n");
    if (log->key == NULL)
        return 0;
    if (audit_key_sign(log->key, out->data + begin, length, signature, err) != 0)
        return -1;
    audit_key_public(log->key, log_origin(log), &public);
    note_add_signature(&public, signature, out);
    return 0;
}

static int write_head(struct audit_log *log, struct error *err)
{
    struct buffer head = {0};
    int result = make_head(log, &head, err);
    if (result == 0 && log->heads_fd < 0)
        result = file_open_append(log->heads_path, &log->heads_fd, err);
    if (result == 0)
        result = fault_point("head", err);
    if (result == 0)
        result = file_write(log->heads_fd, log->heads_path, head.data, head.length, err);
    if (result == 0)
        result = fault_point("head-written", err);
    if (result == 0)
        result = file_sync(log->heads_fd, log->heads_path, err);
    buffer_free(&head);
    return result;
}

int audit_write_head(struct audit_log *log, struct error *err)
{
    if (log_check_alive(log, err) != 0)
        return -1;
    log->head_at = instant_monotonic_seconds();
    if (log->head_size == log->next_seq && (log->head_is_signed || log->key == NULL))
        return 0;
    if (audit_sync(log, err) != 0)
        return -1;
    if (write_head(log, err) != 0) {
        log->dead = true;
        return -1;
    }
    log->head_size = log->next_seq;
    log->head_is_signed = log->key != NULL;
    log->heads_are_torn = false;
    return 0;
}

int log_write_head(struct audit_log *log, const struct audit_key *key, struct error *err)
{
    if (key != NULL && audit_sign_with(log, key, err) != 0)
        return -1;
    return audit_write_head(log, err);
}

int audit_refresh_head(struct audit_log *log, struct error *err)
{
    if (instant_monotonic_seconds() - log->head_at < HEAD_SECONDS)
        return 0;
    return audit_write_head(log, err);
}

void audit_root_text(const struct audit_log *log, char ret_text[AUDIT_ROOT_TEXT])
{
    struct tree_hash root;
    tree_root(&log->checker.tree, &root);
    tree_hash_text(&root, ret_text);
}
