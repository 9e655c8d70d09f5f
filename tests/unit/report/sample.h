/*
 * sample.h - one plan with everything in it, and files of expected text
 *
 * UPDATE_GOLDEN=1 writes the expected files anew; read the difference before believing it.
 */
#ifndef REPORT_SAMPLE_H
#define REPORT_SAMPLE_H

#include "report/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SAMPLE_STEPS = 6 };

/* Everything points into everything else, so a sample stays where it was made. */
struct sample {
    struct policy policy;
    struct catalog catalog;
    struct plan plan;
    struct policy_category categories[SAMPLE_STEPS];
    struct policy_rule rules[SAMPLE_STEPS];
    struct catalog_table tables[SAMPLE_STEPS];
    struct catalog_cutoff cutoffs[SAMPLE_STEPS];
    struct row_test tests[SAMPLE_STEPS];
    struct plan_step steps[SAMPLE_STEPS];
    struct finding findings[3];
    struct counts counts[SAMPLE_STEPS];
    const char *keeps[2];
    struct outcome outcome;
    struct step_outcome outcomes[SAMPLE_STEPS];
};

/* table, category, action, window, cutoff's date */
struct sample_rule {
    const char *table, *category;
    enum action action;
    const char *keep, *date;
};

static inline void sample_head(struct sample *s)
{
    memset(s, 0, sizeof *s);
    s->keeps[0] = "app.calls.user_id";
    s->keeps[1] = "app.calls.\x1b[2J";
    s->policy = (struct policy){.name = "callshift",
                                .file = "policies/callshift.yaml",
                                .sha256 = "00112233445566778899aabbccddeeff"
                                          "00112233445566778899aabbccddeeff",
                                .rules = s->rules,
                                .categories = s->categories};
    s->catalog = (struct catalog){
        .database = "callshift", .server_version = "15.18", .as_of = "2026-11-23T03:00:00Z"};
    s->plan = (struct plan){.policy = &s->policy,
                            .catalog = &s->catalog,
                            .steps = s->steps,
                            .findings = s->findings,
                            .digest = "ffeeddccbbaa99887766554433221100"
                                      "ffeeddccbbaa99887766554433221100"};
    s->outcome = (struct outcome){.run = "6f1c1a52-9d3e-4a43-8a5b-0c3f3c0d9a11",
                                  .steps = s->outcomes,
                                  .audit_file = "/var/log/pgretain/callshift.jsonl",
                                  .audit_first_seq = 41,
                                  .audit_last_seq = 97,
                                  .audit_root = "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=",
                                  .audit_is_signed = true,
                                  .audit_head = "0123456789abcdef0123456789abcdef"
                                                "0123456789abcdef0123456789abcdef"};
}

static inline void sample_add(struct sample *s, struct sample_rule rule, struct counts counts)
{
    size_t i = s->plan.step_count;
    char *id = malloc(256);
    char *instant = malloc(64);
    snprintf(id, 256, "%s-%s", rule.table, rule.category);
    snprintf(instant, 64, "%sT03:00:00Z", rule.date);
    s->categories[i] = (struct policy_category){.name = rule.category};
    s->rules[i] = (struct policy_rule){.id = id,
                                       .category = &s->categories[i],
                                       .action = rule.action,
                                       .keep = {.text = rule.keep},
                                       .table = {.text = rule.table}};
    s->tables[i] = (struct catalog_table){.text = rule.table};
    s->cutoffs[i] = (struct catalog_cutoff){
        .window = {.text = rule.keep}, .instant = instant, .date = rule.date};
    s->tests[i] = (struct row_test){.table = &s->tables[i], .cutoff = &s->cutoffs[i]};
    s->steps[i] = (struct plan_step){.rule = &s->rules[i],
                                     .rule_id = id,
                                     .table = &s->tables[i],
                                     .action = rule.action,
                                     .why = "heap without a usable index on the clock",
                                     .test = &s->tests[i],
                                     .mark = {(unsigned)(40 + i), 5}};
    s->steps[i].label =
        rule.action == ACTION_PURGE
            ? (struct plan_label){LABEL_DESTROYED, "the row is deleted", NULL, 0}
            : (struct plan_label){LABEL_PSEUDONYMOUS, "user_id leads to app.users", s->keeps, 2};
    s->counts[i] = counts;
    s->plan.step_count = s->outcome.step_count = i + 1;
    s->policy.rule_count = s->policy.category_count = i + 1;
}

static inline void sample_find(struct sample *s, struct finding finding)
{
    s->findings[s->plan.finding_count++] = finding;
}

/* Two short tables: all of a row fits on one line. */
static inline void sample_small(struct sample *s)
{
    sample_head(s);
    sample_add(s,
               (struct sample_rule){"app.calls", "usage", ACTION_PURGE, "12 months", "2025-11-23"},
               (struct counts){.rows = 1204331,
                               .due = 88120,
                               .held = 12,
                               .bytes = 91234304,
                               .oldest = "2024-08-01",
                               .done = -1});
    sample_add(
        s,
        (struct sample_rule){"app.users", "personal", ACTION_ANONYMISE, "24 months", "2024-11-23"},
        (struct counts){.rows = 5120,
                        .due = 1,
                        .excluded = 3,
                        .undecided = 1,
                        .active = 1200,
                        .future = 2,
                        .done = 44,
                        .undated = 7,
                        .oldest = "2024-11-22"});
}

