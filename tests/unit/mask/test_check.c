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
    "text", "varchar",   "bpchar",      "citext",                             /* 4 */
    "inet", "cidr",      "_inet",       "_cidr",                              /* 8 */
    "uuid", "bytea",     "json",        "jsonb",    "_text",                  /* 13 */
    "date", "timestamp", "timestamptz", "time",                               /* 17 */
    "int2", "int4",      "int8",        "numeric",  "float4", "float8",       /* 23 */
    "bool", "macaddr",   "macaddr8",    "interval", "timetz", "mood",   "xml" /* 30 */
};

enum { TYPES = sizeof types / sizeof types[0] };

/* One letter a type, in the order above. */
static const struct {
    struct policy_mask mask;
    const char *allowed;
} table[] = {
    {{.kind = MASK_NULL}, "yyyy yyyy yyyyy yyyy yyyyyy yyyyyyy"},
    {{.kind = MASK_DEFAULT}, "yyyy yyyy yyyyy yyyy yyyyyy yyyyyyy"},
    {{.kind = MASK_FIXED, .text = "x"}, "yyyy yyyy yyyyy yyyy yyyyyy yyyyyyy"},
    {{.kind = MASK_EMPTY}, "yyyy nnyy nyyyy nnnn nnnnnn nnnnnnn"},
    {{.kind = MASK_UNIQUE}, "yyyy nnnn ynnnn nnnn nnnnnn nnnnnnn"},
    {{.kind = MASK_IP_NETWORK}, "yyyy yyyy nnnnn nnnn nnnnnn nnnnnnn"},
    {{.kind = MASK_PHONE_PREFIX, .number = 3}, "yyyy nnnn nnnnn nnnn nnnnnn nnnnnnn"},
    {{.kind = MASK_FLOOR, .text = "month"}, "nnnn nnnn nnnnn yyyn nnnnnn nnnnnnn"},
    {{.kind = MASK_FLOOR, .text = "hour"}, "nnnn nnnn nnnnn nyyy nnnnnn nnnnnnn"},
    {{.kind = MASK_BUCKET, .text = "10"}, "nnnn nnnn nnnnn nnnn yyyyyy nnnnnnn"},
    {{.kind = MASK_BUCKET, .text = "0.5"}, "nnnn nnnn nnnnn nnnn nnnyyy nnnnnnn"},
    {{.kind = MASK_EMAIL_DOMAIN}, "yyyy nnnn nnnnn nnnn nnnnnn nnnnnnn"},
    {{.kind = MASK_URL_ORIGIN}, "yyyy nnnn nnnnn nnnn nnnnnn nnnnnnn"},
    {{.kind = MASK_AGENT_FAMILY}, "yyyy nnnn nnnnn nnnn nnnnnn nnnnnnn"},
    {{.kind = MASK_JSON_DROP}, "nnnn nnnn nnyyn nnnn nnnnnn nnnnnnn"},
    {{.kind = MASK_JSON_KEEP}, "nnnn nnnn nnyyn nnnn nnnnnn nnnnnnn"},
    {{.kind = MASK_KEYED_HASH}, "yyyy nnnn nnnnn nnnn nnnnnn nnnnnnn"},
};

static void test_types(void **state)
{
    (void)state;
    bool met[MASK_KINDS] = {false};
    for (size_t m = 0; m < sizeof table / sizeof table[0]; m++) {
        const char *allowed = table[m].allowed;
        met[table[m].mask.kind] = true;
        for (size_t t = 0; t < TYPES; t++) {
            allowed += *allowed == ' ';
            struct catalog_column c = column(types[t]);
            c.type = types[t][0] == '_' ? "x[]" : types[t];
            c.default_sql = "'x'";
            assert_check(table[m].mask, c, *allowed++ == 'y' ? NULL : "mask-type");
        }
        assert_int_equal(*allowed, '\0');
    }
    for (int kind = 0; kind < MASK_KINDS; kind++)
        assert_true(met[kind]);
    struct error err = assert_check((struct policy_mask){.kind = MASK_FLOOR, .text = "day"},
                                    column("text"), "mask-type");
    assert_string_equal(err.message, "mask floor cannot stand on column c of type text");
    assert_string_equal(err.hint, "It works on these types: date, timestamp, timestamptz, time.");
}

