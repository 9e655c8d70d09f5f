/* test_window.c - the text of windows, and which reaches further back on any date. */
#include "pgretain/error.h"
#include "policy/policy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *text;
    int months, days;
    const char *long_form;
} windows[] = {
    {"24 months", 24, 0, "24 months"},
    {"1 month", 1, 0, "1 month"},
    {"1 months", 1, 0, "1 month"},
    {"90 day", 0, 90, "90 days"},
    {"90 days", 0, 90, "90 days"},
    {"1 day", 0, 1, "1 day"},
    {"2 weeks", 0, 14, "2 weeks"},
    {"10 years", 120, 0, "10 years"},
    {"007 days", 0, 7, "7 days"},
    {"2   years", 24, 0, "2 years"},
    {"P24M", 24, 0, "24 months"},
    {"P2Y", 24, 0, "2 years"},
    {"P1Y6M", 18, 0, "1 year 6 months"},
    {"P1Y2M3W4D", 14, 25, "1 year 2 months 3 weeks 4 days"},
    {"P3W", 0, 21, "3 weeks"},
    {"P90D", 0, 90, "90 days"},
    {"P0Y1D", 0, 1, "1 day"},
    {"1000 years", 12000, 0, "1000 years"},
    {"365242 days", 0, 365242, "365242 days"},
};

static const struct {
    const char *text;
    const char *message; /* begins so */
} refused[] = {
    {"", "invalid window \"\""},
    {"24months", "invalid window \"24months\""},
    {"24 m", "invalid window"},
    {"24 Months", "invalid window"},
    {"two years", "invalid window"},
    {"months", "invalid window"},
    {"24", "invalid window"},
    {" 24 months", "invalid window"},
    {"24 months ", "invalid window"},
    {"24 monthss", "invalid window"},
    {"1.5 years", "invalid window"},
    {"-1 day", "invalid window \"-1 day\""},
    {"+1 day", "invalid window"},
    {"1 hour", "invalid window"},
    {"forever", "invalid window"},
    {"1 year 6 months", "invalid window"},
    {"24\tmonths", "invalid window \"24?months\""},
    {"P", "invalid window"},
    {"P1", "invalid window"},
    {"PM", "invalid window"},
    {"P1M1Y", "invalid window"},
    {"P1M1M", "invalid window"},
    {"PT5M", "invalid window"},
    {"P1DT5M", "invalid window"},
    {"p1m", "invalid window"},
    {"P-1D", "invalid window"},
    {"P1.5Y", "invalid window"},
    {"0 days", "window \"0 days\" is shorter than one day"},
    {"P0D", "window \"P0D\" is shorter than one day"},
    {"0 years", "window \"0 years\" is shorter than one day"},
    {"1001 years", "window \"1001 years\" is longer than 1000 years"},
    {"12001 months", "window \"12001 months\" is longer"},
    {"365243 days", "window \"365243 days\" is longer"},
    {"P1000Y1D", "window \"P1000Y1D\" is longer"},
    {"2147483648 days", "window \"2147483648 days\" is longer"},
    {"18446744073709551617 days", "window \"18446744073709551617 days\" is longer"},
    {"99999999999999999999999999 years", "window \"99999999999999999999999999 years\" is longer"},
};

static void test_windows(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof windows / sizeof *windows; i++) {
        struct window window = {0};
        struct error err = {0};
        assert_int_equal(window_parse(windows[i].text, &arena, &window, &err), 0);
        assert_int_equal(window.months, windows[i].months);
        assert_int_equal(window.days, windows[i].days);
        assert_string_equal(window.text, windows[i].long_form);
    }
    arena_free(&arena);
}

static void test_refused(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct window window = {.months = -7};
        struct error err = {0};
        assert_int_equal(window_parse(refused[i].text, &arena, &window, &err), -1);
        if (strncmp(err.message, refused[i].message, strlen(refused[i].message)) != 0)
            assert_string_equal(err.message, refused[i].message);
        assert_int_equal(window.months, -7);
        assert_int_equal(err.status, EXIT_USAGE);
        assert_true(strlen(err.hint) > 0);
    }
    arena_free(&arena);
}

static const struct {
    const char *window;
    const char *cap;
    bool exceeds;
} comparisons[] = {
    {"24 months", "24 months", false},
    {"2 years", "24 months", false},
    {"24 months", "2 years", false},
    {"25 months", "24 months", true},
    {"730 days", "24 months", false},
    {"731 days", "24 months", true},
    {"365 days", "1 year", false},
    {"366 days", "1 year", true},
    {"1 year", "365 days", true}, /* over a leap day, none of which is near the year 1000 */
    {"1 year", "366 days", false},
    {"28 days", "1 month", false},
    {"29 days", "1 month", true},
    {"1 month", "31 days", false},
    {"1 month", "30 days", true},
    {"1461 days", "4 years", true}, /* 1460 over 1900 */
    {"1460 days", "4 years", false},
    {"1 day", "1000 years", false},
    {"1000 years", "1 day", true},
    {"1000 years", "365242 days", true}, /* 365243 days over some dates */
    {"365242 days", "1000 years", false},
    {"400 years", "146097 days", false}, /* exactly, on every date */
    {"146097 days", "400 years", false},
    {"146098 days", "400 years", true},
    {"P1M1D", "32 days", false},
    {"P1M1D", "31 days", true},
    {"P1M1D", "P1M", true},
    {"P1M", "P1M1D", false},
    {"104 weeks", "24 months", false},
    {"105 weeks", "24 months", true},
};

static void test_comparisons(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++) {
        struct window window, cap;
        struct error err;
        assert_int_equal(window_parse(comparisons[i].window, &arena, &window, &err), 0);
        assert_int_equal(window_parse(comparisons[i].cap, &arena, &cap, &err), 0);
        if (window_exceeds(&window, &cap) != comparisons[i].exceeds)
            fail_msg("%s against %s", comparisons[i].window, comparisons[i].cap);
    }
    arena_free(&arena);
}

/* A second way to the same answer: a calendar that steps day by day. */
struct day {
    int year, month, day;
};

static int length_of(int year, int month)
{
    if (month == 2)
        return year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* Days back from `from` to the same day `months` earlier, clamped to the month's end. */
static int distance(struct day from, int months)
{
    int days = from.day, to_day;
    int year = from.year, month = from.month;
    for (int i = 0; i < months; i++) {
        month = month == 1 ? 12 : month - 1;
        year -= month == 12;
        days += length_of(year, month);
    }
    to_day = from.day < length_of(year, month) ? from.day : length_of(year, month);
    return days - to_day;
}

static bool stepwise_exceeds(int months, int days)
{
    for (struct day at = {2000, 1, 1}; at.year < 2400;) {
        if (days > distance(at, months))
            return true;
        if (++at.day > length_of(at.year, at.month)) {
            at.day = 1;
            at.year += at.month == 12;
            at.month = at.month % 12 + 1;
        }
    }
    return false;
}

static void test_days_against_months(void **state)
{
    (void)state;
    for (int months = 1; months <= 26; months++) {
        for (int days = months * 30 - 4; days <= months * 31; days++) {
            struct window window = {.days = days}, cap = {.months = months};
            if (window_exceeds(&window, &cap) != stepwise_exceeds(months, days))
                fail_msg("%d days against %d months", days, months);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_windows),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_comparisons),
        cmocka_unit_test(test_days_against_months),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
