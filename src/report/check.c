/* check.c - what is wrong with a policy, by itself and against the database. */
#include "report/parts.h"
#include "report/text.h"

static struct finding as_finding(const struct diagnostic *diagnostic)
{
    return (struct finding){
        .code = "policy",
        .severity = diagnostic->is_warning ? SEVERITY_WARNING : SEVERITY_ERROR,
        .mark = diagnostic->mark,
        .message = diagnostic->message,
        .hint = diagnostic->hint,
    };
}

struct tally {
    int64_t errors, warnings, notes;
};

static struct tally tally(const struct plan *plan, const struct diagnostics *diagnostics)
{
    struct tally sums = {
        .errors = (int64_t)count_findings(plan, SEVERITY_ERROR),
        .warnings = (int64_t)count_findings(plan, SEVERITY_WARNING),
        .notes = (int64_t)count_findings(plan, SEVERITY_NOTE),
    };
    for (size_t i = 0; diagnostics != NULL && i < diagnostics->count; i++) {
        sums.errors += !diagnostics->items[i].is_warning;
        sums.warnings += diagnostics->items[i].is_warning;
    }
    return sums;
}

static void add_tally(struct tally sums, struct buffer *out)
{
    if (sums.errors == 0)
        buffer_add(out, "no errors");
    else
        text_count(sums.errors, "error", "errors", out);
    buffer_add(out, ", ");
    if (sums.warnings == 0)
        buffer_add(out, "no warnings");
    else
        text_count(sums.warnings, "warning", "warnings", out);
    if (sums.notes > 0) {
        buffer_add(out, ", ");
        text_count(sums.notes, "note", "notes", out);
    }
}

/* "callshift.yaml: 11 rules, 5 categories: no errors, 2 warnings" */
static void add_verdict(const struct policy *policy, const char *file, struct tally sums,
                        struct buffer *out)
{
    text_escape(file, out);
    buffer_add(out, ": ");
    if (policy != NULL) {
        text_count((int64_t)policy->rule_count, "rule", "rules", out);
        buffer_add(out, ", ");
        text_count((int64_t)policy->category_count, "category", "categories", out);
        buffer_add(out, ": ");
    }
    add_tally(sums, out);
    buffer_add(out, "\n");
}

static void check_as_json(const struct policy *policy, const char *file, const struct plan *plan,
                          const struct diagnostics *diagnostics, struct buffer *out)
{
    json_t *root = json_object();
    json_t *head = policy == NULL ? json_null() : json_object();
    json_t *list = json_array();
    struct tally sums = tally(plan, diagnostics);
    json_object_set_new(root, "format", json_string("pgretain.check/1"));
    if (policy != NULL) {
        json_object_set_new(head, "name", json_utf8(policy->name));
        json_object_set_new(head, "sha256", json_utf8(policy->sha256));
    }
    json_object_set_new(root, "policy", head);
    json_object_set_new(root, "file", json_utf8(file));
    for (size_t i = 0; diagnostics != NULL && i < diagnostics->count; i++) {
        struct finding finding = as_finding(&diagnostics->items[i]);
        json_array_append_new(list, json_finding(&finding, file));
    }
    for (size_t i = 0; plan != NULL && i < plan->finding_count; i++)
        json_array_append_new(list, json_finding(&plan->findings[i], file));
    json_object_set_new(root, "findings", list);
    json_object_set_new(root, "totals",
                        json_pack("{s:I, s:I, s:I}", "errors", (json_int_t)sums.errors, "warnings",
                                  (json_int_t)sums.warnings, "notes", (json_int_t)sums.notes));
    add_json(root, out);
}

static void add_item(const struct finding *finding, const char *file, enum report_format format,
                     struct buffer *out)
{
    if (format == REPORT_TEXT)
        report_finding(finding, file, out);
    else
        add_finding_markdown(finding, file, out);
}

void report_check(const struct policy *policy, const char *file, const struct plan *plan,
                  const struct diagnostics *diagnostics, enum report_format format,
                  struct buffer *out)
{
    if (format == REPORT_JSON) {
        check_as_json(policy, file, plan, diagnostics, out);
        return;
    }
    struct tally sums = tally(plan, diagnostics);
    if (format == REPORT_MARKDOWN && sums.errors + sums.warnings + sums.notes > 0)
        add_findings_header(out);
    for (size_t i = 0; diagnostics != NULL && i < diagnostics->count; i++) {
        struct finding finding = as_finding(&diagnostics->items[i]);
        add_item(&finding, file, format, out);
    }
    for (size_t i = 0; plan != NULL && i < plan->finding_count; i++)
        add_item(&plan->findings[i], file, format, out);
    if (format == REPORT_MARKDOWN)
        buffer_add(out, "\n");
    add_verdict(policy, file, sums, out);
}
