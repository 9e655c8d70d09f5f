/* test_plan.c - plans, outcomes, checks and rules in every format, against expected files. */
#include "sample.h"

#include "report/text.h"

#include <jansson.h>

static const char *const suffixes[] = {"txt", "json", "md"};

static void golden_plan(struct sample *s, const struct counts *counts, const char *name)
{
    for (int format = REPORT_TEXT; format <= REPORT_MARKDOWN; format++) {
        struct buffer out = {0};
        char file[64];
        snprintf(file, sizeof file, "%s.%s", name, suffixes[format]);
        report_plan(&s->plan, counts,
                    "pgretain enforce policies/callshift.yaml --as-of 2026-11-23T03:00:00Z",
                    (enum report_format)format, &out);
        assert_golden(&out, file);
    }
}

static void test_small_plan(void **state)
{
    (void)state;
    struct sample s;
    sample_small(&s);
    golden_plan(&s, s.counts, "plan_small");
    sample_free(&s);
}

static void test_large_plan(void **state)
{
    (void)state;
    struct sample s;
    sample_large(&s);
    golden_plan(&s, s.counts, "plan_large");
    sample_free(&s);
}

static void test_uncounted_and_empty_plan(void **state)
{
    (void)state;
    struct sample s;
    sample_small(&s);
    s.plan.digest[0] = '\0';
    golden_plan(&s, NULL, "plan_uncounted");
    sample_free(&s);
    sample_head(&s);
    golden_plan(&s, s.counts, "plan_empty");
}

static void test_outcome(void **state)
{
    (void)state;
    struct sample s;
    sample_large(&s);
    sample_run(&s);
    for (int format = REPORT_TEXT; format <= REPORT_MARKDOWN; format++) {
        struct buffer out = {0};
        char file[64];
        s.outcome.stopped = format == REPORT_TEXT ? "deadline" : NULL;
        snprintf(file, sizeof file, "outcome.%s", suffixes[format]);
        report_outcome(&s.plan, s.counts, &s.outcome, (enum report_format)format, &out);
        assert_golden(&out, file);
    }
    sample_free(&s);
}

static const char *by[] = {"direction", "country"};
static struct policy_measure measures[] = {
    {"calls", MEASURE_COUNT, NULL, {0}},
    {"longest", MEASURE_MAX, "duration_seconds", {0}},
};
static const struct policy_summary summary = {
    .into = {.text = "public.call_statistics"},
    .period = PERIOD_MONTH,
    .period_column = "period",
    .by = by,
    .by_count = 2,
    .measures = measures,
    .measure_count = 2,
    .minimum = 10,
};

static void fill_rules(struct sample *s, struct policy_clock clocks[3], struct policy_mask *masks)
{
    static const char *one[] = {"started_at"};
    static const char *two[] = {"last_activity_at", "created_at"};
    static const char *via[] = {"call_id", "call_started_at"};
    static struct table_name tables[] = {{.text = "public.call_notes"}, {.text = "public.sms"}};
    clocks[0] = (struct policy_clock){.columns = one, .column_count = 1, .null_is_active = true};
    clocks[1] = (struct policy_clock){.kind = CLOCK_LATEST, .columns = two, .column_count = 2};
    clocks[2] = (struct policy_clock){.kind = CLOCK_PARENT,
                                      .columns = via,
                                      .column_count = 2,
                                      .parent = {.text = "public.calls"},
                                      .of = &clocks[0]};
    for (int i = 0; i < 4; i++)
        s->rules[i].clock = &clocks[i % 3];
    s->rules[0].cascade = tables;
    s->rules[0].cascade_count = 2;
    s->rules[0].except = tables;
    s->rules[0].except_count = 1;
    s->rules[0].only = "state = 'closed'\n    and not exists (select from legal.holds h\n"
                       "                    where h.call_id = calls.id)\n";
    s->rules[0].unless = "processing_restricted";
    s->rules[1].masks = masks;
    s->rules[1].mask_count = 5;
    s->rules[1].accept_label = "pseudonymous";
    s->rules[1].accept_reason = "needed for invoices";
    s->rules[3].action = ACTION_SUMMARISE;
    s->rules[3].summary = summary;
}

