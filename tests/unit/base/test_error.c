/* test_error.c - an error is replaced as a whole, then given its parts, and cut where it must be.
 */
#include "pgretain/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_parts(void **state)
{
    (void)state;
    struct error err;
    memset(&err, 'x', sizeof err);
    assert_int_equal(error_set(&err, EXIT_REFUSED, "table %s", "a"), -1);
    assert_int_equal(err.status, EXIT_REFUSED);
    assert_string_equal(err.message, "table a");
    assert_string_equal(err.sqlstate, "");
    assert_string_equal(err.detail, "");
    assert_string_equal(err.hint, "");
    assert_int_equal(error_detail(&err, "%d rows", 3), -1);
    assert_int_equal(error_hint(&err, "Try %s.", "again"), -1);
    assert_string_equal(err.message, "table a");
    assert_string_equal(err.detail, "3 rows");
    assert_string_equal(err.hint, "Try again.");
}

static void test_is_cut(void **state)
{
    (void)state;
    struct error err;
    error_set(&err, EXIT_FAILED, "%2000d", 1);
    error_detail(&err, "%2000d", 1);
    error_hint(&err, "%2000d", 1);
    assert_int_equal(strlen(err.message), sizeof err.message - 1);
    assert_int_equal(strlen(err.detail), sizeof err.detail - 1);
    assert_int_equal(strlen(err.hint), sizeof err.hint - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_parts), cmocka_unit_test(test_is_cut)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
