/* test_damage.c - every way to spoil a log is found, on the right line and in its own words. */
#include "logs.h"

/* Line numbers of the sample; see logs.h. */
enum {
    LINE_LOG_BEGIN = 1,
    LINE_RUN_A = 2,
    LINE_STEP_A = 3,
    LINE_INTENT_A = 4,
    LINE_COMMIT_A = 5,
    LINE_CASCADE_A = 6,
    LINE_ABORT_A = 8,
    LINE_STEP_END_A = 9,
    LINE_FINDING_A = 10,
    LINE_REFUSED_A = 11,
    LINE_RUN_END_A = 12,
    LINE_RUN_B = 13,
    LINE_INTENT_B = 15,
    LINE_RUN_C = 16,
    LINE_RECOVERED_C = 17,
    LINE_INTENT_C = 19,
    LINE_CASCADE_C = 20,
    LINE_COMMIT_C = 21,
    LINE_STEP_END_C = 24,
    LINE_RUN_END_C = 25,
    LINES = 25,
};

static const struct {
    const char *name;
    size_t line;
    const char *from, *to;
    bool forged; /* the chain behind it was made to fit */
    size_t found;
    const char *words;
} edits[] = {
    {"digit edited", LINE_COMMIT_A, "\"rows\":5", "\"rows\":6", false, LINE_COMMIT_A,
     "changed after it was written"},
    {"text edited", LINE_RUN_A, "\"role\":\"retain\"", "\"role\":\"nobody\"", false, LINE_RUN_A,
     "changed after it was written"},
    {"brace lost", LINE_FINDING_A, "}", "", false, LINE_FINDING_A, "not JSON"},
    {"seq edited", LINE_FINDING_A, "\"seq\":9", "\"seq\":8", false, LINE_FINDING_A,
     "changed after it was written"},
    {"seq raised", LINE_FINDING_A, "\"seq\":9", "\"seq\":90", false, LINE_FINDING_A,
     "changed after it was written"},
    {"last but one edited", LINES - 1, "done", "failed", false, LINES - 1,
     "changed after it was written"},
    {"kind edited", LINE_FINDING_A, "finding", "funding", false, LINE_FINDING_A,
     "unknown kind \"funding\""},
    {"not JSON", LINE_FINDING_A, "{", "<", true, LINE_FINDING_A, "line is not JSON"},
    {"space", LINE_FINDING_A, ",\"seq\"", ", \"seq\"", true, LINE_FINDING_A, "canonical"},
    {"space behind", LINE_FINDING_A, "}", "} ", true, LINE_FINDING_A, "more than one record"},
    {"two records", LINE_FINDING_A, "}", "}{}", true, LINE_FINDING_A, "more than one record"},
    {"number form", LINE_COMMIT_A, "\"rows\":5", "\"rows\":5e0", true, LINE_COMMIT_A,
     "neither text nor integer"},
    {"true", LINE_COMMIT_A, "\"rows\":5", "\"rows\":true", true, LINE_COMMIT_A,
     "neither text nor integer"},
    {"nested", LINE_COMMIT_A, "\"rows\":5", "\"rows\":[5]", true, LINE_COMMIT_A,
     "neither text nor integer"},
    {"minus zero", LINE_ABORT_A, "\"rows\":0", "\"rows\":-0", true, LINE_ABORT_A, "canonical"},
    {"beyond 2^53", LINE_COMMIT_A, "\"rows\":5", "\"rows\":9007199254740992", true, LINE_COMMIT_A,
     "beyond 2^53"},
    {"negative", LINE_COMMIT_A, "\"rows\":5", "\"rows\":-5", true, LINE_COMMIT_A,
     "\"rows\" of commit"},
    {"escape form", LINE_FINDING_A, "warning", "\\u0077arning", true, LINE_FINDING_A, "canonical"},
    {"upper-case escape", LINE_RUN_A, "\\t", "\\u0009", true, LINE_RUN_A, "canonical"},
    {"key order", LINE_COMMIT_A, "{\"at\"", "{\"zz\":1,\"at\"", true, LINE_COMMIT_A, "canonical"},
    {"key twice", LINE_COMMIT_A, ",\"kind\"", ",\"intent\":3,\"kind\"", true, LINE_COMMIT_A,
     "canonical"},
    {"invalid UTF-8", LINE_RUN_A, "\xc3\xa9", "\xc3", true, LINE_RUN_A, "not JSON"},
    {"unknown kind", LINE_FINDING_A, "finding", "funding", true, LINE_FINDING_A,
     "unknown kind \"funding\""},
    {"no kind", LINE_FINDING_A, "\"kind\":\"finding\",", "", true, LINE_FINDING_A, "\"kind\""},
    {"unknown field", LINE_COMMIT_A, ",\"intent\":", ",\"extra\":1,\"intent\":", true,
     LINE_COMMIT_A, "unknown field \"extra\" in commit"},
    {"hostile field", LINE_COMMIT_A, ",\"intent\":", ",\"extra\\n\":1,\"intent\":", true,
     LINE_COMMIT_A, "unknown field \"?\""},
    {"missing field", LINE_COMMIT_A, ",\"rows\":5", "", true, LINE_COMMIT_A, "no field \"rows\""},
    {"missing at", LINE_FINDING_A, "\"at\":", "\"code\":", true, LINE_FINDING_A, "canonical"},
    {"another cluster", LINE_RUN_C, "7412345678901234567", "1", true, LINE_RUN_C,
     "another database cluster, which nobody accepted"},
    {"gone without detach", LINE_FINDING_A, "\"code\":\"no-clock-index\",\"kind\":\"finding\"",
     "\"kind\":\"gone\",\"partition\":\"p\"", true, LINE_FINDING_A,
     "unknown field \"severity\" in gone"},
    {"missing run", LINE_FINDING_A, "\"run\":\"run-a\",", "", true, LINE_FINDING_A,
     "no field \"run\""},
    {"empty run", LINE_FINDING_A, "\"run-a\"", "\"\"", true, LINE_FINDING_A, "\"run\""},
    {"long run", LINE_FINDING_A, "run-a", HASH_A, true, LINE_FINDING_A, "\"run\""},
    {"wrong type", LINE_COMMIT_A, "\"rows\":5", "\"rows\":\"5\"", true, LINE_COMMIT_A,
     "\"rows\" of commit"},
    {"number for text", LINE_FINDING_A, "\"no-clock-index\"", "7", true, LINE_FINDING_A,
     "\"code\" of finding"},
    {"no such choice", LINE_FINDING_A, "warning", "warming", true, LINE_FINDING_A, "\"severity\""},
    {"no SQLSTATE", LINE_ABORT_A, "40001", "4000", true, LINE_ABORT_A, "\"sqlstate\""},
    {"no xid", LINE_INTENT_A, "\"701\"", "\"0701\"", true, LINE_INTENT_A, "\"xid\""},
    {"no hash", LINE_RUN_A, HASH_A, "AAAA", true, LINE_RUN_A, "\"policy_sha256\""},
    {"no instant", LINE_FINDING_A, "Z\"", "z\"", true, LINE_FINDING_A, "\"at\""},
    {"time goes back", LINE_FINDING_A, "\"at\":\"20", "\"at\":\"19", true, LINE_FINDING_A,
     "time goes back"},
    {"foreign run", LINE_FINDING_A, "run-a", "run-z", true, LINE_FINDING_A, "not under way"},
    {"earlier run", LINE_INTENT_C, "run-c", "run-a", true, LINE_INTENT_C, "not under way"},
    {"run begins twice", LINE_RUN_B, "run-b", "run-a", true, LINE_RUN_B, "begins twice"},
    {"commit of nothing", LINE_COMMIT_A, "\"intent\":3", "\"intent\":2", true, LINE_COMMIT_A,
     "without an open intent"},
    {"commit of another run's intent", LINE_COMMIT_C, "\"intent\":18", "\"intent\":14", true,
     LINE_COMMIT_C, "without an open intent"},
    {"commit of other rows", LINE_COMMIT_A, "\"rows\":5", "\"rows\":4", true, LINE_COMMIT_A,
     "commit record of 4 rows"},
    {"abort with rows", LINE_ABORT_A, "\"rows\":0", "\"rows\":4", true, LINE_ABORT_A,
     "abort record of 4 rows"},
    {"recovered nothing", LINE_RECOVERED_C, "\"intent\":14", "\"intent\":13", true,
     LINE_RECOVERED_C, "recovered without"},
    {"recovered twice", LINE_RECOVERED_C + 6, "\"intent\":21", "\"intent\":14", true,
     LINE_RECOVERED_C + 6, "recovered without"},
    {"recovered other rows", LINE_RECOVERED_C, "\"rows\":3", "\"rows\":2", true, LINE_RECOVERED_C,
     "recovered record of 2 rows"},
    {"aborted with rows", LINE_RECOVERED_C, "committed", "aborted", true, LINE_RECOVERED_C,
     "recovered record of 3 rows"},
    {"outcome unknown", LINE_RECOVERED_C, "committed", "unknown", true, 0, ""},
    {"torn with an intent", LINE_RECOVERED_C, "committed", "torn", true, LINE_RECOVERED_C, "torn"},
    {"cascade of nothing", LINE_CASCADE_A, "\"intent\":3", "\"intent\":2", true, LINE_CASCADE_A,
     "cascade without"},
    {"cascade of another rule", LINE_CASCADE_A, "\"calls\"", "\"users\"", true, LINE_CASCADE_A,
     "cascade without"},
    {"cascade unannounced", LINE_CASCADE_A, "\"rows\":2", "\"rows\":3", true, LINE_CASCADE_A,
     "more rows than its intent announced"},
    {"intent of no step", LINE_INTENT_A, "\"calls\"", "\"users\"", true, LINE_INTENT_A,
     "intent of a step"},
    {"step changed", LINE_STEP_END_A, "\"changed\":5", "\"changed\":6", true, LINE_STEP_END_A,
     "step_end says 6 changed, its batches 5"},
    {"step cascaded", LINE_STEP_END_A, "\"cascaded\":2", "\"cascaded\":0", true, LINE_STEP_END_A,
     "step_end says 0 cascaded, its batches 2"},
    {"step count left out", LINE_STEP_END_A, "\"changed\":5,", "", true, LINE_STEP_END_A,
     "step_end says 0 changed, its batches 5"},
    {"recovered counted in the wrong run", LINE_STEP_END_C, "\"changed\":8", "\"changed\":11", true,
     LINE_STEP_END_C, "step_end says 11 changed, its batches 8"},
    {"step ends twice", LINE_REFUSED_A, "\"users\"", "\"calls\"", true, LINE_REFUSED_A,
     "ends twice"},
    {"step never began", LINE_REFUSED_A, "refused", "done", true, LINE_REFUSED_A, "never began"},
    {"run changed", LINE_RUN_END_A, "\"changed\":5", "\"changed\":4", true, LINE_RUN_END_A,
     "run_end says 4 changed, its batches 5"},
    {"run cascaded", LINE_RUN_END_C, "\"cascaded\":1", "\"cascaded\":2", true, LINE_RUN_END_C,
     "run_end says 2 cascaded, its batches 1"},
    {"late cascade too big", LINE_CASCADE_C, "\"rows\":1", "\"rows\":2", true, LINE_STEP_END_C,
     "step_end says 1 cascaded, its batches 2"},
    {"log_begin with a run", LINE_LOG_BEGIN, ",\"seq\"", ",\"run\":\"run-a\",\"seq\"", true,
     LINE_LOG_BEGIN, "log_begin record with a run"},
    {"huge sums", LINE_INTENT_B, "\"rows\":3", "\"rows\":9007199254740991", true, LINE_RECOVERED_C,
     "recovered record of 3 rows"},
};

