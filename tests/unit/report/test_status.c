/* test_status.c - deadlines, states and forecasts of a compliance statement, and its text. */
#include "sample.h"

#include "report/status.h"

#include <stdint.h>

enum { RULES = 4 };

struct statement {
    struct sample sample;
    int64_t overdue[RULES];
    struct keepers keepers[RULES];
    struct log_rule log_rules[RULES];
    struct log_review audit;
    struct policy_status policy;
    struct status status;
};

static void add(struct statement *s, const char *table, int months, struct counts counts,
                int64_t overdue)
{
    size_t i = s->sample.plan.step_count;
    sample_add(&s->sample,
               (struct sample_rule){table, "telephony", ACTION_PURGE, "24 months", "2024-11-23"},
               counts);
    s->sample.rules[i].keep.months = months;
    s->overdue[i] = overdue;
    s->log_rules[i] = (struct log_rule){.rule = (char *)s->sample.steps[i].rule_id,
                                        .run = "run-9",
                                        .at = "2026-11-22T03:00:00.000Z",
                                        .state = "done"};
    s->audit.rule_count = i + 1;
}

static void make(struct statement *s)
{
    memset(s, 0, sizeof *s);
    sample_head(&s->sample);
    s->sample.catalog.now = s->sample.catalog.as_of;
    s->audit = (struct log_review){
        .complete = {.run = "run-9",
                     .began = "2026-11-22T03:00:00.000Z",
                     .ended = "2026-11-22T03:10:00.000Z",
                     .state = "done",
                     .changed = 1234,
                     .seq = 41,
                     .head = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"},
        .rules = s->log_rules,
        .records = 42,
        .checkpoint = {42, "0XRZHrtSYGZwfHWlCBLPuPeJeDKcnJgW1Bkqz9ZcPtA=", "log.example/calls",
                       true}};
    s->audit.last = s->audit.complete;
    s->policy = (struct policy_status){.file = "policies/callshift.yaml",
                                       .policy = &s->sample.policy,
                                       .plan = &s->sample.plan,
                                       .counts = s->sample.counts,
                                       .overdue = s->overdue,
                                       .keepers = s->keepers,
                                       .audit_file = "/var/log/pgretain/callshift.jsonl",
                                       .audit = &s->audit};
    s->status = (struct status){36 * 3600, &s->policy, 1};
}

static void test_deadlines(void **state)
{
    (void)state;
    static const struct {
        const char *date;
        int months, days;
        const char *deadline;
    } cases[] = {
        {"2024-11-23", 24, 0, "2026-11-23"},
        {"2024-01-31", 1, 0, "2024-02-29"},
        {"2023-01-31", 1, 0, "2023-02-28"},
        {"2024-02-29", 12, 0, "2025-02-28"},
        {"2024-12-31", 2, 0, "2025-02-28"},
        {"2024-02-28", 0, 2, "2024-03-01"},
        {"2024-10-31", 1, 1, "2024-12-01"},
        {"0001-01-01", 0, 1, "0001-01-02"},
        {"", 1, 0, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct policy_rule rule = {.keep = {cases[i].months, cases[i].days, NULL}};
        const struct plan_step step = {.rule = &rule};
        char got[STATUS_DATE];
        status_deadline(&step, cases[i].date, got);
        /* strftime leaves out the zeros of an early year */
        const char *expected = cases[i].deadline + strspn(cases[i].deadline, "0");
        assert_string_equal(got + strspn(got, "0"), expected);
    }
    assert_int_equal(status_days("2024-02-28", "2024-03-01T01:00:00Z"), 2);
    assert_int_equal(status_days("2026-11-23T23:59:59Z", "2026-11-23"), 0);
}

/* passes: due before, changed; newest last. */
static void test_forecasts(void **state)
{
    (void)state;
    static const struct {
        const char *step_state, *run;
        int64_t due;
        struct log_pass passes[3];
        size_t pass_count;
        int kind;
        int64_t runs, rows_per_second;
    } cases[] = {
        {"done", "run-9", 5, {{100, 100, 2}}, 1, FORECAST_RUNS, 1, 50},
        {"done", "run-9", 0, {{100, 100, 2}}, 1, FORECAST_UNKNOWN, 0, 50},
        {"done", "run-8", 5, {{100, 100, 2}}, 1, FORECAST_UNKNOWN, 0, 50},
        {"failed", "run-9", 5, {{100, 0, 2}}, 1, FORECAST_UNKNOWN, 0, -1},
        {"partial", "run-9", 7, {{10, 3, 1}}, 1, FORECAST_RUNS, 3, 3},
        {"partial", "run-9", 90, {{100, 30, 1}, {95, 30, 2}}, 2, FORECAST_RUNS, 18, 20},
        {"partial", "run-9", 100, {{100, 30, 1}, {95, 30, 2}}, 2, FORECAST_NEVER, 0, 20},
        {"partial", "run-9", 120, {{100, 30, 0}}, 1, FORECAST_NEVER, 0, -1},
        {"partial", "run-9", 10, {{-1, 30, 0}}, 1, FORECAST_UNKNOWN, 0, -1},
        {"done", "run-9", -1, {{100, 100, 2}}, 1, FORECAST_UNKNOWN, 0, -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct statement s;
        make(&s);
        add(&s, "app.calls", 24, (struct counts){.due = cases[i].due}, 0);
        struct log_rule *rule = &s.log_rules[0];
        strcpy(rule->state, cases[i].step_state);
        strcpy(rule->run, cases[i].run);
        memcpy(rule->passes, cases[i].passes, sizeof cases[i].passes);
        rule->pass_count = cases[i].pass_count;
        struct forecast got = status_forecast(&s.policy, 0);
        if ((int)got.kind != cases[i].kind || got.runs != cases[i].runs ||
            got.rows_per_second != cases[i].rows_per_second)
            fail_msg("case %zu: %d, %ld runs, %ld rows/s", i, (int)got.kind, (long)got.runs,
                     (long)got.rows_per_second);
        sample_free(&s.sample);
    }
}

/* All there is to say about a rule, in at most 80 columns a line. */
static void test_text(void **state)
{
    (void)state;
    struct statement s;
    struct buffer out = {0};
    make(&s);
    struct counts late = {.due = 1234567,
                          .held = 12,
                          .blocked = 3,
                          .undated = 4,
                          .excluded = 5,
                          .undecided = 6,
                          .future = 7,
                          .oldest = "2020-01-31",
                          .oldest_due = "2023-10-02"};
    add(&s, "app.calls", 24, late, 1234000);
    add(&s, "app.\x1b[2Jevil", 24, (struct counts){.oldest = "2026-11-01"}, 0);
    add(&s, "app.refused", 24, (struct counts){.due = -1}, -1);
    s.sample.steps[2].refused = "no-clock";
    struct keeper holds[] = {{"case-7", 10}, {"case-8", 2}}, blocks[] = {{"app.bills", 3}};
    s.keepers[0] = (struct keepers){holds, blocks, 2, 1};
    s.log_rules[0].passes[0] = (struct log_pass){1300000, 90000, 30};
    s.log_rules[0].pass_count = 1;
    strcpy(s.log_rules[0].state, "partial");
    const char *back[] = {"app.calls"};
    s.audit.resurrected = back;
    s.audit.resurrected_count = 1;
    report_status(&s.status, REPORT_TEXT, &out);
    static const char expected[] =
        "Policy callshift on database callshift, as of 2026-11-23T03:00:00Z: overdue\n"
        "1,234,000 rows in 1 of 3 rules are overdue, the oldest by 417 days.\n\n";
    if (strncmp(out.data, expected, strlen(expected)) != 0)
        fail_msg("%s", out.data);
    static const char *const says[] = {
        "resurrected: the last run found rows again that had been erased",
        "overdue since 2025-10-02, 417 days",
        "clears in about 19 runs like the last ones, about 7 min of work at 3,000 rows/s",
        "10 held by case-7; 2 held by case-8; 3 blocked by rows of app.bills",
        ("4 without a date (undated); 5 out of scope; 6 kept as their scope is unknown; 7 dated in "
         "the future"),
        "no run carries this rule out: no-clock",
        "Last complete run: 2026-11-22T03:00:00.000Z (1 day ago), 1,234 rows changed",
        "Audit log: /var/log/pgretain/callshift.jsonl, record 41",
        "Head: 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
        ("Checkpoint: 42 records, root 0XRZHrtSYGZwfHWlCBLPuPeJeDKcnJgW1Bkqz9ZcPtA=, signed by "
         "log.example/calls"),
        "OVERDUE ones have been for more than 36 h",
        "app.\\x1b[2Jevil",
    };
    struct buffer flat = {0};
    size_t column = 0;
    for (const char *c = out.data; *c != '\0'; c++) {
        column = *c == '\n' ? 0 : column + 1;
        assert_true(column <= 80);
        bool is_space = *c == ' ' || *c == '\n';
        if (!is_space || (flat.length > 0 && flat.data[flat.length - 1] != ' '))
            buffer_addf(&flat, "%c", is_space ? ' ' : *c);
    }
    for (size_t i = 0; i < sizeof says / sizeof *says; i++)
        if (strstr(flat.data, says[i]) == NULL)
            fail_msg("\"%s\" not in:\n%s", says[i], out.data);
    buffer_free(&flat);
    buffer_free(&out);
    sample_free(&s.sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_deadlines),
        cmocka_unit_test(test_forecasts),
        cmocka_unit_test(test_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
