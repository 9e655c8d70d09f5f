/*
 * circle.c - rows of tables that refer to one another, judged and deleted together
 *
 * From a row to every row below it in the circle, each once, in one recursive query; how, and why a
 * row is known by its place, is told in climb.c, which goes the other way. Counting and condition
 * ask whether any row below stays. The deed deletes the rows of its range that may go with all
 * below them in one statement, at the end of which the server checks its foreign keys.
 */
#include "statement/predicate.h"

/* Whether a row arrived at, visible as its table's alias, would stay. */
static void write_stays(struct writer *w, const struct plan_descent *descent)
{
    const char *alias = descent->hop.table->alias, *between = "(";
    bool outer = w->in_circle;
    if (descent->goes_count == 0) {
        sql_add(w->sql, "true");
        return;
    }
    w->in_circle = true;
    sql_add(w->sql, "(");
    for (size_t i = 0; i < descent->goes_count; i++) {
        sql_add(w->sql, between);
        write_goes(w, descent->goes[i], alias);
        between = ") OR (";
    }
    sql_add(w->sql, ")) IS NOT TRUE");
    w->in_circle = outer;
}

/* The rows that refer to the one visible as `row`. */
static void write_arrival(struct writer *w, const struct plan_descent *descent, bool judges,
                          const char *row)
{
    const char *alias = descent->hop.table->alias;
    sql_addf(w->sql, "SELECT %zu, %s.tableoid, %s.ctid", descent->to_tree, alias, alias);
    if (judges) {
        sql_add(w->sql, ", ");
        write_stays(w, descent);
    }
    write_hop_from(w, &descent->hop, row);
}

/* All rows below one of a single table; returns the number of the next table's first descent. */
static size_t write_table(struct writer *w, const struct plan_circle *circle, size_t first,
                          bool judges)
{
    const struct plan_descent *descents = circle->descents;
    const struct catalog_table *from = descents[first].fkey->parent;
    size_t i = first;
    sql_addf(w->sql,
             "SELECT pgretain_down.* FROM (SELECT * FROM %s AS pgretain_row"
             " WHERE pgretain_row.tableoid = pgretain_below.part"
             " AND pgretain_row.ctid = pgretain_below.place LIMIT 1) AS pgretain_row, LATERAL (",
             from->quoted);
    for (; i < circle->descent_count && descents[i].fkey->parent == from; i++) {
        sql_add(w->sql, i == first ? "" : " UNION ALL ");
        write_arrival(w, &descents[i], judges, "pgretain_row");
    }
    sql_addf(w->sql, ") AS pgretain_down WHERE pgretain_below.tree = %zu",
             descents[first].from_tree);
    return i;
}

static void write_next_turns(struct writer *w, const struct plan_circle *circle, bool judges)
{
    sql_add(w->sql, " UNION SELECT pgretain_next.* FROM pgretain_below, LATERAL (");
    for (size_t i = 0; i < circle->descent_count;) {
        sql_add(w->sql, i == 0 ? "" : " UNION ALL ");
        i = write_table(w, circle, i, judges);
    }
    sql_add(w->sql, ") AS pgretain_next");
}

/* A foreign key that refers to a part of the tree leads down from the rows of that part alone. */
static bool starts(const struct plan_descent *descent, const struct catalog_table *table)
{
    for (const struct catalog_table *t = table; t != NULL; t = t->parent)
        if (t == descent->fkey->parent)
            return true;
    for (const struct catalog_table *t = descent->fkey->parent; t != NULL; t = t->parent)
        if (t == table)
            return true;
    return false;
}

void write_circle(struct writer *w, const struct row_test *test, const char *alias)
{
    const struct plan_circle *circle = test->circle;
    const char *between = "";
    sql_add(w->sql, "EXISTS (WITH RECURSIVE pgretain_below (tree, part, place, stays) AS ((");
    for (size_t i = 0; i < circle->descent_count; i++) {
        if (!starts(&circle->descents[i], test->table))
            continue;
        sql_add(w->sql, between);
        write_arrival(w, &circle->descents[i], true, alias);
        between = " UNION ALL ";
    }
    sql_add(w->sql, ")");
    write_next_turns(w, circle, true);
    sql_add(w->sql, ") SELECT FROM pgretain_below WHERE stays)");
}

static size_t tree_of(const struct plan_circle *circle, const struct catalog_table *table)
{
    const struct catalog_table *tree = catalog_root(table);
    for (size_t i = 0; i < circle->tree_count; i++)
        if (circle->trees[i] == tree)
            return i + 1;
    return 0;
}

/* By place and not by key; the first condition is for the planner, which has no other way in. */
static void write_delete(struct writer *w, const struct plan_circle *circle, size_t tree)
{
    const struct catalog_table *table = circle->trees[tree - 1];
    sql_addf(w->sql,
             "DELETE FROM %s AS %s\nWHERE %s.ctid = ANY (ARRAY (SELECT place FROM pgretain_below"
             " WHERE tree = %zu))\n  AND (%s.tableoid, %s.ctid) IN (SELECT part, place FROM"
             " pgretain_below WHERE tree = %zu)",
             table->quoted, table->alias, table->alias, tree, table->alias, table->alias, tree);
}

void circle_write_head(struct writer *w, const struct plan_step *step,
                       const struct catalog_table *leaf)
{
    const char *alias = step->table->alias;
    sql_addf(w->sql,
             "pgretain_below (tree, part, place) AS (\n"
             "SELECT %zu, %s.tableoid, %s.ctid FROM ONLY %s AS %s",
             tree_of(step->test->circle, step->table), alias, alias, leaf->quoted, alias);
}

void circle_write_deletes(struct writer *w, const struct plan_step *step)
{
    const struct plan_circle *circle = step->test->circle;
    size_t own = tree_of(circle, step->table);
    write_next_turns(w, circle, false);
    for (size_t i = 1; i <= circle->tree_count; i++) {
        if (i == own)
            continue;
        sql_addf(w->sql, "),\npgretain_gone_%zu AS (", i);
        write_delete(w, circle, i);
    }
    sql_add(w->sql, ")\n");
    write_delete(w, circle, own);
}
