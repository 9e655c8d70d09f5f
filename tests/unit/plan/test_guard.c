/*
 * test_guard.c - the brake, the first-run guard and the ceilings they leave
 */
#include "plan/plan.h"
#include "support/planned.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Steps: calls-old and calls-brief on one table, texts-old on another. */
static const char catalog_text[] =
    "{\"cutoffs\": {\"24 months\": \"2022-06-30T12:00:00Z\", \"90 days\": "
    "\"2024-04-01T12:00:00Z\"},"
    " \"tables\": {\"app.calls\": {\"columns\": {\"at\": \"timestamptz\", \"odd\": \"bool\"}},"
    "              \"app.texts\": {\"columns\": {\"at\": \"timestamptz\"}}}}";

enum { STEPS = 3, CALLS_OLD = 0, CALLS_BRIEF = 1, TEXTS_OLD = 2 };

struct fixture {
    struct planned planned;
    struct counts counts[STEPS];
    bool is_new[STEPS];
    struct guard_options options;
    struct plan_ceiling ceiling;
    struct error err;
};

static void set_up(struct fixture *f, const char *limits)
{
    char text[1024];
    snprintf(text, sizeof text,
             "pgretain: 1\npolicy: guard\n%s\n"
             "categories: {old: {keep: 24 months}, brief: {keep: 90 days}}\n"
             "rules:\n"
             "  - {table: app.calls, category: old, clock: at, action: purge}\n"
             "  - {table: app.calls, category: brief, clock: at, only: odd, action: purge}\n"
             "  - {table: app.texts, category: old, clock: at, action: purge}\n",
             limits);
    *f = (struct fixture){0};
    assert_int_equal(planned_make(text, catalog_text, NULL, &f->planned, &f->err), 0);
    assert_int_equal(f->planned.plan->step_count, STEPS);
    f->options = (struct guard_options){.step_is_new = f->is_new,
                                        .expect_rows = -1,
                                        .approve_command = "pgretain enforce p.yaml --expect abc"};
}

static int guard(struct fixture *f)
{
    f->err = (struct error){0};
    return plan_guard(f->planned.plan, f->counts, &f->options, &f->ceiling, &f->err);
}

static void set_counts(struct fixture *f, size_t step, int64_t rows, int64_t due)
{
    f->counts[step] = (struct counts){.rows = rows, .due = due};
}

static void assert_refused(struct fixture *f, const char *message)
{
    assert_int_equal(guard(f), -1);
    assert_int_equal(f->err.status, EXIT_REFUSED);
    assert_string_equal(f->err.message, message);
    assert_non_null(strstr(f->err.hint, "pgretain enforce p.yaml --expect abc"));
}

static void test_share(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, "");
    set_counts(&f, CALLS_OLD, 999, 999);
    assert_int_equal(guard(&f), 0);
    assert_int_equal(f.ceiling.step_rows[CALLS_OLD], -1);
    set_counts(&f, CALLS_OLD, 1000, 250);
    assert_int_equal(guard(&f), 0);
    assert_int_equal(f.ceiling.step_rows[CALLS_OLD], 250);
    assert_int_equal(f.ceiling.run_rows, -1);
    set_counts(&f, CALLS_OLD, 1000, 251);
    assert_refused(&f, "brake: 251 of 1000 rows of app.calls are due, more than 25%");
    set_counts(&f, CALLS_OLD, 1003, 251);
    assert_refused(&f, "brake: 251 of 1003 rows of app.calls are due, more than 25%");
    set_counts(&f, CALLS_OLD, 1004, 251);
    assert_int_equal(guard(&f), 0);
    planned_free(&f.planned);
}

