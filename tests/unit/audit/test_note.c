/* test_note.c - keys and signatures of signed notes, against the example of Go's package note. */
#include "audit/key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const char vkey[] = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
static const char text[] = "If you think cryptography is the answer to your problem,\n"
                           "then you don't know what your problem is.\n";
static const char line[] =
    NOTE_DASH "PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgY"
              "N1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=";

static void test_example(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct note_key key;
    struct error err;
    struct buffer again = {0};
    assert_int_equal(note_key_read(vkey, &arena, &key, &err), 0);
    assert_string_equal(key.name, "PeterNeumann");
    note_key_add(&key, &again);
    assert_string_equal(buffer_text(&again), vkey);
    assert_int_equal(note_check(&key, 1, text, strlen(text), line, strlen(line)), NOTE_GOOD);
    assert_int_equal(note_check(&key, 1, text, strlen(text) - 1, line, strlen(line)), NOTE_FALSE);
    assert_int_equal(note_check(&key, 0, text, strlen(text), line, strlen(line)), NOTE_UNKNOWN);
    buffer_free(&again);
    arena_free(&arena);
}

/* Every character of the line counts, and so does every one of the text. */
static void test_flips(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct note_key key;
    struct error err;
    char bad[sizeof line], other[sizeof text];
    assert_int_equal(note_key_read(vkey, &arena, &key, &err), 0);
    for (size_t i = 0; i < strlen(line); i++) {
        memcpy(bad, line, sizeof line);
        bad[i] ^= 1;
        assert_int_not_equal(note_check(&key, 1, text, strlen(text), bad, strlen(bad)), NOTE_GOOD);
    }
    for (size_t i = 0; i < strlen(text); i++) {
        memcpy(other, text, sizeof text);
        other[i] ^= 1;
        assert_int_equal(note_check(&key, 1, other, strlen(text), line, strlen(line)), NOTE_FALSE);
    }
    arena_free(&arena);
}

static void test_no_vkeys(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+AhpcQcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW=",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW ",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct arena arena = {0};
        struct note_key key;
        struct error err;
        if (note_key_read(texts[i], &arena, &key, &err) == 0)
            fail_msg("\"%s\" was taken", texts[i]);
        assert_int_equal(err.status, EXIT_USAGE);
        arena_free(&arena);
    }
}

static void test_names(void **state)
{
    (void)state;
    char longest[300];
    memset(longest, 'x', sizeof longest);
    longest[255] = '\0';
    assert_true(note_name_fits("pgretain/demo/db"));
    assert_true(note_name_fits(longest));
    longest[255] = 'x';
    longest[256] = '\0';
    assert_false(note_name_fits(longest));
    assert_false(note_name_fits(""));
    assert_false(note_name_fits("a b"));
    assert_false(note_name_fits("a+b"));
    assert_false(note_name_fits("a\nb"));
    assert_false(note_name_fits("\xc3\xa9"));
}

static void test_own_key(void **state)
{
    (void)state;
    char path[] = "/tmp/pgretain-key-XXXXXX";
    unsigned char signature[NOTE_SIGNATURE_BYTES];
    struct audit_key *key;
    struct note_key public;
    struct error err;
    struct stat status;
    struct buffer signed_line = {0};
    close(mkstemp(path));
    assert_int_equal(audit_key_make(path, &err), -1);
    assert_int_equal(err.status, EXIT_USAGE);
    unlink(path);
    assert_int_equal(audit_key_make(path, &err), 0);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    assert_int_equal(audit_key_read(path, &key, &err), 0);
    audit_key_public(key, "demo", &public);
    assert_int_equal(audit_key_sign(key, text, strlen(text), signature, &err), 0);
    note_add_signature(&public, signature, &signed_line);
    assert_int_equal(signed_line.data[signed_line.length - 1], '\n');
    assert_int_equal(
        note_check(&public, 1, text, strlen(text), signed_line.data, signed_line.length - 1),
        NOTE_GOOD);
    audit_key_public(key, "other", &public);
    assert_int_equal(
        note_check(&public, 1, text, strlen(text), signed_line.data, signed_line.length - 1),
        NOTE_UNKNOWN);
    audit_key_free(key);
    chmod(path, 0644);
    assert_int_equal(audit_key_read(path, &key, &err), -1);
    assert_int_equal(err.status, EXIT_REFUSED);
    chmod(path, 0600);
    assert_int_equal(truncate(path, 60), 0);
    assert_int_equal(audit_key_read(path, &key, &err), -1);
    assert_int_equal(err.status, EXIT_USAGE);
    unlink(path);
    assert_int_equal(audit_key_read(path, &key, &err), -1);
    buffer_free(&signed_line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_example),  cmocka_unit_test(test_flips),
        cmocka_unit_test(test_no_vkeys), cmocka_unit_test(test_names),
        cmocka_unit_test(test_own_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
