/* batches.c - intents and what settles them: each once, with the rows it spoke of. */
#include "audit/history.h"
#include "audit/kinds.h"

#include <inttypes.h>
#include <string.h>

static struct history_intent *free_slot(struct history *h)
{
    for (size_t i = 0; i < h->intent_count; i++)
        if (!h->intents[i].used)
            return &h->intents[i];
    return ARENA_PUSH(&h->arena, h->intents, h->intent_count);
}

struct history_intent *history_find_intent(struct history *h, int64_t seq)
{
    for (size_t i = 0; i < h->intent_count; i++)
        if (h->intents[i].used && h->intents[i].seq == seq)
            return &h->intents[i];
    return NULL;
}

int history_intent(struct history *h, const struct record *record, struct damage *damage)
{
    struct history_step *step = history_find_step(h, record_text(record, "rule"));
    if (step == NULL || step->ended)
        return damage_set(damage, DAMAGE_CONTENT, "intent of a step that is not under way");
    struct history_intent *intent = free_slot(h);
    intent->used = true;
    intent->current = true;
    intent->step = (size_t)(step - h->run.steps);
    intent->seq = record->seq;
    intent->rows = record_count(record, "rows");
    intent->announced = record_count(record, "cascaded");
    intent->cascaded = 0;
    history_replace(&intent->run, record->run);
    history_replace(&intent->rule, record_text(record, "rule"));
    history_replace(&intent->table, record_text(record, "table"));
    history_replace(&intent->xid, record_text(record, "xid"));
    history_replace(&intent->range, record_text(record, "range"));
    history_replace(&intent->system_identifier, buffer_text(&h->system_identifier));
    intent->timeline = h->timeline;
    intent->wal_position = record_count(record, "wal_position");
    return 0;
}

/* Counts a committed batch for the log, its run and, until that has ended, its step. */
static int count_committed(struct history *h, const struct history_intent *intent,
                           struct damage *damage)
{
    int64_t cascaded = intent->announced > intent->cascaded ? intent->announced : intent->cascaded;
    if (history_add(&h->committed, intent->rows, damage) != 0 ||
        history_add(&h->cascaded, cascaded, damage) != 0)
        return -1;
    if (!intent->current)
        return 0;
    struct history_step *step = &h->run.steps[intent->step];
    if (history_add(&h->run.changed, intent->rows, damage) != 0 ||
        history_add(&h->run.cascaded, intent->cascaded, damage) != 0)
        return -1;
    if (step->ended)
        return 0;
    step->changed += intent->rows;
    step->cascaded += intent->cascaded;
    return 0;
}

static int settle(struct history *h, struct history_intent *intent, bool committed,
                  struct damage *damage)
{
    if (committed && count_committed(h, intent, damage) != 0)
        return -1;
    if (committed && strcmp(buffer_text(&intent->range), "partition") == 0)
        history_dropped(h, buffer_text(&intent->table));
    if (intent->current) {
        struct history_run *run = &h->run;
        run->settled[run->settled_count++ % HISTORY_SETTLED] = (struct history_settled){
            intent->seq, intent->step, committed, intent->announced, intent->cascaded};
    }
    intent->used = false;
    return 0;
}

static int check_rows(const struct record *record, int64_t expected, struct damage *damage)
{
    int64_t rows = record_count(record, "rows");
    if (rows == expected)
        return 0;
    return damage_set(damage, DAMAGE_CONTENT,
                      "%s record of %" PRId64 " rows where its intent leads to %" PRId64,
                      record->kind->name, rows, expected);
}

/* The open intent that a commit or abort of the same run names. */
static struct history_intent *own_intent(struct history *h, const struct record *record,
                                         struct damage *damage)
{
    struct history_intent *intent = history_find_intent(h, record_count(record, "intent"));
    if (intent == NULL || !intent->current) {
        damage_set(damage, DAMAGE_CONTENT, "%s without an open intent of its run",
                   record->kind->name);
        return NULL;
    }
    return intent;
}

