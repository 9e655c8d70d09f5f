/* test_check.c - which mask may stand on which column, and the words for those that may not. */
#include "mask/mask.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct catalog_column column(const char *base_type)
{
    return (struct catalog_column){
        .name = "c", .quoted = "c", .type = base_type, .base_type = base_type};
}

/* `code` is NULL where the mask may stand. */
static struct error assert_check(struct policy_mask mask, struct catalog_column column,
                                 const char *code)
{
    struct error err = {0};
    const char *found = NULL;
    int result = mask_check(&mask, &column, &found, &err);
    if (code == NULL) {
        if (result != 0)
            fail_msg("%s on %s: %s", mask_name(mask.kind), column.type, err.message);
        return err;
    }
    assert_int_equal(result, -1);
    assert_string_equal(found, code);
    assert_true(err.message[0] != '\0' && err.hint[0] != '\0');
    assert_int_equal(err.status, EXIT_FINDINGS);
    return err;
}

static const char *const types[] = {
    "text",  "varchar", "bpchar", "citext",    "inet",        "cidr", "uuid",    "bytea", "json",
    "jsonb", "_text",   "date",   "timestamp", "timestamptz", "int4", "numeric", "bool"};

enum { TYPES = sizeof types / sizeof types[0] };

/* One letter a type, in the order above. */
static const struct {
    struct policy_mask mask;
    const char *allowed;
} table[] = {
    {{.kind = MASK_NULL}, "yyyyyyyyyyyyyyyyy"},
    {{.kind = MASK_DEFAULT}, "yyyyyyyyyyyyyyyyy"},
    {{.kind = MASK_FIXED, .text = "x"}, "yyyyyyyyyyyyyyyyy"},
    {{.kind = MASK_EMPTY}, "yyyynnnyyyynnnnnn"},
    {{.kind = MASK_UNIQUE}, "yyyynnynnnnnnnnnn"},
    {{.kind = MASK_IP_NETWORK}, "yyyyyynnnnnnnnnnn"},
    {{.kind = MASK_PHONE_PREFIX, .number = 3}, "yyyynnnnnnnnnnnnn"},
    {{.kind = MASK_FLOOR, .text = "month"}, "nnnnnnnnnnnyyynnn"},
    {{.kind = MASK_JSON_DROP}, "nnnnnnnnyynnnnnnn"},
    {{.kind = MASK_JSON_KEEP}, "nnnnnnnnyynnnnnnn"},
    {{.kind = MASK_KEYED_HASH}, "yyyynnnnnnnnnnnnn"},
};

static void test_types(void **state)
{
    (void)state;
    for (size_t m = 0; m < sizeof table / sizeof table[0]; m++)
        for (size_t t = 0; t < TYPES; t++) {
            struct catalog_column c = column(types[t]);
            c.default_sql = "'x'";
            assert_check(table[m].mask, c, table[m].allowed[t] == 'y' ? NULL : "mask-type");
        }
    struct error err = assert_check((struct policy_mask){.kind = MASK_FLOOR, .text = "day"},
                                    column("text"), "mask-type");
    assert_string_equal(err.message, "mask floor cannot stand on column c of type text");
    assert_string_equal(err.hint, "It works on these types: date, timestamp, timestamptz.");
}

static void test_floor_below_the_precision(void **state)
{
    (void)state;
    const char *const units[] = {"hour", "day", "week", "month", "quarter", "year"};
    for (size_t i = 0; i < 6; i++) {
        const struct policy_mask mask = {.kind = MASK_FLOOR, .text = units[i]};
        assert_check(mask, column("date"), i < 2 ? "mask-type" : NULL);
        assert_check(mask, column("timestamptz"), NULL);
    }
}

static void test_places(void **state)
{
    (void)state;
    const struct policy_mask mask = {.kind = MASK_UNIQUE};
    struct catalog_column c = column("text");
    c.is_referenced = true;
    assert_check(mask, c, "mask-referenced");
    c.in_primary_key = true;
    assert_check(mask, c, "mask-primary-key");
    c.in_partition_key = true;
    assert_check(mask, c, "mask-partition-key");
    c.is_generated = true;
    assert_check(mask, c, "mask-generated");
}

