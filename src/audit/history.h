/*
 * history.h - what the records of a log say together, and whether it can be true
 *
 * Holds only the open intents, the sums of the current run's steps and the newest step of each
 * rule, so that a log of any length is read in flat memory. Each history_*() that takes a record
 * returns 0, or -1 with `damage` filled when the record contradicts what came before.
 */
#ifndef AUDIT_HISTORY_H
#define AUDIT_HISTORY_H

#include "audit/audit.h"
#include "audit/record.h"

enum { HISTORY_SETTLED = 64 };

/* An intent without commit, abort or recovered. Slots are used again. */
struct history_intent {
    bool used;
    bool current; /* of the current run: `step` counts */
    size_t step;
    int64_t seq;
    int64_t rows;
    int64_t announced; /* cascaded rows the intent spoke of; -1: it did not */
    int64_t cascaded;  /* by cascade records so far */
    int64_t timeline, wal_position;
    struct buffer run, rule, table, xid, range, system_identifier;
};

struct history_step {
    const char *rule;
    const char *cutoff;
    bool ended;
    int64_t changed;
    int64_t cascaded;
};

/* The current run's lately settled intents, whose cascade records may still come. */
struct history_settled {
    int64_t seq;
    size_t step;
    bool committed;
    int64_t announced;
    int64_t cascaded;
};

/* The run that was begun last. */
struct history_run {
    struct arena arena;
    char name[RECORD_RUN_BYTES + 1];
    bool begun;
    bool ended;
    struct history_step *steps;
    size_t step_count;
    size_t step_last; /* where the latest look-up ended */
    int64_t changed;
    int64_t cascaded;
    struct history_settled settled[HISTORY_SETTLED];
    size_t settled_count; /* ever; the newest HISTORY_SETTLED are kept */
};

/* Start with `struct history h = {0};`, end with history_free(). */
struct history {
    struct arena arena;
    struct history_run run;
    struct history_intent *intents;
    size_t intent_count;             /* slots */
    struct audit_detached *detached; /* those without a partition are free again */
    size_t detached_count;
    struct audit_rule *rules;
    size_t rule_count;
    struct buffer origin;
    struct buffer key;      /* of the newest key record */
    int64_t pruned_records; /* as the newest prune record says */
    struct buffer system_identifier;
    struct buffer database;
    int64_t timeline;
    int64_t runs;
    int64_t committed;
    int64_t cascaded;
    int64_t unknown; /* intents */
};

int history_log_begin(struct history *h, const struct record *record, struct damage *damage);
int history_key(struct history *h, const struct record *record, struct damage *damage);
int history_prune(struct history *h, const struct record *record, struct damage *damage);
int history_run_begin(struct history *h, const struct record *record, struct damage *damage);
int history_step_begin(struct history *h, const struct record *record, struct damage *damage);
int history_intent(struct history *h, const struct record *record, struct damage *damage);
int history_commit(struct history *h, const struct record *record, struct damage *damage);
int history_abort(struct history *h, const struct record *record, struct damage *damage);
int history_cascade(struct history *h, const struct record *record, struct damage *damage);
int history_recovered(struct history *h, const struct record *record, struct damage *damage);
int history_detach(struct history *h, const struct record *record, struct damage *damage);
int history_attach(struct history *h, const struct record *record, struct damage *damage);
/* The partition was dropped: its intent is known to be committed. */
void history_dropped(struct history *h, const char *partition);
int history_step_end(struct history *h, const struct record *record, struct damage *damage);
int history_run_end(struct history *h, const struct record *record, struct damage *damage);

/* rules.c: a step of a rule begins, or ends. */
void history_keep_rule(struct history *h, const struct record *step_begin);
void history_rule_ended(struct history *h, const char *cutoff, const struct record *step_end);

/* Whether the record is the one that explains the torn lines before it. */
bool history_explains_torn(const struct record *record);

/* Whether the record's run is the one that is under way. */
int history_check_run(const struct history *h, const struct record *record, struct damage *damage);

/* Adds counts out of a log, which may be anything up to 2^53 each. */
int history_add(int64_t *sum, int64_t rows, struct damage *damage);

void history_replace(struct buffer *buffer, const char *text);

/* NULL when there is none. */
struct history_step *history_find_step(struct history *h, const char *rule);
struct history_intent *history_find_intent(struct history *h, int64_t seq);

void history_export(const struct history *h, struct arena *arena, struct audit_state *state);
void history_free(struct history *h);

#endif
