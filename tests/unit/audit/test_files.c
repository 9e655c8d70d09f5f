/* test_files.c - faults of the file and of its neighbours: others' access, full disks, paths. */
#include "logs.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>

static int open_fails(enum exit_status status, const char *words)
{
    struct arena arena = {0};
    struct audit_log *log;
    struct audit_state state;
    struct error err = {0};
    int result = audit_open(path, "test/demo", &arena, &log, &state, &err);
    if (result == 0)
        fail_msg("opened, where \"%s\" was expected", words);
    assert_int_equal(err.status, status);
    if (strstr(err.message, words) == NULL)
        fail_msg("\"%s\" not in: %s", words, err.message);
    arena_free(&arena);
    return result;
}

static void test_second_opener(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct audit_state state;
    struct audit_log *log = open_log(&arena, &state);
    open_fails(EXIT_LOCKED, "another run");
    struct error err;
    assert_int_equal(verify(&state, &arena, &err), 0);
    audit_close(log);
    audit_close(open_log(&arena, &state));
    arena_free(&arena);
}

static void test_unsafe_files(void **unused)
{
    (void)unused;
    char other[160];
    struct arena arena = {0};
    struct audit_state state;
    struct error err;
    snprintf(other, sizeof other, "%s/other.jsonl", directory);
    mode_t mask = umask(0);
    write_sample();
    umask(mask);
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);

    static const mode_t open_modes[] = {0640, 0604, 0620, 0602, 0610, 0601};
    for (size_t i = 0; i < sizeof open_modes / sizeof open_modes[0]; i++) {
        chmod(path, open_modes[i]);
        open_fails(EXIT_AUDIT, "open to others");
    }
    chmod(path, 0600);
    assert_int_equal(link(path, other), 0);
    open_fails(EXIT_AUDIT, "has 2 links, not one");
    assert_int_equal(unlink(path), 0);
    assert_int_equal(symlink(other, path), 0);
    open_fails(EXIT_AUDIT, "symbolic link");
    assert_int_equal(verify(&state, &arena, &err), 0);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkfifo(path, 0600), 0);
    open_fails(EXIT_AUDIT, "regular file");
    assert_int_equal(verify(&state, &arena, &err), -1);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkdir(path, 0700), 0);
    open_fails(EXIT_AUDIT, "could not open");
    assert_int_equal(verify(&state, &arena, &err), -1);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(verify(&state, &arena, &err), -1);
    assert_int_equal(err.status, EXIT_AUDIT);
    strcat(directory, "/missing");
    snprintf(path, sizeof path, "%s/demo.jsonl", directory);
    open_fails(EXIT_AUDIT, "No such file");
    directory[strlen(directory) - strlen("/missing")] = '\0';
    arena_free(&arena);
}

/* Where the test may change owners: a file of somebody else is refused. */
static void test_foreign_owner(void **unused)
{
    (void)unused;
    write_sample();
    if (chown(path, 65534, (gid_t)-1) != 0) {
        assert_int_equal(errno, EPERM);
        snprintf(path, sizeof path, "/etc/hostname");
        open_fails(EXIT_AUDIT, "");
        return;
    }
    open_fails(EXIT_AUDIT, "belongs to another user");
}

/* A file size limit cuts a write short as a full disk does. */
static int run_into_limit(rlim_t room)
{
    struct arena arena = {0};
    struct audit_state state;
    struct error err = {0};
    struct audit_log *log = open_log(&arena, &state);
    begin_run(log, "run-d");
    struct stat status;
    stat(path, &status);
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit = {(rlim_t)status.st_size + room, RLIM_INFINITY};
    setrlimit(RLIMIT_FSIZE, &limit);
    int64_t next = audit_next_seq(log);
    const struct audit_field fields[] = {TEXT("code", "x"), TEXT("severity", "note")};
    if (audit_append(log, "finding", fields, 2, NULL, &err) == 0 || err.status != EXIT_AUDIT ||
        strstr(err.message, "could not write") == NULL)
        return 1;
    limit.rlim_cur = RLIM_INFINITY;
    setrlimit(RLIMIT_FSIZE, &limit);
    if (audit_append(log, "finding", fields, 2, NULL, &err) == 0 || err.status != EXIT_AUDIT)
        return 2;
    if (audit_sync(log, &err) == 0 || audit_next_seq(log) != next)
        return 3;
    audit_close(log);
    arena_free(&arena);
    return 0;
}

