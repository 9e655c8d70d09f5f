/* process.c - fork, exec, wait with a time limit. */
#include "support/process.h"

#include "support/session.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct process process_start(const char *const *argv)
{
    struct process process = {0};
    process.out_fd = memfd_create("stdout", MFD_CLOEXEC);
    process.err_fd = memfd_create("stderr", MFD_CLOEXEC);
    process.pid = fork();
    if (process.out_fd < 0 || process.err_fd < 0 || process.pid < 0) {
        fatal("cannot start %s", argv[0]);
    }
    if (process.pid == 0) {
        int null_fd = open("/dev/null", O_RDONLY);
        dup2(null_fd, 0);
        dup2(process.out_fd, 1);
        dup2(process.err_fd, 2);
        execvp(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    return process;
}

static char *process_read_all(int fd)
{
    off_t length = lseek(fd, 0, SEEK_END);
    char *text = calloc(1, (size_t)length + 1);
    if (text == NULL || pread(fd, text, (size_t)length, 0) != length) {
        fatal("cannot read a child's output");
    }
    close(fd);
    return text;
}

struct process_result process_finish(struct process *process, int timeout_ms)
{
    struct pollfd waiting = {(int)syscall(SYS_pidfd_open, process->pid, 0), POLLIN, 0};
    if (poll(&waiting, 1, timeout_ms) == 0) {
        kill(process->pid, SIGKILL);
        fatal("a child took longer than %d ms; its stderr: %s", timeout_ms,
              process_read_all(process->err_fd));
    }
    close(waiting.fd);
    int status = 0;
    struct rusage usage;
    wait4(process->pid, &status, 0, &usage);
    struct process_result result = {
        .status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
        .out = process_read_all(process->out_fd),
        .err = process_read_all(process->err_fd),
        .peak_kilobytes = usage.ru_maxrss,
    };
    return result;
}

bool process_has_ended(const struct process *process)
{
    siginfo_t info = {0};
    waitid(P_PID, (id_t)process->pid, &info, WEXITED | WNOHANG | WNOWAIT);
    return info.si_pid != 0;
}

struct process_result process_run(const char *const *argv)
{
    struct process process = process_start(argv);
    return process_finish(&process, 120000);
}

void process_result_free(struct process_result *result)
{
    free(result->out);
    free(result->err);
}
