/*
 * fuzz_policy.c - any bytes are either a policy or diagnostics that can be shown
 *
 * Beyond the absence of crashes: the return value agrees with the number of errors, every mark lies
 * in the file, and what is printed is one printable line after the other.
 */
#include "policy/policy.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "fuzz_policy: %s\n", what);
    abort();
}

static unsigned count_lines(const char *bytes, size_t length)
{
    unsigned lines = 1;
    for (size_t i = 0; i < length; i++)
        lines += bytes[i] == '\n';
    return lines;
}

static void check_printable(const struct buffer *text)
{
    for (size_t i = 0; i < text->length; i++) {
        unsigned char c = (unsigned char)text->data[i];
        require(c == '\n' || (c >= 0x20 && c != 0x7f), "a control character is printed");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *bytes = (const char *)data;
    const struct window cap = {.months = 18, .text = "18 months"};
    const struct policy_options options = {
        .file = "fuzz.yaml", .today = "2026-11-23", .cap = size % 4 == 0 ? &cap : NULL};
    struct policy *policy = NULL;
    struct diagnostics diagnostics = {0};
    struct buffer shown = {0};
    int result = policy_parse(bytes, size, &options, &policy, &diagnostics);
    unsigned lines = count_lines(bytes, size);
    require((result == 0) == (diagnostics.errors == 0), "result and errors disagree");
    require((result == 0) == (policy != NULL), "result and policy disagree");
    for (size_t i = 0; i < diagnostics.count; i++)
        require(diagnostics.items[i].mark.line <= lines, "a mark lies behind the file");
    diagnostics_format(&diagnostics, "fuzz.yaml", bytes, size, &shown);
    check_printable(&shown);
    buffer_free(&shown);
    policy_free(policy);
    diagnostics_free(&diagnostics);
    return 0;
}
