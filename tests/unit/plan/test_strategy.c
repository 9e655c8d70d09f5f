/*
 * test_strategy.c - the strategy of a step, and its reason, for each fact that it depends on
 *
 * The tables: app.calls, plain, with statistics as the case says; app.years, whose parts end with
 * 2021, 2022-06-30 12:00 (the cutoff), and never; app.days, the same by date.
 */
#include "support/planned.h"

#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char scan[] = "each page is visited once and no index is needed";

struct strategy_case {
    const char *about;
    const char *rule;  /* beside category and clock */
    const char *extra; /* in the catalog, beside the tables */
    const char *parts; /* "is": of each part of the tree; NULL: owned */
    enum strategy strategy;
    const char *why;
    size_t whole;
};

static const struct strategy_case cases[] = {
    {"no statistics or no index on the clock", "table: app.calls, action: purge", "", NULL,
     STRATEGY_BLOCK_RANGES, scan, 0},
    {"an index, but statistics do not know", "table: app.calls, action: purge",
     "\"shares\": [{\"rule\": 0, \"before\": -1, \"correlation\": 1.0}]", NULL,
     STRATEGY_BLOCK_RANGES, scan, 0},
    {"few rows, scattered", "table: app.calls, action: purge",
     "\"shares\": [{\"rule\": 0, \"before\": 0.03, \"correlation\": 0.0}]", NULL,
     STRATEGY_CLOCK_SLICES,
     "about 3.0% of the rows are past the cutoff, and an index on the clock leads to them", 0},
    {"more rows, scattered", "table: app.calls, action: purge",
     "\"shares\": [{\"rule\": 0, \"before\": 0.031, \"correlation\": 0.89}]", NULL,
     STRATEGY_BLOCK_RANGES, scan, 0},
    {"as many, in the clock's order", "table: app.calls, action: purge",
     "\"shares\": [{\"rule\": 0, \"before\": 0.031, \"correlation\": 0.9}]", NULL,
     STRATEGY_CLOCK_SLICES,
     "about 3.1% of the rows are past the cutoff, and an index on the clock leads to them", 0},
    {"many, in the clock's order", "table: app.calls, action: purge",
     "\"shares\": [{\"rule\": 0, \"before\": 0.21, \"correlation\": 1.0}]", NULL,
     STRATEGY_BLOCK_RANGES, scan, 0},
    {"against the clock's order", "table: app.calls, action: purge",
     "\"shares\": [{\"rule\": 0, \"before\": 0.1, \"correlation\": -1.0}]", NULL,
     STRATEGY_BLOCK_RANGES, scan, 0},
    {"next to none", "table: app.calls, action: purge",
     "\"shares\": [{\"rule\": 0, \"before\": 0.0, \"correlation\": 0.0}]", NULL,
     STRATEGY_CLOCK_SLICES,
     "less than 0.1% of the rows are past the cutoff, and an index on the clock leads to them", 0},
    {"a partial index is none for a purge", "table: app.calls, action: purge",
     "\"shares\": [{\"rule\": 0, \"before\": 0.01, \"correlation\": 0.0, \"is_indexed\": false,"
     " \"in_part\": 10}]",
     NULL, STRATEGY_BLOCK_RANGES, scan, 0},
    {"a mask, few rows past the cutoff", "table: app.calls, action: anonymise, mask: {note: null}",
     "\"shares\": [{\"rule\": 0, \"before\": 0.01, \"correlation\": 0.0}]", NULL,
     STRATEGY_CLOCK_SLICES,
     "about 1.0% of the rows are past the cutoff, and an index on the clock leads to them", 0},
    {"a mask, many of them masked or not",
     "table: app.calls, action: anonymise, mask: {note: null}",
     "\"shares\": [{\"rule\": 0, \"before\": 0.6, \"correlation\": 0.0}]", NULL,
     STRATEGY_BLOCK_RANGES, scan, 0},
    {"a mask, many past the cutoff, nearly all of them masked",
     "table: app.calls, action: anonymise, mask: {note: null}",
     "\"shares\": [{\"rule\": 0, \"before\": 0.6, \"correlation\": 0.0, \"is_indexed\": false,"
     " \"in_part\": 420}]",
     NULL, STRATEGY_CLOCK_SLICES,
     "about 2.0% of the rows are past the cutoff and not masked yet, and a partial index leads to "
     "them",
     0},
    {"a mask, many past the cutoff, few of them masked",
     "table: app.calls, action: anonymise, mask: {note: null}",
     "\"shares\": [{\"rule\": 0, \"before\": 0.6, \"correlation\": 0.0, \"in_part\": 900}]", NULL,
     STRATEGY_BLOCK_RANGES, scan, 0},
    {"partitions", "table: app.years, action: purge", "", NULL, STRATEGY_PARTITION,
     "2 of 3 partitions lie wholly before the cutoff", 2},
    {"partitions come before an index", "table: app.years, action: purge",
     "\"shares\": [{\"rule\": 0, \"before\": 0.001, \"correlation\": 1.0}]", NULL,
     STRATEGY_PARTITION, "2 of 3 partitions lie wholly before the cutoff", 2},
    {"by date, the day of the cutoff is not over", "table: app.days, action: purge", "", NULL,
     STRATEGY_PARTITION, "1 of 3 partitions lie wholly before the cutoff", 1},
    {"a mask of partitions", "table: app.years, action: anonymise, mask: {note: null}", "", NULL,
     STRATEGY_BLOCK_RANGES, scan, 0},
    {"another clock than the bound's", "table: app.years, action: purge, clock: other", "", NULL,
     STRATEGY_BLOCK_RANGES, scan, 0},
    {"partitions of others", "table: app.years, action: purge", "", "", STRATEGY_BLOCK_RANGES,
     "2 of 3 partitions lie wholly before the cutoff, and are emptied row by row: this role does "
     "not own them",
     0},
    {"partitions of others, forced", "table: app.years, action: purge, partition: force", "", "",
     STRATEGY_BLOCK_RANGES,
     "2 of 3 partitions lie wholly before the cutoff, and are emptied row by row: this role does "
     "not own them",
     0},
    {"a server that cannot, forced", "table: app.years, action: purge, partition: force",
     "\"server\": 139999", NULL, STRATEGY_BLOCK_RANGES,
     "2 of 3 partitions lie wholly before the cutoff, and are emptied row by row: this server "
     "cannot detach them while others are at work",
     0},
    {"a server that can", "table: app.years, action: purge", "\"server\": 140000", NULL,
     STRATEGY_PARTITION, "2 of 3 partitions lie wholly before the cutoff", 2},
    {"a default partition", "table: app.years, action: purge", "", "is_owner has_default_sibling",
     STRATEGY_BLOCK_RANGES,
     "2 of 3 partitions lie wholly before the cutoff, and are emptied row by row: there is a "
     "default partition",
     0},
    {"a default partition, forced", "table: app.years, action: purge, partition: force", "",
     "is_owner has_default_sibling", STRATEGY_PARTITION,
     "2 of 3 partitions lie wholly before the cutoff", 2},
    {"a delete trigger", "table: app.years, action: purge", "", "is_owner has_delete_trigger",
     STRATEGY_BLOCK_RANGES,
     "2 of 3 partitions lie wholly before the cutoff, and are emptied row by row: a trigger waits "
     "for each deleted row",
     0},
    {"a foreign key to the tree", "table: app.years, action: purge",
     "\"fkeys\": {\"f\": {\"child\": \"app.calls\", \"parent\": \"app.years\","
     " \"columns\": {\"id\": \"id\"}, \"on_delete\": \"set null\"}}",
     NULL, STRATEGY_BLOCK_RANGES,
     "2 of 3 partitions lie wholly before the cutoff, and are emptied row by row: a foreign key "
     "refers to the table",
     0},
    {"a part of the tree belongs to another rule",
     "table: app.years, action: purge, except: [app.years_2021]", "", NULL, STRATEGY_PARTITION,
     "1 of 2 partitions lie wholly before the cutoff", 1},
    {"a circle", "table: app.years, action: purge, partition: force",
     "\"fkeys\": {\"f\": {\"child\": \"app.years\", \"parent\": \"app.years\","
     " \"columns\": {\"id\": \"id\"}}, \"g\": {\"child\": \"app.years\", \"parent\": "
     "\"app.years\", \"columns\": {\"note\": \"id\"}}}",
     NULL, STRATEGY_BLOCK_RANGES,
     "its rows go together with those of other tables, and no partition goes whole", 0},
};

