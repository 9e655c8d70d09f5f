/*
 * stage.c - steps on their way through the run: when each begins, what its lanes do, when it ends
 *
 * A stage begins when no stage before it that it depends on is still under way. Its pieces are the
 * extents that the count found due rows in; a lane that finds no free piece takes half of the
 * largest one. When fewer rows changed than were due, others moved or changed them, or something
 * keeps them: the stage is counted again, and what that finds makes the next pass.
 */
#include "enforce/enforce_private.h"

#include "base/fault.h"
#include "base/instant.h"
#include "plan/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How far ahead of the first unfinished stage another one may begin. */
enum { FURTHEST_AHEAD = 64, MOST_PASSES = 3 };

static bool is_stopping(const struct engine *engine)
{
    return engine->stopping != NULL;
}

/* Nothing more is begun in it. */
static bool is_over(const struct engine *engine, const struct stage *stage)
{
    return stage->halted || is_stopping(engine);
}

/* NO ACTION and RESTRICT on the table itself: one pass frees the rows that the next one takes. */
static bool peels(const struct plan_step *step)
{
    for (size_t i = 0; i < step->test->block_count; i++)
        if (step->test->blocks[i].is_self &&
            step->test->blocks[i].fkey->on_delete != REFERENCE_CASCADE)
            return true;
    return false;
}

static void note_cascades(struct stage *stage)
{
    const struct plan_step *step = stage->step;
    struct buffer oids = {0}, numbers = {0};
    for (size_t i = 0; i < step->cascade_count; i++)
        for (size_t l = 0; l < step->cascades[i]->leaf_count; l++) {
            buffer_addf(&oids, "%c%u", oids.length == 0 ? '{' : ',',
                        (unsigned)step->cascades[i]->leaves[l]->oid);
            buffer_addf(&numbers, "%c%zu", numbers.length == 0 ? '{' : ',', i);
        }
    if (oids.length > 0) {
        stage->cascade_oids = arena_printf(&stage->arena, "%s}", oids.data);
        stage->cascade_numbers = arena_printf(&stage->arena, "%s}", numbers.data);
    }
    buffer_free(&oids);
    buffer_free(&numbers);
}

static void begin_pass(struct engine *engine, struct stage *stage)
{
    stage->state = STAGE_WORKING;
    stage->pass++;
    stage->changed_before = stage->result->changed;
    stage->result->left = stage->result->locked = 0;
    pieces_make(engine, stage);
}

static int end_stage(struct engine *engine, struct stage *stage, struct error *err)
{
    struct step_outcome *result = stage->result;
    bool has_begun = stage->state != STAGE_WAITING;
    stage->state = STAGE_ENDED;
    for (size_t i = 0; i < stage->piece_count; i++)
        stage->is_cut_short = stage->is_cut_short || !stage->pieces[i]->is_finished;
    if (result->state == STEP_DONE && stage->is_cut_short && !engine->options->rehearses)
        result->state = STEP_PARTIAL;
    result->seconds = stage->first_write > 0 ? stage->last_commit - stage->first_write : 0;
    if (result->state == STEP_DONE && result->left > 0)
        result->state = STEP_PARTIAL;
    if (fault_point("step-done", err) != 0)
        return -1;
    if (has_begun && !engine->options->rehearses && record_step_end(engine->log, stage, err) != 0)
        return -1;
    if (engine->options->finished != NULL)
        engine->options->finished(engine->options->context, stage->step, result);
    arena_free(&stage->arena);
    while (engine->first_stage < engine->plan->step_count &&
           engine->stages[engine->first_stage].state == STAGE_ENDED)
        engine->first_stage++;
    return 0;
}

/*
 * Statistics serve values that are gone until the table is analysed again. That reads up to 30,000
 * of its pages, so it waits until changes add up to a hundredth of the rows.
 */
static bool wants_analyze(const struct stage *stage)
{
    const struct catalog_table *table = stage->step->table;
    return stage->result->changed > 0 && table->may_analyze &&
           (stage->result->changed + table->changed_since_analyze) * 100 >= stage->planned->rows;
}

static int after_passes(struct engine *engine, struct stage *stage, struct error *err)
{
    if (is_stopping(engine) || engine->options->rehearses || !wants_analyze(stage))
        return end_stage(engine, stage, err);
    stage->state = STAGE_ANALYZING;
    return 0;
}

static int end_pass(struct engine *engine, struct stage *stage, struct error *err)
{
    const struct step_outcome *result = stage->result;
    int64_t changed = result->changed - stage->changed_before;
    if (is_over(engine, stage) || stage->counts.due <= changed + result->left)
        return after_passes(engine, stage, err);
    stage->state = STAGE_COUNTING;
    return 0;
}

static bool is_untouched(const struct engine *engine, const struct stage *stage)
{
    return stage->planned->due == 0 && engine->options->step_is_new != NULL &&
           engine->options->step_is_new[stage->number];
}

