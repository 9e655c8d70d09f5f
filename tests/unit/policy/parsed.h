/*
 * parsed.h - a policy parsed from text, with its diagnostics as people see them
 */
#ifndef TEST_PARSED_H
#define TEST_PARSED_H

#include "policy/policy.h"

#include <string.h>

struct parsed {
    struct policy *policy; /* NULL when there were errors */
    struct diagnostics diagnostics;
    struct buffer shown;
};

static inline struct parsed parse_with(const char *bytes, size_t length, const struct window *cap)
{
    const struct policy_options options = {.file = "test.yaml", .today = "2026-11-23", .cap = cap};
    struct parsed parsed = {0};
    policy_parse(bytes, length, &options, &parsed.policy, &parsed.diagnostics);
    diagnostics_format(&parsed.diagnostics, "test.yaml", bytes, length, &parsed.shown);
    return parsed;
}

static inline struct parsed parse(const char *text)
{
    return parse_with(text, strlen(text), NULL);
}

static inline void parsed_free(struct parsed *parsed)
{
    policy_free(parsed->policy);
    diagnostics_free(&parsed->diagnostics);
    buffer_free(&parsed->shown);
}

#endif
