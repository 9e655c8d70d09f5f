/*
 * predicate.c - scope, holds and references
 */
#include "statement/predicate.h"

#include <string.h>

/* The newline before the bracket keeps a trailing comment from eating it. */
void write_expression(struct writer *w, const char *expression, const char *verdict)
{
    sql_addf(w->sql, "((\n%s\n) %s)", expression, verdict);
}

void write_in_scope(struct writer *w, const struct row_test *test)
{
    if (test->only != NULL)
        write_expression(w, test->only, "IS TRUE");
    if (test->only != NULL && test->unless != NULL)
        sql_add(w->sql, " AND ");
    if (test->unless != NULL)
        write_expression(w, test->unless, "IS FALSE");
    if (test->only == NULL && test->unless == NULL)
        sql_add(w->sql, "true");
}

void write_undecided(struct writer *w, const struct row_test *test)
{
    if (test->only != NULL)
        write_expression(w, test->only, "IS NULL");
    if (test->only != NULL && test->unless != NULL)
        sql_add(w->sql, " OR ");
    if (test->unless != NULL)
        write_expression(w, test->unless, "IS NULL");
    if (test->only == NULL && test->unless == NULL)
        sql_add(w->sql, "false");
}

/* Along the way to the held row; at its end unknown counts as held. */
static void write_hold(struct writer *w, const struct plan_hold *hold, size_t hop,
                       const char *alias)
{
    if (hold->climb_count > 0) {
        write_climb(w, hold, alias);
        return;
    }
    if (hop == hold->hop_count) {
        write_expression(w, hold->hold->where, "IS NOT FALSE");
        return;
    }
    write_hop(w, &hold->path[hop], alias);
    sql_add(w->sql, " AND ");
    write_hold(w, hold, hop + 1, hold->path[hop].table->alias);
    sql_add(w->sql, ")");
}

void write_held(struct writer *w, const struct row_test *test, const char *alias)
{
    for (size_t i = 0; i < test->hold_count; i++) {
        sql_add(w->sql, i == 0 ? "" : " OR ");
        write_hold(w, &test->holds[i], 0, alias);
    }
    if (test->hold_count == 0)
        sql_add(w->sql, "false");
}

static bool refuses(const struct plan_block *block)
{
    return block->fkey->on_delete == REFERENCE_NO_ACTION ||
           block->fkey->on_delete == REFERENCE_RESTRICT;
}

/* In the deed, rows that are to be counted are gone by then, or have to wait for that. */
static bool may_go(const struct writer *w, const struct row_test *test)
{
    return w->purpose == FOR_COUNTING || !test->is_counted;
}

static bool any_goes(const struct writer *w, const struct plan_block *block)
{
    for (size_t i = 0; i < block->goes_count; i++)
        if (may_go(w, block->goes[i]))
            return true;
    return false;
}

static void write_none_goes(struct writer *w, const struct plan_block *block, const char *alias)
{
    bool deeper = w->in_circle, is_first = true;
    w->in_circle = block->is_self;
    sql_add(w->sql, " AND (");
    for (size_t i = 0; i < block->goes_count; i++) {
        if (!may_go(w, block->goes[i]))
            continue;
        sql_add(w->sql, is_first ? "(" : ") OR (");
        write_goes(w, block->goes[i], alias);
        is_first = false;
    }
    sql_add(w->sql, ")) IS NOT TRUE");
    w->in_circle = deeper;
}

/* Any row below this one, however deep, that would stay. */
static void write_below(struct writer *w, const struct plan_block *block, const char *alias)
{
    const struct hop *hop = &block->hop;
    const char *inner = hop->table->alias, *table = hop->table->quoted;
    sql_add(w->sql, "EXISTS (WITH RECURSIVE pgretain_below AS (");
    write_keys(w, inner, hop);
    sql_add(w->sql, " FROM (");
    write_keys(w, alias, hop);
    sql_addf(w->sql, ") AS pgretain_row, %s AS %s WHERE ", table, inner);
    write_equal(w, inner, hop->there, "pgretain_row", hop->column_count);
    sql_add(w->sql, " UNION ");
    write_keys(w, inner, hop);
    sql_addf(w->sql, " FROM pgretain_below, %s AS %s WHERE ", table, inner);
    write_equal(w, inner, hop->there, "pgretain_below", hop->column_count);
    sql_addf(w->sql, ") SELECT FROM pgretain_below, %s AS %s WHERE ", table, inner);
    write_equal(w, inner, hop->here, "pgretain_below", hop->column_count);
    write_none_goes(w, block, inner);
    sql_add(w->sql, ")");
}

