/*
 * lockfile.c - which columns were there when somebody looked, as JSON that reads well in a diff
 *
 *     {"format": "pgretain.lock/1", "policy": NAME, "tables": {TABLE: {COLUMN: ENTRY}}}
 *
 * An entry is a type, or several with " | " between them where tables that stand there as one
 * differ, and then "; values like KIND" where some of the values were seen to look like something.
 */
#include "coverage/coverage_private.h"

#include "base/part.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char format_name[] = "pgretain.lock/1";
static const char or [] = " | ", values_like[] = "; values like ";

struct lockfile {
    json_t *root;
};

const char *lockfile_path(const char *policy_file, struct arena *arena)
{
    const char *slash = strrchr(policy_file, '/'), *dot = strrchr(policy_file, '.');
    const char *name = slash == NULL ? policy_file : slash + 1;
    bool has_ending = dot != NULL && dot > name && strcmp(dot, ".lock") != 0;
    int length = (int)(has_ending ? (size_t)(dot - policy_file) : strlen(policy_file));
    return arena_printf(arena, "%.*s.lock", length, policy_file);
}

static bool is_lockfile(const json_t *root)
{
    const char *format = json_string_value(json_object_get(root, "format"));
    const json_t *tables = json_object_get(root, "tables");
    if (format == NULL || strcmp(format, format_name) != 0 || !json_is_object(tables))
        return false;
    const char *name, *column;
    json_t *columns, *entry;
    json_object_foreach((json_t *)tables, name, columns)
    {
        if (!json_is_object(columns))
            return false;
        json_object_foreach(columns, column, entry)
        {
            if (!json_is_string(entry))
                return false;
        }
    }
    return true;
}

/* The line of a mark that a merge left, or 0. */
static int conflict_line(const struct buffer *text)
{
    static const char *const marks[] = {"<<<<<<< ", "=======", ">>>>>>> ", "||||||| "};
    int line = 1;
    for (const char *at = buffer_text(text); at != NULL; line++) {
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            if (strncmp(at, marks[i], strlen(marks[i])) == 0)
                return line;
        at = strchr(at, '\n');
        at = at == NULL ? NULL : at + 1;
    }
    return 0;
}

static int refuse(const char *path, const struct buffer *text, const json_t *root,
                  const json_error_t *why, struct error *err)
{
    int conflict = conflict_line(text);
    if (conflict > 0) {
        error_set(err, EXIT_USAGE, "line %d of the lockfile \"%s\" is left of a merge conflict",
                  conflict, path);
        return error_hint(err, "Keep the columns of both sides, or write it anew: check --live "
                               "--update-lock.");
    }
    if (root == NULL)
        error_set(err, EXIT_USAGE, "the lockfile \"%s\" is broken at line %d", path, why->line);
    else
        error_set(err, EXIT_USAGE, "\"%s\" is no lockfile of format %s", path, format_name);
    return error_hint(err, "Restore it, or write it anew: check --live --update-lock.");
}

static int parse(const char *path, const struct buffer *text, struct lockfile **ret_lock,
                 struct error *err)
{
    json_error_t why;
    json_t *root = json_loadb(buffer_text(text), text->length, JSON_REJECT_DUPLICATES, &why);
    struct lockfile *lock = is_lockfile(root) ? calloc(1, sizeof *lock) : NULL;
    if (lock == NULL) {
        refuse(path, text, root, &why, err);
        json_decref(root);
        return -1;
    }
    lock->root = root;
    *ret_lock = lock;
    return 0;
}

static int read_all(int fd, struct buffer *text)
{
    char chunk[16384];
    ssize_t count;
    while ((count = read(fd, chunk, sizeof chunk)) != 0) {
        if (count < 0 && errno != EINTR)
            return -1;
        if (count > 0)
            buffer_add_bytes(text, chunk, (size_t)count);
    }
    return 0;
}

