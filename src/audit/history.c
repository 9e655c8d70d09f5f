/* history.c - runs and their steps: begun once, ended once, sums that agree. */
#include "audit/history.h"

#include "audit/kinds.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static int contradiction(struct damage *damage, const char *text)
{
    return damage_set(damage, DAMAGE_CONTENT, "%s", text);
}

void history_replace(struct buffer *buffer, const char *text)
{
    buffer_clear(buffer);
    buffer_add(buffer, text);
}

int history_add(int64_t *sum, int64_t rows, struct damage *damage)
{
    if (rows > INT64_MAX - *sum)
        return contradiction(damage, "counts add up to more than any table holds");
    *sum += rows;
    return 0;
}

bool history_explains_torn(const struct record *record)
{
    return strcmp(record->kind->name, "recovered") == 0 &&
           strcmp(record_text(record, "outcome"), "torn") == 0;
}

int history_check_run(const struct history *h, const struct record *record, struct damage *damage)
{
    if (!h->run.begun || strcmp(h->run.name, record->run) != 0)
        return contradiction(damage, "record of a run that is not under way");
    if (h->run.ended)
        return contradiction(damage, "record after the end of its run");
    return 0;
}

struct history_step *history_find_step(struct history *h, const char *rule)
{
    struct history_run *run = &h->run;
    for (size_t i = 0; i < run->step_count; i++) {
        size_t at = (run->step_last + i) % run->step_count;
        if (strcmp(run->steps[at].rule, rule) == 0) {
            run->step_last = at;
            return &run->steps[at];
        }
    }
    return NULL;
}

int history_log_begin(struct history *h, const struct record *record, struct damage *damage)
{
    const char *origin = record_text(record, "origin");
    if (h->origin.length > 0 && strcmp(buffer_text(&h->origin), origin) != 0)
        return contradiction(damage, "file of another log");
    history_replace(&h->origin, origin);
    return 0;
}

int history_key(struct history *h, const struct record *record, struct damage *damage)
{
    (void)damage;
    history_replace(&h->key, record_text(record, "key"));
    return 0;
}

int history_prune(struct history *h, const struct record *record, struct damage *damage)
{
    int64_t records = record_count(record, "records");
    if (records > record->seq)
        return contradiction(damage, "more records pruned than there were");
    h->pruned_records = records > h->pruned_records ? records : h->pruned_records;
    return 0;
}

int history_run_begin(struct history *h, const struct record *record, struct damage *damage)
{
    if (h->run.begun && strcmp(h->run.name, record->run) == 0)
        return contradiction(damage, "run begins twice");
    if (h->run.begun && record_text(record, "cluster_reason") == NULL &&
        strcmp(buffer_text(&h->system_identifier), record_text(record, "system_identifier")) != 0)
        return contradiction(damage, "run on another database cluster, which nobody accepted");
    arena_free(&h->run.arena);
    h->run = (struct history_run){.begun = true};
    memcpy(h->run.name, record->run, strlen(record->run) + 1);
    for (size_t i = 0; i < h->intent_count; i++)
        h->intents[i].current = false;
    history_replace(&h->system_identifier, record_text(record, "system_identifier"));
    history_replace(&h->database, record_text(record, "database"));
    h->timeline = record_count(record, "timeline");
    h->runs++;
    return 0;
}

static struct history_step *add_step(struct history *h, const char *rule)
{
    struct history_run *run = &h->run;
    struct history_step *step = ARENA_PUSH(&run->arena, run->steps, run->step_count);
    step->rule = arena_strdup(&run->arena, rule);
    return step;
}

int history_step_begin(struct history *h, const struct record *record, struct damage *damage)
{
    if (history_find_step(h, record_text(record, "rule")) != NULL)
        return contradiction(damage, "step begins twice");
    struct history_step *step = add_step(h, record_text(record, "rule"));
    step->cutoff = arena_strdup(&h->run.arena, record_text(record, "cutoff"));
    history_keep_rule(h, record);
    return 0;
}

/* A count that is left out claims that there was nothing to count. */
static int check_sum(const struct record *record, const char *key, int64_t sum,
                     struct damage *damage)
{
    int64_t claimed = record_count(record, key);
    if ((claimed < 0 ? 0 : claimed) == sum)
        return 0;
    return damage_set(damage, DAMAGE_CONTENT,
                      "counts do not add up: %s says %" PRId64 " %s, its batches %" PRId64,
                      record->kind->name, claimed < 0 ? 0 : claimed, key, sum);
}

