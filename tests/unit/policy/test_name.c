/* test_name.c - schema.name as people write it. */
#include "pgretain/error.h"
#include "policy/policy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define BYTES_63 "123456789012345678901234567890123456789012345678901234567890123"

static const struct {
    const char *text;
    const char *schema, *name;
    bool schema_is_pattern, name_is_pattern;
} names[] = {
    {"public.users", "public", "users", false, false},
    {"public.User", "public", "User", false, false},
    {"app.Weird Calls", "app", "Weird Calls", false, false},
    {"app.\"a.b\"", "app", "a.b", false, false},
    {"\"a.b\".c", "a.b", "c", false, false},
    {"\"a.b\".\"c.d\"", "a.b", "c.d", false, false},
    {"a.\"say \"\"hi\"\"\"", "a", "say \"hi\"", false, false},
    {"a.\"\"\"\"", "a", "\"", false, false},
    {"a.log_*", "a", "log_*", false, true},
    {"*.log?", "*", "log?", true, true},
    {"a.\"log_*\"", "a", "log_*", false, false},
    {"\"a?\".b*", "a?", "b*", false, true},
    {"a. b", "a", " b", false, false},
    {"donn\xc3\xa9"
     "es.a'b",
     "donn\xc3\xa9"
     "es",
     "a'b", false, false},
    {BYTES_63 "." BYTES_63, BYTES_63, BYTES_63, false, false},
};

static const struct {
    const char *text;
    const char *problem; /* the end of the message */
} refused[] = {
    {"", "a part is empty"},
    {"users", "the schema is missing"},
    {"\"public.users\"", "the schema is missing"},
    {".users", "a part is empty"},
    {"public.", "a part is empty"},
    {".", "a part is empty"},
    {"\"\".users", "a part is empty"},
    {"public.\"\"", "a part is empty"},
    {"a.b.c", "there is more than one dot"},
    {"a..b", "there is more than one dot"},
    {"a.\"b\".c", "there is more than one dot"},
    {"a.\"b", "a double quote is not closed"},
    {"a.\"b\"\"", "a double quote is not closed"},
    {"\"a", "a double quote is not closed"},
    {"a.b\"c", "there is a double quote inside a part"},
    {"a\"b\".c", "there is a double quote inside a part"},
    {"a.\"b\"c", "there is text after a closing double quote"},
    {"\"a\"b.c", "there is text after a closing double quote"},
    {BYTES_63 "4.a", "a part is longer than 63 bytes"},
    {"a." BYTES_63 "4", "a part is longer than 63 bytes"},
    {"a.\"" BYTES_63 "4\"", "a part is longer than 63 bytes"},
};

static void test_names(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct table_name name;
        struct error err = {0};
        assert_int_equal(table_name_parse(names[i].text, &arena, &name, &err), 0);
        assert_string_equal(name.schema, names[i].schema);
        assert_string_equal(name.name, names[i].name);
        assert_int_equal(name.schema_is_pattern, names[i].schema_is_pattern);
        assert_int_equal(name.name_is_pattern, names[i].name_is_pattern);
        assert_string_equal(name.text, names[i].text);
        assert_int_equal(name.mark.line, 0);
    }
    arena_free(&arena);
}

static void test_refused(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct table_name name = {.text = "untouched"};
        struct error err = {0};
        assert_int_equal(table_name_parse(refused[i].text, &arena, &name, &err), -1);
        assert_non_null(strstr(err.message, "invalid table name "));
        if (strstr(err.message, refused[i].problem) == NULL)
            fail_msg("%s: %s", refused[i].text, err.message);
        assert_string_equal(name.text, "untouched");
        assert_true(strlen(err.hint) > 0);
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names),
                                       cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
