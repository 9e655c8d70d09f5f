/* test_log.c - writing, reopening, reading back, and what is refused before it is written. */
#include "logs.h"

static void test_sample_read_back(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct audit_state state;
    struct error err;
    write_sample();
    assert_int_equal(verify(&state, &arena, &err), 0);
    assert_int_equal(state.records, 25);
    assert_int_equal(state.runs, 3);
    assert_int_equal(state.open_count, 0);
    assert_int_equal(state.committed_rows, 5 + 3 + 7 + 1);
    assert_int_equal(state.cascaded_rows, 2 + 1);
    assert_false(state.interrupted);
    assert_false(state.torn);
    assert_int_equal(state.rule_count, 1);
    assert_string_equal(state.rules[0].rule, "calls");
    assert_string_equal(state.rules[0].window, "6 months");
    assert_string_equal(state.rules[0].digest, HASH_A);
    assert_string_equal(state.system_identifier, "7412345678901234567");
    assert_string_equal(state.database, "demo \"db\"\t\xc3\xa9");

    struct log_text text;
    char head[SHA256_HEX];
    load(&text, &arena);
    sha256_hex(text.line[24], strlen(text.line[24]), head);
    assert_string_equal(state.head, head);
    arena_free(&arena);
}

static void test_canonical_bytes(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct audit_state state;
    struct log_text text;
    struct audit_log *log = open_log(&arena, &state);
    audit_close(log);
    assert_int_equal(state.records, 1);
    assert_null(state.system_identifier);
    assert_null(state.database);
    load(&text, &arena);
    const char *line = text.line[0];
    char *expected =
        arena_printf(&arena,
                     "{\"at\":\"%.24s\",\"kind\":\"log_begin\",\"origin\":\"test/demo\","
                     "\"prev\":\"%064d\",\"seq\":0,\"tool\":\"%s\"}",
                     line + strlen("{\"at\":\""), 0, PGRETAIN_VERSION);
    assert_string_equal(line, expected);
    arena_free(&arena);
}

static void test_open_intents(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct audit_state state;
    struct audit_log *log = open_log(&arena, &state);
    begin_run(log, "run-a");
    begin_step(log, "calls", "12 months");
    int64_t first = intend(log, "calls", 3);
    int64_t second = intend(log, "calls", 4);
    APPEND(log, "abort", NUMBER("intent", first), NUMBER("rows", 0));
    int64_t third = intend(log, "calls", 5);
    audit_close(log);

    struct error err;
    assert_int_equal(verify(&state, &arena, &err), 0);
    assert_true(state.interrupted);
    assert_int_equal(state.open_count, 2);
    assert_int_equal(state.open[0].seq, second);
    assert_int_equal(state.open[1].seq, third);
    assert_int_equal(state.open[1].rows, 5);
    assert_string_equal(state.open[1].run, "run-a");
    assert_string_equal(state.open[1].rule, "calls");
    assert_string_equal(state.open[1].table, "public.calls");
    assert_string_equal(state.open[1].xid, "18446744073709551615");
    assert_string_equal(state.open[1].range, "(0,0)-(512,0)");
    arena_free(&arena);
}

/* An intent's cascades are known from the intent where the crash came before their records. */
static void test_recovered_cascades(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct audit_state state;
    struct error err;
    struct audit_log *log = open_log(&arena, &state);
    begin_run(log, "run-a");
    begin_step(log, "calls", "12 months");
    int64_t intent = APPEND(log, "intent", TEXT("rule", "calls"), TEXT("table", "public.calls"),
                            NUMBER("lane", 0), TEXT("xid", "701"), NUMBER("rows", 5),
                            NUMBER("cascaded", 20), TEXT("range", "(0,0)-(512,0)"));
    begin_run(log, "run-b");
    APPEND(log, "recovered", NUMBER("intent", intent), TEXT("outcome", "committed"),
           NUMBER("rows", 5), TEXT("cause", "crash"));
    end_run(log, 0, 0);
    audit_close(log);
    assert_int_equal(verify(&state, &arena, &err), 0);
    assert_int_equal(state.committed_rows, 5);
    assert_int_equal(state.cascaded_rows, 20);
    arena_free(&arena);
}

