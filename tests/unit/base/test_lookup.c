/* test_lookup.c - finds what was filed, and nothing else. */
#include "base/lookup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { MANY = 5000 };

static void test_empty(void **state)
{
    (void)state;
    struct lookup lookup = {0};
    assert_null(lookup_find(&lookup, "", NULL));
    assert_null(lookup_find(&lookup, "a", "b"));
}

/* Every name once more is refused, with what is there; no other name is found. */
static void test_many(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct lookup lookup = {0};
    static int values[MANY];
    for (int i = 0; i < MANY; i++)
        assert_null(
            lookup_add(&lookup, &arena, arena_printf(&arena, "name %d", i), NULL, &values[i]));
    assert_int_equal(lookup.count, MANY);
    for (int i = 0; i < MANY; i++) {
        const char *name = arena_printf(&arena, "name %d", i);
        assert_ptr_equal(lookup_find(&lookup, name, NULL), &values[i]);
        assert_ptr_equal(lookup_add(&lookup, &arena, name, NULL, &values[0]), &values[i]);
        assert_null(lookup_find(&lookup, arena_printf(&arena, "name %d", MANY + i), NULL));
    }
    assert_int_equal(lookup.count, MANY);
    arena_free(&arena);
}

static void test_parts(void **state)
{
    (void)state;
    static const struct {
        const char *first, *second;
    } names[] = {{"ab", "c"}, {"a", "bc"}, {"abc", ""}, {"abc", NULL}, {"", "abc"}, {"a", "b"},
                 {"A", "b"},  {"b", "a"},  {"", ""},    {"", NULL},    {"a", ""},   {"", "a"}};
    enum { COUNT = sizeof names / sizeof *names };
    struct arena arena = {0};
    struct lookup lookup = {0};
    for (int i = 0; i < COUNT; i++)
        assert_null(lookup_add(&lookup, &arena, names[i].first, names[i].second, &names[i]));
    for (int i = 0; i < COUNT; i++)
        assert_ptr_equal(lookup_find(&lookup, names[i].first, names[i].second), &names[i]);
    assert_null(lookup_find(&lookup, "a", NULL));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
