/* mask_examples.c - what becomes of given values, written out, for every mask. */
#include "mask_oracle.h"
#include "mask_samples.h"
#include "mask_subject.h"
#include "mask_tests.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* One value and what becomes of it. */
struct example {
    const char *before;
    const char *after; /* NULL: SQL NULL */
};

/* Base types for which some value was shown to change, by mask. */
static char shown[MASK_KINDS][256];

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

static void note_shown(const struct subject *subject)
{
    char *list = shown[subject->mask.kind], word[80];
    snprintf(word, sizeof word, " %s ", subject->column.base_type);
    if (strstr(list, word) == NULL)
        strcat(list, word);
}

static void check_examples(struct subject *subject, const struct example *examples, size_t count)
{
    const char *before[32];
    assert_true(count <= 32);
    for (size_t i = 0; i < count; i++)
        before[i] = examples[i].before;
    insert(subject, before, count);
    check_laws(subject);
    PGresult *rows = session_rows(session, "SELECT before, value::text FROM public.d ORDER BY id");
    for (size_t i = 0; i < count; i++) {
        check_row(&examples[i], rows, (int)i);
        if (examples[i].after != NULL && examples[i].after != same)
            note_shown(subject);
    }
    PQclear(rows);
}

#define CHECK(mask, type, ...)                                                                     \
    do {                                                                                           \
        struct subject on = subject((struct policy_mask)mask, type);                               \
        const struct example list[] = {__VA_ARGS__, {NULL, NULL}};                                 \
        check_examples(&on, list, sizeof list / sizeof list[0] - (gives_value(&on) ? 1 : 0));      \
        arena_free(&on.arena);                                                                     \
    } while (0)

#define MASK(...)                                                                                  \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }

void test_destroying_masks(void **state)
{
    (void)state;
    CHECK(MASK(.kind = MASK_NULL), "text", {"a", NULL}, {"", NULL});
    CHECK(MASK(.kind = MASK_NULL), "public.pair", {"(1,)", NULL}, {"(,)", NULL}, {"(1,2)", NULL});
    CHECK(MASK(.kind = MASK_FIXED, .text = "Erased"), "public.citext", {"erased", "Erased"},
          {"Erased", "Erased"});
    CHECK(MASK(.kind = MASK_FIXED, .text = "ab"), "character(5)", {"ab", "ab"}, {"x", "ab"},
          {NULL, "ab"});
    CHECK(MASK(.kind = MASK_FIXED, .text = "{\"b\": 1,\"a\":2}"), "json",
          {"{}", "{\"b\": 1,\"a\":2}"}, {"{\"b\": 1,\"a\":2}", same});
    CHECK(MASK(.kind = MASK_FIXED, .text = "0"), "numeric(8,2)", {"1.5", "0.00"}, {"NaN", "0.00"},
          {NULL, "0.00"});
    CHECK(MASK(.kind = MASK_FIXED, .text = "-1"), "integer", {"7", "-1"}, {NULL, "-1"});
    CHECK(MASK(.kind = MASK_FIXED, .text = "1970-01-01"), "date", {"infinity", "1970-01-01"},
          {"2026-02-28", "1970-01-01"});
    CHECK(MASK(.kind = MASK_FIXED, .text = "(0,0)"), "point", {"(1,2)", "(0,0)"});
    CHECK(MASK(.kind = MASK_EMPTY), "text[]", {"{a,NULL}", "{}"}, {"{}", same},
          {"[5:6]={a,b}", "{}"}, {"{{a},{b}}", "{}"});
    CHECK(MASK(.kind = MASK_EMPTY), "bytea", {"\\x00ff", "\\x"}, {"\\x", same});
    CHECK(MASK(.kind = MASK_EMPTY), "jsonb", {"[1]", "{}"}, {"null", "{}"}, {"{}", same},
          {"7", "{}"});
    CHECK(MASK(.kind = MASK_EMPTY), "json", {"[1]", "{}"}, {"{}", same});
    CHECK(MASK(.kind = MASK_EMPTY), "character(3)", {"ab", ""}, {"", ""});
}

