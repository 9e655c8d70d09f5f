/*
 * test_psql.c - a statement as PREPARE and EXECUTE
 */
#include "statement/statement.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_parameters(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct sql sql = {.arena = &arena};
    struct buffer out = {0};
    sql_add(&sql, "SELECT ");
    sql_param(&sql, "plain", "text");
    sql_add(&sql, ", ");
    sql_param(&sql, "it's \\ 'quoted'", "text");
    sql_add(&sql, ", ");
    sql_param(&sql, NULL, "date");
    sql_add(&sql, ", ");
    sql_secret(&sql, "hidden", "bytea");
    sql_add(&sql, ", ");
    sql_param(&sql, "", "text");
    statement_for_psql(&sql, "s", &out);
    assert_string_equal(out.data,
                        "PREPARE s AS\n"
                        "SELECT $1::text, $2::text, $3::date, $4::bytea, $5::text;\n"
                        "EXECUTE s('plain', 'it''s \\ ''quoted''', NULL, :'secret_4', '');\n"
                        "DEALLOCATE s;\n");
    assert_null(strstr(out.data, "hidden"));
    buffer_free(&out);
    sql_free(&sql);
    arena_free(&arena);
}

static void test_no_parameters(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct sql sql = {.arena = &arena};
    struct buffer out = {0};
    sql_add(&sql, "SELECT 1");
    buffer_add(&out, "-- before\n");
    statement_for_psql(&sql, "count_rows", &out);
    assert_string_equal(out.data, "-- before\nPREPARE count_rows AS\nSELECT 1;\n"
                                  "EXECUTE count_rows;\nDEALLOCATE count_rows;\n");
    buffer_free(&out);
    sql_free(&sql);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parameters),
        cmocka_unit_test(test_no_parameters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
