/*
 * process.h - running pgretain as a person would and keeping what it said
 */
#ifndef SUPPORT_PROCESS_H
#define SUPPORT_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

/* A child whose stdout and stderr go into anonymous files. */
struct process {
    pid_t pid;
    int out_fd;
    int err_fd;
};

struct process_result {
    int status; /* exit status, or 128 + signal */
    char *out;
    char *err;
    long peak_kilobytes; /* largest resident set */
};

/* `argv` ends with NULL; argv[0] is a path or is found in PATH. stdin is /dev/null. */
struct process process_start(const char *const *argv);
/* Waits at most `timeout_ms`; a child that takes longer is killed and the test ends. */
struct process_result process_finish(struct process *process, int timeout_ms);
bool process_has_ended(const struct process *process);
struct process_result process_run(const char *const *argv);
void process_result_free(struct process_result *result);

#endif
