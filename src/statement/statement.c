/*
 * statement.c - counting and doing, from one row_test
 */
#include "statement/statement.h"

#include "statement/predicate.h"
#include "statement/slice.h"

#include <string.h>

static const char *const class_names[] = {[ROW_ACTIVE] = "active",
                                          [ROW_UNDATED] = "undated",
                                          [ROW_FUTURE] = "future",
                                          [ROW_YOUNG] = "young",
                                          [ROW_DONE] = "done",
                                          [ROW_GONE] = "gone",
                                          [ROW_HELD] = "held",
                                          [ROW_UNDECIDED] = "undecided",
                                          [ROW_EXCLUDED] = "excluded",
                                          [ROW_BLOCKED] = "blocked",
                                          [ROW_DUE] = "due"};

static const struct catalog_column *masked_column(const struct plan_step *step, size_t i)
{
    return catalog_find_column(step->table, step->rule->masks[i].column);
}

void write_todo(struct writer *w, const struct plan_step *step, const struct mask_key *key)
{
    for (size_t i = 0; i < step->rule->mask_count; i++) {
        sql_add(w->sql, i == 0 ? "" : " OR ");
        mask_todo(&step->rule->masks[i], masked_column(step, i), step->table->alias, key, w->sql);
    }
}

/* `THEN n`, with the name beside it for who reads the statement. */
static void write_then(struct writer *w, enum row_class class)
{
    sql_addf(w->sql, " THEN %d /* %s */\n", (int)class, class_names[class]);
}

void write_class(struct writer *w, const struct plan_step *step, const struct mask_key *key)
{
    const struct row_test *test = step->test;
    const char *alias = step->table->alias;
    sql_add(w->sql, "CASE WHEN ");
    write_active(w, test->clock, alias);
    write_then(w, ROW_ACTIVE);
    sql_add(w->sql, "  WHEN (");
    write_dated(w, test->clock, alias);
    sql_add(w->sql, ") IS NOT TRUE");
    write_then(w, ROW_UNDATED);
    sql_add(w->sql, "  WHEN ");
    write_future(w, test->clock, alias);
    write_then(w, ROW_FUTURE);
    sql_add(w->sql, "  WHEN (");
    write_past(w, test, alias);
    sql_add(w->sql, ") IS NOT TRUE");
    write_then(w, ROW_YOUNG);
    if (step->rule->mask_count > 0) {
        sql_add(w->sql, "  WHEN NOT (");
        write_todo(w, step, key);
        sql_add(w->sql, ")");
        write_then(w, ROW_DONE);
    }
    for (size_t i = 0; i < step->earlier_count; i++) {
        sql_add(w->sql, "  WHEN ");
        write_goes(w, step->earlier[i], alias);
        write_then(w, ROW_GONE);
    }
    sql_add(w->sql, "  WHEN ");
    write_held(w, test, alias);
    write_then(w, ROW_HELD);
    sql_add(w->sql, "  WHEN ");
    write_undecided(w, test);
    write_then(w, ROW_UNDECIDED);
    sql_add(w->sql, "  WHEN NOT (");
    write_in_scope(w, test);
    sql_add(w->sql, ")");
    write_then(w, ROW_EXCLUDED);
    sql_add(w->sql, "  WHEN ");
    write_blocked(w, test, alias);
    write_then(w, ROW_BLOCKED);
    sql_addf(w->sql, "  ELSE %d /* %s */ END", (int)ROW_DUE, class_names[ROW_DUE]);
}

void write_due(struct writer *w, const struct plan_step *step, const struct mask_key *key,
               const char *alias)
{
    const char *name = step->table->alias;
    bool renames = strcmp(name, alias) != 0;
    if (renames) {
        sql_add(w->sql, "EXISTS (SELECT FROM ");
        write_renamed(w, alias, name);
        sql_add(w->sql, " AND ");
    }
    sql_add(w->sql, "(");
    write_class(w, step, key);
    sql_addf(w->sql, ") = %d%s", (int)ROW_DUE, renames ? ")" : "");
}

enum { PAST_RANGES = 3 };

/* Each of the ranges of an index on the clock in which every row that is not young lies. */
static void write_past_range(struct writer *w, const struct plan_step *step, int number)
{
    const struct plan_clock *clock = step->test->clock;
    const char *alias = step->table->alias;
    const struct moment end = clock_end(step->test->cutoff);
    if (number == 0)
        write_before(w, clock, &end, alias);
    else if (number == 1)
        sql_addf(w->sql, "%s.%s IS NULL", alias, clock->columns[0]->quoted);
    else
        write_future(w, clock, alias);
}

