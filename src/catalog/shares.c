/* shares.c - how much of each ruled table lies before its cutoff, as far as statistics tell. */
#include "catalog/catalog_private.h"

#include <stdio.h>
#include <stdlib.h>

/* The question as five array literals, one element each a table and rule. */
struct question {
    struct buffer oids, columns, instants, locals, units;
    struct catalog_share *shares;
    size_t count;
};

static int64_t per_second(enum clock_unit unit)
{
    return unit == UNIT_NONE           ? 0
           : unit == UNIT_SECONDS      ? 1
           : unit == UNIT_MILLISECONDS ? 1000
                                       : 1000000;
}

static void add_element(struct buffer *array, size_t position, const char *text)
{
    buffer_add(array, position == 0 ? "{\"" : ",\"");
    for (; *text != '\0'; text++)
        buffer_addf(array, *text == '"' || *text == '\\' ? "\\%c" : "%c", *text);
    buffer_add(array, "\"");
}

static void ask(struct question *question, struct catalog *catalog, const struct policy_rule *rule,
                const struct catalog_table *table)
{
    const struct catalog_cutoff *cutoff =
        catalog_find_cutoff(catalog, &rule->keep, rule->summary.period);
    const char *column = rule->clock->columns[0];
    size_t n = question->count;
    char number[32];
    struct catalog_share *share = ARENA_PUSH(&catalog->arena, question->shares, question->count);
    *share = (struct catalog_share){table, column, cutoff, -1, 0};
    snprintf(number, sizeof number, "%u", (unsigned)table->oid);
    add_element(&question->oids, n, number);
    add_element(&question->columns, n, column);
    add_element(&question->instants, n, cutoff->instant);
    add_element(&question->locals, n, cutoff->local);
    snprintf(number, sizeof number, "%d", (int)per_second(rule->clock->unit));
    add_element(&question->units, n, number);
}

static bool can_be_sliced(const struct policy_clock *clock)
{
    return clock->kind == CLOCK_COLUMN && clock->unit != UNIT_UUIDV7 && clock->unit != UNIT_ULID;
}

static void ask_for_rules(struct question *question, struct catalog *catalog,
                          const struct policy *policy)
{
    for (size_t i = 0; i < policy->rule_count; i++) {
        const struct policy_rule *rule = &policy->rules[i];
        const struct catalog_table *table = NULL;
        while (can_be_sliced(rule->clock) &&
               (table = catalog_next_match(catalog, &rule->table, table)) != NULL)
            ask(question, catalog, rule, table);
    }
}

static int compare_shares(const void *a, const void *b)
{
    const struct catalog_share *left = a, *right = b;
    return left->table < right->table ? -1 : left->table > right->table;
}

int catalog_read_shares(struct db *db, const struct policy *policy, struct catalog *catalog,
                        struct error *err)
{
    struct question question = {.count = 0};
    struct db_result *r = NULL;
    int rc = 0;
    ask_for_rules(&question, catalog, policy);
    struct buffer *arrays[] = {&question.oids, &question.columns, &question.instants,
                               &question.locals, &question.units};
    const char *params[5];
    for (int i = 0; i < 5 && question.count > 0; i++) {
        buffer_add(arrays[i], "}");
        params[i] = arrays[i]->data;
    }
    if (question.count > 0)
        rc = db_query_text(db, sql_shares, params, 5, &r, err);
    for (int i = 0; rc == 0 && question.count > 0 && i < db_rows(r); i++) {
        struct catalog_share *share = &question.shares[db_int(r, i, 0) - 1];
        share->before = db_double(r, i, 1);
        share->correlation = db_double(r, i, 2);
    }
    db_result_free(r);
    for (int i = 0; i < 5; i++)
        buffer_free(arrays[i]);
    if (question.count > 0)
        qsort(question.shares, question.count, sizeof *question.shares, compare_shares);
    catalog->shares = question.shares;
    catalog->share_count = question.count;
    return rc;
}
