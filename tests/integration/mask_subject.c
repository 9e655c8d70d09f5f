/* mask_subject.c - builds the statements a run would send, and holds every mask to its laws. */
#include "mask_subject.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

PGconn *session;

static PGresult *run(struct sql *sql)
{
    const char *values[64];
    assert_true(sql->param_count <= 64);
    for (size_t i = 0; i < sql->param_count; i++)
        values[i] = sql->params[i].value;
    PGresult *result = PQexecParams(session, buffer_text(&sql->text), (int)sql->param_count, NULL,
                                    values, NULL, NULL, 0);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        fatal("%s\nin: %s", PQerrorMessage(session), buffer_text(&sql->text));
    return result;
}

int64_t number(struct sql *sql)
{
    PGresult *result = run(sql);
    int64_t value =
        PQntuples(result) > 0 ? atoll(PQgetvalue(result, 0, 0)) : atoll(PQcmdTuples(result));
    PQclear(result);
    sql_free(sql);
    return value;
}

struct subject subject(struct policy_mask mask, const char *type, const char *base_type)
{
    struct subject subject = {.mask = mask};
    struct error err;
    subject.column = (struct catalog_column){.name = "value",
                                             .quoted = "\"value\"",
                                             .type = type,
                                             .base_type = base_type,
                                             .default_sql = "NULL"};
    subject.mask.column = "value";
    assert_int_equal(mask_key_init((const unsigned char *)"0123456789abcdef0123456789abcdef", 32,
                                   &subject.key, &err),
                     0);
    return subject;
}

static void add_todo(struct subject *subject, struct sql *sql)
{
    mask_todo(&subject->mask, &subject->column, "\"d\"", &subject->key, sql);
}

/* CASE WHEN todo THEN f ELSE c END, as every statement sets a masked column. */
static void add_masked(struct subject *subject, struct sql *sql)
{
    sql_add(sql, "CASE WHEN ");
    add_todo(subject, sql);
    sql_add(sql, " THEN ");
    mask_expression(&subject->mask, &subject->column, "\"d\"", &subject->key, sql);
    sql_add(sql, " ELSE \"d\".\"value\" END");
}

void make_table(const struct subject *subject)
{
    session_run(session, "SET search_path = ''; DROP TABLE IF EXISTS public.d");
    session_runf(session,
                 "CREATE TABLE public.d (id int GENERATED ALWAYS AS IDENTITY, "
                 "value %s, before text)",
                 subject->column.type);
}

void insert(struct subject *subject, const char *value)
{
    struct sql sql = {.arena = &subject->arena};
    sql_add(&sql, "INSERT INTO public.d (value) VALUES (");
    sql_param(&sql, value, subject->column.type);
    sql_add(&sql, ")");
    number(&sql);
}

static int64_t count_where(struct subject *subject, const char *test)
{
    struct sql sql = {.arena = &subject->arena};
    sql_add(&sql, "SELECT count(*) FROM public.d WHERE ");
    add_todo(subject, &sql);
    sql_add(&sql, test);
    return number(&sql);
}

static int64_t update_todo(struct subject *subject)
{
    struct sql sql = {.arena = &subject->arena};
    sql_add(&sql, "UPDATE public.d SET value = ");
    add_masked(subject, &sql);
    sql_add(&sql, " WHERE ");
    add_todo(subject, &sql);
    return number(&sql);
}

/* Applies f to every row as it is, which must not raise even where nothing is to do. */
static void apply_bare(struct subject *subject)
{
    struct sql sql = {.arena = &subject->arena};
    sql_add(&sql, "SELECT count((");
    mask_expression(&subject->mask, &subject->column, "\"d\"", &subject->key, &sql);
    sql_add(&sql, ")::text) FROM public.d");
    number(&sql);
}

/* Masks the table and checks the laws that hold for every mask. */
void check_laws(struct subject *subject)
{
    session_run(session, "UPDATE public.d SET before = value::text");
    assert_int_equal(count_where(subject, " IS NULL"), 0);
    apply_bare(subject);
    int64_t due = count_where(subject, "");
    assert_int_equal(update_todo(subject), due);
    assert_int_equal(count_where(subject, ""), 0);
    assert_int_equal(count_where(subject, " IS NULL"), 0);
    session_run(session, "CREATE TEMP TABLE once AS SELECT id, value::text FROM public.d");
    struct sql sql = {.arena = &subject->arena};
    sql_add(&sql, "UPDATE public.d SET value = ");
    add_masked(subject, &sql);
    number(&sql);
    assert_int_equal(
        session_number(session, "SELECT count(*) FROM public.d JOIN pg_temp.once USING (id) WHERE "
                                "(d.value::text COLLATE \"C\") IS DISTINCT FROM once.value"),
        0);
    session_run(session, "DROP TABLE pg_temp.once");
    if (!gives_value(subject))
        assert_int_equal(session_number(session, "SELECT count(*) FROM public.d WHERE "
                                                 "before IS NULL AND value IS NOT NULL"),
                         0);
}

bool gives_value(const struct subject *subject)
{
    return subject->mask.kind == MASK_FIXED || subject->mask.kind == MASK_DEFAULT;
}

/* varchar(40) -> 40 */
int length_of(const char *type)
{
    const char *bracket = strchr(type, '(');
    return bracket == NULL || strncmp(type, "char", 4) != 0 ? 0 : atoi(bracket + 1);
}
