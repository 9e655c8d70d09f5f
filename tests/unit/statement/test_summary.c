/*
 * test_summary.c - what an approval of a summary covers, and which statement is sent when
 *
 * The digests are compared after one part of a plan was changed in place; the statements' texts are
 * golden files (tests/golden/plan), here it is about the ends of a period.
 */
#include "statement/statement.h"

#include "support/planned.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char usual_rule[] =
    "table: app.calls, category: old, clock: at, action: summarise, into: app.statistics,"
    " period: month, by: [kind], measures: {calls: count, n: {sum: n}}";
static const char catalog_text[] =
    "{\"cutoffs\": {"
    "  \"12 months by month\": [\"2023-05-01T00:00:00Z\", \"2023-06-01T00:00:00Z\"],"
    "  \"12 months by week\": [\"2023-06-19T00:00:00Z\", \"2023-06-26T00:00:00Z\"]},"
    " \"tables\": {"
    "  \"app.calls\": {\"kind\": \"p\", \"columns\": {\"at\": \"timestamptz\", \"kind\": \"text\","
    "    \"line\": \"text\", \"n\": \"int4\", \"m\": \"int4\"}},"
    "  \"app.calls_1\": {\"parent\": \"app.calls\", \"columns\": {\"at\": \"timestamptz\"}},"
    "  \"app.statistics\": {\"columns\": {\"period\": \"date\", \"week\": \"date\","
    "    \"kind\": \"text\", \"line\": \"text\", \"calls\": \"int8\", \"n\": \"int8\"}},"
    "  \"app.others\": {\"columns\": {\"period\": \"date\", \"week\": \"date\","
    "    \"kind\": \"text\", \"line\": \"text\", \"calls\": \"int8\", \"n\": \"int8\"}}}}";

static void make(const char *rule, struct planned *planned)
{
    char text[1024];
    struct error err;
    snprintf(text, sizeof text,
             "pgretain: 1\npolicy: summary\ncategories: {old: {keep: 12 months}}\nrules:\n"
             "  - {%s}\n",
             rule);
    assert_int_equal(planned_make(text, catalog_text, NULL, planned, &err), 0);
    assert_int_equal(planned->plan->step_count, 1);
    assert_null(planned->plan->steps[0].refused);
    assert_non_null(planned->plan->steps[0].summary);
    statement_digest(planned->plan);
}

static const char *const rules[] = {
    "table: app.calls, category: old, clock: at, action: summarise, into: app.others,"
    " period: month, by: [kind], measures: {calls: count, n: {sum: n}}",
    "table: app.calls, category: old, clock: at, action: summarise, into: app.statistics,"
    " period: week, by: [kind], measures: {calls: count, n: {sum: n}}",
    "table: app.calls, category: old, clock: at, action: summarise, into: app.statistics,"
    " period: {month: week}, by: [kind], measures: {calls: count, n: {sum: n}}",
    "table: app.calls, category: old, clock: at, action: summarise, into: app.statistics,"
    " period: month, by: [kind, line], measures: {calls: count, n: {sum: n}}",
    "table: app.calls, category: old, clock: at, action: summarise, into: app.statistics,"
    " period: month, by: [line], measures: {calls: count, n: {sum: n}}",
    "table: app.calls, category: old, clock: at, action: summarise, into: app.statistics,"
    " period: month, by: [kind], measures: {calls: count, n: {max: n}}",
    "table: app.calls, category: old, clock: at, action: summarise, into: app.statistics,"
    " period: month, by: [kind], measures: {calls: count, n: {sum: m}}",
    "table: app.calls, category: old, clock: at, action: summarise, into: app.statistics,"
    " period: month, by: [kind], measures: {n: count}",
    "table: app.calls, category: old, clock: at, action: summarise, into: app.statistics,"
    " period: month, by: [kind], measures: {calls: count, n: {sum: n}}, minimum: 11",
    "table: app.calls, category: old, clock: at, action: purge",
    usual_rule,
};
enum { RULES = sizeof rules / sizeof *rules };

