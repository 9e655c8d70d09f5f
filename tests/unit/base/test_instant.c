/* test_instant.c - the shape of the wall clock's text, and that the stopwatch runs forward. */
#include "base/instant.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static void test_text(void **state)
{
    (void)state;
    char text[INSTANT_TEXT], day[11], later[11];
    time_t before = time(NULL);
    instant_now(text);
    time_t after = time(NULL);
    assert_int_equal(strlen(text), 24);
    for (size_t i = 0; i < 24; i++) {
        char shape = "dddd-dd-ddTdd:dd:dd.dddZ"[i];
        if (shape == 'd')
            assert_in_range(text[i], '0', '9');
        else
            assert_int_equal(text[i], shape);
    }
    struct tm utc;
    strftime(day, sizeof day, "%Y-%m-%d", gmtime_r(&before, &utc));
    strftime(later, sizeof later, "%Y-%m-%d", gmtime_r(&after, &utc));
    assert_true(strncmp(text, day, 10) == 0 || strncmp(text, later, 10) == 0);
}

static void test_stopwatch(void **state)
{
    (void)state;
    double last = instant_monotonic_seconds();
    for (int i = 0; i < 1000; i++) {
        double now = instant_monotonic_seconds();
        assert_true(now >= last && now < last + 60);
        last = now;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_text),
                                       cmocka_unit_test(test_stopwatch)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
