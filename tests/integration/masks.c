/*
 * masks.c - every mask on a real server: laws over hostile values, and expected results
 *
 * Needs a server as scripts/pg-temp starts one.
 */
#include "mask_oracle.h"
#include "mask_subject.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* One value and what becomes of it. */
struct example {
    const char *before;
    const char *after; /* NULL: SQL NULL */
};

/* Expected values that are not written out. */
static const char same[] = "(unchanged)";
static const char any[] = "(anything else)";

static void check_row(const struct example *example, const PGresult *rows, int row)
{
    const char *before = PQgetvalue(rows, row, 0);
    const char *after = PQgetisnull(rows, row, 1) ? NULL : PQgetvalue(rows, row, 1);
    const char *expected = example->after == same ? before : example->after;
    bool good = expected == NULL  ? after == NULL
                : expected == any ? after != NULL && strcmp(after, before) != 0
                                  : after != NULL && strcmp(after, expected) == 0;
    if (!good)
        fail_msg("%.200s became %.200s, not %.200s", before, after == NULL ? "NULL" : after,
                 expected == NULL ? "NULL" : expected);
}

static void check_examples(struct subject *subject, const struct example *examples, size_t count)
{
    make_table(subject);
    for (size_t i = 0; i < count; i++)
        insert(subject, examples[i].before);
    check_laws(subject);
    PGresult *rows = session_rows(session, "SELECT before, value::text FROM public.d ORDER BY id");
    for (size_t i = 0; i < count; i++)
        check_row(&examples[i], rows, (int)i);
    PQclear(rows);
}

#define CHECK(mask, type, base_type, ...)                                                          \
    do {                                                                                           \
        struct subject on = subject((struct policy_mask)mask, type, base_type);                    \
        const struct example list[] = {__VA_ARGS__, {NULL, NULL}};                                 \
        on.column.max_length = length_of(type);                                                    \
        check_examples(&on, list, sizeof list / sizeof list[0] - (gives_value(&on) ? 1 : 0));      \
        arena_free(&on.arena);                                                                     \
    } while (0)

#define MASK(...)                                                                                  \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }

/* Every text type, with a nondeterministic collation and a domain. */
static const struct {
    const char *type;
    const char *base_type;
} text_types[] = {
    {"text", "text"},
    {"text COLLATE public.blind", "text"},
    {"character varying(64)", "varchar"},
    {"character(64)", "bpchar"},
    {"public.citext", "citext"},
    {"public.short_text", "text"},
};

enum { TEXT_TYPES = sizeof text_types / sizeof text_types[0] };

static const char *const hostile_texts[] = {
    NULL,
    "",
    " ",
    "\\",
    "\\x41",
    "'",
    "''; select 1 --",
    "\"",
    "%s%n",
    "\xf0\x9f\x98\x80 smile",
    "a\nb",
    "\t",
    "NULL",
    "null",
    "{}",
    "unknown",
    "10.0.0.1, 10.0.0.2",
    "1.2.3.4/24",
    "1.2.3.4/33",
    "999.1.1.1",
    "01.2.3.4",
    "fe80::1%eth0",
    "::ffff:1.2.3.4",
    "::ffff:1.2.3.4/96",
    "::",
    "1:2:3:4:5:6:7::",
    "+33612345678",
    "(0)1",
    "erased",
    "ERASED",
    "erased-0123456789abcdef",
    "h1:00000000:",
    "\xe2\x80\xae"
    "evil",
    "$1",
    "$.a",
    "[1,2]",
    "2026-01-01",
    "infinity",
};

static struct subject text_subject(struct policy_mask mask, size_t type)
{
    struct subject on = subject(mask, text_types[type].type, text_types[type].base_type);
    on.column.max_length = length_of(text_types[type].type);
    return on;
}

static void check_hostile_texts(struct policy_mask mask)
{
    for (size_t type = 0; type < TEXT_TYPES; type++) {
        struct subject on = text_subject(mask, type);
        make_table(&on);
        if (strstr(on.column.type, " COLLATE") != NULL)
            on.column.type = "text";
        for (size_t i = 0; i < sizeof hostile_texts / sizeof hostile_texts[0]; i++)
            insert(&on, hostile_texts[i]);
        bool is_big = type == 0 && (mask.number == 0 || mask.number == 4);
        if (is_big)
            session_run(session, "INSERT INTO public.d (value) VALUES (repeat('7a\\', 349526)), "
                                 "(repeat('1', 1048576)), (repeat(' \xf0\x9f\x98\x80', 209715))");
        check_laws(&on);
        arena_free(&on.arena);
    }
}

