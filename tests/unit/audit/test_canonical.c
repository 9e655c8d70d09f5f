/* test_canonical.c - the strict reader of lines, against a JSON library and the encoder. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/canonical.h"
#include "support/random.h"

#include <stdio.h>

#define LINE(taken, text)                                                                          \
    {                                                                                              \
        text, sizeof(text) - 1, taken                                                              \
    }

static const struct {
    const char *line;
    size_t length;
    bool taken;
} cases[] = {
    LINE(true, "{}"),
    LINE(true, "{\"a\":1}"),
    LINE(true, "{\"\":0,\"a\":\"\",\"aa\":-1,\"b\":9007199254740991,\"c\":-9007199254740991}"),
    LINE(true, "{\"B\":1,\"_\":1,\"a\":1,\"\x7f\":1,\"\xc3\xa9\":1}"),
    LINE(true, "{\"a\":\"\\b\\t\\n\\f\\r\\\"\\\\\\u0001\\u000b\\u000e\\u001f\"}"),
    LINE(true, "{\"a\":\"/\x7f\xc2\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf\xf4\x8f\xbf\xbf\"}"),
    /* more than the object, or less */
    LINE(false, ""),
    LINE(false, "{"),
    LINE(false, "{}\n"),
    LINE(false, "{}{}"),
    LINE(false, "{\"a\":1"),
    LINE(false, "{\"a\":1,}"),
    LINE(false, "{,\"a\":1}"),
    LINE(false, "{\"a\":1\"b\":1}"),
    LINE(false, "{\"a\"}"),
    LINE(false, "{\"a\":}"),
    LINE(false, "{\"a\":\"b}"),
    LINE(false, "{\"a\":\"b\\"),
    LINE(false, "{\"a\":\"\\u001"),
    LINE(false, "{\"a\":-}"),
    LINE(false, "[1]"),
    /* spaces */
    LINE(false, " {\"a\":1}"),
    LINE(false, "{ \"a\":1}"),
    LINE(false, "{\"a\" :1}"),
    LINE(false, "{\"a\": 1}"),
    LINE(false, "{\"a\":1 }"),
    /* keys */
    LINE(false, "{\"b\":1,\"a\":1}"),
    LINE(false, "{\"a\":1,\"a\":1}"),
    LINE(false, "{\"aa\":1,\"a\":1}"),
    LINE(false, "{\"\\u0061\":1}"),
    LINE(false, "{1:1}"),
    /* numbers */
    LINE(false, "{\"a\":-0}"),
    LINE(false, "{\"a\":01}"),
    LINE(false, "{\"a\":-01}"),
    LINE(false, "{\"a\":+1}"),
    LINE(false, "{\"a\":1.0}"),
    LINE(false, "{\"a\":1e2}"),
    LINE(false, "{\"a\":9007199254740992}"),
    LINE(false, "{\"a\":-9007199254740992}"),
    LINE(false, "{\"a\":18446744073709551617}"),
    LINE(false, "{\"a\":340282366920938463463374607431768211457}"),
    /* other values */
    LINE(false, "{\"a\":true}"),
    LINE(false, "{\"a\":null}"),
    LINE(false, "{\"a\":[]}"),
    LINE(false, "{\"a\":{}}"),
    /* escapes */
    LINE(false, "{\"a\":\"\\u0000\"}"),
    LINE(false, "{\"a\":\"\\u0009\"}"),
    LINE(false, "{\"a\":\"\\u001F\"}"),
    LINE(false, "{\"a\":\"\\u0020\"}"),
    LINE(false, "{\"a\":\"\\u0022\"}"),
    LINE(false, "{\"a\":\"\\u005c\"}"),
    LINE(false, "{\"a\":\"\\u007f\"}"),
    LINE(false, "{\"a\":\"\\u00e9\"}"),
    LINE(false, "{\"a\":\"\\ud83d\\ude00\"}"),
    LINE(false, "{\"a\":\"\\/\"}"),
    LINE(false, "{\"a\":\"\\x\"}"),
    LINE(false, "{\"a\":\"\\\0\"}"),
    LINE(false, "{\"a\":\"\t\"}"),
    LINE(false, "{\"a\":\"\0\"}"),
    LINE(false, "{\"a\0\":1}"),
    /* no UTF-8 */
    LINE(false, "{\"a\":\"\x80\"}"),
    LINE(false, "{\"a\":\"\xc3\"}"),
    LINE(false, "{\"a\":\"\xc3"),
    LINE(false, "{\"a\":\"\xc0\xaf\"}"),
    LINE(false, "{\"a\":\"\xe0\x9f\xbf\"}"),
    LINE(false, "{\"a\":\"\xed\xa0\x80\"}"),
    LINE(false, "{\"a\":\"\xf4\x90\x80\x80\"}"),
    LINE(false, "{\"\xff\":1}"),
};

