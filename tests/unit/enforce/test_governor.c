/*
 * test_governor.c - what the governor says from what it knows already
 *
 * What it learns from the server is tested against one, in integration.governor.
 */
#include "enforce/governor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct traffic no_traffic;

/* Never used: whether there is a session tells whether the server is watched. */
static struct db *const some_session = (struct db *)&some_session;

static void test_unlimited(void **state)
{
    (void)state;
    static const struct governor_options options;
    struct governor g;
    governor_init(&g, NULL, &options, &no_traffic, 2);
    governor_note(&g, 1000000, 10);
    assert_null(governor_holds(&g, 10));
    assert_int_equal(governor_batch_ms(&g, 200), 200);
    assert_true(governor_rest(&g, 1) <= 0);
}

/* 100 rows a second: after 250 nothing begins for two and a half seconds, whenever they came. */
static void test_rate(void **state)
{
    (void)state;
    static const struct governor_options options = {.rate_rows = 100};
    struct governor g;
    governor_init(&g, NULL, &options, &no_traffic, 2);
    assert_null(governor_holds(&g, 10));
    governor_note(&g, 150, 10);
    governor_note(&g, 100, 10.5);
    assert_string_equal(governor_holds(&g, 12.49), "rate of rows");
    assert_null(governor_holds(&g, 12.51));
    governor_note(&g, 100, 20);
    assert_non_null(governor_holds(&g, 20.9));
    assert_null(governor_holds(&g, 21.1));
}

static void test_reason(void **state)
{
    (void)state;
    static const struct governor_options options;
    struct governor g;
    governor_init(&g, some_session, &options, &no_traffic, 2);
    strcpy(g.reason, "replica db2 12 s behind");
    assert_string_equal(governor_holds(&g, 10), "replica db2 12 s behind");
}

/* Others at work make batches short, and each is followed by a rest; nobody else, neither. */
static void test_gentle(void **state)
{
    (void)state;
    static const struct governor_options options = {.max_latency_ms = 500};
    struct governor g;
    governor_init(&g, some_session, &options, &no_traffic, 2);
    g.others_per_second = 9.9;
    assert_int_equal(governor_batch_ms(&g, 200), 200);
    assert_int_equal(governor_jobs(&g, 4), 4);
    assert_true(governor_rest(&g, 1) <= 0);
    g.others_per_second = 10;
    assert_int_equal(governor_batch_ms(&g, 200), 3);
    assert_int_equal(governor_batch_ms(&g, 2), 2);
    assert_int_equal(governor_jobs(&g, 4), 1);
    assert_float_equal(governor_rest(&g, 0.005), 0.045, 1e-9);
    g.others_per_second = 600;
    assert_float_equal(governor_rest(&g, 0.005), 0.2, 1e-9);
    g.others_per_second = 9000;
    assert_float_equal(governor_rest(&g, 0.005), 0.495, 1e-9);
    g.options.max_latency_ms = 0;
    assert_int_equal(governor_batch_ms(&g, 200), 200);
}

/* Forty of our transactions a second, which the server hears of a second late. */
static void test_late_reports(void **state)
{
    (void)state;
    static const struct governor_options options = {.max_latency_ms = 500};
    static const struct traffic start = {100, 5000, 700};
    struct governor g;
    governor_init(&g, some_session, &options, &start, 0);
    g.sample_count = 1;
    for (int second = 1; second <= 5; second++) {
        for (int i = 0; i < 40; i++)
            governor_expect(&g);
        double late = (second - 1) * 40, own = second * 40;
        governor_see(&g, &(struct traffic){100 + second, 5000 + late, 700 + own});
        assert_true(g.others_per_second <= 0);
    }
    governor_see(&g, &(struct traffic){106, 5000 + 200 + 100, 700 + 200 + 5});
    assert_true(g.others_per_second > 10 && g.others_per_second < 50);
}

/* Who only reads is seen by the transactions, who writes by their ids at once. */
static void test_others(void **state)
{
    (void)state;
    static const struct governor_options options = {.max_latency_ms = 500};
    struct governor g;
    governor_init(&g, some_session, &options, &no_traffic, 0);
    governor_see(&g, &(struct traffic){1, 200, 0});
    assert_true(g.others_per_second > 150);
    governor_init(&g, some_session, &options, &no_traffic, 0);
    governor_see(&g, &(struct traffic){1, 0, 200});
    assert_true(g.others_per_second > 150);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unlimited),    cmocka_unit_test(test_rate),
        cmocka_unit_test(test_reason),       cmocka_unit_test(test_gentle),
        cmocka_unit_test(test_late_reports), cmocka_unit_test(test_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