/* Begins the stage; one without anything to do ends at once. */
static int begin_stage(struct engine *engine, struct stage *stage, struct error *err)
{
    struct step_outcome *result = stage->result;
    if (stage->step->refused != NULL) {
        result->state = STEP_REFUSED;
        snprintf(result->reason, sizeof result->reason, "%s", stage->step->refused);
        return end_stage(engine, stage, err);
    }
    if (is_untouched(engine, stage))
        return end_stage(engine, stage, err);
    note_cascades(stage);
    if (!engine->options->rehearses && record_step_begin(engine->log, stage, err) != 0)
        return -1;
    stage->counts = *stage->planned;
    begin_pass(engine, stage);
    return stage->piece_count == 0 ? end_stage(engine, stage, err) : 0;
}

static const bool *related(struct engine *engine, struct stage *stage)
{
    if (stage->related == NULL) {
        stage->related = arena_alloc(&stage->arena, engine->plan->catalog->table_count + 1);
        plan_mark_related(engine->plan, stage->step, stage->related);
    }
    return stage->related;
}

/* Whether every stage that comes before it for a reason has ended. */
static bool may_begin(struct engine *engine, struct stage *stage)
{
    for (size_t i = engine->first_stage; i < stage->number; i++) {
        struct stage *before = &engine->stages[i];
        if (before->state != STAGE_ENDED &&
            (plan_is_related(engine->plan, related(engine, before), stage->step) ||
             plan_is_related(engine->plan, related(engine, stage), before->step)))
            return false;
    }
    return true;
}

static bool has_work(const struct engine *engine, struct stage *stage)
{
    for (int i = 0; i < engine->lane_count; i++)
        if (engine->lanes[i].stage == stage)
            return true;
    return !is_over(engine, stage) && pieces_free_one(stage) != NULL;
}

/* Lets go of a piece with nothing left in it, or nothing that will still be done. */
static int leave(struct lane *lane, struct error *err)
{
    struct engine *engine = lane->engine;
    struct stage *stage = lane->stage;
    struct piece *piece = lane->piece;
    lane->state = LANE_IDLE;
    if (!is_over(engine, stage) &&
        (piece->is_unseen || piece->half_count > 0 || piece->next < piece->end))
        return 0;
    stage->is_cut_short = stage->is_cut_short || piece->half_count > 0 || piece->next < piece->end;
    piece->is_finished = true;
    lane->piece = NULL;
    lane->stage = NULL;
    pieces_free_statements(engine, piece->leaf);
    return has_work(engine, stage) ? 0 : end_pass(engine, stage, err);
}

/* Does the next range of the lane's own piece. */
static int go_on(struct lane *lane, struct error *err)
{
    if (lane->piece->leaf->strategy == STRATEGY_PARTITION) {
        lane->piece->is_unseen = false;
        return partition_begin(lane, err);
    }
    if (lane->piece->is_unseen)
        return lane_look(lane, err);
    lane->range = range_take(lane->piece);
    return lane_try(lane, err);
}

static int own(struct lane *lane, struct stage *stage, struct piece *piece, struct error *err)
{
    lane->stage = stage;
    lane->piece = piece;
    lane->cascades =
        arena_alloc(&stage->arena, stage->step->cascade_count * sizeof *lane->cascades + 1);
    piece->owner = lane;
    return go_on(lane, err);
}

/* The first free piece of a stage, which begins if it can. */
static int assign_from(struct engine *engine, struct stage *stage, struct lane *lane,
                       struct error *err)
{
    if (stage->state == STAGE_WAITING && may_begin(engine, stage) &&
        begin_stage(engine, stage, err) != 0)
        return -1;
    if (stage->state == STAGE_COUNTING || stage->state == STAGE_ANALYZING) {
        for (int i = 0; i < engine->lane_count; i++)
            if (engine->lanes[i].stage == stage)
                return 0;
        lane->stage = stage;
        return stage->state == STAGE_COUNTING ? lane_count(lane, err) : lane_analyze(lane, err);
    }
    struct piece *piece =
        stage->state == STAGE_WORKING && !stage->halted ? pieces_free_one(stage) : NULL;
    return piece == NULL ? 0 : own(lane, stage, piece, err);
}

int stage_assign(struct engine *engine, struct lane *lane, struct error *err)
{
    if (lane->piece != NULL && !is_over(engine, lane->stage))
        return go_on(lane, err);
    if (lane->piece != NULL && leave(lane, err) != 0)
        return -1;
    for (size_t i = engine->first_stage;
         !is_stopping(engine) && i < engine->plan->step_count &&
         i < engine->first_stage + FURTHEST_AHEAD && lane->state == LANE_IDLE;
         i++)
        if (assign_from(engine, &engine->stages[i], lane, err) != 0)
            return -1;
    struct piece *half =
        lane->state != LANE_IDLE || is_stopping(engine) ? NULL : pieces_split_largest(engine);
    return half == NULL ? 0 : own(lane, half->leaf->stage, half, err);
}

