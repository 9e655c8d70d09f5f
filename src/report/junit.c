/*
 * junit.c - a policy as a test suite, in the XML that JUnit made and most CI servers read
 *
 * Each rule is a test case, and so is each code among the findings that belong to no rule. A case
 * fails by findings that fail the check; lesser ones are its output. Valid under the schemas that
 * Jenkins publishes, which agree on fewer attributes than are in use: a place is in the text.
 */
#include "report/parts.h"
#include "report/text.h"

#include <string.h>

struct suite {
    const struct check *check;
    const struct finding *findings;
    size_t finding_count;
    size_t cases, failures;
    struct buffer body;
};

/* Escaped text holds no control character, so that what is left is what XML itself needs. */
static void add_xml(const char *text, struct buffer *out)
{
    struct buffer safe = {0};
    text_escape(text, &safe);
    for (const char *c = buffer_text(&safe); *c != '\0'; c++) {
        if (*c == '<')
            buffer_add(out, "&lt;");
        else if (*c == '>')
            buffer_add(out, "&gt;");
        else if (*c == '&')
            buffer_add(out, "&amp;");
        else if (*c == '"')
            buffer_add(out, "&quot;");
        else
            buffer_addf(out, "%c", *c);
    }
    buffer_free(&safe);
}

/* The rule itself, or one of the tables that its pattern matched. */
static bool is_of_rule(const struct finding *finding, const char *rule)
{
    size_t length = strlen(rule);
    return finding->rule != NULL && strncmp(finding->rule, rule, length) == 0 &&
           (finding->rule[length] == '\0' || finding->rule[length] == '@');
}

static bool has_rule(const struct suite *suite, const struct finding *finding)
{
    const struct policy *policy = suite->check->policy;
    for (size_t i = 0; policy != NULL && i < policy->rule_count; i++)
        if (is_of_rule(finding, policy->rules[i].id))
            return true;
    return false;
}

static bool belongs(const struct suite *suite, const struct finding *finding, const char *rule,
                    const char *code)
{
    return rule != NULL ? is_of_rule(finding, rule)
                        : strcmp(finding->code, code) == 0 && !has_rule(suite, finding);
}

static void add_lines(const struct finding *finding, const char *file, struct buffer *out)
{
    struct buffer line = {0};
    add_finding_head(finding, file, &line);
    add_xml(buffer_text(&line), out);
    buffer_add(out, "\n");
    if (finding->hint != NULL) {
        buffer_add(out, "  hint: ");
        add_xml(finding->hint, out);
        buffer_add(out, "\n");
    }
    buffer_free(&line);
}

/* The case's findings that fail the check, or those that do not, inside one element. */
static bool add_part(const struct suite *suite, const char *rule, const char *code, bool failing,
                     struct buffer *out)
{
    bool any = false;
    for (size_t i = 0; i < suite->finding_count; i++) {
        const struct finding *finding = &suite->findings[i];
        if ((finding->severity >= suite->check->fail_on) != failing ||
            !belongs(suite, finding, rule, code))
            continue;
        if (!any && failing) {
            buffer_addf(out, "      <failure type=\"%s\" message=\"", finding->code);
            add_xml(finding->message, out);
            buffer_add(out, "\">");
        } else if (!any) {
            buffer_add(out, "      <system-out>");
        }
        any = true;
        add_lines(finding, suite->check->file, out);
    }
    if (any)
        buffer_addf(out, "</%s>\n", failing ? "failure" : "system-out");
    return any;
}

static void add_case(struct suite *suite, const char *rule, const char *code)
{
    struct buffer *out = &suite->body;
    buffer_add(out, "    <testcase classname=\"");
    add_xml(suite->check->policy == NULL ? "policy" : suite->check->policy->name, out);
    buffer_addf(out, ".%s\" name=\"", rule != NULL ? "rules" : "findings");
    add_xml(rule != NULL ? rule : code, out);
    buffer_add(out, "\" time=\"0\">\n");
    suite->failures += add_part(suite, rule, code, true, out);
    add_part(suite, rule, code, false, out);
    buffer_add(out, "    </testcase>\n");
    suite->cases++;
}

/* One case for each code that has a finding outside the rules. */
static void add_other_cases(struct suite *suite)
{
    for (size_t i = 0; i < suite->finding_count; i++) {
        const struct finding *finding = &suite->findings[i];
        bool again = has_rule(suite, finding);
        for (size_t j = 0; j < i && !again; j++)
            again = belongs(suite, &suite->findings[j], NULL, finding->code);
        if (!again)
            add_case(suite, NULL, finding->code);
    }
}

void check_as_junit(const struct check *check, struct buffer *out)
{
    struct arena arena = {0};
    struct suite suite = {.check = check};
    suite.findings = check_findings(check, &arena, &suite.finding_count);
    for (size_t i = 0; check->policy != NULL && i < check->policy->rule_count; i++)
        add_case(&suite, check->policy->rules[i].id, NULL);
    add_other_cases(&suite);
    buffer_add(out,
               "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"");
    add_xml(check->file, out);
    buffer_addf(out, "\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"0\" time=\"0\">\n",
                suite.cases, suite.failures);
    buffer_add(out, buffer_text(&suite.body));
    buffer_add(out, "  </testsuite>\n</testsuites>\n");
    buffer_free(&suite.body);
    arena_free(&arena);
}