static void test_text_laws(void **state)
{
    (void)state;
    check_hostile_texts((struct policy_mask){.kind = MASK_NULL});
    check_hostile_texts((struct policy_mask){.kind = MASK_DEFAULT});
    check_hostile_texts((struct policy_mask){.kind = MASK_FIXED, .text = "erased"});
    check_hostile_texts((struct policy_mask){.kind = MASK_FIXED, .text = "\\'\"%$1"});
    check_hostile_texts((struct policy_mask){.kind = MASK_EMPTY});
    check_hostile_texts((struct policy_mask){.kind = MASK_IP_NETWORK});
    for (int n = 1; n <= 6; n++)
        check_hostile_texts((struct policy_mask){.kind = MASK_PHONE_PREFIX, .number = n});
}

/* unique and keyed_hash need room: on every type but with their own lengths. */
static void test_unique_and_hash_laws(void **state)
{
    (void)state;
    check_hostile_texts((struct policy_mask){.kind = MASK_UNIQUE});
    for (size_t type = 0; type < TEXT_TYPES; type++)
        if (length_of(text_types[type].type) == 0) {
            struct subject on = text_subject((struct policy_mask){.kind = MASK_KEYED_HASH}, type);
            make_table(&on);
            on.column.type = "text";
            for (size_t i = 0; i < sizeof hostile_texts / sizeof hostile_texts[0]; i++)
                insert(&on, hostile_texts[i]);
            check_laws(&on);
            arena_free(&on.arena);
        }
}

static void test_destroying_masks(void **state)
{
    (void)state;
    CHECK(MASK(.kind = MASK_NULL), "text", "text", {"a", NULL}, {"", NULL});
    CHECK(MASK(.kind = MASK_NULL), "public.pair", "pair", {"(1,)", NULL}, {"(,)", NULL},
          {"(1,2)", NULL});
    CHECK(MASK(.kind = MASK_FIXED, .text = "Erased"), "public.citext", "citext",
          {"erased", "Erased"}, {"Erased", "Erased"});
    CHECK(MASK(.kind = MASK_FIXED, .text = "ab"), "character(5)", "bpchar", {"ab", "ab"},
          {"x", "ab"}, {NULL, "ab"});
    CHECK(MASK(.kind = MASK_FIXED, .text = "{\"b\": 1,\"a\":2}"), "json", "json",
          {"{}", "{\"b\": 1,\"a\":2}"}, {"{\"b\": 1,\"a\":2}", same});
    CHECK(MASK(.kind = MASK_FIXED, .text = "0"), "numeric(8,2)", "numeric", {"1.5", "0.00"},
          {"NaN", "0.00"}, {NULL, "0.00"});
    CHECK(MASK(.kind = MASK_FIXED, .text = "-1"), "integer", "int4", {"7", "-1"}, {NULL, "-1"});
    CHECK(MASK(.kind = MASK_FIXED, .text = "1970-01-01"), "date", "date",
          {"infinity", "1970-01-01"}, {"2026-02-28", "1970-01-01"});
    CHECK(MASK(.kind = MASK_FIXED, .text = "(0,0)"), "point", "point", {"(1,2)", "(0,0)"});
    CHECK(MASK(.kind = MASK_EMPTY), "text[]", "_text", {"{a,NULL}", "{}"}, {"{}", same},
          {"[5:6]={a,b}", "{}"}, {"{{a},{b}}", "{}"});
    CHECK(MASK(.kind = MASK_EMPTY), "bytea", "bytea", {"\\x00ff", "\\x"}, {"\\x", same});
    CHECK(MASK(.kind = MASK_EMPTY), "jsonb", "jsonb", {"[1]", "{}"}, {"null", "{}"}, {"{}", same},
          {"7", "{}"});
    CHECK(MASK(.kind = MASK_EMPTY), "json", "json", {"[1]", "{}"}, {"{}", same});
    CHECK(MASK(.kind = MASK_EMPTY), "character(3)", "bpchar", {"ab", ""}, {"", ""});
}

