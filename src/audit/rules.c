/* rules.c - what a log last said about each rule: how far it reached, and what was left there. */
#include "audit/history.h"

#include <string.h>

/* Copies only what changed, so that a rule that stays the same takes no more memory each night.
 * Whether it was another text. */
static bool keep_text(struct history *h, const char **kept, const char *text)
{
    if (*kept != NULL && strcmp(*kept, text) == 0)
        return false;
    *kept = arena_strdup(&h->arena, text);
    return true;
}

static struct audit_rule *find(struct history *h, const char *name)
{
    for (size_t i = 0; i < h->rule_count; i++)
        if (strcmp(h->rules[i].rule, name) == 0)
            return &h->rules[i];
    return NULL;
}

void history_keep_rule(struct history *h, const struct record *step_begin)
{
    const char *name = record_text(step_begin, "rule");
    struct audit_rule *rule = find(h, name);
    if (rule == NULL)
        rule = ARENA_PUSH(&h->arena, h->rules, h->rule_count);
    keep_text(h, &rule->rule, name);
    bool other = keep_text(h, &rule->digest, record_text(step_begin, "rule_digest"));
    if (keep_text(h, &rule->window, record_text(step_begin, "window")) || other)
        rule->cutoff[0] = '\0';
}

/* A count that was not taken is 0 here. */
static int64_t count(const struct record *record, const char *key)
{
    int64_t rows = record_count(record, key);
    return rows < 0 ? 0 : rows;
}

/* A partial step has met its locked rows, or not come to some rows at all. */
static int64_t rows_left(const struct record *step_end)
{
    int64_t left = count(step_end, "left");
    int64_t rest = count(step_end, "due") - count(step_end, "changed");
    bool is_done = strcmp(record_text(step_end, "state"), "done") == 0;
    return is_done || rest < left ? left : rest;
}

void history_rule_ended(struct history *h, const char *cutoff, const struct record *step_end)
{
    struct audit_rule *rule = find(h, record_text(step_end, "rule"));
    const char *state = record_text(step_end, "state");
    bool is_over = strcmp(state, "done") == 0 || strcmp(state, "partial") == 0;
    if (rule == NULL || !is_over || record_count(step_end, "due") < 0 ||
        strlen(cutoff) >= AUDIT_CUTOFF)
        return;
    memcpy(rule->cutoff, cutoff, strlen(cutoff) + 1);
    rule->left = rows_left(step_end) + count(step_end, "held") + count(step_end, "blocked") +
                 count(step_end, "undecided") + count(step_end, "excluded");
}
