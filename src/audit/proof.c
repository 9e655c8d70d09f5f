/* proof.c - which ranges a proof is made of, and their roots. */
#include "audit/proof.h"

/* The largest power of two below the number of leaves, which has to be 2 or more. */
static int64_t split(int64_t leaves)
{
    int64_t half = 1;
    while (half < leaves - half)
        half *= 2;
    return half;
}

static void add(struct proof *proof, int64_t first, int64_t end)
{
    proof->range[proof->count++] = (struct proof_range){first, end};
}

/* RFC 6962 lists the ranges from the inside out; a walk from the root finds them the other way. */
static void reverse(struct proof *proof)
{
    for (size_t i = 0; i < proof->count / 2; i++) {
        struct proof_range range = proof->range[i];
        proof->range[i] = proof->range[proof->count - 1 - i];
        proof->range[proof->count - 1 - i] = range;
    }
}

void proof_of_inclusion(struct proof *proof, int64_t index, int64_t size)
{
    int64_t first = 0, end = size;
    *proof = (struct proof){0};
    while (end - first > 1) {
        int64_t middle = first + split(end - first);
        if (index < middle) {
            add(proof, middle, end);
            end = middle;
        } else {
            add(proof, first, middle);
            first = middle;
        }
    }
    reverse(proof);
}

void proof_of_consistency(struct proof *proof, int64_t old_size, int64_t size)
{
    int64_t first = 0, end = size;
    *proof = (struct proof){0};
    while (end != old_size) {
        int64_t middle = first + split(end - first);
        if (old_size <= middle) {
            add(proof, middle, end);
            end = middle;
        } else {
            add(proof, first, middle);
            first = middle;
        }
    }
    if (first > 0) /* otherwise the old tree is that subtree, and its root is known */
        add(proof, first, end);
    reverse(proof);
}

static size_t find(const struct proof *proof, int64_t index)
{
    size_t i = 0;
    while (i < proof->count && (index < proof->range[i].first || index >= proof->range[i].end))
        i++;
    return i;
}

static void end_range(struct proof *proof, size_t at)
{
    tree_root(&proof->part, &proof->hash[at]);
    proof->part = (struct tree){0};
}

void proof_take_leaf(struct proof *proof, int64_t index, const struct tree_hash *leaf)
{
    size_t at = find(proof, index);
    if (at == proof->count)
        return;
    tree_append(&proof->part, leaf);
    if (index + 1 == proof->range[at].end)
        end_range(proof, at);
}

void proof_take_tree(struct proof *proof, const struct tree *tree)
{
    int64_t first = 0;
    for (size_t i = 0; i < tree->count; i++) {
        int64_t leaves = split(tree->size - first + 1);
        size_t at = find(proof, first);
        if (at < proof->count) {
            proof->part.subtree[proof->part.count++] = tree->subtree[i];
            proof->part.size += leaves;
        }
        first += leaves;
        if (at < proof->count && first == proof->range[at].end)
            end_range(proof, at);
    }
}
