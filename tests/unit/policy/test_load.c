/* test_load.c - whatever a path may lead to is a policy or one clear diagnostic. */
#include "policy/policy.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

static const char policy_text[] = "pgretain: 1\npolicy: t\ncategories: {c: {keep: 1 day}}\n"
                                  "rules: [{table: a.b, category: c, clock: at, action: purge}]\n";

struct place {
    char folder[64];
    char path[128];
};

static int set_up(void **state)
{
    static struct place place;
    strcpy(place.folder, "/tmp/pgretain-load-XXXXXX");
    if (mkdtemp(place.folder) == NULL || chmod(place.folder, 0755) < 0)
        return -1;
    snprintf(place.path, sizeof place.path, "%s/policy.yaml", place.folder);
    *state = &place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;
    unlink(place->path);
    return rmdir(place->folder);
}

static void write_file(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static void expect_error(const char *path, const char *message)
{
    const struct policy_options options = {.file = path, .today = "2026-11-23"};
    struct policy *policy = NULL;
    struct diagnostics diagnostics = {0};
    assert_int_equal(policy_load(&options, &policy, &diagnostics), -1);
    assert_null(policy);
    assert_int_equal(diagnostics.count, 1);
    assert_int_equal(diagnostics.errors, 1);
    assert_string_equal(diagnostics.items[0].message, message);
    assert_int_equal(diagnostics.items[0].mark.line, 0);
    diagnostics_free(&diagnostics);
}

static void test_file(void **state)
{
    struct place *place = *state;
    const struct policy_options options = {.file = place->path, .today = "2026-11-23"};
    struct policy *policy = NULL;
    struct diagnostics diagnostics = {0};
    write_file(place->path, policy_text, sizeof policy_text - 1);
    assert_int_equal(policy_load(&options, &policy, &diagnostics), 0);
    assert_int_equal(diagnostics.count, 0);
    assert_int_equal(diagnostics.byte_count, sizeof policy_text - 1);
    assert_string_equal(diagnostics.bytes, policy_text);
    assert_string_equal(policy->bytes, policy_text);
    policy_free(policy);
    diagnostics_free(&diagnostics);
}

static void test_missing(void **state)
{
    struct place *place = *state;
    expect_error(place->path, "could not open the policy: No such file or directory");
    expect_error("", "could not open the policy: No such file or directory");
}

static void test_not_regular(void **state)
{
    struct place *place = *state;
    expect_error(place->folder, "the policy is a directory");
    expect_error("/dev/null", "the policy is a device");
    assert_int_equal(mkfifo(place->path, 0600), 0);
    expect_error(place->path, "the policy is a pipe");
}

static void test_socket(void **state)
{
    struct place *place = *state;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    assert_true(strlen(place->path) < sizeof address.sun_path);
    memcpy(address.sun_path, place->path, strlen(place->path));
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    expect_error(place->path, "could not open the policy: No such device or address");
    close(fd);
}

/* Permissions do not bind root, so root reads as somebody else. */
static void test_unreadable(void **state)
{
    enum { NOBODY = 65534 };
    struct place *place = *state;
    write_file(place->path, policy_text, sizeof policy_text - 1);
    assert_int_equal(chmod(place->path, 0), 0);
    bool was_root = geteuid() == 0;
    if (was_root)
        assert_int_equal(seteuid(NOBODY), 0);
    expect_error(place->path, "could not open the policy: Permission denied");
    if (was_root)
        assert_int_equal(seteuid(0), 0);
}

static void test_empty(void **state)
{
    struct place *place = *state;
    write_file(place->path, "", 0);
    expect_error(place->path, "the policy is empty");
}

static void test_too_large(void **state)
{
    struct place *place = *state;
    write_file(place->path, "", 0);
    assert_int_equal(truncate(place->path, INT64_C(1) << 40), 0);
    expect_error(place->path, "the policy is larger than 1 MiB");
}

/* The bytes stay with the diagnostics, so that lines can be quoted without a policy. */
static void test_bytes_of_broken_file(void **state)
{
    struct place *place = *state;
    const struct policy_options options = {.file = place->path, .today = "2026-11-23"};
    struct policy *policy = NULL;
    struct diagnostics diagnostics = {0};
    write_file(place->path, "a: [\n", 5);
    assert_int_equal(policy_load(&options, &policy, &diagnostics), -1);
    assert_int_equal(diagnostics.byte_count, 5);
    assert_memory_equal(diagnostics.bytes, "a: [\n", 5);
    diagnostics_free(&diagnostics);
    assert_int_equal(diagnostics.count, 0);
    policy_free(NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_file),        TEST(test_missing),
        TEST(test_not_regular), TEST(test_socket),
        TEST(test_unreadable),  TEST(test_empty),
        TEST(test_too_large),   TEST(test_bytes_of_broken_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
