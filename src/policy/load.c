/* load.c - reads a policy file, which must be a regular one. */
#include "policy/policy.h"
#include "policy/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *kind_name(mode_t mode)
{
    if (S_ISDIR(mode))
        return "a directory";
    if (S_ISFIFO(mode))
        return "a pipe";
    return "a device";
}

/* Reads up to one byte more than a policy may have, so that policy_parse() can tell. */
static int read_all(int fd, struct buffer *bytes)
{
    char chunk[16384];
    while (bytes->length <= POLICY_MAX_BYTES) {
        ssize_t count = read(fd, chunk, sizeof chunk);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return (int)count;
        buffer_add_bytes(bytes, chunk, (size_t)count);
    }
    return 0;
}

/* What others can change is nobody's decision; enforce refuses it. */
static bool others_can_write(const struct stat *status)
{
    return (status->st_uid != 0 && status->st_uid != geteuid()) ||
           (status->st_mode & (S_IWGRP | S_IWOTH)) != 0;
}

static int open_regular(struct reader *reader, const char *file, bool *ret_others_can_write)
{
    const struct mark nowhere = {0};
    struct stat status;
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &status) < 0) {
        report_error(reader, nowhere, NULL, "could not open the policy: %s", strerror(errno));
    } else if (!S_ISREG(status.st_mode)) {
        report_error(reader, nowhere, "A policy is a regular file.", "the policy is %s",
                     kind_name(status.st_mode));
    } else {
        *ret_others_can_write = others_can_write(&status);
        return fd;
    }
    if (fd >= 0)
        close(fd);
    return -1;
}

int policy_load(const struct policy_options *options, struct policy **ret_policy,
                struct diagnostics *diagnostics)
{
    struct reader reader = {.arena = &diagnostics->arena, .diagnostics = diagnostics};
    struct buffer bytes = {0};
    int result = -1;
    bool open_to_others = false;
    int fd = open_regular(&reader, options->file, &open_to_others);
    if (fd < 0)
        return -1;
    if (open_to_others)
        report_warning(&reader, "policy-writable", (struct mark){0},
                       "It must belong to root or to you: chown it, and chmod go-w.",
                       "others can change the policy file");
    if (read_all(fd, &bytes) < 0)
        report_error(&reader, (struct mark){0}, NULL, "could not read the policy: %s",
                     strerror(errno));
    else
        result = policy_parse(buffer_text(&bytes), bytes.length, options, ret_policy, diagnostics);
    if (result == 0)
        (*ret_policy)->others_can_write = open_to_others;
    diagnostics->bytes = arena_strndup(&diagnostics->arena, buffer_text(&bytes), bytes.length);
    diagnostics->byte_count = bytes.length;
    close(fd);
    buffer_free(&bytes);
    return result;
}
