/*
 * test_explain.c - what explain says of every table of the golden plans, and of hostile names
 *
 * The golden plans have a case for every way in which rules, holds and foreign keys meet; here each
 * of their tables is explained, so that a sentence nobody thought about is seen.
 */
#include "sample.h"

#include "support/planned.h"

#include <jansson.h>

static char *read_case(const char *name, const char *ending)
{
    char path[512];
    char *text = calloc(1, 1 << 20);
    snprintf(path, sizeof path, SOURCE_ROOT "/tests/golden/plan/%s.%s", name, ending);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail_msg("%s is missing", path);
    assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
    fclose(file);
    return text;
}

static void explain_case(const char *name)
{
    char file[128];
    char *policy = read_case(name, "policy.yaml"), *catalog = read_case(name, "catalog.json");
    struct planned planned;
    struct error err;
    struct buffer out = {0};
    if (planned_make(policy, catalog, NULL, &planned, &err) != 0)
        fail_msg("%s: %s", name, err.message);
    for (size_t i = 0; i < planned.catalog.table_count; i++) {
        buffer_add(&out, i == 0 ? "" : "\n----\n\n");
        report_explanation(planned.plan, &planned.catalog.tables[i], NULL, REPORT_TEXT, &out);
    }
    snprintf(file, sizeof file, "explain_%s.txt", name);
    assert_golden(&out, file);
    planned_free(&planned);
    free(policy);
    free(catalog);
}

static void test_golden_plans(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "cascade_deep", "cascade_self", "clock_kinds",    "clock_parent", "clock_units",
        "except_part",  "glob_except",  "hold_circle",    "hold_follow",  "hold_refused",
        "hold_self",    "hold_tree",    "kinds",          "leaf_fkey",    "masks",
        "nearest",      "partitions",   "purge_and_mask", "references",   "scope",
        "summarise",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        explain_case(cases[i]);
}

/* Names that would end a cell, a line or a string; a hold's condition is not told. */
static void test_hostile(void **state)
{
    (void)state;
    static const char policy[] =
        "pgretain: 1\n"
        "policy: demo\n"
        "subjects: ['app.we|ird\\n#']\n"
        "coverage: {schemas: [app]}\n"
        "categories: {calls: {keep: 12 months}}\n"
        "holds:\n"
        "  - {id: case-1, reason: order, table: \"app.we|ird\\n#\", where: name = 'zq Secret'}\n"
        "rules:\n"
        "  - {table: \"app.we|ird\\n#\", category: calls, clock: \"a*b\\u202e\", action: purge,\n"
        "     unless: \"x = '<b>|`'\\n  or y\"}\n"
        "exempt:\n"
        "  - {table: \"app.we|ird\\n#\", columns: [\"a|b\\u202e\"], reason: \"be\\ncause\"}\n";
    static const char catalog[] =
        "{\"cutoffs\": {\"12 months\": \"2022-06-30T12:00:00Z\"},\n"
        " \"tables\": {\"app.we|ird\\n#\": {\"columns\": {\"a*b\\u202e\": \"timestamptz\"}}}}";
    static const char *const suffixes[] = {"txt", "json", "md"};
    struct planned planned;
    struct error err;
    assert_int_equal(planned_make(policy, catalog, NULL, &planned, &err), 0);
    assert_int_equal(planned.catalog.table_count, 1);
    for (int format = REPORT_TEXT; format <= REPORT_MARKDOWN; format++) {
        struct buffer out = {0};
        char file[64];
        report_explanation(planned.plan, &planned.catalog.tables[0], "pgretain plan 'p q'",
                           (enum report_format)format, &out);
        assert_null(strstr(out.data, "zq"));
        snprintf(file, sizeof file, "explain_hostile.%s", suffixes[format]);
        assert_golden(&out, file);
    }
    planned_free(&planned);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden_plans),
        cmocka_unit_test(test_hostile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