void test_default_uses_the_column_default(void **state)
{
    (void)state;
    struct subject on = subject((struct policy_mask){.kind = MASK_DEFAULT}, "text");
    on.column.default_sql = "('a'::text || '''\\b'::text)";
    const struct example examples[] = {
        {"x", "a'\\b"}, {"a'\\b", same}, {NULL, "a'\\b"}, {"A'\\b", "a'\\b"}};
    check_examples(&on, examples, 4);
    arena_free(&on.arena);
}

static void check_unique_form(const char *type, const char *pattern)
{
    struct subject on = subject((struct policy_mask){.kind = MASK_UNIQUE}, type);
    session_runf(session,
                 "INSERT INTO public.d (value) SELECT v::%s FROM (SELECT %s FROM "
                 "generate_series(1, 5000) i UNION ALL SELECT NULL) x(v)",
                 type, strcmp(type, "uuid") == 0 ? "md5(i::text)" : "i::text");
    check_laws(&on);
    session_run(session, "CREATE UNIQUE INDEX ON public.d (value)");
    struct sql sql = {.arena = &on.arena};
    sql_add(&sql, "SELECT count(*) FROM public.d WHERE value::text ~ ");
    sql_param(&sql, pattern, "text");
    assert_int_equal(number(&sql), 5000);
    arena_free(&on.arena);
}

void test_unique(void **state)
{
    (void)state;
    const char uuid_form[] = "^erased-[0-9a-f]{8}-[0-9a-f-]{27}@erased[.]invalid$";
    check_unique_form("text", uuid_form);
    check_unique_form("public.citext", uuid_form);
    check_unique_form("character varying(58)", uuid_form);
    check_unique_form("character varying(57)", "^erased-[0-9a-f]{16}@erased[.]invalid$");
    check_unique_form("character(38)", "^erased-[0-9a-f]{16}@erased[.]invalid$");
    check_unique_form("character varying(37)", "^erased-[0-9a-f]{16}$");
    check_unique_form("character varying(23)", "^erased-[0-9a-f]{16}$");
    check_unique_form("character varying(22)", "^e-[0-9a-f]{14}$");
    check_unique_form("character(16)", "^e-[0-9a-f]{14}$");
    check_unique_form("uuid", "^e5a5ed00-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-");
}

/* What one form left is done for every other: a column made longer is not erased again. */
void test_unique_survives_longer_column(void **state)
{
    (void)state;
    CHECK(MASK(.kind = MASK_UNIQUE), "text", {"e-0123456789abcd", same},
          {"erased-0123456789abcdef", same}, {"erased-0123456789abcdef@erased.invalid", same},
          {"erased-0123456789ABCDEF", any}, {"xerased-0123456789abcdef", any},
          {"erased-0123456789abcdef\n", any}, {"e-0123456789abcd@erased.invalid", any});
}

void test_keyed_hash(void **state)
{
    (void)state;
    /* python3 -c 'import hmac; hmac.new(b"0123456789abcdef"*2, "…".encode(), "sha256")' */
    CHECK(MASK(.kind = MASK_KEYED_HASH), "text", {"+33612345678", HASH_OF_PHONE},
          {"", HASH_OF_NOTHING}, {"caf\xc3\xa9\\", HASH_OF_CAFE},
          {"h1:0badf00d:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", same},
          {"h1:0badf00d:", any});
    CHECK(MASK(.kind = MASK_KEYED_HASH), "character varying(76)", {"+33612345678", HASH_OF_PHONE});
    CHECK(MASK(.kind = MASK_KEYED_HASH), "public.citext", {"+33612345678", HASH_OF_PHONE});
    CHECK(MASK(.kind = MASK_KEYED_HASH), "character(80)", {"+33612345678", HASH_OF_PHONE});
}