static void test_default_uses_the_column_default(void **state)
{
    (void)state;
    struct subject on = subject((struct policy_mask){.kind = MASK_DEFAULT}, "text", "text");
    on.column.default_sql = "('a'::text || '''\\b'::text)";
    const struct example examples[] = {
        {"x", "a'\\b"}, {"a'\\b", same}, {NULL, "a'\\b"}, {"A'\\b", "a'\\b"}};
    check_examples(&on, examples, 4);
    arena_free(&on.arena);
}

static void check_unique_form(const char *type, const char *base_type, const char *pattern)
{
    struct subject on = subject((struct policy_mask){.kind = MASK_UNIQUE}, type, base_type);
    on.column.max_length = length_of(type);
    make_table(&on);
    session_runf(session,
                 "INSERT INTO public.d (value) SELECT v::%s FROM (SELECT %s FROM "
                 "generate_series(1, 20000) i UNION ALL SELECT NULL) x(v)",
                 type, base_type[0] == 'u' ? "md5(i::text)" : "i::text");
    check_laws(&on);
    session_run(session, "CREATE UNIQUE INDEX ON public.d (value)");
    struct sql sql = {.arena = &on.arena};
    sql_add(&sql, "SELECT count(*) FROM public.d WHERE value::text ~ ");
    sql_param(&sql, pattern, "text");
    assert_int_equal(number(&sql), 20000);
    arena_free(&on.arena);
}

static void test_unique(void **state)
{
    (void)state;
    const char uuid_form[] = "^erased-[0-9a-f]{8}-[0-9a-f-]{27}@erased[.]invalid$";
    check_unique_form("text", "text", uuid_form);
    check_unique_form("public.citext", "citext", uuid_form);
    check_unique_form("character varying(58)", "varchar", uuid_form);
    check_unique_form("character varying(57)", "varchar", "^erased-[0-9a-f]{16}@erased[.]invalid$");
    check_unique_form("character(38)", "bpchar", "^erased-[0-9a-f]{16}@erased[.]invalid$");
    check_unique_form("character varying(37)", "varchar", "^erased-[0-9a-f]{16}$");
    check_unique_form("character varying(23)", "varchar", "^erased-[0-9a-f]{16}$");
    check_unique_form("character varying(22)", "varchar", "^e-[0-9a-f]{14}$");
    check_unique_form("character(16)", "bpchar", "^e-[0-9a-f]{14}$");
    check_unique_form("uuid", "uuid", "^e5a5ed00-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-");
}

/* What one form left is done for every other: a column made longer is not erased again. */
static void test_unique_survives_longer_column(void **state)
{
    (void)state;
    CHECK(MASK(.kind = MASK_UNIQUE), "text", "text", {"e-0123456789abcd", same},
          {"erased-0123456789abcdef", same}, {"erased-0123456789abcdef@erased.invalid", same},
          {"erased-0123456789ABCDEF", any}, {"xerased-0123456789abcdef", any},
          {"erased-0123456789abcdef\n", any}, {"e-0123456789abcd@erased.invalid", any});
}

static void test_keyed_hash(void **state)
{
    (void)state;
    /* python3 -c 'import hmac; hmac.new(b"0123456789abcdef"*2, "…".encode(), "sha256")' */
    CHECK(MASK(.kind = MASK_KEYED_HASH), "text", "text", {"+33612345678", HASH_OF_PHONE},
          {"", HASH_OF_NOTHING}, {"caf\xc3\xa9\\", HASH_OF_CAFE},
          {"h1:0badf00d:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", same},
          {"h1:0badf00d:", any});
    CHECK(MASK(.kind = MASK_KEYED_HASH), "character(80)", "bpchar",
          {"+33612345678", HASH_OF_PHONE});
}

