/* audit_verify.c - whether a log is intact, and how far anybody vouches for it. */
#include "cli/audit_verbs.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VKEY_BYTES = 512 };

static int add_key(struct options *options, const char *vkey, struct note_key **keys, size_t *count)
{
    struct error err;
    struct note_key key;
    if (note_key_read(vkey, &options->arena, &key, &err) != 0)
        return complain(&err);
    *ARENA_PUSH(&options->arena, *keys, *count) = key;
    return EXIT_DONE;
}

static int read_key_file(struct options *options, FILE *file, struct note_key **keys, size_t *count)
{
    char line[VKEY_BYTES];
    int status = EXIT_DONE;
    while (status == EXIT_DONE && fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] != '\0')
            status = add_key(options, line, keys, count);
    }
    return status;
}

int audit_read_keys(struct options *options, struct note_key **ret_keys, size_t *ret_count)
{
    int status = EXIT_DONE;
    *ret_keys = NULL;
    *ret_count = 0;
    for (size_t i = 0; i < options->keys.count && status == EXIT_DONE; i++) {
        FILE *file = fopen(options->keys.names[i], "re");
        if (file == NULL) {
            status = add_key(options, options->keys.names[i], ret_keys, ret_count);
            continue;
        }
        status = read_key_file(options, file, ret_keys, ret_count);
        fclose(file);
    }
    return status;
}

/* How far the log is known to be what somebody signed. */
static void add_coverage(const struct audit_state *state, bool has_keys, struct buffer *out)
{
    int64_t covered = has_keys ? state->signed_records : state->head_records;
    if (covered == 0) {
        buffer_add(out, "  there is no head beside the log: this proves the chain, not that "
                        "nothing was cut from its end\n");
        return;
    }
    buffer_addf(out, "  %" PRId64 " head%s agree%s, the newest of %" PRId64 " records; %s\n",
                state->heads, state->heads == 1 ? "" : "s", state->heads == 1 ? "s" : "", covered,
                has_keys ? "signed" : "signatures were not checked, which takes --key");
    if (covered < state->records)
        buffer_addf(out, "  %" PRId64 " line%s after it %s not covered\n", state->records - covered,
                    state->records - covered == 1 ? "" : "s",
                    state->records - covered == 1 ? "is" : "are");
}

static void verdict_text(const char *file, const struct audit_state *state, bool has_keys,
                         struct buffer *out)
{
    buffer_addf(out, "%s: intact\n  %s\n  %" PRId64 " records of %" PRId64 " run%s, ", file,
                state->origin, state->records - state->first_seq, state->runs,
                state->runs == 1 ? "" : "s");
    report_number(state->committed_rows, out);
    buffer_add(out, " rows changed, ");
    report_number(state->cascaded_rows, out);
    buffer_addf(out, " by cascade\n  head %s\n", state->head);
    if (state->first_seq > 0)
        buffer_addf(out, "  records 0 to %" PRId64 " were pruned\n", state->first_seq - 1);
    add_coverage(state, has_keys, out);
    if (state->interrupted)
        buffer_addf(out, "  the last run was interrupted; %zu open intent%s wait%s for the next\n",
                    state->open_count, state->open_count == 1 ? "" : "s",
                    state->open_count == 1 ? "s" : "");
    if (state->unknown_intents > 0)
        buffer_addf(out, "  nobody knows whether %" PRId64 " batch%s committed: see \"unknown\"\n",
                    state->unknown_intents, state->unknown_intents == 1 ? "" : "es");
    if (state->torn)
        buffer_add(out, "  the last line is torn; the next run will say so in the log\n");
}

static void verdict_json(const char *file, const struct audit_state *state, bool has_keys,
                         struct buffer *out)
{
    json_t *json = json_pack(
        "{s:s, s:s, s:b, s:s, s:I, s:I, s:I, s:I, s:I, s:s, s:b, s:I, s:I, s:b, s:I, s:I, "
        "s:o}",
        "format", "pgretain.audit/1", "file", file, "intact", 1, "origin", state->origin,
        "first_seq", (json_int_t)state->first_seq, "records",
        (json_int_t)(state->records - state->first_seq), "runs", (json_int_t)state->runs, "changed",
        (json_int_t)state->committed_rows, "cascaded", (json_int_t)state->cascaded_rows, "head",
        state->head, "interrupted", state->interrupted, "open_intents",
        (json_int_t)state->open_count, "unknown_intents", (json_int_t)state->unknown_intents,
        "torn", state->torn, "heads", (json_int_t)state->heads, "head_records",
        (json_int_t)state->head_records, "signed_records",
        has_keys ? json_integer(state->signed_records) : json_null());
    char *text = json == NULL ? NULL : json_dumps(json, JSON_INDENT(2));
    buffer_addf(out, "%s\n", text == NULL ? "{}" : text);
    free(text);
    json_decref(json);
}

static int check(const char *file, const struct audit_trust *trust, struct arena *arena,
                 struct audit_state *state)
{
    struct error err;
    if (audit_verify_signed(file, trust, arena, state, &err) != 0)
        return complain(&err);
    if (trust->key_count == 0 || state->signed_records > 0)
        return EXIT_DONE;
    error_set(&err, EXIT_AUDIT, "no head of \"%s\" is signed", file);
    error_detail(&err, "Its chain is intact: %" PRId64 " records.", state->records);
    error_hint(&err, "A run signs with --audit-key.");
    return complain(&err);
}

int audit_verb_verify(struct options *options, const char **arguments, enum report_format format)
{
    struct arena arena = {0};
    struct audit_state state = {0};
    struct buffer report = {0};
    struct note_key *keys;
    struct audit_trust trust = {.kept_head = options->head};
    int status = audit_read_keys(options, &keys, &trust.key_count);
    trust.keys = keys;
    if (status == EXIT_DONE)
        status = check(arguments[0], &trust, &arena, &state);
    if (status == EXIT_DONE) {
        if (format == REPORT_JSON)
            verdict_json(arguments[0], &state, trust.key_count > 0, &report);
        else
            verdict_text(arguments[0], &state, trust.key_count > 0, &report);
        status = print_report(&report);
    }
    buffer_free(&report);
    arena_free(&arena);
    return status;
}
