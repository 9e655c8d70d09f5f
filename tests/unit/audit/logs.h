/*
 * logs.h - a log of three runs to damage, as an array of lines
 */
#ifndef TEST_LOGS_H
#define TEST_LOGS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "audit/audit.h"
#include "base/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define TEXT(k, v)                                                                                 \
    {                                                                                              \
        .key = (k), .text = (v)                                                                    \
    }
#define NUMBER(k, v)                                                                               \
    {                                                                                              \
        .key = (k), .number = (v)                                                                  \
    }
#define APPEND(log, kind, ...)                                                                     \
    append((log), (kind), (const struct audit_field[]){__VA_ARGS__},                               \
           sizeof((const struct audit_field[]){__VA_ARGS__}) / sizeof(struct audit_field))

/* What every run_begin has. */
#define RUN_FIELDS                                                                                 \
    TEXT("policy", "demo"), TEXT("policy_sha256", HASH_A), TEXT("digest", HASH_B),                 \
        TEXT("as_of", "2026-11-23T03:00:00Z"), TEXT("tool", "0.1.0"),                              \
        TEXT("system_identifier", "7412345678901234567"), NUMBER("timeline", 1),                   \
        TEXT("database", "demo \"db\"\t\xc3\xa9"), TEXT("role", "retain"), TEXT("os_user", "ops"), \
        TEXT("host", "db1"), TEXT("approval", "typed")

#define HASH_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define HASH_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

enum { LOG_LINES = 64 };

/* Lines without newlines; `complete` is whether the last one gets one. */
struct log_text {
    struct arena *arena; /* the test's; copies of the value share it */
    const char *line[LOG_LINES];
    size_t count;
    bool complete;
};

static char directory[64];
static char path[128];

