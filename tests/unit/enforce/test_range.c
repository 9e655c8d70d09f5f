/* test_range.c - ranges cover what they were cut from, and their size follows the time they take.
 */
#include "enforce/enforce_private.h"

#include "support/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { BLOCK = 65536, HIGHEST_OFFSET = 2047 };

static void test_take(void **state)
{
    (void)state;
    struct piece piece = {.next = 10, .end = 100, .size = 40};
    struct range range = range_take(&piece);
    assert_true(range.from == 10 && range.to == 50 && piece.next == 50);
    piece.halves[0] = (struct range){30, 50};
    piece.halves[1] = (struct range){10, 30};
    piece.half_count = 2;
    range = range_take(&piece);
    assert_true(range.from == 10 && range.to == 30 && piece.next == 50);
    range = range_take(&piece);
    assert_true(range.from == 30 && range.to == 50 && piece.half_count == 0);
    range = range_take(&piece);
    assert_true(range.from == 50 && range.to == 90);
    range = range_take(&piece);
    assert_true(range.from == 90 && range.to == 100 && piece.next == 100);
}

/* Whether a tuple can have this position. */
static bool is_tuple(int64_t position)
{
    return position % BLOCK >= 1 && position % BLOCK <= HIGHEST_OFFSET;
}

/* Down one side after another, as every half fails; the tuple stays in the half that holds it. */
static void follow_down(struct range range, int64_t tuple, enum strategy strategy)
{
    int depth = 0;
    while (!range_is_smallest(strategy, &range)) {
        int64_t middle = range_middle(strategy, &range);
        if (middle <= range.from || middle >= range.to)
            fail_msg("[%ld, %ld) is cut at %ld", (long)range.from, (long)range.to, (long)middle);
        if (tuple < middle)
            range.to = middle;
        else
            range.from = middle;
        assert_true(++depth < MOST_HALVES);
    }
    assert_true(tuple >= range.from && tuple < range.to);
    for (int64_t other = range.from; strategy == STRATEGY_BLOCK_RANGES && other < range.to; other++)
        if (other != tuple && is_tuple(other))
            fail_msg("%ld and %ld end in one range", (long)tuple, (long)other);
}

static void test_halves(void **state)
{
    (void)state;
    struct random random = random_start(20261125, 0);
    for (int i = 0; i < 2000; i++) {
        int64_t first = random_below(&random, 1000), blocks = 1 + random_below(&random, 131072);
        int64_t tuple = (first + random_below(&random, (int)blocks)) * BLOCK + 1 +
                        random_below(&random, HIGHEST_OFFSET);
        follow_down((struct range){first * BLOCK, (first + blocks) * BLOCK}, tuple,
                    STRATEGY_BLOCK_RANGES);
        int64_t from = -random_below(&random, 1000000), length = 1 + random_below(&random, 1 << 30);
        follow_down((struct range){from, from + length}, from + random_below(&random, (int)length),
                    STRATEGY_CLOCK_SLICES);
    }
}

static void test_next_size(void **state)
{
    (void)state;
    static const struct {
        int64_t blocks;
        double seconds;
        int64_t expected;
    } cases[] = {
        {500, 0.2, 500},       /* as long as it should take */
        {500, 0.1, 601},       /* never more than a fifth more, */
        {500, 0.19, 527},      /* or what would have taken that long, */
        {1, 0.01, 2},          /* but one block at least */
        {500, 0.4, 250},       /* half, where it took twice as long */
        {500, 60, 250},        /* and never less than half */
        {1, 60, 1},            /* nor less than one */
        {131072, 0.1, 131072}, /* nor more than a gigabyte */
        {500, 0, 601},         /* not measured */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t size =
            range_next_size(STRATEGY_BLOCK_RANGES, cases[i].blocks * BLOCK, cases[i].seconds, 200);
        if (size != cases[i].expected * BLOCK)
            fail_msg("%ld blocks in %g s: %g blocks next", (long)cases[i].blocks, cases[i].seconds,
                     (double)size / BLOCK);
    }
    assert_int_equal(range_next_size(STRATEGY_CLOCK_SLICES, 1000, 0.4, 200), 500);
    assert_int_equal(range_next_size(STRATEGY_CLOCK_SLICES, 1, 0.4, 200), 1);
}

static void test_size_for_rows(void **state)
{
    (void)state;
    assert_int_equal(range_size_for_rows(STRATEGY_BLOCK_RANGES, 8 * BLOCK, 100, 100), 8 * BLOCK);
    assert_int_equal(range_size_for_rows(STRATEGY_BLOCK_RANGES, 8 * BLOCK, 400, 100), 2 * BLOCK);
    assert_int_equal(range_size_for_rows(STRATEGY_BLOCK_RANGES, 8 * BLOCK, 9999, 100), BLOCK);
    assert_int_equal(range_size_for_rows(STRATEGY_CLOCK_SLICES, 1000, 400, 100), 250);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_take),
        cmocka_unit_test(test_halves),
        cmocka_unit_test(test_next_size),
        cmocka_unit_test(test_size_for_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
