/*
 * test_fixtures.c - every file of tests/fixtures/policies
 *
 * good/NAME.yaml is a policy without a single diagnostic; bad/NAME.yaml is none, and its
 * diagnostics are the text of NAME.expected. Files are judged as of 2026-11-23.
 */
#include "policy/policy.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct buffer read_file(const char *path)
{
    struct buffer text = {0};
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail_msg("%s is missing", path);
    char chunk[4096];
    size_t count;
    while ((count = fread(chunk, 1, sizeof chunk, file)) > 0)
        buffer_add_bytes(&text, chunk, count);
    fclose(file);
    return text;
}

/* The diagnostics of one file as people see them; `*ret_is_policy` says whether it was one. */
static struct buffer judge(const char *path, const char *name, bool *ret_is_policy)
{
    const struct policy_options options = {.file = path, .today = "2026-11-23"};
    struct policy *policy = NULL;
    struct diagnostics diagnostics = {0};
    struct buffer shown = {0};
    *ret_is_policy = policy_load(&options, &policy, &diagnostics) == 0;
    assert_int_equal(*ret_is_policy, diagnostics.errors == 0);
    assert_int_equal(*ret_is_policy, policy != NULL);
    diagnostics_format(&diagnostics, name, diagnostics.bytes, diagnostics.byte_count, &shown);
    policy_free(policy);
    diagnostics_free(&diagnostics);
    return shown;
}

static void check_good(const char *path, const char *name)
{
    bool is_policy;
    struct buffer shown = judge(path, name, &is_policy);
    assert_string_equal(buffer_text(&shown), "");
    assert_true(is_policy);
    buffer_free(&shown);
}

static bool check_bad(const char *path, const char *name)
{
    char expected_path[4096];
    bool is_policy;
    snprintf(expected_path, sizeof expected_path, "%.*s.expected", (int)strlen(path) - 5, path);
    struct buffer shown = judge(path, name, &is_policy), expected = read_file(expected_path);
    bool is_same = strcmp(buffer_text(&shown), buffer_text(&expected)) == 0 && !is_policy;
    if (!is_same)
        print_error("%s differs; now it says:\n%s", expected_path, buffer_text(&shown));
    buffer_free(&shown);
    buffer_free(&expected);
    return is_same;
}

static int is_yaml(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 5 && strcmp(entry->d_name + length - 5, ".yaml") == 0;
}

static int list(const char *folder, struct dirent ***ret_entries)
{
    int count = scandir(folder, ret_entries, is_yaml, alphasort);
    if (count < 0)
        fail_msg("%s is missing", folder);
    return count;
}

static void test_good(void **state)
{
    (void)state;
    struct dirent **entries;
    int count = list(FIXTURES "/policies/good", &entries);
    for (int i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof path, FIXTURES "/policies/good/%s", entries[i]->d_name);
        check_good(path, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    assert_true(count >= 7);
}

static void test_bad(void **state)
{
    (void)state;
    struct dirent **entries;
    int count = list(FIXTURES "/policies/bad", &entries), failures = 0;
    for (int i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof path, FIXTURES "/policies/bad/%s", entries[i]->d_name);
        failures += !check_bad(path, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    assert_int_equal(failures, 0);
    assert_true(count >= 60);
}

/* The example policies that are installed. */
static void test_shipped(void **state)
{
    (void)state;
    check_good(SOURCE_ROOT "/policies/minimal.yaml", "minimal.yaml");
    check_good(SOURCE_ROOT "/policies/callshift.yaml", "callshift.yaml");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_bad),
        cmocka_unit_test(test_shipped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
