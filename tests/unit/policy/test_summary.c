/* test_summary.c - the keys of a summary in their fields, and the names of its parts. */
#include "policy/policy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static int set_up(void **state)
{
    const struct policy_options options = {.file = FIXTURES "/policies/good/summarise.yaml",
                                           .today = "2026-11-23"};
    struct policy *policy = NULL;
    struct diagnostics diagnostics = {0};
    int rc = policy_load(&options, &policy, &diagnostics);
    diagnostics_free(&diagnostics);
    *state = policy;
    return rc;
}

static int tear_down(void **state)
{
    policy_free(*state);
    return 0;
}

static void assert_mark(struct mark mark, unsigned line, unsigned column)
{
    assert_int_equal(mark.line, line);
    assert_int_equal(mark.column, column);
}

static void assert_measure(const struct policy_measure *measure, const char *into,
                           enum measure_kind kind, const char *column, unsigned line)
{
    assert_string_equal(measure->into, into);
    assert_int_equal(measure->kind, kind);
    if (column == NULL)
        assert_null(measure->column);
    else
        assert_string_equal(measure->column, column);
    assert_mark(measure->mark, line, 7);
}

static void test_every_key(void **state)
{
    const struct policy *policy = *state;
    const struct policy_rule *rule = &policy->rules[0];
    const struct policy_summary *summary = &rule->summary;
    assert_int_equal(rule->action, ACTION_SUMMARISE);
    assert_int_equal(rule->cascade_count, 1);
    assert_string_equal(rule->only, "billed");
    assert_string_equal(summary->into.schema, "public");
    assert_string_equal(summary->into.name, "call_statistics");
    assert_mark(summary->into.mark, 11, 11);
    assert_int_equal(summary->period, PERIOD_MONTH);
    assert_string_equal(summary->period_column, "period");
    assert_mark(summary->period_mark, 12, 13);
    assert_int_equal(summary->by_count, 2);
    assert_string_equal(summary->by[0], "direction");
    assert_string_equal(summary->by[1], "Odd Column");
    assert_mark(summary->by_mark, 13, 9);
    assert_int_equal(summary->measure_count, 4);
    assert_measure(&summary->measures[0], "calls", MEASURE_COUNT, NULL, 15);
    assert_measure(&summary->measures[1], "seconds", MEASURE_SUM, "duration_seconds", 16);
    assert_measure(&summary->measures[2], "shortest", MEASURE_MIN, "duration_seconds", 17);
    assert_measure(&summary->measures[3], "longest", MEASURE_MAX, "duration_seconds", 18);
    assert_int_equal(summary->minimum, 25);
    assert_mark(summary->minimum_mark, 19, 14);
}

static void test_defaults(void **state)
{
    const struct policy *policy = *state;
    const struct policy_summary *summary = &policy->rules[1].summary;
    assert_string_equal(summary->into.name, "odd*name");
    assert_int_equal(summary->period, PERIOD_WEEK);
    assert_string_equal(summary->period_column, "first_day");
    assert_int_equal(summary->minimum, 10);
    assert_mark(summary->minimum_mark, 0, 0);
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(action_name(ACTION_SUMMARISE), "summarise");
    assert_true(action_deletes(ACTION_PURGE));
    assert_true(action_deletes(ACTION_SUMMARISE));
    assert_false(action_deletes(ACTION_ANONYMISE));
    assert_false(action_deletes(ACTION_PSEUDONYMISE));
    assert_null(period_name(PERIOD_NONE));
    assert_string_equal(period_name(PERIOD_DAY), "day");
    assert_string_equal(period_name(PERIOD_YEAR), "year");
    assert_string_equal(period_length(PERIOD_NONE)->text, "0");
    assert_string_equal(period_length(PERIOD_QUARTER)->text, "3 months");
    assert_int_equal(period_length(PERIOD_WEEK)->days, 7);
    assert_int_equal(period_length(PERIOD_YEAR)->months, 12);
    assert_string_equal(measure_name(MEASURE_COUNT), "count");
    assert_string_equal(measure_name(MEASURE_MAX), "max");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_key),
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
