/* test_bytes.c - bytes that are no text, and files that are too large, too deep or too long. */
#include "parsed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define HEAD "pgretain: 1\npolicy: t\n"
#define REST                                                                                       \
    "categories: {c: {keep: 1 day}}\nrules: [{table: a.b, category: c, clock: at, action: "        \
    "purge}]\n"
#define BYTES(text) (text), sizeof(text) - 1
#define OURS(text) BYTES("#pgretain\n" text)

static const struct {
    const char *bytes;
    size_t length;
    const char *shown; /* begins so */
} cases[] = {
    {BYTES(""), "test.yaml: error: the policy is empty\n"},
    {BYTES("\xef\xbb\xbf"), "test.yaml: error: the policy is empty\n"},
    {OURS("a: \xff\n"), "test.yaml:2:4: error: invalid UTF-8\n  a: ?\n     ^\n"},
    {OURS("\xc3\xa9: \xc3(\n"), "test.yaml:2:4: error: invalid UTF-8\n  \xc3\xa9: ?(\n     ^\n"},
    {OURS("a: \xc0\xaf\n"), "test.yaml:2:4: error: invalid UTF-8\n"},         /* overlong */
    {OURS("a: \xe0\x80\xaf\n"), "test.yaml:2:4: error: invalid UTF-8\n"},     /* overlong */
    {OURS("a: \xed\xa0\x80\n"), "test.yaml:2:4: error: invalid UTF-8\n"},     /* surrogate */
    {OURS("a: \xf4\x90\x80\x80\n"), "test.yaml:2:4: error: invalid UTF-8\n"}, /* above 10FFFF */
    {OURS("a: \xf0\x9f\x98"), "test.yaml:2:4: error: invalid UTF-8\n"},       /* cut short */
    {OURS("a: \x80\n"), "test.yaml:2:4: error: invalid UTF-8\n"},
    {OURS("a: b\0c\n"), "test.yaml:2:5: error: NUL byte\n  a: b?c\n      ^\n"},
    {OURS("\0"), "test.yaml:2:1: error: NUL byte\n"},
    {OURS("a:\n  \x1b[31m\n"), "test.yaml:3:3: error: control character U+001B\n    ?[31m\n"},
    {OURS("a: \x7f\n"), "test.yaml:2:4: error: control character U+007F\n"},
    {OURS("a: b\rc: d\n"), "test.yaml:2:5: error: control character U+000D\n"},
    {OURS("a: \xc2\x85\n"), "test.yaml:2:4: error: control character U+0085\n"},
    {OURS("a: \xe2\x80\xa8\n"), "test.yaml:2:4: error: control character U+2028\n"},
    {OURS("a: \xe2\x80\xae\n"), "test.yaml:2:4: error: control character U+202E\n  a: ?\n"},
    {OURS("a: \xef\xbb\xbf\n"), "test.yaml:2:4: error: control character U+FEFF\n"},
    {OURS("a: \xef\xbf\xbf\n"), "test.yaml:2:4: error: control character U+FFFF\n"},
    {BYTES("\xff\xfe"
           "p\0g\0"),
     "test.yaml: error: the file is UTF-16\n"},
    {BYTES("\xfe\xff\0p\0g"), "test.yaml: error: the file is UTF-16\n"},
    {BYTES("\xff\xfe\0\0p\0\0\0"), "test.yaml: error: the file is UTF-16\n"},
    {BYTES("\x7f"
           "ELF\x02\x01\x01\0\0\0"),
     "test.yaml: error: this is no policy: the key \"pgretain\" is missing\n  hint: A policy "},
    {BYTES("services: {db: {image: postgres}}\n"), "test.yaml: error: this is no policy: "},
    {BYTES("rules: []\n"), "test.yaml: error: this is no policy: "},
    {BYTES("rules: []\ncategories: []\n"), "test.yaml:1:1: error: missing key \"pgretain\""},
    {BYTES("# nothing\n--- \n...\n\n"), "test.yaml:3:1: error: the policy must be a mapping"},
};

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct parsed parsed = parse_with(cases[i].bytes, cases[i].length, NULL);
        assert_null(parsed.policy);
        if (strncmp(buffer_text(&parsed.shown), cases[i].shown, strlen(cases[i].shown)) != 0)
            assert_string_equal(buffer_text(&parsed.shown), cases[i].shown);
        parsed_free(&parsed);
    }
}

