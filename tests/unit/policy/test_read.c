/* test_read.c - every key of the format arrives in its field, with the defaults where it is absent.
 */
#include "policy/policy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct policy *load(const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, FIXTURES "/policies/good/%s", name);
    const struct policy_options options = {.file = path, .today = "2026-11-23"};
    struct policy *policy = NULL;
    struct diagnostics diagnostics = {0};
    assert_int_equal(policy_load(&options, &policy, &diagnostics), 0);
    assert_string_equal(policy->file, path);
    assert_int_equal(policy->byte_count, diagnostics.byte_count);
    assert_memory_equal(policy->bytes, diagnostics.bytes, policy->byte_count);
    diagnostics_free(&diagnostics);
    return policy;
}

static int set_up(void **state)
{
    *state = load("every_key.yaml");
    return 0;
}

static int tear_down(void **state)
{
    policy_free(*state);
    return 0;
}

static void assert_table(const struct table_name *table, const char *schema, const char *name)
{
    assert_string_equal(table->schema, schema);
    assert_string_equal(table->name, name);
}

static void assert_mark(struct mark mark, unsigned line, unsigned column)
{
    assert_int_equal(mark.line, line);
    assert_int_equal(mark.column, column);
}

static void test_top(void **state)
{
    const struct policy *policy = *state;
    char sha256[SHA256_HEX];
    sha256_hex(policy->bytes, policy->byte_count, sha256);
    assert_string_equal(policy->sha256, sha256);
    assert_string_equal(policy->name, "every-key_1.0");
    assert_string_equal(policy->database, "Every Key");
    assert_string_equal(policy->time_zone, "America/Argentina/Buenos_Aires");
    assert_string_equal(policy->cap.text, "3 years");
    assert_int_equal(policy->cap.months, 36);
    assert_true(policy->cap_raised);
    assert_string_equal(policy->cap_reason, "the regulator asked for it");
    assert_mark(policy->cap_mark, 7, 6);
    assert_string_equal(policy->notice_document, "Privacy Policy");
    assert_string_equal(policy->notice_updated, "2024-09-26");
    assert_true(policy->limit_share == 0.125);
    assert_int_equal(policy->limit_rows, 5000000);
    assert_int_equal(policy->subject_count, 3);
    assert_table(&policy->subjects[1], "app", "odd.name");
    assert_true(policy->subjects[2].name_is_pattern);
    assert_int_equal(policy->coverage_count, 2);
    assert_string_equal(policy->coverage_schemas[1].schema, "App Data");
    assert_true(policy->coverage_schemas[1].name_is_pattern);
    assert_false(policy->coverage_schemas[1].schema_is_pattern);
    assert_int_equal(policy->exemption_count, 2);
    assert_table(&policy->exemptions[0].table, "public", "plans");
    assert_string_equal(policy->exemptions[0].reason, "price list");
    assert_int_equal(policy->exemptions[0].column_count, 0);
    assert_int_equal(policy->exemptions[1].column_count, 2);
    assert_string_equal(policy->exemptions[1].columns[1], "Line");
}

static void test_categories(void **state)
{
    const struct policy *policy = *state;
    const struct policy_category *personal = &policy->categories[0], *billing;
    assert_int_equal(policy->category_count, 4);
    assert_string_equal(personal->name, "personal");
    assert_string_equal(personal->keep.text, "24 months");
    assert_string_equal(personal->description, "names, e-mail");
    assert_null(personal->obligation_law);
    assert_mark(personal->mark, 13, 3);
    assert_mark(personal->keep_mark, 13, 20);
    assert_int_equal(policy->categories[1].keep.days, 7);
    assert_mark(policy->categories[1].keep_mark, 15, 11);
    billing = &policy->categories[3];
    assert_int_equal(billing->keep.months, 120);
    assert_string_equal(billing->obligation_law, "Code de commerce, art. L123-22");
    assert_string_equal(billing->obligation_review, "2027-09-26");
    assert_false(billing->review_lapsed);
}

