/*
 * test_pieces.c - what lanes take of a stage: extents with due rows, whole partitions, halves
 *
 * app.years has the parts a and b before the cutoff, and c; a has the leaves a1 and a2.
 */
#include "enforce/enforce_private.h"

#include "support/planned.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { BLOCK = 65536 };

static const char policy[] = "pgretain: 1\npolicy: pieces\ncategories: {old: {keep: 24 months}}\n"
                             "rules: [{table: app.years, category: old, clock: at, "
                             "action: purge}]\n";
static const char catalog[] =
    "{\"cutoffs\": {\"24 months\": \"2022-06-30T12:00:00Z\"}, \"tables\": {"
    "\"app.years\": {\"kind\": \"p\", \"is\": \"is_owner\", \"columns\": {\"at\": "
    "\"timestamptz\"}},"
    "\"app.a\": {\"kind\": \"p\", \"is\": \"is_owner\", \"parent\": \"app.years\","
    " \"bound\": [\"at\", \"2021-01-01T00:00:00Z\"]},"
    "\"app.a1\": {\"is\": \"is_owner\", \"parent\": \"app.a\"},"
    "\"app.a2\": {\"is\": \"is_owner\", \"parent\": \"app.a\"},"
    "\"app.b\": {\"is\": \"is_owner\", \"parent\": \"app.years\","
    " \"bound\": [\"at\", \"2022-01-01T00:00:00Z\"]},"
    "\"app.c\": {\"is\": \"is_owner\", \"parent\": \"app.years\", \"bound\": [\"at\", null]}}}";

/* A stage on app.years with lanes that have nothing yet. */
struct fixture {
    struct planned planned;
    struct enforce_options options;
    struct engine engine;
    struct stage stage;
    struct lane lanes[3];
    struct extent extents[4];
};

static void set_up(struct fixture *f)
{
    struct error err;
    *f = (struct fixture){.options = {.batch_ms = 200, .batch_blocks = 500}};
    assert_int_equal(planned_make(policy, catalog, NULL, &f->planned, &err), 0);
    f->engine = (struct engine){
        .plan = f->planned.plan, .options = &f->options, .lanes = f->lanes, .lane_count = 3};
    f->stage.step = &f->planned.plan->steps[0];
    f->stage.counts.extents = f->extents;
}

static void tear_down(struct fixture *f)
{
    arena_free(&f->stage.arena);
    planned_free(&f->planned);
}

/* What the count found in a leaf. */
static void found(struct fixture *f, const char *leaf, int64_t due, int64_t other, int64_t first,
                  int64_t end)
{
    const struct plan_step *step = f->stage.step;
    for (size_t i = 0; i < step->leaf_count; i++)
        if (strcmp(step->leaves[i]->name, leaf) == 0)
            f->extents[f->stage.counts.extent_count++] =
                (struct extent){step->leaves[i], due, other, first, end};
    f->stage.counts.due += due;
}

/* The pieces as text: leaf, strategy, blocks. */
static const char *pieces(struct fixture *f)
{
    const char *text = "";
    for (size_t i = 0; i < f->stage.piece_count; i++) {
        const struct piece *piece = f->stage.pieces[i];
        bool whole = piece->leaf->strategy == STRATEGY_PARTITION;
        text = whole
                   ? arena_printf(&f->stage.arena, "%s%s whole; ", text, piece->leaf->leaf->name)
                   : arena_printf(&f->stage.arena, "%s%s %ld-%ld; ", text, piece->leaf->leaf->name,
                                  (long)(piece->next / BLOCK), (long)(piece->end / BLOCK));
    }
    return text;
}

static void test_whole(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f);
    found(&f, "a1", 10, 0, 0, 3);
    found(&f, "a2", 5, 0, 0, 2);
    found(&f, "b", 7, 1, 4, 9);
    found(&f, "c", 0, 20, 0, 0);
    pieces_make(&f.engine, &f.stage);
    assert_string_equal(pieces(&f), "a whole; b 4-9; ");
    assert_int_equal(f.stage.total_blocks, 5);
    tear_down(&f);
}

