/* lockfile.c - which columns were there when somebody looked, as JSON that reads well in a diff. */
#include "coverage/coverage.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char format_name[] = "pgretain.lock/1";

struct lockfile {
    json_t *root;
};

const char *lockfile_path(const char *policy_file, struct arena *arena)
{
    const char *slash = strrchr(policy_file, '/'), *dot = strrchr(policy_file, '.');
    bool has_ending = dot != NULL && dot != policy_file && (slash == NULL || dot > slash + 1);
    int length = (int)(has_ending ? (size_t)(dot - policy_file) : strlen(policy_file));
    return arena_printf(arena, "%.*s.lock", length, policy_file);
}

/* {"format": …, "tables": {"schema.name": {"column": "type"}}} */
static bool is_lockfile(const json_t *root)
{
    const char *format = json_string_value(json_object_get(root, "format"));
    const json_t *tables = json_object_get(root, "tables");
    if (format == NULL || strcmp(format, format_name) != 0 || !json_is_object(tables))
        return false;
    const char *name;
    json_t *columns, *type;
    json_object_foreach((json_t *)tables, name, columns)
    {
        if (!json_is_object(columns))
            return false;
        json_object_foreach(columns, name, type)
        {
            if (!json_is_string(type))
                return false;
        }
    }
    return true;
}

int lockfile_read(const char *path, struct lockfile **ret_lock, struct error *err)
{
    json_error_t why;
    *ret_lock = NULL;
    FILE *file = fopen(path, "re");
    if (file == NULL && errno == ENOENT)
        return 0;
    if (file == NULL)
        return error_set(err, EXIT_FAILED, "could not open the lockfile \"%s\": %s", path,
                         strerror(errno));
    json_t *root = json_loadf(file, JSON_REJECT_DUPLICATES, &why);
    fclose(file);
    struct lockfile *lock = is_lockfile(root) ? calloc(1, sizeof *lock) : NULL;
    if (lock == NULL) {
        if (root == NULL)
            error_set(err, EXIT_USAGE, "the lockfile \"%s\" is broken at line %d", path, why.line);
        else
            error_set(err, EXIT_USAGE, "\"%s\" is no lockfile of format %s", path, format_name);
        json_decref(root);
        return error_hint(err, "Restore it, or write it anew: check --live --update-lock.");
    }
    lock->root = root;
    *ret_lock = lock;
    return 0;
}

void lockfile_free(struct lockfile *lock)
{
    if (lock == NULL)
        return;
    json_decref(lock->root);
    free(lock);
}

void lockfile_format(const struct plan *plan, const struct discovery *discovery, struct buffer *out)
{
    json_t *root = json_object(), *tables = json_object();
    json_object_set_new(root, "format", json_string(format_name));
    json_object_set_new(root, "policy", json_string(plan->policy->name));
    json_object_set_new(root, "tables", tables);
    for (size_t i = 0; i < discovery->column_count; i++) {
        const struct discovered_column *column = &discovery->columns[i];
        json_t *columns = json_object_get(tables, column->table_text);
        if (columns == NULL) {
            columns = json_object();
            json_object_set_new(tables, column->table_text, columns);
        }
        json_object_set_new(columns, column->column, json_string(column->type));
    }
    char *text = json_dumps(root, JSON_INDENT(1) | JSON_SORT_KEYS);
    buffer_add(out, text == NULL ? "{}" : text);
    buffer_add(out, "\n");
    free(text);
    json_decref(root);
}

static int write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return -1;
        bytes += written;
        length -= (size_t)written;
    }
    return fsync(fd);
}

int lockfile_write(const char *path, const struct buffer *text, struct error *err)
{
    struct buffer next = {0};
    buffer_addf(&next, "%s.tmp", path);
    int fd = open(next.data, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    bool written = fd >= 0 && write_all(fd, buffer_text(text), text->length) == 0;
    int reason = errno;
    if (fd >= 0)
        close(fd);
    if (written && rename(next.data, path) != 0) {
        reason = errno;
        written = false;
    }
    if (!written && fd >= 0)
        unlink(next.data);
    buffer_free(&next);
    if (written)
        return 0;
    return error_set(err, EXIT_FAILED, "could not write the lockfile \"%s\": %s", path,
                     strerror(reason));
}

const char *lockfile_type(const struct lockfile *lock, const char *table, const char *column)
{
    const json_t *columns = json_object_get(json_object_get(lock->root, "tables"), table);
    return json_string_value(json_object_get(columns, column));
}

size_t lockfile_count_gone(const struct lockfile *lock, const struct discovery *discovery)
{
    size_t count = 0;
    const char *name;
    json_t *columns;
    json_object_foreach(json_object_get(lock->root, "tables"), name, columns)
    {
        count += json_object_size(columns);
    }
    for (size_t i = 0; i < discovery->column_count; i++)
        count -= lockfile_type(lock, discovery->columns[i].table_text,
                               discovery->columns[i].column) != NULL;
    return count;
}
