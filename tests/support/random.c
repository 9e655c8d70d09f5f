/* random.c - SplitMix64. */
#include "support/random.h"

struct random random_start(uint64_t seed, uint64_t stream)
{
    struct random random = {seed * 0x2545f4914f6cdd1dU + stream};
    random_next(&random);
    random.state ^= stream << 32;
    return random;
}

uint64_t random_next(struct random *random)
{
    random->state += 0x9e3779b97f4a7c15U;
    uint64_t z = random->state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

int random_below(struct random *random, int limit)
{
    return (int)((random_next(random) >> 11) % (uint64_t)limit);
}

int random_between(struct random *random, int low, int high)
{
    return low + random_below(random, high - low + 1);
}

bool random_chance(struct random *random, int percent)
{
    return random_below(random, 100) < percent;
}
