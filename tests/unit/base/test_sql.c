/* test_sql.c - values become numbered parameters and never text. */
#include "base/sql.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void test_numbers(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct sql sql = {.arena = &arena};
    sql_add(&sql, "select ");
    sql_param(&sql, "1; drop table x", "text");
    sql_addf(&sql, ", %s < ", "\"at\"");
    sql_param(&sql, "2024-01-01", "timestamptz");
    assert_string_equal(buffer_text(&sql.text), "select $1::text, \"at\" < $2::timestamptz");
    assert_int_equal(sql.param_count, 2);
    assert_string_equal(sql.params[0].value, "1; drop table x");
    assert_string_equal(sql.params[1].type, "timestamptz");
    assert_false(sql.params[1].secret);
    sql_free(&sql);
    arena_free(&arena);
}

/* One number for what is the same value, type and secrecy; another for all else. */
static void test_shares_equal_parameters(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct sql sql = {.arena = &arena};
    char equal[] = "a";
    sql_param(&sql, "a", "text");
    sql_param(&sql, equal, "text");
    sql_param(&sql, "a", "date");
    sql_param(&sql, NULL, "text");
    sql_param(&sql, NULL, "text");
    sql_secret(&sql, "a", "text");
    sql_secret(&sql, "a", "text");
    sql_param(&sql, "b", "text");
    assert_string_equal(buffer_text(&sql.text), "$1::text$1::text$2::date$3::text$3::text"
                                                "$4::text$4::text$5::text");
    assert_int_equal(sql.param_count, 5);
    assert_null(sql.params[2].value);
    assert_true(sql.params[3].secret);
    sql_free(&sql);
    arena_free(&arena);
}

static void test_many(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct sql sql = {.arena = &arena};
    for (int i = 0; i < 100; i++)
        sql_param(&sql, arena_printf(&arena, "%d", i), "int4");
    assert_int_equal(sql.param_count, 100);
    for (int i = 0; i < 100; i++)
        assert_string_equal(sql.params[i].value, arena_printf(&arena, "%d", i));
    sql_free(&sql);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_shares_equal_parameters),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