static void test_edits(void **state)
{
    (void)state;
    write_sample();
    for (size_t i = 0; i < sizeof edits / sizeof edits[0]; i++) {
        struct arena arena = {0};
        struct log_text text;
        if (i > 0)
            write_sample();
        load(&text, &arena);
        assert_int_equal(text.count, LINES);
        edit(&text, edits[i].line, edits[i].from, edits[i].to);
        if (edits[i].forged)
            forge(&text, edits[i].line);
        if (edits[i].found == 0)
            expect_intact(edits[i].name, &text);
        else
            expect_damage(edits[i].name, &text, edits[i].found, edits[i].words);
        arena_free(&arena);
        unlink(path);
    }
}

static void test_lines_moved(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct log_text text;
    write_sample();
    load(&text, &arena);
    struct log_text sample = text;

    const char *kept = text.line[6];
    text.line[6] = text.line[7];
    text.line[7] = kept;
    expect_damage("neighbours swapped", &text, 7, "out of order: 6 stands only on line 8");

    text = sample;
    kept = text.line[4];
    text.line[4] = text.line[19];
    text.line[19] = kept;
    expect_damage("far lines swapped", &text, 5, "out of order: 4 stands only on line 20");

    text = sample;
    remove_line(&text, 7);
    expect_damage("line missing", &text, 7, "record 6 is missing");

    text = sample;
    remove_line(&text, 7);
    remove_line(&text, 7);
    expect_damage("lines missing", &text, 7, "records 6 to 7 are missing");

    text = sample;
    remove_line(&text, 1);
    expect_damage("first line missing", &text, 1, "record 0 is missing");

    text = sample;
    insert_line(&text, 7, text.line[5]);
    expect_damage("line doubled", &text, 7, "copy of the line before");

    text = sample;
    insert_line(&text, 9, text.line[5]);
    expect_damage("line repeated", &text, 9, "line was inserted");

    text = sample;
    text.count = 8;
    insert_line(&text, 9, text.line[5]);
    expect_damage("line repeated at the end", &text, 9, "record 5 stands here again");

    text = sample;
    insert_line(&text, 7, "");
    expect_damage("empty line", &text, 7, "line was inserted");

    text = sample;
    insert_line(&text, 7, "garbage");
    expect_damage("garbage line", &text, 7, "line was inserted");

    text = sample;
    insert_line(&text, 7, "[]");
    expect_damage("array line", &text, 7, "line is not a JSON object");

    text = sample;
    insert_line(&text, LINES + 1, "");
    expect_damage("empty line at the end", &text, LINES + 1, "empty line");

    text = sample;
    text.complete = false;
    insert_line(&text, LINES + 1, "[]");
    expect_damage("array at the end", &text, LINES + 1, "not a JSON object");
    arena_free(&arena);
}

