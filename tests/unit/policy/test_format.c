/* test_format.c - how a diagnostic is shown, and what its quoted line keeps to itself. */
#include "policy/policy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct buffer format_bytes(const char *bytes, size_t length, unsigned line, unsigned column)
{
    struct diagnostic diagnostic = {.mark = {line, column}, .message = "m"};
    const struct diagnostics diagnostics = {.items = &diagnostic, .count = 1};
    struct buffer shown = {0};
    char *copy = malloc(length + 1); /* without a NUL, so that reading on is seen */
    assert_non_null(copy);
    copy = realloc(copy, length == 0 ? 1 : length);
    assert_non_null(copy);
    memcpy(copy, bytes, length);
    diagnostics_format(&diagnostics, "f", copy, length, &shown);
    free(copy);
    return shown;
}

static void expect(const char *text, unsigned line, unsigned column, const char *expected)
{
    struct buffer shown = format_bytes(text, strlen(text), line, column);
    assert_string_equal(buffer_text(&shown), expected);
    buffer_free(&shown);
}

static void test_parts(void **state)
{
    (void)state;
    struct diagnostic diagnostic = {.mark = {0, 0}, .message = "no file", .hint = "Look for it."};
    const struct diagnostics diagnostics = {.items = &diagnostic, .count = 1};
    struct buffer shown = {0};
    diagnostics_format(&diagnostics, "a/b.yaml", NULL, 0, &shown);
    assert_string_equal(buffer_text(&shown), "a/b.yaml: error: no file\n  hint: Look for it.\n");
    buffer_clear(&shown);
    diagnostic =
        (struct diagnostic){.mark = {2, 3}, .message = "look", .hint = "Here.", .is_warning = true};
    diagnostics_format(&diagnostics, "b", "one\ntwo\n", 8, &shown);
    assert_string_equal(buffer_text(&shown), "b:2:3: warning: look\n  two\n    ^\n  hint: Here.\n");
    buffer_free(&shown);
}

static void test_places(void **state)
{
    (void)state;
    expect("abc\n", 1, 1, "f:1:1: error: m\n  abc\n  ^\n");
    expect("abc\n", 1, 4, "f:1:4: error: m\n  abc\n     ^\n");
    expect("abc\n", 1, 99, "f:1:99: error: m\n  abc\n     ^\n");
    expect("abc", 1, 3, "f:1:3: error: m\n  abc\n    ^\n");
    expect("abc\n", 2, 1, "f:2:1: error: m\n");
    expect("abc\n", 7, 1, "f:7:1: error: m\n");
    expect("", 1, 1, "f:1:1: error: m\n");
    expect("a\r\n", 1, 2, "f:1:2: error: m\n  a\n   ^\n");
    expect("\t\tx\ty\n", 1, 3, "f:1:3: error: m\n          x    y\n          ^\n");
    expect("\xef\xbb\xbf"
           "abc\n",
           1, 2, "f:1:2: error: m\n  abc\n   ^\n");
    expect("\xc3\xa9\xe6\x9d\xb1 x\n", 1, 4, "f:1:4: error: m\n  \xc3\xa9\xe6\x9d\xb1 x\n     ^\n");
    expect("\xc3\x28\xff x\n", 1, 5, "f:1:5: error: m\n  ?(? x\n      ^\n");
    expect("\x1b[31mred\x7f \xe2\x80\xae\n", 1, 1, "f:1:1: error: m\n  ?[31mred? ?\n  ^\n");
}

/* No line is wider than 100 columns and the caret stands under its character. */
static void test_long_lines(void **state)
{
    (void)state;
    char text[1001];
    for (size_t i = 0; i < 1000; i++)
        text[i] = (char)('a' + i % 26);
    text[1000] = '\0';
    for (unsigned column = 1; column <= 1001; column++) {
        struct buffer shown = format_bytes(text, 1000, 1, column);
        const char *line = strchr(shown.data, '\n') + 1, *caret = strchr(line, '\n') + 1;
        assert_true((size_t)(caret - line) - 1 <= 100);
        assert_true(strlen(caret) - 1 <= 101);
        size_t at = strcspn(caret, "^");
        if (column <= 1000)
            assert_int_equal(line[at], text[column - 1]);
        buffer_free(&shown);
    }
}