static inline int make_directory(void **state)
{
    (void)state;
    strcpy(directory, "/tmp/pgretain-audit-XXXXXX");
    assert_non_null(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/demo.jsonl", directory);
    return 0;
}

static inline int remove_directory(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", directory);
    return system(command);
}

static inline int64_t append(struct audit_log *log, const char *kind,
                             const struct audit_field *fields, size_t count)
{
    struct error err = {0};
    int64_t seq = -1;
    if (audit_append(log, kind, fields, count, &seq, &err) != 0)
        fail_msg("%s: %s: %s", kind, err.message, err.detail);
    return seq;
}

static inline struct audit_log *open_log(struct arena *arena, struct audit_state *state)
{
    struct error err = {0};
    struct audit_log *log = NULL;
    if (audit_open(path, "test/demo", arena, &log, state, &err) != 0)
        fail_msg("%s: %s", err.message, err.detail);
    return log;
}

static inline void begin_run(struct audit_log *log, const char *run)
{
    audit_set_run(log, run);
    APPEND(log, "run_begin", RUN_FIELDS);
}

static inline void begin_step(struct audit_log *log, const char *rule, const char *window)
{
    APPEND(log, "step_begin", TEXT("rule", rule), TEXT("rule_digest", HASH_A),
           TEXT("table", "public.calls"), TEXT("category", "telephony"), TEXT("action", "purge"),
           TEXT("strategy", "block ranges"), TEXT("window", window),
           TEXT("cutoff", "2025-11-23T03:00:00Z"));
}

static inline int64_t intend(struct audit_log *log, const char *rule, int64_t rows)
{
    return APPEND(log, "intent", TEXT("rule", rule), TEXT("table", "public.calls"),
                  NUMBER("lane", 0), TEXT("xid", "18446744073709551615"), NUMBER("rows", rows),
                  TEXT("range", "(0,0)-(512,0)"));
}

static inline void end_run(struct audit_log *log, int64_t changed, int64_t cascaded)
{
    APPEND(log, "run_end", TEXT("state", "done"), NUMBER("changed", changed),
           NUMBER("cascaded", cascaded));
}

/* Lines 1-12: a whole run. Changed 5, cascaded 2. */
static inline void write_first_run(struct audit_log *log)
{
    begin_run(log, "run-a");
    begin_step(log, "calls", "12 months");
    int64_t intent = APPEND(log, "intent", TEXT("rule", "calls"), TEXT("table", "public.calls"),
                            NUMBER("lane", 0), TEXT("xid", "701"), NUMBER("rows", 5),
                            NUMBER("cascaded", 2), TEXT("range", "(0,0)-(512,0)"));
    APPEND(log, "commit", NUMBER("intent", intent), NUMBER("rows", 5));
    APPEND(log, "cascade", TEXT("rule", "calls"), TEXT("table", "public.notes"), NUMBER("rows", 2),
           NUMBER("intent", intent));
    intent = intend(log, "calls", 4);
    APPEND(log, "abort", NUMBER("intent", intent), NUMBER("rows", 0), TEXT("sqlstate", "40001"));
    APPEND(log, "step_end", TEXT("rule", "calls"), TEXT("table", "public.calls"),
           TEXT("state", "partial"), NUMBER("due", 9), NUMBER("changed", 5), NUMBER("cascaded", 2),
           NUMBER("held", 0), NUMBER("left", 4), TEXT("sqlstate", "40001"));
    APPEND(log, "finding", TEXT("code", "no-clock-index"), TEXT("severity", "warning"),
           TEXT("rule", "calls"));
    APPEND(log, "step_end", TEXT("rule", "users"), TEXT("table", "public.users"),
           TEXT("state", "refused"));
    end_run(log, 5, 2);
}

/* Lines 13-15: a run that was killed; 16-25: one that recovers. Changed 3 + 7 + 1, cascaded 1. */
static inline void write_second_and_third_run(struct audit_log *log)
{
    begin_run(log, "run-b");
    begin_step(log, "calls", "12 months");
    int64_t left = intend(log, "calls", 3);
    begin_run(log, "run-c");
    APPEND(log, "recovered", NUMBER("intent", left), TEXT("outcome", "committed"),
           NUMBER("rows", 3), TEXT("cause", "crash"));
    begin_step(log, "calls", "6 months");
    int64_t intent = intend(log, "calls", 7);
    APPEND(log, "cascade", TEXT("rule", "calls"), TEXT("table", "public.notes"), NUMBER("rows", 1),
           NUMBER("intent", intent));
    APPEND(log, "commit", NUMBER("intent", intent), NUMBER("rows", 7));
    intent = intend(log, "calls", 1);
    APPEND(log, "recovered", NUMBER("intent", intent), TEXT("outcome", "committed"),
           NUMBER("rows", 1), TEXT("cause", "connection lost"));
    APPEND(log, "step_end", TEXT("rule", "calls"), TEXT("table", "public.calls"),
           TEXT("state", "done"), NUMBER("changed", 8), NUMBER("cascaded", 1));
    end_run(log, 8, 1);
}

static inline char *read_bytes(struct arena *arena, const char *file, size_t *ret_length)
{
    FILE *in = fopen(file, "rb");
    assert_non_null(in);
    char *bytes = arena_alloc(arena, 1 << 20);
    *ret_length = fread(bytes, 1, (1 << 20) - 1, in);
    fclose(in);
    return bytes;
}

static inline void write_bytes(const char *file, const char *bytes, size_t length)
{
    unlink(file);
    FILE *out = fopen(file, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes, 1, length, out), length);
    fclose(out);
    chmod(file, 0600);
}

static inline void load(struct log_text *text, struct arena *arena)
{
    size_t length;
    *text = (struct log_text){.arena = arena, .complete = true};
    char *bytes = read_bytes(arena, path, &length);
    char *next;
    for (char *line = bytes; (next = strchr(line, '\n')) != NULL; line = next + 1) {
        assert_true(text->count < LOG_LINES);
        *next = '\0';
        text->line[text->count++] = line;
    }
}

static inline void store(const struct log_text *text)
{
    struct buffer bytes = {0};
    for (size_t i = 0; i < text->count; i++) {
        buffer_add(&bytes, text->line[i]);
        if (i + 1 < text->count || text->complete)
            buffer_add(&bytes, "\n");
    }
    write_bytes(path, buffer_text(&bytes), bytes.length);
    buffer_free(&bytes);
}

