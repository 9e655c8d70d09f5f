/* test_sql.c - names, labels, keys, and the text that masks write: values stay parameters. */
#include "mask/mask.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void test_names_and_labels(void **state)
{
    (void)state;
    static const char *const names[MASK_KINDS] = {
        "null",       "default",      "fixed",     "empty",     "unique",
        "ip_network", "phone_prefix", "floor",     "bucket",    "email_domain",
        "url_origin", "agent_family", "json_drop", "json_keep", "keyed_hash"};
    static const char labels[] = "ddddd"
                                 "ggggggg"
                                 "dd"
                                 "p";
    for (int kind = 0; kind < MASK_KINDS; kind++) {
        const struct policy_mask mask = {.kind = (enum mask_kind)kind};
        assert_string_equal(mask_name((enum mask_kind)kind), names[kind]);
        assert_int_equal(mask_label_name(mask_label(&mask))[0], labels[kind]);
    }
    assert_string_equal(mask_label_name(LABEL_DESTROYED), "destroyed");
    assert_string_equal(mask_label_name(LABEL_GENERALISED), "generalised");
    assert_string_equal(mask_label_name(LABEL_PSEUDONYMOUS), "pseudonymous");
}

static size_t unhex(const char *text, unsigned char *ret_bytes)
{
    size_t count = 0;
    unsigned value;
    for (text += 2; sscanf(text, "%2x", &value) == 1; text += 2)
        ret_bytes[count++] = (unsigned char)value;
    return count;
}

/* The HMAC as the server computes it from the two blocks. */
static void hmac(const struct mask_key *key, const char *message, char ret_hex[SHA256_HEX])
{
    unsigned char bytes[256];
    size_t length = unhex(key->inner, bytes);
    assert_int_equal(length, 64);
    memcpy(bytes + length, message, strlen(message));
    char inner[SHA256_HEX + 2] = "\\x";
    sha256_hex(bytes, length + strlen(message), inner + 2);
    assert_int_equal(unhex(key->outer, bytes), 64);
    assert_int_equal(unhex(inner, bytes + 64), 32);
    sha256_hex(bytes, 96, ret_hex);
}

