/*
 * test_foreign.c - thousands of files that are no policy
 *
 * Every file of tests/fixtures/policies/foreign, as it is and distorted: cut off, with other line
 * ends, with tabs, repeated up to 1 MiB, claiming to be a policy. Each is refused, soon, in few
 * words, and never shows the password it holds.
 */
#include "policy/policy.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define FOLDER FIXTURES "/policies/foreign"

static const char canary[] = "zqhunter2";

enum { MOST_SHOWN_BYTES = 64 * 1024, VARIANTS = 300 };
static const double most_seconds = 1;

struct text {
    char name[256];
    struct buffer bytes;
};

static struct text texts[64];
static int text_count;

static int load(void **state)
{
    (void)state;
    DIR *folder = opendir(FOLDER);
    char path[4096], chunk[4096];
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        struct text *text = &texts[text_count];
        snprintf(path, sizeof path, FOLDER "/%s", entry->d_name);
        FILE *file = entry->d_name[0] == '.' ? NULL : fopen(path, "rb");
        if (file == NULL)
            continue;
        snprintf(text->name, sizeof text->name, "%s", entry->d_name);
        for (size_t count; (count = fread(chunk, 1, sizeof chunk, file)) > 0;)
            buffer_add_bytes(&text->bytes, chunk, count);
        fclose(file);
        text_count++;
    }
    if (folder != NULL)
        closedir(folder);
    return text_count >= 15 ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    for (int i = 0; i < text_count; i++)
        buffer_free(&texts[i].bytes);
    return 0;
}

/* Refuses the bytes; `*ret_count` is how many diagnostics it took. */
static void refuse(const char *name, const struct buffer *bytes, size_t *ret_count)
{
    const struct policy_options options = {.file = name, .today = "2026-11-23"};
    struct policy *policy = NULL;
    struct diagnostics diagnostics = {0};
    struct buffer shown = {0};
    clock_t start = clock();
    int result = policy_parse(buffer_text(bytes), bytes->length, &options, &policy, &diagnostics);
    diagnostics_format(&diagnostics, name, buffer_text(bytes), bytes->length, &shown);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    if (result == 0 || diagnostics.errors == 0 || diagnostics.count > 101 ||
        shown.length > MOST_SHOWN_BYTES || seconds > most_seconds ||
        strstr(buffer_text(&shown), canary) != NULL)
        fail_msg("%s: result %d, %zu diagnostics of %zu bytes in %.2f s for\n%.3000s\n%.6000s",
                 name, result, diagnostics.count, shown.length, seconds, buffer_text(bytes),
                 buffer_text(&shown));
    *ret_count = diagnostics.count;
    buffer_free(&shown);
    policy_free(policy);
    diagnostics_free(&diagnostics);
}

static void test_as_they_are(void **state)
{
    (void)state;
    size_t count;
    for (int i = 0; i < text_count; i++) {
        refuse(texts[i].name, &texts[i].bytes, &count);
        assert_int_equal(count, 1);
    }
}

static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

static void add_lines(struct buffer *out, const struct buffer *text, const char *end, bool tabs)
{
    bool starts = true;
    for (size_t i = 0; i < text->length; i++) {
        char c = text->data[i];
        if (c == '\n')
            buffer_add(out, end);
        else
            buffer_add_bytes(out, starts && tabs && c == ' ' ? "\t" : &c, 1);
        starts = c == '\n' || (starts && c == ' ');
    }
}

/* What makes a file look like a policy, so that it is read to its end. */
static const char *const claims[] = {
    "",
    "# pgretain\n",
    "pgretain: 1\npolicy: x\n",
    "pgretain: 1\npolicy: x\ncategories: {c: {keep: 1 day}}\nrules:\n",
    "pgretain: 1\npolicy: x\nnotice:\n",
    "{pgretain: 1, x: \"",
    "\xef\xbb\xbfpgretain: 1\n--- \n",
    "pgretain: |\n",
};

static void distort(const struct text *text, uint32_t *seed, struct buffer *out)
{
    static const char *const ends[] = {"\n", "\r\n", "\n", "\n\n", "\r"};
    size_t cut = next(seed) % 2 == 0 ? text->bytes.length : next(seed) % text->bytes.length + 1;
    struct buffer part = {0};
    while (cut < text->bytes.length && memchr("\n:]} ", text->bytes.data[cut], 5) == NULL)
        cut++; /* half a word is no password any more */
    buffer_add_bytes(&part, text->bytes.data, cut);
    buffer_add(out, claims[next(seed) % (sizeof claims / sizeof *claims)]);
    add_lines(out, &part, ends[next(seed) % (sizeof ends / sizeof *ends)], next(seed) % 8 == 0);
    if (next(seed) % 8 == 0)
        buffer_add_bytes(out, "\0\xff\x80", next(seed) % 3 + 1);
    buffer_free(&part);
}

static void test_distorted(void **state)
{
    (void)state;
    uint32_t seed = 3;
    size_t count;
    for (int i = 0; i < text_count; i++)
        for (int variant = 0; variant < VARIANTS; variant++) {
            struct buffer bytes = {0};
            distort(&texts[i], &seed, &bytes);
            refuse(texts[i].name, &bytes, &count);
            buffer_free(&bytes);
        }
}

/* Up to the largest file that is read at all. */
static void test_large(void **state)
{
    (void)state;
    size_t count;
    for (int i = 0; i < text_count; i++) {
        struct buffer bytes = {0};
        buffer_add(&bytes, "pgretain: 1\npolicy: x\n");
        while (bytes.length + texts[i].bytes.length < POLICY_MAX_BYTES)
            buffer_add_bytes(&bytes, texts[i].bytes.data, texts[i].bytes.length);
        refuse(texts[i].name, &bytes, &count);
        buffer_free(&bytes);
    }
}

static void test_utf16(void **state)
{
    (void)state;
    size_t count;
    for (int i = 0; i < text_count; i++)
        for (int big = 0; big < 2; big++) {
            struct buffer bytes = {0};
            buffer_add_bytes(&bytes, big ? "\xfe\xff" : "\xff\xfe", 2);
            for (size_t at = 0; at < texts[i].bytes.length; at++) {
                char pair[2] = {texts[i].bytes.data[at], texts[i].bytes.data[at]};
                pair[big ? 0 : 1] = '\0';
                buffer_add_bytes(&bytes, pair, 2);
            }
            refuse(texts[i].name, &bytes, &count);
            assert_int_equal(count, 1);
            buffer_free(&bytes);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_they_are),
        cmocka_unit_test(test_distorted),
        cmocka_unit_test(test_large),
        cmocka_unit_test(test_utf16),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
