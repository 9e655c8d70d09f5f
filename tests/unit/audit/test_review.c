/* test_review.c - what a log tells about its last runs. */
#include "logs.h"

static void review(struct log_review *ret_review, struct arena *arena)
{
    struct audit_state state;
    struct error err = {0};
    if (audit_review(path, &(struct audit_trust){0}, arena, &state, ret_review, &err) != 0)
        fail_msg("%s: %s", err.message, err.detail);
    assert_int_equal(ret_review->records, state.records);
}

static void step(struct audit_log *log, const char *rule, const char *state, int64_t due,
                 int64_t changed)
{
    begin_step(log, rule, "12 months");
    if (changed > 0) {
        int64_t intent = intend(log, rule, changed);
        APPEND(log, "commit", NUMBER("intent", intent), NUMBER("rows", changed));
    }
    APPEND(log, "step_end", TEXT("rule", rule), TEXT("table", "public.calls"), TEXT("state", state),
           NUMBER("due", due), NUMBER("changed", changed));
}

static void stop_run(struct audit_log *log, const char *state, int64_t changed)
{
    APPEND(log, "run_end", TEXT("state", state), NUMBER("changed", changed), NUMBER("cascaded", 0));
}

/* The head is that of the line that ends the run, as sha256sum sees it. */
static void test_sample(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct log_review got;
    struct log_text text;
    char head[SHA256_HEX];
    write_sample();
    review(&got, &arena);
    load(&text, &arena);
    sha256_hex(text.line[24], strlen(text.line[24]), head);
    assert_string_equal(got.complete.run, "run-c");
    assert_string_equal(got.complete.head, head);
    assert_int_equal(got.complete.seq, 24);
    assert_int_equal(got.complete.changed, 8);
    assert_int_equal(got.complete.cascaded, 1);
    assert_memory_equal(&got.last, &got.complete, sizeof got.last);
    assert_int_equal(got.runs_since, 0);
    assert_int_equal(got.rule_count, 2);
    assert_string_equal(got.rules[0].rule, "calls");
    assert_string_equal(got.rules[0].state, "done");
    assert_string_equal(got.rules[0].run, "run-c");
    assert_int_equal(got.rules[0].pass_count, 2);
    assert_int_equal(got.rules[0].passes[0].due, 9);
    assert_int_equal(got.rules[0].passes[0].changed, 5);
    assert_int_equal(got.rules[0].passes[1].due, -1); /* not counted is not 0 */
    assert_string_equal(got.rules[1].state, "refused");
    arena_free(&arena);
}

static void test_runs_not_complete(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct audit_state state;
    struct log_review got;
    struct audit_log *log = open_log(&arena, &state);
    review(&got, &arena);
    assert_string_equal(got.last.began, "");
    assert_string_equal(got.complete.began, "");

    begin_run(log, "run-a");
    step(log, "calls", "done", 3, 3);
    stop_run(log, "done", 3);
    begin_run(log, "run-b");
    step(log, "calls", "partial", 9, 4);
    stop_run(log, "stopped", 4);
    begin_run(log, "run-c");
    begin_step(log, "calls", "12 months");
    review(&got, &arena); /* while it is being written */
    assert_string_equal(got.complete.run, "run-a");
    assert_int_equal(got.complete.changed, 3);
    assert_string_equal(got.last.run, "run-c");
    assert_string_equal(got.last.ended, "");
    assert_string_equal(got.last.state, "");
    assert_int_equal(got.runs_since, 2);
    assert_string_equal(got.rules[0].run, "run-b");
    assert_string_equal(got.rules[0].state, "partial");
    audit_close(log);
    arena_free(&arena);
}

/* Of a policy's rules some were left out by options: "done", and not complete. An older log does
 * not say; there "done" is all there is. */
static void test_runs_narrowed(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct audit_state state;
    struct log_review got;
    struct audit_log *log = open_log(&arena, &state);
    const int64_t left_out[] = {0, 2};
    begin_run(log, "run-a");
    stop_run(log, "done", 0);
    review(&got, &arena);
    assert_string_equal(got.complete.run, "run-a");
    assert_int_equal(got.complete.left_out, -1);
    for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++) {
        audit_set_run(log, i == 0 ? "run-b" : "run-c");
        APPEND(log, "run_begin", RUN_FIELDS, NUMBER("left_out", left_out[i]));
        stop_run(log, "done", 0);
    }
    audit_close(log);
    review(&got, &arena);
    assert_string_equal(got.complete.run, "run-b");
    assert_int_equal(got.complete.left_out, 0);
    assert_string_equal(got.last.run, "run-c");
    assert_string_equal(got.last.state, "done");
    assert_int_equal(got.last.left_out, 2);
    assert_int_equal(got.runs_since, 1);
    arena_free(&arena);
}

static void test_last_passes(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct audit_state state;
    struct log_review got;
    struct audit_log *log = open_log(&arena, &state);
    for (int i = 1; i <= LOG_PASSES + 2; i++) {
        char run[16];
        snprintf(run, sizeof run, "run-%d", i);
        begin_run(log, run);
        step(log, "calls", "done", 10 * i, i);
        stop_run(log, "done", i);
    }
    audit_close(log);
    review(&got, &arena);
    assert_int_equal(got.rules[0].pass_count, LOG_PASSES);
    assert_int_equal(got.rules[0].passes[0].changed, 3);
    assert_int_equal(got.rules[0].passes[LOG_PASSES - 1].due, 10 * (LOG_PASSES + 2));
    assert_true(got.rules[0].passes[0].seconds >= 0 && got.rules[0].passes[0].seconds < 60);
    arena_free(&arena);
}

/* Told of the last run only, by rule or else by table. */
static void test_resurrected(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct audit_state state;
    struct log_review got;
    struct audit_log *log = open_log(&arena, &state);
    begin_run(log, "run-a");
    APPEND(log, "finding", TEXT("code", "resurrected"), TEXT("severity", "warning"),
           TEXT("rule", "calls"), TEXT("table", "public.calls"));
    APPEND(log, "finding", TEXT("code", "no-clock-index"), TEXT("severity", "warning"),
           TEXT("rule", "users"));
    APPEND(log, "finding", TEXT("code", "resurrected"), TEXT("severity", "warning"),
           TEXT("table", "public.users"));
    stop_run(log, "done", 0);
    review(&got, &arena);
    assert_int_equal(got.resurrected_count, 2);
    assert_string_equal(got.resurrected[0], "calls");
    assert_string_equal(got.resurrected[1], "public.users");
    begin_run(log, "run-b");
    stop_run(log, "done", 0);
    audit_close(log);
    review(&got, &arena);
    assert_int_equal(got.resurrected_count, 0);
    arena_free(&arena);
}

/* A damaged log tells nothing. */
static void test_damaged(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct audit_state state;
    struct log_review got;
    struct log_text text;
    struct error err = {0};
    write_sample();
    load(&text, &arena);
    text.line[3] = text.line[4];
    store(&text);
    assert_int_equal(audit_review(path, &(struct audit_trust){0}, &arena, &state, &got, &err), -1);
    assert_int_equal(err.status, EXIT_AUDIT);
    unlink(path);
    assert_int_equal(audit_review(path, &(struct audit_trust){0}, &arena, &state, &got, &err), -1);
    arena_free(&arena);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, make_directory, remove_directory)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_sample),      TEST(test_runs_not_complete), TEST(test_last_passes),
        TEST(test_resurrected), TEST(test_damaged),           TEST(test_runs_narrowed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
