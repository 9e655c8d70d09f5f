/*
 * test_find.c - names, patterns and the other lookups in a snapshot
 */
#include "pgretain/catalog.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static bool matches(const char *pattern, const char *name)
{
    const struct table_name table = {.schema = "app", .name = pattern, .name_is_pattern = true};
    return table_name_matches(&table, "app", name);
}

/* A name means one table, a pattern all that match, in the snapshot's order. */
static void test_matches(void **state)
{
    (void)state;
    struct catalog_table tables[] = {{.schema = "a", .name = "calls"},
                                     {.schema = "b", .name = "calls"},
                                     {.schema = "b", .name = "c*s"}};
    struct catalog catalog = {.tables = tables, .table_count = 3};
    const struct table_name plain = {.schema = "b", .name = "calls"},
                            literal = {.schema = "b", .name = "c*s"},
                            pattern = {.schema = "b", .name = "c*s", .name_is_pattern = true},
                            everywhere = {
                                .schema = "*", .name = "calls", .schema_is_pattern = true};
    catalog_index(&catalog);
    assert_ptr_equal(catalog_next_match(&catalog, &plain, NULL), &tables[1]);
    assert_null(catalog_next_match(&catalog, &plain, &tables[1]));
    assert_ptr_equal(catalog_next_match(&catalog, &literal, NULL), &tables[2]);
    assert_ptr_equal(catalog_next_match(&catalog, &pattern, NULL), &tables[1]);
    assert_ptr_equal(catalog_next_match(&catalog, &pattern, &tables[1]), &tables[2]);
    assert_null(catalog_next_match(&catalog, &pattern, &tables[2]));
    assert_ptr_equal(catalog_next_match(&catalog, &everywhere, NULL), &tables[0]);
    assert_ptr_equal(catalog_next_match(&catalog, &everywhere, &tables[0]), &tables[1]);
    assert_null(catalog_next_match(&catalog, &everywhere, &tables[1]));
    arena_free(&catalog.arena);
}

