/* test_text.c - escaping, measuring, shortening, numbers, and single lines. */
#include "report/report.h"
#include "report/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void assert_text(struct buffer *out, const char *expected)
{
    assert_string_equal(buffer_text(out), expected);
    buffer_free(out);
}

static void assert_escaped(const char *text, const char *expected)
{
    struct buffer out = {0};
    text_escape(text, &out);
    assert_text(&out, expected);
}

static void test_escape(void **state)
{
    (void)state;
    assert_escaped("plain \xc3\xa9 \xf0\x9f\x98\x80", "plain \xc3\xa9 \xf0\x9f\x98\x80");
    assert_escaped("\x1b[31m\r\n\t\x7f", "\\x1b[31m\\x0d\\x0a\\x09\\x7f");
    assert_escaped("\xc2\x9b"
                   "31m",
                   "\\u{009b}31m"); /* C1: CSI in one code point */
    assert_escaped("a\xe2\x80\xae"
                   "b\xe2\x81\xa6",
                   "a\\u{202e}b\\u{2066}"); /* bidi */
    assert_escaped("\xe2\x80\x8b\xef\xbb\xbf", "\\u{200b}\\u{feff}");
    assert_escaped("\xf3\xa0\x81\x81", "\\u{e0041}"); /* a tag character */
    assert_escaped("\xff\xc3", "\\xff\\xc3");
    assert_escaped("\xc0\xaf", "\\xc0\\xaf");                   /* overlong */
    assert_escaped("\xed\xa0\x80", "\\xed\\xa0\\x80");          /* a surrogate */
    assert_escaped("\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"); /* beyond U+10FFFF */
    assert_escaped("\xe2\x80", "\\xe2\\x80");                   /* cut short */
    assert_escaped(NULL, "");
}

static void assert_fitted(const char *text, size_t width, const char *expected)
{
    struct buffer out = {0};
    text_fit(text, width, &out);
    assert_true(text_width(buffer_text(&out)) <= width);
    assert_text(&out, expected);
}

static void test_fit(void **state)
{
    (void)state;
    assert_fitted("public.calls", 12, "public.calls");
    assert_fitted("public.integrations", 12, "publi...ions");
    assert_fitted("public.integrations", 11, "publ...ions");
    assert_fitted("abcdef", 3, "abc");
    assert_fitted("abcdef", 4, "a...");
    assert_fitted("\xe6\xb3\x95\xe6\xb3\x95\xe6\xb3\x95\xe6\xb3\x95", 8,
                  "\xe6\xb3\x95\xe6\xb3\x95\xe6\xb3\x95\xe6\xb3\x95");
    assert_fitted("\xe6\xb3\x95\xe6\xb3\x95\xe6\xb3\x95\xe6\xb3\x95", 7,
                  "\xe6\xb3\x95...\xe6\xb3\x95");
    assert_fitted("\xe6\xb3\x95\xe6\xb3\x95\xe6\xb3\x95\xe6\xb3\x95", 6, "\xe6\xb3\x95...");
    assert_fitted("", 5, "");
}

static void test_wrap(void **state)
{
    (void)state;
    char word[121];
    memset(word, 'w', 120);
    word[120] = '\0';
    struct buffer out = {0};
    text_wrap("a  b", PAGE_COLUMNS - 4, 4, &out);
    text_wrap("a  b", PAGE_COLUMNS - 3, 4, &out);
    text_wrap("ab  c", PAGE_COLUMNS - 3, 4, &out);
    text_wrap(word, 4, 4, &out);
    text_wrap("", 4, 4, &out);
    buffer_add(&out, "|");
    struct buffer expected = {0};
    buffer_addf(&expected, "a  b\na\n    b\nab\n    c\n%s\n\n|", word);
    assert_text(&out, buffer_text(&expected));
    buffer_free(&expected);
}

static void assert_numbers(int64_t number, const char *full, const char *compact)
{
    struct arena arena = {0};
    assert_string_equal(text_number(number, &arena), full);
    assert_string_equal(text_compact(number, &arena), compact);
    assert_true(strlen(compact) <= 6);
    arena_free(&arena);
}

