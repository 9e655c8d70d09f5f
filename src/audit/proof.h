/*
 * proof.h - inclusion and consistency proofs, made while the leaves go by
 *
 * The hashes of a proof are roots of ranges that together with the leaf, or the old tree's last
 * complete subtree, cover the whole tree (RFC 6962, sections 2.1.1 and 2.1.2). No two overlap, so
 * one tree at a time, over the range that the next leaf lies in, is all that has to be remembered.
 */
#ifndef AUDIT_PROOF_H
#define AUDIT_PROOF_H

#include "audit/tree.h"

enum { PROOF_HASHES = TREE_LEVELS + 1 };

struct proof_range {
    int64_t first, end;
};

/* Start with proof_of_inclusion() or proof_of_consistency(), then take the leaves in order. */
struct proof {
    size_t count;
    struct proof_range range[PROOF_HASHES];
    struct tree_hash hash[PROOF_HASHES];
    struct tree part; /* over the range under way */
};

/* For the leaf at `index`, 0 <= index < size. */
void proof_of_inclusion(struct proof *proof, int64_t index, int64_t size);

/* For the first `old_size` leaves, 0 < old_size <= size. */
void proof_of_consistency(struct proof *proof, int64_t old_size, int64_t size);

/*
 * The leaves in front of those that will be taken, as the tree they make: where they are gone, or
 * were never read. Only for proofs about leaves behind them.
 */
void proof_take_tree(struct proof *proof, const struct tree *tree);

/* The leaf at `index`. After the last leaf of the tree `hash` is complete. */
void proof_take_leaf(struct proof *proof, int64_t index, const struct tree_hash *leaf);

#endif
