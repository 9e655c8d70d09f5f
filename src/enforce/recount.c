/*
 * recount.c - of a batch whose outcome nobody knows any more, how many rows are there still
 *
 * The range of the intent is counted again. Rows that it does not find due are gone or masked, by
 * that batch or by somebody else since; that is all that can be said. Where the range does not tell
 * a place in the table, as that of a summary, all due rows of the table stand for it, and the
 * answer is that fewer may be gone than really are.
 */
#include "enforce/enforce_private.h"

#include "plan/plan.h"
#include "statement/statement.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { BOUND = 32 };

static const struct plan_step *find_step(const struct plan *plan, const char *rule_id)
{
    for (size_t i = 0; i < plan->step_count; i++)
        if (strcmp(plan->steps[i].rule_id, rule_id) == 0 && plan->steps[i].refused == NULL)
            return &plan->steps[i];
    return NULL;
}

/* Ranges of days include their last one. */
static bool read_days(const char *range, char from[BOUND], char to[BOUND])
{
    struct tm day = {0};
    const char *end = strptime(range, "%Y-%m-%d", &day);
    strftime(from, BOUND, "%Y-%m-%d", &day);
    if (end == NULL || strncmp(end, " to ", 4) != 0 || strptime(end + 4, "%Y-%m-%d", &day) == NULL)
        return false;
    day.tm_mday++;
    timegm(&day);
    strftime(to, BOUND, "%Y-%m-%d", &day);
    return true;
}

static bool read_blocks(const char *range, char from[BOUND], char to[BOUND])
{
    unsigned ends[4];
    if (sscanf(range, "(%u,%u)-(%u,%u)", &ends[0], &ends[1], &ends[2], &ends[3]) != 4)
        return false;
    snprintf(from, BOUND, "(%u,%u)", ends[0], ends[1]);
    snprintf(to, BOUND, "(%u,%u)", ends[2], ends[3]);
    return true;
}

/* The counting twin of the batch, limited to its range where that can be told. */
static void write_count(const struct plan *plan, const struct plan_step *step,
                        const struct catalog_table *leaf, const struct audit_intent *intent,
                        const struct mask_key *key, char from[BOUND], char to[BOUND],
                        struct sql *sql)
{
    bool has_days = step->strategy == STRATEGY_CLOCK_SLICES && step->action != ACTION_SUMMARISE &&
                    step->test->clock->unit == UNIT_NONE && read_days(intent->range, from, to);
    bool has_blocks = !has_days && read_blocks(intent->range, from, to);
    statement_left(plan, step, leaf, has_days ? STRATEGY_CLOCK_SLICES : STRATEGY_BLOCK_RANGES, key,
                   sql);
    if (!has_days && !has_blocks)
        return;
    sql->params[0].value = from;
    sql->params[1].value = to;
}

/* A summary's table can be partitioned: then all of its leaves are counted. */
static int count_table(struct db *control, const struct plan *plan, const struct plan_step *step,
                       const struct catalog_table *table, const struct audit_intent *intent,
                       const struct mask_key *key, int64_t *ret_rows, struct error *err)
{
    char from[BOUND], to[BOUND];
    *ret_rows = 0;
    for (size_t i = 0; i < table->leaf_count; i++) {
        struct arena arena = {0};
        struct sql sql = {.arena = &arena};
        struct db_result *r = NULL;
        write_count(plan, step, table->leaves[i], intent, key, from, to, &sql);
        int rc = db_query(control, &sql, &r, err);
        *ret_rows += rc == 0 ? db_int(r, 0, 0) : 0;
        db_result_free(r);
        sql_free(&sql);
        arena_free(&arena);
        if (rc != 0)
            return -1;
    }
    return 0;
}

int recount_due(struct db *control, const struct plan *plan, const struct mask_key *key,
                const struct audit_intent *intent, int64_t *ret_rows, struct error *err)
{
    const struct plan_step *step = find_step(plan, intent->rule);
    const struct catalog_table *table = recover_find_table(plan->catalog, intent->table);
    if (strcmp(intent->range, "partition") == 0) {
        *ret_rows = table == NULL ? 0 : intent->rows;
        return 0;
    }
    *ret_rows = -1;
    if (step == NULL || table == NULL)
        return 0;
    if (count_table(control, plan, step, table, intent, key, ret_rows, err) == 0)
        return 0;
    *ret_rows = -1;
    return db_is_alive(control) ? 0 : -1;
}
