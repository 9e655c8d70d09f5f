/* test_cap.c - the cap, --cap, obligations and their reviews, holds past their date. */
#include "parsed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#define HEAD "pgretain: 1\npolicy: t\n"
#define RULES "rules: [{table: a.b, category: c, clock: at, action: purge}]\n"

static struct parsed parse_capped(const char *text, int months, int days)
{
    const struct window cap = {.months = months, .days = days, .text = "OPTION"};
    return parse_with(text, strlen(text), &cap);
}

static void test_option_tightens(void **state)
{
    (void)state;
    struct parsed parsed =
        parse_capped(HEAD "cap: 18 months\ncategories: {c: {keep: 3 months}}\n" RULES, 12, 0);
    assert_non_null(parsed.policy);
    assert_int_equal(parsed.policy->cap.months, 12);
    assert_string_equal(parsed.policy->cap.text, "OPTION");
    parsed_free(&parsed);
}

static void test_option_never_loosens(void **state)
{
    (void)state;
    struct parsed parsed =
        parse_capped(HEAD "cap: 18 months\ncategories: {c: {keep: 3 months}}\n" RULES, 36, 0);
    assert_int_equal(parsed.policy->cap.months, 18);
    parsed_free(&parsed);
    parsed = parse_capped(HEAD "cap: 18 months\ncategories: {c: {keep: 20 months}}\n" RULES, 36, 0);
    assert_null(parsed.policy);
    assert_non_null(strstr(buffer_text(&parsed.shown), "beyond the cap of 18 months"));
    parsed_free(&parsed);
}

static void test_option_binds_categories(void **state)
{
    (void)state;
    struct parsed parsed = parse_capped(HEAD "categories: {c: {keep: 13 months}}\n" RULES, 12, 0);
    assert_null(parsed.policy);
    assert_int_equal(parsed.diagnostics.errors, 1);
    assert_non_null(strstr(buffer_text(&parsed.shown),
                           "test.yaml:3:24: error: category \"c\" keeps "
                           "for 13 months, beyond the cap of OPTION"));
    parsed_free(&parsed);
    parsed = parse_capped(HEAD "categories: {c: {keep: 13 months, obligation: {law: l, review: "
                               "2027-01-01}}}\n" RULES,
                          12, 0);
    assert_non_null(parsed.policy);
    parsed_free(&parsed);
}

static void test_option_not_comparable(void **state)
{
    (void)state;
    struct parsed parsed =
        parse_capped(HEAD "cap: 1 month\ncategories: {c: {keep: 1 day}}\n" RULES, 0, 30);
    assert_null(parsed.policy);
    assert_non_null(strstr(buffer_text(&parsed.shown),
                           "test.yaml:3:6: error: the cap of 1 month and --cap OPTION exceed each "
                           "other on some dates"));
    parsed_free(&parsed);
}

static void test_raised(void **state)
{
    (void)state;
    static const struct {
        const char *cap;
        bool is_raised;
    } cases[] = {{"24 months", false},
                 {"2 years", false},
                 {"730 days", false},
                 {"731 days", true},
                 {"25 months", true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = {0};
        struct parsed parsed = parse(arena_printf(
            &arena, HEAD "cap: %s\ncap_reason: r\ncategories: {c: {keep: 1 day}}\n" RULES,
            cases[i].cap));
        assert_non_null(parsed.policy);
        assert_int_equal(parsed.policy->cap_raised, cases[i].is_raised);
        parsed_free(&parsed);
        arena_free(&arena);
    }
}

static void test_reviews(void **state)
{
    (void)state;
    static const struct {
        const char *review;
        bool has_lapsed;
    } cases[] = {{"2026-11-22", true}, {"2026-11-23", true}, {"2026-11-24", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = {0};
        struct parsed parsed = parse(arena_printf(
            &arena,
            HEAD "categories: {c: {keep: 9 years, obligation: {law: l, review: %s}}}\n" RULES,
            cases[i].review));
        assert_non_null(parsed.policy);
        assert_int_equal(parsed.policy->categories[0].review_lapsed, cases[i].has_lapsed);
        assert_int_equal(parsed.diagnostics.count, cases[i].has_lapsed);
        assert_int_equal(parsed.diagnostics.errors, 0);
        if (cases[i].has_lapsed)
            assert_non_null(strstr(buffer_text(&parsed.shown),
                                   "test.yaml:3:62: warning: the review of this obligation"));
        parsed_free(&parsed);
        arena_free(&arena);
    }
}

static void test_hold_dates(void **state)
{
    (void)state;
    static const struct {
        const char *until;
        bool has_passed;
    } cases[] = {{"2026-11-22", true}, {"2026-11-23", false}, {"2026-11-24", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = {0};
        struct parsed parsed = parse(
            arena_printf(&arena,
                         HEAD "categories: {c: {keep: 1 day}}\nholds: [{id: h, reason: r, table: "
                              "a.b, where: x, until: %s}]\n" RULES,
                         cases[i].until));
        assert_non_null(parsed.policy);
        assert_int_equal(parsed.policy->holds[0].until_passed, cases[i].has_passed);
        assert_string_equal(parsed.policy->holds[0].until, cases[i].until);
        assert_int_equal(parsed.diagnostics.count, cases[i].has_passed);
        parsed_free(&parsed);
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_option_tightens),
        cmocka_unit_test(test_option_never_loosens),
        cmocka_unit_test(test_option_binds_categories),
        cmocka_unit_test(test_option_not_comparable),
        cmocka_unit_test(test_raised),
        cmocka_unit_test(test_reviews),
        cmocka_unit_test(test_hold_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
