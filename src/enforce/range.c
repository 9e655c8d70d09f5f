/* range.c - ranges of blocks or of clock values: taken, halved, and sized by the time they take. */
#include "enforce/enforce_private.h"

/* A tuple id as one number: block * 65536 + offset. More than 2048 tuples never fit a page. */
enum { OFFSETS_PER_BLOCK = 65536, MOST_OFFSETS = 2048, LARGEST_RANGE_BLOCKS = 131072 };
enum { FIRST_SLICE_ROWS = 5000, FIRST_HELD_BLOCKS = 8 };

struct range range_take(struct piece *piece)
{
    if (piece->half_count > 0)
        return piece->halves[--piece->half_count];
    struct range range = {piece->next, piece->end};
    if (piece->end - piece->next > piece->size)
        range.to = piece->next + piece->size;
    piece->next = range.to;
    return range;
}

/* Where tuples can be at most, given that the range may end with a block. */
static int64_t last_offset(const struct range *range)
{
    int64_t block = range->from / OFFSETS_PER_BLOCK;
    return range->to / OFFSETS_PER_BLOCK > block ? block * OFFSETS_PER_BLOCK + MOST_OFFSETS
                                                 : range->to;
}

bool range_is_smallest(enum strategy strategy, const struct range *range)
{
    return (strategy != STRATEGY_CLOCK_SLICES ? last_offset(range) : range->to) - range->from <= 1;
}

int64_t range_middle(enum strategy strategy, const struct range *range)
{
    int64_t first = range->from / OFFSETS_PER_BLOCK;
    int64_t last = (range->to + OFFSETS_PER_BLOCK - 1) / OFFSETS_PER_BLOCK;
    if (strategy == STRATEGY_CLOCK_SLICES)
        return range->from + (range->to - range->from) / 2;
    if (last - first > 1)
        return (first + (last - first) / 2) * OFFSETS_PER_BLOCK;
    return range->from + (last_offset(range) - range->from) / 2;
}

int64_t range_first_size(const struct piece *piece, const struct engine *engine)
{
    const struct enforce_options *options = engine->options;
    bool has_rate = options->governor.rate_rows > 0 || options->governor.rate_wal_bytes > 0;
    int batch_ms = governor_batch_ms(&engine->governor, options->batch_ms);
    int64_t blocks =
        has_rate ? FIRST_HELD_BLOCKS : options->batch_blocks * batch_ms / options->batch_ms;
    if (piece->leaf->strategy != STRATEGY_CLOCK_SLICES)
        return (blocks < 1 ? 1 : blocks) * OFFSETS_PER_BLOCK;
    /* as if the due rows were spread evenly over the time they span */
    int64_t rows = FIRST_SLICE_ROWS * batch_ms / options->batch_ms + 1;
    int64_t batches = piece->leaf->stage->counts.due / rows + 1;
    return (piece->end - piece->next) / batches + 1;
}

int64_t range_next_size(enum strategy strategy, int64_t size, double seconds, int batch_ms)
{
    double factor = seconds > 0 ? batch_ms / 1000.0 / seconds : 1.2;
    factor = factor > 1.2 ? 1.2 : factor < 0.5 ? 0.5 : factor;
    int64_t unit = strategy != STRATEGY_CLOCK_SLICES ? OFFSETS_PER_BLOCK : 1;
    double most = strategy != STRATEGY_CLOCK_SLICES ? LARGEST_RANGE_BLOCKS : 1e15;
    double next = (double)(size / unit) * factor + (factor > 1);
    return (int64_t)(next < 1 ? 1 : next > most ? most : next) * unit;
}

int64_t range_size_for_rows(enum strategy strategy, int64_t size, int64_t rows, int64_t most_rows)
{
    int64_t unit = strategy != STRATEGY_CLOCK_SLICES ? OFFSETS_PER_BLOCK : 1;
    if (rows <= most_rows)
        return size;
    int64_t units = (int64_t)((double)(size / unit) * (double)most_rows / (double)rows);
    return (units < 1 ? 1 : units) * unit;
}

int64_t range_of_block(int64_t block)
{
    return block * OFFSETS_PER_BLOCK;
}