static void add_tree(struct buffer *catalog, const char *name, const char *type, const char *parts)
{
    static const char *const ends[][2] = {{"2021", "\"2022-01-01T00:00:00Z\""},
                                          {"2022", "\"2022-06-30T12:00:00Z\""},
                                          {"rest", "null"}};
    buffer_addf(catalog,
                ", \"%s\": {\"kind\": \"p\", \"is\": \"is_owner\", \"columns\": {\"id\": \"int8\","
                " \"at\": \"%s\", \"other\": \"timestamptz\", \"note\": \"text\"}}",
                name, type);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        buffer_addf(catalog,
                    ", \"%s_%s\": {\"parent\": \"%s\", \"is\": \"%s\", \"bound\": [\"at\", %s],"
                    " \"columns\": {\"id\": \"int8\"}}",
                    name, ends[i][0], name, parts == NULL ? "is_owner" : parts, ends[i][1]);
}

static void make(const struct strategy_case *c, struct planned *ret_planned)
{
    struct buffer policy = {0}, catalog = {0};
    struct error err;
    buffer_addf(&policy,
                "pgretain: 1\npolicy: strategy\ncategories: {old: {keep: 24 months}}\nrules:\n"
                "  - {category: old, %s%s}\n",
                c->rule, strstr(c->rule, "clock:") == NULL ? ", clock: at" : "");
    buffer_add(
        &catalog,
        "{\"cutoffs\": {\"24 months\": \"2022-06-30T12:00:00Z\"}, \"tables\": {"
        "\"app.calls\": {\"rows\": 1000, \"columns\": {\"id\": \"int8\", \"at\": \"timestamptz\","
        " \"note\": \"text\"}}");
    add_tree(&catalog, "app.years", "timestamptz", c->parts);
    add_tree(&catalog, "app.days", "date", c->parts);
    buffer_addf(&catalog, "}%s%s}", c->extra[0] == '\0' ? "" : ", ", c->extra);
    assert_int_equal(planned_make(policy.data, catalog.data, NULL, ret_planned, &err), 0);
    buffer_free(&policy);
    buffer_free(&catalog);
}

static void test_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct strategy_case *c = &cases[i];
        struct planned planned;
        make(c, &planned);
        const struct plan_step *step = &planned.plan->steps[0];
        if (step->strategy != c->strategy || strcmp(step->why, c->why) != 0 ||
            step->whole_count != c->whole)
            fail_msg("%s: %s, %zu whole: %s", c->about, strategy_name(step->strategy),
                     step->whole_count, step->why);
        planned_free(&planned);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
