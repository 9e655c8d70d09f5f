/*
 * test_rule_digest.c - how a rule is recognised in the audit log: by its reach, not by its window
 */
#include "statement/statement.h"

#include "support/planned.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char catalog_text[] =
    "{\"cutoffs\": {\"24 months\": \"2022-06-30T12:00:00Z\", \"90 days\": "
    "\"2024-04-01T12:00:00Z\"},"
    " \"tables\": {"
    "  \"app.accounts\": {\"columns\": {\"id\": \"int8 primary_key\", \"at\": \"timestamptz\"}},"
    "  \"app.users\": {\"columns\": {\"id\": \"int8\", \"b\": \"int8\", \"at\": \"timestamptz\","
    "    \"on\": \"date\", \"phone\": \"text\", \"note\": \"text\", \"data\": \"jsonb\"}},"
    "  \"app.people\": {\"columns\": {\"at\": \"timestamptz\"}}}}";

/* The digest of the first rule's first step. */
static void digest_of(const char *rule, char ret_hex[SHA256_HEX])
{
    char text[2048];
    struct planned planned;
    struct error err;
    snprintf(text, sizeof text,
             "pgretain: 1\npolicy: digest\n"
             "categories: {old: {keep: 24 months}, brief: {keep: 90 days}}\nrules:\n  - {%s}\n",
             rule);
    assert_int_equal(planned_make(text, catalog_text, NULL, &planned, &err), 0);
    assert_true(planned.plan->step_count >= 1);
    statement_rule_digest(&planned.plan->steps[0], ret_hex);
    planned_free(&planned);
}

static void test_reach(void **state)
{
    (void)state;
    static const char *const rules[] = {
        "table: app.users, category: old, clock: at, action: purge",
        "table: app.people, category: old, clock: at, action: purge",
        "table: app.users, category: old, clock: on, action: purge",
        "table: app.users, category: old, clock: {column: at, when_null: active}, action: purge",
        "table: app.users, category: old, clock: {latest: [at, on]}, action: purge",
        "table: app.users, category: old, clock: {latest: [on, at]}, action: purge",
        "table: app.users, category: old, action: purge,"
        " clock: {parent: app.accounts, via: id, clock: at}",
        "table: app.users, category: old, action: purge,"
        " clock: {parent: app.accounts, via: b, clock: at}",
        "table: app.users, category: old, action: purge,"
        " clock: {parent: app.people, via: b, clock: at}",
        "table: app.users, category: old, action: purge,"
        " clock: {parent: app.accounts, via: b, clock: {column: at, when_null: active}}",
        "table: app.users, category: old, clock: at, action: purge, only: \"b > 1\"",
        "table: app.users, category: old, clock: at, action: purge, unless: \"b > 1\"",
        "table: app.users, category: old, clock: at, action: purge, cascade: [app.people]",
        "table: app.users, category: old, clock: at, action: purge, cascade: [app.accounts]",
        "table: app.users, category: old, clock: at, action: anonymise, mask: {phone: null}",
        "table: app.users, category: old, clock: at, action: anonymise, mask: {note: null}",
        "table: app.users, category: old, clock: at, action: anonymise, mask: {phone: empty}",
        "table: app.users, category: old, clock: at, action: anonymise,"
        " mask: {phone: {phone_prefix: 3}}",
        "table: app.users, category: old, clock: at, action: anonymise,"
        " mask: {phone: {phone_prefix: 4}}",
        "table: app.users, category: old, clock: at, action: anonymise, mask: {phone: {fixed: a}}",
        "table: app.users, category: old, clock: at, action: anonymise, mask: {phone: {fixed: b}}",
        "table: app.users, category: old, clock: at, action: anonymise,"
        " mask: {data: {json_keep: [a]}}",
        "table: app.users, category: old, clock: at, action: anonymise,"
        " mask: {data: {json_keep: [b]}}",
        "table: app.users, category: old, clock: at, action: anonymise,"
        " mask: {phone: null, note: null}",
    };
    enum { COUNT = sizeof rules / sizeof *rules };
    char digests[COUNT][SHA256_HEX];
    for (size_t i = 0; i < COUNT; i++) {
        digest_of(rules[i], digests[i]);
        for (size_t j = 0; j < i; j++)
            if (strcmp(digests[i], digests[j]) == 0)
                fail_msg("the same digest:\n%s\n%s", rules[j], rules[i]);
    }
}

/* Shortening or lengthening the window is judged apart from the digest; names do not matter. */
static void test_not_reach(void **state)
{
    (void)state;
    static const char *const rules[] = {
        "table: app.users, category: old, clock: at, action: purge",
        "table: app.users, category: old, clock: at, action: purge, keep: 90 days",
        "table: app.users, category: brief, clock: at, action: purge",
        "id: renamed, table: app.users, category: old, clock: at, action: purge",
        "table: '\"app\".users', category: old, clock: {column: at}, action: purge",
        "table: app.user?, category: old, clock: at, action: purge",
    };
    char first[SHA256_HEX], other[SHA256_HEX];
    digest_of(rules[0], first);
    for (size_t i = 1; i < sizeof rules / sizeof *rules; i++) {
        digest_of(rules[i], other);
        if (strcmp(first, other) != 0)
            fail_msg("%s", rules[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reach),
        cmocka_unit_test(test_not_reach),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