void test_ip_network(void **state)
{
    (void)state;
    CHECK(MASK(.kind = MASK_IP_NETWORK), "inet", {"1.2.3.4", "1.2.3.0/24"},
          {"1.2.3.4/25", "1.2.3.0/24"}, {"10.1.2.3/8", "10.0.0.0/8"}, {"0.0.0.0/0", same},
          {"2001:db8:1:2::3", "2001:db8:1::/48"}, {"2001:db8::/32", same}, {"::1", "::/48"},
          {"::ffff:1.2.3.4", "1.2.3.0/24"}, {"::ffff:1.2.3.4/112", "1.2.0.0/16"},
          {"::ffff:1.2.3.4/64", "::/48"}, {"2002:102:304:5::6", "2002:102:300::/40"},
          {"2002:102:304:5::6/16", "2002::/16"}, {"255.255.255.255", "255.255.255.0/24"},
          {"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff::/48"});
    CHECK(MASK(.kind = MASK_IP_NETWORK), "cidr", {"1.2.3.4", "1.2.3.0/24"}, {"1.2.0.0/16", same},
          {"2001:db8:1:2::/64", "2001:db8:1::/48"}, {"::ffff:1.2.3.4", "1.2.3.0/24"});
    CHECK(MASK(.kind = MASK_IP_NETWORK), "inet[]",
          {"{1.2.3.4,NULL,10.1.2.3/8}", "{1.2.3.0/24,NULL,10.0.0.0/8}"}, {"{}", same},
          {"{NULL}", same},
          {"{{1.2.3.4,::1},{NULL,1.2.3.5}}", "{1.2.3.0/24,::/48,NULL,1.2.3.0/24}"},
          {"[7:8]={1.2.3.0/24,::/0}", "{1.2.3.0/24,::/0}"}, {"{1.2.3.0/24,::/48}", same});
    CHECK(MASK(.kind = MASK_IP_NETWORK), "public.places",
          {"{1.2.3.4,::ffff:9.8.7.6}", "{1.2.3.0/24,9.8.7.0/24}"}, {"{}", same});
    CHECK(MASK(.kind = MASK_IP_NETWORK), "text", {"1.2.3.4", "1.2.3.0"}, {"fe80::1%eth0", ""});
    CHECK(MASK(.kind = MASK_IP_NETWORK), "character(20)", {"1.2.3.4", "1.2.3.0"}, {"", same});
    CHECK(MASK(.kind = MASK_IP_NETWORK), "public.citext", {"2001:DB8::1", "2001:db8::"},
          {"2001:DB8::", "2001:db8::"}, {"2001:db8::", same});
    CHECK(MASK(.kind = MASK_IP_NETWORK), "character varying(39)", {"1.2.3.4", "1.2.3.0"},
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

void test_phone_prefix(void **state)
{
    (void)state;
    CHECK(MASK(.kind = MASK_PHONE_PREFIX, .number = 4), "text", {"+33612345678", "+336XXXXXXXX"},
          {"+33 6 12 34 56 78", "+33 X XX XX XX XX"}, {"(020) 7946-0123", "(020) XXXX-XXXX"},
          {"+336XXXXXXXX", same}, {"12345", "1XXXX"}, {"1234", "XXXX"}, {"12", "XX"},
          {"+1-2-3-4", "+X-X-X-X"}, {"", same}, {"0612345678 ext 12", "0612XXXXXX XXX XX"},
          {"Maria 0612345678", "XXXXX XXXXXXXXXX"},
          {"sip:ann@host.example", "XXXXXXXXXXXX.XXXXXXX"},
          {"\xd9\xa3\xd9\xa4\xd9\xa5\xd9\xa6\xd9\xa7\xd9\xa8", "XXXXXX"}, {"....", same});
    CHECK(MASK(.kind = MASK_PHONE_PREFIX, .number = 2), "public.citext", {"+33 612", "+3X XXX"});
    CHECK(MASK(.kind = MASK_PHONE_PREFIX, .number = 2), "character varying(8)", {"0612", "XXXX"},
          {"00336123", "00XXXXXX"});
    CHECK(MASK(.kind = MASK_PHONE_PREFIX, .number = 6), "character(16)", {"+14155550", "+1415XXXX"},
          {"+14155550123", "+14155XXXXXX"}, {"      ", ""});
    CHECK(MASK(.kind = MASK_PHONE_PREFIX, .number = 1), "text", {"+336", "+XXX"},
          {"+33612", "+XXXXX"}, {"0612345678", "0XXXXXXXXX"});
}

void test_floor(void **state)
{
    (void)state;
    CHECK(MASK(.kind = MASK_FLOOR, .text = "month"), "timestamp with time zone",
          {"2026-03-31 23:30:00+00", "2026-03-01 00:00:00+00"},
          {"2026-04-01 01:00:00+02", "2026-03-01 00:00:00+00"}, {"infinity", same},
          {"-infinity", same}, {"2026-03-01 00:00:00+00", same},
          {"294276-12-31 23:59:59+00", "294276-12-01 00:00:00+00"},
          {"4714-11-24 00:00:00+00 BC", "4713-01-01 00:00:00+00 BC"},
          {"0044-03-15 12:00:00+00 BC", "0044-03-01 00:00:00+00 BC"});
    CHECK(MASK(.kind = MASK_FLOOR, .text = "week"), "timestamp without time zone",
          {"2026-11-22 12:00:00", "2026-11-16 00:00:00"}, {"infinity", same},
          {"4714-11-24 00:00:00 BC", "4714-12-29 00:00:00 BC"});
    CHECK(MASK(.kind = MASK_FLOOR, .text = "hour"), "timestamp(3) with time zone",
          {"2026-11-22 12:59:59.999+05:30", "2026-11-22 07:00:00+00"});
    CHECK(MASK(.kind = MASK_FLOOR, .text = "quarter"), "date", {"2026-02-28", "2026-01-01"},
          {"2026-12-31", "2026-10-01"}, {"infinity", same});
    CHECK(MASK(.kind = MASK_FLOOR, .text = "year"), "date", {"2024-02-29", "2024-01-01"},
          {"5874897-12-31", "294276-01-01"}, {"4714-11-24 BC", "4713-01-01 BC"},
          {"-infinity", same}, {"0001-06-01 BC", "0001-01-01 BC"});
    CHECK(MASK(.kind = MASK_FLOOR, .text = "day"), "timestamp with time zone",
          {"2026-03-29 00:30:00+01", "2026-03-28 00:00:00+00"});
    CHECK(MASK(.kind = MASK_FLOOR, .text = "hour"), "time", {"23:59:59.999999", "23:00:00"},
          {"24:00:00", "00:00:00"}, {"00:00:00", same}, {"09:00:00.000001", "09:00:00"});
    session_run(session, "SET timezone = 'Pacific/Kiritimati'");
    CHECK(MASK(.kind = MASK_FLOOR, .text = "month"), "timestamp with time zone",
          {"2026-03-31 23:30:00+00", "2026-03-01 14:00:00+14"});
    session_run(session, "SET timezone = 'UTC'");
}

void test_bucket(void **state)
{
    (void)state;
    CHECK(MASK(.kind = MASK_BUCKET, .text = "10"), "smallint", {"9", "0"}, {"10", same},
          {"-1", "-10"}, {"-10", same}, {"-11", "-20"}, {"32767", "32760"}, {"-32768", same},
          {"-32765", "-32768"});
    CHECK(MASK(.kind = MASK_BUCKET, .text = "1000"), "integer", {"1999", "1000"}, {"0", same},
          {"-1", "-1000"}, {"2147483647", "2147483000"}, {"-2147483648", same},
          {"-2147483001", "-2147483648"}, {"-2147483000", same});
    CHECK(MASK(.kind = MASK_BUCKET, .text = "5000000000"), "integer", {"2147483647", "0"},
          {"-1", "-2147483648"});
    CHECK(MASK(.kind = MASK_BUCKET, .text = "100000000"), "bigint", {"33612345678", "33600000000"},
          {"9223372036854775807", "9223372036800000000"}, {"-9223372036854775808", same},
          {"-9223372036854775807", "-9223372036854775808"});
    CHECK(MASK(.kind = MASK_BUCKET, .text = "0.50"), "numeric", {"1.4999", "1"}, {"1.5", same},
          {"1.500", "1.5"}, {"-0.0001", "-0.5"}, {"NaN", same}, {"Infinity", same},
          {"0.49999999999999999999999999999999999999", "0"},
          {"12345678901234567890.6", "12345678901234567890.5"});
    CHECK(MASK(.kind = MASK_BUCKET, .text = "3"), "numeric", {"2.9999999999999999999999", "0"},
          {"-3.0000000000000000000001", "-6"}, {"3e20", "300000000000000000000"});
    CHECK(MASK(.kind = MASK_BUCKET, .text = "0.25"), "numeric(6,2)", {"9999.99", "9999.75"},
          {"-9999.99", same}, {"-9999.80", "-9999.99"}, {"-0.01", "-0.25"}, {"0.25", same},
          {"NaN", same});
    CHECK(MASK(.kind = MASK_BUCKET, .text = "100"), "public.price", {"-9999.98", "-9999.99"},
          {"150.00", "100.00"});
    CHECK(MASK(.kind = MASK_BUCKET, .text = "300"), "numeric(3,-2)", {"500", "300"},
          {"-99900", same}, {"-99800", "-99900"});
    CHECK(MASK(.kind = MASK_BUCKET, .text = "0.1"), "double precision", {"0.35", "0.3"},
          {"0.3", same}, {"0.30000000000000004", "0.3"}, {"0.29999999999999993", "0.2"},
          {"-0.3", same}, {"-0.31", "-0.4"}, {"5e-324", "0"}, {"-5e-324", "-0.1"}, {"-0", "0"},
          {"NaN", same}, {"-Infinity", same}, {"1e300", same}, {"48.858370000000001", "48.8"},
          {"56294995342131.16", "56294995342131.1"});
    CHECK(MASK(.kind = MASK_BUCKET, .text = "0.1"), "real", {"0.35", "0.3"}, {"0.3", same},
          {"0.7", same}, {"-0.25", "-0.3"}, {"1e-45", "0"}, {"-1e-45", "-0.1"}, {"3e38", same},
          {"NaN", same}, {"48.85837", "48.8"}, {"419430.28", "419430.2"});
    CHECK(MASK(.kind = MASK_BUCKET, .text = "1000"), "public.ratio", {"16777217", "1.6777e+07"},
          {"-1", "-1000"}, {"999.9999", "0"});
}

void test_email_domain(void **state)
{
    (void)state;
    CHECK(MASK(.kind = MASK_EMAIL_DOMAIN), "text",
          {"Ann.Smith+x@Example.COM", "erased@example.com"},
          {"Ann Smith <ann@example.com>", "erased@example.com"},
          {"\"ann@home\"@example.com", "erased@example.com"}, {"a@b@c.co.uk", "erased@c.co.uk"},
          {"ann@b\xc3\xbc"
           "cher.example",
           "erased@b\xc3\xbc"
           "cher.example"},
          {"ann@example.com\t ", "erased@example.com"}, {"", same},
          {"sip:ann@sip.example.com", "erased@sip.example.com"},
          {"ann@xn--bcher-kva.example", "erased@xn--bcher-kva.example"},
          {"erased@example.com", same}, {"Erased@example.com", "erased@example.com"});
    /* No address with a domain: nothing stays, and it still looks like an address. */
    CHECK(MASK(.kind = MASK_EMAIL_DOMAIN), "text", {" ", "erased@erased.invalid"},
          {"ann", "erased@erased.invalid"}, {"@ann.smith", "erased@erased.invalid"},
          {"see @ann.smith", "erased@erased.invalid"}, {"ann@localhost", "erased@erased.invalid"},
          {"ann@192.168.0.10", "erased@erased.invalid"},
          {"ann@[10.0.0.1]", "erased@erased.invalid"},
          {"ann@example.com:5060", "erased@erased.invalid"},
          {"ann@example.com, bob", "erased@erased.invalid"},
          {"ann@example.com?subject=Ann", "erased@erased.invalid"},
          {"ann@.example.com", "erased@erased.invalid"}, {"ann@example.c", "erased@erased.invalid"},
          {"ann@exa mple.com", "erased@erased.invalid"}, {"erased@erased.invalid", same});
    /* A varchar that is full keeps the domain and as much of "erased" as there is room for. */
    CHECK(MASK(.kind = MASK_EMAIL_DOMAIN), "character varying(21)",
          {"a@1234567890.example", "er@1234567890.example"},
          {"ab@1234567890.example", "er@1234567890.example"},
          {"a@12345678901.example", "e@12345678901.example"}, {"e@12345678901.example", same},
          {"ann", "erased@erased.invalid"}, {"ann@example.com", "erased@example.com"});
    CHECK(MASK(.kind = MASK_EMAIL_DOMAIN), "character(30)",
          {"Ann@example.com", "erased@example.com"}, {"", same});
    CHECK(MASK(.kind = MASK_EMAIL_DOMAIN), "public.citext",
          {"ERASED@EXAMPLE.COM", "erased@example.com"}, {"erased@example.com", same});
    CHECK(MASK(.kind = MASK_EMAIL_DOMAIN), "public.address",
          {"ann@Example.com", "erased@example.com"}, {"ann@localhost", "erased@erased.invalid"});
}

void test_url_origin(void **state)
{
    (void)state;
    CHECK(MASK(.kind = MASK_URL_ORIGIN), "text",
          {"https://Example.com/users/42?email=a@b.c#me", "https://example.com/"},
          {"HTTP://ann:pw@example.com:8080", "http://example.com:8080/"},
          {"https://example.com", "https://example.com/"}, {"https://example.com/", same},
          {"https://example.com?q=ann", "https://example.com/"},
          {"https://example.com#ann@x.com", "https://example.com/"},
          {"https://example.com\\ann@evil.example", "https://example.com/"},
          {"https://example.com/https://other.example/", "https://example.com/"},
          {"https://a@b@example.com/", "https://example.com/"},
          {"http://[2001:DB8::1]:80/x", "http://[2001:db8::1]:80/"}, {"ws://h", "ws://h/"},
          {"ftp://ann@files.example/home/ann", "ftp://files.example/"},
          {"https://example.com:/x", "https://example.com/"},
          {"https://b\xc3\xbc"
           "cher.example/ann",
           "https://b\xc3\xbc"
           "cher.example/"},
          {"https://192.168.0.1/admin", "https://192.168.0.1/"}, {"", same});
    CHECK(MASK(.kind = MASK_URL_ORIGIN), "text", {"/users/42", ""}, {"users/42", ""},
          {"//example.com/ann", ""}, {"www.example.com/ann", ""}, {"mailto:ann@example.com", ""},
          {"javascript:alert('ann')", ""}, {"javascript://ann/", ""}, {"data:,ann", ""},
          {"tel://33612345678", ""}, {"file:///home/ann", ""}, {"blob:https://example.com/1", ""},
          {"https://", ""}, {"https:///ann", ""}, {"https://ann@/", ""}, {"https://:80/", ""},
          {"http://[fe80::1%25eth0]/", ""}, {"http://[::1", ""}, {"https://ex ample.com/", ""},
          {"https://ann%40example.com/", ""}, {"https://example.com:654321/", ""},
          {" https://example.com/", ""}, {"xhttps://example.com/", ""}, {"ann", ""});
    CHECK(MASK(.kind = MASK_URL_ORIGIN), "character varying(12)", {"http://a.com", same},
          {"http://a.co?x", "http://a.co/"}, {"ftp://a@b/cd", "ftp://b/"});
    CHECK(MASK(.kind = MASK_URL_ORIGIN), "character(20)", {"http://a.com/ann", "http://a.com/"},
          {"http://ab.example.co", same});
    CHECK(MASK(.kind = MASK_URL_ORIGIN), "public.citext", {"HTTP://A.COM/", "http://a.com/"},
          {"http://a.com/", same});
}

#define AGENT(comment, rest) "Mozilla/5.0 (" comment ") " rest

void test_agent_family(void **state)
{
    (void)state;
    CHECK(MASK(.kind = MASK_AGENT_FAMILY), "text",
          {AGENT("X11; Linux x86_64; rv:121.0", "Gecko/20100101 Firefox/121.0"), "Firefox/121"},
          {AGENT("Linux; Android 10; K", "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 "
                                         "Mobile Safari/537.36"),
           "Chrome/120"},
          {AGENT("Windows NT 10.0", "Chrome/120.0.0.0 Safari/537.36 Edg/120.0.2210.61"), "Edg/120"},
          {AGENT("iPhone", "Version/17.2 Mobile/15E148 Safari/604.1"), "Safari/17"},
          {AGENT("iPad", "CriOS/120.0.6099.50 Mobile/15E148 Safari/604.1"), "CriOS/120"},
          {"Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; ann)", "MSIE 8"},
          {"Mozilla/5.0 (Windows NT 10.0; Trident/7.0; rv:11.0) like Gecko", "Trident/7"},
          {AGENT("Linux", "SamsungBrowser/23.0 Chrome/115.0 Safari/537.36"), "SamsungBrowser/23"},
          {"curl/8.5.0", "curl/8"}, {"okhttp/4.9.3 device/f47ac10b-58cc", "okhttp/4"},
          {"Dalvik/2.1.0 (Linux; U; Android 13; SM-G991B Build/TP1A)", "Dalvik/2"},
          {AGENT("iPhone", "AppleWebKit/605.1.15 [FBDV/iPhone14,2;FBID/zq]"), "Mozilla/5"},
          {"Firefox/121", same}, {"MSIE 8", same}, {"Safari/17", same}, {"", same});
    CHECK(MASK(.kind = MASK_AGENT_FAMILY), "text", {"Ann's phone", ""}, {" ", ""},
          {"Yealink SIP-T46S 66.84.0.15 001565abcdef", ""}, {"f47ac10b-58cc/1.0", ""},
          {"app/20231101", ""}, {"Chrome/1234567", ""}, {"/1", ""}, {"curl/", ""},
          {"XFirefox/12 y", "XFirefox/12"}, {"Chrome", ""}, {"Version/17.2 Safari", "Version/17"});
    CHECK(MASK(.kind = MASK_AGENT_FAMILY), "character varying(5)", {"Edg/1", same},
          {"Ab/1x", "Ab/1"});
    CHECK(MASK(.kind = MASK_AGENT_FAMILY), "character(40)", {"Firefox/121.0 (zq)", "Firefox/121"});
    CHECK(MASK(.kind = MASK_AGENT_FAMILY), "public.citext", {"Firefox/121.0", "Firefox/121"},
          {"firefox/121.0", "firefox/121"});
}

static const char *one_path[] = {"$.a.b"};
static const char *element_path[] = {"$.calls[*].to", "$.\"x y\""};
static const char *deep_path[] = {"$.**.email"};

void test_json_drop(void **state)
{
    (void)state;
    CHECK(MASK(.kind = MASK_JSON_DROP, .items = one_path, .item_count = 1), "jsonb",
          {"{\"a\": {\"b\": 1, \"c\": 2}}", "{\"a\": {\"c\": 2}}"},
          {"{\"a\": [{\"b\": 1}, 3, [{\"b\": 2}]]}", "{\"a\": [{}, 3, [{\"b\": 2}]]}"},
          {"{\"a\": 1}", same}, {"{\"b\": 1}", same}, {"[{\"a\": {\"b\": 1}}]", "[{\"a\": {}}]"},
          {"[]", same}, {"7", same}, {"null", same}, {"\"a.b\"", same},
          {"{\"a\": {\"b\": {\"deep\": [1]}}}", "{\"a\": {}}"});
    CHECK(MASK(.kind = MASK_JSON_DROP, .items = element_path, .item_count = 2), "jsonb",
          {"{\"x y\": 1, \"calls\": [{\"to\": \"+33\", \"n\": 1}, {\"to\": null}, 4]}",
           "{\"calls\": [{\"n\": 1}, {}, 4]}"},
          {"{\"calls\": {\"to\": 1}}", "{\"calls\": {}}"}, {"{\"calls\": []}", same});
    CHECK(MASK(.kind = MASK_JSON_DROP, .items = deep_path, .item_count = 1), "jsonb",
          {"{\"email\": 1, \"t\": \"\\\\\\\"email\\\\\\\": 1\", \"u\": [[[{\"email\": {}}]]]}",
           "{\"t\": \"\\\\\\\"email\\\\\\\": 1\", \"u\": [[[{}]]]}"},
          {"{\"k\": {\"k\": {\"k\": [{\"k\": {\"email\": 1, \"n\": 1.10}}]}}}",
           "{\"k\": {\"k\": {\"k\": [{\"k\": {\"n\": 1.10}}]}}}"},
          {"{\"a\": \"email\", \"\": [], \"\\\"}\": {}}", same});
    CHECK(MASK(.kind = MASK_JSON_DROP, .items = deep_path, .item_count = 1), "json",
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

void test_json_keep(void **state)
{
    (void)state;
    CHECK(
        MASK(.kind = MASK_JSON_KEEP, .items = keep_keys, .item_count = 3), "jsonb",
        {"{\"plan\": {\"x\": 1}, \"e\": 2}", "{\"plan\": {\"x\": 1}}"},
        {"[{\"e\": 1}, {\"a b\": 1}, \"Ann\", null, [1]]", "[{}, {\"a b\": 1}, null, null, null]"},
        {"\"Ann\"", "null"}, {"7", "null"}, {"true", "null"}, {"null", same}, {"{}", same},
        {"[]", same}, {"{\"e\": 1}", "{}"}, {"{\"q\\\"\\\\{,}\": 1}", same}, {"[1]", "[null]"});
    CHECK(MASK(.kind = MASK_JSON_KEEP, .items = keep_keys, .item_count = 3), "json",
          {"{\"plan\": 1, \"e\": 1e400000}", "{ \"plan\" : 1 }"},
          {"{\"e\": 1, \"plan\": 1, \"plan\": \"\\ud800\\u0000\"}",
           "{ \"plan\" : 1, \"plan\" : \"\\ufffd\\ufffd\" }"},
          {"\"Ann\"", "null"}, {"[ {\"plan\":1 } ]", same});
}

/* 0.3 MB, since this mask goes letter by letter. */
void test_large_phone_numbers(void **state)
{
    (void)state;
    struct subject on =
        subject((struct policy_mask){.kind = MASK_PHONE_PREFIX, .number = 4}, "text");
    session_run(session, "INSERT INTO public.d (value) VALUES (repeat('1', 1048576)), "
                         "(repeat('12 z\\', 52429)), (repeat('\xf0\x9f\x98\x80', 52429))");
    check_laws(&on);
    assert_int_equal(session_number(session, "SELECT count(DISTINCT left(value, 5)) FROM public.d "
                                             "WHERE value ~ '^(1111X|12 XX|XXXXX)[ X]+$'"),
                     3);
    arena_free(&on.arena);
}

/* Every mask that makes one value of another was shown at work on each base type it accepts. */
void test_every_type_was_shown(void **state)
{
    (void)state;
    for (int kind = MASK_IP_NETWORK; kind < MASK_KINDS; kind++)
        for (size_t i = 0; i < sample_count; i++) {
            struct policy_mask mask = {.kind = (enum mask_kind)kind, .text = "300"};
            if (kind == MASK_FLOOR)
                mask.text = strncmp(samples[i].type, "time ", 5) == 0 ? "hour" : "month";
            struct subject on = subject(mask, samples[i].type);
            char word[80];
            snprintf(word, sizeof word, " %s ", on.column.base_type);
            if (may_stand(&on) && strstr(shown[kind], word) == NULL)
                fail_msg("no example shows what mask %s makes of %s", mask_name(on.mask.kind),
                         on.column.base_type);
            arena_free(&on.arena);
        }
}
