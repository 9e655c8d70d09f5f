/*
 * step.c - walks a step's tables in ranges of blocks
 *
 * The size of a range follows the time the last one took. A range that fails on somebody's lock or
 * takes too long is halved, down to the row, which is then left and counted. Passes follow over
 * blocks that grew meanwhile, since an updated row may have moved there.
 */
#include "enforce/enforce_private.h"

#include "base/instant.h"
#include "measure/measure.h"
#include "statement/statement.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* More tuples than this never fit a page of 32 kB. */
enum { MOST_OFFSETS = 2048, MOST_RETRIES = 8, MOST_PASSES = 3, LARGEST_RANGE_BLOCKS = 131072 };

static int64_t position(int64_t block)
{
    return block * OFFSETS_PER_BLOCK;
}

static void wait_a_little(int attempt)
{
    long most_ms = attempt > 6 ? 640 : 10L << attempt;
    long pause_ms = most_ms / 2 + random() % (most_ms / 2 + 1);
    struct timespec pause = {0, pause_ms * 1000000};
    nanosleep(&pause, NULL);
}

/* Half way between the ends, within one block by tuple number. */
static int64_t middle(int64_t from, int64_t to)
{
    int64_t first = from / OFFSETS_PER_BLOCK, last = to / OFFSETS_PER_BLOCK;
    if (last - first > 1 ||
        (last - first == 1 && from % OFFSETS_PER_BLOCK == 0 && to % OFFSETS_PER_BLOCK > 0))
        return position(first + (last - first + 1) / 2);
    int64_t end = last > first ? position(first) + MOST_OFFSETS : to;
    return from + (end - from) / 2;
}

static bool is_one_row(int64_t from, int64_t to)
{
    int64_t end = to / OFFSETS_PER_BLOCK > from / OFFSETS_PER_BLOCK
                      ? position(from / OFFSETS_PER_BLOCK) + MOST_OFFSETS
                      : to;
    return end - from <= 1;
}

enum batch_verdict enforce_persist(struct worker *w, struct error *err)
{
    enum batch_verdict verdict = BATCH_RETRY;
    for (int attempt = 0; attempt < MOST_RETRIES && verdict == BATCH_RETRY; attempt++) {
        if (attempt > 0)
            wait_a_little(attempt);
        verdict = enforce_batch(w, err);
        w->repeat = w->repeat || verdict == BATCH_RETRY;
    }
    return verdict;
}

static void tid_text(int64_t position, char text[32])
{
    snprintf(text, 32, "(%" PRId64 ",%" PRId64 ")", position / OFFSETS_PER_BLOCK,
             position % OFFSETS_PER_BLOCK);
}

/* The first two parameters of a deed by ranges are its ends. */
static enum batch_verdict do_batch(struct worker *w, int64_t from, int64_t to, struct error *err)
{
    char from_text[32], to_text[32];
    tid_text(from, from_text);
    tid_text(to, to_text);
    w->values[0] = from_text;
    w->values[1] = to_text;
    snprintf(w->range, sizeof w->range, "%s-%s", from_text, to_text);
    return enforce_persist(w, err);
}

static enum batch_verdict do_range(struct worker *w, int64_t from, int64_t to, struct error *err)
{
    enum batch_verdict verdict = do_batch(w, from, to, err);
    if (verdict != BATCH_RETRY && verdict != BATCH_HALVE)
        return verdict;
    if (*w->options->stop)
        return BATCH_DONE;
    if (is_one_row(from, to)) {
        w->result->left++;
        w->result->locked += verdict == BATCH_HALVE;
        memcpy(w->result->sqlstate, err->sqlstate, sizeof w->result->sqlstate);
        snprintf(w->result->reason, sizeof w->result->reason, "%s", err->message);
        return BATCH_DONE;
    }
    int64_t half = middle(from, to);
    verdict = do_range(w, from, half, err);
    if (verdict == BATCH_DONE && !*w->options->stop)
        verdict = do_range(w, half, to, err);
    return verdict;
}

