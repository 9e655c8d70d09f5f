/* test_check.c - the findings of check in every format, and what hostile names make of them */
#include "sample.h"

#include "base/buffer.h"
#include "report/parts.h"
#include "report/text.h"

#include <jansson.h>

/* Whatever ends something in one of the formats. The last is U+FFFE, which XML does not know. */
#define HOSTILE                                                                                    \
    "a\"b'c\n::error::x%0A%\r]]></failure><b>&amp; [l](1) ##[x] \xf0\x9f\x98\x80 \x1b[31m "        \
    "\xe2\x80\xae\xff \xef\xbf\xbe"

static const char *const suffixes[] = {"txt", "json", "md", "sarif", "github", "xml"};

struct cases {
    struct sample sample;
    struct diagnostic items[2];
    struct diagnostics bad, none;
    struct finding hostile[2];
    struct policy_rule hostile_rule;
    struct policy hostile_policy;
    struct plan hostile_plan;
    struct check checks[4];
};

static void fill(struct cases *c)
{
    memset(c, 0, sizeof *c);
    sample_large(&c->sample);
    c->items[0] = (struct diagnostic){.mark = {3, 1},
                                      .code = "policy-invalid",
                                      .message = "unknown key \"kategories\"",
                                      .hint = "Did you mean \"categories\"?"};
    c->items[1] = (struct diagnostic){.is_warning = true,
                                      .code = "policy-writable",
                                      .message = "others can change the policy file"};
    c->bad = (struct diagnostics){.items = c->items, .count = 2, .errors = 1};
    c->sample.findings[0].mark.column = 70000;
    c->hostile[0] = (struct finding){.code = "mask-type",
                                     .severity = SEVERITY_ERROR,
                                     .rule = HOSTILE,
                                     .table = HOSTILE,
                                     .mark = {2, 3},
                                     .message = HOSTILE,
                                     .hint = HOSTILE};
    c->hostile[1] = c->hostile[0];
    c->hostile[1].mark.line = 9;
    c->hostile_rule = (struct policy_rule){.id = HOSTILE};
    c->hostile_policy =
        (struct policy){.name = HOSTILE, .rules = &c->hostile_rule, .rule_count = 1};
    c->hostile_plan = (struct plan){.findings = c->hostile, .finding_count = 2};
    c->checks[0] =
        (struct check){NULL, "bad.yaml", "policies/bad.yaml", NULL, &c->bad, SEVERITY_ERROR};
    c->checks[1] = (struct check){&c->sample.policy, "callshift.yaml", "policies/callshift.yaml",
                                  &c->sample.plan,   &c->none,         SEVERITY_WARNING};
    c->checks[2] =
        (struct check){&c->sample.policy, "good.yaml", "good.yaml", NULL, &c->none, SEVERITY_NOTE};
    c->checks[3] = (struct check){&c->hostile_policy, HOSTILE,  HOSTILE,
                                  &c->hostile_plan,   &c->none, SEVERITY_ERROR};
}

static void test_golden(void **state)
{
    (void)state;
    static const char *const names[] = {"bad", "findings", "good", "hostile"};
    struct cases c;
    fill(&c);
    for (int format = REPORT_TEXT; format < REPORT_FORMATS; format++) {
        for (size_t i = 0; i < 4; i++) {
            struct buffer out = {0};
            char file[64];
            snprintf(file, sizeof file, "check_%s.%s", names[i], suffixes[format]);
            report_check(&c.checks[i], (enum report_format)format, &out);
            assert_golden(&out, file);
        }
    }
    sample_free(&c.sample);
}

static void test_fails_from_severity(void **state)
{
    (void)state;
    struct cases c;
    fill(&c);
    assert_true(report_check_fails(&c.checks[0]));
    assert_false(report_check_fails(&c.checks[2]));
    c.sample.plan.finding_count = 1; /* a note */
    c.checks[1].fail_on = SEVERITY_WARNING;
    assert_false(report_check_fails(&c.checks[1]));
    c.checks[1].fail_on = SEVERITY_NOTE;
    assert_true(report_check_fails(&c.checks[1]));
    sample_free(&c.sample);
}

