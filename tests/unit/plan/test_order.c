/*
 * test_order.c - the order of steps, over random sets of tables, foreign keys and rules
 *
 * Foreign keys point from a table to itself or one with a smaller number, so that there is no cycle
 * over several tables; which of them set null is drawn. The last test has one.
 */
#include "support/planned.h"
#include "support/random.h"

#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { TABLES = 7, CASES = 400 };

struct drawn {
    struct buffer policy, catalog;
};

static void add_fkey(struct drawn *drawn, int child, int parent, const char *on_delete, bool first)
{
    buffer_addf(&drawn->catalog,
                "%s\"f_%d_%d\": {\"child\": \"app.t%d\", \"parent\": \"app.t%d\","
                " \"columns\": {\"to_%d\": \"id\"}, \"on_delete\": \"%s\"}",
                first ? "" : ", ", child, parent, child, parent, parent, on_delete);
}

static void add_table(struct drawn *drawn, int table)
{
    buffer_addf(
        &drawn->catalog,
        "%s\"app.t%d\": {\"columns\": {\"id\": \"int8 primary_key\", \"at\": \"timestamptz\","
        " \"x\": \"text\"",
        table == 0 ? "" : ", ", table);
    for (int other = 0; other < TABLES; other++)
        buffer_addf(&drawn->catalog, ", \"to_%d\": \"int8\"", other);
    buffer_add(&drawn->catalog, "}}");
}

static void begin(struct drawn *drawn)
{
    *drawn = (struct drawn){0};
    buffer_add(&drawn->policy, "pgretain: 1\npolicy: order\n"
                               "categories: {old: {keep: 24 months}}\nrules:\n");
    buffer_add(&drawn->catalog,
               "{\"cutoffs\": {\"24 months\": \"2022-06-30T12:00:00Z\"}, \"tables\": {");
    for (int table = 0; table < TABLES; table++)
        add_table(drawn, table);
    buffer_add(&drawn->catalog, "}, \"fkeys\": {");
}

static void add_rule(struct drawn *drawn, struct random *random, int number)
{
    int table = random_below(random, TABLES);
    buffer_addf(&drawn->policy, "  - {id: r%d, table: app.t%d, category: old, ", number, table);
    if (table > 0 && random_chance(random, 25)) {
        int parent = random_below(random, table);
        buffer_addf(&drawn->policy, "clock: {parent: app.t%d, via: to_%d, clock: at}, ", parent,
                    parent);
    } else {
        buffer_add(&drawn->policy, "clock: at, ");
    }
    buffer_add(&drawn->policy, "action: purge}\n");
}

static void draw(struct random *random, struct drawn *drawn)
{
    static const char *const actions[] = {"no action", "restrict", "cascade", "set null",
                                          "set default"};
    begin(drawn);
    bool first = true;
    for (int child = 0; child < TABLES; child++)
        for (int parent = 0; parent <= child; parent++) {
            if (!random_chance(random, 33))
                continue;
            add_fkey(drawn, child, parent, actions[random_below(random, 5)], first);
            first = false;
        }
    buffer_add(&drawn->catalog, "}}");
    int rules = 1 + random_below(random, 9);
    for (int i = 0; i < rules; i++)
        add_rule(drawn, random, i);
    buffer_addf(&drawn->policy,
                "  - {id: m, table: app.t%d, category: old, clock: at, "
                "action: anonymise, mask: {x: null}}\n",
                random_below(random, TABLES));
    add_rule(drawn, random, rules);
}

static bool must_go_first(const struct planned *planned, const struct plan_step *first,
                          const struct plan_step *second)
{
    if (first->action != ACTION_PURGE || second->action != ACTION_PURGE)
        return first->action == ACTION_PURGE && second->action != ACTION_PURGE;
    if (first->table == second->table)
        return first->rule < second->rule;
    const struct policy_clock *clock = first->rule->clock;
    if (clock->kind == CLOCK_PARENT && strcmp(clock->parent.text, second->table->text) == 0)
        return true;
    for (size_t i = 0; i < planned->catalog.fkey_count; i++) {
        const struct catalog_fkey *fkey = &planned->catalog.fkeys[i];
        if (fkey->child == first->table && fkey->parent == second->table &&
            strchr("arc", (int)fkey->on_delete) != NULL)
            return true;
    }
    return false;
}

static void check_order(const struct planned *planned, const struct drawn *drawn)
{
    const struct plan *plan = planned->plan;
    assert_int_equal(plan->step_count, planned->policy->rule_count);
    for (size_t i = 0; i < plan->step_count; i++)
        for (size_t j = i + 1; j < plan->step_count; j++) {
            assert_ptr_not_equal(plan->steps[i].rule, plan->steps[j].rule);
            if (must_go_first(planned, &plan->steps[j], &plan->steps[i]))
                fail_msg("%s stands before %s\n%s%s", plan->steps[i].rule_id,
                         plan->steps[j].rule_id, drawn->policy.data, drawn->catalog.data);
        }
}

static void test_random(void **state)
{
    (void)state;
    struct random random = random_start(20261123, 0);
    size_t pairs = 0;
    for (int i = 0; i < CASES; i++) {
        struct drawn drawn;
        struct planned planned;
        struct error err;
        draw(&random, &drawn);
        assert_int_equal(planned_make(drawn.policy.data, drawn.catalog.data, NULL, &planned, &err),
                         0);
        check_order(&planned, &drawn);
        for (size_t a = 0; a < planned.plan->step_count; a++)
            for (size_t b = 0; b < planned.plan->step_count; b++)
                pairs += must_go_first(&planned, &planned.plan->steps[a], &planned.plan->steps[b]);
        planned_free(&planned);
        buffer_free(&drawn.policy);
        buffer_free(&drawn.catalog);
    }
    assert_true(pairs > 2000);
}

/* A ring of tables waits for what hangs on it, and what it hangs on waits for all of the ring. */
static void test_ring(void **state)
{
    (void)state;
    static const char *const expected[TABLES] = {"app.t6", "app.t1", "app.t2", "app.t3",
                                                 "app.t4", "app.t5", "app.t0"};
    struct drawn drawn;
    struct planned planned;
    struct error err;
    begin(&drawn);
    for (int table = 1; table < TABLES - 1; table++)
        add_fkey(&drawn, table, table == 5 ? 1 : table + 1, "no action", table == 1);
    add_fkey(&drawn, 3, 0, "restrict", false);
    add_fkey(&drawn, TABLES - 1, 4, "cascade", false);
    for (int table = 0; table < TABLES; table++)
        buffer_addf(&drawn.policy,
                    "  - {table: app.t%d, category: old, clock: at, action: purge}\n", table);
    buffer_add(&drawn.catalog, "}}");
    assert_int_equal(planned_make(drawn.policy.data, drawn.catalog.data, NULL, &planned, &err), 0);
    for (int i = 0; i < TABLES; i++) {
        assert_string_equal(planned.plan->steps[i].table->text, expected[i]);
        assert_null(planned.plan->steps[i].refused);
        assert_int_equal(planned.plan->steps[i].test->circle != NULL, i > 0 && i < TABLES - 1);
    }
    planned_free(&planned);
    buffer_free(&drawn.policy);
    buffer_free(&drawn.catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_ring),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
