/*
 * partition.c - a whole partition taken away: detached, proved, dropped, or attached again
 *
 * DETACH … CONCURRENTLY and ATTACH take no lock on the parent that keeps readers or writers out.
 * They cannot run in a transaction with the DROP, so what is in the partition is proved under its
 * own lock just before it goes.
 */
#include "statement/predicate.h"
#include "statement/statement.h"

void statement_detach(const struct catalog_table *partition, bool finishes, struct sql *out)
{
    sql_addf(out, "ALTER TABLE %s DETACH PARTITION %s %s", partition->parent->quoted,
             partition->quoted, finishes ? "FINALIZE" : "CONCURRENTLY");
}

void statement_attach(const char *parent, const char *partition, const char *bound, struct sql *out)
{
    sql_addf(out, "ALTER TABLE %s ATTACH PARTITION %s %s", parent, partition, bound);
}

void statement_lock(const struct catalog_table *partition, struct sql *out)
{
    sql_addf(out, "LOCK TABLE %s IN ACCESS EXCLUSIVE MODE", partition->quoted);
}

void statement_prove(const struct plan *plan, const struct plan_step *step,
                     const struct catalog_table *partition, struct sql *out)
{
    struct writer w = {out, plan->catalog, FOR_THE_DEED, false};
    sql_add(out, "SELECT count(*), count(*) FILTER (WHERE (");
    write_goes(&w, step->test, step->table->alias);
    sql_addf(out, ") IS NOT TRUE)\nFROM %s AS %s", partition->quoted, step->table->alias);
}

void statement_drop(const struct catalog_table *partition, struct sql *out)
{
    sql_addf(out, "DROP TABLE %s", partition->quoted);
}