static void test_lines_forged(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct log_text text;
    write_sample();
    load(&text, &arena);
    struct log_text sample = text;

    remove_line(&text, LINE_INTENT_A);
    forge(&text, 1);
    expect_damage("intent forged away", &text, LINE_INTENT_A, "without an open intent");

    text = sample;
    remove_line(&text, LINE_COMMIT_C);
    forge(&text, 1);
    expect_damage("commit forged away", &text, LINE_COMMIT_C + 1, "recovered without");

    text = sample;
    insert_line(&text, 6, text.line[LINE_COMMIT_A - 1]);
    forge(&text, 1);
    expect_damage("intent closed twice", &text, 6, "without an open intent");

    text = sample;
    insert_line(&text, LINE_CASCADE_A, text.line[LINE_CASCADE_A - 1]);
    forge(&text, 1);
    expect_damage("cascade doubled", &text, LINE_CASCADE_A + 1, "than its intent announced");

    text = sample;
    insert_line(&text, LINE_STEP_A, text.line[LINE_STEP_A - 1]);
    forge(&text, 1);
    expect_damage("step begun twice", &text, LINE_STEP_A + 1, "step begins twice");

    text = sample;
    insert_line(&text, LINE_RUN_A, text.line[LINE_LOG_BEGIN - 1]);
    forge(&text, 1);
    expect_damage("log begun twice", &text, LINE_RUN_A, "second log_begin");

    text = sample;
    remove_line(&text, LINE_LOG_BEGIN);
    forge(&text, 1);
    expect_damage("log not begun", &text, 1, "does not start with log_begin");

    text = sample;
    insert_line(&text, LINE_RUN_B, text.line[LINE_FINDING_A - 1]);
    forge(&text, 1);
    expect_damage("record after run_end", &text, LINE_RUN_B, "after the end of its run");

    text = sample;
    insert_line(&text, LINE_FINDING_A, text.line[LINE_CASCADE_A - 1]);
    edit(&text, LINE_FINDING_A, "\"rows\":2", "\"rows\":0");
    forge(&text, 1);
    expect_damage("cascade after step_end", &text, LINE_FINDING_A, "after the end of its step");

    text = sample;
    remove_line(&text, LINE_RUN_B);
    forge(&text, 1);
    expect_damage("run_begin forged away", &text, LINE_RUN_B, "not under way");
    arena_free(&arena);
}