/* Every key of a summary is part of how a rule is recognised in the log. */
static void test_rule_digests(void **state)
{
    (void)state;
    char digests[RULES][SHA256_HEX];
    for (size_t i = 0; i < RULES; i++) {
        char text[1024];
        struct planned planned;
        struct error err;
        snprintf(text, sizeof text,
                 "pgretain: 1\npolicy: summary\ncategories: {old: {keep: 12 months}}\nrules:\n"
                 "  - {%s}\n",
                 rules[i]);
        assert_int_equal(planned_make(text, catalog_text, NULL, &planned, &err), 0);
        statement_rule_digest(&planned.plan->steps[0], digests[i]);
        planned_free(&planned);
        for (size_t j = 0; j < i; j++)
            if (strcmp(digests[i], digests[j]) == 0)
                fail_msg("the same digest:\n%s\n%s", rules[j], rules[i]);
    }
}

static struct plan_summary *summary_of(struct planned *planned)
{
    return (struct plan_summary *)planned->plan->steps[0].summary;
}

static void set_minimum(struct planned *p)
{
    summary_of(p)->minimum++;
}
static void set_into(struct planned *p)
{
    summary_of(p)->into =
        catalog_find_table(&p->catalog, &(struct table_name){.schema = "app", .name = "others"});
}
static void set_into_shape(struct planned *p)
{
    ((struct catalog_table *)summary_of(p)->into)->fingerprint[0] ^= 1;
}
static void set_period_column(struct planned *p)
{
    summary_of(p)->period_column = catalog_find_column(summary_of(p)->into, "week");
}
static void set_by(struct planned *p)
{
    ((struct plan_by *)summary_of(p)->by)->from = &p->plan->steps[0].table->columns[2];
}
static void set_measure(struct planned *p)
{
    ((struct plan_measure *)summary_of(p)->measures)[1].kind = MEASURE_MAX;
}
static void set_start(struct planned *p)
{
    p->catalog.cutoffs[0].before.instant = "2023-04-01T00:00:00Z";
}
static void set_end(struct planned *p)
{
    p->catalog.cutoffs[0].instant = "2023-07-01T00:00:00Z";
}
static void set_leaves(struct planned *p)
{
    summary_of(p)->leaf_oids = "{1,2,3}";
}

static const struct {
    void (*change)(struct planned *planned);
    bool is_covered;
} changes[] = {
    {set_minimum, true},       {set_into, true}, {set_into_shape, true},
    {set_period_column, true}, {set_by, true},   {set_measure, true},
    {set_start, true},         {set_end, true},  {set_leaves, false},
};

/* Partitions come and go without voiding an approval; everything else counts. */
static void test_plan_digest(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct planned planned;
        char before[SHA256_HEX];
        make(usual_rule, &planned);
        memcpy(before, planned.plan->digest, sizeof before);
        changes[i].change(&planned);
        statement_digest(planned.plan);
        if ((strcmp(before, planned.plan->digest) != 0) != changes[i].is_covered)
            fail_msg("change %zu", i);
        planned_free(&planned);
    }
}

/* A statement for another period differs from the one shown in its parameters only. */
static void test_slices(void **state)
{
    (void)state;
    struct planned planned;
    struct arena arena = {0};
    struct sql shown = {.arena = &arena}, sent = {.arena = &arena};
    const struct slice march = {{"2023-03-01 00:00:00", "2023-03-01T00:00:00Z", "2023-03-01", 0},
                                {"2023-04-01 00:00:00", "2023-04-01T00:00:00Z", "2023-04-01", 0}};
    make(usual_rule, &planned);
    statement_summary(planned.plan, &planned.plan->steps[0], NULL, &shown);
    statement_summary(planned.plan, &planned.plan->steps[0], &march, &sent);
    assert_string_equal(shown.params[0].value, "2023-05-01T00:00:00Z");
    assert_string_equal(shown.params[1].value, "2023-06-01T00:00:00Z");
    assert_string_equal(sent.params[0].value, "2023-03-01T00:00:00Z");
    assert_string_equal(sent.params[1].value, "2023-04-01T00:00:00Z");
    assert_string_equal(sent.params[sent.param_count - 1].value, "2023-03-01");
    assert_non_null(strstr(buffer_text(&sent.text), "calls.at >= $1::timestamptz"));
    assert_non_null(strstr(buffer_text(&sent.text), "calls.at < $2::timestamptz"));
    assert_non_null(strstr(buffer_text(&sent.text), "calls.tableoid = ANY ("));
    sql_free(&shown);
    sql_free(&sent);
    arena_free(&arena);
    planned_free(&planned);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rule_digests),
        cmocka_unit_test(test_plan_digest),
        cmocka_unit_test(test_slices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
