/* test_difference.c - what diff prints, and what hostile names and expressions make of it */
#include "sample.h"

#include "policy/policy.h"

#include <jansson.h>

static const char *const suffixes[] = {"txt", "json", "md"};

static const char before[] =
    "pgretain: 1\n"
    "policy: demo\n"
    "database: shop\n"
    "coverage: {schemas: [app, web]}\n"
    "categories: {calls: {keep: 12 months}, people: {keep: 24 months}, old: {keep: 1 year}}\n"
    "holds:\n"
    "  - {id: case-1, reason: order, table: app.users, where: name = 'zq Secret'}\n"
    "  - {id: case-2, reason: order, table: app.calls, where: caller = 'zq Secret', follow: true}\n"
    "rules:\n"
    "  - {table: app.calls, category: calls, clock: at, action: purge, cascade: [app.notes]}\n"
    "  - {table: app.logs, category: calls, clock: at, action: purge, only: level > 3}\n"
    "  - table: app.users\n"
    "    category: people\n"
    "    clock: {latest: [a, b]}\n"
    "    action: anonymise\n"
    "    mask: {email: unique, phone: {phone_prefix: 4}, note: {fixed: \"a|b\"}}\n"
    "exempt:\n"
    "  - {table: app.plans, reason: prices}\n";

static const char after[] =
    "pgretain: 1\n"
    "policy: demo\n"
    "coverage: {schemas: [app]}\n"
    "categories: {calls: {keep: 6 months}, people: {keep: 24 months}}\n"
    "holds:\n"
    "  - {id: case-2, reason: order, tables: [app.calls], where: caller = 'zq Other'}\n"
    "limits: {rows: 1000}\n"
    "rules:\n"
    "  - {table: app.calls, category: calls, clock: {column: ended, when_null: active},\n"
    "     action: purge, unless: \"a\\nor\\n  b = '<b>|`'\"}\n"
    "  - table: app.users\n"
    "    category: people\n"
    "    clock: {latest: [a, b]}\n"
    "    action: anonymise\n"
    "    mask: {email: null, note: {fixed: \"\"}, \"odd\\u202e|column\": null}\n"
    "  - {table: \"app.\\\"we|ird.\\u202e\\\"\", category: calls, clock: at, action: purge}\n"
    "exempt:\n"
    "  - {table: app.plans, columns: [id], reason: prices}\n";

static struct policy *parse(const char *text)
{
    const struct policy_options options = {.file = "policy.yaml", .today = "2026-11-23"};
    struct diagnostics diagnostics = {0};
    struct policy *policy = NULL;
    if (policy_parse(text, strlen(text), &options, &policy, &diagnostics) != 0)
        fail_msg("%u: %s", diagnostics.items[0].mark.line, diagnostics.items[0].message);
    diagnostics_free(&diagnostics);
    return policy;
}

struct pair {
    struct policy *sides[2];
    struct changes changes;
    struct catalog catalog;
    struct difference difference;
};

static void make(struct pair *pair, const char *old_text, const char *new_text)
{
    memset(pair, 0, sizeof *pair);
    pair->sides[0] = parse(old_text);
    pair->sides[1] = parse(new_text);
    policy_compare(pair->sides[0], pair->sides[1], &pair->changes);
    pair->catalog = (struct catalog){.database = "shop", .as_of = "2026-11-23T03:00:00Z"};
    pair->difference = (struct difference){.changes = &pair->changes,
                                           .file = {"old policy.yaml", "new|policy.yaml"}};
}

static void release(struct pair *pair)
{
    changes_free(&pair->changes);
    policy_free(pair->sides[0]);
    policy_free(pair->sides[1]);
}

static void golden(const struct difference *difference, const char *name)
{
    for (int format = REPORT_TEXT; format <= REPORT_MARKDOWN; format++) {
        struct buffer out = {0};
        char file[64];
        snprintf(file, sizeof file, "%s.%s", name, suffixes[format]);
        report_difference(difference, (enum report_format)format, &out);
        assert_null(strstr(out.data, "zq ")); /* a hold's condition */
        assert_golden(&out, file);
    }
}

static void test_changes(void **state)
{
    (void)state;
    struct pair pair;
    make(&pair, before, after);
    golden(&pair.difference, "diff");
    release(&pair);
}

static void test_rows(void **state)
{
    (void)state;
    static const struct due_change due[] = {
        {"app.users", false, {-1, -1}, -1, -1, "mask-not-null"},
        {"app.calls", true, {4504, 5096}, 1529, 937, NULL},
        {"app.\"we|ird.\xe2\x80\xae\"", true, {0, 1234567}, 1234567, 0, NULL},
        {"app.same", true, {7, 7}, 0, 0, NULL},
    };
    struct pair pair;
    make(&pair, before, after);
    pair.difference.catalog = &pair.catalog;
    pair.difference.due = due;
    pair.difference.due_count = sizeof due / sizeof *due;
    golden(&pair.difference, "diff_rows");
    release(&pair);
}

static void test_no_change(void **state)
{
    (void)state;
    static const struct due_change due[] = {{"app.same", true, {7, 7}, 0, 0, NULL}};
    struct pair pair;
    make(&pair, before, before);
    golden(&pair.difference, "diff_same");
    release(&pair);
    char *commented = calloc(1, sizeof before + 16);
    snprintf(commented, sizeof before + 16, "# why\n%s", before);
    make(&pair, before, commented);
    pair.difference.catalog = &pair.catalog;
    pair.difference.due = due;
    pair.difference.due_count = 1;
    golden(&pair.difference, "diff_layout");
    release(&pair);
    free(commented);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_changes),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_no_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
