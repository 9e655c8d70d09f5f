/* test_base64.c - the examples of RFC 4648, all bytes there and back, and what is no encoding. */
#include "base/base64.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *bytes, *text;
} cases[] = {
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"},
};

static void test_examples(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer text = {0}, bytes = {0};
        base64_add(&text, cases[i].bytes, strlen(cases[i].bytes));
        assert_string_equal(buffer_text(&text), cases[i].text);
        assert_true(base64_read(cases[i].text, strlen(cases[i].text), &bytes));
        assert_string_equal(buffer_text(&bytes), cases[i].bytes);
        buffer_free(&text);
        buffer_free(&bytes);
    }
}

static void test_every_byte(void **state)
{
    (void)state;
    unsigned char bytes[256], back[256];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)i;
    for (size_t length = 0; length <= sizeof bytes; length++) {
        struct buffer text = {0};
        base64_add(&text, bytes, length);
        assert_true(base64_read_exactly(buffer_text(&text), text.length, back, length));
        assert_memory_equal(back, bytes, length);
        assert_false(base64_read_exactly(buffer_text(&text), text.length, back, length + 1));
        buffer_free(&text);
    }
}

static void test_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Z",    "Zg",   "Zg=",  "Zh==", "Zm9=", "Zg==Zg==", "Zg==\n",
        "Z===", "====", "Zm9*", "Zm-_", "Z=9v", "Zm9 "};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buffer bytes = {0};
        if (base64_read(texts[i], strlen(texts[i]), &bytes))
            fail_msg("\"%s\" was taken", texts[i]);
        buffer_free(&bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_examples),
                                       cmocka_unit_test(test_every_byte),
                                       cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
