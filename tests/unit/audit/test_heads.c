/* test_heads.c - what the chain alone cannot show: cuts, rewriting, forgery, and spoilt heads. */
#include "audit/key.h"
#include "logs.h"

static char heads_path[128], key_path[128], kept_path[128];
static struct audit_key *key, *other_key;

static void make_key(const char *name, struct audit_key **ret_key)
{
    struct error err;
    snprintf(key_path, sizeof key_path, "%s/%s.pem", directory, name);
    assert_int_equal(audit_key_make(key_path, &err), 0);
    assert_int_equal(audit_key_read(key_path, ret_key, &err), 0);
}

static int set_up(void **state)
{
    make_directory(state);
    snprintf(heads_path, sizeof heads_path, "%s/demo.checkpoint", directory);
    snprintf(kept_path, sizeof kept_path, "%s/kept", directory);
    make_key("good", &key);
    make_key("other", &other_key);
    return 0;
}

static int tear_down(void **state)
{
    audit_key_free(key);
    audit_key_free(other_key);
    return remove_directory(state);
}

static void write_head(struct audit_log *log)
{
    struct error err;
    if (audit_write_head(log, &err) != 0)
        fail_msg("%s", err.message);
}

/* Lines 1-13 and their head, 14-26 and theirs, and two lines that no head covers. */
static void write_log(const struct audit_key *with)
{
    struct arena arena = {0};
    struct audit_state state;
    struct error err;
    unlink(path);
    unlink(heads_path);
    struct audit_log *log = open_log(&arena, &state);
    if (with != NULL)
        assert_int_equal(audit_sign_with(log, with, &err), 0);
    write_first_run(log);
    write_head(log);
    write_second_and_third_run(log);
    write_head(log);
    write_head(log);
    begin_run(log, "run-d");
    end_run(log, 0, 0);
    audit_close(log);
    arena_free(&arena);
}

/* 0, or -1 with `err`; the number of records that are signed. */
static int verify_with(const struct audit_key *with, const char *kept, int64_t *ret_signed,
                       struct error *err)
{
    struct arena arena = {0};
    struct audit_state state;
    struct note_key public;
    if (with != NULL)
        audit_key_public(with, "test/demo", &public);
    const struct audit_trust trust = {&public, with == NULL ? 0 : 1, kept};
    *err = (struct error){0};
    int result = audit_verify_signed(path, &trust, &arena, &state, err);
    if (result == 0)
        *ret_signed = state.signed_records;
    arena_free(&arena);
    return result;
}

static void expect_bad(const char *name, const struct audit_key *with, const char *kept,
                       const char *words)
{
    struct error err;
    int64_t records;
    if (verify_with(with, kept, &records, &err) == 0)
        fail_msg("%s: not detected", name);
    if (strstr(err.message, words) == NULL)
        fail_msg("%s: expected \"%s\": %s", name, words, err.message);
    assert_int_equal(err.status, EXIT_AUDIT);
}

static void expect_signed(const char *name, const struct audit_key *with, int64_t expected)
{
    struct error err;
    int64_t records;
    if (verify_with(with, NULL, &records, &err) != 0)
        fail_msg("%s: %s; %s", name, err.message, err.detail);
    assert_int_equal(records, expected);
}

static void test_good(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    size_t length;
    write_log(key);
    expect_signed("good", key, 26);
    expect_signed("signatures are not checked", NULL, 0);
    const char *heads = read_bytes(&arena, heads_path, &length);
    assert_memory_equal(heads, "test/demo\n13\n", 13);
    assert_non_null(strstr(heads, "\n\n" NOTE_DASH "test/demo "));
    write_log(NULL);
    expect_signed("without a key", key, 0);
    assert_null(strstr(read_bytes(&arena, heads_path, &length), NOTE_DASH));
    arena_free(&arena);
}