static int64_t next_size(int64_t blocks, double seconds, const struct enforce_options *options)
{
    double factor = seconds > 0 ? options->batch_ms / 1000.0 / seconds : 1.2;
    factor = factor > 1.2 ? 1.2 : factor < 0.5 ? 0.5 : factor;
    int64_t next = (int64_t)((double)blocks * factor) + (factor > 1);
    return next < 1 ? 1 : next > LARGEST_RANGE_BLOCKS ? LARGEST_RANGE_BLOCKS : next;
}

void enforce_tell(struct worker *w)
{
    if (w->options->progress == NULL)
        return;
    struct enforce_progress progress = {
        .step = w->step,
        .done_rows = w->result->changed,
        .due_rows = w->counts->due,
        .done_blocks = w->done_blocks,
        .total_blocks = w->total_blocks,
        .seconds = w->first_write > 0 ? instant_monotonic_seconds() - w->first_write : 0,
    };
    w->options->progress(w->options->context, &progress);
}

/* Blocks [first, last) in ranges of adaptive size. */
static enum batch_verdict do_blocks(struct worker *w, int64_t first, int64_t last, int64_t *size,
                                    struct error *err)
{
    int64_t block = first;
    while (block < last) {
        if (*w->options->stop) {
            w->result->state = STEP_PARTIAL;
            return BATCH_STOP;
        }
        int64_t end = block + *size < last ? block + *size : last;
        double started = instant_monotonic_seconds();
        enum batch_verdict verdict = do_range(w, position(block), position(end), err);
        if (verdict != BATCH_DONE)
            return verdict;
        w->done_blocks += end - block;
        enforce_tell(w);
        *size = next_size(*size, instant_monotonic_seconds() - started, w->options);
        block = end;
    }
    return BATCH_DONE;
}

static int count_blocks(struct worker *w, int64_t *ret_blocks, struct error *err)
{
    char oid[16];
    const char *params[] = {oid};
    struct db_result *r = NULL;
    snprintf(oid, sizeof oid, "%u", (unsigned)w->table->oid);
    if (db_query_text(w->lane,
                      "SELECT pg_relation_size($1::oid::regclass)"
                      " / current_setting('block_size')::int",
                      params, 1, &r, err) != 0)
        return -1;
    *ret_blocks = db_int(r, 0, 0);
    db_result_free(r);
    return 0;
}

/* Every block once, then what grew, then everything again where rows moved under us. */
static enum batch_verdict do_passes(struct worker *w, struct error *err)
{
    int64_t size = w->options->batch_blocks, from = 0, end = 0;
    for (int pass = 0; pass < MOST_PASSES || w->peels; pass++) {
        int64_t seen = end, changed = w->result->changed;
        if (count_blocks(w, &end, err) != 0)
            return db_is_alive(w->lane) ? BATCH_STOP : BATCH_ABANDON;
        from = w->repeat ? 0 : seen;
        if (from >= end)
            break;
        w->repeat = false;
        if (from == 0) {
            w->result->left = 0;
            w->result->locked = 0;
        }
        enum batch_verdict verdict = do_blocks(w, from, end, &size, err);
        if (verdict != BATCH_DONE)
            return verdict;
        w->repeat = w->repeat || (w->peels && w->result->changed > changed);
        if (pass >= MOST_PASSES && w->result->changed == changed)
            break;
    }
    return BATCH_DONE;
}

int enforce_prepare(struct worker *w, const struct sql *sql, struct arena *arena, struct error *err)
{
    w->value_count = (int)sql->param_count;
    w->values = arena_alloc(arena, sql->param_count * sizeof *w->values);
    for (size_t i = 0; i < sql->param_count; i++)
        w->values[i] = sql->params[i].value;
    return db_prepare(w->lane, "deed", sql, err);
}

