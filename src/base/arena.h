/*
 * arena.h - memory that is freed all at once
 *
 * Every long-lived value (a policy, a catalog snapshot, a plan) owns one arena and everything the
 * value points to lies in it. Functions that allocate take the arena as an explicit argument.
 * Memory is zeroed. When the system has none left the process prints one fixed line and exits 1:
 * a run may be killed at any instant without harm, so there is nothing better to do.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

/* Start with `struct arena a = {0};`, end with arena_free(). */
struct arena {
    struct arena_block *last;
};

void *arena_alloc(struct arena *arena, size_t size);
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t length);
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void arena_free(struct arena *arena);

/* The step behind ARENA_PUSH: returns `items`, moved when `count` has reached a power of two. */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t size);

/* Appends one zeroed element to the array `items` of `count` elements; yields its address. */
#define ARENA_PUSH(arena, items, count)                                                            \
    ((items) = arena_grow((arena), (items), (count), sizeof *(items)), &(items)[(count)++])

#endif