static void test_many_batches_and_runs(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct audit_state state;
    struct error err;
    struct audit_log *log = open_log(&arena, &state);
    for (int run = 0; run < 20; run++) {
        char name[24], rule[24];
        snprintf(name, sizeof name, "run-%d", run);
        begin_run(log, name);
        for (int step = 0; step < 3; step++) {
            snprintf(rule, sizeof rule, "rule-%d", step);
            begin_step(log, rule, "12 months");
        }
        for (int batch = 0; batch < 100; batch++) {
            snprintf(rule, sizeof rule, "rule-%d", batch % 3);
            int64_t intent = intend(log, rule, batch);
            APPEND(log, "commit", NUMBER("intent", intent), NUMBER("rows", batch));
            APPEND(log, "cascade", TEXT("rule", rule), TEXT("table", "public.notes"),
                   NUMBER("rows", 1), NUMBER("intent", intent));
        }
        end_run(log, 4950, 100);
    }
    audit_close(log);
    assert_int_equal(verify(&state, &arena, &err), 0);
    assert_int_equal(state.rule_count, 3);
    assert_int_equal(state.committed_rows, 20 * 4950);
    assert_int_equal(state.cascaded_rows, 20 * 100);
    arena_free(&arena);
}

static void test_reopened_under_another_run(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct audit_state before, after;
    struct error err;
    write_sample();
    struct audit_log *log = open_log(&arena, &before);
    assert_int_equal(audit_next_seq(log), 25);
    assert_string_equal(audit_head(log), before.head);
    begin_run(log, "run-d");
    assert_int_equal(audit_next_seq(log), 26);
    end_run(log, 0, 0);
    assert_int_equal(audit_sync(log, &err), 0);
    assert_string_not_equal(audit_head(log), before.head);
    const char *head = arena_strdup(&arena, audit_head(log));
    audit_close(log);
    assert_int_equal(verify(&after, &arena, &err), 0);
    assert_int_equal(after.records, 27);
    assert_int_equal(after.runs, 4);
    assert_string_equal(after.head, head);
    arena_free(&arena);
}

/* A clock that was set back does not make time in the log go back. */
static void test_clock_set_back(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct audit_state state;
    struct error err;
    struct log_text text;
    write_sample();
    load(&text, &arena);
    edit(&text, 25, "\"at\":\"20", "\"at\":\"29");
    forge(&text, 25);
    store(&text);
    struct audit_log *log = open_log(&arena, &state);
    begin_run(log, "run-d");
    audit_close(log);
    assert_int_equal(verify(&state, &arena, &err), 0);
    load(&text, &arena);
    assert_non_null(strstr(text.line[25], "\"at\":\"29"));
    arena_free(&arena);
}

static const struct {
    const char *kind;
    struct audit_field field[2];
    size_t count;
    const char *words;
} misfits[] = {
    {"funding", {TEXT("code", "x"), TEXT("severity", "note")}, 2, "unknown kind"},
    {"finding", {TEXT("code", "x"), TEXT("severity", "nope")}, 2, "severity"},
    {"finding", {TEXT("code", "x"), TEXT("code", "y")}, 2, "stands twice"},
    {"finding", {TEXT("code", "x"), TEXT("seq", "y")}, 2, "stands twice"},
    {"finding", {TEXT("code", "\xff"), TEXT("severity", "note")}, 2, "not valid UTF-8"},
    {"finding", {TEXT("code", "x")}, 1, "no field \"severity\""},
    {"commit", {NUMBER("intent", 99), NUMBER("rows", 1)}, 2, "without an open intent"},
    {"commit", {NUMBER("intent", INT64_MAX), NUMBER("rows", 1)}, 2, "beyond 2^53"},
    {"commit", {NUMBER("intent", INT64_MIN), NUMBER("rows", 1)}, 2, "beyond 2^53"},
    {"log_begin", {TEXT("origin", "x"), TEXT("tool", "y")}, 2, "second log_begin"},
};

