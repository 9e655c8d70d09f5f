/* mask_samples.c - the hostile values, type by type. */
#include "mask_samples.h"

#define DEEP "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
#define SHUT "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"
#define EMOJI "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7"
#define COMBINED "e\xcc\x81o\xcc\x88\xcd\x9c"

const char sample_types_sql[] =
    "CREATE EXTENSION citext; "
    "CREATE COLLATION public.blind (provider = icu, locale = 'und-u-ks-level2', "
    "deterministic = false); "
    "CREATE TYPE public.mood AS ENUM ('sad', 'it''s \"ok\"', '', '\xf0\x9f\x98\x80'); "
    "CREATE TYPE public.pair AS (a int, b int); CREATE TYPE public._pair2 AS (a int); "
    "CREATE DOMAIN public.short_text AS varchar(80) CHECK (length(VALUE) < 81); "
    "CREATE DOMAIN public.shorter AS public.short_text; "
    "CREATE DOMAIN public.address AS varchar(60) CHECK (VALUE ~ '^[^@]+@[^@]+$'); "
    "CREATE DOMAIN public.place AS inet; CREATE DOMAIN public.places AS cidr[]; "
    "CREATE DOMAIN public.whole AS int; "
    "CREATE DOMAIN public.price AS numeric(6,2); CREATE DOMAIN public.ratio AS real; "
    "CREATE DOMAIN public.day AS date; CREATE DOMAIN public.ident AS uuid; "
    "CREATE DOMAIN public.doc AS jsonb; CREATE DOMAIN public.raw_doc AS json; "
    "CREATE DOMAIN public.feeling AS public.mood; CREATE DOMAIN public.tags AS text[]; "
    "CREATE DOMAIN public.blob AS bytea; CREATE DOMAIN public.mac AS macaddr";

static const char *const texts[] = {
    NULL,
    "",
    " ",
    "      ",
    "\t\n",
    "\\",
    "\\x41",
    "'",
    "''; select 1 --",
    "\"",
    "%s%n",
    "$1",
    "NULL",
    "null",
    "{}",
    "{zq,NULL}",
    "$.a",
    "[1,2]",
    "zq unknown",
    "2026-01-01",
    "infinity",
    EMOJI " zq",
    COMBINED "zq",
    "\xe2\x80\xae"
    "zq",
    "a\nzq",
    "\xc2\xa0",
    "\xef\xbf\xbd",
    /* addresses */
    "10.0.0.1, 10.0.0.2",
    "1.2.3.4/24",
    "1.2.3.4/33",
    "0.0.0.0/0",
    "::/0",
    "999.1.1.1",
    "01.2.3.4",
    "fe80::1%zq0",
    "::ffff:1.2.3.4",
    "::ffff:1.2.3.4/96",
    "2002:c000:204::1",
    "::",
    "::1",
    "1:2:3:4:5:6:7::",
    "[::1]:80",
    "1.2.3.4:5060",
    /* numbers */
    "+33612345678",
    "(0)1",
    "0612 34 56 78 ext zq",
    "XXXX1234",
    "\xd9\xa3\xd9\xa4\xd9\xa5\xd9\xa6",
    /* what masks leave, and nearly */
    "erased",
    "ERASED",
    "erased-0123456789abcdef",
    "e-0123456789abcd",
    "h1:00000000:",
    "erased@erased.invalid",
    "erased@",
    "Erased@Erased.Invalid",
    "erase@erased.invalid",
    /* e-mail */
    "zq@example.com",
    "ZQ@EXAMPLE.COM",
    "Ann zq <zq@Example.com>",
    "\"zq@zq\"@example.com",
    "zq@zq@example.co.uk",
    "@zq.smith",
    "hi @zq.smith",
    "zq@localhost",
    "zq@192.168.0.1",
    "zq@[IPv6:::1]",
    "zq@b\xc3\xbc"
    "cher.example",
    "zq@example.com\r\nBcc: zq@example.org",
    "zq@example.com ",
    "a@b.co",
    "@",
    "@@",
    "a@",
    "a@.co",
    "zq@example..com",
    "zq@x@",
    "<zq@x.com>>",
    "zq@1.2.3",
    "mailto:zq@example.com",
    "mailto:zq@example.com?subject=zq",
    "zq@zq>x.com",
    /* URLs */
    "https://Example.com/zq?zq=1#zq",
    "http://zq:zq@example.com:8080",
    "HTTP://example.com",
    "https://example.com?zq",
    "https://example.com#zq@x",
    "https://example.com\\zq@zq",
    "http://[::1]:8080/zq",
    "http://[fe80::1%25zq]/",
    "http://[::1",
    "/zq",
    "//example.com/zq",
    "www.example.com/zq",
    "javascript:zq()",
    "javascript://example.com/%0azq",
    "data:text/plain,zq",
    "file:///home/zq",
    "tel://zq",
    "blob:https://example.com/zq",
    "https://",
    "https:///zq",
    "https://:80/",
    "https://example.com:/zq",
    "https://example.com:123456/zq",
    "https:/example.com",
    "https://exa mple.com/zq",
    "https://zq@/",
    "https://.../",
    "wss://example.com./zq",
    "https://ex%61mple.com/zq",
    "https://example.com/ https://zq",
    "ftp://zq@host/zq",
    "://x",
    "https://\xf0\x9f\x92\xa9.example/zq",
    " https://example.com/zq",
    "https://a@b@example.com/",
    /* user agents */
    "Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0",
    "Mozilla/5.0 (Linux; Android 13; zq Build/ZQ1A) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Version/4.0 Chrome/120.0.6099.43 Mobile Safari/537.36 EdgA/120.0.2210.61",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/17.2 Mobile/15E148 Safari/604.1 zq/1.2",
    "Mozilla/4.0 (compatible; MSIE 8.0; zq)",
    "Mozilla/5.0 (Windows; Trident/7.0; rv:11.0) zq",
    "Chrome/1234567890123 zq",
    "curl/8.5.0",
    "Edg/1",
    "zq1/2.3",
    "Zoiper/5 zq",
    "Chrome",
    "Chrome/",
    "Firefox/12x",
    "XFirefox/12.3",
    "Version/1.2 Safari",
    "Version/1.2 Safari/",
    "a/1/2",
    "/1",
    "Yealink SIP-T46S 66.84.0.15 001565zq",
};