static void test_disk_full(void **unused)
{
    (void)unused;
    static const rlim_t rooms[] = {0, 1, 100};
    for (size_t i = 0; i < sizeof rooms / sizeof rooms[0]; i++) {
        struct arena arena = {0};
        struct audit_state state;
        struct error err;
        int status;
        write_sample();
        fflush(NULL);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0)
            _exit(run_into_limit(rooms[i]));
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
        assert_int_equal(verify(&state, &arena, &err), 0);
        assert_int_equal(state.torn, rooms[i] > 0);
        assert_true(state.interrupted);
        struct audit_log *log = open_log(&arena, &state);
        audit_set_run(log, "run-e");
        if (state.torn)
            APPEND(log, "recovered", TEXT("outcome", "torn"), NUMBER("rows", 0),
                   TEXT("cause", "write cut short"));
        begin_run(log, "run-e");
        audit_close(log);
        assert_int_equal(verify(&state, &arena, &err), 0);
        arena_free(&arena);
        unlink(path);
    }
}

static void test_keep_policy(void **unused)
{
    (void)unused;
    static const char policy[] = "pgretain: 1\npolicy: demo\n#"; /* kept without the last byte */
    struct arena arena = {0};
    struct audit_state state;
    struct error err = {0};
    char hash[SHA256_HEX], file[256], other[128];
    snprintf(other, sizeof other, "%s/other", directory);
    size_t length = sizeof policy - 2, kept_length;
    struct stat status;
    sha256_hex(policy, length, hash);
    snprintf(file, sizeof file, "%s/demo.policy-%s.yaml", directory, hash);
    struct audit_log *log = open_log(&arena, &state);

    assert_int_equal(audit_keep_policy(log, hash, policy, length, &err), 0);
    assert_memory_equal(read_bytes(&arena, file, &kept_length), policy, length);
    assert_int_equal(kept_length, length);
    assert_int_equal(stat(file, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    assert_int_equal(audit_keep_policy(log, hash, policy, length, &err), 0);

    assert_int_equal(truncate(file, 7), 0);
    assert_int_equal(audit_keep_policy(log, hash, policy, length, &err), 0);
    assert_memory_equal(read_bytes(&arena, file, &kept_length), policy, length);
    assert_int_equal(kept_length, length);

    write_bytes(file, "pgretain: 2", 11);
    assert_int_equal(audit_keep_policy(log, hash, policy, length, &err), -1);
    assert_int_equal(err.status, EXIT_AUDIT);
    write_bytes(file, policy, length + 1);
    assert_int_equal(audit_keep_policy(log, hash, policy, length, &err), -1);
    write_bytes(file, policy, length);
    chmod(file, 0644);
    assert_int_equal(audit_keep_policy(log, hash, policy, length, &err), -1);
    assert_non_null(strstr(err.message, "open to others"));
    chmod(file, 0600);
    assert_int_equal(link(file, other), 0);
    assert_int_equal(audit_keep_policy(log, hash, policy, length, &err), -1);
    assert_non_null(strstr(err.message, "has 2 links"));
    assert_int_equal(unlink(other), 0);
    assert_int_equal(audit_keep_policy(log, HASH_A, policy, length, &err), -1);
    assert_non_null(strstr(err.message, "SHA-256"));
    unlink(file);
    assert_int_equal(symlink("nowhere", file), 0);
    assert_int_equal(audit_keep_policy(log, hash, policy, length, &err), -1);
    assert_non_null(strstr(err.message, "symbolic link"));
    unlink(file);
    assert_int_equal(mkfifo(file, 0600), 0);
    assert_int_equal(audit_keep_policy(log, hash, policy, length, &err), -1);
    assert_non_null(strstr(err.message, "regular file"));
    audit_close(log);
    arena_free(&arena);
}

/* Stand in for the system's: the only way to see a disk without room, or one that has no blocks to
 * give ahead. 0 asks the system. */
static int fallocate_fails, free_blocks;

int fallocate(int fd, int mode, off_t offset, off_t length)
{
    if (fallocate_fails != 0) {
        errno = fallocate_fails;
        return -1;
    }
    return (int)syscall(SYS_fallocate, fd, mode, offset, length);
}

int fstatvfs(int fd, struct statvfs *disk)
{
    (void)fd;
    *disk = (struct statvfs){.f_frsize = 4096, .f_blocks = 1000, .f_bavail = (unsigned)free_blocks};
    return 0;
}

static void test_no_room(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct audit_state state;
    struct error err = {0};
    fallocate_fails = ENOSPC;
    open_fails(EXIT_AUDIT, "could not make room for");
    fallocate_fails = EOPNOTSUPP;
    free_blocks = 256 / 4;
    open_fails(EXIT_AUDIT, "could not make room for");
    free_blocks = 256 / 4 + 1;
    audit_close(open_log(&arena, &state));
    fallocate_fails = 0;

    /* What was begun can be ended when the room is gone, and nothing more can be begun. */
    struct audit_log *log = open_log(&arena, &state);
    begin_run(log, "run-a");
    begin_step(log, "calls", "12 months");
    int64_t intent = intend(log, "calls", 3);
    struct stat before, after;
    assert_int_equal(stat(path, &before), 0);
    assert_true(before.st_blocks * 512 >= before.st_size + 256 * 1024);
    fallocate_fails = ENOSPC;
    APPEND(log, "commit", NUMBER("intent", intent), NUMBER("rows", 3));
    char text[1024];
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    for (int i = 0; i < 300; i++)
        APPEND(log, "finding", TEXT("code", text), TEXT("severity", "note"));
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(after.st_blocks, before.st_blocks);
    const struct audit_field fields[] = {
        TEXT("rule", "calls"), TEXT("table", "t"), NUMBER("lane", 1),
        TEXT("xid", "7"),      NUMBER("rows", 1),  TEXT("range", "r"),
    };
    assert_int_equal(audit_append(log, "intent", fields, 6, NULL, &err), -1);
    assert_int_equal(err.status, EXIT_AUDIT);
    assert_non_null(strstr(err.message, "could not make room for"));
    assert_non_null(strstr(err.hint, "256 kB"));
    audit_close(log);
    fallocate_fails = 0;
    assert_int_equal(verify(&state, &arena, &err), 0);
    assert_int_equal(state.open_count, 0);
    assert_int_equal(state.committed_rows, 3);
    arena_free(&arena);
}

static int count_lines(void *context, int64_t number, const char *line, size_t length)
{
    int64_t *last = context;
    assert_int_equal(number, *last + 1);
    assert_int_equal(line[length - 1], '}');
    *last = number;
    return number == 20;
}

static void test_walk(void **unused)
{
    (void)unused;
    struct error err = {0};
    int64_t last = 0;
    assert_int_equal(audit_walk(path, count_lines, &last, &err), -1);
    assert_int_equal(err.status, EXIT_AUDIT);
    write_sample();
    assert_int_equal(audit_walk(path, count_lines, &last, &err), 0);
    assert_int_equal(last, 20);
    assert_int_equal(truncate(path, 2000), 0);
    last = 20;
    FILE *out = fopen(path, "a");
    for (int i = 0; i < 70000; i++)
        fputc('x', out);
    fclose(out);
    last = 0;
    assert_int_equal(audit_walk(path, count_lines, &last, &err), -1);
    assert_non_null(strstr(err.message, "longer than"));
}

static void test_default_paths(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct error err = {0};
    const char *found = NULL;
    setenv("HOME", "/home/ops", 1);
    setenv("XDG_STATE_HOME", "/state", 1);
    setenv("LOGS_DIRECTORY", "/var/log/pgretain", 1);
    assert_int_equal(audit_default_path("demo", &arena, &found, &err), 0);
    assert_string_equal(found, "/var/log/pgretain/demo.jsonl");
    setenv("LOGS_DIRECTORY", "/var/log/one:/var/log/two", 1);
    assert_int_equal(audit_default_path("demo", &arena, &found, &err), 0);
    assert_string_equal(found, "/var/log/one/demo.jsonl");
    unsetenv("LOGS_DIRECTORY");
    assert_int_equal(audit_default_path("demo", &arena, &found, &err), 0);
    assert_string_equal(found, "/state/pgretain/demo.jsonl");
    setenv("XDG_STATE_HOME", "relative", 1);
    assert_int_equal(audit_default_path("demo", &arena, &found, &err), 0);
    assert_string_equal(found, "/home/ops/.local/state/pgretain/demo.jsonl");
    unsetenv("XDG_STATE_HOME");
    unsetenv("HOME");
    assert_int_equal(audit_default_path("demo", &arena, &found, &err), -1);
    assert_int_equal(err.status, EXIT_USAGE);
    assert_int_equal(audit_default_path("../demo", &arena, &found, &err), -1);
    assert_int_equal(audit_default_path("a/b", &arena, &found, &err), -1);
    assert_int_equal(audit_default_path("", &arena, &found, &err), -1);
    arena_free(&arena);
}

static void test_directories_made(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct audit_state state;
    struct error err = {0};
    struct stat status;
    const char *found = NULL;
    char home[128], made[200];
    snprintf(home, sizeof home, "%s/state", directory);
    setenv("XDG_STATE_HOME", home, 1);
    unsetenv("LOGS_DIRECTORY");
    assert_int_equal(audit_default_path("demo", &arena, &found, &err), 0);
    snprintf(path, sizeof path, "%s", found);
    audit_close(open_log(&arena, &state));
    snprintf(made, sizeof made, "%s/pgretain", home);
    assert_int_equal(stat(made, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0700);
    audit_close(open_log(&arena, &state));
    unsetenv("XDG_STATE_HOME");
    arena_free(&arena);
}

static void test_long_path_in_messages(void **unused)
{
    (void)unused;
    char name[600];
    struct arena arena = {0};
    struct audit_state state;
    struct error err = {0};
    memset(name, 'x', sizeof name);
    memcpy(name, "/tmp/", 5);
    strcpy(name + 580, "/end.jsonl");
    assert_int_equal(audit_verify(name, &arena, &state, &err), -1);
    assert_non_null(strstr(err.message, "/end.jsonl\": "));
    arena_free(&arena);
}

/* Stands in for the system's: the only way to see a disk refuse a sync. */
static bool sync_fails;

int fdatasync(int fd)
{
    if (sync_fails) {
        errno = EIO;
        return -1;
    }
    return fsync(fd);
}

static void test_failed_sync_is_final(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct audit_state state;
    struct error err = {0};
    struct audit_log *log = open_log(&arena, &state);
    begin_run(log, "run-a");
    sync_fails = true;
    assert_int_equal(audit_sync(log, &err), -1);
    assert_int_equal(err.status, EXIT_AUDIT);
    sync_fails = false;
    assert_int_equal(audit_sync(log, &err), -1);
    assert_int_equal(err.status, EXIT_AUDIT);
    const struct audit_field fields[] = {TEXT("code", "x"), TEXT("severity", "note")};
    assert_int_equal(audit_append(log, "finding", fields, 2, NULL, &err), -1);
    audit_close(log);
    assert_int_equal(verify(&state, &arena, &err), 0);
    assert_int_equal(state.records, 2);

    sync_fails = true;
    unlink(path);
    open_fails(EXIT_AUDIT, "could not sync");
    sync_fails = false;
    arena_free(&arena);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, make_directory, remove_directory)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_second_opener),
        TEST(test_unsafe_files),
        TEST(test_foreign_owner),
        TEST(test_disk_full),
        TEST(test_keep_policy),
        TEST(test_walk),
        TEST(test_default_paths),
        TEST(test_directories_made),
        TEST(test_long_path_in_messages),
        TEST(test_failed_sync_is_final),
        TEST(test_no_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
