/* test_rotate.c - a log over several files, what is gone of it, and proofs of what is left. */
#include "audit/key.h"
#include "audit/prove.h"
#include "audit/rotate.h"
#include "logs.h"

static struct audit_key *key;
static struct note_key public;

static int set_up(void **state)
{
    char key_path[128];
    struct error err;
    make_directory(state);
    snprintf(key_path, sizeof key_path, "%s/key.pem", directory);
    if (audit_key_make(key_path, &err) != 0 || audit_key_read(key_path, &key, &err) != 0)
        return -1;
    audit_key_public(key, "test/demo", &public);
    return 0;
}

static int tear_down(void **state)
{
    audit_key_free(key);
    return remove_directory(state);
}

static void rotate(struct arena *arena, const char *expected)
{
    struct error err = {0};
    const char *file;
    if (audit_rotate(path, key, arena, &file, &err) != 0)
        fail_msg("%s; %s", err.message, err.detail);
    assert_string_equal(strrchr(file, '/') + 1, expected);
}

static void add_run(struct arena *arena, const char *run)
{
    struct audit_state state;
    struct error err;
    struct audit_log *log = open_log(arena, &state);
    assert_int_equal(audit_sign_with(log, key, &err), 0);
    begin_run(log, run);
    begin_step(log, "calls", "12 months");
    int64_t intent = intend(log, "calls", 2);
    APPEND(log, "commit", NUMBER("intent", intent), NUMBER("rows", 2));
    APPEND(log, "step_end", TEXT("rule", "calls"), TEXT("table", "public.calls"),
           TEXT("state", "done"), NUMBER("changed", 2));
    end_run(log, 2, 0);
    assert_int_equal(audit_write_head(log, &err), 0);
    audit_close(log);
}

/* Three files: records 0-7, 8-14, 15-21. */
static void write_files(struct arena *arena)
{
    char command[256];
    snprintf(command, sizeof command, "rm -f '%s'/demo.*", directory);
    assert_int_equal(system(command), 0);
    add_run(arena, "run-a");
    rotate(arena, "demo.000000000000.jsonl");
    add_run(arena, "run-b");
    rotate(arena, "demo.000000000008.jsonl");
    add_run(arena, "run-c");
}

static int check(struct arena *arena, struct audit_state *ret_state, struct error *err)
{
    const struct audit_trust trust = {&public, 1, NULL};
    *err = (struct error){0};
    return audit_verify_signed(path, &trust, arena, ret_state, err);
}

static void expect_good(struct arena *arena, struct audit_state *ret_state)
{
    struct error err;
    if (check(arena, ret_state, &err) != 0)
        fail_msg("%s; %s", err.message, err.detail);
    assert_int_equal(ret_state->signed_records, ret_state->records);
}

static void expect_bad(struct arena *arena, const char *words)
{
    struct audit_state state;
    struct error err;
    if (check(arena, &state, &err) == 0)
        fail_msg("not detected: %s", words);
    if (strstr(err.message, words) == NULL)
        fail_msg("expected \"%s\": %s", words, err.message);
    assert_int_equal(err.status, EXIT_AUDIT);
}

static void expect_proof(struct arena *arena, int64_t seq)
{
    struct buffer proof = {0};
    struct audit_proved proved;
    struct error err = {0};
    if (audit_prove_record(path, seq, arena, &proof, &err) != 0 ||
        audit_check_proof(&proof, NULL, &public, 1, arena, &proved, &err) != 0)
        fail_msg("record %d: %s", (int)seq, err.message);
    assert_int_equal(proved.seq, seq);
    char number[32];
    snprintf(number, sizeof number, "\"seq\":%d}", (int)seq);
    assert_non_null(strstr(proved.line, "\"seq\":"));
    buffer_free(&proof);
}

static void test_files(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct audit_state state;
    write_files(&arena);
    expect_good(&arena, &state);
    assert_int_equal(state.records, 22);
    assert_int_equal(state.runs, 3);
    assert_int_equal(state.committed_rows, 6);
    assert_int_equal(state.first_seq, 0);
    for (int64_t seq = 0; seq < 22; seq++)
        expect_proof(&arena, seq);
    arena_free(&arena);
}

static void prune(struct arena *arena, const char *before, size_t files, int64_t first)
{
    struct error err = {0};
    size_t dropped;
    int64_t first_seq;
    if (audit_prune(path, before, "36 months", key, arena, &dropped, &first_seq, &err) != 0)
        fail_msg("%s; %s", err.message, err.detail);
    assert_int_equal(dropped, files);
    assert_int_equal(first_seq, first);
}