/* Replaces the first `from` on the line, counted from 1. */
static inline void edit(struct log_text *text, size_t number, const char *from, const char *to)
{
    const char *line = text->line[number - 1];
    const char *found = strstr(line, from);
    if (found == NULL)
        fail_msg("line %zu has no %s: %s", number, from, line);
    text->line[number - 1] =
        arena_printf(text->arena, "%.*s%s%s", (int)(found - line), line, to, found + strlen(from));
}

/* Makes the chain and the numbers right again, as a forger would, from the line on. */
static inline void forge(struct log_text *text, size_t number)
{
    for (size_t i = number - 1; i < text->count; i++) {
        char hash[SHA256_HEX] = "0000000000000000000000000000000000000000000000000000000000000000";
        if (i > 0)
            sha256_hex(text->line[i - 1], strlen(text->line[i - 1]), hash);
        char *line = arena_strdup(text->arena, text->line[i]);
        char *prev = strstr(line, "\"prev\":\"");
        char *seq = strstr(line, "\"seq\":");
        if (prev == NULL || seq == NULL)
            continue;
        memcpy(prev + strlen("\"prev\":\""), hash, SHA256_HEX - 1);
        char *behind = seq + strlen("\"seq\":");
        while (*behind >= '0' && *behind <= '9')
            behind++;
        text->line[i] =
            arena_printf(text->arena, "%.*s\"seq\":%zu%s", (int)(seq - line), line, i, behind);
    }
}

/* The same bytes every time: all records have one instant. */
static inline void write_sample(void)
{
    struct arena arena = {0};
    struct audit_state state;
    struct log_text text;
    struct audit_log *log = open_log(&arena, &state);
    write_first_run(log);
    write_second_and_third_run(log);
    audit_close(log);
    load(&text, &arena);
    for (size_t i = 0; i < text.count; i++) {
        char *line = arena_strdup(&arena, text.line[i]);
        memcpy(strstr(line, "\"at\":\"") + strlen("\"at\":\""), "2026-11-23T03:00:00.000", 23);
        text.line[i] = line;
    }
    forge(&text, 1);
    store(&text);
    arena_free(&arena);
}

static inline void remove_line(struct log_text *text, size_t number)
{
    memmove(&text->line[number - 1], &text->line[number],
            (text->count - number) * sizeof text->line[0]);
    text->count--;
}

static inline void insert_line(struct log_text *text, size_t number, const char *line)
{
    assert_true(text->count < LOG_LINES);
    memmove(&text->line[number], &text->line[number - 1],
            (text->count - number + 1) * sizeof text->line[0]);
    text->line[number - 1] = line;
    text->count++;
}

static inline int verify(struct audit_state *ret_state, struct arena *arena, struct error *err)
{
    *err = (struct error){0};
    return audit_verify(path, arena, ret_state, err);
}

/* Stores the text; it must fail on that line with these words, for the reader and the writer. */
static inline void expect_damage(const char *name, const struct log_text *text, size_t number,
                                 const char *words)
{
    struct arena arena = {0};
    struct audit_state state;
    struct error err;
    struct audit_log *log;
    char place[160];
    store(text);
    if (verify(&state, &arena, &err) == 0)
        fail_msg("%s: not detected", name);
    snprintf(place, sizeof place, "%s:%zu: ", path, number);
    if (strstr(err.message, place) == NULL)
        fail_msg("%s: expected line %zu: %s", name, number, err.message);
    if (strstr(err.message, words) == NULL && strstr(err.detail, words) == NULL)
        fail_msg("%s: expected \"%s\": %s; %s", name, words, err.message, err.detail);
    assert_int_equal(err.status, EXIT_AUDIT);
    assert_int_equal(audit_open(path, "test/demo", &arena, &log, &state, &err), -1);
    assert_int_equal(err.status, EXIT_AUDIT);
    arena_free(&arena);
}

static inline void expect_intact(const char *name, const struct log_text *text)
{
    struct arena arena = {0};
    struct audit_state state;
    struct error err;
    store(text);
    if (verify(&state, &arena, &err) != 0)
        fail_msg("%s: %s; %s", name, err.message, err.detail);
    arena_free(&arena);
}

#endif