/* One held row in one of its leaves, and the partition is emptied leaf by leaf. */
static void test_not_whole(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f);
    found(&f, "a1", 10, 0, 0, 3);
    found(&f, "a2", 5, 1, 1, 2);
    found(&f, "c", 3, 20, 8, 9);
    pieces_make(&f.engine, &f.stage);
    assert_string_equal(pieces(&f), "a1 0-3; a2 1-2; c 8-9; ");
    tear_down(&f);
}

static void test_nothing(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f);
    found(&f, "c", 0, 20, 0, 0);
    pieces_make(&f.engine, &f.stage);
    assert_int_equal(f.stage.piece_count, 0);
    tear_down(&f);
}

/* The count timed out: everything is visited, and no partition goes whole. */
static void test_not_counted(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f);
    f.stage.counts.due = -1;
    for (size_t i = 0; i < f.planned.catalog.table_count; i++)
        f.planned.catalog.tables[i].bytes = 8192 * 10;
    pieces_make(&f.engine, &f.stage);
    assert_string_equal(pieces(&f), "a1 0-11; a2 0-11; b 0-11; c 0-11; ");
    tear_down(&f);
}

/* Of whole partitions only one at a time, since a second DETACH of the parent would wait. */
static void test_free_one(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f);
    found(&f, "a1", 10, 0, 0, 3);
    found(&f, "b", 7, 0, 0, 9);
    found(&f, "c", 3, 1, 0, 1);
    pieces_make(&f.engine, &f.stage);
    assert_string_equal(pieces(&f), "a whole; b whole; c 0-1; ");
    struct piece *first = pieces_free_one(&f.stage);
    assert_ptr_equal(first, f.stage.pieces[0]);
    first->owner = &f.lanes[0];
    struct piece *second = pieces_free_one(&f.stage);
    assert_ptr_equal(second, f.stage.pieces[2]);
    second->owner = &f.lanes[1];
    assert_null(pieces_free_one(&f.stage));
    first->is_finished = true;
    assert_ptr_equal(pieces_free_one(&f.stage), f.stage.pieces[1]);
    tear_down(&f);
}

/* The larger of what two lanes have before them is cut in the middle, while that is worth while. */
static void test_split(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f);
    f.options.batch_blocks = 10;
    found(&f, "b", 7, 1, 0, 40);
    found(&f, "c", 3, 1, 0, 100);
    pieces_make(&f.engine, &f.stage);
    for (int i = 0; i < 2; i++) {
        f.lanes[i] =
            (struct lane){.engine = &f.engine, .stage = &f.stage, .piece = f.stage.pieces[i]};
        f.stage.pieces[i]->owner = &f.lanes[i];
    }
    struct piece *half = pieces_split_largest(&f.engine);
    assert_string_equal(pieces(&f), "b 0-40; c 0-50; c 50-100; ");
    assert_ptr_equal(half, f.stage.pieces[2]);
    assert_ptr_equal(half->leaf, f.stage.pieces[1]->leaf);
    f.stage.pieces[1]->next = f.stage.pieces[1]->end - BLOCK;
    f.stage.pieces[0]->next = f.stage.pieces[0]->end - 9 * BLOCK;
    assert_null(pieces_split_largest(&f.engine));
    f.stage.pieces[0]->next -= BLOCK;
    assert_non_null(pieces_split_largest(&f.engine));
    f.stage.pieces[0]->next = 0;
    f.stage.halted = true;
    assert_null(pieces_split_largest(&f.engine));
    tear_down(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),    cmocka_unit_test(test_not_whole),
        cmocka_unit_test(test_nothing),  cmocka_unit_test(test_not_counted),
        cmocka_unit_test(test_free_one), cmocka_unit_test(test_split),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
