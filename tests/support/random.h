/*
 * random.h - a small seeded generator, so that a failing case can be drawn again
 *
 * SplitMix64: not for secrets.
 */
#ifndef SUPPORT_RANDOM_H
#define SUPPORT_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

struct random {
    uint64_t state;
};

/* The same seed and stream always give the same numbers. */
struct random random_start(uint64_t seed, uint64_t stream);
uint64_t random_next(struct random *random);
/* 0 <= result < limit; limit is at least 1. */
int random_below(struct random *random, int limit);
/* low <= result <= high */
int random_between(struct random *random, int low, int high);
bool random_chance(struct random *random, int percent);

#endif