int enforce_unprepare(struct worker *w, struct error *err)
{
    w->values = NULL;
    return db_run(w->lane, "DEALLOCATE ALL", err);
}

void enforce_give_up(struct worker *w, const struct error *why)
{
    if (w->result->state != STEP_DONE)
        return;
    w->result->state = STEP_FAILED;
    memcpy(w->result->sqlstate, why->sqlstate, sizeof w->result->sqlstate);
    snprintf(w->result->reason, sizeof w->result->reason, "%s", why->message);
}

static enum batch_verdict do_leaf(struct worker *w, struct error *err)
{
    struct arena arena = {0};
    struct sql sql = {.arena = &arena};
    struct error ignored;
    enum batch_verdict verdict = BATCH_STOP;
    statement_deed(w->plan, w->step, w->table, w->options->key, &sql);
    w->repeat = false;
    if (enforce_prepare(w, &sql, &arena, err) == 0) {
        int64_t left = w->result->left, locked = w->result->locked;
        verdict = do_passes(w, err);
        w->result->left += left;
        w->result->locked += locked;
    }
    if (verdict == BATCH_STOP)
        enforce_give_up(w, err);
    if (verdict != BATCH_ABANDON && enforce_unprepare(w, &ignored) != 0)
        verdict = BATCH_ABANDON;
    sql_free(&sql);
    arena_free(&arena);
    return verdict;
}

/*
 * Where fewer rows changed than were due, others may have changed them meanwhile. If they are due
 * still, something keeps them: a trigger that returns NULL, a rule, a child that did not go.
 */
static int count_left(struct worker *w, struct error *err)
{
    struct counts now;
    if (w->counts->due <= w->result->changed + w->result->left)
        return 0;
    if (measure_step(w->lane, w->plan, w->step, w->options->key, &now, err) != 0)
        return db_is_alive(w->lane) ? 0 : -1;
    if (now.due <= w->result->left)
        return 0;
    w->result->left = now.due;
    if (w->result->reason[0] != '\0')
        return 0;
    snprintf(w->result->reason, sizeof w->result->reason,
             "rows are due still: a trigger, a rule or a referring row keeps them");
    return 0;
}

static int analyze(struct worker *w, struct error *err)
{
    struct buffer sql = {0};
    struct error ignored;
    if (w->result->changed == 0 || !w->step->table->may_analyze)
        return 0;
    buffer_addf(&sql, "ANALYZE %s", w->step->table->quoted);
    int rc = db_run(w->lane, sql.data, &ignored);
    buffer_free(&sql);
    if (rc != 0 && !db_is_alive(w->lane)) {
        *err = ignored;
        return -1;
    }
    return 0; /* statistics only: a busy table is analysed by autovacuum */
}

static enum batch_verdict do_leaves(struct worker *w, struct error *err)
{
    enum batch_verdict verdict = BATCH_DONE;
    w->total_blocks = w->step->table->bytes / w->plan->catalog->block_bytes;
    for (size_t i = 0; i < w->step->leaf_count && verdict == BATCH_DONE; i++) {
        w->table = w->step->leaves[i];
        w->watched = &w->table;
        w->watched_count = 1;
        verdict = do_leaf(w, err);
    }
    return verdict;
}

int enforce_step(struct worker *w, struct error *err)
{
    enum batch_verdict verdict =
        w->step->strategy == STRATEGY_CLOCK_SLICES ? enforce_slices(w, err) : do_leaves(w, err);
    w->result->seconds = w->first_write > 0 ? w->last_commit - w->first_write : 0;
    if (verdict == BATCH_ABANDON)
        return -1;
    if (verdict == BATCH_DONE && !*w->options->stop && count_left(w, err) != 0)
        return -1;
    if (w->result->state == STEP_DONE && w->result->left > 0)
        w->result->state = STEP_PARTIAL;
    if (w->result->state == STEP_DONE)
        w->result->reason[0] = w->result->sqlstate[0] = '\0';
    return analyze(w, err);
}