static void test_marks_behind_byte_order_mark(void **state)
{
    (void)state;
    struct parsed parsed = parse("\xef\xbb\xbfpgretain: 2\npolicy: t\n" REST);
    assert_non_null(strstr(buffer_text(&parsed.shown), "test.yaml:1:11: error: unknown format "
                                                       "version \"2\"\n  pgretain: 2\n"
                                                       "            ^\n"));
    parsed_free(&parsed);
}

/* One tab is reported per line, and the parser's own complaint about it is not. */
static void test_tabs(void **state)
{
    (void)state;
    struct parsed parsed = parse(HEAD "categories:\n\t\tc: {keep: 1 day}\n\td: x\n");
    assert_int_equal(parsed.diagnostics.count, 2);
    assert_int_equal(parsed.diagnostics.items[0].mark.line, 4);
    assert_int_equal(parsed.diagnostics.items[1].mark.line, 5);
    parsed_free(&parsed);
    parsed = parse(HEAD "categories:\t{c: {keep: 1 dya}}\nrules:\n  - {}\n");
    assert_non_null(strstr(buffer_text(&parsed.shown), "tab character"));
    assert_non_null(strstr(buffer_text(&parsed.shown), "invalid window \"1 dya\""));
    parsed_free(&parsed);
}

static void test_size(void **state)
{
    (void)state;
    const char policy[] = HEAD REST "# ";
    char *bytes = malloc(POLICY_MAX_BYTES + 1);
    assert_non_null(bytes);
    memset(bytes, '#', POLICY_MAX_BYTES + 1);
    memcpy(bytes, policy, sizeof policy - 1);
    struct parsed parsed = parse_with(bytes, POLICY_MAX_BYTES, NULL);
    assert_string_equal(buffer_text(&parsed.shown), "");
    assert_non_null(parsed.policy);
    parsed_free(&parsed);
    parsed = parse_with(bytes, POLICY_MAX_BYTES + 1, NULL);
    assert_string_equal(buffer_text(&parsed.shown),
                        "test.yaml: error: the policy is larger than 1 MiB\n");
    parsed_free(&parsed);
    free(bytes);
}

static struct parsed parse_repeated(const char *head, const char *piece, size_t count)
{
    struct buffer text = {0};
    buffer_add(&text, head);
    for (size_t i = 0; i < count; i++)
        buffer_add(&text, piece);
    struct parsed parsed = parse_with(text.data, text.length, NULL);
    buffer_free(&text);
    return parsed;
}

static void test_depth(void **state)
{
    (void)state;
    static const char *const pieces[] = {"[", "{a: ", "- ", "? "};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct parsed parsed = parse_repeated("#pgretain\n", pieces[i], 200000);
        assert_null(parsed.policy);
        assert_non_null(strstr(buffer_text(&parsed.shown), "nested more than 32 levels deep"));
        parsed_free(&parsed);
    }
    char list[128] = "pgretain:\nx: ";
    memset(list + 13, '[', 30); /* with the mapping round it and the text inside: 32 */
    list[43] = 'y';
    memset(list + 44, ']', 30);
    struct parsed parsed = parse(list);
    assert_null(strstr(buffer_text(&parsed.shown), "nested"));
    parsed_free(&parsed);
    memset(list + 13, '[', 31);
    list[44] = 'y';
    memset(list + 45, ']', 31);
    parsed = parse(list);
    assert_non_null(strstr(buffer_text(&parsed.shown), "nested more than 32 levels deep"));
    parsed_free(&parsed);
}

static void test_counts(void **state)
{
    (void)state;
    struct parsed parsed = parse_repeated(HEAD "subjects: [", "a.b, ", 10001);
    assert_non_null(strstr(buffer_text(&parsed.shown), "more than 10000 items in one place"));
    assert_int_equal(parsed.diagnostics.count, 1);
    parsed_free(&parsed);
    parsed = parse_repeated(HEAD REST, "x: 1\n", 150);
    assert_int_equal(parsed.diagnostics.errors, 150);
    assert_int_equal(parsed.diagnostics.count, 101);
    assert_string_equal(parsed.diagnostics.items[100].message,
                        "only the first 100 problems are shown");
    parsed_free(&parsed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases), cmocka_unit_test(test_marks_behind_byte_order_mark),
        cmocka_unit_test(test_tabs),  cmocka_unit_test(test_size),
        cmocka_unit_test(test_depth), cmocka_unit_test(test_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
