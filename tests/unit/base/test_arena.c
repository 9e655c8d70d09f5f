/* test_arena.c - memory of an arena is zeroed, aligned, and stays where it is until freed. */
#include "base/arena.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_is_zeroed_and_aligned(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t size = 1; size < 20000; size = size * 3 + 1) {
        unsigned char *memory = arena_alloc(&arena, size);
        assert_int_equal((uintptr_t)memory % alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(memory[i], 0);
        memset(memory, 0xff, size);
    }
    arena_free(&arena);
    assert_null(arena.last);
}

static void test_blocks_do_not_overlap(void **state)
{
    (void)state;
    enum { PIECES = 3000 };
    struct arena arena = {0};
    char *pieces[PIECES];
    for (int i = 0; i < PIECES; i++)
        pieces[i] = arena_printf(&arena, "piece %d of %d", i, PIECES);
    for (int i = 0; i < PIECES; i++)
        assert_string_equal(pieces[i], arena_printf(&arena, "piece %d of %d", i, PIECES));
    arena_free(&arena);
}

static void test_copies(void **state)
{
    (void)state;
    struct arena arena = {0};
    char text[] = "text";
    char *copy = arena_strdup(&arena, text), *part = arena_strndup(&arena, text, 2);
    char *bytes = arena_strndup(&arena, "a\0b", 3);
    text[0] = 'T';
    assert_string_equal(copy, "text");
    assert_string_equal(part, "te");
    assert_memory_equal(bytes, "a\0b", 4);
    assert_null(arena_strdup(&arena, NULL));
    arena_free(&arena);
}

static void test_push_keeps_elements(void **state)
{
    (void)state;
    struct arena arena = {0};
    size_t *items = NULL, count = 0;
    for (size_t i = 0; i < 1000; i++) {
        size_t *item = ARENA_PUSH(&arena, items, count);
        assert_int_equal(*item, 0);
        *item = i + 1;
    }
    assert_int_equal(count, 1000);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(items[i], i + 1);
    arena_free(&arena);
}

static void test_free_of_nothing(void **state)
{
    (void)state;
    struct arena arena = {0};
    arena_free(&arena);
    arena_free(&arena);
    assert_null(arena.last);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_is_zeroed_and_aligned),
        cmocka_unit_test(test_blocks_do_not_overlap),
        cmocka_unit_test(test_copies),
        cmocka_unit_test(test_push_keeps_elements),
        cmocka_unit_test(test_free_of_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
