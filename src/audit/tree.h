/*
 * tree.h - the Merkle tree over the lines of a log (RFC 6962, section 2.1)
 *
 * A leaf is the SHA-256 of a zero byte and the line; a node that of a one byte and its two
 * children. To append and to tell the root, the roots of the complete subtrees are enough: as many
 * hashes as the size has one bits, the largest subtree first. Pure; sizes and indices count leaves.
 */
#ifndef AUDIT_TREE_H
#define AUDIT_TREE_H

#include "base/buffer.h"
#include "base/sha256.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TREE_LEVELS = 63, TREE_HASH_TEXT = 45 };

struct tree_hash {
    unsigned char bytes[SHA256_BYTES];
};

/* Start with `struct tree t = {0};`. */
struct tree {
    int64_t size;
    size_t count; /* of subtrees: the one bits of the size */
    struct tree_hash subtree[TREE_LEVELS];
};

/* In base64. */
void tree_hash_text(const struct tree_hash *hash, char ret_text[TREE_HASH_TEXT]);
void tree_hash_leaf(const void *line, size_t length, struct tree_hash *ret_hash);
void tree_append(struct tree *tree, const struct tree_hash *leaf);

/* The subtrees' roots as hexadecimal digits, the largest first, and back for a known size. */
void tree_add_text(const struct tree *tree, struct buffer *out);
bool tree_read_text(const char *text, int64_t size, struct tree *ret_tree);

/* SHA-256 of nothing for an empty tree. */
void tree_root(const struct tree *tree, struct tree_hash *ret_root);

/* Whether `proof` leads from the leaf at `index` to the root of a tree of `size` leaves. */
bool tree_includes(int64_t index, int64_t size, const struct tree_hash *leaf,
                   const struct tree_hash *proof, size_t proof_count, const struct tree_hash *root);

/* Whether `proof` shows that the tree of `size` leaves begins with that of `old_size` leaves. */
bool tree_extends(int64_t old_size, int64_t size, const struct tree_hash *old_root,
                  const struct tree_hash *root, const struct tree_hash *proof, size_t proof_count);

#endif
