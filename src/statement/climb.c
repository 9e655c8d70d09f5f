/*
 * climb.c - from a row to every row above it, over many foreign keys at once
 *
 * A recursive query, whose recursive term may name the table it fills only once: so each turn joins
 * the rows found last with the foreign keys of all tables, side by side. A row is known by its
 * place, (tableoid, ctid), which within one snapshot is exact, whatever the types of its keys, and
 * UNION lets each row in once, which ends every circle. The tree's number spares the other tables
 * a look.
 *
 * LIMIT 1 changes nothing where it stands, but what the planner expects: a row from each partition,
 * and with it a hash table that takes longer to empty for each row than all else.
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
    sql_add(w->sql, climb->finds_one ? " LIMIT 1" : "");
}

static void write_first_turn(struct writer *w, const struct plan_hold *hold, const char *alias)
{
    const char *between = "(";
    for (size_t i = 0; i < hold->climb_count; i++) {
        if (!hold->climbs[i].starts)
            continue;
        sql_add(w->sql, between);
        write_arrival(w, hold, &hold->climbs[i], alias);
        between = ") UNION ALL (";
    }
    sql_add(w->sql, ")");
}

static void write_next_turns(struct writer *w, const struct plan_hold *hold)
{
    const char *between = " UNION SELECT pgretain_next.* FROM pgretain_above, LATERAL (", *end = "";
    for (size_t i = 0; i < hold->climb_count; i++) {
        const struct plan_climb *climb = &hold->climbs[i];
        if (climb->from_tree == 0)
            continue;
        sql_addf(
            w->sql,
            "%sSELECT pgretain_up.* FROM (SELECT * FROM %s AS pgretain_row"
            " WHERE pgretain_row.tableoid = pgretain_above.part"
            " AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (",
            between, climb->from->quoted);
        write_arrival(w, hold, climb, "pgretain_row");
        sql_addf(w->sql, ") AS pgretain_up WHERE pgretain_above.tree = %zu", climb->from_tree);
        between = " UNION ALL ";
        end = ") AS pgretain_next";
    }
    sql_add(w->sql, end);
}

void write_climb(struct writer *w, const struct plan_hold *hold, const char *alias)
{
    sql_add(w->sql, "EXISTS (WITH RECURSIVE pgretain_above (tree, part, place, held) AS ((");
    write_first_turn(w, hold, alias);
    sql_add(w->sql, ")");
    write_next_turns(w, hold);
    sql_add(w->sql, ") SELECT FROM pgretain_above WHERE held)");
}
