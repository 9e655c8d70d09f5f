/*
 * test_narrow.c - --table, --category and --rule
 */
#include "base/buffer.h"
#include "support/planned.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char policy_text[] =
    "pgretain: 1\npolicy: narrow\n"
    "categories: {old: {keep: 24 months}, brief: {keep: 90 days}}\n"
    "rules:\n"
    "  - {table: app.calls, category: old, clock: at, action: purge}\n"
    "  - {table: app.texts, category: brief, clock: at, action: purge}\n"
    "  - {id: logs, table: 'app.log_*', category: brief, clock: at, action: purge}\n";
static const char catalog_text[] =
    "{\"cutoffs\": {\"24 months\": \"2022-06-30T12:00:00Z\", \"90 days\": "
    "\"2024-04-01T12:00:00Z\"},"
    " \"tables\": {\"app.calls\": {\"columns\": {\"at\": \"timestamptz\"}},"
    "              \"app.texts\": {\"columns\": {\"at\": \"timestamptz\"}},"
    "              \"app.log_a\": {\"columns\": {\"at\": \"timestamptz\"}},"
    "              \"app.log_b\": {\"columns\": {\"at\": \"timestamptz\"}}}}";

/* The ids of the steps that are left, separated by spaces; or the error's message and hint. */
static const char *narrowed(struct narrowing narrowing, struct buffer *out)
{
    struct planned planned;
    struct error err = {0};
    const struct plan_options options = {.narrowing = narrowing};
    buffer_clear(out);
    if (planned_make(policy_text, catalog_text, &options, &planned, &err) != 0) {
        assert_int_equal(err.status, EXIT_USAGE);
        assert_null(planned.plan);
        buffer_addf(out, "%s %s", err.message, err.hint);
    }
    for (size_t i = 0; planned.plan != NULL && i < planned.plan->step_count; i++) {
        assert_true(planned.plan->steps[i].selected);
        buffer_addf(out, "%s%s", i == 0 ? "" : " ", planned.plan->steps[i].rule_id);
    }
    planned_free(&planned);
    return buffer_text(out);
}

#define NAMES(...) ((const char *const[]){__VA_ARGS__})

static void test_narrow(void **state)
{
    (void)state;
    const struct {
        struct narrowing narrowing;
        const char *steps;
    } cases[] = {
        {{0}, "app.calls-old app.texts-brief logs@app.log_a logs@app.log_b"},
        {{.tables = NAMES("app.calls"), .table_count = 1}, "app.calls-old"},
        {{.tables = NAMES("app.log_b", "app.calls"), .table_count = 2},
         "app.calls-old logs@app.log_b"},
        {{.categories = NAMES("brief"), .category_count = 1},
         "app.texts-brief logs@app.log_a logs@app.log_b"},
        {{.rules = NAMES("logs"), .rule_count = 1}, "logs@app.log_a logs@app.log_b"},
        {{.rules = NAMES("logs@app.log_b"), .rule_count = 1}, "logs@app.log_b"},
        {{.tables = NAMES("app.log_a"), .table_count = 1, .rules = NAMES("logs"), .rule_count = 1},
         "logs@app.log_a"},
    };
    struct buffer out = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(narrowed(cases[i].narrowing, &out), cases[i].steps);
    buffer_free(&out);
}

static void test_no_match(void **state)
{
    (void)state;
    const struct {
        struct narrowing narrowing;
        const char *message;
    } cases[] = {
        {{.tables = NAMES("app.calls", "app.cals"), .table_count = 2},
         "--table \"app.cals\" matches no rule of this policy Did you mean \"app.calls\"?"},
        {{.categories = NAMES("odl"), .category_count = 1},
         "--category \"odl\" matches no rule of this policy Did you mean \"old\"?"},
        {{.rules = NAMES("something-else"), .rule_count = 1},
         "--rule \"something-else\" matches no rule of this policy "},
        {{.tables = NAMES("app.calls"),
          .table_count = 1,
          .categories = NAMES("brief"),
          .category_count = 1},
         "--table, --category and --rule together match no rule "},
    };
    struct buffer out = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(narrowed(cases[i].narrowing, &out), cases[i].message);
    buffer_free(&out);
}

/* A policy none of whose tables is there has nothing to narrow, and says why instead. */
static void test_nothing_there(void **state)
{
    (void)state;
    struct planned planned;
    struct error err;
    assert_int_equal(planned_make(policy_text, "{\"tables\": {}}", NULL, &planned, &err), 0);
    assert_int_equal(planned.plan->step_count, 0);
    assert_int_equal(planned.plan->finding_count, 3);
    assert_int_equal(plan_count_findings(planned.plan, SEVERITY_ERROR), 3);
    assert_non_null(planned_finding(&planned, "table-missing"));
    planned_free(&planned);
}

/* Findings of steps outside the run are left out; those of none in particular stay. */
static void test_findings(void **state)
{
    (void)state;
    static const char broken[] =
        "{\"cutoffs\": {\"24 months\": \"2022-06-30T12:00:00Z\"},"
        " \"tables\": {\"app.calls\": {\"columns\": {\"at\": \"timestamptz\"}},"
        "              \"app.texts\": {\"columns\": {\"at\": \"text\"}}}}";
    const struct plan_options options = {
        .narrowing = {.tables = NAMES("app.calls"), .table_count = 1}};
    struct planned planned;
    struct error err;
    assert_int_equal(planned_make(policy_text, broken, NULL, &planned, &err), 0);
    assert_non_null(planned_finding(&planned, "clock-type"));
    assert_non_null(planned_finding(&planned, "table-missing"));
    assert_int_equal(plan_count_findings(planned.plan, SEVERITY_NOTE), 2);
    planned_free(&planned);
    assert_int_equal(planned_make(policy_text, broken, &options, &planned, &err), 0);
    assert_null(planned_finding(&planned, "clock-type"));
    assert_non_null(planned_finding(&planned, "table-missing"));
    planned_free(&planned);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_narrow),
        cmocka_unit_test(test_no_match),
        cmocka_unit_test(test_nothing_there),
        cmocka_unit_test(test_findings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