static const char *const networks[] = {
    NULL,
    "1.2.3.4",
    "1.2.3.4/25",
    "10.1.2.3/8",
    "0.0.0.0/0",
    "255.255.255.255",
    "1.2.3.4/0",
    "2001:db8:1:2::3",
    "2001:db8::/32",
    "::1",
    "::/0",
    "::ffff:1.2.3.4",
    "::ffff:1.2.3.4/112",
    "::ffff:1.2.3.4/96",
    "::ffff:1.2.3.4/95",
    "::ffff:0:0/0",
    "2002:102:304:5::6",
    "2002:102:304:5::6/16",
    "2002::/15",
    "64:ff9b::1.2.3.4",
    "2001::1",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
};
static const char *const blocks[] = {
    NULL,   "1.2.3.4",        "1.2.0.0/16",         "0.0.0.0/0",         "2001:db8:1:2::/64",
    "::/0", "::ffff:1.2.3.4", "::ffff:1.2.3.0/120", "2002:102:304::/48", "255.255.255.255",
};
static const char *const network_lists[] = {
    NULL,
    "{}",
    "{NULL}",
    "{1.2.3.4,NULL,::1}",
    "{1.2.3.0/24}",
    "[5:6]={1.2.3.4,10.0.0.0/8}",
    "{{1.2.3.4,::1},{NULL,2002:102:304::1}}",
    "{::ffff:1.2.3.4,0.0.0.0/0}",
    "{{{1.2.3.0/24}}}",
};
static const char *const block_lists[] = {
    NULL, "{}", "{NULL}", "{1.2.3.4,NULL,::1}", "{1.2.3.0/24}", "{{::/0,2002:102:304::/48}}",
};
static const char *const lists[] = {
    NULL,
    "{}",
    "{NULL}",
    "{zq,NULL,\"\",\"NULL\"}",
    "{\"\\\\\",\"\\\"\",\"'\"}",
    "[5:6]={a,b}",
    "{{a,b},{c,NULL}}",
    "{" EMOJI "}",
};
static const char *const number_lists[] = {NULL, "{}", "{1,NULL}", "{{1,2},{3,4}}", "[0:0]={7}"};
static const char *const documents_lists[] = {NULL, "{}", "{NULL,\"{\\\"a\\\": 1}\"}"};
static const char *const identifiers[] = {
    NULL,
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "e5a5ed00-0000-1000-8000-000000000000",
    "e5a5ed00-0000-4000-8000-000000000000",
    "018c2a5e-7b1f-7000-8000-000000000000",
};
static const char *const macs[] = {NULL, "00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff",
                                   "08:00:2b:01:02:03"};
