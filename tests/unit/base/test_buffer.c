/* test_buffer.c - a growing string keeps what was added, NUL bytes too. */
#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_untouched(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    assert_string_equal(buffer_text(&buffer), "");
    buffer_clear(&buffer);
    assert_string_equal(buffer_text(&buffer), "");
    buffer_free(&buffer);
}

static void test_adds(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    buffer_add(&buffer, "a");
    buffer_add(&buffer, "");
    buffer_addf(&buffer, "%d-%s", 12, "x");
    buffer_add_bytes(&buffer, "\0z", 2);
    buffer_add_bytes(&buffer, NULL, 0);
    assert_int_equal(buffer.length, 7);
    assert_memory_equal(buffer.data, "a12-x\0z", 8);
    buffer_clear(&buffer);
    assert_int_equal(buffer.length, 0);
    assert_string_equal(buffer_text(&buffer), "");
    buffer_add(&buffer, "again");
    assert_string_equal(buffer_text(&buffer), "again");
    buffer_free(&buffer);
    assert_null(buffer.data);
    assert_int_equal(buffer.capacity, 0);
}

/* Every length around the doublings, so that a missing byte for the NUL shows. */
static void test_grows(void **state)
{
    (void)state;
    for (size_t length = 250; length < 260; length++) {
        struct buffer buffer = {0};
        for (size_t i = 0; i < length; i++)
            buffer_addf(&buffer, "%c", (char)('a' + i % 26));
        assert_int_equal(buffer.length, length);
        assert_int_equal(strlen(buffer.data), length);
        for (size_t i = 0; i < length; i++)
            assert_int_equal(buffer.data[i], 'a' + i % 26);
        buffer_free(&buffer);
    }
}

static void test_long_format(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    buffer_add(&buffer, "<");
    buffer_addf(&buffer, "%5000d", 7);
    buffer_add(&buffer, ">");
    assert_int_equal(buffer.length, 5002);
    assert_string_equal(buffer.data + 4999, " 7>");
    buffer_free(&buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_untouched),
        cmocka_unit_test(test_adds),
        cmocka_unit_test(test_grows),
        cmocka_unit_test(test_long_format),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
