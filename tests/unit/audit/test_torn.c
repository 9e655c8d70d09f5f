/* test_torn.c - a last line that was cut short, at every length, and what may follow it. */
#include "logs.h"

static void explain(struct audit_log *log)
{
    APPEND(log, "recovered", TEXT("outcome", "torn"), NUMBER("rows", 0),
           TEXT("cause", "write cut short"));
}

static void cut(const char *bytes, size_t length)
{
    write_bytes(path, bytes, length);
}

/* Keeps `length` bytes, opens, goes on, and reads the whole again. */
static void go_on_from(const char *bytes, size_t length, int64_t lines, bool torn)
{
    struct arena arena = {0};
    struct audit_state state;
    struct error err;
    cut(bytes, length);
    assert_int_equal(verify(&state, &arena, &err), 0);
    assert_int_equal(state.torn, torn);
    assert_int_equal(state.records, lines);

    struct audit_log *log = open_log(&arena, &state);
    assert_int_equal(state.torn, torn);
    assert_int_equal(audit_next_seq(log), lines);
    assert_string_equal(state.head, audit_head(log));
    audit_set_run(log, "run-z");
    if (torn)
        explain(log);
    begin_run(log, "run-z");
    end_run(log, 0, 0);
    audit_close(log);
    if (verify(&state, &arena, &err) != 0)
        fail_msg("cut to %zu: %s; %s", length, err.message, err.detail);
    assert_false(state.torn);
    assert_int_equal(state.records, lines + 2 + (torn ? 1 : 0));
    arena_free(&arena);
}

static void test_every_length(void **state)
{
    (void)state;
    struct arena arena = {0};
    size_t length;
    write_sample();
    const char *bytes = read_bytes(&arena, path, &length);
    size_t last = length - 1;
    while (bytes[last - 1] != '\n')
        last--;
    go_on_from(bytes, length, 25, false);
    go_on_from(bytes, length - 1, 25, false);
    for (size_t kept = length - 2; kept > last; kept--)
        go_on_from(bytes, kept, 25, true);
    go_on_from(bytes, last, 24, false);
    arena_free(&arena);
}

/* The crash may also come between the newline and the record that explains the torn line. */
static void test_torn_again(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct audit_state opened;
    size_t length;
    write_sample();
    char *bytes = read_bytes(&arena, path, &length);
    cut(bytes, length - 9);
    audit_close(open_log(&arena, &opened));
    bytes = read_bytes(&arena, path, &length);
    assert_int_equal(bytes[length - 1], '\n');
    go_on_from(bytes, length, 25, true);

    struct buffer twice = {0};
    buffer_add_bytes(&twice, bytes, length);
    buffer_add(&twice, "{\"at\":\"20");
    go_on_from(twice.data, twice.length, 26, true);
    buffer_free(&twice);
    arena_free(&arena);
}

static void test_torn_first_line(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct audit_state state_now;
    struct error err;
    write_bytes(path, "{\"at\":", 6);
    struct audit_log *log = open_log(&arena, &state_now);
    assert_false(state_now.torn);
    assert_int_equal(audit_next_seq(log), 2);
    begin_run(log, "run-a");
    audit_close(log);
    assert_int_equal(verify(&state_now, &arena, &err), 0);
    assert_int_equal(state_now.records, 3);
    arena_free(&arena);
}

/* Zeros are what some file systems leave of a write that did not reach the disk. */
static void test_zeros(void **state)
{
    (void)state;
    struct arena arena = {0};
    size_t length;
    write_sample();
    char *bytes = read_bytes(&arena, path, &length);
    memset(bytes + length - 40, 0, 40);
    go_on_from(bytes, length, 25, true);
    arena_free(&arena);
}

static void test_empty_file(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct audit_state ignored;
    struct error err;
    write_bytes(path, "", 0);
    assert_int_equal(verify(&ignored, &arena, &err), -1);
    assert_non_null(strstr(err.message, "is empty"));
    assert_int_equal(err.status, EXIT_AUDIT);
    audit_close(open_log(&arena, &ignored));
    assert_int_equal(verify(&ignored, &arena, &err), 0);
    assert_int_equal(ignored.records, 1);
    arena_free(&arena);
}

static void test_torn_line_unexplained(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct audit_state opened;
    size_t length;
    write_sample();
    const char *bytes = read_bytes(&arena, path, &length);
    cut(bytes, length - 9);
    struct audit_log *log = open_log(&arena, &opened);
    audit_set_run(log, "run-z");
    const struct audit_field fields[] = {TEXT("code", "x"), TEXT("severity", "note")};
    struct error err = {0};
    assert_int_equal(audit_append(log, "finding", fields, 2, NULL, &err), -1);
    assert_int_equal(err.status, EXIT_AUDIT);
    audit_close(log);
    arena_free(&arena);
}

/* Torn lines in the middle: legal when explained, and then part of the chain. */
static void test_torn_in_the_middle(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct audit_state opened;
    struct log_text text;
    size_t length;
    write_sample();
    char *bytes = read_bytes(&arena, path, &length);
    cut(bytes, length - 9);
    struct audit_log *log = open_log(&arena, &opened);
    audit_set_run(log, "run-z");
    explain(log);
    begin_run(log, "run-z");
    end_run(log, 0, 0);
    audit_close(log);
    load(&text, &arena);
    struct log_text sample = text;
    assert_int_equal(text.count, 28);

    edit(&text, 25, "\"at\"", "\"et\"");
    expect_damage("torn line edited", &text, 25, "changed after it was written");

    text = sample;
    text.line[24] = "{}";
    expect_damage("torn line replaced", &text, 25, "changed after it was written");

    text = sample;
    remove_line(&text, 26);
    forge(&text, 26);
    expect_damage("explanation forged away", &text, 25, "not JSON");

    text = sample;
    insert_line(&text, 25, sample.line[25]);
    forge(&text, 25);
    remove_line(&text, 26);
    forge(&text, 25);
    expect_damage("explanation of a whole line", &text, 25, "torn line that is whole");

    text = sample;
    edit(&text, 26, "\"rows\":0", "\"rows\":1");
    forge(&text, 26);
    expect_damage("torn line with rows", &text, 26, "recovered record of 1 rows");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_length, make_directory, remove_directory),
        cmocka_unit_test_setup_teardown(test_torn_again, make_directory, remove_directory),
        cmocka_unit_test_setup_teardown(test_torn_first_line, make_directory, remove_directory),
        cmocka_unit_test_setup_teardown(test_zeros, make_directory, remove_directory),
        cmocka_unit_test_setup_teardown(test_empty_file, make_directory, remove_directory),
        cmocka_unit_test_setup_teardown(test_torn_line_unexplained, make_directory,
                                        remove_directory),
        cmocka_unit_test_setup_teardown(test_torn_in_the_middle, make_directory, remove_directory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