static void test_share_of_policy(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, "limits: {share: 12.5%}");
    set_counts(&f, TEXTS_OLD, 1001, 125);
    assert_int_equal(guard(&f), 0);
    assert_int_equal(f.ceiling.step_rows[TEXTS_OLD], 125);
    set_counts(&f, TEXTS_OLD, 1001, 126);
    assert_refused(&f, "brake: 126 of 1001 rows of app.texts are due, more than 12.5%");
    planned_free(&f.planned);
    set_up(&f, "limits: {share: 100%}");
    set_counts(&f, TEXTS_OLD, 5000, 5000);
    assert_int_equal(guard(&f), 0);
    assert_int_equal(f.ceiling.step_rows[TEXTS_OLD], 5000);
    planned_free(&f.planned);
}

/* All steps on one table count together; other tables do not. */
static void test_share_by_table(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, "");
    set_counts(&f, CALLS_OLD, 1000, 150);
    set_counts(&f, CALLS_BRIEF, 1000, 100);
    set_counts(&f, TEXTS_OLD, 1000, 250);
    assert_int_equal(guard(&f), 0);
    set_counts(&f, CALLS_BRIEF, 1000, 101);
    assert_refused(&f, "brake: 251 of 1000 rows of app.calls are due, more than 25%");
    f.planned.plan->steps[CALLS_OLD].refused = "privilege";
    assert_int_equal(guard(&f), 0);
    f.planned.plan->steps[CALLS_OLD].refused = NULL;
    set_counts(&f, CALLS_OLD, -1, -1);
    assert_int_equal(guard(&f), 0);
    planned_free(&f.planned);
}

static void test_rows(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, "limits: {rows: 100}");
    set_counts(&f, CALLS_OLD, 500, 60);
    set_counts(&f, TEXTS_OLD, 500, 40);
    assert_int_equal(guard(&f), 0);
    assert_int_equal(f.ceiling.run_rows, 100);
    set_counts(&f, TEXTS_OLD, 500, 41);
    assert_refused(&f, "brake: 101 rows are due, more than the policy's limit of 100");
    f.planned.plan->steps[TEXTS_OLD].refused = "privilege";
    assert_int_equal(guard(&f), 0);
    planned_free(&f.planned);
}

static void test_first_run(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, "");
    f.is_new[TEXTS_OLD] = true;
    set_counts(&f, TEXTS_OLD, 500, 0);
    assert_int_equal(guard(&f), 0);
    set_counts(&f, TEXTS_OLD, 500, 1);
    assert_refused(&f, "rule \"app.texts-old\" is new to this audit log, or reaches further than "
                       "before");
    assert_string_equal(f.err.detail, "A new rule runs only after a person approved it.");
    set_counts(&f, TEXTS_OLD, -1, -1);
    assert_int_equal(guard(&f), -1);
    f.planned.plan->steps[TEXTS_OLD].refused = "privilege";
    assert_int_equal(guard(&f), 0);
    planned_free(&f.planned);
}

/* A typed name and --accept-new approve new rules; only --expect lifts the brake as well. */
static void test_approvals(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, "limits: {rows: 1000}");
    f.is_new[CALLS_OLD] = true;
    set_counts(&f, CALLS_OLD, 1000, 1);
    const enum approval some[] = {APPROVAL_TYPED, APPROVAL_ACCEPT_NEW, APPROVAL_EXPECT};
    for (size_t i = 0; i < 3; i++) {
        f.options.approval = some[i];
        set_counts(&f, CALLS_OLD, 1000, 1);
        assert_int_equal(guard(&f), 0);
        bool lifted = some[i] == APPROVAL_EXPECT;
        assert_int_equal(f.ceiling.step_rows[CALLS_OLD], lifted ? -1 : 250);
        assert_int_equal(f.ceiling.run_rows, lifted ? -1 : 1000);
        set_counts(&f, CALLS_OLD, 4000, 2000);
        assert_int_equal(guard(&f), lifted ? 0 : -1);
        set_counts(&f, CALLS_OLD, 1000, 251);
        assert_int_equal(guard(&f), lifted ? 0 : -1);
    }
    f.options.approval = APPROVAL_NONE;
    set_counts(&f, CALLS_OLD, 1000, 1);
    assert_int_equal(guard(&f), -1);
    planned_free(&f.planned);
}