/* A row that refers to itself does not keep itself. */
static void write_not_itself(struct writer *w, const struct plan_block *block)
{
    sql_add(w->sql, " AND NOT (");
    write_equal(w, block->hop.table->alias, block->hop.here, "pgretain_row",
                block->hop.column_count);
    sql_add(w->sql, ")");
}

static void write_block(struct writer *w, const struct plan_block *block, const char *alias)
{
    const char *child = block->hop.table->alias;
    bool any_row_blocks = w->purpose == FOR_THE_DEED && refuses(block);
    if (block->is_self && !any_row_blocks) {
        write_below(w, block, alias);
        return;
    }
    write_hop(w, &block->hop, alias);
    if (block->held != NULL) {
        sql_add(w->sql, " AND (");
        write_held(w, block->held, child);
        sql_add(w->sql, ")");
    } else if (block->is_self) {
        write_not_itself(w, block);
    } else if (any_goes(w, block) && !any_row_blocks) {
        write_none_goes(w, block, child);
    }
    sql_add(w->sql, ")");
}

void write_blocked(struct writer *w, const struct row_test *test, const char *alias)
{
    for (size_t i = 0; i < test->block_count; i++) {
        sql_add(w->sql, i == 0 ? "" : " OR ");
        write_block(w, &test->blocks[i], alias);
    }
    if (test->circle != NULL) {
        sql_add(w->sql, test->block_count == 0 ? "" : " OR ");
        write_circle(w, test, alias);
    } else if (test->block_count == 0) {
        sql_add(w->sql, "false");
    }
}

static void write_none_of(struct writer *w, const struct row_test *test, const char *alias)
{
    for (size_t i = 0; i < test->hold_count; i++) {
        if (test->holds[i].hop_count + test->holds[i].climb_count == 0) {
            sql_add(w->sql, " AND ");
            write_expression(w, test->holds[i].hold->where, "IS FALSE");
        } else {
            sql_add(w->sql, " AND NOT ");
            write_hold(w, &test->holds[i], 0, alias);
        }
    }
    for (size_t i = 0; i < test->block_count; i++) {
        if (test->blocks[i].is_self && w->in_circle)
            continue;
        sql_add(w->sql, " AND NOT ");
        write_block(w, &test->blocks[i], alias);
    }
    if (test->circle != NULL && !w->in_circle) {
        sql_add(w->sql, " AND NOT ");
        write_circle(w, test, alias);
    }
}

void write_not_excepted(struct writer *w, const char *before, const struct row_test *test,
                        const char *alias)
{
    if (test->except_oids == NULL)
        return;
    sql_addf(w->sql, "%s%s.tableoid <> ALL (", before, alias);
    sql_param(w->sql, test->except_oids, "oid[]");
    sql_add(w->sql, ")");
}

void write_goes(struct writer *w, const struct row_test *test, const char *alias)
{
    const char *name = test->table->alias;
    bool renames = strcmp(name, alias) != 0;
    if (renames) {
        sql_add(w->sql, "EXISTS (SELECT FROM ");
        write_renamed(w, alias, name);
        sql_add(w->sql, " AND ");
    }
    write_past(w, test, name);
    write_not_excepted(w, " AND ", test, name);
    if (test->only != NULL || test->unless != NULL) {
        sql_add(w->sql, " AND ");
        write_in_scope(w, test);
    }
    write_none_of(w, test, name);
    sql_add(w->sql, renames ? ")" : "");
}
