/* test_rules.c - how far each rule reached, and what it left there. */
#include "logs.h"

struct ending {
    const char *digest, *window, *cutoff, *state;
    int64_t due, changed, left, held;
    const char *known; /* the cutoff that the log knows afterwards */
    int64_t behind;    /* and the rows it left past that */
};

/* One run after the other. */
static const struct ending endings[] = {
    {HASH_A, "12 months", "2025-01-01", "done", 9, 9, 0, 0, "2025-01-01", 0},
    {HASH_A, "12 months", "2025-01-02", "done", 9, 9, 0, 5, "2025-01-02", 5},
    /* two that others held locked */
    {HASH_A, "12 months", "2025-01-03", "partial", 9, 7, 2, 5, "2025-01-03", 7},
    /* stopped before it came to the others */
    {HASH_A, "12 months", "2025-01-04", "partial", 100, 30, 1, 5, "2025-01-04", 75},
    /* somebody else deleted four in the meantime: no rest */
    {HASH_A, "12 months", "2025-01-05", "done", 9, 5, 0, 5, "2025-01-05", 5},
    /* these say nothing about what is left */
    {HASH_A, "12 months", "2025-01-06", "failed", 9, 3, 0, 0, "2025-01-05", 5},
    {HASH_A, "12 months", "2025-01-07", "refused", 9, 0, 0, 0, "2025-01-05", 5},
    {HASH_A, "12 months", "2025-01-08", "done", -1, 0, 0, 0, "2025-01-05", 5},
    {HASH_A, "12 months", "in the year of the long name of two thousand and so on", "done", 0, 0, 0,
     0, "2025-01-05", 5},
    /* another rule, whatever its name */
    {HASH_B, "12 months", "2025-01-09", "failed", 9, 3, 0, 0, "", 0},
    {HASH_B, "12 months", "2025-01-10", "done", 9, 9, 0, 0, "2025-01-10", 0},
    {HASH_B, "6 months", "2025-01-11", "failed", 9, 3, 0, 0, "", 0},
};

static void end_step(struct audit_log *log, const struct ending *e)
{
    if (e->due < 0) {
        APPEND(log, "step_end", TEXT("rule", "calls"), TEXT("table", "public.calls"),
               TEXT("state", e->state), NUMBER("changed", e->changed));
        return;
    }
    APPEND(log, "step_end", TEXT("rule", "calls"), TEXT("table", "public.calls"),
           TEXT("state", e->state), NUMBER("due", e->due), NUMBER("changed", e->changed),
           NUMBER("left", e->left), NUMBER("held", e->held));
}

static void test_ends(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        struct arena arena = {0};
        struct audit_state state;
        const struct ending *e = &endings[i];
        struct audit_log *log = open_log(&arena, &state);
        begin_run(log, arena_printf(&arena, "run-%zu", i));
        APPEND(log, "step_begin", TEXT("rule", "calls"), TEXT("rule_digest", e->digest),
               TEXT("table", "public.calls"), TEXT("category", "telephony"),
               TEXT("action", "purge"), TEXT("strategy", "block ranges"), TEXT("window", e->window),
               TEXT("cutoff", e->cutoff));
        if (e->changed > 0)
            APPEND(log, "commit", NUMBER("intent", intend(log, "calls", e->changed)),
                   NUMBER("rows", e->changed));
        end_step(log, e);
        end_run(log, e->changed, 0);
        audit_close(log);
        struct error err;
        assert_int_equal(verify(&state, &arena, &err), 0);
        assert_int_equal(state.rule_count, 1);
        if (strcmp(state.rules[0].cutoff, e->known) != 0)
            fail_msg("run %zu: cutoff %s, expected %s", i, state.rules[0].cutoff, e->known);
        if (e->known[0] != '\0')
            assert_int_equal(state.rules[0].left, e->behind);
        arena_free(&arena);
    }
}

/* An intent says where its transaction was, whatever runs come after it. */
static void test_place_of_an_intent(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct audit_state state;
    struct error err;
    struct audit_log *log = open_log(&arena, &state);
    begin_run(log, "run-a");
    begin_step(log, "calls", "12 months");
    int64_t first = intend(log, "calls", 3);
    intend(log, "calls", 4);
    audit_set_run(log, "run-b");
    APPEND(log, "run_begin", TEXT("policy", "demo"), TEXT("policy_sha256", HASH_A),
           TEXT("digest", HASH_B), TEXT("as_of", "2026-11-23T03:00:00Z"), TEXT("tool", "0.1.0"),
           TEXT("system_identifier", "1"), NUMBER("timeline", 2), TEXT("database", "demo"),
           TEXT("role", "retain"), TEXT("os_user", "ops"), TEXT("host", "db1"),
           TEXT("approval", "yes"), TEXT("cluster_reason", "moved"));
    APPEND(log, "recovered", NUMBER("intent", first), TEXT("outcome", "unknown"), NUMBER("rows", 2),
           TEXT("cause", "recounted"));
    audit_close(log);
    assert_int_equal(verify(&state, &arena, &err), 0);
    assert_int_equal(state.unknown_intents, 1);
    assert_int_equal(state.committed_rows, 0);
    assert_int_equal(state.open_count, 1);
    assert_string_equal(state.open[0].system_identifier, "7412345678901234567");
    assert_int_equal(state.open[0].timeline, 1);
    assert_string_equal(state.system_identifier, "1");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_ends, make_directory, remove_directory),
        cmocka_unit_test_setup_teardown(test_place_of_an_intent, make_directory, remove_directory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
