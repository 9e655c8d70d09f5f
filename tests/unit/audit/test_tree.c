/*
 * test_tree.c - RFC 6962's tree against known roots, its own definition, and other people's proofs
 *
 * The definition is written out below, recursively and over all leaves at once, as the RFC has it.
 */
#include "audit/proof.h"
#include "base/base64.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

/* The leaves that implementations of Certificate Transparency test with, and their roots. */
static const struct {
    const char *bytes;
    size_t length;
    const char *root; /* of the tree up to and with this leaf */
} known[] = {
    {"", 0, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"},
    {"\x00", 1, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"},
    {"\x10", 1, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"},
    {"\x20\x21", 2, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"},
    {"\x30\x31", 2, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"},
    {"\x40\x41\x42\x43", 4, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"},
    {"PQRSTUVW", 8, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"},
    {"`abcdefghijklmno", 16, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"},
};

enum { KNOWN = sizeof known / sizeof *known, LEAVES = 70 };

static void assert_root(const struct tree *tree, const char *expected)
{
    struct tree_hash root;
    char hex[SHA256_HEX] = "";
    tree_root(tree, &root);
    for (size_t i = 0; i < SHA256_BYTES; i++)
        snprintf(hex + 2 * i, 3, "%02x", root.bytes[i]);
    assert_string_equal(hex, expected);
}

static void test_known_roots(void **state)
{
    (void)state;
    struct tree tree = {0};
    struct tree_hash leaf;
    assert_root(&tree, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (size_t i = 0; i < KNOWN; i++) {
        tree_hash_leaf(known[i].bytes, known[i].length, &leaf);
        tree_append(&tree, &leaf);
        assert_root(&tree, known[i].root);
    }
}

static struct tree_hash leaves[LEAVES];

static int make_leaves(void **state)
{
    (void)state;
    for (size_t i = 0; i < LEAVES; i++)
        tree_hash_leaf(&i, sizeof i, &leaves[i]);
    return 0;
}

static int64_t half_of(int64_t n)
{
    int64_t k = 1;
    while (2 * k < n)
        k *= 2;
    return k;
}

/* MTH(D[n]) */
static struct tree_hash define_root(const struct tree_hash *d, int64_t n)
{
    struct tree_hash root;
    if (n == 1)
        return d[0];
    int64_t k = half_of(n);
    struct tree_hash left = define_root(d, k), right = define_root(d + k, n - k);
    const struct sha256_part parts[] = {{"\x01", 1}, {left.bytes, 32}, {right.bytes, 32}};
    sha256_parts(parts, 3, root.bytes);
    return root;
}

/* PATH(m, D[n]) */
static size_t define_path(int64_t m, const struct tree_hash *d, int64_t n, struct tree_hash *out)
{
    if (n == 1)
        return 0;
    int64_t k = half_of(n);
    size_t count = m < k ? define_path(m, d, k, out) : define_path(m - k, d + k, n - k, out);
    out[count] = m < k ? define_root(d + k, n - k) : define_root(d, k);
    return count + 1;
}

/* SUBPROOF(m, D[n], b) */
static size_t define_subproof(int64_t m, const struct tree_hash *d, int64_t n, bool b,
                              struct tree_hash *out)
{
    if (m == n) {
        if (!b)
            out[0] = define_root(d, n);
        return b ? 0 : 1;
    }
    int64_t k = half_of(n);
    size_t count = m <= k ? define_subproof(m, d, k, b, out)
                          : define_subproof(m - k, d + k, n - k, false, out);
    out[count] = m <= k ? define_root(d + k, n - k) : define_root(d, k);
    return count + 1;
}

static struct tree tree_of(int64_t n)
{
    struct tree tree = {0};
    for (int64_t i = 0; i < n; i++)
        tree_append(&tree, &leaves[i]);
    return tree;
}

static void test_roots_by_definition(void **state)
{
    (void)state;
    for (int64_t n = 1; n <= LEAVES; n++) {
        struct tree tree = tree_of(n);
        struct tree_hash root, expected = define_root(leaves, n);
        tree_root(&tree, &root);
        assert_memory_equal(&root, &expected, sizeof root);
        assert_int_equal(tree.count, __builtin_popcountll((unsigned long long)n));
    }
}

/* Takes the first `skipped` leaves as a tree, the others one by one. */
static void fill(struct proof *proof, int64_t skipped, int64_t n)
{
    struct tree before = tree_of(skipped);
    proof_take_tree(proof, &before);
    for (int64_t i = skipped; i < n; i++)
        proof_take_leaf(proof, i, &leaves[i]);
}

static void assert_proof(const struct proof *proof, const struct tree_hash *expected, size_t count)
{
    assert_int_equal(proof->count, count);
    if (count > 0)
        assert_memory_equal(proof->hash, expected, count * sizeof *expected);
}

static void spoil_inclusion(int64_t m, int64_t n, const struct tree_hash *path, size_t count,
                            const struct tree_hash *root)
{
    struct tree_hash bad[PROOF_HASHES];
    assert_false(tree_includes(m + 1, n, &leaves[m], path, count, root));
    assert_false(tree_includes(m, n, &leaves[(m + 1) % LEAVES], path, count, root));
    assert_false(tree_includes(m, n, &leaves[m], path, count + 1, root));
    assert_false(tree_includes(m, n, &leaves[m], path, count, &leaves[LEAVES - 1]));
    assert_false(tree_includes(n, n, &leaves[m], path, count, root));
    assert_false(tree_includes(-1, n, &leaves[m], path, count, root));
    if (count > 0)
        assert_false(tree_includes(m, n, &leaves[m], path, count - 1, root));
    for (size_t i = 0; i < count; i++) {
        memcpy(bad, path, count * sizeof *path);
        bad[i].bytes[i % SHA256_BYTES] ^= 1;
        assert_false(tree_includes(m, n, &leaves[m], bad, count, root));
    }
}

static void test_inclusion(void **state)
{
    (void)state;
    for (int64_t n = 1; n < LEAVES; n++)
        for (int64_t m = 0; m < n; m++) {
            struct tree_hash path[PROOF_HASHES] = {0};
            struct tree_hash root = define_root(leaves, n);
            size_t count = define_path(m, leaves, n, path);
            const int64_t skipped[] = {0, m / 2, m};
            for (size_t i = 0; i < 3; i++) {
                struct proof proof;
                proof_of_inclusion(&proof, m, n);
                fill(&proof, skipped[i], n);
                assert_proof(&proof, path, count);
            }
            assert_true(tree_includes(m, n, &leaves[m], path, count, &root));
            spoil_inclusion(m, n, path, count, &root);
        }
}

static void spoil_consistency(int64_t m, int64_t n, const struct tree_hash *path, size_t count,
                              const struct tree_hash *old, const struct tree_hash *new)
{
    struct tree_hash bad[PROOF_HASHES];
    assert_false(tree_extends(m, n, old, new, path, count + 1));
    assert_false(tree_extends(m, n, &leaves[LEAVES - 1], new, path, count));
    assert_false(tree_extends(m, n, old, &leaves[LEAVES - 1], path, count));
    assert_false(tree_extends(n + 1, n, old, new, path, count));
    assert_false(tree_extends(0, n, old, new, path, count));
    if (count > 0)
        assert_false(tree_extends(m, n, old, new, path, count - 1));
    for (size_t i = 0; i < count; i++) {
        memcpy(bad, path, count * sizeof *path);
        bad[i].bytes[i % SHA256_BYTES] ^= 1;
        assert_false(tree_extends(m, n, old, new, bad, count));
    }
}

static void test_consistency(void **state)
{
    (void)state;
    for (int64_t n = 1; n < LEAVES; n++)
        for (int64_t m = 1; m <= n; m++) {
            struct tree_hash path[PROOF_HASHES] = {0};
            struct tree_hash old = define_root(leaves, m), new = define_root(leaves, n);
            size_t count = define_subproof(m, leaves, n, true, path);
            struct proof proof;
            proof_of_consistency(&proof, m, n);
            fill(&proof, 0, n);
            assert_proof(&proof, path, count);
            assert_true(tree_extends(m, n, &old, &new, path, count));
            spoil_consistency(m, n, path, count, &old, &new);
        }
}

/* A proof of a tree that no memory holds: the places of its ranges are counted, not visited. */
static void test_large_sizes(void **state)
{
    (void)state;
    struct proof proof;
    proof_of_inclusion(&proof, INT64_MAX - 1, INT64_MAX);
    assert_true(proof.count <= PROOF_HASHES);
    proof_of_inclusion(&proof, 0, INT64_MAX);
    assert_int_equal(proof.count, 63);
    proof_of_consistency(&proof, INT64_MAX - 1, INT64_MAX);
    assert_true(proof.count <= PROOF_HASHES);
    proof_of_consistency(&proof, 1, INT64_MAX);
    assert_int_equal(proof.count, 63);
}

/* Some vectors have any text for a root, where only its being equal matters: filled up with 0. */
static bool read_hash(const json_t *json, const char *key, struct tree_hash *ret_hash)
{
    const char *text = json_string_value(json_object_get(json, key));
    struct buffer bytes = {0};
    bool good = text != NULL && base64_read(text, strlen(text), &bytes) && bytes.length > 0 &&
                bytes.length <= SHA256_BYTES;
    *ret_hash = (struct tree_hash){{0}};
    if (good)
        memcpy(ret_hash, buffer_text(&bytes), bytes.length);
    buffer_free(&bytes);
    return good;
}

/* Attacks go up to 2^64 - 1, beyond what any log holds. */
static int64_t read_size(const json_t *json, const char *key)
{
    double size = json_number_value(json_object_get(json, key));
    return size < 0x1p62 ? (int64_t)size : -1;
}

/* Whether the vector's proof is taken. */
static bool try_vector(const json_t *json)
{
    struct tree_hash proof[PROOF_HASHES], a, b;
    size_t count = 0, i;
    const json_t *line;
    json_array_foreach(json_object_get(json, "proof"), i, line)
    {
        const char *text = json_string_value(line);
        if (count == PROOF_HASHES ||
            !base64_read_exactly(text, strlen(text), &proof[count++], SHA256_BYTES))
            return false;
    }
    if (json_object_get(json, "leafIdx") != NULL)
        return read_hash(json, "leafHash", &a) && read_hash(json, "root", &b) &&
               tree_includes(read_size(json, "leafIdx"), read_size(json, "treeSize"), &a, proof,
                             count, &b);
    return read_hash(json, "root1", &a) && read_hash(json, "root2", &b) &&
           tree_extends(read_size(json, "size1"), read_size(json, "size2"), &a, &b, proof, count);
}

static size_t try_folder(const char *path)
{
    size_t tried = 0;
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        char name[4096];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        tried += try_folder(name);
        json_t *json = json_load_file(name, JSON_DECODE_INT_AS_REAL, NULL);
        if (json == NULL)
            continue;
        if (try_vector(json) == json_boolean_value(json_object_get(json, "wantErr")))
            fail_msg("%s: %s", name, json_string_value(json_object_get(json, "desc")));
        json_decref(json);
        tried++;
    }
    if (folder != NULL)
        closedir(folder);
    return tried;
}

/* The vectors of transparency-dev/merkle are not a part of this repository. */
static void test_vectors(void **state)
{
    (void)state;
    static const char *const parts[] = {"inclusion", "consistency"};
    const char *folder = getenv("PGRETAIN_RFC6962");
    for (size_t i = 0; i < 2; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s",
                 folder == NULL ? SOURCE_ROOT "/../shared/data/rfc6962" : folder, parts[i]);
        size_t tried = try_folder(path);
        if (tried == 0)
            print_message("left out: no vectors of %s proofs at %s\n", parts[i], path);
        else
            print_message("%zu vectors of %s proofs\n", tried, parts[i]);
        assert_true(tried > 0 || folder == NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_roots), cmocka_unit_test(test_roots_by_definition),
        cmocka_unit_test(test_inclusion),   cmocka_unit_test(test_consistency),
        cmocka_unit_test(test_large_sizes), cmocka_unit_test(test_vectors),
    };
    return cmocka_run_group_tests(tests, make_leaves, NULL);
}
