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
#include <sys/statvfs.h>
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
    if (status.st_uid != geteuid()) {
        refuse(err, path, "belongs to another user");
        return error_hint(err, "Run as its owner, uid %u, or name another file.",
                          (unsigned)status.st_uid);
    }
    if (status.st_nlink != 1) {
        error_set(err, EXIT_AUDIT, "\"%s\" has %lu links, not one", file_shown(path),
                  (unsigned long)status.st_nlink);
        return error_hint(err, "By another name it can be changed where nobody looks: \"find / "
                               "-samefile\" shows its names.");
    }
    if ((status.st_mode & 077) != 0) {
        error_set(err, EXIT_AUDIT, "\"%s\" is open to others: its mode is %03o, not 600",
                  file_shown(path), (unsigned)(status.st_mode & 0777));
        return error_hint(err, "Make sure that nobody changed it, and chmod 600.");
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
    if (fd < 0 && errno == ELOOP) {
        refuse(err, path, "is a symbolic link");
        return error_hint(err, "Name the file that it leads to.");
    }
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

/* Where blocks cannot be had ahead, the room there is has to do. */
static int look_for_room(int fd, const char *path, struct error *err)
{
    struct statvfs disk;
    if (fstatvfs(fd, &disk) != 0)
        return fail(err, "examine the file system of", path);
    if (disk.f_blocks == 0 || disk.f_bavail >= FILE_ROOM_BYTES / disk.f_frsize + 1)
        return 0;
    errno = ENOSPC;
    return fail(err, "make room for", path);
}

/* Blocks that are there already cost nothing. */
static int allocate(int fd, off_t from, off_t length)
{
    int rc;
    do
        rc = fallocate(fd, FALLOC_FL_KEEP_SIZE, from, length);
    while (rc != 0 && errno == EINTR);
    return rc;
}

int file_reserve(int fd, const char *path, int64_t *reserved_end, struct error *err)
{
    struct stat status;
    int64_t length = FILE_RESERVE_BYTES;
    if (fstat(fd, &status) != 0)
        return fail(err, "examine", path);
    if (*reserved_end - status.st_size >= FILE_ROOM_BYTES)
        return 0;
    int rc = allocate(fd, status.st_size, length);
    if (rc != 0 && errno != EOPNOTSUPP && errno != ENOSYS) {
        length = FILE_ROOM_BYTES;
        rc = allocate(fd, status.st_size, length);
    }
    if (rc != 0)
        rc = errno == EOPNOTSUPP || errno == ENOSYS ? look_for_room(fd, path, err)
                                                    : fail(err, "make room for", path);
    if (rc != 0)
        return error_hint(err, "It needs %d kB ahead, so that what is done can be written down.",
                          FILE_ROOM_BYTES / 1024);
    *reserved_end = status.st_size + length;
    return 0;
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