static void test_ip_network(void **state)
{
    (void)state;
    CHECK(MASK(.kind = MASK_IP_NETWORK), "inet", "inet", {"1.2.3.4", "1.2.3.0/24"},
          {"1.2.3.4/25", "1.2.3.0/24"}, {"10.1.2.3/8", "10.0.0.0/8"}, {"0.0.0.0/0", same},
          {"2001:db8:1:2::3", "2001:db8:1::/48"}, {"2001:db8::/32", same}, {"::1", "::/48"},
          {"::ffff:1.2.3.4", "1.2.3.0/24"}, {"::ffff:1.2.3.4/112", "1.2.0.0/16"},
          {"::ffff:1.2.3.4/64", "::/48"}, {"2002:102:304:5::6", "2002:102:300::/40"},
          {"2002:102:304:5::6/16", "2002::/16"}, {"255.255.255.255", "255.255.255.0/24"},
          {"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff::/48"});
    CHECK(MASK(.kind = MASK_IP_NETWORK), "cidr", "cidr", {"1.2.3.4", "1.2.3.0/24"},
          {"1.2.0.0/16", same}, {"2001:db8:1:2::/64", "2001:db8:1::/48"},
          {"::ffff:1.2.3.4", "1.2.3.0/24"});
    CHECK(MASK(.kind = MASK_IP_NETWORK), "character varying(39)", "varchar", {"1.2.3.4", "1.2.3.0"},
          {"1.2.3.4/24", "1.2.3.0/24"}, {"1.2.3.4/32", "1.2.3.0/24"}, {"10.1.2.3/8", "10.0.0.0/8"},
          {"1.2.3.4/33", ""}, {"1.2.3.4/", ""}, {"unknown", ""}, {"1.2.3.4, 5.6.7.8", ""},
          {"999.1.1.1", ""}, {"01.2.3.4", ""}, {"1.2.3", ""}, {" 1.2.3.4", ""}, {"1.2.3.4\n", ""},
          {"1.2.3.4:80", ""}, {"fe80::1%eth0", ""}, {"::ffff:1.2.3.4", "1.2.3.0"},
          {"::FFFF:1.2.3.4/128", "1.2.3.0/24"}, {"::ffff:102:304", "1.2.3.0"},
          {"2001:DB8:1:2::3", "2001:db8:1::"}, {"::1", "::"},
          {"2001:db8:1:2::/64", "2001:db8:1::/48"}, {"::", same}, {"1::2::3", ""}, {":::", ""},
          {"1:2:3:4:5:6:7:8:9", ""}, {"2002:102:304::1", "2002:102:300::"}, {"", same},
          {"12345::", ""}, {"g::", ""});
}

static void test_phone_prefix(void **state)
{
    (void)state;
    CHECK(MASK(.kind = MASK_PHONE_PREFIX, .number = 4), "text", "text",
          {"+33612345678", "+336XXXXXXXX"}, {"+33 6 12 34 56 78", "+33 X XX XX XX XX"},
          {"(020) 7946-0123", "(020) XXXX-XXXX"}, {"+336XXXXXXXX", same}, {"12345", "1XXXX"},
          {"1234", "XXXX"}, {"12", "XX"}, {"+1-2-3-4", "+X-X-X-X"}, {"", same},
          {"0612345678 ext 12", "0612XXXXXX XXX XX"}, {"Maria 0612345678", "XXXXX XXXXXXXXXX"},
          {"sip:ann@host.example", "XXXXXXXXXXXX.XXXXXXX"},
          {"\xd9\xa3\xd9\xa4\xd9\xa5\xd9\xa6\xd9\xa7\xd9\xa8", "XXXXXX"}, {"....", same});
    CHECK(MASK(.kind = MASK_PHONE_PREFIX, .number = 6), "character(16)", "bpchar",
          {"+14155550", "+1415XXXX"}, {"+14155550123", "+14155XXXXXX"}, {"      ", ""});
    CHECK(MASK(.kind = MASK_PHONE_PREFIX, .number = 1), "text", "text", {"+336", "+XXX"},
          {"+33612", "+XXXXX"}, {"0612345678", "0XXXXXXXXX"});
}