static void test_prune(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct audit_state state;
    struct error err;
    struct buffer proof = {0};
    write_files(&arena);
    prune(&arena, "2020-01-01T00:00:00.000Z", 0, 0);
    expect_good(&arena, &state);
    assert_int_equal(state.records, 22);
    prune(&arena, "2999-01-01T00:00:00.000Z", 2, 15);
    expect_good(&arena, &state);
    assert_int_equal(state.records, 23);
    assert_int_equal(state.first_seq, 15);
    assert_int_equal(state.pruned_records, 15);
    assert_int_equal(state.runs, 1);
    for (int64_t seq = 15; seq < 23; seq++)
        expect_proof(&arena, seq);
    assert_int_equal(audit_prove_record(path, 14, &arena, &proof, &err), -1);
    assert_non_null(strstr(err.message, "was pruned"));
    add_run(&arena, "run-d");
    rotate(&arena, "demo.000000000015.jsonl");
    expect_good(&arena, &state);
    arena_free(&arena);
}

static bool has_policy(const char *name, const char *hash)
{
    char file[256];
    snprintf(file, sizeof file, "%s/%s.policy-%s.yaml", directory, name, hash);
    return access(file, F_OK) == 0;
}

static void keep_policy(const char *name, const char *hash)
{
    char command[512];
    snprintf(command, sizeof command, "touch '%s/%s.policy-%s.yaml'", directory, name, hash);
    assert_int_equal(system(command), 0);
    assert_true(has_policy(name, hash));
}

#define OF_BROKEN "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"

/* All runs name the same policy; a log that was set aside, in what is left of a line, another. */
static void test_prune_policies(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    write_files(&arena);
    keep_policy("demo", HASH_A);
    keep_policy("demo", HASH_B);
    keep_policy("demo2", HASH_B);
    keep_policy("demo", "note");
    keep_policy("demo", OF_BROKEN);
    char command[512];
    snprintf(command, sizeof command,
             "echo '{\"policy_sha256\":\"%s\",' >'%s/demo.broken-1Z.000000000000.jsonl'", OF_BROKEN,
             directory);
    assert_int_equal(system(command), 0);
    prune(&arena, "2999-01-01T00:00:00.000Z", 2, 15);
    assert_true(has_policy("demo", HASH_A));
    assert_false(has_policy("demo", HASH_B));
    assert_true(has_policy("demo", OF_BROKEN));
    assert_true(has_policy("demo2", HASH_B));
    assert_true(has_policy("demo", "note"));
    arena_free(&arena);
}

