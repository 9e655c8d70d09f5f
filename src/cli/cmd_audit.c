/*
 * cmd_audit.c - reads audit logs: verify, show
 */
#include "cli/cli_private.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void verdict_text(const char *file, const struct audit_state *state, struct buffer *out)
{
    buffer_addf(out, "%s: intact\n  %" PRId64 " records of %" PRId64 " run%s, ", file,
                state->records, state->runs, state->runs == 1 ? "" : "s");
    report_number(state->committed_rows, out);
    buffer_add(out, " rows changed, ");
    report_number(state->cascaded_rows, out);
    buffer_addf(out, " by cascade\n  head %s\n", state->head);
    if (state->interrupted)
        buffer_addf(out, "  the last run was interrupted; %zu open intent%s wait%s for the next\n",
                    state->open_count, state->open_count == 1 ? "" : "s",
                    state->open_count == 1 ? "s" : "");
    if (state->torn)
        buffer_add(out, "  the last line is torn; the next run will say so in the log\n");
    buffer_add(out, "  the log carries no signed head: this proves the chain, not that nothing was "
                    "cut from its end\n");
}

static void verdict_json(const char *file, const struct audit_state *state, struct buffer *out)
{
    json_t *json = json_pack(
        "{s:s, s:s, s:b, s:I, s:I, s:I, s:I, s:s, s:b, s:I, s:b}", "format", "pgretain.audit/1",
        "file", file, "intact", 1, "records", (json_int_t)state->records, "runs",
        (json_int_t)state->runs, "changed", (json_int_t)state->committed_rows, "cascaded",
        (json_int_t)state->cascaded_rows, "head", state->head, "interrupted", state->interrupted,
        "open_intents", (json_int_t)state->open_count, "torn", state->torn);
    char *text = json == NULL ? NULL : json_dumps(json, JSON_INDENT(2));
    buffer_addf(out, "%s\n", text == NULL ? "{}" : text);
    free(text);
    json_decref(json);
}

static int verify(const char *file, enum report_format format)
{
    struct arena arena = {0};
    struct audit_state state = {0};
    struct error err;
    struct buffer report = {0};
    int status = EXIT_DONE;
    if (audit_verify(file, &arena, &state, &err) != 0) {
        status = complain(&err);
    } else {
        if (format == REPORT_JSON)
            verdict_json(file, &state, &report);
        else
            verdict_text(file, &state, &report);
        status = print_report(&report);
    }
    buffer_free(&report);
    arena_free(&arena);
    return status;
}

static int show_line(void *context, int64_t line_number, const char *line, size_t length)
{
    struct buffer text = {0};
    bool as_json = *(const enum report_format *)context == REPORT_JSON;
    if (as_json || !report_audit_line(line, length, &text)) {
        if (!as_json)
            buffer_addf(&text, "line %" PRId64 " is no record: ", line_number);
        buffer_add_bytes(&text, line, length);
        buffer_add(&text, "\n");
    }
    int status = print_report(&text);
    buffer_free(&text);
    return status;
}

static int show(const char *file, enum report_format format)
{
    struct error err = {0};
    if (audit_walk(file, show_line, &format, &err) == 0)
        return EXIT_DONE;
    return err.message[0] == '\0' ? EXIT_FAILED : complain(&err);
}

int cmd_audit(struct options *options)
{
    enum report_format format;
    int status = parse_format(options, 1 << REPORT_TEXT | 1 << REPORT_JSON, &format);
    if (status != 0)
        return status;
    if (options->argument_count != 2)
        return complain_usage("usage: pgretain audit verify|show FILE");
    if (strcmp(options->arguments[0], "verify") == 0)
        return verify(options->arguments[1], format);
    if (strcmp(options->arguments[0], "show") == 0)
        return show(options->arguments[1], format);
    return complain_usage("unknown audit command \"%s\": verify or show", options->arguments[0]);
}
