/* scratch.c - mkdtemp, open, write, close. */
#include "support/scratch.h"

#include "support/session.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void scratch_make(const char *name, char ret_directory[SCRATCH_PATH])
{
    const char *base = getenv("PGTEMP");
    if (base == NULL) {
        fatal("run under scripts/pg-temp");
    }
    int length = snprintf(ret_directory, SCRATCH_PATH, "%s/%s.XXXXXX", base, name);
    if (length >= SCRATCH_PATH || mkdtemp(ret_directory) == NULL) {
        fatal("cannot make a directory under %s", base);
    }
}

void scratch_path(const char *directory, const char *name, char ret_path[SCRATCH_PATH])
{
    if (snprintf(ret_path, SCRATCH_PATH, "%s/%s", directory, name) >= SCRATCH_PATH) {
        fatal("%s is too long", directory);
    }
}

void scratch_write(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text)) {
        fatal("cannot write %s", path);
    }
    close(fd);
}