static void test_log_against_heads(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct log_text good, text;
    char words[200];
    write_log(key);
    load(&good, &arena);

    text = good;
    edit(&text, 11, "no-clock-index", "no-cluck-index");
    forge(&text, 12);
    store(&text);
    snprintf(words, sizeof words, "%s:1: records 0 to 12 were written anew", path);
    expect_bad("rewritten below the first head", NULL, NULL, words);

    text = good;
    edit(&text, 17, "\"role\":\"retain\"", "\"role\":\"nobody\"");
    forge(&text, 18);
    store(&text);
    snprintf(words, sizeof words, "%s:14: records 13 to 25 were written anew", path);
    expect_bad("rewritten below the second head", NULL, NULL, words);

    for (size_t cut = 1; cut < good.count; cut++) {
        text = good;
        text.count = cut;
        store(&text);
        if (cut >= 26) {
            expect_signed("cut behind the last head", key, 26);
            continue;
        }
        snprintf(words, sizeof words, "%s:%zu: records %zu to %d were cut off", path, cut + 1, cut,
                 cut < 13 ? 12 : 25);
        expect_bad("cut below a head", key, NULL, words);
    }

    text = good;
    text.count = 26;
    text.line[25] = text.line[24];
    store(&text);
    expect_bad("last line below the head is a copy", key, NULL, "copy of the line before");
    arena_free(&arena);
}

/* The writer reads the heads, too, before it signs anything that does not follow from them. */
static void test_writer_refuses(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct log_text text;
    struct audit_log *log;
    struct audit_state state;
    struct error err;
    write_log(key);
    load(&text, &arena);
    text.count = 20;
    store(&text);
    assert_int_equal(audit_open(path, "test/demo", &arena, &log, &state, &err), -1);
    assert_non_null(strstr(err.message, "were cut off"));
    write_log(key);
    load(&text, &arena);
    edit(&text, 11, "no-clock-index", "no-cluck-index");
    forge(&text, 12);
    store(&text);
    assert_int_equal(audit_open(path, "test/demo", &arena, &log, &state, &err), -1);
    assert_non_null(strstr(err.message, "written anew"));
    unlink(path);
    assert_int_equal(audit_open(path, "test/demo", &arena, &log, &state, &err), -1);
    assert_non_null(strstr(err.message, "is empty, but"));
    arena_free(&arena);
}

static void test_forged(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    size_t length;
    write_log(other_key);
    expect_bad("signed with another key", key, NULL, "signed with a key that was not given");
    write_log(key);
    char *heads = read_bytes(&arena, heads_path, &length);
    write_bytes(kept_path, heads, length);
    expect_bad("no key", other_key, NULL, "signed with a key that was not given");
    /* a key that leaked: all is written again and signed; only a head kept elsewhere can tell */
    write_log(key);
    struct log_text text;
    load(&text, &arena);
    assert_int_equal(text.count, 28);
    expect_signed("forged with the key", key, 26);
    expect_bad("forged with the key, a head was kept", key, kept_path, "were written anew");
    write_bytes(kept_path, "", 0);
    int64_t records;
    struct error err;
    assert_int_equal(verify_with(key, kept_path, &records, &err), 0);
    unlink(kept_path);
    assert_int_equal(verify_with(key, kept_path, &records, &err), -1);
    arena_free(&arena);
}

/* Each byte of the heads, changed in one bit. */
static void test_flips_in_heads(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    size_t length;
    write_log(key);
    char *heads = read_bytes(&arena, heads_path, &length);
    for (size_t i = 0; i < length; i++) {
        heads[i] ^= (char)(1 << (i % 7));
        write_bytes(heads_path, heads, length);
        struct error err;
        int64_t records = 26;
        if (verify_with(key, NULL, &records, &err) == 0 && records == 26)
            fail_msg("byte %zu: not detected", i);
        heads[i] ^= (char)(1 << (i % 7));
    }
    arena_free(&arena);
}

