/*
 * hop.c - from a row to the rows it belongs with
 */
#include "statement/predicate.h"

#include <string.h>

void write_equal(struct writer *w, const char *alias, const char *const *columns, const char *keys,
                 size_t count)
{
    for (size_t i = 0; i < count; i++)
        sql_addf(w->sql, "%s%s.%s = %s.pgretain_key_%zu", i == 0 ? "" : " AND ", alias, columns[i],
                 keys, i);
}

void write_keys(struct writer *w, const char *alias, const struct hop *hop)
{
    for (size_t i = 0; i < hop->column_count; i++)
        sql_addf(w->sql, "%s%s.%s AS pgretain_key_%zu", i == 0 ? "SELECT " : ", ", alias,
                 hop->here[i], i);
}

void write_renamed(struct writer *w, const char *alias, const char *name)
{
    sql_addf(w->sql, "(SELECT %s.tableoid, %s.*) AS %s WHERE true", alias, alias, name);
}

/*
 * ` FROM table AS its_name WHERE its_name.there = alias.here …`. Policy expressions must see each
 * table under its own name, which can be the name of the row outside; that row's columns are then
 * carried in under another name.
 */
void write_hop_from(struct writer *w, const struct hop *hop, const char *alias)
{
    const char *inner = hop->table->alias;
    bool collides = strcmp(inner, alias) == 0;
    sql_add(w->sql, " FROM ");
    if (hop->column_count == 0) {
        write_renamed(w, alias, inner);
        return;
    }
    if (collides) {
        sql_add(w->sql, "(");
        write_keys(w, alias, hop);
        sql_add(w->sql, ") AS pgretain_row, ");
    }
    sql_addf(w->sql, "%s AS %s WHERE ", hop->table->quoted, inner);
    if (collides) {
        write_equal(w, inner, hop->there, "pgretain_row", hop->column_count);
        return;
    }
    for (size_t i = 0; i < hop->column_count; i++)
        sql_addf(w->sql, "%s%s.%s = %s.%s", i == 0 ? "" : " AND ", inner, hop->there[i], alias,
                 hop->here[i]);
}

/* One hop or more within a table that refers to itself, to every row above. */
static void write_closure(struct writer *w, const struct hop *hop, const char *alias)
{
    const char *inner = hop->table->alias, *table = hop->table->quoted;
    sql_add(w->sql, "WITH RECURSIVE pgretain_above AS (");
    write_keys(w, alias, hop);
    sql_add(w->sql, " UNION ");
    write_keys(w, inner, hop);
    sql_addf(w->sql, " FROM pgretain_above, %s AS %s WHERE ", table, inner);
    write_equal(w, inner, hop->there, "pgretain_above", hop->column_count);
    sql_addf(w->sql, ") SELECT FROM pgretain_above, %s AS %s WHERE ", table, inner);
    write_equal(w, inner, hop->there, "pgretain_above", hop->column_count);
}

void write_hop(struct writer *w, const struct hop *hop, const char *alias)
{
    sql_add(w->sql, "EXISTS (");
    if (hop->is_closure) {
        write_closure(w, hop, alias);
        return;
    }
    sql_add(w->sql, "SELECT");
    write_hop_from(w, hop, alias);
}
