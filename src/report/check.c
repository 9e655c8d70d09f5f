/* check.c - what is wrong with a policy, by itself and against the database. */
#include "report/parts.h"
#include "report/text.h"

#include <string.h>

static bool plan_says_so(const struct plan *plan, const char *code)
{
    for (size_t i = 0; plan != NULL && i < plan->finding_count; i++)
        if (strcmp(plan->findings[i].code, code) == 0)
            return true;
    return false;
}

/* A lapsed review is a warning to a run, which leaves the category alone, and an error here. */
static struct finding as_finding(const struct diagnostic *diagnostic)
{
    bool lapsed = strcmp(diagnostic->code, "obligation-lapsed") == 0;
    return (struct finding){
        .code = diagnostic->code,
        .severity = diagnostic->is_warning && !lapsed ? SEVERITY_WARNING : SEVERITY_ERROR,
        .mark = diagnostic->mark,
        .message = diagnostic->message,
        .hint = diagnostic->hint,
    };
}

const struct finding *check_findings(const struct check *check, struct arena *arena,
                                     size_t *ret_count)
{
    struct finding *all = NULL, *sorted;
    size_t count = 0, placed = 0;
    for (size_t i = 0; check->diagnostics != NULL && i < check->diagnostics->count; i++)
        if (!plan_says_so(check->plan, check->diagnostics->items[i].code))
            *ARENA_PUSH(arena, all, count) = as_finding(&check->diagnostics->items[i]);
    for (size_t i = 0; check->plan != NULL && i < check->plan->finding_count; i++)
        *ARENA_PUSH(arena, all, count) = check->plan->findings[i];
    sorted = arena_alloc(arena, count * sizeof *sorted + 1);
    for (int severity = SEVERITY_ERROR; severity >= SEVERITY_NOTE; severity--)
        for (size_t i = 0; i < count; i++)
            if ((int)all[i].severity == severity)
                sorted[placed++] = all[i];
    *ret_count = count;
    return sorted;
}

bool report_check_fails(const struct check *check)
{
    struct arena arena = {0};
    size_t count;
    const struct finding *findings = check_findings(check, &arena, &count);
    bool fails = count > 0 && findings[0].severity >= check->fail_on;
    arena_free(&arena);
    return fails;
}

static int64_t count_severity(const struct finding *findings, size_t count, enum severity severity)
{
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += findings[i].severity == severity;
    return sum;
}

void add_tally(const struct finding *findings, size_t count, struct buffer *out)
{
    int64_t errors = count_severity(findings, count, SEVERITY_ERROR);
    int64_t warnings = count_severity(findings, count, SEVERITY_WARNING);
    int64_t notes = count_severity(findings, count, SEVERITY_NOTE);
    if (errors == 0)
        buffer_add(out, "no errors");
    else
        text_count(errors, "error", "errors", out);
    buffer_add(out, ", ");
    if (warnings == 0)
        buffer_add(out, "no warnings");
    else
        text_count(warnings, "warning", "warnings", out);
    if (notes > 0) {
        buffer_add(out, ", ");
        text_count(notes, "note", "notes", out);
    }
}

/* "callshift.yaml: 11 rules, 5 categories: no errors, 2 warnings" */
static void add_verdict(const struct check *check, const struct finding *findings, size_t count,
                        struct buffer *out)
{
    text_escape(check->file, out);
    buffer_add(out, ": ");
    if (check->policy != NULL) {
        text_count((int64_t)check->policy->rule_count, "rule", "rules", out);
        buffer_add(out, ", ");
        text_count((int64_t)check->policy->category_count, "category", "categories", out);
        buffer_add(out, ": ");
    }
    add_tally(findings, count, out);
    buffer_add(out, "\n");
}

static void check_as_json(const struct check *check, const struct finding *findings, size_t count,
                          struct buffer *out)
{
    const struct policy *policy = check->policy;
    json_t *root = json_object();
    json_t *head = policy == NULL ? json_null() : json_object();
    json_t *list = json_array();
    json_t *totals = json_object();
    json_object_set_new(root, "format", json_string("pgretain.check/1"));
    if (policy != NULL) {
        json_object_set_new(head, "name", json_utf8(policy->name));
        json_object_set_new(head, "sha256", json_utf8(policy->sha256));
    }
    json_object_set_new(root, "policy", head);
    json_object_set_new(root, "file", json_utf8(check->file));
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_finding(&findings[i], check->file));
    json_object_set_new(root, "findings", list);
    json_object_set_new(root, "labels", json_labels(policy, check->plan));
    json_object_set_new(totals, "errors",
                        json_integer(count_severity(findings, count, SEVERITY_ERROR)));
    json_object_set_new(totals, "warnings",
                        json_integer(count_severity(findings, count, SEVERITY_WARNING)));
    json_object_set_new(totals, "notes",
                        json_integer(count_severity(findings, count, SEVERITY_NOTE)));
    json_object_set_new(root, "totals", totals);
    add_json(root, out);
}

static void check_as_text(const struct check *check, const struct finding *findings, size_t count,
                          struct buffer *out)
{
    add_labels(check->policy, check->plan, false, out);
    for (size_t i = 0; i < count; i++)
        report_finding(&findings[i], check->file, out);
    add_verdict(check, findings, count, out);
}

static void check_as_markdown(const struct check *check, const struct finding *findings,
                              size_t count, struct buffer *out)
{
    if (count > 0)
        add_findings_header(out);
    for (size_t i = 0; i < count; i++)
        add_finding_markdown(&findings[i], check->file, out);
    buffer_add(out, "\n");
    add_labels(check->policy, check->plan, true, out);
    struct buffer verdict = {0};
    add_verdict(check, findings, count, &verdict);
    verdict.data[--verdict.length] = '\0';
    add_markdown(verdict.data, out);
    buffer_add(out, "\n");
    buffer_free(&verdict);
}

void report_check(const struct check *check, enum report_format format, struct buffer *out)
{
    struct arena arena = {0};
    size_t count;
    const struct finding *findings = check_findings(check, &arena, &count);
    if (format == REPORT_JSON)
        check_as_json(check, findings, count, out);
    else if (format == REPORT_MARKDOWN)
        check_as_markdown(check, findings, count, out);
    else if (format == REPORT_SARIF)
        check_as_sarif(check, out);
    else if (format == REPORT_GITHUB)
        check_as_github(check, out);
    else if (format == REPORT_JUNIT)
        check_as_junit(check, out);
    else
        check_as_text(check, findings, count, out);
    arena_free(&arena);
}