#ifdef PGRETAIN_FAULTS
/* In a process of its own, which may be killed. False where the fault did not come about. */
static bool prune_with(const char *fault)
{
    char mark[256];
    int status;
    snprintf(mark, sizeof mark, "%s/mark", directory);
    unlink(mark);
    pid_t child = fork();
    if (child == 0) {
        struct arena arena = {0};
        struct error err;
        size_t dropped;
        int64_t first;
        setenv("PGRETAIN_FAULT", fault, 1);
        setenv("PGRETAIN_FAULT_MARK", mark, 1);
        _exit(audit_prune(path, "2999-01-01T00:00:00.000Z", "36 months", key, &arena, &dropped,
                          &first, &err) != 0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return access(mark, F_OK) == 0;
}

/* A run settles a record that was cut short. Then what is left to be pruned can be. */
static void test_prune_faults(void **unused)
{
    (void)unused;
    static const char *const places[] = {"prune:1", "prune:2",        "prune:3",       "keep:1",
                                         "head:1",  "head-written:1", "head-written:2"};
    static const char *const kinds[] = {"kill", "power", "error", "enospc", "short", "tear", "eio"};
    int broken = 0;
    for (size_t i = 0; i < sizeof places / sizeof *places * 7; i++) {
        struct arena arena = {0};
        struct audit_state state;
        char fault[64];
        snprintf(fault, sizeof fault, "%s:%s", places[i / 7], kinds[i % 7]);
        write_files(&arena);
        keep_policy("demo", HASH_B);
        broken += prune_with(fault);
        struct audit_log *log = open_log(&arena, &state);
        if (state.torn) {
            audit_set_run(log, "run-d");
            APPEND(log, "recovered", TEXT("outcome", "torn"), NUMBER("rows", 0),
                   TEXT("cause", "torn"));
        }
        audit_close(log);
        add_run(&arena, "run-d");
        struct error err = {0};
        size_t dropped;
        int64_t first;
        if (audit_prune(path, "2999-01-01T00:00:00.000Z", "36 months", key, &arena, &dropped,
                        &first, &err) != 0)
            fail_msg("%s: %s; %s", fault, err.message, err.detail);
        assert_int_equal(first, 15);
        assert_false(has_policy("demo", HASH_B));
        expect_good(&arena, &state);
        assert_int_equal(state.first_seq, 15);
        assert_int_equal(state.runs, 2);
        arena_free(&arena);
    }
    assert_in_range(broken, 30, 49);
}
#endif

/* What the tree was before the first file left cannot be made up: every later head depends on it.
 */
static void test_forged_start(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct log_text text;
    write_files(&arena);
    prune(&arena, "2999-01-01T00:00:00.000Z", 2, 15);
    load(&text, &arena);
    char *line = arena_strdup(&arena, text.line[0]);
    char *tree = strstr(line, "\"tree\":\"") + strlen("\"tree\":\"");
    *tree = *tree == '0' ? '1' : '0';
    text.line[0] = line;
    store(&text);
    expect_bad(&arena, "demo.jsonl:1: ");
    for (size_t i = 1; i < text.count; i++) {
        char hash[SHA256_HEX];
        char *next = arena_strdup(&arena, text.line[i]);
        sha256_hex(text.line[i - 1], strlen(text.line[i - 1]), hash);
        memcpy(strstr(next, "\"prev\":\"") + strlen("\"prev\":\""), hash, SHA256_HEX - 1);
        text.line[i] = next;
    }
    store(&text);
    expect_bad(&arena, "were written anew");
    arena_free(&arena);
}

static void test_missing_files(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    char first[160], second[160], away[160];
    write_files(&arena);
    snprintf(first, sizeof first, "%s/demo.000000000000.jsonl", directory);
    snprintf(second, sizeof second, "%s/demo.000000000008.jsonl", directory);
    snprintf(away, sizeof away, "%s/away", directory);
    rename(first, away);
    expect_bad(&arena, "records 0 to 7 are missing, and were not pruned");
    rename(away, first);
    rename(second, away);
    expect_bad(&arena, "demo.jsonl:1: records 8 to 14 are missing");
    rename(away, second);
    rename(first, away);
    rename(second, first);
    rename(away, second);
    expect_bad(&arena, "demo.");
    rename(second, away);
    rename(first, second);
    rename(away, first);
    unlink(path);
    struct audit_state state;
    struct audit_log *log;
    struct error err;
    assert_int_equal(audit_open(path, "test/demo", &arena, &log, &state, &err), -1);
    assert_non_null(strstr(err.message, "demo.jsonl:1: records 15 to 15 were cut off"));
    arena_free(&arena);
}

/* A crash after the current file was renamed: the next writer begins the file that is missing. */
static void test_half_rotated(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct audit_state state;
    char third[160];
    write_files(&arena);
    snprintf(third, sizeof third, "%s/demo.000000000015.jsonl", directory);
    assert_int_equal(rename(path, third), 0);
    add_run(&arena, "run-d");
    expect_good(&arena, &state);
    assert_int_equal(state.records, 29);
    assert_int_equal(state.runs, 4);
    arena_free(&arena);
}

static void test_refused(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct audit_state state;
    struct error err;
    const char *file;
    write_files(&arena);
    assert_int_equal(audit_rotate_broken(path, "why", key, &arena, &file, &err), -1);
    assert_int_equal(err.status, EXIT_REFUSED);
    struct audit_log *log = open_log(&arena, &state);
    assert_int_equal(audit_rotate(path, key, &arena, &file, &err), -1);
    assert_int_equal(err.status, EXIT_LOCKED);
    begin_run(log, "run-d");
    begin_step(log, "calls", "12 months");
    intend(log, "calls", 3);
    audit_close(log);
    assert_int_equal(audit_rotate(path, key, &arena, &file, &err), -1);
    assert_int_equal(err.status, EXIT_REFUSED);
    assert_non_null(strstr(err.message, "interrupted"));
    unlink(path);
    assert_int_equal(audit_rotate(path, key, &arena, &file, &err), -1);
    assert_int_equal(err.status, EXIT_AUDIT);
    arena_free(&arena);
}

static void test_broken(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct log_text text;
    struct audit_state state;
    struct error err = {0};
    const char *file;
    write_files(&arena);
    load(&text, &arena);
    edit(&text, 4, "calls", "cells");
    store(&text);
    if (audit_rotate_broken(path, "a disk failed", key, &arena, &file, &err) != 0)
        fail_msg("%s", err.message);
    assert_non_null(strstr(file, "/demo.broken-2"));
    assert_int_equal(audit_verify(path, &arena, &state, &err), 0);
    assert_int_equal(state.records, 2);
    assert_int_equal(strncmp(state.origin, "test/demo/2", 11), 0);
    assert_int_equal(audit_verify(file, &arena, &state, &err), -1);
    assert_non_null(strstr(err.message, ".jsonl:4: "));
    load(&text, &arena);
    assert_non_null(strstr(text.line[0], "\"broken_seq\":17"));
    assert_non_null(strstr(text.line[0], "\"reason\":\"a disk failed\""));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#ifdef PGRETAIN_FAULTS
        cmocka_unit_test(test_prune_faults),
#endif
        cmocka_unit_test(test_files),          cmocka_unit_test(test_prune),
        cmocka_unit_test(test_prune_policies), cmocka_unit_test(test_forged_start),
        cmocka_unit_test(test_missing_files),  cmocka_unit_test(test_half_rotated),
        cmocka_unit_test(test_refused),        cmocka_unit_test(test_broken),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
