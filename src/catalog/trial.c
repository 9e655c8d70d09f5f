/*
 * trial.c - rows made of masked values, and what is asked of them
 *
 * The row is called pgretain_row and has the columns that matter, under their own names, so that an
 * expression as the server prints it can stand beside it. What is masked is a row pgretain_old.
 */
#include "catalog/trial.h"

#include "mask/mask.h"

#include <string.h>

/* Tokens that an index expression has to tell apart. */
#define TOKENS "10000"

const struct policy_mask *catalog_mask_on(const struct policy_rule *rule, const char *column)
{
    for (size_t i = 0; i < rule->mask_count; i++)
        if (strcmp(rule->masks[i].column, column) == 0)
            return &rule->masks[i];
    return NULL;
}

static const struct catalog_column *masked_column(const struct inquiry *inquiry)
{
    return catalog_find_column(inquiry->table, inquiry->mask->column);
}

static void write_expression(const struct policy_mask *mask, const struct catalog_column *column,
                             struct sql *sql)
{
    /* any key: only the form of a keyed hash matters here */
    static const struct mask_key key = {"\\x36", "\\x5c", "00000000"};
    struct catalog_column plain = *column;
    if (column->is_domain)
        plain.type = column->value_type; /* what the domain asks for is tried by itself */
    sql_add(sql, "(");
    mask_expression(mask, &plain, "pgretain_old", &key, sql);
    sql_add(sql, ")");
}

static void write_old(const struct catalog_column *column, const char *sample, const char *from,
                      struct sql *sql)
{
    sql_add(sql, " FROM (SELECT ");
    sql_param(sql, sample, column->value_type);
    sql_addf(sql, " AS %s%s) AS pgretain_old", column->quoted, from);
}

void trial_write_value(const struct question *question, struct sql *sql)
{
    const struct inquiry *inquiry = ((const struct trial *)question)->inquiry;
    const struct catalog_column *column = masked_column(inquiry);
    sql_add(sql, "(SELECT ");
    write_expression(inquiry->mask, column, sql);
    sql_add(sql, " IS NULL");
    write_old(column, NULL, "", sql);
    sql_add(sql, ") IS NOT NULL");
}

/* Generated columns of the row follow from the others. */
static void write_following(const struct inquiry *inquiry, struct sql *sql)
{
    for (size_t i = 0; i < inquiry->check->column_count; i++) {
        const struct catalog_column *column =
            catalog_find_column(inquiry->table, inquiry->check->columns[i]);
        if (column->is_generated)
            sql_addf(sql, ", LATERAL (SELECT (%s) AS %s) AS pgretain_%zu", column->generation_sql,
                     column->quoted, i);
    }
}

static void write_checked(const struct trial *trial, bool is_masked, struct sql *sql)
{
    const struct inquiry *inquiry = trial->inquiry;
    const char *first = inquiry->check->is_domain ? "value" : masked_column(inquiry)->quoted;
    sql_addf(sql, "(SELECT (%s) FROM (SELECT ", inquiry->check->expression);
    for (size_t i = 0; i < inquiry->column_count; i++) {
        const char *name = inquiry->columns[i];
        const struct catalog_column *column = catalog_find_column(inquiry->table, name);
        sql_add(sql, i == 0 ? "" : ", ");
        if (is_masked)
            write_expression(catalog_mask_on(inquiry->rule, name), column, sql);
        else
            sql_param(sql, trial->sample, column->value_type);
        sql_addf(sql, "::%s AS %s", column->value_type, i == 0 ? first : column->quoted);
    }
    if (is_masked)
        write_old(masked_column(inquiry), trial->sample, "", sql);
    sql_add(sql, ") AS pgretain_row");
    write_following(inquiry, sql);
    sql_add(sql, ") IS NOT FALSE");
}

void trial_write_check(const struct question *question, struct sql *sql)
{
    const struct trial *trial = (const struct trial *)question;
    if (trial->sample == NULL) {
        write_checked(trial, true, sql);
        return;
    }
    sql_add(sql, "CASE WHEN ");
    write_checked(trial, false, sql);
    sql_add(sql, " THEN ");
    write_checked(trial, true, sql);
    sql_add(sql, " END");
}

static void write_many(const struct inquiry *inquiry, struct sql *sql)
{
    const struct catalog_column *column = masked_column(inquiry);
    sql_add(sql, " FROM (SELECT ");
    write_expression(inquiry->mask, column, sql);
    sql_addf(sql, "::%s AS %s", column->value_type, column->quoted);
    write_old(column, NULL, " FROM generate_series(1, " TOKENS ")", sql);
    sql_add(sql, ") AS pgretain_row");
}

/* NULL is equal to nothing, so one NULL in the key is enough. */
void trial_write_key(const struct question *question, struct sql *sql)
{
    const struct trial *trial = (const struct trial *)question;
    sql_addf(sql,
             trial->inquiry->mask->kind == MASK_NULL ? "SELECT bool_and((%s) IS NULL)"
                                                     : "SELECT count(DISTINCT (%s)) = " TOKENS,
             trial->expression);
    write_many(trial->inquiry, sql);
}

void trial_write_predicate(const struct question *question, struct sql *sql)
{
    const struct trial *trial = (const struct trial *)question;
    sql_addf(sql, "SELECT bool_and((%s) IS NOT TRUE)", trial->expression);
    write_many(trial->inquiry, sql);
}