/* With two records left, who was changed cannot be told from the last line alone. */
static void test_prev_edited(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct log_text text;
    write_sample();
    load(&text, &arena);
    struct log_text sample = text;
    char *line = arena_strdup(&arena, text.line[8]);
    char *digit = strstr(line, "\"prev\":\"") + 8;
    *digit = *digit == '0' ? '1' : '0';
    text.line[8] = line;
    expect_damage("prev edited", &text, 9, "\"prev\" of line 10 is not its SHA-256");

    text = sample;
    text.count = 9;
    text.line[8] = line;
    expect_damage("prev of the last edited", &text, 8, "or that line itself was changed");
    arena_free(&arena);
}

static void test_bit_flips(void **state)
{
    (void)state;
    struct arena arena = {0};
    size_t length;
    write_sample();
    char *bytes = read_bytes(&arena, path, &length);
    size_t last = length - 1;
    while (bytes[last - 1] != '\n')
        last--;
    uint32_t random = 20261123;
    for (int i = 0; i < 300; i++) {
        random = random * 1664525 + 1013904223;
        size_t place = (random >> 8) % last;
        char kept = bytes[place];
        bytes[place] = (char)(kept ^ (1 << (i % 8)));
        write_bytes(path, bytes, length);
        struct arena scratch = {0};
        struct audit_state ignored;
        struct error err;
        if (verify(&ignored, &scratch, &err) == 0)
            fail_msg("bit %d of byte %zu: not detected", i % 8, place);
        assert_int_equal(err.status, EXIT_AUDIT);
        arena_free(&scratch);
        bytes[place] = kept;
    }
    /* each newline with each of its bits: lines run together */
    for (size_t place = 0; place < last; place++) {
        if (bytes[place] != '\n')
            continue;
        for (int bit = 0; bit < 8; bit++) {
            struct arena scratch = {0};
            struct audit_state ignored;
            struct error err;
            bytes[place] = (char)('\n' ^ (1 << bit));
            write_bytes(path, bytes, length);
            if (verify(&ignored, &scratch, &err) == 0)
                fail_msg("newline at %zu, bit %d: not detected", place, bit);
            arena_free(&scratch);
        }
        bytes[place] = '\n';
    }
    arena_free(&arena);
}