static const char *const long_macs[] = {NULL, "00:00:00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff:ff:ff"};
static const char *const bytes[] = {NULL, "\\x", "\\x00", "\\x5c78", "\\xff00ff", "\\x7a71"};

static const char *const smalls[] = {NULL, "0",  "1",     "-1",     "9",      "10",    "-10",
                                     "11", "99", "32767", "-32768", "-32760", "32760", "-32767"};
static const char *const wholes[] = {NULL,  "0",    "-1",         "9",           "10",
                                     "-10", "1234", "2147483647", "-2147483647", "-2147483640"};
static const char *const bigs[] = {
    NULL,
    "0",
    "-1",
    "10",
    "33612345678",
    "9223372036854775807",
    "-9223372036854775808",
    "-9223372036854775800",
    "4503599627370497",
    "-2147483649",
};
static const char *const numerics[] = {
    NULL,
    "0",
    "-0.0",
    "0.1",
    "0.25",
    "-0.25",
    "-0.26",
    "1.000",
    "2.9999999999999999999999",
    "-2.9999999999999999999999",
    "12345678901234567890.123456789",
    "NaN",
    "Infinity",
    "-Infinity",
    "1e-100",
    "-1e-100",
    "1e1000",
    "-1e1000",
    "1e131070",
    "-9e131071",
    "33612345678",
};
static const char *const decimals[] = {NULL,       "0",    "0.01", "-0.01", "9999.99",
                                       "-9999.99", "0.25", "NaN",  "-0.26", "12.5"};
static const char *const rounds[] = {NULL, "0", "100", "-100", "99900", "-99900", "12300", "NaN"};
static const char *const reals[] = {
    NULL,        "0",        "-0",       "0.1",       "0.3",      "-0.3", "0.35",
    "1e-45",     "-1e-45",   "3.4e38",   "-3.4e38",   "16777217", "NaN",  "Infinity",
    "-Infinity", "419430.4", "419430.3", "-419430.4", "48.85837",
};
static const char *const doubles[] = {
    NULL,
    "0",
    "-0",
    "0.1",
    "0.3",
    "0.30000000000000004",
    "-0.3",
    "0.7",
    "5e-324",
    "-5e-324",
    "1.7976931348623157e308",
    "-1.7976931348623157e308",
    "9007199254740993",
    "56294995342131.2",
    "-56294995342131.2",
    "56294995342131.1",
    "NaN",
    "Infinity",
    "-Infinity",
    "33612345678",
};

static const char *const dates[] = {
    NULL,         "2026-02-28",    "2024-02-29",   "1970-01-01",    "infinity",
    "-infinity",  "5874897-12-31", "294277-01-01", "4714-11-24 BC", "0001-06-01 BC",
    "0001-01-01", "2026-12-31"};
static const char *const stamps[] = {
    NULL,
    "2026-03-31 23:59:59.999999",
    "1970-01-01 00:00:00",
    "infinity",
    "-infinity",
    "294276-12-31 23:59:59.999999",
    "4714-11-24 00:00:00 BC",
    "0044-03-15 12:00:00 BC",
    "2026-01-01 00:00:00",
    "2026-03-29 02:30:00",
};
static const char *const zoned_stamps[] = {
    NULL,
    "2026-03-31 23:59:59.999999+00",
    "2026-04-01 01:00:00+05:30",
    "infinity",
    "-infinity",
    "294276-12-31 23:59:59.999999+00",
    "4714-11-24 00:00:00+00 BC",
    "1970-01-01 00:00:00+00",
    "2026-03-29 01:59:59-12",
};
static const char *const times[] = {NULL, "00:00:00", "24:00:00", "23:59:59.999999",
                                    "12:00:00.0001"};
