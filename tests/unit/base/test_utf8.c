/* test_utf8.c - what RFC 3629 allows, and one byte at a time for the rest. */
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *bytes;
    size_t length;
    size_t size;
    int32_t code;
} cases[] = {
    {"a", 1, 1, 'a'},
    {"\0", 1, 1, 0},
    {"\x7f", 1, 1, 0x7f},
    {"\xc2\x80", 2, 2, 0x80},
    {"\xdf\xbf!", 3, 2, 0x7ff},
    {"\xe0\xa0\x80", 3, 3, 0x800},
    {"\xed\x9f\xbf", 3, 3, 0xd7ff},
    {"\xee\x80\x80", 3, 3, 0xe000},
    {"\xef\xbf\xbf", 3, 3, 0xffff},
    {"\xf0\x90\x80\x80", 4, 4, 0x10000},
    {"\xf4\x8f\xbf\xbf", 4, 4, 0x10ffff},
    /* alone, cut short, continued wrongly */
    {"\x80", 1, 1, -1},
    {"\xc3", 1, 1, -1},
    {"\xc3(", 2, 1, -1},
    {"\xe2\x82", 2, 1, -1},
    {"\xe2\x82(", 3, 1, -1},
    {"\xf0\x9f\x98", 3, 1, -1},
    {"\xff", 1, 1, -1},
    {"\xf8\x88\x80\x80\x80", 5, 1, -1},
    /* overlong, surrogates, beyond the last */
    {"\xc0\x80", 2, 1, -1},
    {"\xc1\xbf", 2, 1, -1},
    {"\xe0\x9f\xbf", 3, 1, -1},
    {"\xf0\x8f\xbf\xbf", 4, 1, -1},
    {"\xed\xa0\x80", 3, 1, -1},
    {"\xed\xbf\xbf", 3, 1, -1},
    {"\xf4\x90\x80\x80", 4, 1, -1},
};

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t code = 12345;
        assert_int_equal(utf8_decode(cases[i].bytes, cases[i].length, &code), cases[i].size);
        assert_int_equal(code, cases[i].code);
    }
}

/* Every code point, written by another way than it is read. */
static void test_all(void **state)
{
    (void)state;
    for (int32_t code = 0; code <= 0x10ffff; code++) {
        char bytes[4];
        size_t size = 0;
        int32_t read = -2;
        if (code >= 0xd800 && code <= 0xdfff)
            continue;
        if (code < 0x80)
            bytes[size++] = (char)code;
        else if (code < 0x800)
            bytes[size++] = (char)(0xc0 + code / 64);
        else if (code < 0x10000)
            bytes[size++] = (char)(0xe0 + code / 4096);
        else {
            bytes[size++] = (char)(0xf0 + code / 262144);
            bytes[size++] = (char)(0x80 + code / 4096 % 64);
        }
        if (code >= 0x800)
            bytes[size++] = (char)(0x80 + code / 64 % 64);
        if (code >= 0x80)
            bytes[size++] = (char)(0x80 + code % 64);
        if (utf8_decode(bytes, size, &read) != size || read != code)
            fail_msg("U+%04X", (unsigned)code);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases), cmocka_unit_test(test_all)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
