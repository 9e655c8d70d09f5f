/* difference.c - rows that one policy would change and another would not. */
#include "statement/predicate.h"
#include "statement/statement.h"

static void write_side(const struct due_side *side, const char *alias, struct sql *out)
{
    if (side->step_count == 0) {
        sql_add(out, "false");
        return;
    }
    struct writer w = {out, side->plan->catalog, FOR_COUNTING, false};
    for (size_t i = 0; i < side->step_count; i++) {
        sql_add(out, i == 0 ? "" : " OR ");
        write_due(&w, side->steps[i], side->key, alias);
    }
}

void statement_count_difference(const struct due_side sides[2], const struct catalog_table *table,
                                bool is_leaf, struct sql *out)
{
    const char *alias = sides[sides[0].step_count == 0].steps[0]->table->alias;
    sql_add(out, "SELECT count(*) FILTER (WHERE before), count(*) FILTER (WHERE after),\n"
                 "  count(*) FILTER (WHERE after AND NOT before),\n"
                 "  count(*) FILTER (WHERE before AND NOT after) FROM (\nSELECT ");
    write_side(&sides[0], alias, out);
    sql_add(out, " AS before,\n  ");
    write_side(&sides[1], alias, out);
    /* OFFSET keeps the planner from judging each row once for each of the four counts */
    sql_addf(out, " AS after\nFROM %s%s AS %s OFFSET 0) AS judged", is_leaf ? "ONLY " : "",
             table->quoted, alias);
}