static const char *const zoned_times[] = {NULL, "00:00:00+00", "24:00:00-15:59"};
static const char *const intervals[] = {NULL, "0", "-178000000 years", "1 mon -1 day 00:00:01"};

static const char *const documents[] = {
    NULL,
    "{}",
    "[]",
    "null",
    "\"zq\"",
    "7",
    "true",
    "\"\"",
    "[null]",
    "[[], {}]",
    "{\"email\": \"zq\"}",
    "{\"email\": {\"email\": [\"zq\"]}, \"a\": {\"email\": null}}",
    "{\"a\": [{\"email\": \"zq\", \"n\": 1}, [{\"email\": \"zq\"}]], \"plan\": {\"x\": [1]}}",
    "[{\"email\": \"zq\", \"plan\": 1}, \"zq\", [\"zq\"], null, 1e10]",
    "{\"email\": \"zq\", \"email\": \"zq\", \"plan\": 1, \"plan\": 2}",
    "{\"\": {\"email\": \"zq\"}, \"\\\"\\\\\": 1, \"" EMOJI "\": \"" COMBINED "\"}",
    "{\"k\": " DEEP DEEP DEEP "{\"email\": \"zq\"}" SHUT SHUT SHUT "}",
};
static const char *const raw_documents[] = {
    NULL,
    "{}",
    " [ ] ",
    "null",
    "\"zq\"",
    "7",
    "[\"zq\", {\"email\": \"zq\"}]",
    "{ \"email\" :\"zq\", \"email\":\"zq\",\"plan\" : 1e400000 , \"plan\":2}",
    "{\"u\": \"\\u0000\\ud800\", \"email\": \"zq\"}",
    "{\"\\ud800\": \"zq\", \"plan\": \"\\udc00\"}",
    "{\"\\u0065mail\": \"zq\"}",
    "{\"a\":{\"email\":\"zq\"},\"a\":{\"email\":\"zq\"}}",
    "[{\"plan\": \"\\\\u0000\"}]",
    "{\"k\": " DEEP DEEP DEEP "{\"email\":\"zq\"}" SHUT SHUT SHUT "}",
};

static const char *const moods[] = {NULL, "sad", "it's \"ok\"", "", "\xf0\x9f\x98\x80"};
static const char *const truths[] = {NULL, "t", "f"};
static const char *const pairs[] = {NULL, "(,)", "(1,)", "(1,2)"};
static const char *const points[] = {NULL, "(0,0)", "(NaN,-Infinity)"};
static const char *const ranges[] = {NULL, "empty", "[1,5)", "(,)"};
static const char *const words[] = {NULL, "", "'zq':1 'it''s':2"};
static const char *const markups[] = {NULL, "<a b=\"zq\">&amp;</a>"};
static const char *const sums[] = {NULL, "$0.00", "-$92,233,720,368,547,758.08"};
static const char *const bits[] = {NULL, "000", "111"};

#define LARGE_TEXTS                                                                                \
    "(repeat('7zq\\', 262144)), (repeat('1', 1048576)), (repeat(' \xf0\x9f\x98\x80', 209715)), "   \
    "(repeat('a@', 524288)), (repeat('@a.', 349525)), (repeat(' ', 1048576)), "                    \
    "('zq@' || repeat('a', 1048576) || '.com'), ('https://' || repeat('a@', 524288)), "            \
    "('https://example.com/' || repeat('zq/', 349525)), (repeat('Firefox/', 131072)), "            \
    "(repeat('zq ', 349525) || 'zq@example.com' || repeat(' ', 100000))"

#define DEEP_DOCUMENT "(repeat('[', 500) || '{\"email\": \"zq\"}' || repeat(']', 500))"

#define OF(list) (list), sizeof(list) / sizeof(list)[0]