void stage_tell(const struct engine *engine, const struct stage *stage)
{
    if (engine->options->progress == NULL)
        return;
    struct enforce_progress progress = {
        .step = stage->step,
        .done_rows = stage->result->changed,
        .due_rows = stage->planned->due,
        .done_blocks = stage->done_blocks,
        .total_blocks = stage->total_blocks,
        .seconds = stage->first_write > 0 ? engine->turned_at - stage->first_write : 0,
        .throttle = engine->governor.reason[0] == '\0' ? NULL : engine->governor.reason,
    };
    engine->options->progress(engine->options->context, &progress);
}

int stage_range_done(struct lane *lane, double seconds, struct error *err)
{
    struct engine *engine = lane->engine;
    struct piece *piece = lane->piece;
    const struct enforce_options *options = engine->options;
    enum strategy strategy = piece->leaf->strategy;
    lane->stage->result->left += lane->locked;
    lane->stage->result->locked += lane->locked;
    int64_t rate = options->governor.rate_rows;
    if (rate > 0 && !summary_is_one(lane))
        piece->size = range_size_for_rows(strategy, piece->size, lane->rows, rate / 5 + 1);
    if (seconds > 0 && !summary_is_one(lane))
        piece->size = range_next_size(strategy, piece->size, seconds,
                                      governor_batch_ms(&engine->governor, options->batch_ms));
    if (strategy != STRATEGY_CLOCK_SLICES)
        lane->stage->done_blocks += (lane->range.to - lane->range.from) / range_of_block(1);
    else if (lane->next_position >= piece->next && lane->range.to == piece->next)
        piece->next = lane->next_position < piece->end ? lane->next_position : piece->end;
    lane->attempt = 0;
    lane->locked = 0;
    lane->skips_locked = false;
    stage_tell(engine, lane->stage);
    return leave(lane, err);
}

int stage_halve(struct lane *lane, struct error *err)
{
    struct piece *piece = lane->piece;
    struct step_outcome *result = lane->stage->result;
    enum strategy strategy = piece->leaf->strategy;
    const struct range range = lane->range;
    bool at_end = lane->why.sqlstate[0] == '\0';
    if (at_end && range_is_smallest(strategy, &range)) {
        lane->engine->stopping = "max-rows";
    } else if (summary_is_one(lane)) {
        summary_leave(lane);
    } else if (range_is_smallest(strategy, &range) || piece->half_count + 2 > MOST_HALVES) {
        result->left++;
        result->locked += lane->why.sqlstate[0] == '5';
        memcpy(result->sqlstate, lane->why.sqlstate, sizeof result->sqlstate);
        snprintf(result->reason, sizeof result->reason, "%s", lane->why.message);
    } else {
        int64_t middle = range_middle(strategy, &range);
        piece->halves[piece->half_count++] = (struct range){middle, range.to};
        piece->halves[piece->half_count++] = (struct range){range.from, middle};
    }
    return stage_range_done(lane, 0, err);
}

void stage_halt(struct stage *stage, enum step_state state, const struct error *why)
{
    struct step_outcome *result = stage->result;
    if (stage->halted)
        return;
    stage->halted = true;
    result->state = state;
    memcpy(result->sqlstate, why->sqlstate, sizeof result->sqlstate);
    snprintf(result->reason, sizeof result->reason, "%s%s%s", why->message,
             why->detail[0] == '\0' ? "" : ": ", why->detail);
}

int stage_counted(struct lane *lane, const struct counts *counts, struct error *err)
{
    struct stage *stage = lane->stage;
    struct step_outcome *result = stage->result;
    bool moves = result->changed > stage->changed_before;
    lane->stage = NULL;
    lane->state = LANE_IDLE;
    if (counts == NULL || counts->due <= result->left || is_stopping(lane->engine))
        return after_passes(lane->engine, stage, err);
    if ((moves || stage->pass == 1) && (stage->pass < MOST_PASSES || peels(stage->step))) {
        stage->counts = *counts;
        begin_pass(lane->engine, stage);
        return 0;
    }
    result->left = counts->due;
    if (result->reason[0] == '\0')
        snprintf(result->reason, sizeof result->reason,
                 "rows are due still: a trigger, a rule or a referring row keeps them");
    return after_passes(lane->engine, stage, err);
}

int stage_analyzed(struct lane *lane, struct error *err)
{
    struct stage *stage = lane->stage;
    lane->stage = NULL;
    lane->state = LANE_IDLE;
    return end_stage(lane->engine, stage, err);
}

int stages_end(struct engine *engine, struct error *err)
{
    for (size_t i = engine->first_stage; i < engine->plan->step_count; i++) {
        struct stage *stage = &engine->stages[i];
        if (stage->state == STAGE_ENDED)
            continue;
        if (stage->state == STAGE_WAITING)
            stage->result->state = STEP_SKIPPED;
        if (end_stage(engine, stage, err) != 0)
            return -1;
    }
    return 0;
}