/* RFC 4231 test case 6, and a key of exactly one block and of 32 bytes against Python's hmac. */
static void test_key(void **state)
{
    (void)state;
    unsigned char bytes[131];
    struct mask_key key;
    struct error err;
    char hex[SHA256_HEX];
    memset(bytes, 0xaa, sizeof bytes);
    assert_int_equal(mask_key_init(bytes, 131, &key, &err), 0);
    hmac(&key, "Test Using Larger Than Block-Size Key - Hash Key First", hex);
    assert_string_equal(hex, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    assert_int_equal(mask_key_init(bytes, 64, &key, &err), 0);
    hmac(&key, "a", hex);
    assert_string_equal(hex, "917f2cd8b5da1412ee966da7decb133be190b92c6ccd6cec37eb38ccf56c75fd");
    assert_int_equal(mask_key_init(bytes, 32, &key, &err), 0);
    assert_string_equal(key.id, "9df21935");
    hmac(&key, "a", hex);
    assert_string_equal(hex, "da741975e0d24c0adf369656e5a02a345f2c4dc5830b4ef2c49b5f823278146c");
    mask_key_wipe(&key);
    for (size_t i = 0; i < sizeof key; i++)
        assert_int_equal(((const unsigned char *)&key)[i], 0);
    assert_int_equal(mask_key_init(bytes, 31, &key, &err), -1);
    assert_int_equal(err.status, EXIT_USAGE);
}

struct written {
    struct arena arena;
    struct sql sql;
};

static void write_both(struct written *w, struct policy_mask mask, const char *type,
                       const char *base_type, const struct mask_key *key)
{
    memset(w, 0, sizeof *w);
    w->sql.arena = &w->arena;
    struct catalog_column column = {.name = "c",
                                    .quoted = "\"C\"",
                                    .type = type,
                                    .base_type = base_type,
                                    .default_sql = "'d'::text"};
    mask_expression(&mask, &column, "\"T\"", key, &w->sql);
    sql_add(&w->sql, " / ");
    mask_todo(&mask, &column, "\"T\"", key, &w->sql);
}

static void free_written(struct written *w)
{
    sql_free(&w->sql);
    arena_free(&w->arena);
}

static void assert_written(struct policy_mask mask, const char *type, const char *base_type,
                           const char *expected)
{
    struct written w;
    write_both(&w, mask, type, base_type, NULL);
    assert_string_equal(buffer_text(&w.sql.text), expected);
    free_written(&w);
}

#define C_TEXT "(\"T\".\"C\"::text COLLATE pg_catalog.\"C\")"

static void test_text(void **state)
{
    (void)state;
    assert_written((struct policy_mask){.kind = MASK_NULL}, "integer", "int4",
                   "(NULL)::integer / (\"T\".\"C\" IS DISTINCT FROM NULL)");
    assert_written((struct policy_mask){.kind = MASK_FIXED, .text = "'; drop"}, "public.email",
                   "text",
                   "($1::public.email)::public.email / (" C_TEXT
                   " IS DISTINCT FROM (($1::public.email)::public.email)::text)");
    assert_written((struct policy_mask){.kind = MASK_DEFAULT}, "character varying(9)", "varchar",
                   "('d'::text)::character varying(9) / (" C_TEXT
                   " IS DISTINCT FROM (('d'::text)::character varying(9))::text)");
    assert_written((struct policy_mask){.kind = MASK_EMPTY}, "text[]", "_text",
                   "('{}')::text[] / ((" C_TEXT " <> '{}') IS TRUE)");
    assert_written((struct policy_mask){.kind = MASK_EMPTY}, "bytea", "bytea",
                   "('')::bytea / ((octet_length(\"T\".\"C\") > 0) IS TRUE)");
}

/* Values of the policy are parameters, whatever they hold. */
static void test_parameters(void **state)
{
    (void)state;
    const char *keys[] = {"a'\"\\,}", "b"};
    const char *paths[] = {"$.\"zq'\"", "$.**.zq", "$.zq[*].*"};
    struct written w;
    write_both(&w, (struct policy_mask){.kind = MASK_JSON_KEEP, .items = keys, .item_count = 2},
               "jsonb", "jsonb", NULL);
    assert_int_equal(w.sql.param_count, 1);
    assert_string_equal(w.sql.params[0].value, "{\"a'\\\"\\\\,}\",\"b\"}");
    assert_string_equal(w.sql.params[0].type, "text[]");
    free_written(&w);
    write_both(&w, (struct policy_mask){.kind = MASK_JSON_DROP, .items = paths, .item_count = 3},
               "jsonb", "jsonb", NULL);
    assert_null(strstr(buffer_text(&w.sql.text), "zq"));
    assert_int_equal(w.sql.param_count, 5);
    assert_string_equal(w.sql.params[0].value, "zq'");
    assert_string_equal(w.sql.params[2].value, "$.\"zq'\"");
    assert_string_equal(w.sql.params[2].type, "jsonpath");
    assert_string_equal(w.sql.params[3].value, "$.**.\"zq\"");
    assert_string_equal(w.sql.params[4].value, "$.\"zq\"[*].*");
    free_written(&w);
}

static void test_keyed_hash_is_secret(void **state)
{
    (void)state;
    struct mask_key key;
    struct error err;
    struct written w;
    assert_int_equal(
        mask_key_init((const unsigned char *)"0123456789abcdef0123456789abcdef", 32, &key, &err),
        0);
    for (int with_key = 0; with_key <= 1; with_key++) {
        write_both(&w, (struct policy_mask){.kind = MASK_KEYED_HASH}, "text", "text",
                   with_key ? &key : NULL);
        assert_null(strstr(buffer_text(&w.sql.text), key.inner + 2));
        for (size_t i = 0; i < w.sql.param_count; i++) {
            assert_true(w.sql.params[i].secret);
            assert_int_equal(w.sql.params[i].value != NULL, with_key);
        }
        free_written(&w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_and_labels),
        cmocka_unit_test(test_key),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_parameters),
        cmocka_unit_test(test_keyed_hash_is_secret),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
