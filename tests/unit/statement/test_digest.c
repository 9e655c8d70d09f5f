/*
 * test_digest.c - what an approval covers, and what it does not
 *
 * A plan is made once; each case changes one part of it in place and compares the digest.
 */
#include "statement/statement.h"

#include "support/planned.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char policy_text[] =
    "pgretain: 1\npolicy: digest\n"
    "categories: {old: {keep: 24 months}}\n"
    "holds: [{id: h, reason: r, table: app.calls, where: frozen}]\n"
    "rules:\n"
    "  - {table: app.calls, category: old, clock: at, only: odd, action: purge,"
    "     cascade: [app.notes, app.tags]}\n"
    "  - {table: app.users, category: old, clock: at, action: anonymise,"
    "     mask: {phone: {phone_prefix: 4}, note: {fixed: gone}}}\n"
    "  - {table: app.none, category: old, clock: nothing, action: purge}\n";
static const char catalog_text[] =
    "{\"cutoffs\": {\"24 months\": \"2022-06-30T12:00:00Z\"},"
    " \"tables\": {"
    "  \"app.calls\": {\"columns\": {\"id\": \"int8 primary_key\", \"at\": \"timestamptz\","
    "                                \"odd\": \"bool\", \"frozen\": \"bool\"}},"
    "  \"app.notes\": {\"columns\": {\"call_id\": \"int8\"}},"
    "  \"app.tags\": {\"columns\": {\"call_id\": \"int8\"}},"
    "  \"app.users\": {\"columns\": {\"at\": \"timestamptz\", \"phone\": \"text\","
    "                                \"note\": \"text\"}},"
    "  \"app.none\": {\"columns\": {\"at\": \"timestamptz\"}}},"
    " \"fkeys\": {"
    "  \"notes_fkey\": {\"child\": \"app.notes\", \"parent\": \"app.calls\","
    "                   \"columns\": {\"call_id\": \"id\"}, \"on_delete\": \"cascade\"},"
    "  \"tags_fkey\": {\"child\": \"app.tags\", \"parent\": \"app.calls\","
    "                  \"columns\": {\"call_id\": \"id\"}, \"on_delete\": \"cascade\"}}}";

enum { PURGE = 0, BROKEN = 1, MASK = 2 };

static void make(struct planned *planned)
{
    struct error err;
    assert_int_equal(planned_make(policy_text, catalog_text, NULL, planned, &err), 0);
    assert_int_equal(planned->plan->step_count, 3);
    assert_string_equal(planned->plan->steps[BROKEN].refused, "column-missing");
    assert_int_equal(planned->plan->steps[PURGE].cascade_count, 2);
}

static void digest(struct planned *planned, char ret_hex[SHA256_HEX])
{
    statement_digest(planned->plan);
    memcpy(ret_hex, planned->plan->digest, SHA256_HEX);
}

static struct plan_step *step(struct planned *planned, size_t i)
{
    return &planned->plan->steps[i];
}

static struct policy_rule *rule(struct planned *planned, size_t i)
{
    return (struct policy_rule *)planned->plan->steps[i].rule;
}

static struct catalog_table *table(struct planned *planned, const char *text)
{
    for (size_t i = 0; i < planned->catalog.table_count; i++)
        if (strcmp(planned->catalog.tables[i].text, text) == 0)
            return &planned->catalog.tables[i];
    fail_msg("no table %s", text);
    return NULL;
}

static void set_policy(struct planned *p)
{
    p->policy->sha256[5] ^= 1;
}
static void set_database(struct planned *p)
{
    p->catalog.database = "other";
}
static void set_system(struct planned *p)
{
    p->catalog.system_identifier = "7";
}
static void set_instant(struct planned *p)
{
    p->catalog.as_of = "2024-06-30T12:00:01Z";
}
static void set_local(struct planned *p)
{
    p->catalog.cutoffs[0].local = "2022-06-30 12:00:01";
}
static void set_cutoff(struct planned *p)
{
    p->catalog.cutoffs[0].instant = "2022-06-30T12:00:01Z";
}
static void set_only(struct planned *p)
{
    step(p, PURGE)->test->only = "not odd";
}
static void set_unless(struct planned *p)
{
    step(p, PURGE)->test->unless = "odd";
}
static void set_hold(struct planned *p)
{
    p->policy->holds[0].where = "not frozen";
}
static void drop_hold(struct planned *p)
{
    step(p, PURGE)->test->hold_count = 0;
}
static void drop_block(struct planned *p)
{
    step(p, PURGE)->test->block_count--;
}
static void set_mask_number(struct planned *p)
{
    rule(p, MASK)->masks[0].number = 3;
}
static void set_mask_text(struct planned *p)
{
    rule(p, MASK)->masks[1].text = "away";
}
static void drop_mask(struct planned *p)
{
    rule(p, MASK)->mask_count = 1;
}
static void set_rule_id(struct planned *p)
{
    step(p, PURGE)->rule_id = "renamed";
}
static void set_table_text(struct planned *p)
{
    table(p, "app.users")->text = "app.user";
}
static void set_refused(struct planned *p)
{
    step(p, PURGE)->refused = "privilege";
}
static void set_code(struct planned *p)
{
    step(p, BROKEN)->refused = "other";
}
static void drop_step(struct planned *p)
{
    p->plan->step_count--;
}
static void set_shape(struct planned *p)
{
    table(p, "app.users")->fingerprint[0] ^= 1;
}
static void set_child_shape(struct planned *p)
{
    table(p, "app.tags")->fingerprint[0] ^= 1;
}
static void drop_cascade(struct planned *p)
{
    step(p, PURGE)->cascade_count--;
}

