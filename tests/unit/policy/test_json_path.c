/* test_json_path.c - the SQL/JSON paths that json_drop takes. */
#include "policy/parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void test_valid(void **state)
{
    (void)state;
    static const char *const paths[] = {
        "$.a",        "$.a.b",   "$.a[*].b", "$.**.k",    "$.\"a b\"", "$.\"a.b\".c",
        "$[*]",       "$[*].a",  "$.a[*]",   "$.a[*][*]", "$._a1",     "$.\xc3\xa9t\xc3\xa9",
        "$.a.**.b.c", "$.\"1\"", "$.\"$\"",  "$.**[*]",
    };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        if (!json_path_is_valid(paths[i]))
            fail_msg("%s", paths[i]);
    }
}

static void test_invalid(void **state)
{
    (void)state;
    static const char *const paths[] = {
        "",           "$",       "a",          "a.b",    ".a",     "$a",           "$.",
        "$..a",       "$.a.",    "$.**",       "$.a.**", "$.a[0]", "$.a[",         "$.a[*",
        "$.1a",       "$.a b",   "$.\"",       "$.\"\"", "$.\"a",  "$.\"a\\\"b\"", "$.a ? (@ > 1)",
        "$.a.size()", "lax $.a", "strict $.a", "$.a\n",  "$.*",    "$.a-b",        "$.\"a\"b",
        "$.a, $.b",   "$$.a",    "$.a'",       "$.a;",
    };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        if (json_path_is_valid(paths[i]))
            fail_msg("%s", paths[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_valid),
                                       cmocka_unit_test(test_invalid)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
