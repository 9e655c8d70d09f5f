/*
 * file.h - files that hold up against crashes and other users
 */
#ifndef AUDIT_FILE_H
#define AUDIT_FILE_H

#include "base/arena.h"
#include "pgretain/error.h"

#include <stddef.h>
#include <stdint.h>

/* A path's last part, short enough for a message. */
const char *file_shown(const char *path);

/* Opens a regular file for reading. */
int file_open_read(const char *path, int *ret_fd, struct error *err);

/*
 * Opens a file for appending, or creates it with mode 0600 and syncs its directory. Refuses all but
 * a regular file of the effective user with one link and no access for others.
 */
int file_open_append(const char *path, int *ret_fd, struct error *err);

/* One write(2). A short write is a failure and is not continued. */
int file_write(int fd, const char *path, const char *bytes, size_t length, struct error *err);
/* fdatasync(2). */
int file_sync(int fd, const char *path, struct error *err);

/* What has to be there, and how much is asked for at a time. */
enum { FILE_ROOM_BYTES = 256 * 1024, FILE_RESERVE_BYTES = 2 * FILE_ROOM_BYTES };

/*
 * Sees to it that at least FILE_ROOM_BYTES can still be appended whatever becomes of the
 * disk: allocates blocks behind the end, which does not change the size and is allowed under
 * `chattr +a`. Where the file system cannot do that, looks for as much free space. `reserved_end`
 * begins with 0 for each file and is kept for the next call.
 */
int file_reserve(int fd, const char *path, int64_t *reserved_end, struct error *err);

int file_sync_directory(const char *path, struct error *err);

/* Makes the directories above `path` that are missing, 0700. */
int file_make_directories(const char *path, struct error *err);

/* $XDG_STATE_HOME or ~/.local/state; NULL where the environment says neither. */
const char *file_state_home(struct arena *arena);

#endif
