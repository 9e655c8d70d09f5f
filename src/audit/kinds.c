/* kinds.c - the table of record kinds. A new kind is a new row. */
#include "audit/kinds.h"

#include "audit/history.h"

#include <string.h>

static const char *const actions[] = {"purge", "anonymise", "pseudonymise", "summarise", NULL};
static const char *const approvals[] = {"typed", "yes", "expect", "accept-new", "none", NULL};
static const char *const outcomes[] = {"committed", "aborted", "unknown", "torn", NULL};
static const char *const run_states[] = {"done", "stopped", "failed", "refused", NULL};
static const char *const severities[] = {"error", "warning", "note", NULL};
static const char *const step_states[] = {"done", "partial", "skipped", "refused", "failed", NULL};
static const char *const strategies[] = {"partition", "block ranges", "clock slices", NULL};

#define TEXT(key)                                                                                  \
    {                                                                                              \
        key, FIELD_TEXT, true, NULL                                                                \
    }
#define COUNT(key)                                                                                 \
    {                                                                                              \
        key, FIELD_COUNT, true, NULL                                                               \
    }
#define DECIMAL(key)                                                                               \
    {                                                                                              \
        key, FIELD_DECIMAL, true, NULL                                                             \
    }
#define SHA256(key)                                                                                \
    {                                                                                              \
        key, FIELD_SHA256, true, NULL                                                              \
    }
#define CHOICE(key, choices)                                                                       \
    {                                                                                              \
        key, FIELD_CHOICE, true, choices                                                           \
    }
#define MAYBE_TEXT(key)                                                                            \
    {                                                                                              \
        key, FIELD_TEXT, false, NULL                                                               \
    }
#define MAYBE_COUNT(key)                                                                           \
    {                                                                                              \
        key, FIELD_COUNT, false, NULL                                                              \
    }
#define MAYBE_SHA256(key)                                                                          \
    {                                                                                              \
        key, FIELD_SHA256, false, NULL                                                             \
    }
#define MAYBE_SQLSTATE                                                                             \
    {                                                                                              \
        "sqlstate", FIELD_SQLSTATE, false, NULL                                                    \
    }

/* clang-format off */
static const struct kind kinds[] = {
    {"log_begin", history_log_begin,
     {TEXT("origin"), TEXT("tool"), MAYBE_TEXT("tree"), MAYBE_TEXT("broken_origin"),
      MAYBE_COUNT("broken_seq"), MAYBE_SHA256("broken_head"), MAYBE_TEXT("reason")}},
    {"key", history_key, {TEXT("key")}},
    {"anchor", NULL, {TEXT("url"), COUNT("records"), SHA256("token")}},
    {"prune", history_prune, {COUNT("records"), TEXT("keep")}},
    {"run_begin", history_run_begin,
     {TEXT("policy"), SHA256("policy_sha256"), SHA256("digest"), TEXT("as_of"), TEXT("tool"),
      DECIMAL("system_identifier"), COUNT("timeline"), TEXT("database"), TEXT("role"),
      TEXT("os_user"), TEXT("host"), MAYBE_TEXT("reason"), MAYBE_TEXT("cluster_reason"),
      CHOICE("approval", approvals), MAYBE_TEXT("approved_by"), MAYBE_COUNT("left_out")}},
    {"step_begin", history_step_begin,
     {TEXT("rule"), SHA256("rule_digest"), TEXT("table"), TEXT("category"),
      CHOICE("action", actions), CHOICE("strategy", strategies), TEXT("window"), TEXT("cutoff")}},
    {"intent", history_intent,
     {TEXT("rule"), TEXT("table"), COUNT("lane"), DECIMAL("xid"), COUNT("rows"),
      MAYBE_COUNT("cascaded"), TEXT("range"), MAYBE_COUNT("wal_position")}},
    {"commit", history_commit, {COUNT("intent"), COUNT("rows")}},
    {"abort", history_abort, {COUNT("intent"), COUNT("rows"), MAYBE_SQLSTATE}},
    {"cascade", history_cascade, {TEXT("rule"), TEXT("table"), COUNT("rows"), COUNT("intent")}},
    {"detach", history_detach,
     {TEXT("rule"), TEXT("partition"), TEXT("parent"), TEXT("bound")}},
    {"attach", history_attach, {TEXT("rule"), TEXT("partition")}},
    {"gone", history_attach, {TEXT("rule"), TEXT("partition")}},
    {"step_end", history_step_end,
     {TEXT("rule"), TEXT("table"), CHOICE("state", step_states), MAYBE_COUNT("due"),
      MAYBE_COUNT("changed"), MAYBE_COUNT("cascaded"), MAYBE_COUNT("held"), MAYBE_COUNT("blocked"),
      MAYBE_COUNT("undecided"), MAYBE_COUNT("excluded"), MAYBE_COUNT("undated"),
      MAYBE_COUNT("future"), MAYBE_COUNT("locked"), MAYBE_COUNT("left"), MAYBE_SQLSTATE,
      MAYBE_COUNT("throttled_ms"), MAYBE_TEXT("throttle")}},
    {"finding", NULL,
     {TEXT("code"), CHOICE("severity", severities), MAYBE_TEXT("rule"), MAYBE_TEXT("table"),
      MAYBE_COUNT("rows")}},
    {"recovered", history_recovered,
     {MAYBE_COUNT("intent"), CHOICE("outcome", outcomes), COUNT("rows"), TEXT("cause")}},
    {"run_end", history_run_end,
     {CHOICE("state", run_states), COUNT("changed"), COUNT("cascaded")}},
};
/* clang-format on */

const struct kind *kind_find(const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    return NULL;
}

bool kind_is_about_log(const struct kind *kind)
{
    static const char *const names[] = {"log_begin", "key", "anchor", "prune"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(kind->name, names[i]) == 0)
            return true;
    return false;
}

static bool is_decimal(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && length <= 20 && strspn(text, "0123456789") == length &&
           (text[0] != '0' || length == 1);
}

bool field_text_fits(const struct field_rule *rule, const char *text)
{
    switch (rule->type) {
    case FIELD_TEXT:
        return true;
    case FIELD_COUNT:
        return false;
    case FIELD_DECIMAL:
        return is_decimal(text);
    case FIELD_SHA256:
        return strlen(text) == 64 && strspn(text, "0123456789abcdef") == 64;
    case FIELD_SQLSTATE:
        return strlen(text) == 5 && strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 5;
    case FIELD_CHOICE:
        for (const char *const *choice = rule->choices; *choice != NULL; choice++)
            if (strcmp(*choice, text) == 0)
                return true;
        return false;
    }
    return false;
}