/* What verify would refuse is not written, and the log takes nothing more. */
static void test_misfits_not_written(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < sizeof misfits / sizeof misfits[0]; i++) {
        struct arena arena = {0};
        struct audit_state state;
        struct error err = {0};
        struct audit_log *log = open_log(&arena, &state);
        begin_run(log, "run-a");
        int64_t next = audit_next_seq(log);
        const char *head = arena_strdup(&arena, audit_head(log));
        assert_int_equal(
            audit_append(log, misfits[i].kind, misfits[i].field, misfits[i].count, NULL, &err), -1);
        assert_int_equal(err.status, EXIT_AUDIT);
        if (strstr(err.detail, misfits[i].words) == NULL)
            fail_msg("\"%s\" not in: %s", misfits[i].words, err.detail);
        assert_int_equal(audit_sync(log, &err), -1);
        assert_string_equal(err.detail, "An earlier write to it failed in this run.");
        assert_int_equal(audit_next_seq(log), next);
        assert_string_equal(audit_head(log), head);
        audit_close(log);
        assert_int_equal(verify(&state, &arena, &err), 0);
        assert_int_equal(state.records, 2);
        arena_free(&arena);
        unlink(path);
    }
}

static void test_too_much(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct audit_state state;
    struct error err = {0};
    char *long_text = arena_alloc(&arena, 70000);
    memset(long_text, 'x', 69999);
    struct audit_log *log = open_log(&arena, &state);
    begin_run(log, "run-a");
    const struct audit_field wide[] = {TEXT("code", long_text), TEXT("severity", "note")};
    assert_int_equal(audit_append(log, "finding", wide, 2, NULL, &err), -1);
    assert_non_null(strstr(err.detail, "longer than 65536 bytes"));
    audit_close(log);

    log = open_log(&arena, &state);
    struct audit_field many[40] = {{0}};
    assert_int_equal(audit_append(log, "finding", many, 40, NULL, &err), -1);
    assert_non_null(strstr(err.detail, "more fields"));
    audit_close(log);

    log = open_log(&arena, &state);
    audit_set_run(log, HASH_A);
    assert_int_equal(audit_append(log, "finding", many, 0, NULL, &err), -1);
    audit_close(log);

    log = open_log(&arena, &state);
    assert_int_equal(audit_append(log, "run_end", many, 0, NULL, &err), -1);
    audit_close(log);
    assert_int_equal(verify(&state, &arena, &err), 0);
    arena_free(&arena);
}

/* Only `recovered` settles what an earlier run left open. */
static void test_commit_of_earlier_run(void **unused)
{
    (void)unused;
    static const char *const kinds[] = {"commit", "abort"};
    for (int i = 0; i < 2; i++) {
        struct arena arena = {0};
        struct audit_state state;
        struct error err = {0};
        struct audit_log *log = open_log(&arena, &state);
        begin_run(log, "run-a");
        begin_step(log, "calls", "12 months");
        int64_t left = intend(log, "calls", 0);
        begin_run(log, "run-b");
        begin_step(log, "calls", "12 months");
        const struct audit_field fields[] = {NUMBER("intent", left), NUMBER("rows", 0)};
        assert_int_equal(audit_append(log, kinds[i], fields, 2, NULL, &err), -1);
        assert_non_null(strstr(err.detail, "without an open intent of its run"));
        audit_close(log);
        arena_free(&arena);
        unlink(path);
    }
}

/* A batch whose fate was learnt only after its step had ended counts for the run. */
static void test_recovered_after_step_end(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct audit_state state;
    struct error err;
    struct audit_log *log = open_log(&arena, &state);
    begin_run(log, "run-a");
    begin_step(log, "calls", "12 months");
    int64_t intent = intend(log, "calls", 3);
    int64_t other = intend(log, "calls", 4);
    APPEND(log, "step_end", TEXT("rule", "calls"), TEXT("table", "public.calls"),
           TEXT("state", "failed"));
    APPEND(log, "recovered", NUMBER("intent", intent), TEXT("outcome", "committed"),
           NUMBER("rows", 3), TEXT("cause", "connection lost"));
    APPEND(log, "recovered", NUMBER("intent", other), TEXT("outcome", "unknown"), NUMBER("rows", 2),
           TEXT("cause", "too old"));
    end_run(log, 3, 0);
    audit_close(log);
    assert_int_equal(verify(&state, &arena, &err), 0);
    assert_int_equal(state.committed_rows, 3);
    assert_int_equal(state.open_count, 0);
    arena_free(&arena);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, make_directory, remove_directory)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_sample_read_back),
        TEST(test_canonical_bytes),
        TEST(test_open_intents),
        TEST(test_recovered_cascades),
        TEST(test_many_batches_and_runs),
        TEST(test_reopened_under_another_run),
        TEST(test_clock_set_back),
        TEST(test_misfits_not_written),
        TEST(test_too_much),
        TEST(test_commit_of_earlier_run),
        TEST(test_recovered_after_step_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