/* A hash cannot stand in a number or an address; the hint says why. */
static void test_hash_is_text(void **state)
{
    (void)state;
    static const char *const others[] = {"int8", "inet", "uuid", "bytea", "numeric"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct error err = assert_check((struct policy_mask){.kind = MASK_KEYED_HASH},
                                        column(others[i]), "mask-type");
        assert_string_equal(err.hint,
                            "A hash is text of 76 characters, so it works on these types: "
                            "text, varchar, char, citext.");
    }
}

/* Only arrays have names that begin with _ and types that end with ]; domains hide the latter. */
static void test_array_or_not(void **state)
{
    (void)state;
    const struct policy_mask mask = {.kind = MASK_EMPTY};
    struct catalog_column c = column("_mood");
    c.type = "public._mood";
    assert_check(mask, c, "mask-type");
    c.type = "public.mood[]";
    assert_check(mask, c, NULL);
    c.type = "public.moods";
    assert_check(mask, c, "mask-type");
    c.is_domain = true;
    assert_check(mask, c, NULL);
    c.base_type = "mood";
    assert_check(mask, c, "mask-type");
}

static void assert_bucket(const char *width, int precision, int scale, const char *hint)
{
    struct catalog_column c = column("numeric");
    c.precision = precision;
    c.scale = scale;
    struct error err = assert_check((struct policy_mask){.kind = MASK_BUCKET, .text = width}, c,
                                    hint == NULL ? NULL : "mask-type");
    if (hint != NULL)
        assert_string_equal(err.hint, hint);
}

/* A bucket finer than the column's last place, or as fine, would change nothing. */
static void test_bucket_and_places(void **state)
{
    (void)state;
    static const char hundredths[] = "Use a multiple of 1e-2, but not that number itself.";
    static const char hundreds[] = "Use a multiple of 1e2, but not that number itself.";
    static const char whole[] = "Use a whole number above 1.";
    assert_bucket("0.25", 8, 2, NULL);
    assert_bucket("0.020", 8, 2, NULL);
    assert_bucket("0.1", 8, 2, NULL);
    assert_bucket("11", 8, 2, NULL);
    assert_bucket("1", 8, 2, NULL);
    assert_bucket("0.01", 8, 2, hundredths);
    assert_bucket("0.010", 8, 2, hundredths);
    assert_bucket("0.125", 8, 2, hundredths);
    assert_bucket("0.001", 8, 2, hundredths);
    assert_bucket("200", 5, -2, NULL);
    assert_bucket("1000", 5, -2, NULL);
    assert_bucket("100", 5, -2, hundreds);
    assert_bucket("250", 5, -2, hundreds);
    assert_bucket("1", 5, 0, whole);
    assert_bucket("1.0", 5, 0, whole);
    assert_bucket("2.0", 5, 0, NULL);
    assert_bucket("0.000000000001", 0, 0, NULL);
    struct error err = assert_check((struct policy_mask){.kind = MASK_BUCKET, .text = "1"},
                                    column("int8"), "mask-type");
    assert_string_equal(err.message, "mask bucket 1 does not suit column c of type int8");
    assert_string_equal(err.hint, whole);
    assert_check((struct policy_mask){.kind = MASK_BUCKET, .text = "0.001"}, column("float4"),
                 NULL);
}

static void test_floor_below_the_precision(void **state)
{
    (void)state;
    const char *const units[] = {"hour", "day", "week", "month", "quarter", "year"};
    for (size_t i = 0; i < 6; i++) {
        const struct policy_mask mask = {.kind = MASK_FLOOR, .text = units[i]};
        assert_check(mask, column("date"), i < 2 ? "mask-type" : NULL);
        assert_check(mask, column("timestamptz"), NULL);
        assert_check(mask, column("time"), i == 0 ? NULL : "mask-type");
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
            column(kind == MASK_FLOOR                                 ? "timestamp"
                   : kind == MASK_BUCKET                              ? "numeric"
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
    assert_length((struct policy_mask){.kind = MASK_EMAIL_DOMAIN}, 21);
    assert_length((struct policy_mask){.kind = MASK_URL_ORIGIN}, 1);
    assert_length((struct policy_mask){.kind = MASK_AGENT_FAMILY}, 1);
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
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_hash_is_text),
        cmocka_unit_test(test_array_or_not),
        cmocka_unit_test(test_bucket_and_places),
        cmocka_unit_test(test_floor_below_the_precision),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_not_null),
        cmocka_unit_test(test_default),
        cmocka_unit_test(test_unique),
        cmocka_unit_test(test_length),
        cmocka_unit_test(test_paths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
