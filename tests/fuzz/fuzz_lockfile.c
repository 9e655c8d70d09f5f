/*
 * fuzz_lockfile.c - any bytes are either a lockfile or refused with a reason
 *
 * What is read is found again by name, and writing the lockfile anew takes over what it knew: a
 * column that is there is there once more, and all others count as gone.
 */
#include "coverage/coverage_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "fuzz_lockfile: %s\n", what);
    abort();
}

/* What a walk over the lockfile has seen: how many columns, and the last. */
struct seen {
    const struct lockfile *lock;
    size_t columns;
    const char *key, *column;
};

static void see(void *context, const char *key, const char *column, const char *entry)
{
    struct seen *seen = context;
    const char *values = entry_values(entry);
    require(lockfile_has_table(seen->lock, key), "a table is not found again");
    require(lockfile_entry(seen->lock, key, column) == entry, "a column is not found again");
    require(values == NULL || (values > entry && values <= entry + strlen(entry)),
            "what values look like lies outside the entry");
    entry_has_type(entry, "text");
    entry_has_type(entry, "");
    seen->key = key;
    seen->column = column;
    seen->columns++;
}

static int read_bytes(const char *bytes, size_t size, struct lockfile **ret_lock)
{
    char path[64];
    struct error err = {0};
    int fd = memfd_create("lockfile", MFD_CLOEXEC);
    require(fd >= 0 && write(fd, bytes, size) == (ssize_t)size, "no file to read");
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    int rc = lockfile_read(path, ret_lock, &err);
    close(fd);
    require(rc == 0 || (err.status == EXIT_USAGE && err.message[0] != '\0' && err.hint[0] != '\0'),
            "a refusal does not say why");
    return rc;
}

/* Written for a database that has one column, of the lockfile's or not. */
static void write_anew(const struct seen *seen)
{
    struct discovered_column column = {.schema = "app",
                                       .table = "calls",
                                       .table_text = seen->key == NULL ? "app.calls" : seen->key,
                                       .column = seen->column == NULL ? "note" : seen->column,
                                       .type = "text"};
    const struct discovery discovery = {.columns = &column, .column_count = 1};
    const struct policy policy = {.name = "fuzz"};
    const struct plan plan = {.policy = &policy};
    struct lockfile_changes changes, none;
    struct lockfile *again = NULL;
    struct buffer text = {0}, same = {0};
    lockfile_format(&plan, &discovery, seen->lock, &text, &changes);
    require(changes.added + (seen->columns - changes.gone) == 1, "columns were lost or made up");
    require(read_bytes(text.data, text.length, &again) == 0, "what was written is not read");
    lockfile_format(&plan, &discovery, again, &same, &none);
    require(none.added + none.changed + none.gone == 0, "writing it again changes it");
    require(strcmp(text.data, same.data) == 0, "writing it again writes something else");
    lockfile_free(again);
    buffer_free(&text);
    buffer_free(&same);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct lockfile *lock = NULL;
    if (read_bytes((const char *)data, size, &lock) != 0) {
        require(lock == NULL, "refused and handed out");
        return 0;
    }
    struct seen seen = {.lock = lock};
    lockfile_visit(lock, &seen, see);
    write_anew(&seen);
    lockfile_free(lock);
    return 0;
}