static void test_expected_rows(void **state)
{
    (void)state;
    const struct {
        int64_t expected, ceiling;
    } cases[] = {{0, 0}, {1, 1}, {19, 19}, {20, 21}, {100, 105}, {39, 40}, {1000000, 1050000}};
    struct fixture f;
    set_up(&f, "limits: {rows: 50}");
    assert_int_equal(guard(&f), 0);
    assert_int_equal(f.ceiling.expected_rows, -1);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        f.options.expect_rows = cases[i].expected;
        f.options.approval = APPROVAL_EXPECT;
        assert_int_equal(guard(&f), 0);
        assert_int_equal(f.ceiling.expected_rows, cases[i].ceiling);
        assert_int_equal(f.ceiling.run_rows, -1);
        f.options.approval = APPROVAL_TYPED;
        assert_int_equal(guard(&f), 0);
        assert_int_equal(f.ceiling.expected_rows, cases[i].ceiling);
        assert_int_equal(f.ceiling.run_rows, 50);
    }
    planned_free(&f.planned);
}

/* A foreign key to app.calls without an index, from a table of `bytes`, when so many rows are due.
 */
static const char *refused_by_scans(int64_t bytes, int64_t due, const char *indexed)
{
    static const char policy[] =
        "pgretain: 1\npolicy: scans\ncategories: {old: {keep: 24 months}}\n"
        "rules: [{table: app.calls, category: old, clock: at, action: purge}]\n";
    char text[1024];
    struct planned planned;
    struct error err;
    struct counts counts = {.rows = 100000, .due = due};
    snprintf(text, sizeof text,
             "{\"cutoffs\": {\"24 months\": \"2022-06-30T12:00:00Z\"}, \"tables\": {"
             "\"app.calls\": {\"columns\": {\"id\": \"int8\", \"at\": \"timestamptz\"}},"
             "\"app.notes\": {\"columns\": {\"call_id\": \"int8\"}}}, \"fkeys\": {\"f\": {"
             "\"child\": \"app.notes\", \"parent\": \"app.calls\", \"indexed\": %s,"
             "\"columns\": {\"call_id\": \"id\"}, \"on_delete\": \"set null\"}}}",
             indexed);
    assert_int_equal(planned_make(policy, text, NULL, &planned, &err), 0);
    planned.catalog.tables[1].bytes = bytes;
    plan_check_counts(planned.plan, &counts);
    const char *refused = planned.plan->steps[0].refused;
    planned_free(&planned);
    return refused;
}

static void test_scans(void **state)
{
    (void)state;
    assert_string_equal(refused_by_scans(1048577, 10001, "false"), "no-reference-index");
    assert_null(refused_by_scans(1048577, 10000, "false"));
    assert_null(refused_by_scans(1048576, 10001, "false"));
    assert_null(refused_by_scans(1048577, 10001, "true"));
}

static void test_words(void **state)
{
    (void)state;
    assert_string_equal(approval_name(APPROVAL_NONE), "none");
    assert_string_equal(approval_name(APPROVAL_TYPED), "typed");
    assert_string_equal(approval_name(APPROVAL_EXPECT), "expect");
    assert_string_equal(approval_name(APPROVAL_ACCEPT_NEW), "accept-new");
    assert_string_equal(severity_name(SEVERITY_NOTE), "note");
    assert_string_equal(severity_name(SEVERITY_WARNING), "warning");
    assert_string_equal(severity_name(SEVERITY_ERROR), "error");
    assert_string_equal(strategy_name(STRATEGY_BLOCK_RANGES), "block ranges");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_share),          cmocka_unit_test(test_share_of_policy),
        cmocka_unit_test(test_share_by_table), cmocka_unit_test(test_rows),
        cmocka_unit_test(test_first_run),      cmocka_unit_test(test_approvals),
        cmocka_unit_test(test_expected_rows),  cmocka_unit_test(test_scans),
        cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