int history_commit(struct history *h, const struct record *record, struct damage *damage)
{
    struct history_intent *intent = own_intent(h, record, damage);
    if (intent == NULL)
        return -1;
    if (h->run.steps[intent->step].ended)
        return damage_set(damage, DAMAGE_CONTENT, "commit after the end of its step");
    if (check_rows(record, intent->rows, damage) != 0)
        return -1;
    return settle(h, intent, true, damage);
}

int history_abort(struct history *h, const struct record *record, struct damage *damage)
{
    struct history_intent *intent = own_intent(h, record, damage);
    if (intent == NULL || check_rows(record, 0, damage) != 0)
        return -1;
    return settle(h, intent, false, damage);
}

int history_recovered(struct history *h, const struct record *record, struct damage *damage)
{
    const char *outcome = record_text(record, "outcome");
    int64_t seq = record_count(record, "intent");
    if (history_explains_torn(record))
        return seq < 0 ? check_rows(record, 0, damage)
                       : damage_set(damage, DAMAGE_CONTENT, "torn line with an intent");
    struct history_intent *intent = history_find_intent(h, seq);
    if (intent == NULL)
        return damage_set(damage, DAMAGE_CONTENT, "recovered without an open intent");
    bool committed = strcmp(outcome, "committed") == 0;
    bool unknown = strcmp(outcome, "unknown") == 0 && record_count(record, "rows") <= intent->rows;
    if (!unknown && check_rows(record, committed ? intent->rows : 0, damage) != 0)
        return -1;
    h->unknown += strcmp(outcome, "unknown") == 0;
    return settle(h, intent, committed, damage);
}

static int check_announced(int64_t announced, int64_t cascaded, struct damage *damage)
{
    if (announced < 0 || cascaded <= announced)
        return 0;
    return damage_set(damage, DAMAGE_CONTENT, "cascade of more rows than its intent announced");
}

/* A cascade that is written after its batch was settled. */
static int add_late_cascade(struct history *h, struct history_settled *settled, int64_t rows,
                            struct damage *damage)
{
    struct history_step *step = &h->run.steps[settled->step];
    if (!settled->committed)
        return damage_set(damage, DAMAGE_CONTENT, "cascade of a batch that did not commit");
    if (step->ended)
        return damage_set(damage, DAMAGE_CONTENT, "cascade after the end of its step");
    if (history_add(&settled->cascaded, rows, damage) != 0 ||
        history_add(&step->cascaded, rows, damage) != 0 ||
        history_add(&h->run.cascaded, rows, damage) != 0)
        return -1;
    if (settled->announced < 0)
        return history_add(&h->cascaded, rows, damage);
    return check_announced(settled->announced, settled->cascaded, damage);
}

int history_cascade(struct history *h, const struct record *record, struct damage *damage)
{
    int64_t seq = record_count(record, "intent");
    int64_t rows = record_count(record, "rows");
    struct history_run *run = &h->run;
    const struct history_step *step = history_find_step(h, record_text(record, "rule"));
    size_t position = step == NULL ? run->step_count : (size_t)(step - run->steps);
    struct history_intent *intent = history_find_intent(h, seq);
    if (intent != NULL && intent->current && intent->step == position) {
        if (history_add(&intent->cascaded, rows, damage) != 0)
            return -1;
        return check_announced(intent->announced, intent->cascaded, damage);
    }
    size_t kept = run->settled_count < HISTORY_SETTLED ? run->settled_count : HISTORY_SETTLED;
    for (size_t i = 0; i < kept; i++)
        if (run->settled[i].seq == seq && run->settled[i].step == position)
            return add_late_cascade(h, &run->settled[i], rows, damage);
    return damage_set(damage, DAMAGE_CONTENT, "cascade without an intent of its step");
}
