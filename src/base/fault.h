/*
 * fault.h - named places where a test can make something go wrong
 *
 * Compiled in with -DPGRETAIN_FAULTS=ON only. PGRETAIN_FAULT=NAME:N:WHAT in the environment makes
 * it happen when the process passes the place NAME for the Nth time. Places are named in the code;
 * so is each record on its way into the audit log, by its kind. WHAT is one of
 *
 *     kill     the process ends at once, as by kill -9; the usual one
 *     power    the same, and the logs lose most of what was not synced, as when the machine stops
 *     error    the function that passes the place fails
 *     enospc   the next write of a log fails with ENOSPC
 *     short    the next write of a log writes half of it
 *     tear     the same, and then the process ends
 *     eio      the next sync of a log fails with EIO
 *     cut      all connections break; what was sent before still arrives
 *     run      the command in PGRETAIN_FAULT_RUN is run first
 *
 * Several are separated by commas. The file PGRETAIN_FAULT_MARK is made when the last one happens.
 */
#ifndef BASE_FAULT_H
#define BASE_FAULT_H

#include "pgretain/error.h"

#include <sys/types.h>
#include <unistd.h>

#ifdef PGRETAIN_FAULTS
/* Fails with EXIT_FAILED where the test wants it to. */
int fault_point(const char *name, struct error *err);
/* write(2) and fdatasync(2). */
ssize_t fault_write(int fd, const char *bytes, size_t length);
int fault_sync(int fd);
#else
#define fault_point(name, err) ((void)(name), (void)(err), 0)
#define fault_write(fd, bytes, length) write(fd, bytes, length)
#define fault_sync(fd) fdatasync(fd)
#endif

#endif