static void test_not_null(void **state)
{
    (void)state;
    struct catalog_column c = column("text");
    c.not_null = true;
    assert_check((struct policy_mask){.kind = MASK_NULL}, c, "mask-not-null");
    assert_check((struct policy_mask){.kind = MASK_EMPTY}, c, NULL);
    c.default_sql = "NULL::character varying";
    assert_check((struct policy_mask){.kind = MASK_DEFAULT}, c, "mask-not-null");
    c.default_sql = "'NULL'::text";
    assert_check((struct policy_mask){.kind = MASK_DEFAULT}, c, NULL);
    c.in_unique = true;
    struct error err = assert_check((struct policy_mask){.kind = MASK_NULL}, c, "mask-not-null");
    assert_string_equal(err.hint, "Use another mask, such as unique.");
}

static void test_default(void **state)
{
    (void)state;
    struct catalog_column c = column("int4");
    assert_check((struct policy_mask){.kind = MASK_DEFAULT}, c, "mask-default");
    c.default_sql = "nextval('s')";
    c.default_is_volatile = true;
    assert_check((struct policy_mask){.kind = MASK_DEFAULT}, c, "mask-default");
    assert_check((struct policy_mask){.kind = MASK_NULL}, c, NULL);
}

static void test_unique(void **state)
{
    (void)state;
    for (size_t m = 0; m < sizeof table / sizeof table[0]; m++) {
        enum mask_kind kind = table[m].mask.kind;
        struct catalog_column c =
            column(kind == MASK_FLOOR                                 ? "date"
                   : kind == MASK_JSON_DROP || kind == MASK_JSON_KEEP ? "jsonb"
                                                                      : "text");
        c.in_unique = true;
        c.default_sql = "''";
        bool keeps = kind == MASK_NULL || kind == MASK_UNIQUE || kind == MASK_KEYED_HASH;
        assert_check(table[m].mask, c, keeps ? NULL : "mask-unique");
    }
}

static void assert_length(struct policy_mask mask, int least)
{
    struct catalog_column c = column("varchar");
    for (c.max_length = least - 1; c.max_length <= least; c.max_length++)
        if (c.max_length > 0)
            assert_check(mask, c, c.max_length < least ? "mask-length" : NULL);
}

static void test_length(void **state)
{
    (void)state;
    assert_length((struct policy_mask){.kind = MASK_UNIQUE}, 16);
    assert_length((struct policy_mask){.kind = MASK_KEYED_HASH}, 76);
    assert_length((struct policy_mask){.kind = MASK_FIXED, .text = "abc"}, 3);
    assert_length((struct policy_mask){.kind = MASK_FIXED, .text = "\xc3\xa9\xf0\x9f\x98\x80"}, 2);
    assert_length((struct policy_mask){.kind = MASK_EMPTY}, 1);
    assert_length((struct policy_mask){.kind = MASK_IP_NETWORK}, 1);
    assert_length((struct policy_mask){.kind = MASK_PHONE_PREFIX, .number = 6}, 1);
}

static void assert_path(const char *path, const char *code)
{
    const char *items[] = {"$.fine", path};
    assert_check((struct policy_mask){.kind = MASK_JSON_DROP, .items = items, .item_count = 2},
                 column("jsonb"), code);
}

static void test_paths(void **state)
{
    (void)state;
    static const char *const good[] = {
        "$.a",         "$.a.b",
        "$.a[*].b",    "$.**.k",
        "$.\"a b\"",   "$.\"a\\\"\\\\\"",
        "$[*].a",      "$.a.*",
        "$.a[*][*].b", "$.\xc3\xa9t\xc3\xa9",
        "$.$a_1",      "$.**.**.a",
        "$.\"\"",      "$.\"\\\\\"",
    };
    static const char *const bad[] = {
        "",         "a",     "$",    "$.",    "$a",    "$.a.",       "$.a[*]",     "$.**",
        "$.a[0].b", "$.a-b", "$.1a", "$.a b", "$.\"a", "$.\"a\\",    "$.\"a\\n\"", "$.a ? (@ > 1)",
        "$..a",     "$.a[*", "$ .a", "$.a;",  "$.***", "strict $.a", "$.\"a\"b",
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_path(good[i], NULL);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_path(bad[i], "mask-path");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_types),   cmocka_unit_test(test_floor_below_the_precision),
        cmocka_unit_test(test_places),  cmocka_unit_test(test_not_null),
        cmocka_unit_test(test_default), cmocka_unit_test(test_unique),
        cmocka_unit_test(test_length),  cmocka_unit_test(test_paths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