static void test_long_line(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct log_text text;
    write_sample();
    load(&text, &arena);
    char *line = arena_alloc(&arena, 65538);
    memset(line, 'x', 65537);
    insert_line(&text, 5, line);
    expect_damage("line too long", &text, 5, "longer than 65536 bytes");
    text.count = 5;
    text.complete = false;
    expect_damage("last line too long", &text, 5, "longer than 65536 bytes");
    arena_free(&arena);
}

static void test_sums_beyond_any_table(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct audit_state opened;
    struct audit_log *log = open_log(&arena, &opened);
    const int64_t most = INT64_C(9007199254740991);
    begin_run(log, "run-a");
    begin_step(log, "calls", "12 months");
    for (int i = 0; i < 1024; i++) {
        int64_t intent = intend(log, "calls", most);
        APPEND(log, "commit", NUMBER("intent", intent), NUMBER("rows", most));
    }
    int64_t intent = intend(log, "calls", most);
    struct error err = {0};
    const struct audit_field fields[] = {NUMBER("intent", intent), NUMBER("rows", most)};
    assert_int_equal(audit_append(log, "commit", fields, 2, NULL, &err), -1);
    assert_non_null(strstr(err.detail, "more than any table holds"));
    audit_close(log);
    arena_free(&arena);
}

