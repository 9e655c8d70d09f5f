/* file.c - opening, writing and syncing, with every refusal in words. */
#include "audit/file.h"

#include "base/fault.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SHOWN_BYTES = 200 };

const char *file_shown(const char *path)
{
    size_t length = strlen(path);
    return length > SHOWN_BYTES ? path + length - SHOWN_BYTES : path;
}

static int fail(struct error *err, const char *verb, const char *path)
{
    return error_set(err, EXIT_AUDIT, "could not %s \"%s\": %s", verb, file_shown(path),
                     strerror(errno));
}

static int refuse(struct error *err, const char *path, const char *why)
{
    return error_set(err, EXIT_AUDIT, "\"%s\" %s", file_shown(path), why);
}

int file_open_read(const char *path, int *ret_fd, struct error *err)
{
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return fail(err, "open", path);
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode)) {
        *ret_fd = fd;
        return 0;
    }
    close(fd);
    return refuse(err, path, "is not a regular file");
}

static int check_safe(int fd, const char *path, struct error *err)
{
    struct stat status;
    if (fstat(fd, &status) != 0)
        return fail(err, "examine", path);
    if (!S_ISREG(status.st_mode))
        return refuse(err, path, "is not a regular file");
    if (status.st_uid != geteuid())
        return refuse(err, path, "belongs to another user");
    if (status.st_nlink != 1)
        return refuse(err, path, "has not exactly one link");
    if ((status.st_mode & 077) != 0) {
        error_set(err, EXIT_AUDIT, "\"%s\" is open to others: its mode is %03o, not 600",
                  file_shown(path), (unsigned)(status.st_mode & 0777));
        return -1;
    }
    return 0;
}

int file_open_append(const char *path, int *ret_fd, struct error *err)
{
    const int flags = O_RDWR | O_APPEND | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
    bool created = false;
    int fd = open(path, flags);
    if (fd < 0 && errno == ENOENT) {
        fd = open(path, flags | O_CREAT | O_EXCL, S_IRUSR | S_IWUSR);
        created = fd >= 0;
    }
    if (fd < 0 && errno == ELOOP)
        return refuse(err, path, "is a symbolic link");
    if (fd < 0)
        return fail(err, "open", path);
    if (check_safe(fd, path, err) != 0 || (created && file_sync_directory(path, err) != 0)) {
        close(fd);
        return -1;
    }
    *ret_fd = fd;
    return 0;
}

int file_write(int fd, const char *path, const char *bytes, size_t length, struct error *err)
{
    ssize_t written;
    do
        written = fault_write(fd, bytes, length);
    while (written < 0 && errno == EINTR);
    if (written >= 0 && (size_t)written < length)
        errno = ENOSPC;
    return written == (ssize_t)length ? 0 : fail(err, "write", path);
}

int file_sync(int fd, const char *path, struct error *err)
{
    return fault_sync(fd) == 0 ? 0 : fail(err, "sync", path);
}

int file_sync_directory(const char *path, struct error *err)
{
    char directory[PATH_MAX] = ".";
    const char *slash = strrchr(path, '/');
    if (slash != NULL) {
        size_t length = slash == path ? 1 : (size_t)(slash - path);
        if (length >= sizeof directory)
            return refuse(err, path, "is too long a path");
        memcpy(directory, path, length);
        directory[length] = '\0';
    }
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return fail(err, "open", directory);
    int result = fsync(fd) == 0 ? 0 : fail(err, "sync", directory);
    close(fd);
    return result;
}

int file_make_directories(const char *path, struct error *err)
{
    char part[PATH_MAX];
    if (strlen(path) >= sizeof part)
        return refuse(err, path, "is too long a path");
    for (const char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        size_t length = (size_t)(slash - path);
        memcpy(part, path, length);
        part[length] = '\0';
        if (mkdir(part, S_IRWXU) == 0) {
            if (file_sync_directory(part, err) != 0)
                return -1;
        } else if (errno != EEXIST) {
            return fail(err, "create directory", part);
        }
    }
    return 0;
}

const char *file_state_home(struct arena *arena)
{
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    if (state != NULL && state[0] == '/')
        return arena_strdup(arena, state);
    if (home != NULL && home[0] == '/')
        return arena_printf(arena, "%s/.local/state", home);
    return NULL;
}
