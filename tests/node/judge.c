/*
 * judge.c - judges many policies at once: one a line of standard input, as JSON
 *
 * Prints a line for each: the messages of its errors behind a tab each, nothing for a policy.
 */
#include "policy/policy.h"

#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    const struct policy_options options = {.file = "-", .today = "2026-11-23"};
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    while ((length = getline(&line, &room, stdin)) > 0) {
        struct policy *policy = NULL;
        struct diagnostics diagnostics = {0};
        policy_parse(line, (size_t)length, &options, &policy, &diagnostics);
        for (size_t i = 0; i < diagnostics.count; i++)
            if (!diagnostics.items[i].is_warning)
                printf("\t%s", diagnostics.items[i].message);
        putchar('\n');
        policy_free(policy);
        diagnostics_free(&diagnostics);
    }
    free(line);
    return 0;
}