const struct sample samples[] = {
    {"text", "new zq", OF(texts), LARGE_TEXTS},
    {"text COLLATE public.blind", "zq", OF(texts), NULL},
    {"character varying(64)", "zq", OF(texts), NULL},
    {"character varying(21)", "zq", OF(texts), NULL},
    {"character varying(5)", "zq", OF(texts), NULL},
    {"character varying", "\\'\"%$1", OF(texts), NULL},
    {"character(76)", "zq", OF(texts), NULL},
    {"character(5)", "zq", OF(texts), NULL},
    {"public.citext", "Zq", OF(texts), NULL},
    {"public.shorter", "zq", OF(texts), NULL},
    {"inet", "10.0.0.1", OF(networks), NULL},
    {"public.place", "10.0.0.0/7", OF(networks), NULL},
    {"cidr", "10.0.0.0/8", OF(blocks), NULL},
    {"inet[]", "{NULL}", OF(network_lists), NULL},
    {"cidr[]", "{::/0}", OF(block_lists), NULL},
    {"public.places", "{::/0}", OF(block_lists), NULL},
    {"text[]", "{a,NULL}", OF(lists), "(ARRAY[repeat('zq', 524288)])"},
    {"public.tags", "{}", OF(lists), NULL},
    {"integer[]", "{{1},{2}}", OF(number_lists), NULL},
    {"jsonb[]", "{}", OF(documents_lists), NULL},
    {"uuid", "12345678-0000-4000-8000-000000000000", OF(identifiers), NULL},
    {"public.ident", "12345678-0000-4000-8000-000000000000", OF(identifiers), NULL},
    {"macaddr", "02:00:00:00:00:01", OF(macs), NULL},
    {"public.mac", "02:00:00:00:00:01", OF(macs), NULL},
    {"macaddr8", "02:00:00:00:00:00:00:01", OF(long_macs), NULL},
    {"bytea", "\\x0102", OF(bytes), "(convert_to(repeat('zq', 524288), 'UTF8'))"},
    {"public.blob", "\\x", OF(bytes), NULL},
    {"smallint", "7", OF(smalls), NULL},
    {"integer", "-7", OF(wholes), NULL},
    {"public.whole", "7", OF(wholes), NULL},
    {"bigint", "7", OF(bigs), NULL},
    {"numeric", "7.50", OF(numerics), NULL},
    {"numeric(6,2)", "7.50", OF(decimals), NULL},
    {"public.price", "NaN", OF(decimals), NULL},
    {"numeric(3,-2)", "700", OF(rounds), NULL},
    {"real", "7.5", OF(reals), NULL},
    {"public.ratio", "0.1", OF(reals), NULL},
    {"double precision", "-0", OF(doubles), NULL},
    {"date", "1900-01-01", OF(dates), NULL},
    {"public.day", "infinity", OF(dates), NULL},
    {"timestamp without time zone", "1900-01-01 00:00:00", OF(stamps), NULL},
    {"timestamp(0) without time zone", "-infinity", OF(stamps), NULL},
    {"timestamp with time zone", "1900-01-01 00:00:00+00", OF(zoned_stamps), NULL},
    {"time without time zone", "00:30:00", OF(times), NULL},
    {"time with time zone", "00:30:00+00", OF(zoned_times), NULL},
    {"interval", "1 day", OF(intervals), NULL},
    {"jsonb", "{\"a\": 1}", OF(documents),
     "(to_jsonb(repeat('zq', 524288))), (" DEEP_DOCUMENT "::jsonb)"},
    {"public.doc", "[]", OF(documents), NULL},
    {"json", "{\"b\":1, \"a\":2}", OF(raw_documents),
     "(to_json(repeat('zq', 524288))), (" DEEP_DOCUMENT "::json)"},
    {"public.raw_doc", "[ ]", OF(raw_documents), NULL},
    {"public.mood", "it's \"ok\"", OF(moods), NULL},
    {"public.feeling", "", OF(moods), NULL},
    {"boolean", "false", OF(truths), NULL},
    {"public.pair", "(1,)", OF(pairs), NULL},
    {"point", "(1,2)", OF(points), NULL},
    {"int4range", "[1,3)", OF(ranges), NULL},
    {"tsvector", "'a':1", OF(words), NULL},
    {"xml", "<x/>", OF(markups), NULL},
    {"money", "$1.00", OF(sums), NULL},
    {"bit(3)", "101", OF(bits), NULL},
};
const size_t sample_count = sizeof samples / sizeof samples[0];
