/*
 * test_hostile.c - how long it takes grows with the size of the file, not with its square
 *
 * Files of one pattern over and over, with a quarter of the items that a list may have and with all
 * of them, or 128 KiB and 512 KiB where they are no list. Four times as much may take six times as
 * long; what grows with the square takes sixteen times as long.
 */
#include "policy/policy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

enum { LARGEST_BYTES = 512 * 1024, MOST_ITEMS = 9990, GROWTH = 4, ROUNDS = 4 };
static const double most_growth = 6, noise_seconds = 0.03;

#define HEAD "pgretain: 1\npolicy: x\n"
#define CATEGORY "categories: {c: {keep: 1 day}}\n"
#define RULES HEAD CATEGORY "rules:\n"

/* "%d" in a piece is its number. */
static const struct {
    const char *name, *head, *piece, *tail;
} patterns[] = {
    {"rules", RULES, "- {table: s.t%d, category: c, clock: x, action: purge}\n", ""},
    {"pseudonyms", RULES,
     "- {table: s.t%d, category: c, clock: x, action: pseudonymise, mask: {a: keyed_hash}}\n", ""},
    {"masked rules", RULES,
     "- {table: s.t%d, category: c, clock: x, action: anonymise, mask: {a: null}}\n", ""},
    {"masks", RULES "- {table: s.t, category: c, clock: x, action: anonymise, mask: {",
     "c%d: null,", "}}\n"},
    {"unknown categories", RULES "", "- {table: s.t%d, category: d%d, clock: x, action: purge}\n",
     ""},
    {"categories", HEAD "categories:\n", "  c%d: {keep: 700 days}\n", ""},
    {"holds", HEAD CATEGORY "holds:\n", "- {id: h%d, reason: r, table: s.t, where: a}\n", ""},
    {"subjects", HEAD CATEGORY "subjects: [", "s.t%d,", "]\n"},
    {"exemptions", HEAD CATEGORY "exempt:\n", "- {table: s.t%d, reason: r}\n", ""},
    {"latest", RULES "- {clock: {latest: [", "c%d,", "]}}\n"},
    {"unknown keys", HEAD, "key_%d: x\n", ""},
    {"duplicate keys", HEAD, "a: %d\n", ""},
    {"aliases", HEAD "a: &a x\n", "k%d: *a\n", ""},
    {"list", HEAD "x: [", "a,", "]"},
    {"open list", HEAD "x: [", "[", ""},
    {"blocks", HEAD "x:\n", "- ", ""},
    {"keys", HEAD, "? ", ""},
    {"one line", HEAD "x: \"", "a", "\""},
    {"errors in one line", HEAD "rules: [", "&a x,", "]"},
    {"tabs", HEAD, "\ta\n", ""},
    {"expressions", HEAD, "where: '", ""},
    {"dollars", HEAD, "unless: $x$ '\n", ""},
    {"comments in SQL", HEAD, "only: a /* \n", ""},
    {"escapes", HEAD "x: \"", "\\x", "\""},
    {"passwords", HEAD, "password: x%d\n", ""},
    {"assigned passwords", HEAD, "password=", ""},
    {"urls", HEAD, "k: http://u:p@h/\n", ""},
    {"half urls", HEAD, "://", ""},
    {"tokens in a flow", HEAD "{", "token: {x, ", ""},
};

/* A part of a large file; what is numbered is a list, of which the same part is made. */
static void make(size_t pattern, size_t part, struct buffer *out)
{
    const char *piece = patterns[pattern].piece;
    size_t most = strstr(piece, "%d") == NULL ? SIZE_MAX : MOST_ITEMS / part;
    buffer_add(out, patterns[pattern].head);
    for (size_t i = 0; i < most && out->length < LARGEST_BYTES / part; i++) {
        const char *at = piece, *number;
        for (; (number = strstr(at, "%d")) != NULL; at = number + 2) {
            buffer_add_bytes(out, at, (size_t)(number - at));
            buffer_addf(out, "%zu", i);
        }
        buffer_add(out, at);
    }
    buffer_add(out, patterns[pattern].tail);
}

static double seconds(const struct buffer *bytes)
{
    const struct policy_options options = {.file = "x", .today = "2026-11-23"};
    struct policy *policy = NULL;
    struct diagnostics diagnostics = {0};
    struct buffer shown = {0};
    clock_t start = clock();
    policy_parse(bytes->data, bytes->length, &options, &policy, &diagnostics);
    diagnostics_format(&diagnostics, "x", bytes->data, bytes->length, &shown);
    double spent = (double)(clock() - start) / CLOCKS_PER_SEC;
    buffer_free(&shown);
    policy_free(policy);
    diagnostics_free(&diagnostics);
    return spent;
}

/* A machine that does something else meanwhile gets another try. */
static void compare(const char *name, const struct buffer *small, const struct buffer *large)
{
    double before = 0, after = 0;
    for (int round = 0; round < ROUNDS; round++) {
        before = seconds(small);
        after = seconds(large);
        if (after <= most_growth * before + noise_seconds)
            return;
    }
    fail_msg("%s: %zu bytes took %.3f s, %zu bytes %.3f s", name, small->length, before,
             large->length, after);
}

static void test_growth(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        struct buffer small = {0}, large = {0};
        make(i, GROWTH, &small);
        make(i, 1, &large);
        compare(patterns[i].name, &small, &large);
        buffer_free(&small);
        buffer_free(&large);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_growth)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