/* What callshift.yaml looks like, with large numbers, a step that is refused and one not counted.
 */
static inline void sample_large(struct sample *s)
{
    static const struct counts not_counted = {.rows = -1,
                                              .due = -1,
                                              .held = -1,
                                              .blocked = -1,
                                              .excluded = -1,
                                              .undecided = -1,
                                              .undated = -1,
                                              .active = -1,
                                              .future = -1,
                                              .done = -1,
                                              .bytes = -1,
                                              .timed_out = true};
    sample_head(s);
    sample_add(s,
               (struct sample_rule){"public.integrations", "integration_credentials", ACTION_PURGE,
                                    "90 days", "2026-08-25"},
               (struct counts){.rows = 1234567890,
                               .due = 99999,
                               .held = 100000,
                               .blocked = 120,
                               .undated = 3,
                               .bytes = 4096,
                               .oldest = "2019-01-01",
                               .done = -1});
    sample_add(s,
               (struct sample_rule){"public.integrations", "personal", ACTION_PSEUDONYMISE,
                                    "24 months", "2024-11-23"},
               not_counted);
    sample_add(s,
               (struct sample_rule){"app.\"we|ird.\x1b[31m\xe2\x80\xae\xff\n\"", "tele*phony",
                                    ACTION_PURGE, "18 months and 11 days", "2025-05-12"},
               (struct counts){.rows = 10, .due = 0, .oldest = "2026-01-01"});
    sample_add(s,
               (struct sample_rule){
                   "legal_department_archive_of_the_year.a_table_name_of_sixty_three_bytes_which_"
                   "is_all_that_postgres_kee\xe6\xb3\x95\xe6\xb3\x95\xe6\xb3\x95",
                   "billing", ACTION_PURGE, "10 years", "2016-11-23"},
               (struct counts){.rows = 999, .oldest = ""});
    s->steps[2].refused = "foreign-code";
    sample_find(
        s,
        (struct finding){
            .code = "no-clock-index",
            .severity = SEVERITY_NOTE,
            .rule = s->rules[0].id,
            .table = "public.integrations",
            .mark = {41, 12},
            .message = "no index leads with disconnected_at, so every run reads the whole table"});
    sample_find(
        s, (struct finding){
               .code = "foreign-code",
               .severity = SEVERITY_ERROR,
               .table = s->tables[2].text,
               .mark = {43, 5},
               .message =
                   "our write would run trigger \x1b]0;t of somebody who is not a superuser, and "
                   "this role has powers that its owner lacks",
               .hint = "Run as a role that may only read and change these tables, or pass "
                       "--trust-owners if you know every line of that code."});
    sample_find(s, (struct finding){.code = "residue",
                                    .severity = SEVERITY_WARNING,
                                    .message = "the WAL archive keeps old values"});
}

static inline void sample_run(struct sample *s)
{
    for (size_t i = 0; i < s->plan.step_count; i++)
        s->outcomes[i] = (struct step_outcome){.state = STEP_DONE};
    s->outcomes[0] = (struct step_outcome){.state = STEP_PARTIAL,
                                           .changed = 88120,
                                           .cascaded = 1240,
                                           .batches = 9,
                                           .left = 12,
                                           .locked = 2,
                                           .seconds = 1.2504,
                                           .throttled_seconds = 3.25,
                                           .throttle = "replica db2 12 s behind",
                                           .audit_seconds = 0.0105,
                                           .reason = "rows stayed locked by other sessions"};
    s->outcomes[1] = (struct step_outcome){.state = STEP_FAILED,
                                           .left = -1,
                                           .sqlstate = "42501",
                                           .reason = "permission denied for table \x1b[2J"};
}

static inline void sample_free(struct sample *s)
{
    for (size_t i = 0; i < s->plan.step_count; i++) {
        free((char *)(uintptr_t)s->rules[i].id);
        free((char *)(uintptr_t)s->cutoffs[i].instant);
    }
}

/* Compares with tests/golden/report/NAME, and empties the buffer. */
static inline void assert_golden(struct buffer *text, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, SOURCE_ROOT "/tests/golden/report/%s", name);
    const char *update = getenv("UPDATE_GOLDEN");
    bool writes = update != NULL && *update != '\0';
    FILE *file = fopen(path, writes ? "wb" : "rb");
    if (file == NULL)
        fail_msg("cannot open %s", path);
    if (writes) {
        assert_int_equal(fwrite(text->data, 1, text->length, file), text->length);
    } else {
        char *expected = calloc(1, 1 << 20);
        size_t length = fread(expected, 1, (1 << 20) - 1, file);
        if (length != text->length || memcmp(expected, text->data, length) != 0)
            fail_msg("%s is not what was written:\n%s", path, text->data);
        free(expected);
    }
    assert_int_equal(fclose(file), 0);
    buffer_free(text);
}

#endif