/* What each record may say once its step or its batch is over. */
static void test_too_late(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct log_text text;
    write_sample();
    load(&text, &arena);
    struct log_text sample = text;

    text = sample;
    const char *commit = text.line[LINE_COMMIT_A - 1];
    remove_line(&text, LINE_COMMIT_A);
    remove_line(&text, LINE_CASCADE_A - 1);
    edit(&text, LINE_STEP_END_A - 2, "\"changed\":5", "\"changed\":0");
    edit(&text, LINE_STEP_END_A - 2, "\"cascaded\":2", "\"cascaded\":0");
    edit(&text, LINE_ABORT_A - 2, "\"intent\":6", "\"intent\":4");
    insert_line(&text, LINE_STEP_END_A - 1, commit);
    forge(&text, 1);
    expect_damage("commit after step_end", &text, LINE_STEP_END_A - 1, "commit after the end");

    text = sample;
    edit(&text, LINE_COMMIT_A, "commit", "abort");
    edit(&text, LINE_COMMIT_A, "\"rows\":5", "\"rows\":0");
    forge(&text, 1);
    expect_damage("cascade of an aborted batch", &text, LINE_CASCADE_A, "did not commit");

    text = sample;
    remove_line(&text, LINE_COMMIT_A);
    edit(&text, LINE_ABORT_A - 1, "\"intent\":6", "\"intent\":5");
    forge(&text, 1);
    expect_damage("step_end without its commit", &text, LINE_STEP_END_A - 1,
                  "step_end says 5 changed, its batches 0");
    arena_free(&arena);
}

static void test_more_fields_than_any_record(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct log_text text;
    struct buffer line = {0};
    write_sample();
    load(&text, &arena);
    for (int i = 0; i < 30; i++)
        buffer_addf(&line, "%s\"k%02d\":1", i == 0 ? "{" : ",", i);
    buffer_add(&line, "}");
    text.line[LINES - 1] = arena_strdup(&arena, line.data);
    expect_damage("wide record", &text, LINES, "more fields than any record has");
    buffer_free(&line);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_edits, make_directory, remove_directory),
        cmocka_unit_test_setup_teardown(test_lines_moved, make_directory, remove_directory),
        cmocka_unit_test_setup_teardown(test_lines_forged, make_directory, remove_directory),
        cmocka_unit_test_setup_teardown(test_too_late, make_directory, remove_directory),
        cmocka_unit_test_setup_teardown(test_more_fields_than_any_record, make_directory,
                                        remove_directory),
        cmocka_unit_test_setup_teardown(test_prev_edited, make_directory, remove_directory),
        cmocka_unit_test_setup_teardown(test_bit_flips, make_directory, remove_directory),
        cmocka_unit_test_setup_teardown(test_long_line, make_directory, remove_directory),
        cmocka_unit_test_setup_teardown(test_sums_beyond_any_table, make_directory,
                                        remove_directory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
