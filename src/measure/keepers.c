/*
 * keepers.c - which hold, and which referring table, keeps how many rows past their window
 *
 * The count of a step says how many are held and blocked. Where that can be the work of several,
 * the step is counted again with each of them alone.
 */
#include "measure/measure.h"

#include <string.h>

/* A question: the step with a single keeper, and where the answer goes. */
struct question {
    struct plan_step step;
    struct row_test test;
    int64_t *answer;
    bool is_hold;
};

struct questions {
    struct arena *arena;
    struct question **list;
    size_t count;
};

static struct question *ask(struct questions *questions, const struct plan_step *step,
                            int64_t *answer, bool is_hold)
{
    struct question *question = arena_alloc(questions->arena, sizeof *question);
    question->step = *step;
    question->test = *step->test;
    question->step.test = &question->test;
    question->answer = answer;
    question->is_hold = is_hold;
    *ARENA_PUSH(questions->arena, questions->list, questions->count) = question;
    return question;
}

static struct keeper *find(struct keeper *list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].name, name) == 0)
            return &list[i];
    return NULL;
}

static void list_holds(const struct row_test *test, struct arena *arena, struct keepers *keepers)
{
    for (size_t i = 0; i < test->hold_count; i++)
        if (find(keepers->holds, keepers->hold_count, test->holds[i].hold->id) == NULL)
            ARENA_PUSH(arena, keepers->holds, keepers->hold_count)->name = test->holds[i].hold->id;
}

static void list_table(const struct catalog_table *table, struct arena *arena,
                       struct keepers *keepers)
{
    if (find(keepers->blocks, keepers->block_count, table->text) == NULL)
        ARENA_PUSH(arena, keepers->blocks, keepers->block_count)->name = table->text;
}

static void list_blocks(const struct row_test *test, struct arena *arena, struct keepers *keepers)
{
    for (size_t i = 0; i < test->block_count; i++)
        list_table(test->blocks[i].hop.table, arena, keepers);
    for (size_t i = 0; test->circle != NULL && i < test->circle->descent_count; i++)
        list_table(test->circle->descents[i].hop.table, arena, keepers);
}

/* The circle, of which nothing stays but rows of one table; NULL if that is none of its. */
static const struct plan_circle *with_only(const struct plan_circle *circle, const char *name,
                                           struct arena *arena)
{
    struct plan_circle *copy = arena_alloc(arena, sizeof *copy);
    struct plan_descent *descents = NULL;
    size_t count = 0, named = 0;
    for (size_t i = 0; circle != NULL && i < circle->descent_count; i++) {
        struct plan_descent *descent = ARENA_PUSH(arena, descents, count);
        *descent = circle->descents[i];
        if (strcmp(descent->hop.table->text, name) == 0) {
            named++;
            continue;
        }
        struct row_test *anything = arena_alloc(arena, sizeof *anything);
        anything->table = descent->hop.table;
        descent->goes = NULL;
        descent->goes_count = 0;
        *ARENA_PUSH(arena, descent->goes, descent->goes_count) = anything;
    }
    if (named == 0)
        return NULL;
    *copy = *circle;
    copy->descents = descents;
    return copy;
}

static void ask_hold(struct questions *questions, const struct plan_step *step,
                     struct keeper *keeper)
{
    struct plan_hold *holds = NULL;
    size_t count = 0;
    struct question *question = ask(questions, step, &keeper->rows, true);
    for (size_t i = 0; i < step->test->hold_count; i++)
        if (strcmp(step->test->holds[i].hold->id, keeper->name) == 0)
            *ARENA_PUSH(questions->arena, holds, count) = step->test->holds[i];
    question->test.holds = holds;
    question->test.hold_count = count;
}

static void ask_block(struct questions *questions, const struct plan_step *step,
                      struct keeper *keeper)
{
    struct plan_block *blocks = NULL;
    size_t count = 0;
    struct question *question = ask(questions, step, &keeper->rows, false);
    for (size_t i = 0; i < step->test->block_count; i++)
        if (strcmp(step->test->blocks[i].hop.table->text, keeper->name) == 0)
            *ARENA_PUSH(questions->arena, blocks, count) = step->test->blocks[i];
    question->test.blocks = blocks;
    question->test.block_count = count;
    question->test.circle = with_only(step->test->circle, keeper->name, questions->arena);
}

static void ask_step(struct questions *questions, const struct plan_step *step,
                     const struct counts *counts, struct keepers *keepers)
{
    if (counts->held > 0)
        list_holds(step->test, questions->arena, keepers);
    if (counts->blocked > 0)
        list_blocks(step->test, questions->arena, keepers);
    for (size_t i = 0; i < keepers->hold_count; i++) {
        keepers->holds[i].rows = counts->held;
        if (keepers->hold_count > 1)
            ask_hold(questions, step, &keepers->holds[i]);
    }
    for (size_t i = 0; i < keepers->block_count; i++) {
        keepers->blocks[i].rows = counts->blocked;
        if (keepers->block_count > 1)
            ask_block(questions, step, &keepers->blocks[i]);
    }
}

int measure_keepers(struct db *db, const struct plan *plan, const struct counts *counts,
                    const struct mask_key *key, int timeout_ms, struct arena *arena,
                    struct keepers **ret_keepers, struct error *err)
{
    struct questions questions = {.arena = arena};
    struct keepers *keepers = arena_alloc(arena, plan->step_count * sizeof *keepers + 1);
    struct plan asked = *plan;
    struct counts *answers = NULL;
    for (size_t i = 0; i < plan->step_count; i++)
        ask_step(&questions, &plan->steps[i], &counts[i], &keepers[i]);
    asked.steps = arena_alloc(arena, questions.count * sizeof *asked.steps + 1);
    asked.step_count = questions.count;
    for (size_t i = 0; i < questions.count; i++)
        asked.steps[i] = questions.list[i]->step;
    if (measure_plan(db, &asked, key, timeout_ms, arena, &answers, err) != 0)
        return -1;
    for (size_t i = 0; i < questions.count; i++)
        *questions.list[i]->answer =
            questions.list[i]->is_hold ? answers[i].held : answers[i].blocked;
    *ret_keepers = keepers;
    return 0;
}
