/* audit_prove.c - proofs for people who do not have the log, and their side of it. */
#include "cli/audit_verbs.h"

#include "audit/prove.h"
#include "audit/tree.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_PROOF_BYTES = 1 << 20 };

static int read_file(const char *path, struct buffer *out)
{
    char chunk[4096];
    size_t got;
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return complain_usage("could not open \"%s\": %s", path, strerror(errno));
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0 && out->length < LARGEST_PROOF_BYTES)
        buffer_add_bytes(out, chunk, got);
    fclose(file);
    return EXIT_DONE;
}

static int prove_growth(struct options *options, const char *log, struct buffer *proof)
{
    struct error err;
    struct buffer old = {0};
    const char *origin;
    int64_t size;
    struct tree_hash root;
    int status = read_file(options->head, &old);
    if (status == EXIT_DONE &&
        !audit_read_head(buffer_text(&old), old.length, &options->arena, &origin, &size, &root))
        status = complain_usage("\"%s\" is no head of a log", options->head);
    buffer_free(&old);
    if (status == EXIT_DONE && audit_prove_growth(log, size, &options->arena, proof, &err) != 0)
        status = complain(&err);
    return status;
}

static int prove_record(struct options *options, const char *log, const char *number,
                        struct buffer *proof)
{
    struct error err;
    char *end;
    errno = 0;
    long long seq = strtoll(number, &end, 10);
    if (errno != 0 || *end != '\0' || strspn(number, "0123456789") == 0)
        return complain_usage("\"%s\" is no number of a record", number);
    return audit_prove_record(log, seq, &options->arena, proof, &err) == 0 ? EXIT_DONE
                                                                           : complain(&err);
}

int audit_verb_prove(struct options *options, const char **arguments, enum report_format format)
{
    struct buffer proof = {0};
    (void)format;
    bool has_seq = options->argument_count == 3;
    if (has_seq == (options->head != NULL))
        return complain_usage("name the number of a record, or an older head with --head");
    int status = has_seq ? prove_record(options, arguments[0], arguments[1], &proof)
                         : prove_growth(options, arguments[0], &proof);
    if (status == EXIT_DONE)
        status = print_report(&proof);
    buffer_free(&proof);
    return status;
}

static void verdict_text(const struct audit_proved *proved, struct buffer *out)
{
    if (proved->seq < 0) {
        buffer_addf(out, "holds: %s of %" PRId64 " records goes on from its %" PRId64 "\n",
                    proved->origin, proved->records, proved->old_records);
        return;
    }
    buffer_addf(out, "holds: record %" PRId64 " of %s, which has %" PRId64 " records\n",
                proved->seq, proved->origin, proved->records);
    if (!report_audit_line(proved->line, proved->length, out))
        buffer_add(out, "It is a torn line.\n");
}

static void verdict_json(const struct audit_proved *proved, struct buffer *out)
{
    json_t *json = json_pack("{s:s, s:s, s:I}", "format", "pgretain.proof/1", "origin",
                             proved->origin, "records", (json_int_t)proved->records);
    if (proved->seq < 0) {
        json_object_set_new(json, "old_records", json_integer(proved->old_records));
    } else {
        json_object_set_new(json, "seq", json_integer(proved->seq));
        json_object_set_new(json, "record", json_loadb(proved->line, proved->length, 0, NULL));
    }
    char *text = json_dumps(json, JSON_INDENT(2));
    buffer_addf(out, "%s\n", text == NULL ? "{}" : text);
    free(text);
    json_decref(json);
}

static int check(struct options *options, const char *file, struct audit_proved *proved)
{
    struct error err;
    struct buffer proof = {0}, old = {0};
    struct note_key *keys;
    size_t key_count;
    int status = audit_read_keys(options, &keys, &key_count);
    if (status == EXIT_DONE && key_count == 0)
        status = complain_usage("a proof is checked with the log's public key: --key VKEY");
    if (status == EXIT_DONE)
        status = read_file(file, &proof);
    if (status == EXIT_DONE && options->head != NULL)
        status = read_file(options->head, &old);
    if (status == EXIT_DONE && audit_check_proof(&proof, options->head == NULL ? NULL : &old, keys,
                                                 key_count, &options->arena, proved, &err) != 0)
        status = complain(&err);
    buffer_free(&proof);
    buffer_free(&old);
    return status;
}

int audit_verb_verify_proof(struct options *options, const char **arguments,
                            enum report_format format)
{
    struct audit_proved proved;
    struct buffer report = {0};
    int status = check(options, arguments[0], &proved);
    if (status != EXIT_DONE)
        return status;
    if (format == REPORT_JSON)
        verdict_json(&proved, &report);
    else
        verdict_text(&proved, &report);
    status = print_report(&report);
    buffer_free(&report);
    return status;
}