static void test_numbers(void **state)
{
    (void)state;
    assert_numbers(-1, "-", "-");
    assert_numbers(0, "0", "0");
    assert_numbers(999, "999", "999");
    assert_numbers(1000, "1,000", "1,000");
    assert_numbers(99999, "99,999", "99,999");
    assert_numbers(100000, "100,000", "100k");
    assert_numbers(999999, "999,999", "999k");
    assert_numbers(1234567, "1,234,567", "1.2M");
    assert_numbers(9999999, "9,999,999", "9.9M");
    assert_numbers(12345678, "12,345,678", "12M");
    assert_numbers(INT64_MAX, "9,223,372,036,854,775,807", "9.2E");
}

static void assert_bytes(int64_t bytes, const char *expected)
{
    struct buffer out = {0};
    report_bytes(bytes, &out);
    assert_text(&out, expected);
}

static void test_bytes(void **state)
{
    (void)state;
    assert_bytes(0, "0 bytes");
    assert_bytes(1023, "1023 bytes");
    assert_bytes(1024, "1.0 kB");
    assert_bytes(91234304, "87 MB");
    assert_bytes(1288490188, "1.1 GB");
    assert_bytes(INT64_MAX, "8192 PB");
}

static void test_negative_number(void **state)
{
    (void)state;
    struct buffer out = {0};
    report_number(INT64_MIN, &out);
    assert_text(&out, "-9,223,372,036,854,775,808");
}

static void assert_progress(struct progress progress, const char *expected)
{
    struct buffer out = {0};
    report_progress(&progress, &out);
    assert_text(&out, expected);
}

static void test_progress(void **state)
{
    (void)state;
    assert_progress((struct progress){"public.calls", 120331, 293000, 410, 1000, 1.3674, NULL},
                    "public.calls  41%  120,331 rows  87,999 rows/s  ETA 0:01");
    assert_progress((struct progress){"t\x1b[2J", 1, 2, 0, 0, 0, NULL},
                    "t\\x1b[2J  50%  1 row  ETA 0:00");
    assert_progress((struct progress){"t", 0, 0, 0, 0, 5, "throttled: replica db2 12 s behind"},
                    "t  0%  0 rows  0 rows/s  throttled: replica db2 12 s behind");
    assert_progress((struct progress){"t", 500, 100, 2000, 1000, 2, NULL},
                    "t  100%  500 rows  250 rows/s  ETA 0:00");
}

static void test_audit_line(void **state)
{
    (void)state;
    static const char line[] =
        "{\"at\":\"2026-11-23T03:00:01.123Z\",\"kind\":\"commit\",\"prev\":\"00\",\"rows\":88120,"
        "\"rule\":\"public.calls-telephony\",\"run\":\"6f1c\",\"seq\":41,\"table\":\"app.a b\","
        "\"why\":\"\\u001b[0m\"}";
    struct buffer out = {0};
    assert_true(report_audit_line(line, sizeof line - 1, &out));
    assert_text(&out, "2026-11-23T03:00:01.123Z  seq 41  commit  public.calls-telephony  "
                      "rows 88120  table \"app.a b\"  why \\x1b[0m\n");
    assert_false(report_audit_line(line, sizeof line - 2, &out));
    assert_false(report_audit_line("[1]", 3, &out));
    assert_false(report_audit_line("", 0, &out));
    assert_text(&out, "");
}

static void test_finding_line(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct finding finding = {.code = "mask-unique",
                              .severity = SEVERITY_ERROR,
                              .mark = {41, 12},
                              .message = "mask fixed\n cannot stand",
                              .hint = "Use unique."};
    report_finding(&finding, "a b.yaml", &out);
    assert_text(&out, "a b.yaml:41:12: error: mask fixed\\x0a cannot stand [mask-unique]\n"
                      "  hint: Use unique.\n");
    finding = (struct finding){.code = "x", .severity = SEVERITY_NOTE, .message = "m"};
    report_finding(&finding, "f", &out);
    report_finding(&finding, NULL, &out);
    assert_text(&out, "f: note: m [x]\nnote: m [x]\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_escape),       cmocka_unit_test(test_fit),
        cmocka_unit_test(test_wrap),         cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_bytes),        cmocka_unit_test(test_negative_number),
        cmocka_unit_test(test_progress),     cmocka_unit_test(test_audit_line),
        cmocka_unit_test(test_finding_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
