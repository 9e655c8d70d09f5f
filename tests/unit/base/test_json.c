/* test_json.c - the bytes that RFC 8785 asks for. */
#include "base/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static const struct {
    const char *value;
    const char *written;
} strings[] = {
    {"", "\"\""},
    {"plain", "\"plain\""},
    {"\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\""},
    {"\x0f", "\"\\u000f\""},
    {"\x01\x07\x0b\x0e\x1f", "\"\\u0001\\u0007\\u000b\\u000e\\u001f\""},
    {"\"\\/", "\"\\\"\\\\/\""},
    {"\x7f", "\"\x7f\""},
    {"<&>'", "\"<&>'\""},
    {"\xe2\x82\xac$\x0f\nA'B\"\\\\\"/", "\"\xe2\x82\xac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\""},
    {"\xe2\x80\xa8\xf0\x9f\x98\x80", "\"\xe2\x80\xa8\xf0\x9f\x98\x80\""},
};

static void test_strings(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        struct buffer out = {0};
        struct json json = {.out = &out};
        json_text(&json, NULL, strings[i].value);
        assert_string_equal(buffer_text(&out), strings[i].written);
        buffer_free(&out);
    }
}

static void test_integers(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct json json = {.out = &out};
    json_array_begin(&json, NULL);
    json_int(&json, NULL, 0);
    json_int(&json, NULL, -1);
    json_int(&json, NULL, INT64_C(9007199254740991));
    json_int(&json, NULL, -INT64_C(9007199254740991));
    json_array_end(&json);
    assert_string_equal(buffer_text(&out), "[0,-1,9007199254740991,-9007199254740991]");
    buffer_free(&out);
}

static void test_nesting(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct json json = {.out = &out};
    json_object_begin(&json, NULL);
    json_object_begin(&json, "A");
    json_object_end(&json);
    json_array_begin(&json, "a");
    json_object_begin(&json, NULL);
    json_text(&json, "z", "1");
    json_object_end(&json);
    json_object_begin(&json, NULL);
    json_text(&json, "b", "2"); /* order starts anew in each object */
    json_object_end(&json);
    json_array_begin(&json, NULL);
    json_array_end(&json);
    json_array_end(&json);
    json_int(&json, "ab", 3);
    json_object_end(&json);
    assert_string_equal(buffer_text(&out),
                        "{\"A\":{},\"a\":[{\"z\":\"1\"},{\"b\":\"2\"},[]],\"ab\":3}");
    buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_integers),
        cmocka_unit_test(test_nesting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