int lockfile_read(const char *path, struct lockfile **ret_lock, struct error *err)
{
    struct buffer text = {0};
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    *ret_lock = NULL;
    if (fd < 0 && errno == ENOENT)
        return 0;
    int rc = fd < 0 ? -1 : fstat(fd, &status);
    if (rc == 0 && !S_ISREG(status.st_mode)) {
        close(fd);
        return error_set(err, EXIT_FAILED, "the lockfile \"%s\" is not a regular file", path);
    }
    rc = rc == 0 ? read_all(fd, &text) : rc;
    if (rc != 0)
        error_set(err, EXIT_FAILED, "could not read the lockfile \"%s\": %s", path,
                  strerror(errno));
    else
        rc = parse(path, &text, ret_lock, err);
    if (fd >= 0)
        close(fd);
    buffer_free(&text);
    return rc;
}

void lockfile_free(struct lockfile *lock)
{
    if (lock == NULL)
        return;
    json_decref(lock->root);
    free(lock);
}

static const char *key_of(const struct policy *policy, const struct discovered_column *column,
                          struct arena *arena)
{
    for (size_t i = 0; i < policy->coverage_count; i++) {
        const struct table_name *schema = &policy->coverage_schemas[i];
        struct buffer key = {0};
        if (!table_name_matches(schema, column->schema, column->table))
            continue;
        if (!schema->schema_is_pattern)
            break;
        buffer_addf(&key, "%s.", schema->text);
        part_add(&key, column->table);
        const char *copy = arena_strdup(arena, key.data);
        buffer_free(&key);
        return copy;
    }
    return column->table_text;
}

const char **lockfile_keys(const struct policy *policy, const struct discovery *discovery,
                           struct arena *arena)
{
    const struct discovered_column *columns = discovery->columns;
    const char **keys = arena_alloc(arena, (discovery->column_count + 1) * sizeof *keys);
    for (size_t i = 0; i < discovery->column_count; i++)
        keys[i] = i > 0 && columns[i].table_oid == columns[i - 1].table_oid
                      ? keys[i - 1]
                      : key_of(policy, &columns[i], arena);
    return keys;
}

const char *seen_values(const struct discovered_column *column)
{
    bool seen = column->why != NULL &&
                (strcmp(column->why, "statistics") == 0 || strcmp(column->why, "sample") == 0);
    return seen ? column->kind : NULL;
}

const char *entry_values(const char *entry)
{
    const char *found = strstr(entry, values_like);
    return found == NULL ? NULL : found + strlen(values_like);
}

static size_t types_length(const char *entry)
{
    const char *end = strstr(entry, values_like);
    return end == NULL ? strlen(entry) : (size_t)(end - entry);
}

bool entry_has_type(const char *entry, const char *type)
{
    const char *end = entry + types_length(entry);
    size_t length = strlen(type);
    for (const char *at = entry;; at += strlen(or)) {
        const char *next = strstr(at, or);
        if (next == NULL || next > end)
            next = end;
        if ((size_t)(next - at) == length && memcmp(at, type, length) == 0)
            return true;
        if (next == end)
            return false;
        at = next;
    }
}

const char *lockfile_entry(const struct lockfile *lock, const char *key, const char *column)
{
    const json_t *tables = lock == NULL ? NULL : json_object_get(lock->root, "tables");
    return json_string_value(json_object_get(json_object_get(tables, key), column));
}

bool lockfile_has_table(const struct lockfile *lock, const char *key)
{
    return json_object_get(json_object_get(lock->root, "tables"), key) != NULL;
}

void lockfile_visit(const struct lockfile *lock, void *context,
                    void (*visit)(void *context, const char *key, const char *column,
                                  const char *entry))
{
    const char *key, *column;
    json_t *columns, *entry;
    json_object_foreach(json_object_get(lock->root, "tables"), key, columns)
    {
        json_object_foreach(columns, column, entry)
        {
            visit(context, key, column, json_string_value(entry));
        }
    }
}

/* Adds a type to an entry, in order; what the values look like stands behind the last. */
static const char *merge(struct arena *arena, const char *entry, const char *type,
                         const char *values)
{
    if (entry != NULL && values == NULL)
        values = entry_values(entry);
    const char *types = entry == NULL ? type : arena_strndup(arena, entry, types_length(entry));
    if (entry != NULL && !entry_has_type(entry, type)) {
        bool first = strcmp(type, types) < 0;
        types = arena_printf(arena, "%s%s%s", first ? type : types, or, first ? types : type);
    }
    return values == NULL ? types : arena_printf(arena, "%s%s%s", types, values_like, values);
}

