/*
 * test_depth.c - chains of foreign keys that are longer than what is followed
 *
 * app.t0 is purged; app.t1 refers to it, app.t2 to app.t1, and so on, each going with its parent.
 */
#include "base/buffer.h"
#include "support/planned.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void make_chain(int length, struct planned *ret_planned)
{
    struct buffer policy = {0}, catalog = {0};
    struct error err;
    buffer_add(&policy, "pgretain: 1\npolicy: depth\ncategories: {old: {keep: 24 months}}\nrules:\n"
                        "  - {table: app.t0, category: old, clock: at, action: purge, cascade: [");
    buffer_add(&catalog, "{\"cutoffs\": {\"24 months\": \"2022-06-30T12:00:00Z\"}, \"tables\": {"
                         "\"app.t0\": {\"columns\": {\"id\": \"int8\", \"at\": \"timestamptz\"}}");
    for (int i = 1; i <= length; i++) {
        buffer_addf(&policy, "%sapp.t%d", i == 1 ? "" : ", ", i);
        buffer_addf(&catalog, ", \"app.t%d\": {\"columns\": {\"id\": \"int8\"}}", i);
    }
    buffer_add(&policy, "]}\n");
    buffer_add(&catalog, "}, \"fkeys\": {");
    for (int i = 1; i <= length; i++)
        buffer_addf(&catalog,
                    "%s\"f%d\": {\"child\": \"app.t%d\", \"parent\": \"app.t%d\","
                    " \"columns\": {\"id\": \"id\"}, \"on_delete\": \"cascade\"}",
                    i == 1 ? "" : ", ", i, i, i - 1);
    buffer_add(&catalog, "}}");
    assert_int_equal(planned_make(policy.data, catalog.data, NULL, ret_planned, &err), 0);
    buffer_free(&policy);
    buffer_free(&catalog);
}

static void test_followed(void **state)
{
    (void)state;
    struct planned planned;
    make_chain(16, &planned);
    assert_null(planned.plan->steps[0].refused);
    assert_int_equal(planned.plan->steps[0].cascade_count, 16);
    planned_free(&planned);
}

static void test_too_deep(void **state)
{
    (void)state;
    struct planned planned;
    make_chain(17, &planned);
    assert_string_equal(planned.plan->steps[0].refused, "reference-depth");
    planned_free(&planned);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_followed),
        cmocka_unit_test(test_too_deep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
