/*
 * review.c - what a log tells about its last runs: whether they were complete, and their pace
 *
 * The log is verified first, so that what is told can be relied on. Batches are passed over.
 */
#include "audit/audit.h"
#include "audit/kinds.h"
#include "audit/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct begun {
    char rule[4 * LOG_WORD];
    double seconds;
};

struct reader {
    struct arena *arena;
    struct log_review *review;
    /* steps under way in the current run */
    struct arena run_arena;
    struct begun *begun;
    size_t begun_count;
};

/* Of an instant as records have it, in seconds. */
static double seconds_of(const char *at)
{
    struct tm utc = {0};
    const char *fraction = strptime(at, "%Y-%m-%dT%H:%M:%S", &utc);
    double part = fraction == NULL ? 0 : strtod(fraction, NULL);
    return (double)timegm(&utc) + part;
}

static void keep(char *into, size_t size, const char *text)
{
    snprintf(into, size, "%s", text == NULL ? "" : text);
}

static struct log_rule *find_rule(struct reader *reader, const char *name)
{
    struct log_review *review = reader->review;
    for (size_t i = 0; i < review->rule_count; i++)
        if (strcmp(review->rules[i].rule, name) == 0)
            return &review->rules[i];
    struct log_rule *rule = ARENA_PUSH(reader->arena, review->rules, review->rule_count);
    *rule = (struct log_rule){.rule = arena_strdup(reader->arena, name)};
    return rule;
}

static void take_run_begin(struct reader *reader, const struct record *record)
{
    struct log_run *run = &reader->review->last;
    *run = (struct log_run){.seq = record->seq, .left_out = record_count(record, "left_out")};
    keep(run->run, sizeof run->run, record->run);
    keep(run->began, sizeof run->began, record->at);
    reader->review->resurrected_count = 0;
    reader->review->runs_since++;
    arena_free(&reader->run_arena);
    reader->begun = NULL;
    reader->begun_count = 0;
}

static void take_finding(struct reader *reader, const struct record *record)
{
    struct log_review *review = reader->review;
    const char *about = record_text(record, "rule");
    about = about == NULL ? record_text(record, "table") : about;
    if (about != NULL && strcmp(record_text(record, "code"), "resurrected") == 0)
        *ARENA_PUSH(reader->arena, review->resurrected, review->resurrected_count) =
            arena_strdup(reader->arena, about);
}

static void take_step_begin(struct reader *reader, const struct record *record)
{
    struct begun *begun = ARENA_PUSH(&reader->run_arena, reader->begun, reader->begun_count);
    keep(begun->rule, sizeof begun->rule, record_text(record, "rule"));
    begun->seconds = seconds_of(record->at);
}

static void take_step_end(struct reader *reader, const struct record *record)
{
    const char *name = record_text(record, "rule");
    struct log_rule *rule = find_rule(reader, name);
    int64_t changed = record_count(record, "changed");
    if (rule->pass_count == LOG_PASSES)
        memmove(rule->passes, rule->passes + 1, --rule->pass_count * sizeof *rule->passes);
    struct log_pass *pass = &rule->passes[rule->pass_count++];
    *pass = (struct log_pass){record_count(record, "due"), changed < 0 ? 0 : changed, 0};
    for (size_t i = 0; i < reader->begun_count; i++)
        if (strcmp(reader->begun[i].rule, name) == 0)
            pass->seconds = seconds_of(record->at) - reader->begun[i].seconds;
    keep(rule->run, sizeof rule->run, record->run);
    keep(rule->at, sizeof rule->at, record->at);
    keep(rule->state, sizeof rule->state, record_text(record, "state"));
}

static void take_run_end(struct reader *reader, const struct record *record, const char *hash)
{
    struct log_run *run = &reader->review->last;
    run->seq = record->seq;
    run->changed = record_count(record, "changed");
    run->cascaded = record_count(record, "cascaded");
    memcpy(run->head, hash, SHA256_HEX);
    keep(run->ended, sizeof run->ended, record->at);
    keep(run->state, sizeof run->state, record_text(record, "state"));
    if (strcmp(run->state, "done") == 0 && run->left_out <= 0) {
        reader->review->complete = *run;
        reader->review->runs_since = 0;
    }
}

static void take(struct reader *reader, const struct record *record, const char *line,
                 size_t length)
{
    const char *kind = record->kind->name;
    char hash[SHA256_HEX];
    if (strcmp(kind, "run_begin") == 0) {
        take_run_begin(reader, record);
    } else if (strcmp(kind, "finding") == 0) {
        take_finding(reader, record);
    } else if (strcmp(kind, "step_begin") == 0) {
        take_step_begin(reader, record);
    } else if (strcmp(kind, "step_end") == 0) {
        take_step_end(reader, record);
    } else if (strcmp(kind, "run_end") == 0) {
        sha256_hex(line, length, hash);
        take_run_end(reader, record, hash);
    }
}

/* Most lines are batches. A quote inside a text is escaped, so this is the member itself. */
static bool is_batch(const char *line, size_t length)
{
    static const char *const kinds[] = {"\"kind\":\"intent\"", "\"kind\":\"commit\"",
                                        "\"kind\":\"cascade\""};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (memmem(line, length, kinds[i], strlen(kinds[i])) != NULL)
            return true;
    return false;
}

static int take_line(void *context, int64_t line_number, const char *line, size_t length)
{
    struct reader *reader = context;
    struct record record;
    struct damage damage = {0};
    (void)line_number;
    if (is_batch(line, length) || record_decode(line, length, &record, &damage) != 0)
        return 0;
    take(reader, &record, line, length);
    record_free(&record);
    return 0;
}

/* A key is written NAME+HASH+BYTES. */
static void take_checkpoint(const struct audit_state *state, struct arena *arena,
                            struct log_checkpoint *checkpoint)
{
    _Static_assert((int)LOG_ROOT == (int)AUDIT_ROOT_TEXT, "both are roots in base64");
    checkpoint->records = state->head_records;
    memcpy(checkpoint->root, state->head_root, LOG_ROOT);
    if (state->head_is_signed && state->key != NULL)
        checkpoint->key = arena_strndup(arena, state->key, strcspn(state->key, "+"));
}

int audit_review(const char *path, const struct audit_trust *trust, struct arena *arena,
                 struct audit_state *ret_state, struct log_review *ret_review, struct error *err)
{
    struct log_review review = {0};
    struct reader reader = {.arena = arena, .review = &review};
    int rc = audit_verify_signed(path, trust, arena, ret_state, err);
    if (rc == 0)
        rc = audit_walk(path, take_line, &reader, err);
    arena_free(&reader.run_arena);
    if (rc != 0)
        return -1;
    review.records = ret_state->records;
    take_checkpoint(ret_state, arena, &review.checkpoint);
    review.checkpoint.is_verified =
        trust->key_count > 0 && ret_state->signed_records == ret_state->head_records;
    *ret_review = review;
    return 0;
}
