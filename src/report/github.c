/*
 * github.c - findings as GitHub's workflow commands, which become annotations on the changed lines
 *
 * A command is one line, "::error file=…,line=…::message". What would end the message is
 * percent-encoded, and in a property also what would end that.
 */
#include "report/parts.h"
#include "report/text.h"

static void add_encoded(const char *text, bool is_property, struct buffer *out)
{
    for (const char *c = text; *c != '\0'; c++) {
        bool ends_property = is_property && (*c == ':' || *c == ',');
        if (*c == '%' || *c == '\r' || *c == '\n' || ends_property)
            buffer_addf(out, "%%%02X", (unsigned)*c);
        else
            buffer_addf(out, "%c", *c);
    }
}

static void add_command(const struct finding *finding, const char *path, struct buffer *out)
{
    static const char *const commands[] = {
        [SEVERITY_NOTE] = "notice", [SEVERITY_WARNING] = "warning", [SEVERITY_ERROR] = "error"};
    struct buffer file = {0}, message = {0};
    text_escape(path, &file);
    buffer_addf(out, "::%s file=", commands[finding->severity]);
    add_encoded(buffer_text(&file), true, out);
    if (finding->mark.line > 0)
        buffer_addf(out, ",line=%u,col=%u", finding->mark.line, finding->mark.column);
    buffer_addf(out, ",title=%s::", finding->code);
    text_escape(finding->message, &message);
    if (finding->hint != NULL) {
        buffer_add(&message, "\n");
        text_escape(finding->hint, &message);
    }
    add_encoded(buffer_text(&message), false, out);
    buffer_add(out, "\n");
    buffer_free(&file);
    buffer_free(&message);
}

void check_as_github(const struct check *check, struct buffer *out)
{
    struct arena arena = {0};
    size_t count;
    const struct finding *findings = check_findings(check, &arena, &count);
    for (size_t i = 0; i < count; i++)
        add_command(&findings[i], check->path, out);
    buffer_add(out, "pgretain: ");
    add_tally(findings, count, out);
    buffer_add(out, "\n");
    arena_free(&arena);
}