static void test_holds(void **state)
{
    const struct policy *policy = *state;
    const struct policy_hold *first = &policy->holds[0], *second = &policy->holds[1];
    assert_int_equal(policy->hold_count, 2);
    assert_string_equal(first->id, "acme-2026");
    assert_string_equal(first->reason, "order 26/1412");
    assert_string_equal(first->where, "id = 17");
    assert_string_equal(first->until, "2027-04-12");
    assert_true(first->follow);
    assert_false(first->until_passed);
    assert_int_equal(first->table_count, 1);
    assert_table(&first->tables[0], "public", "accounts");
    assert_mark(first->tables[0].mark, 23, 53);
    assert_mark(first->where_mark, 23, 78);
    assert_mark(first->mark, 23, 5);
    assert_false(second->follow);
    assert_null(second->until);
    assert_int_equal(second->table_count, 2);
    assert_table(&second->tables[1], "public", "b");
    assert_string_equal(second->where, "exists (select from legal.holds h\n"
                                       "        where h.id = a.id and h.kind = 'it''s held')\n");
    assert_mark(second->where_mark, 29, 7);
}

static void test_rules(void **state)
{
    const struct policy *policy = *state;
    const struct policy_rule *purge = &policy->rules[0], *pattern = &policy->rules[1];
    assert_int_equal(policy->rule_count, 10);
    assert_string_equal(purge->id, "public.calls-personal");
    assert_ptr_equal(purge->category, &policy->categories[0]);
    assert_string_equal(purge->keep.text, "24 months");
    assert_int_equal(purge->action, ACTION_PURGE);
    assert_int_equal(purge->cascade_count, 2);
    assert_table(&purge->cascade[1], "public", "tags");
    assert_mark(purge->mark, 33, 5);
    assert_null(purge->only);
    assert_null(purge->accept_label);
    assert_string_equal(pattern->id, "pattern");
    assert_true(pattern->table.name_is_pattern);
    assert_int_equal(pattern->except_count, 1);
    assert_table(&pattern->except[0], "public", "log_legal");
    assert_string_equal(pattern->only, "true");
    assert_mark(pattern->only_mark, 40, 11);
    assert_string_equal(pattern->unless, "kind = 'audit'");
    assert_mark(pattern->unless_mark, 41, 14);
    const struct policy_rule *masks = &policy->rules[2];
    assert_int_equal(masks->action, ACTION_ANONYMISE);
    assert_int_equal(masks->keep.months, 18);
    assert_string_equal(masks->accept_label, "pseudonymous");
    assert_string_equal(masks->accept_reason, "the account stays");
    assert_int_equal(policy->rules[3].action, ACTION_PSEUDONYMISE);
    assert_string_equal(policy->rules[5].id, "public.invoices-billing");
    assert_string_equal(policy->rules[5].keep.text, "10 years");
}

static void test_clocks(void **state)
{
    const struct policy *policy = *state;
    const struct policy_clock *clock = policy->rules[0].clock;
    assert_int_equal(clock->kind, CLOCK_COLUMN);
    assert_int_equal(clock->column_count, 1);
    assert_string_equal(clock->columns[0], "started_at");
    assert_false(clock->null_is_active);
    assert_mark(clock->mark, 33, 54);
    clock = policy->rules[1].clock;
    assert_int_equal(clock->kind, CLOCK_COLUMN);
    assert_string_equal(clock->columns[0], "at");
    assert_true(clock->null_is_active);
    clock = policy->rules[2].clock;
    assert_int_equal(clock->kind, CLOCK_LATEST);
    assert_int_equal(clock->column_count, 2);
    assert_string_equal(clock->columns[1], "created_at");
    assert_true(clock->null_is_active);
    clock = policy->rules[3].clock;
    assert_int_equal(clock->kind, CLOCK_PARENT);
    assert_table(&clock->parent, "public", "calls");
    assert_int_equal(clock->column_count, 2);
    assert_string_equal(clock->columns[1], "call_at");
    clock = clock->of;
    assert_int_equal(clock->kind, CLOCK_PARENT);
    assert_table(&clock->parent, "public", "accounts");
    assert_int_equal(clock->column_count, 1);
    assert_int_equal(clock->of->kind, CLOCK_COLUMN);
    assert_string_equal(clock->of->columns[0], "closed_at");
    assert_null(clock->of->of);
    clock = policy->rules[6].clock;
    assert_int_equal(clock->unit, UNIT_MILLISECONDS);
    assert_true(clock->null_is_active);
    clock = policy->rules[7].clock;
    assert_int_equal(clock->kind, CLOCK_LATEST);
    assert_int_equal(clock->unit, UNIT_SECONDS);
    assert_int_equal(policy->rules[8].clock->unit, UNIT_UUIDV7);
    clock = policy->rules[9].clock->of;
    assert_int_equal(clock->kind, CLOCK_SQL);
    assert_string_equal(clock->sql, "least(seen_at, now())");
    assert_int_equal(clock->sql_mark.line, 87);
}