static void test_floor(void **state)
{
    (void)state;
    CHECK(MASK(.kind = MASK_FLOOR, .text = "month"), "timestamp with time zone", "timestamptz",
          {"2026-03-31 23:30:00+00", "2026-03-01 00:00:00+00"},
          {"2026-04-01 01:00:00+02", "2026-03-01 00:00:00+00"}, {"infinity", same},
          {"-infinity", same}, {"2026-03-01 00:00:00+00", same},
          {"294276-12-31 23:59:59+00", "294276-12-01 00:00:00+00"},
          {"4714-11-24 00:00:00+00 BC", "4713-01-01 00:00:00+00 BC"},
          {"0044-03-15 12:00:00+00 BC", "0044-03-01 00:00:00+00 BC"});
    CHECK(MASK(.kind = MASK_FLOOR, .text = "week"), "timestamp without time zone", "timestamp",
          {"2026-11-22 12:00:00", "2026-11-16 00:00:00"}, {"infinity", same},
          {"4714-11-24 00:00:00 BC", "4714-12-29 00:00:00 BC"});
    CHECK(MASK(.kind = MASK_FLOOR, .text = "hour"), "timestamp(3) with time zone", "timestamptz",
          {"2026-11-22 12:59:59.999+05:30", "2026-11-22 07:00:00+00"});
    CHECK(MASK(.kind = MASK_FLOOR, .text = "quarter"), "date", "date", {"2026-02-28", "2026-01-01"},
          {"2026-12-31", "2026-10-01"}, {"infinity", same});
    CHECK(MASK(.kind = MASK_FLOOR, .text = "year"), "date", "date", {"2024-02-29", "2024-01-01"},
          {"5874897-12-31", "294276-01-01"}, {"4714-11-24 BC", "4713-01-01 BC"},
          {"-infinity", same}, {"0001-06-01 BC", "0001-01-01 BC"});
    CHECK(MASK(.kind = MASK_FLOOR, .text = "day"), "timestamp with time zone", "timestamptz",
          {"2026-03-29 00:30:00+01", "2026-03-28 00:00:00+00"});
    session_run(session, "SET timezone = 'Pacific/Kiritimati'");
    CHECK(MASK(.kind = MASK_FLOOR, .text = "month"), "timestamp with time zone", "timestamptz",
          {"2026-03-31 23:30:00+00", "2026-03-01 14:00:00+14"});
    session_run(session, "SET timezone = 'UTC'");
}

static const char *one_path[] = {"$.a.b"};
static const char *element_path[] = {"$.calls[*].to", "$.\"x y\""};
static const char *deep_path[] = {"$.**.email"};

static void test_json_drop(void **state)
{
    (void)state;
    CHECK(MASK(.kind = MASK_JSON_DROP, .items = one_path, .item_count = 1), "jsonb", "jsonb",
          {"{\"a\": {\"b\": 1, \"c\": 2}}", "{\"a\": {\"c\": 2}}"},
          {"{\"a\": [{\"b\": 1}, 3, [{\"b\": 2}]]}", "{\"a\": [{}, 3, [{\"b\": 2}]]}"},
          {"{\"a\": 1}", same}, {"{\"b\": 1}", same}, {"[{\"a\": {\"b\": 1}}]", "[{\"a\": {}}]"},
          {"[]", same}, {"7", same}, {"null", same}, {"\"a.b\"", same},
          {"{\"a\": {\"b\": {\"deep\": [1]}}}", "{\"a\": {}}"});
    CHECK(MASK(.kind = MASK_JSON_DROP, .items = element_path, .item_count = 2), "jsonb", "jsonb",
          {"{\"x y\": 1, \"calls\": [{\"to\": \"+33\", \"n\": 1}, {\"to\": null}, 4]}",
           "{\"calls\": [{\"n\": 1}, {}, 4]}"},
          {"{\"calls\": {\"to\": 1}}", "{\"calls\": {}}"}, {"{\"calls\": []}", same});
    CHECK(MASK(.kind = MASK_JSON_DROP, .items = deep_path, .item_count = 1), "jsonb", "jsonb",
          {"{\"email\": 1, \"t\": \"\\\\\\\"email\\\\\\\": 1\", \"u\": [[[{\"email\": {}}]]]}",
           "{\"t\": \"\\\\\\\"email\\\\\\\": 1\", \"u\": [[[{}]]]}"},
          {"{\"k\": {\"k\": {\"k\": [{\"k\": {\"email\": 1, \"n\": 1.10}}]}}}",
           "{\"k\": {\"k\": {\"k\": [{\"k\": {\"n\": 1.10}}]}}}"},
          {"{\"a\": \"email\", \"\": [], \"\\\"}\": {}}", same});
    CHECK(MASK(.kind = MASK_JSON_DROP, .items = deep_path, .item_count = 1), "json", "json",
          {"{ \"email\":1,\"b\" : 1e400000, \"email\" :2 }", "{\"b\":1e400000}"},
          {"{\"a\":{\"email\":1},\"a\":2}", "{\"a\":{},\"a\":2}"},
          {"{ \"u\": \"\\u0000\\ud800\" }", same},
          {"{\"email\":1,\"u\":\"\\\\u0000\\u0000\\ud83d\\ude00\\ud83d\\udc\x30\x30\\udc00\"}",
           "{\"u\":\"\\u005cu0000\\ufffd\\ud83d\\ude00\\ud83d\\udc00\\ufffd\"}"},
          {"{\"email\":1,\"u\":\"\\ud800\\ud800x\",\"\\u0000\":2}",
           "{\"u\":\"\\ufffd\\ufffdx\",\"\xef\xbf\xbd\":2}"},
          {"[ 1 ]", same}, {"7", same});
}