static void check_agrees(const char *line, size_t length, bool *ret_taken)
{
    if (!canonical_agrees(line, length, ret_taken))
        fail_msg("%s although the other way does not: %.*s", *ret_taken ? "taken" : "refused",
                 (int)length, line);
}

static void takes_canonical_form_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool taken;
        check_agrees(cases[i].line, cases[i].length, &taken);
        if (taken != cases[i].taken)
            fail_msg("%s: %s", taken ? "taken" : "refused", cases[i].line);
    }
}

static void takes_as_many_fields_as_a_record_may_have(void **state)
{
    (void)state;
    for (int count = RECORD_FIELDS; count <= RECORD_FIELDS + 1; count++) {
        struct buffer line = {0};
        bool taken;
        for (int i = 0; i < count; i++)
            buffer_addf(&line, "%c\"%c\":%d", i == 0 ? '{' : ',', 'a' + i, i);
        buffer_add(&line, "}");
        check_agrees(line.data, line.length, &taken);
        assert_int_equal(taken, count == RECORD_FIELDS);
        buffer_free(&line);
    }
}

/* What matters to the form, whole and in parts. */
static const char *const pieces[] = {
    "a",
    "b",
    "kind",
    "seq",
    "Z",
    "_",
    "0",
    "1",
    "9",
    "-",
    ".",
    "e",
    "\"",
    "\\",
    "{",
    "}",
    ":",
    ",",
    " ",
    "/",
    "\x01",
    "\x0b",
    "\x1f",
    "\n",
    "\t",
    "\x7f",
    "\\u",
    "\\u001f",
    "\\u001F",
    "\\u0008",
    "\\n",
    "\\\"",
    "u00",
    "true",
    "null",
    "[",
    "\xc3\xa9",
    "\xe2\x82",
    "\xc3",
    "\x80",
    "\xed",
    "\xff",
    "\xf0\x9f\x98\x80",
    "\"a\":1,",
};
enum { PIECES = sizeof pieces / sizeof pieces[0] };

static const char *piece(struct random *random)
{
    return pieces[random_below(random, PIECES)];
}

static const char *draw_text(struct random *random, struct arena *arena)
{
    struct buffer text = {0};
    for (int i = random_below(random, 6); i > 0; i--)
        buffer_add(&text, piece(random));
    const char *copy = arena_strdup(arena, buffer_text(&text));
    buffer_free(&text);
    return copy;
}

static int64_t draw_number(struct random *random)
{
    int64_t number = (int64_t)(random_next(random) >> random_between(random, 9, 63));
    return random_chance(random, 50) ? number : -number;
}

/* A record, as the encoder writes it; its texts may be no UTF-8. Whether it could. */
static bool draw_line(struct random *random, struct arena *arena, struct buffer *line)
{
    struct audit_field fields[RECORD_FIELDS];
    struct damage damage;
    size_t count = (size_t)random_below(random, random_chance(random, 90) ? 6 : RECORD_FIELDS + 1);
    for (size_t i = 0; i < count; i++) {
        fields[i] = (struct audit_field){.key = draw_text(random, arena)};
        if (random_chance(random, 50))
            fields[i].text = draw_text(random, arena);
        else
            fields[i].number = draw_number(random);
    }
    return record_encode(fields, count, line, &damage) == 0;
}

/* Puts a piece in place of up to three bytes. */
static void mutate(struct random *random, struct buffer *line)
{
    struct buffer other = {0};
    size_t at = (size_t)random_below(random, (int)line->length + 1);
    size_t gone = (size_t)random_below(random, 4);
    buffer_add_bytes(&other, line->data, at);
    if (random_chance(random, 70))
        buffer_add(&other, piece(random));
    at = at + gone < line->length ? at + gone : line->length;
    buffer_add_bytes(&other, line->data + at, line->length - at);
    buffer_free(line);
    *line = other;
}

static void agrees_on_records_and_what_became_of_them(void **state)
{
    (void)state;
    int written = 0, taken_as_written = 0, changed = 0, taken_changed = 0;
    for (uint64_t i = 0; i < 20000; i++) {
        struct random random = random_start(20261125, i);
        struct arena arena = {0};
        struct buffer line = {0};
        bool taken;
        if (draw_line(&random, &arena, &line)) {
            check_agrees(line.data, line.length, &taken);
            written++;
            taken_as_written += taken;
            for (int turn = 0; turn < 4; turn++) {
                mutate(&random, &line);
                check_agrees(buffer_text(&line), line.length, &taken);
                changed++;
                taken_changed += taken;
            }
        }
        buffer_free(&line);
        arena_free(&arena);
    }
    /* neither answer is a rarity */
    assert_true(written > 10000 && taken_as_written > written / 10);
    assert_true(taken_as_written < written);
    assert_true(taken_changed > changed / 50 && taken_changed < changed / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_canonical_form_alone),
        cmocka_unit_test(takes_as_many_fields_as_a_record_may_have),
        cmocka_unit_test(agrees_on_records_and_what_became_of_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