static void write_not_young(struct writer *w, const struct plan_step *step)
{
    sql_addf(w->sql, "%s AS %s WHERE (", step->table->quoted, step->table->alias);
    for (int i = 0; i < PAST_RANGES; i++) {
        sql_add(w->sql, i == 0 ? "" : " OR ");
        write_past_range(w, step, i);
    }
    sql_add(w->sql, ")");
}

/*
 * The same of rows that are still to be masked. Statistics do not know that most rows past the
 * cutoff are masked, and for a condition with OR a partial index would be read from end to end.
 */
static void write_not_masked(struct writer *w, const struct plan_step *step,
                             const struct mask_key *key)
{
    const char *alias = step->table->alias;
    for (int i = 0; i < PAST_RANGES; i++) {
        sql_addf(w->sql, "%s%s.*, %s.ctid, %s.tableoid FROM %s AS %s WHERE ",
                 i == 0 ? "(SELECT " : "\n  UNION ALL SELECT ", alias, alias, alias,
                 step->table->quoted, alias);
        write_past_range(w, step, i);
        sql_add(w->sql, " AND (");
        write_todo(w, step, key);
        sql_add(w->sql, ")");
    }
    sql_addf(w->sql, ") AS %s WHERE true", alias);
}

/* The class's name for its number. */
static void write_class_name(struct sql *sql)
{
    sql_add(sql, "(ARRAY[");
    for (size_t class = ROW_ACTIVE; class <= ROW_DUE; class ++)
        sql_addf(sql, "%s'%s'", class == ROW_ACTIVE ? "" : ", ", class_names[class]);
    sql_add(sql, "])[class] AS class");
}

/*
 * The empty WITH keeps the planner from copying the class's expression into the grouping. It then
 * takes the classes for few, and lets parallel workers group: that halves the time of a count. Of
 * rows on other nodes the leaf cannot be told, since their shards have oids of their own there.
 */
void statement_count(const struct plan *plan, const struct plan_step *step, bool locates,
                     const struct mask_key *key, struct sql *out)
{
    struct writer w = {out, plan->catalog, FOR_COUNTING, false};
    const char *alias = step->table->alias;
    bool by_index = step->strategy == STRATEGY_CLOCK_SLICES && step->action != ACTION_SUMMARISE;
    sql_add(out, "SELECT ");
    write_class_name(out);
    bool is_sharded = step->table->citus != CITUS_NONE;
    bool tells_leaf = step->leaf_count != 1 && !is_sharded;
    sql_addf(out, ",\n  %s", tells_leaf ? "leaf" : "NULL AS leaf");
    sql_addf(out, ", count(*), min(clock)::date::text, %s FROM (\n",
             locates ? "min(place)::text, max(place)::text" : "NULL, NULL");
    sql_add(out, is_sharded ? "SELECT " : "WITH fence AS (SELECT)\nSELECT ");
    write_class(&w, step, key);
    sql_add(out, " AS class,\n  ");
    write_clock_sortable(&w, step->test->clock, alias);
    sql_add(out, " AS clock");
    if (tells_leaf)
        sql_addf(out, ", %s.tableoid AS leaf", alias);
    if (locates)
        sql_addf(out, ", %s.ctid AS place", alias);
    sql_add(out, "\nFROM ");
    if (by_index && step->rule->mask_count > 0)
        write_not_masked(&w, step, key);
    else if (by_index)
        write_not_young(&w, step);
    else
        sql_addf(out, "%s AS %s", step->table->quoted, alias);
    write_not_excepted(&w, by_index ? " AND " : " WHERE ", step->test, alias);
    sql_addf(out, ") AS classified\nGROUP BY class%s", tells_leaf ? ", leaf" : "");
}

/* The whole condition of the deed, after WHERE. */
static void write_condition(struct writer *w, const struct plan_step *step,
                            const struct mask_key *key)
{
    write_goes(w, step->test, step->table->alias);
    if (step->rule->mask_count > 0) {
        sql_add(w->sql, " AND (");
        write_todo(w, step, key);
        sql_add(w->sql, ")");
    }
}