static const char *const some_name[] = {"app.calls"};

static void set_tables(struct planned *p)
{
    p->plan->narrowing = (struct narrowing){.tables = some_name, .table_count = 1};
}

static void set_categories(struct planned *p)
{
    p->plan->narrowing = (struct narrowing){.categories = some_name, .category_count = 1};
}

static void set_rules(struct planned *p)
{
    p->plan->narrowing = (struct narrowing){.rules = some_name, .rule_count = 1};
}

static void swap_steps(struct planned *p)
{
    struct plan_step first = *step(p, PURGE);
    *step(p, PURGE) = *step(p, BROKEN);
    *step(p, BROKEN) = first;
}

struct change {
    const char *name;
    void (*make)(struct planned *planned);
};

#define CHANGE(function)                                                                           \
    {                                                                                              \
#function, function                                                                        \
    }

static void test_covered(void **state)
{
    (void)state;
    static const struct change changes[] = {
        CHANGE(set_policy),      CHANGE(set_database),    CHANGE(set_system),
        CHANGE(set_instant),     CHANGE(set_local),       CHANGE(set_cutoff),
        CHANGE(set_only),        CHANGE(set_unless),      CHANGE(set_hold),
        CHANGE(drop_hold),       CHANGE(drop_block),      CHANGE(drop_mask),
        CHANGE(set_mask_text),   CHANGE(set_mask_number), CHANGE(set_rule_id),
        CHANGE(set_table_text),  CHANGE(set_refused),     CHANGE(set_code),
        CHANGE(drop_step),       CHANGE(swap_steps),      CHANGE(set_shape),
        CHANGE(set_child_shape), CHANGE(drop_cascade),    CHANGE(set_tables),
        CHANGE(set_categories),  CHANGE(set_rules),
    };
    enum { COUNT = sizeof changes / sizeof *changes };
    char digests[COUNT + 1][SHA256_HEX];
    struct planned planned;
    make(&planned);
    digest(&planned, digests[COUNT]);
    planned_free(&planned);
    for (size_t i = 0; i < COUNT; i++) {
        make(&planned);
        changes[i].make(&planned);
        digest(&planned, digests[i]);
        planned_free(&planned);
        for (size_t j = 0; j <= COUNT; j++)
            if ((j < i || j == COUNT) && strcmp(digests[i], digests[j]) == 0)
                fail_msg("%s: the same digest as %s", changes[i].name,
                         j == COUNT ? "before" : changes[j].name);
    }
}

static void set_statistics(struct planned *p)
{
    table(p, "app.calls")->estimated_rows = 1e6;
    table(p, "app.calls")->bytes = 1 << 20;
}

static void set_leaves(struct planned *p)
{
    table(p, "app.calls")->leaves[0] = table(p, "app.users");
    table(p, "app.users")->leaf_count = 0;
}

static void swap_cascades(struct planned *p)
{
    const struct catalog_table *first = step(p, PURGE)->cascades[0];
    step(p, PURGE)->cascades[0] = step(p, PURGE)->cascades[1];
    step(p, PURGE)->cascades[1] = first;
}

static void set_server(struct planned *p)
{
    p->catalog.now = "2024-07-01T00:00:00Z";
    p->catalog.server_version = "15.99";
    p->catalog.role = "someone";
    p->catalog.timeline = 2;
    p->catalog.clock_skew_seconds = 3;
}

static void set_why(struct planned *p)
{
    step(p, PURGE)->why = "other";
}
static void set_mark(struct planned *p)
{
    step(p, PURGE)->mark.line = 77;
}
static void drop_findings(struct planned *p)
{
    p->plan->finding_count = 0;
}
static void set_index(struct planned *p)
{
    p->catalog.fkeys[0].child_is_indexed = false;
}
static void set_description(struct planned *p)
{
    p->policy->categories[0].description = "other";
}
static void set_digest(struct planned *p)
{
    strcpy(p->plan->digest, "something");
}

static void test_not_covered(void **state)
{
    (void)state;
    static const struct change changes[] = {
        CHANGE(set_statistics), CHANGE(set_leaves),      CHANGE(swap_cascades), CHANGE(set_server),
        CHANGE(set_why),        CHANGE(set_mark),        CHANGE(drop_findings), CHANGE(set_index),
        CHANGE(set_digest),     CHANGE(set_description),
    };
    char before[SHA256_HEX], after[SHA256_HEX];
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct planned planned;
        make(&planned);
        digest(&planned, before);
        changes[i].make(&planned);
        digest(&planned, after);
        if (strcmp(before, after) != 0)
            fail_msg("%s changes the digest", changes[i].name);
        planned_free(&planned);
    }
    assert_int_equal(strlen(before), SHA256_HEX - 1);
    for (const char *c = before; *c != '\0'; c++)
        assert_true(isdigit((unsigned char)*c) || (*c >= 'a' && *c <= 'f'));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_covered),
        cmocka_unit_test(test_not_covered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