/* `line` is the number of the last line that is quoted; `shown` is what is left of it. */
static const struct {
    const char *text;
    unsigned line;
    const char *shown;
} hidden[] = {
    /* literals in expressions */
    {"where: name = 'Ada'", 1, "where: name = '?'"},
    {"where: \"name = 'Ada' or x = 'B'\"", 1, "where: \"name = '?' or x = '?'\""},
    {"where: 'name = ''Ada'' and b'", 1, "where: 'name = ''?'' and b'"},
    {"where: 'name = ''O''''Neil'' and b'", 1, "where: 'name = ''?'' and b'"},
    {"where: \"name = 'O''Neil' and b\"", 1, "where: \"name = '?' and b\""},
    {"where: x = '' and b", 1, "where: x = '' and b"},
    {"where: x = 'Ada", 1, "where: x = '?"},
    {"only: id = 4711 and t4 = 1.5e3", 1, "only: id = ? and t4 = ?"},
    {"unless: x = $$Ada$$ or y = $q$A$da$q$ or z", 1, "unless: x = $$?$$ or y = $q$?$q$ or z"},
    {"unless: \"it's\" = 'Ada'", 1, "unless: \"it'?\" ?"},
    {"where: 'name' = 'Ada'", 1, "where: 'name' ?"},
    {"password: \"hunter\"2", 1, "password: \"?\"?"},
    {"unless: a.\"it's\" = 'Ada' and b", 1, "unless: a.\"it's\" = '?' and b"},
    {"unless: \"a.\\\"it's\\\" = 'Ada' and b\"", 1, "unless: \"a.\\\"it's\\\" = '?' and b\""},
    {"unless: x = E'A\\'da' and y = 'B'", 1, "unless: x = E'?"},
    {"unless: \"x = \\x27Ada\\x27\"", 1, "unless: \"?\""},
    {"unless: \"x\\n = 'Ada'\"", 1, "unless: \"x?\""},
    {"unless: x -- it's\n", 1, "unless: x ?"},
    {"unless: x /* it's */ = 'Ada' and b", 1, "unless: x ?*/ = '?' and b"},
    {"{id: h, where: \"n = 'Ada'\", until: 2026-01-01}", 1,
     "{id: h, where: \"n = '?'\", until: 2026-01-01}"},
    {"{id: h, where: n = 'Ada', until: 2026-01-01}", 1,
     "{id: h, where: n = '?', until: 2026-01-01}"},
    {"{\"where\": \"n = 'Ada'\"}", 1, "{\"where\": \"n = '?'\"}"},
    {"where :  n = 'Ada'", 1, "where :  n = '?'"},
    /* in the lines below the key */
    {"where: |\n  name = 'Ada'\n", 2, "  name = '?'"},
    {"where: >-\n\n  name =\n   'Ada'\n", 4, "   '?'"},
    {"where: name =\n  'Ada'\n", 2, "  '?'"},
    {"where: \"a = 'x\n  Ada'\"\n", 2, "?'\""},
    {"- where: |\n    a = 'Ada'\n  until: 2026-01-01\n", 2, "    a = '?'"},
    {"- where: |\n    a = 'Ada'\n  until: 2026-01-01\n", 3, "  until: 2026-01-01"},
    {"{where:\n\"a = 'Ada'\"}\n", 2, "\"a = '?'\"}"},
    /* elsewhere literals are left alone */
    {"keep: '24 mnths'", 1, "keep: '24 mnths'"},
    {"wherever: 'Ada'", 1, "wherever: 'Ada'"},
    {"description: 'it is 24 months'", 1, "description: 'it is 24 months'"},
    /* passwords */
    {"password: hunter2", 1, "password: ?"},
    {"PASSWORD: hunter2 # really", 1, "PASSWORD: ?"},
    {"db_passwd: \"hunter2\" # x", 1, "db_passwd: \"?\" # x"},
    {"secret: 'hunter''2'", 1, "secret: '?'"},
    {"{token: hunter2, keep: 1 day}", 1, "{token: ?, keep: 1 day}"},
    {"{access_token: \"hunter2,\", keep: 1 day}", 1, "{access_token: \"?\", keep: 1 day}"},
    {"pwd: |\n  hunter2\n", 2, "?"},
    {"pwd:\n  - hunter2\n", 2, "  ?"},
    {"{\"password\":\n\"hunter2\"}", 2, "\"?\"}"},
    {"x: postgres://app:hunter2@db/x", 1, "x: postgres://app:?@db/x"},
    {"# postgresql://app:hunt@er2@db/x", 1, "# postgresql://app:?@db/x"},
    {"x: \"postgres:\\/\\/app:hunter2@db\"", 1, "x: \"?\""},
    {"x: host=db password=hunter2 user=u", 1, "x: host=db password=? user=u"},
    {"x: postgres://db/x?password=hunter2&b=c", 1, "x: postgres://db/x?password=?"},
    {"- DB_PASSWORD=hunter2,3 x", 1, "- DB_PASSWORD=? x"},
    {"- \"DB_PASSWORD=hunter 2\"", 1, "- \"DB_PASSWORD=?\""},
    {"- DB_PASSWORD='hunter 2' x", 1, "- DB_PASSWORD='?' x"},
    {"run: app --token=hunter2 --level=2", 1, "run: app --token=? --level=2"},
    {"AWS_SECRET_ACCESS_KEY: hunter2", 1, "AWS_SECRET_ACCESS_KEY: ?"},
    {"x: postgres://db:5432/x", 1, "x: postgres://db:5432/x"},
    {"x: postgres://app@db/x", 1, "x: postgres://app@db/x"},
};

static void test_hidden(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
        struct buffer shown =
            format_bytes(hidden[i].text, strlen(hidden[i].text), hidden[i].line, 1);
        char *line = strchr(shown.data, '\n') + 3;
        *strchr(line, '\n') = '\0';
        if (strcmp(line, hidden[i].shown) != 0)
            fail_msg("%s\nis shown as\n%s", hidden[i].text, line);
        buffer_free(&shown);
    }
}

/* The caret stays under its word when something before it was hidden. */
static void test_caret_after_hidden(void **state)
{
    (void)state;
    expect("{where: \"a = 'Ada Lovelace'\", bad: 1}", 1, 31,
           "f:1:31: error: m\n  {where: \"a = '?'\", bad: 1}\n                     ^\n");
    expect("{where: \"a = 'Ada Lovelace'\"}", 1, 20,
           "f:1:20: error: m\n  {where: \"a = '?'\"}\n                 ^\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_long_lines),
        cmocka_unit_test(test_hidden),
        cmocka_unit_test(test_caret_after_hidden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
