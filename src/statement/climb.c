/*
 * climb.c - from a row to every row above it, over many foreign keys at once
 *
 * A recursive query, whose recursive term may name the table it fills only once: so each turn joins
 * the rows found last with the tables they can lie in, side by side, and each of those with its
 * foreign keys. A row is known by its place, (tableoid, ctid), which within one snapshot is exact,
 * whatever the types of its keys, and UNION lets each row in once, which ends every circle. The
 * tree's number spares the other tables a look.
 *
 * LIMIT changes nothing but what the planner expects. Without it that is a row from each partition
 * and each foreign key, and so a join that reads whole tables for a row, or a hash table that takes
 * longer to empty than all else takes.
 */
#include "statement/predicate.h"

/* The row above the one visible as `row`, and whether the hold's condition is met there. */
static void write_arrival(struct writer *w, const struct plan_hold *hold,
                          const struct plan_climb *climb, const char *row)
{
    const char *alias = climb->hop.table->alias;
    sql_addf(w->sql, "SELECT %zu, %s.tableoid, %s.ctid, ", climb->to_tree, alias, alias);
    if (climb->arrives)
        write_expression(w, hold->hold->where, "IS NOT FALSE");
    else
        sql_add(w->sql, "false");
    write_hop_from(w, &climb->hop, row);
}

/* The most rows that one row leads to: the judged one for tree 0, else any of the tree. */
static size_t most_above(const struct plan_hold *hold, size_t tree)
{
    size_t count = 0;
    for (size_t i = 0; i < hold->climb_count; i++)
        count += tree == 0 ? hold->climbs[i].starts : hold->climbs[i].from_tree == tree;
    return count;
}

static void write_limit(struct writer *w, const struct plan_hold *hold, size_t most)
{
    for (size_t i = 0; i < hold->climb_count; i++)
        if (!hold->climbs[i].finds_one)
            return;
    sql_addf(w->sql, " LIMIT %zu", most);
}

static void write_first_turn(struct writer *w, const struct plan_hold *hold, const char *alias)
{
    const char *between = "";
    for (size_t i = 0; i < hold->climb_count; i++) {
        if (!hold->climbs[i].starts)
            continue;
        sql_add(w->sql, between);
        write_arrival(w, hold, &hold->climbs[i], alias);
        between = " UNION ALL ";
    }
    write_limit(w, hold, most_above(hold, 0));
}

/* All that a row of one table leads to; returns the number of the next table's first climb. */
static size_t write_table(struct writer *w, const struct plan_hold *hold, size_t first)
{
    const struct plan_climb *climbs = hold->climbs;
    size_t i = first;
    sql_addf(w->sql,
             "SELECT pgretain_up.* FROM (SELECT * FROM %s AS pgretain_row"
             " WHERE pgretain_row.tableoid = pgretain_above.part"
             " AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (",
             climbs[first].from->quoted);
    for (; i < hold->climb_count && climbs[i].from == climbs[first].from; i++) {
        sql_add(w->sql, i == first ? "" : " UNION ALL ");
        write_arrival(w, hold, &climbs[i], "pgretain_row");
    }
    sql_addf(w->sql, ") AS pgretain_up WHERE pgretain_above.tree = %zu", climbs[first].from_tree);
    return i;
}

static void write_next_turns(struct writer *w, const struct plan_hold *hold)
{
    const char *between = " UNION SELECT pgretain_next.* FROM pgretain_above, LATERAL (";
    size_t most = 0;
    for (size_t i = 0; i < hold->climb_count;) {
        size_t tree = hold->climbs[i].from_tree, above = most_above(hold, tree);
        if (tree == 0) {
            i++;
            continue;
        }
        sql_add(w->sql, between);
        i = write_table(w, hold, i);
        most = above > most ? above : most;
        between = " UNION ALL ";
    }
    if (most == 0)
        return;
    write_limit(w, hold, most);
    sql_add(w->sql, ") AS pgretain_next");
}

void write_climb(struct writer *w, const struct plan_hold *hold, const char *alias)
{
    sql_add(w->sql, "EXISTS (WITH RECURSIVE pgretain_above (tree, part, place, held) AS ((");
    write_first_turn(w, hold, alias);
    sql_add(w->sql, ")");
    write_next_turns(w, hold);
    sql_add(w->sql, ") SELECT FROM pgretain_above WHERE held)");
}
