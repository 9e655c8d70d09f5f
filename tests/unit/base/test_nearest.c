/* test_nearest.c - which word was meant, and when nothing was near enough. */
#include "base/nearest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *const words[] = {"category", NULL, "clock", "cascade", "keep", "only", "x", ""};

static const struct {
    const char *text;
    const char *nearest;
} cases[] = {
    {"clock", "clock"},
    {"clok", "clock"},
    {"lcock", "clock"},
    {"CLOCK", "clock"},
    {"clocks", "clock"},
    {"catgeory", "category"},
    {"categry", "category"},
    {"cascde", "cascade"},
    {"kep", "keep"},
    {"keeep", "keep"},
    {"onyl", "only"},
    {"zzzzz", NULL},
    {"actegroy", "category"},
    {"", NULL},
    {"y", NULL},
    {"x", "x"},
    {"kingdom", NULL},
};

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *found = nearest(cases[i].text, words, sizeof words / sizeof *words);
        if (cases[i].nearest == NULL)
            assert_null(found);
        else {
            assert_non_null(found);
            assert_string_equal(found, cases[i].nearest);
        }
    }
}

static void test_first_of_equals(void **state)
{
    (void)state;
    const char *const equal[] = {"abcx", "abcy"};
    assert_string_equal(nearest("abcz", equal, 2), "abcx");
    assert_null(nearest("abcz", equal, 0));
}

static void test_long_texts(void **state)
{
    (void)state;
    char text[70], candidate[70];
    const char *const candidates[] = {candidate};
    memset(text, 'a', sizeof text);
    memset(candidate, 'a', sizeof candidate);
    text[63] = candidate[63] = '\0';
    assert_ptr_equal(nearest(text, candidates, 1), candidate);
    text[63] = 'a';
    text[64] = '\0';
    assert_null(nearest(text, candidates, 1));
    text[63] = '\0';
    candidate[63] = 'a';
    candidate[64] = '\0';
    assert_null(nearest(text, candidates, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_first_of_equals),
        cmocka_unit_test(test_long_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