static void write_assignments(struct writer *w, const struct plan_step *step,
                              const struct mask_key *key)
{
    for (size_t i = 0; i < step->rule->mask_count; i++) {
        const struct policy_mask *mask = &step->rule->masks[i];
        const struct catalog_column *column = masked_column(step, i);
        sql_addf(w->sql, "%s%s = ", i == 0 ? " SET " : ",\n  ", column->quoted);
        mask_assignment(mask, column, step->table->alias, key, w->sql);
    }
}

/* The range first, so that its ends are the first parameters. */
static void write_range_condition(struct writer *w, const struct plan_step *step,
                                  enum strategy strategy, const struct mask_key *key)
{
    slice_write(w, step, strategy, 0, step->table->alias);
    sql_add(w->sql, "\n  AND ");
    write_condition(w, step, key);
}

/* The tuples of the range that can be had at once. */
static void write_unlocked(struct writer *w, const struct plan_step *step,
                           const struct catalog_table *leaf, enum strategy strategy,
                           const struct mask_key *key)
{
    const char *alias = step->table->alias;
    sql_addf(w->sql, "unlocked AS MATERIALIZED (SELECT %s.ctid FROM ONLY %s AS %s\nWHERE ", alias,
             leaf->quoted, alias);
    write_range_condition(w, step, strategy, key);
    sql_addf(w->sql, "\nFOR UPDATE OF %s SKIP LOCKED)", alias);
}

void statement_deed(const struct plan *plan, const struct plan_step *step,
                    const struct catalog_table *leaf, enum strategy strategy, bool skips_locked,
                    const struct mask_key *key, struct sql *out)
{
    struct writer w = {out, plan->catalog, FOR_THE_DEED, false};
    const char *alias = step->table->alias;
    struct sql range = {.arena = out->arena};
    struct writer of_range = {&range, plan->catalog, FOR_THE_DEED, false};
    bool goes_in_circle = step->test->circle != NULL;
    sql_add(out, goes_in_circle ? "WITH RECURSIVE " : skips_locked ? "WITH " : "");
    if (skips_locked) {
        write_unlocked(&w, step, leaf, strategy, key);
        sql_add(out, goes_in_circle ? ",\n" : "\n");
    } else {
        slice_write(&of_range, step, strategy, 0, alias);
        out->params = range.params;
        out->param_count = range.param_count;
    }
    if (goes_in_circle) {
        circle_write_head(&w, step, leaf);
    } else if (action_deletes(step->action)) {
        sql_addf(out, "DELETE FROM ONLY %s AS %s", leaf->quoted, alias);
    } else {
        sql_addf(out, "UPDATE ONLY %s AS %s", leaf->quoted, alias);
        write_assignments(&w, step, key);
    }
    if (skips_locked)
        sql_addf(out, "\nWHERE %s.ctid = ANY (ARRAY (SELECT ctid FROM unlocked))\n  AND ", alias);
    else
        sql_addf(out, "\nWHERE %s\n  AND ", buffer_text(&range.text));
    sql_free(&range);
    write_condition(&w, step, key);
    if (goes_in_circle)
        circle_write_deletes(&w, step);
}

void statement_left(const struct plan *plan, const struct plan_step *step,
                    const struct catalog_table *leaf, enum strategy strategy,
                    const struct mask_key *key, struct sql *out)
{
    struct writer w = {out, plan->catalog, FOR_THE_DEED, false};
    sql_addf(out, "SELECT count(*) FROM ONLY %s AS %s\nWHERE ", leaf->quoted, step->table->alias);
    write_range_condition(&w, step, strategy, key);
}

void statement_for_psql(const struct sql *sql, const char *name, struct buffer *out)
{
    buffer_addf(out, "PREPARE %s AS\n%s;\nEXECUTE %s", name, buffer_text(&sql->text), name);
    for (size_t i = 0; i < sql->param_count; i++) {
        const struct sql_param *param = &sql->params[i];
        buffer_add(out, i == 0 ? "(" : ", ");
        if (param->secret) {
            buffer_addf(out, ":'secret_%zu'", i + 1);
            continue;
        }
        if (param->value == NULL) {
            buffer_add(out, "NULL");
            continue;
        }
        buffer_add(out, "'");
        for (const char *c = param->value; *c != '\0'; c++)
            buffer_addf(out, *c == '\'' ? "'%c" : "%c", *c);
        buffer_add(out, "'");
    }
    buffer_addf(out, "%s;\nDEALLOCATE %s;\n", sql->param_count > 0 ? ")" : "", name);
}
