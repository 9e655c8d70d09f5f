/* fault.c - empty but in test builds. */
#include "base/fault.h"

#ifdef PGRETAIN_FAULTS
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>

enum { MOST_FILES = 16, MOST_DESCRIPTORS = 256, MOST_FAULTS = 4 };

/* How much of a file that was written would survive a power cut. */
struct durable {
    int fd; /* our own */
    ino_t inode;
    off_t length;
};

static struct durable files[MOST_FILES];
static size_t file_count;
static char armed[16]; /* what the next write or sync is to do */

/* Kept for power cuts only, since our descriptor would keep the file locked after it was closed. */
static struct durable *file_of(int fd)
{
    struct stat status;
    if (getenv("PGRETAIN_FAULT") == NULL || fstat(fd, &status) != 0)
        return NULL;
    for (size_t i = 0; i < file_count; i++)
        if (files[i].inode == status.st_ino)
            return &files[i];
    if (file_count == MOST_FILES)
        return NULL;
    files[file_count] = (struct durable){dup(fd), status.st_ino, status.st_size};
    return &files[file_count++];
}

/* A third of what was not synced happens to be on disk. */
static void cut_power(void)
{
    struct stat status;
    for (size_t i = 0; i < file_count; i++)
        if (fstat(files[i].fd, &status) != 0 || status.st_size <= files[i].length ||
            ftruncate(files[i].fd, files[i].length + (status.st_size - files[i].length) / 3) != 0)
            continue;
    raise(SIGKILL);
}

static void cut_connections(void)
{
    for (int fd = 3; fd < MOST_DESCRIPTORS; fd++)
        (void)shutdown(fd, SHUT_RDWR); /* fails where it is no socket */
}

/* Whether the entry, NAME:N:WHAT, names this place, for the Nth time now. */
static bool is_here(const char *entry, size_t number, const char *name, char ret_what[16])
{
    static int passed[MOST_FAULTS];
    size_t length = strlen(name);
    char *end = NULL;
    if (strncmp(entry, name, length) != 0 || entry[length] != ':' ||
        ++passed[number] != strtol(entry + length + 1, &end, 10))
        return false;
    snprintf(ret_what, 16, "%.*s", *end == ':' ? (int)strcspn(end + 1, ",") : 4,
             *end == ':' ? end + 1 : "kill");
    return true;
}

/* Tells the test that its last fault has come about. */
static void mark(void)
{
    const char *path = getenv("PGRETAIN_FAULT_MARK");
    FILE *file = path == NULL ? NULL : fopen(path, "w");
    if (file != NULL)
        fclose(file);
}

static int happen(const char *what, const char *name, struct error *err)
{
    if (strcmp(what, "kill") == 0)
        raise(SIGKILL);
    if (strcmp(what, "power") == 0)
        cut_power();
    if (strcmp(what, "error") == 0)
        return error_set(err, EXIT_FAILED, "made to fail at \"%s\"", name);
    if (strcmp(what, "cut") == 0)
        cut_connections();
    else if (strcmp(what, "run") != 0)
        snprintf(armed, sizeof armed, "%s", what);
    else if (system(getenv("PGRETAIN_FAULT_RUN")) != 0)
        abort();
    return 0;
}

int fault_point(const char *name, struct error *err)
{
    char what[16];
    const char *entry = getenv("PGRETAIN_FAULT");
    for (size_t i = 0; entry != NULL && i < MOST_FAULTS; i++) {
        const char *next = strchr(entry, ',');
        bool here = is_here(entry, i, name, what);
        if (here && next == NULL)
            mark();
        if (here && happen(what, name, err) != 0)
            return -1;
        entry = next == NULL ? NULL : next + 1;
    }
    return 0;
}

ssize_t fault_write(int fd, const char *bytes, size_t length)
{
    (void)file_of(fd);
    if (strcmp(armed, "enospc") == 0) {
        armed[0] = '\0';
        errno = ENOSPC;
        return -1;
    }
    if (strcmp(armed, "short") != 0 && strcmp(armed, "tear") != 0)
        return write(fd, bytes, length);
    ssize_t written = write(fd, bytes, length / 2);
    if (strcmp(armed, "tear") == 0)
        raise(SIGKILL);
    armed[0] = '\0';
    return written;
}

int fault_sync(int fd)
{
    struct durable *file = file_of(fd);
    struct stat status;
    if (strcmp(armed, "eio") == 0) {
        armed[0] = '\0';
        errno = EIO;
        return -1;
    }
    if (fdatasync(fd) != 0)
        return -1;
    if (file != NULL && fstat(fd, &status) == 0)
        file->length = status.st_size;
    return 0;
}
#else
typedef int fault_points_are_compiled_out;
#endif
