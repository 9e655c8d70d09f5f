/* finding.c - findings as lines that editors and CI logs can follow, and as Markdown. */
#include "report/parts.h"
#include "report/text.h"

#include <string.h>

/* Made from the manual: code and text in turn, NULL at the end. */
extern const char *const manual_findings[];

const char *finding_help(const char *code)
{
    for (const char *const *at = manual_findings; *at != NULL; at += 2)
        if (strcmp(at[0], code) == 0)
            return at[1];
    return NULL;
}

size_t count_findings(const struct plan *plan, enum severity severity)
{
    size_t count = 0;
    for (size_t i = 0; plan != NULL && i < plan->finding_count; i++)
        count += plan->findings[i].severity == severity;
    return count;
}

void add_location(const char *file, struct mark mark, struct buffer *out)
{
    if (file == NULL)
        return;
    text_escape(file, out);
    if (mark.line > 0)
        buffer_addf(out, ":%u:%u", mark.line, mark.column);
    buffer_add(out, ": ");
}

void add_finding_head(const struct finding *finding, const char *file, struct buffer *out)
{
    add_location(file, finding->mark, out);
    buffer_addf(out, "%s: ", severity_name(finding->severity));
    text_escape(finding->message, out);
    buffer_add(out, " [");
    text_escape(finding->code, out);
    buffer_add(out, "]");
}

void report_finding(const struct finding *finding, const char *file, struct buffer *out)
{
    add_finding_head(finding, file, out);
    buffer_add(out, "\n");
    if (finding->hint != NULL) {
        buffer_add(out, "  hint: ");
        text_escape(finding->hint, out);
        buffer_add(out, "\n");
    }
}

static void add_wrapped(const struct finding *finding, const char *file, struct buffer *out)
{
    struct buffer line = {0};
    add_finding_head(finding, file, &line);
    text_wrap(buffer_text(&line), 0, 4, out);
    if (finding->hint != NULL) {
        buffer_clear(&line);
        text_escape(finding->hint, &line);
        buffer_add(out, "  hint: ");
        text_wrap(buffer_text(&line), 8, 4, out);
    }
    buffer_free(&line);
}

void add_findings(const struct plan *plan, struct buffer *out)
{
    for (int severity = SEVERITY_ERROR; severity >= SEVERITY_NOTE; severity--)
        for (size_t i = 0; i < plan->finding_count; i++)
            if ((int)plan->findings[i].severity == severity)
                add_wrapped(&plan->findings[i], plan->policy->file, out);
}

void add_markdown(const char *text, struct buffer *out)
{
    struct buffer safe = {0};
    text_escape(text, &safe);
    for (const char *c = buffer_text(&safe); *c != '\0'; c++) {
        if (*c == '<')
            buffer_add(out, "&lt;");
        else if (*c == '&')
            buffer_add(out, "&amp;");
        else if (*c == '|' || *c == '\\' || *c == '`' || *c == '*' || *c == '_' || *c == '[')
            buffer_addf(out, "\\%c", *c);
        else
            buffer_addf(out, "%c", *c);
    }
    buffer_free(&safe);
}

void add_findings_header(struct buffer *out)
{
    buffer_add(out, "| severity | code | where | message |\n| --- | --- | --- | --- |\n");
}

void add_finding_markdown(const struct finding *finding, const char *file, struct buffer *out)
{
    buffer_addf(out, "| %s | ", severity_name(finding->severity));
    add_markdown(finding->code, out);
    buffer_add(out, " | ");
    add_markdown(file, out);
    if (finding->mark.line > 0)
        buffer_addf(out, ":%u", finding->mark.line);
    buffer_add(out, " | ");
    add_markdown(finding->message, out);
    if (finding->hint != NULL) {
        buffer_add(out, "<br>");
        add_markdown(finding->hint, out);
    }
    buffer_add(out, " |\n");
}

void add_findings_markdown(const struct plan *plan, struct buffer *out)
{
    if (plan->finding_count == 0)
        return;
    buffer_add(out, "\n");
    add_findings_header(out);
    for (size_t i = 0; i < plan->finding_count; i++)
        add_finding_markdown(&plan->findings[i], plan->policy->file, out);
}