static void test_rules(void **state)
{
    (void)state;
    static const char *paths[] = {"$.a[*].b", "$.**.email"};
    struct policy_mask masks[] = {
        {.column = "first_name", .kind = MASK_NULL},
        {.column = "note", .kind = MASK_FIXED, .text = "[erased]\x1b"},
        {.column = "phone", .kind = MASK_PHONE_PREFIX, .number = 4},
        {.column = "seen_at", .kind = MASK_FLOOR, .text = "month"},
        {.column = "attendees", .kind = MASK_JSON_DROP, .items = paths, .item_count = 2},
    };
    struct policy_clock clocks[3];
    struct sample s;
    sample_large(&s);
    fill_rules(&s, clocks, masks);
    for (int format = REPORT_TEXT; format <= REPORT_MARKDOWN; format++) {
        struct buffer out = {0};
        char file[64];
        snprintf(file, sizeof file, "rules.%s", suffixes[format]);
        report_rules(&s.policy, (enum report_format)format, &out);
        assert_golden(&out, file);
    }
    sample_free(&s);
}

/* A plan says where rows are counted before they go. */
static void test_summary_plan(void **state)
{
    (void)state;
    struct sample s;
    sample_head(&s);
    sample_add(
        &s,
        (struct sample_rule){"public.calls", "telephony", ACTION_SUMMARISE, "12 months",
                             "2025-11-01"},
        (struct counts){
            .rows = 9000, .due = 400, .held = 3, .future = 2, .done = -1, .oldest = "2025-08-01"});
    s.rules[0].summary = summary;
    s.steps[0].strategy = STRATEGY_CLOCK_SLICES;
    for (int format = REPORT_TEXT; format <= REPORT_MARKDOWN; format++) {
        struct buffer out = {0};
        char file[64];
        snprintf(file, sizeof file, "plan_summary.%s", suffixes[format]);
        report_plan(&s.plan, s.counts, NULL, (enum report_format)format, &out);
        assert_golden(&out, file);
    }
    sample_free(&s);
}

/* Every line of a plan with names and numbers of any length, except commands to copy. */
static void test_page_is_never_exceeded(void **state)
{
    (void)state;
    char name[140], category[64];
    for (size_t length = 1; length < 130; length++) {
        struct sample s;
        sample_head(&s);
        memset(name, 'n', length);
        name[length] = '\0';
        size_t short_length = length / 2 + 1;
        memset(category, 'c', short_length > 63 ? 63 : short_length);
        category[short_length > 63 ? 63 : short_length] = '\0';
        int64_t number = 1;
        for (size_t digit = 0; digit < length % 19; digit++)
            number = number * 10 - 1;
        sample_add(&s,
                   (struct sample_rule){name, category, ACTION_PSEUDONYMISE,
                                        "1000 years, 11 months", "2024-11-23"},
                   (struct counts){.rows = number,
                                   .due = number,
                                   .held = number,
                                   .blocked = number,
                                   .undated = number,
                                   .active = number,
                                   .future = number,
                                   .excluded = number,
                                   .undecided = number,
                                   .done = number,
                                   .oldest = "2024-11-22"});
        struct buffer out = {0};
        report_plan(&s.plan, s.counts, NULL, REPORT_TEXT, &out);
        char *rest = out.data;
        for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n"))
            if (text_width(line) > 80)
                fail_msg("%zu columns: %s", text_width(line), line);
        buffer_free(&out);
        sample_free(&s);
    }
}

/* Parses again, holds no byte that is not UTF-8, and null where nothing was counted. */
static void test_json_is_valid(void **state)
{
    (void)state;
    struct sample s;
    sample_large(&s);
    struct buffer out = {0};
    report_plan(&s.plan, s.counts, NULL, REPORT_JSON, &out);
    json_t *root = json_loadb(out.data, out.length, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    json_t *steps = json_object_get(root, "steps");
    assert_true(json_is_null(json_object_get(json_array_get(steps, 1), "due")));
    assert_string_equal(json_string_value(json_object_get(json_array_get(steps, 1), "counted")),
                        "timed out");
    assert_string_equal(json_string_value(json_object_get(json_array_get(steps, 2), "table")),
                        "app.\"we|ird.\x1b[31m\xe2\x80\xae\xef\xbf\xbd\n\"");
    assert_true(json_is_null(json_object_get(json_object_get(root, "totals"), "due")));
    json_decref(root);
    buffer_free(&out);
    sample_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small_plan),
        cmocka_unit_test(test_large_plan),
        cmocka_unit_test(test_uncounted_and_empty_plan),
        cmocka_unit_test(test_outcome),
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_summary_plan),
        cmocka_unit_test(test_page_is_never_exceeded),
        cmocka_unit_test(test_json_is_valid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
