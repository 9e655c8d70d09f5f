/* kept.c - rows that a hold keeps, and which of them would be due without it. */
#include "statement/predicate.h"
#include "statement/statement.h"

#include "base/buffer.h"

static bool is_direct(const struct plan_hold *hold)
{
    return hold->climb_count == 0 && (hold->hop_count == 0 || hold->path[0].column_count == 0);
}

static void write_direct(struct writer *w, const struct row_test *held)
{
    struct row_test direct = {.table = held->table, .holds = held->holds};
    while (direct.hold_count < held->hold_count && is_direct(&held->holds[direct.hold_count]))
        direct.hold_count++;
    write_held(w, &direct, held->table->alias);
}

/* Whether the row lies in one of the leaves that the step changes. */
static void write_is_reached(struct writer *w, const struct plan_step *step, const char *alias)
{
    struct buffer oids = {0};
    for (size_t i = 0; i < step->leaf_count; i++)
        buffer_addf(&oids, "%c%u", i == 0 ? '{' : ',', (unsigned)step->leaves[i]->oid);
    buffer_add(&oids, step->leaf_count == 0 ? "{}" : "}");
    sql_addf(w->sql, "%s.tableoid = ANY (", alias);
    sql_param(w->sql, arena_strdup(w->sql->arena, oids.data), "oid[]");
    sql_add(w->sql, ")");
    buffer_free(&oids);
}

void statement_count_kept(const struct plan *lifted, const struct plan_kept *kept,
                          const struct mask_key *key, struct sql *out)
{
    struct writer w = {out, lifted->catalog, FOR_COUNTING, false};
    const char *alias = kept->table->alias;
    sql_add(out, "SELECT count(*) FILTER (WHERE direct), count(*) FILTER (WHERE NOT direct),\n"
                 "  count(*) FILTER (WHERE due) FROM (\nSELECT ");
    write_direct(&w, kept->held);
    sql_add(out, " AS direct,\n  ");
    for (size_t i = 0; i < kept->taker_count; i++) {
        sql_add(out, i == 0 ? "(" : ") OR (");
        write_is_reached(&w, kept->takers[i], alias);
        sql_add(out, " AND ");
        write_due(&w, kept->takers[i], key, alias);
    }
    sql_add(out, kept->taker_count == 0 ? "false" : ")");
    sql_addf(out, " AS due\nFROM %s AS %s WHERE ", kept->table->quoted, alias);
    write_held(&w, kept->held, alias);
    sql_add(out, ") AS kept");
}