/* A thousand places in the lines that a head covers, each with one byte changed. */
static void test_flips_in_log(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    size_t length;
    unsigned random = 1;
    write_log(key);
    char *bytes = read_bytes(&arena, path, &length);
    size_t covered = 0;
    for (size_t line = 0; line < 26; covered++)
        line += bytes[covered] == '\n';
    for (int i = 0; i < 1000; i++) {
        random = random * 1103515245 + 12345;
        size_t at = (random >> 8) % covered;
        char was = bytes[at];
        bytes[at] = (char)((unsigned char)was ^ (1 + (random >> 3) % 255));
        write_bytes(path, bytes, length);
        struct error err;
        int64_t records;
        if (verify_with(i % 2 == 0 ? key : NULL, NULL, &records, &err) == 0)
            fail_msg("byte %zu: not detected", at);
        bytes[at] = was;
    }
    arena_free(&arena);
}

static void test_spoilt_heads(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    size_t length;
    write_log(key);
    char *heads = read_bytes(&arena, heads_path, &length);
    size_t half = length / 2;
    char *swapped = arena_printf(&arena, "%s%.*s", heads + half, (int)half, heads);
    write_bytes(heads_path, swapped, length);
    expect_bad("swapped", key, NULL, ":6: head of fewer records");
    write_bytes(heads_path, heads, half);
    expect_signed("the newest is gone", key, 13);
    write_bytes(heads_path, heads + half, length - half);
    expect_signed("the oldest is gone", key, 26);
    char *twice = arena_printf(&arena, "%s%s", heads, heads + half);
    write_bytes(heads_path, twice, strlen(twice));
    expect_signed("one twice", key, 26);
    char *foreign = arena_printf(&arena, "%sother/demo\n28\n", heads);
    write_bytes(heads_path, foreign, strlen(foreign));
    expect_bad("another log's", key, NULL, ":11: line is not part of a head of this log");
    unlink(heads_path);
    expect_signed("no heads at all", key, 0);
    arena_free(&arena);
}

/* Cut at each byte: what is left of a head is passed over, and the next writer mends the file. */
static void test_torn_heads(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    size_t length, log_length;
    write_log(key);
    char *heads = read_bytes(&arena, heads_path, &length);
    char *bytes = read_bytes(&arena, path, &log_length);
    for (size_t cut = length / 2; cut < length; cut++) {
        struct audit_state state;
        struct error err;
        write_bytes(heads_path, heads, cut);
        write_bytes(path, bytes, log_length);
        expect_signed("torn", key, 13);
        struct audit_log *log = open_log(&arena, &state);
        assert_int_equal(audit_sign_with(log, key, &err), 0);
        begin_run(log, "run-e");
        end_run(log, 0, 0);
        write_head(log);
        audit_close(log);
        expect_signed("mended", key, 30);
    }
    arena_free(&arena);
}

static void test_key_rotation(void **unused)
{
    (void)unused;
    struct arena arena = {0};
    struct audit_state state;
    struct error err;
    struct note_key keys[2];
    write_log(key);
    struct audit_log *log = open_log(&arena, &state);
    assert_int_equal(audit_sign_with(log, other_key, &err), 0);
    write_head(log);
    audit_close(log);
    expect_bad("new key alone", other_key, NULL, "signed with a key that was not given");
    expect_bad("old key alone", key, NULL, "signed with a key that was not given");
    audit_key_public(key, "test/demo", &keys[0]);
    audit_key_public(other_key, "test/demo", &keys[1]);
    const struct audit_trust trust = {keys, 2, NULL};
    assert_int_equal(audit_verify_signed(path, &trust, &arena, &state, &err), 0);
    assert_int_equal(state.signed_records, 29);
    assert_int_equal(state.heads, 3);
    struct buffer vkey = {0};
    note_key_add(&keys[1], &vkey);
    assert_string_equal(state.key, buffer_text(&vkey));
    buffer_free(&vkey);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),           cmocka_unit_test(test_log_against_heads),
        cmocka_unit_test(test_writer_refuses), cmocka_unit_test(test_forged),
        cmocka_unit_test(test_flips_in_heads), cmocka_unit_test(test_flips_in_log),
        cmocka_unit_test(test_spoilt_heads),   cmocka_unit_test(test_torn_heads),
        cmocka_unit_test(test_key_rotation),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