static json_t *find_or_add(json_t *object, const char *key)
{
    json_t *found = json_object_get(object, key);
    if (found == NULL) {
        found = json_object();
        json_object_set_new(object, key, found);
    }
    return found;
}

static void count_changes(const json_t *tables, const struct lockfile *before,
                          struct lockfile_changes *changes)
{
    const char *key, *column;
    json_t *columns, *entry;
    size_t had = 0, kept = 0;
    *changes = (struct lockfile_changes){0};
    json_object_foreach((json_t *)tables, key, columns)
    {
        json_object_foreach(columns, column, entry)
        {
            const char *then = lockfile_entry(before, key, column);
            changes->added += then == NULL;
            changes->changed += then != NULL && strcmp(then, json_string_value(entry)) != 0;
            kept += then != NULL;
        }
    }
    json_object_foreach(before == NULL ? NULL : json_object_get(before->root, "tables"), key,
                        columns)
    {
        had += json_object_size(columns);
    }
    changes->gone = had - kept;
}

void lockfile_format(const struct plan *plan, const struct discovery *discovery,
                     const struct lockfile *before, struct buffer *out,
                     struct lockfile_changes *ret_changes)
{
    struct arena arena = {0};
    json_t *root = json_object(), *tables = json_object();
    const char **keys = lockfile_keys(plan->policy, discovery, &arena);
    json_object_set_new(root, "format", json_string(format_name));
    json_object_set_new(root, "policy", json_string(plan->policy->name));
    json_object_set_new(root, "tables", tables);
    for (size_t i = 0; i < discovery->column_count; i++) {
        const struct discovered_column *column = &discovery->columns[i];
        const char *then = lockfile_entry(before, keys[i], column->column);
        const char *values = seen_values(column);
        json_t *columns = find_or_add(tables, keys[i]);
        const char *entry = json_string_value(json_object_get(columns, column->column));
        if (values == NULL && then != NULL)
            values = entry_values(then);
        json_object_set_new(columns, column->column,
                            json_string(merge(&arena, entry, column->type, values)));
    }
    count_changes(tables, before, ret_changes);
    char *text = json_dumps(root, JSON_INDENT(1) | JSON_SORT_KEYS);
    buffer_add(out, text == NULL ? "{}" : text);
    buffer_add(out, "\n");
    free(text);
    json_decref(root);
    arena_free(&arena);
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

/* The rename is on disk once its directory is. */
static int sync_directory(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct buffer directory = {0};
    buffer_add_bytes(&directory, slash == NULL ? "." : path,
                     slash == NULL   ? 1
                     : slash == path ? 1
                                     : (size_t)(slash - path));
    int fd = open(buffer_text(&directory), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int rc = fd < 0 ? -1 : fsync(fd);
    int reason = errno;
    if (fd >= 0)
        close(fd);
    buffer_free(&directory);
    errno = reason;
    return rc;
}

/* A file beside it becomes it in one step. What lies there under that name, a link perhaps, goes
 * and is not written into. */
static int replace(const char *path, const struct buffer *text)
{
    struct buffer next = {0};
    buffer_addf(&next, "%s.tmp", path);
    unlink(next.data);
    int fd = open(next.data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
    bool written = fd >= 0 && write_all(fd, buffer_text(text), text->length) == 0;
    int reason = errno;
    if (fd >= 0)
        close(fd);
    if (written && (rename(next.data, path) != 0 || sync_directory(path) != 0)) {
        reason = errno;
        written = false;
    }
    if (!written && fd >= 0)
        unlink(next.data);
    buffer_free(&next);
    errno = reason;
    return written ? 0 : -1;
}

int lockfile_write(const char *path, const struct buffer *text, struct error *err)
{
    char *real = realpath(path, NULL);
    int rc = replace(real == NULL ? path : real, text);
    free(real);
    if (rc != 0)
        return error_set(err, EXIT_FAILED, "could not write the lockfile \"%s\": %s", path,
                         strerror(errno));
    return 0;
}