static void test_patterns(void **state)
{
    (void)state;
    const struct {
        const char *pattern, *name;
        bool matches;
    } cases[] = {
        {"*", "", true},
        {"*", "calls", true},
        {"**", "calls", true},
        {"calls", "calls", true},
        {"calls", "call", false},
        {"calls", "callss", false},
        {"calls*", "calls", true},
        {"calls*", "calls_1", true},
        {"calls*", "call", false},
        {"*calls", "calls", true},
        {"*calls", "my_calls", true},
        {"*calls", "calls_1", false},
        {"?", "a", true},
        {"?", "", false},
        {"?", "ab", false},
        {"log_?", "log_a", true},
        {"log_?", "log_", false},
        {"log_?*", "log_abc", true},
        {"a*b*c", "abc", true},
        {"a*b*c", "a_b_b_c", true},
        {"a*b*c", "acb", false},
        {"a*b*c", "abcb", false},
        {"*aab", "aaaab", true},
        {"*ab?", "abab", false},
        {"*ab?", "ababc", true},
        {"Calls*", "calls", false},
        {"a*", "\xc3\xa9", false},
        {"??", "\xc3\xa9", true},
        {"", "", true},
        {"", "a", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (matches(cases[i].pattern, cases[i].name) != cases[i].matches)
            fail_msg("%s, %s", cases[i].pattern, cases[i].name);
}

/* In a part written in double quotes * and ? are themselves. */
static void test_literals(void **state)
{
    (void)state;
    const struct table_name literal = {.schema = "a?p", .name = "log*"};
    assert_true(table_name_matches(&literal, "a?p", "log*"));
    assert_false(table_name_matches(&literal, "app", "log*"));
    assert_false(table_name_matches(&literal, "a?p", "logs"));
    const struct table_name schemas = {.schema = "a?p", .name = "log*", .schema_is_pattern = true};
    assert_true(table_name_matches(&schemas, "app", "log*"));
    assert_false(table_name_matches(&schemas, "app", "logs"));
    assert_false(table_name_matches(&schemas, "apps", "log*"));
}

static void test_tables_and_columns(void **state)
{
    (void)state;
    struct catalog_column columns[] = {{.name = "id"}, {.name = "ID"}};
    struct catalog_table tables[] = {
        {.schema = "app", .name = "calls", .columns = columns, .column_count = 2},
        {.schema = "app", .name = "Calls", .parent = &tables[0]},
        {.schema = "app", .name = "part", .parent = &tables[1]},
    };
    struct catalog catalog = {.tables = tables, .table_count = 3};
    catalog_index(&catalog);
    const struct table_name upper = {.schema = "app", .name = "Calls"};
    const struct table_name other = {.schema = "App", .name = "calls"};
    assert_ptr_equal(catalog_find_table(&catalog, &upper), &tables[1]);
    assert_null(catalog_find_table(&catalog, &other));
    assert_ptr_equal(catalog_find_column(&tables[0], "ID"), &columns[1]);
    assert_null(catalog_find_column(&tables[0], "Id"));
    assert_null(catalog_find_column(&tables[1], "id"));
    assert_ptr_equal(catalog_root(&tables[2]), &tables[0]);
    assert_ptr_equal(catalog_root(&tables[0]), &tables[0]);
    assert_int_equal(tables[0].child_count, 1);
    assert_ptr_equal(tables[0].children[0], &tables[1]);
    arena_free(&catalog.arena);
}

/* Windows that are written differently and mean the same share a cutoff; 1 month is not 30 days,
 * and whole periods end elsewhere. */
static void test_cutoffs(void **state)
{
    (void)state;
    struct catalog_cutoff cutoffs[] = {{.window = {.months = 1}},
                                       {.window = {.days = 30}},
                                       {.window = {.months = 1, .days = 30}},
                                       {.window = {.months = 1}, .period = PERIOD_WEEK}};
    const struct catalog catalog = {.cutoffs = cutoffs, .cutoff_count = 4};
    assert_ptr_equal(
        catalog_find_cutoff(&catalog, &(struct window){.months = 1, .text = "P1M"}, PERIOD_NONE),
        &cutoffs[0]);
    assert_ptr_equal(catalog_find_cutoff(&catalog, &(struct window){.days = 30}, PERIOD_NONE),
                     &cutoffs[1]);
    assert_ptr_equal(
        catalog_find_cutoff(&catalog, &(struct window){.months = 1, .days = 30}, PERIOD_NONE),
        &cutoffs[2]);
    assert_null(catalog_find_cutoff(&catalog, &(struct window){.months = 2}, PERIOD_NONE));
    assert_ptr_equal(catalog_find_cutoff(&catalog, &(struct window){.months = 1}, PERIOD_WEEK),
                     &cutoffs[3]);
    assert_null(catalog_find_cutoff(&catalog, &(struct window){.months = 1}, PERIOD_MONTH));
}

/* An expression is known by its place in the policy: equal texts elsewhere are other ones. */
static void test_rejections(void **state)
{
    (void)state;
    char first[] = "kept", second[] = "kept";
    struct catalog_table tables[2] = {0};
    struct catalog_rejection rejections[] = {{.expression = first, .table = &tables[0]},
                                             {.expression = first, .table = &tables[1]}};
    const struct catalog catalog = {.rejections = rejections, .rejection_count = 2};
    assert_ptr_equal(catalog_find_rejection(&catalog, first, &tables[1]), &rejections[1]);
    assert_null(catalog_find_rejection(&catalog, second, &tables[0]));
    assert_null(catalog_find_rejection(&catalog, first, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_matches),  cmocka_unit_test(test_patterns),
        cmocka_unit_test(test_literals), cmocka_unit_test(test_tables_and_columns),
        cmocka_unit_test(test_cutoffs),  cmocka_unit_test(test_rejections),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