/* A lapsed review fails a check, and is told once where file and plan both know. */
static void test_told_once(void **state)
{
    (void)state;
    struct cases c;
    fill(&c);
    struct arena arena = {0};
    size_t count;
    c.items[1].code = "obligation-lapsed";
    const struct finding *findings = check_findings(&c.checks[0], &arena, &count);
    assert_int_equal(count, 2);
    assert_int_equal(findings[1].severity, SEVERITY_ERROR);
    c.hostile[0].code = "obligation-lapsed";
    c.checks[0].plan = &c.hostile_plan;
    findings = check_findings(&c.checks[0], &arena, &count);
    assert_int_equal(count, 3);
    for (size_t i = 0; i < count; i++)
        assert_true(findings[i].message != c.items[1].message);
    arena_free(&arena);
    sample_free(&c.sample);
}

static json_t *sarif_results(const struct check *check, json_t **ret_root)
{
    struct buffer out = {0};
    report_check(check, REPORT_SARIF, &out);
    *ret_root = json_loadb(out.data, out.length, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(*ret_root);
    buffer_free(&out);
    return json_object_get(json_array_get(json_object_get(*ret_root, "runs"), 0), "results");
}

static const char *print_of(json_t *results, size_t i)
{
    return json_string_value(json_object_get(
        json_object_get(json_array_get(results, i), "partialFingerprints"), "pgretain/v1"));
}

/* The same after lines moved, other for every finding, also of two that say the same. */
static void test_fingerprints(void **state)
{
    (void)state;
    struct cases c;
    fill(&c);
    json_t *before_root, *after_root;
    json_t *before = sarif_results(&c.checks[3], &before_root);
    c.hostile[0].mark.line += 40;
    c.hostile[1].mark.line += 40;
    json_t *after = sarif_results(&c.checks[3], &after_root);
    assert_int_equal(json_array_size(after), 2);
    for (size_t i = 0; i < 2; i++)
        assert_string_equal(print_of(before, i), print_of(after, i));
    assert_string_not_equal(print_of(before, 0), print_of(before, 1));
    json_decref(after_root);
    c.hostile[1].table = "public.calls";
    after = sarif_results(&c.checks[3], &after_root);
    assert_string_equal(print_of(after, 0), print_of(before, 0));
    assert_memory_not_equal(print_of(after, 1), print_of(before, 0), 64);
    json_decref(before_root);
    json_decref(after_root);
    sample_free(&c.sample);
}

/* What the runner of GitHub makes of an encoded text. */
static char *decoded(const char *text, size_t length)
{
    char *out = calloc(1, length + 1), *to = out;
    for (size_t i = 0; i < length; i++) {
        unsigned byte;
        if (text[i] == '%' && sscanf(text + i + 1, "%2x", &byte) == 1) {
            *to++ = (char)byte;
            i += 2;
        } else {
            *to++ = text[i];
        }
    }
    return out;
}

/* Each finding is one line, one command, and what it decodes to is what was found. */
static void test_github_commands(void **state)
{
    (void)state;
    struct cases c;
    fill(&c);
    struct arena arena = {0};
    struct buffer out = {0};
    report_check(&c.checks[3], REPORT_GITHUB, &out);
    const char *line = out.data;
    for (int i = 0; i < 2; i++) {
        assert_memory_equal(line, "::error ", 8);
        const char *data = strstr(line + 8, "::"), *end = strchr(line, '\n');
        assert_non_null(data);
        assert_true(data < end);
        char *message = decoded(data + 2, (size_t)(end - data) - 2);
        const char *safe = text_safe(HOSTILE, &arena);
        assert_string_equal(message, arena_printf(&arena, "%s\n%s", safe, safe));
        free(message);
        const char *comma = strchr(line, ',');
        char *file = decoded(line + strlen("::error file="),
                             (size_t)(comma - line) - strlen("::error file="));
        assert_string_equal(file, safe);
        free(file);
        line = end + 1;
    }
    assert_string_equal(line, "pgretain: 2 errors, no warnings\n");
    buffer_free(&out);
    arena_free(&arena);
    sample_free(&c.sample);
}

static void test_help(void **state)
{
    (void)state;
    assert_null(finding_help("no-such-code"));
    const char *help = finding_help("hold-expired");
    assert_string_equal(help, "The date \"until\" of a hold is past. It still holds; remove it or "
                              "set a new date.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden),          cmocka_unit_test(test_fails_from_severity),
        cmocka_unit_test(test_told_once),       cmocka_unit_test(test_fingerprints),
        cmocka_unit_test(test_github_commands), cmocka_unit_test(test_help),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
