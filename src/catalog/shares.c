/*
 * shares.c - how much of each ruled table lies before its cutoff, as far as statistics tell
 *
 * Whether a partial index has all rows that are still to be masked, the planner is asked: it says
 * so by using that index where it must not scan the table.
 */
#include "catalog/catalog_private.h"

#include "mask/mask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The question as five array literals, one element each a table and rule. */
struct question {
    struct buffer oids, columns, instants, locals, units;
    struct catalog_share *shares;
    const struct policy_rule **rules; /* one a share */
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
    size_t rules = n;
    *ARENA_PUSH(&catalog->arena, question->rules, rules) = rule;
    struct catalog_share *share = ARENA_PUSH(&catalog->arena, question->shares, question->count);
    *share = (struct catalog_share){table, column, cutoff, .before = -1, .in_part = -1};
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

static void write_todo(const struct policy_rule *rule, const struct catalog_table *table,
                       struct sql *sql)
{
    for (size_t i = 0; i < rule->mask_count; i++) {
        const struct policy_mask *mask = &rule->masks[i];
        sql_add(sql, i == 0 ? "" : " OR ");
        mask_todo(mask, catalog_find_column(table, mask->column), table->alias, NULL, sql);
    }
}

static bool knows_columns(const struct policy_rule *rule, const struct catalog_table *table)
{
    for (size_t i = 0; i < rule->mask_count; i++)
        if (catalog_find_column(table, rule->masks[i].column) == NULL)
            return false;
    return rule->mask_count > 0;
}

/* Whether the planner finds what is still to do by the index. */
static int try_part(struct db *db, const struct policy_rule *rule,
                    const struct catalog_table *table, const char *index, bool *ret_serves,
                    struct error *err)
{
    struct arena arena = {0};
    struct sql sql = {.arena = &arena};
    struct db_result *r = NULL;
    const char *name = arena_printf(&arena, " %s", index);
    sql_addf(&sql, "EXPLAIN (COSTS OFF) SELECT FROM ONLY %s AS %s WHERE ", table->quoted,
             table->alias);
    write_todo(rule, table, &sql);
    int rc = db_run(db, "SET LOCAL enable_seqscan = off", err);
    if (rc == 0)
        rc = db_query(db, &sql, &r, err);
    *ret_serves = false;
    for (int i = 0; rc == 0 && i < db_rows(r); i++)
        *ret_serves |= strstr(db_value(r, i, 0), name) != NULL;
    db_result_free(r);
    sql_free(&sql);
    arena_free(&arena);
    return rc == 0 ? db_run(db, "SET LOCAL enable_seqscan TO DEFAULT", err) : -1;
}

static int read_share(struct db *db, const struct db_result *r, int row,
                      const struct question *question, struct error *err)
{
    struct catalog_share *share = &question->shares[db_int(r, row, 0) - 1];
    const struct policy_rule *rule = question->rules[db_int(r, row, 0) - 1];
    bool serves = false;
    share->before = db_double(r, row, 1);
    share->correlation = db_double(r, row, 2);
    share->is_indexed = db_bool(r, row, 3);
    if (db_value(r, row, 4) != NULL && share->table->may_select &&
        knows_columns(rule, share->table) &&
        try_part(db, rule, share->table, db_value(r, row, 4), &serves, err) != 0)
        return -1;
    share->in_part = serves ? db_double(r, row, 5) : -1;
    return 0;
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
    for (int i = 0; rc == 0 && question.count > 0 && i < db_rows(r); i++)
        rc = read_share(db, r, i, &question, err);
    db_result_free(r);
    for (int i = 0; i < 5; i++)
        buffer_free(arrays[i]);
    if (question.count > 0)
        qsort(question.shares, question.count, sizeof *question.shares, compare_shares);
    catalog->shares = question.shares;
    catalog->share_count = question.count;
    return rc;
}