static const struct {
    const char *column;
    enum mask_kind kind;
    const char *text;
    int number;
    size_t item_count;
} masks[] = {
    {"a", MASK_NULL, NULL, 0, 0},
    {"b", MASK_NULL, NULL, 0, 0},
    {"c", MASK_NULL, NULL, 0, 0},
    {"d", MASK_DEFAULT, NULL, 0, 0},
    {"e", MASK_FIXED, "removed", 0, 0},
    {"f", MASK_FIXED, "", 0, 0},
    {"g", MASK_FIXED, "0", 0, 0},
    {"h", MASK_EMPTY, NULL, 0, 0},
    {"i", MASK_UNIQUE, NULL, 0, 0},
    {"j", MASK_IP_NETWORK, NULL, 0, 0},
    {"k", MASK_PHONE_PREFIX, NULL, 6, 0},
    {"l", MASK_FLOOR, "quarter", 0, 0},
    {"m", MASK_BUCKET, "1000", 0, 0},
    {"n", MASK_BUCKET, "0.5", 0, 0},
    {"o", MASK_EMAIL_DOMAIN, NULL, 0, 0},
    {"p", MASK_URL_ORIGIN, NULL, 0, 0},
    {"q", MASK_AGENT_FAMILY, NULL, 0, 0},
    {"r", MASK_JSON_DROP, NULL, 0, 5},
    {"Odd Column", MASK_JSON_KEEP, NULL, 0, 2},
};

static void test_masks(void **state)
{
    const struct policy *policy = *state;
    const struct policy_rule *rule = &policy->rules[2];
    assert_int_equal(rule->mask_count, sizeof masks / sizeof *masks);
    for (size_t i = 0; i < rule->mask_count; i++) {
        const struct policy_mask *mask = &rule->masks[i];
        assert_string_equal(mask->column, masks[i].column);
        assert_int_equal(mask->kind, masks[i].kind);
        assert_int_equal(mask->number, masks[i].number);
        assert_int_equal(mask->item_count, masks[i].item_count);
        if (masks[i].text == NULL)
            assert_null(mask->text);
        else
            assert_string_equal(mask->text, masks[i].text);
        assert_mark(mask->mark, 51 + (unsigned)i, 7);
    }
    assert_string_equal(rule->masks[17].items[3], "$.\"a b\".c");
    assert_string_equal(rule->masks[18].items[1], "a b");
    assert_int_equal(policy->rules[3].masks[0].kind, MASK_KEYED_HASH);
}

static void test_defaults(void **state)
{
    (void)state;
    struct policy *policy = load("minimal.yaml");
    assert_string_equal(policy->time_zone, "UTC");
    assert_int_equal(policy->cap.months, 24);
    assert_int_equal(policy->cap.days, 0);
    assert_string_equal(policy->cap.text, "24 months");
    assert_false(policy->cap_raised);
    assert_mark(policy->cap_mark, 0, 0);
    assert_true(policy->limit_share == 0.25);
    assert_int_equal(policy->limit_rows, 0);
    assert_null(policy->database);
    assert_null(policy->notice_document);
    assert_int_equal(policy->hold_count + policy->exemption_count + policy->coverage_count, 0);
    policy_free(policy);
}

static void test_action_names(void **state)
{
    (void)state;
    assert_string_equal(action_name(ACTION_PURGE), "purge");
    assert_string_equal(action_name(ACTION_ANONYMISE), "anonymise");
    assert_string_equal(action_name(ACTION_PSEUDONYMISE), "pseudonymise");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_top),      cmocka_unit_test(test_categories),
        cmocka_unit_test(test_holds),    cmocka_unit_test(test_rules),
        cmocka_unit_test(test_clocks),   cmocka_unit_test(test_masks),
        cmocka_unit_test(test_defaults), cmocka_unit_test(test_action_names),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