static const char *keep_keys[] = {"plan", "q\"\\{,}", "a b"};

static void test_json_keep(void **state)
{
    (void)state;
    CHECK(
        MASK(.kind = MASK_JSON_KEEP, .items = keep_keys, .item_count = 3), "jsonb", "jsonb",
        {"{\"plan\": {\"x\": 1}, \"e\": 2}", "{\"plan\": {\"x\": 1}}"},
        {"[{\"e\": 1}, {\"a b\": 1}, \"Ann\", null, [1]]", "[{}, {\"a b\": 1}, null, null, null]"},
        {"\"Ann\"", "null"}, {"7", "null"}, {"true", "null"}, {"null", same}, {"{}", same},
        {"[]", same}, {"{\"e\": 1}", "{}"}, {"{\"q\\\"\\\\{,}\": 1}", same}, {"[1]", "[null]"});
    CHECK(MASK(.kind = MASK_JSON_KEEP, .items = keep_keys, .item_count = 3), "json", "json",
          {"{\"plan\": 1, \"e\": 1e400000}", "{ \"plan\" : 1 }"},
          {"{\"e\": 1, \"plan\": 1, \"plan\": \"\\ud800\\u0000\"}",
           "{ \"plan\" : 1, \"plan\" : \"\\ufffd\\ufffd\" }"},
          {"\"Ann\"", "null"}, {"[ {\"plan\":1 } ]", same});
}

static int open_session(void **state)
{
    (void)state;
    session = session_open("postgres");
    session_run(session, "DROP DATABASE IF EXISTS pgretain_masks");
    session_run(session, "CREATE DATABASE pgretain_masks TEMPLATE template0 ENCODING 'UTF8'");
    PQfinish(session);
    session = session_open("pgretain_masks");
    session_run(session, "CREATE EXTENSION citext; CREATE DOMAIN public.short_text AS text; "
                         "CREATE TYPE public.pair AS (a int, b int); "
                         "CREATE COLLATION public.blind (provider = icu, "
                         "locale = 'und-u-ks-level2', deterministic = false)");
    session_run(session, "SET timezone = 'UTC'; SET datestyle = 'ISO'");
    return 0;
}

static int close_session(void **state)
{
    (void)state;
    PQfinish(session);
    session = session_open("postgres");
    session_run(session, "DROP DATABASE pgretain_masks");
    PQfinish(session);
    return 0;
}

/* All of it again under the setting that makes backslashes in plain literals escapes. */
static int old_strings(void **state)
{
    (void)state;
    session_run(session, "SET standard_conforming_strings = off; SET escape_string_warning = off");
    return 0;
}

static int new_strings(void **state)
{
    (void)state;
    session_run(session, "RESET standard_conforming_strings");
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_laws),
        cmocka_unit_test(test_unique_and_hash_laws),
        cmocka_unit_test(test_destroying_masks),
        cmocka_unit_test(test_default_uses_the_column_default),
        cmocka_unit_test(test_unique),
        cmocka_unit_test(test_unique_survives_longer_column),
        cmocka_unit_test(test_keyed_hash),
        cmocka_unit_test(test_ip_network),
        cmocka_unit_test(test_phone_prefix),
        cmocka_unit_test(test_floor),
        cmocka_unit_test(test_json_drop),
        cmocka_unit_test(test_json_keep),
        cmocka_unit_test_setup_teardown(test_json_drop, old_strings, new_strings),
        cmocka_unit_test_setup_teardown(test_json_keep, old_strings, new_strings),
        cmocka_unit_test(test_json_drop_against_oracle),
        cmocka_unit_test(test_random_addresses),
        cmocka_unit_test(test_random_numbers),
    };
    return cmocka_run_group_tests(tests, open_session, close_session);
}
