/*
 * pieces.c - the parts of a stage that lanes take: extents with due rows, whole partitions
 */
#include "enforce/enforce_private.h"

static struct piece *add_piece(struct stage *stage, struct leaf_work *leaf)
{
    struct piece *piece = arena_alloc(&stage->arena, sizeof *piece);
    *ARENA_PUSH(&stage->arena, stage->pieces, stage->piece_count) = piece;
    piece->leaf = leaf;
    return piece;
}

/* An `end_block` of -1 is the leaf's own end. */
static void add_leaf(struct engine *engine, struct stage *stage, const struct catalog_table *table,
                     enum strategy strategy, int64_t first_block, int64_t end_block)
{
    int64_t bytes = table->citus != CITUS_NONE ? table->largest_shard_bytes : table->bytes;
    if (end_block < 0)
        end_block = bytes / engine->plan->catalog->block_bytes + 1;
    struct leaf_work *leaf = arena_alloc(&stage->arena, sizeof *leaf);
    leaf->stage = stage;
    leaf->leaf = table;
    leaf->strategy = strategy;
    leaf->deed.arena = leaf->skipping_deed.arena = leaf->left.arena = &stage->arena;
    struct piece *piece = add_piece(stage, leaf);
    piece->is_unseen = strategy != STRATEGY_BLOCK_RANGES;
    if (piece->is_unseen)
        return;
    piece->next = range_of_block(first_block);
    piece->end = range_of_block(end_block);
    piece->size = range_first_size(piece, engine);
    stage->total_blocks += end_block - first_block;
}

/* Per table of the catalogue, of partitions that may go as a whole: what the count found in it. */
struct tally {
    bool may_go;
    int64_t due, other;
};

static struct tally *tally_of(const struct engine *engine, struct tally *tallies,
                              const struct catalog_table *leaf)
{
    const struct catalog_table *tables = engine->plan->catalog->tables;
    while (leaf != NULL && !tallies[leaf - tables].may_go)
        leaf = leaf->parent;
    return leaf == NULL ? NULL : &tallies[leaf - tables];
}

static bool goes_whole(const struct tally *tally)
{
    return tally != NULL && tally->due > 0 && tally->other == 0;
}

/* Partitions all of whose rows are due go as a whole; of other leaves the blocks with due rows. */
static void add_extents(struct engine *engine, struct stage *stage)
{
    struct arena arena = {0};
    const struct plan_step *step = stage->step;
    const struct counts *counts = &stage->counts;
    const struct catalog *catalog = engine->plan->catalog;
    struct tally *tallies = arena_alloc(&arena, catalog->table_count * sizeof *tallies + 1);
    enum strategy strategy =
        step->strategy == STRATEGY_CLOCK_SLICES ? STRATEGY_CLOCK_SLICES : STRATEGY_BLOCK_RANGES;
    for (size_t i = 0; i < step->whole_count; i++)
        tallies[step->whole[i] - catalog->tables].may_go = true;
    for (size_t i = 0; i < counts->extent_count; i++) {
        struct tally *tally = tally_of(engine, tallies, counts->extents[i].leaf);
        if (tally == NULL)
            continue;
        tally->due += counts->extents[i].due;
        tally->other += counts->extents[i].other;
    }
    for (size_t i = 0; i < step->whole_count; i++)
        if (goes_whole(&tallies[step->whole[i] - catalog->tables]))
            add_leaf(engine, stage, step->whole[i], STRATEGY_PARTITION, 0, 0);
    for (size_t i = 0; i < counts->extent_count; i++) {
        const struct extent *extent = &counts->extents[i];
        if (extent->due > 0 && !goes_whole(tally_of(engine, tallies, extent->leaf)))
            add_leaf(engine, stage, extent->leaf, strategy, extent->first_block, extent->end_block);
    }
    arena_free(&arena);
}

/* One pending detach keeps all others of its parent waiting. */
static bool is_detaching(const struct stage *stage)
{
    for (size_t i = 0; i < stage->piece_count; i++)
        if (stage->pieces[i]->owner != NULL && !stage->pieces[i]->is_finished &&
            stage->pieces[i]->leaf->strategy == STRATEGY_PARTITION)
            return true;
    return false;
}

struct piece *pieces_free_one(struct stage *stage)
{
    bool waits = is_detaching(stage);
    while (stage->piece_next < stage->piece_count &&
           (stage->pieces[stage->piece_next]->is_finished ||
            stage->pieces[stage->piece_next]->owner != NULL))
        stage->piece_next++;
    for (size_t i = stage->piece_next; i < stage->piece_count; i++) {
        struct piece *piece = stage->pieces[i];
        if (!piece->is_finished && piece->owner == NULL &&
            !(waits && piece->leaf->strategy == STRATEGY_PARTITION))
            return piece;
    }
    return NULL;
}

static void free_statements(struct leaf_work *leaf)
{
    struct sql *statements[] = {&leaf->deed, &leaf->skipping_deed, &leaf->left};
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        sql_free(statements[i]);
        *statements[i] = (struct sql){.arena = &leaf->stage->arena};
    }
}

void pieces_free_statements(const struct engine *engine, struct leaf_work *leaf)
{
    for (int i = 0; i < engine->lane_count; i++)
        if (engine->lanes[i].piece != NULL && engine->lanes[i].piece->leaf == leaf)
            return;
    free_statements(leaf);
}

void pieces_free(struct stage *stage)
{
    for (size_t i = 0; i < stage->piece_count; i++)
        free_statements(stage->pieces[i]->leaf);
}

/* Half of what another lane has before it, if that is worth while. */
struct piece *pieces_split_largest(struct engine *engine)
{
    struct piece *largest = NULL;
    for (int i = 0; i < engine->lane_count; i++) {
        struct piece *piece = engine->lanes[i].piece;
        if (piece == NULL || piece->is_unseen || summary_is_one(&engine->lanes[i]) ||
            piece->leaf->strategy == STRATEGY_PARTITION || piece->leaf->stage->halted ||
            piece->end - piece->next < piece->size ||
            (largest != NULL && piece->end - piece->next <= largest->end - largest->next))
            continue;
        largest = piece;
    }
    if (largest == NULL)
        return NULL;
    struct stage *stage = largest->leaf->stage;
    const struct range rest = {largest->next, largest->end};
    struct piece *half = add_piece(stage, largest->leaf);
    half->next = range_middle(largest->leaf->strategy, &rest);
    half->end = largest->end;
    half->size = largest->size;
    largest->end = half->next;
    return half;
}

/* One pass over where the latest count found due rows; over everything, where it did not end. */
void pieces_make(struct engine *engine, struct stage *stage)
{
    const struct counts *counts = &stage->counts;
    stage->pieces = NULL;
    stage->piece_count = stage->piece_next = 0;
    if (stage->step->action == ACTION_SUMMARISE) {
        if (counts->due != 0)
            add_leaf(engine, stage, stage->step->table, STRATEGY_CLOCK_SLICES, 0, 0);
        return;
    }
    add_extents(engine, stage);
    for (size_t i = 0; counts->due < 0 && i < stage->step->leaf_count; i++)
        add_leaf(engine, stage, stage->step->leaves[i], STRATEGY_BLOCK_RANGES, 0, -1);
}