int history_step_end(struct history *h, const struct record *record, struct damage *damage)
{
    struct history_step *step = history_find_step(h, record_text(record, "rule"));
    const char *state = record_text(record, "state");
    if (step == NULL) {
        if (strcmp(state, "skipped") != 0 && strcmp(state, "refused") != 0)
            return contradiction(damage, "step ends that never began");
        step = add_step(h, record_text(record, "rule"));
    }
    if (step->ended)
        return contradiction(damage, "step ends twice");
    step->ended = true;
    if (check_sum(record, "changed", step->changed, damage) != 0 ||
        check_sum(record, "cascaded", step->cascaded, damage) != 0)
        return -1;
    if (step->cutoff != NULL)
        history_rule_ended(h, step->cutoff, record);
    return 0;
}

int history_run_end(struct history *h, const struct record *record, struct damage *damage)
{
    h->run.ended = true;
    if (check_sum(record, "changed", h->run.changed, damage) != 0)
        return -1;
    return check_sum(record, "cascaded", h->run.cascaded, damage);
}

static int by_seq(const void *a, const void *b)
{
    const struct audit_intent *left = a;
    const struct audit_intent *right = b;
    return (left->seq > right->seq) - (left->seq < right->seq);
}

static void export_intents(const struct history *h, struct arena *arena, struct audit_state *state)
{
    for (size_t i = 0; i < h->intent_count; i++) {
        const struct history_intent *intent = &h->intents[i];
        if (!intent->used)
            continue;
        struct audit_intent *open = ARENA_PUSH(arena, state->open, state->open_count);
        *open = (struct audit_intent){
            .seq = intent->seq,
            .run = arena_strdup(arena, buffer_text(&intent->run)),
            .rule = arena_strdup(arena, buffer_text(&intent->rule)),
            .table = arena_strdup(arena, buffer_text(&intent->table)),
            .xid = arena_strdup(arena, buffer_text(&intent->xid)),
            .range = arena_strdup(arena, buffer_text(&intent->range)),
            .rows = intent->rows,
            .system_identifier = arena_strdup(arena, buffer_text(&intent->system_identifier)),
            .timeline = intent->timeline,
            .wal_position = intent->wal_position,
        };
    }
    if (state->open_count > 0)
        qsort(state->open, state->open_count, sizeof state->open[0], by_seq);
}

static void export_detached(const struct history *h, struct arena *arena, struct audit_state *state)
{
    for (size_t i = 0; i < h->detached_count; i++) {
        const struct audit_detached *detached = &h->detached[i];
        if (detached->partition == NULL)
            continue;
        *ARENA_PUSH(arena, state->detached, state->detached_count) = (struct audit_detached){
            .rule = arena_strdup(arena, detached->rule),
            .partition = arena_strdup(arena, detached->partition),
            .parent = arena_strdup(arena, detached->parent),
            .bound = arena_strdup(arena, detached->bound),
        };
    }
}

void history_export(const struct history *h, struct arena *arena, struct audit_state *state)
{
    export_intents(h, arena, state);
    export_detached(h, arena, state);
    for (size_t i = 0; i < h->rule_count; i++) {
        struct audit_rule *rule = ARENA_PUSH(arena, state->rules, state->rule_count);
        *rule = h->rules[i];
        rule->rule = arena_strdup(arena, h->rules[i].rule);
        rule->digest = arena_strdup(arena, h->rules[i].digest);
        rule->window = arena_strdup(arena, h->rules[i].window);
    }
    state->origin = arena_strdup(arena, buffer_text(&h->origin));
    state->key = h->key.length == 0 ? NULL : arena_strdup(arena, buffer_text(&h->key));
    state->pruned_records = h->pruned_records;
    if (h->run.begun) {
        state->system_identifier = arena_strdup(arena, buffer_text(&h->system_identifier));
        state->database = arena_strdup(arena, buffer_text(&h->database));
    }
    state->interrupted = h->run.begun && !h->run.ended;
    state->runs = h->runs;
    state->committed_rows = h->committed;
    state->cascaded_rows = h->cascaded;
    state->unknown_intents = h->unknown;
}

void history_free(struct history *h)
{
    for (size_t i = 0; i < h->intent_count; i++) {
        buffer_free(&h->intents[i].run);
        buffer_free(&h->intents[i].rule);
        buffer_free(&h->intents[i].table);
        buffer_free(&h->intents[i].xid);
        buffer_free(&h->intents[i].range);
        buffer_free(&h->intents[i].system_identifier);
    }
    arena_free(&h->run.arena);
    arena_free(&h->arena);
    buffer_free(&h->origin);
    buffer_free(&h->key);
    buffer_free(&h->system_identifier);
    buffer_free(&h->database);
    *h = (struct history){0};
}
