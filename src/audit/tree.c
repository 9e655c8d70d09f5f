/* tree.c - appending, roots, and the checks of proofs. */
#include "audit/tree.h"

#include "base/base64.h"

#include <string.h>

void tree_hash_text(const struct tree_hash *hash, char ret_text[TREE_HASH_TEXT])
{
    struct buffer text = {0};
    base64_add(&text, hash->bytes, sizeof hash->bytes);
    memcpy(ret_text, buffer_text(&text), TREE_HASH_TEXT);
    buffer_free(&text);
}

void tree_hash_leaf(const void *line, size_t length, struct tree_hash *ret_hash)
{
    const struct sha256_part parts[] = {{"", 1}, {line, length}};
    sha256_parts(parts, 2, ret_hash->bytes);
}

static void hash_node(const struct tree_hash *left, const struct tree_hash *right,
                      struct tree_hash *ret_hash)
{
    const struct sha256_part parts[] = {
        {"\x01", 1}, {left->bytes, SHA256_BYTES}, {right->bytes, SHA256_BYTES}};
    sha256_parts(parts, 3, ret_hash->bytes);
}

void tree_append(struct tree *tree, const struct tree_hash *leaf)
{
    tree->subtree[tree->count++] = *leaf;
    for (int64_t bits = tree->size++; (bits & 1) != 0; bits >>= 1) {
        tree->count--;
        hash_node(&tree->subtree[tree->count - 1], &tree->subtree[tree->count],
                  &tree->subtree[tree->count - 1]);
    }
}

void tree_root(const struct tree *tree, struct tree_hash *ret_root)
{
    if (tree->count == 0) {
        sha256_parts(NULL, 0, ret_root->bytes);
        return;
    }
    struct tree_hash root = tree->subtree[tree->count - 1];
    for (size_t i = tree->count - 1; i > 0; i--)
        hash_node(&tree->subtree[i - 1], &root, &root);
    *ret_root = root;
}

void tree_add_text(const struct tree *tree, struct buffer *out)
{
    for (size_t i = 0; i < tree->count; i++)
        for (size_t j = 0; j < SHA256_BYTES; j++)
            buffer_addf(out, "%02x", tree->subtree[i].bytes[j]);
}

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool tree_read_text(const char *text, int64_t size, struct tree *ret_tree)
{
    struct tree tree = {.size = size};
    for (int64_t bits = size; bits > 0; bits &= bits - 1)
        tree.count++;
    if (size < 0 || strlen(text) != tree.count * 2 * SHA256_BYTES)
        return false;
    for (size_t i = 0; i < tree.count * SHA256_BYTES; i++) {
        int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        tree.subtree[i / SHA256_BYTES].bytes[i % SHA256_BYTES] = (unsigned char)(high << 4 | low);
    }
    *ret_tree = tree;
    return true;
}

static bool equal(const struct tree_hash *a, const struct tree_hash *b)
{
    return memcmp(a->bytes, b->bytes, SHA256_BYTES) == 0;
}

/* RFC 9162, section 2.1.3.2: `at` and `last` are the leaf's and the last leaf's place a level. */
bool tree_includes(int64_t index, int64_t size, const struct tree_hash *leaf,
                   const struct tree_hash *proof, size_t proof_count, const struct tree_hash *root)
{
    if (index < 0 || index >= size)
        return false;
    int64_t at = index, last = size - 1;
    struct tree_hash hash = *leaf;
    for (size_t i = 0; i < proof_count; i++) {
        if (last == 0)
            return false;
        if ((at & 1) != 0 || at == last) {
            hash_node(&proof[i], &hash, &hash);
            while ((at & 1) == 0 && at != 0) {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash_node(&hash, &proof[i], &hash);
        }
        at >>= 1;
        last >>= 1;
    }
    return last == 0 && equal(&hash, root);
}

/* RFC 9162, section 2.1.4.2. The path starts at the last complete subtree of the old tree. */
static bool climb(int64_t at, int64_t last, const struct tree_hash *start,
                  const struct tree_hash *path, size_t count, const struct tree_hash *old_root,
                  const struct tree_hash *root)
{
    struct tree_hash was = *start, is = *start;
    for (; (at & 1) != 0; at >>= 1)
        last >>= 1;
    for (size_t i = 0; i < count; i++) {
        if (last == 0)
            return false;
        if ((at & 1) != 0 || at == last) {
            hash_node(&path[i], &was, &was);
            hash_node(&path[i], &is, &is);
            while ((at & 1) == 0 && at != 0) {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash_node(&is, &path[i], &is);
        }
        at >>= 1;
        last >>= 1;
    }
    return last == 0 && equal(&was, old_root) && equal(&is, root);
}

bool tree_extends(int64_t old_size, int64_t size, const struct tree_hash *old_root,
                  const struct tree_hash *root, const struct tree_hash *proof, size_t proof_count)
{
    if (old_size <= 0 || old_size > size)
        return false;
    if (old_size == size)
        return proof_count == 0 && equal(old_root, root);
    if ((old_size & (old_size - 1)) == 0)
        return climb(old_size - 1, size - 1, old_root, proof, proof_count, old_root, root);
    return proof_count > 0 &&
           climb(old_size - 1, size - 1, &proof[0], proof + 1, proof_count - 1, old_root, root);
}
