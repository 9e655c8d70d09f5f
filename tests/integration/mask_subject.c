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
    sql_free(sql);
    return result;
}

int64_t number(struct sql *sql)
{
    PGresult *result = run(sql);
    int64_t value =
        PQntuples(result) > 0 ? atoll(PQgetvalue(result, 0, 0)) : atoll(PQcmdTuples(result));
    PQclear(result);
    return value;
}

/* The column's type and what lies below it where that is a domain. */
static void read_column(struct subject *subject)
{
    PGresult *facts = session_rows(
        session,
        "WITH RECURSIVE t(declared, oid, m, depth) AS ("
        "SELECT format_type(atttypid, atttypmod), atttypid, atttypmod, 0 FROM pg_attribute "
        "WHERE attrelid = 'public.d'::regclass AND attname = 'value' UNION ALL "
        "SELECT t.declared, typbasetype, CASE WHEN m < 0 THEN typtypmod ELSE m END, depth + 1 "
        "FROM t JOIN pg_type y ON y.oid = t.oid WHERE typtype = 'd') "
        "SELECT t.declared, typname, m - 4, depth FROM t JOIN pg_type y ON y.oid = t.oid "
        "ORDER BY depth DESC LIMIT 1");
    struct catalog_column *column = &subject->column;
    *column = (struct catalog_column){.name = "value", .quoted = "\"value\""};
    column->type = arena_strdup(&subject->arena, PQgetvalue(facts, 0, 0));
    column->base_type = arena_strdup(&subject->arena, PQgetvalue(facts, 0, 1));
    int modifier = atoi(PQgetvalue(facts, 0, 2));
    bool has_length =
        strcmp(column->base_type, "varchar") == 0 || strcmp(column->base_type, "bpchar") == 0;
    if (modifier > 0 && has_length)
        column->max_length = modifier;
    if (modifier > 0 && strcmp(column->base_type, "numeric") == 0) {
        column->precision = modifier / 65536;
        column->scale = modifier % 2048 < 1024 ? modifier % 2048 : modifier % 2048 - 2048;
    }
    column->is_domain = atoi(PQgetvalue(facts, 0, 3)) > 0;
    PQclear(facts);
}

struct subject subject(struct policy_mask mask, const char *type)
{
    struct subject subject = {.mask = mask};
    struct error err;
    subject.mask.column = "value";
    assert_int_equal(mask_key_init((const unsigned char *)"0123456789abcdef0123456789abcdef", 32,
                                   &subject.key, &err),
                     0);
    session_runf(session,
                 "SET search_path = ''; DROP TABLE IF EXISTS public.d; CREATE TABLE public.d "
                 "(id int GENERATED ALWAYS AS IDENTITY, value %s, before text)",
                 type);
    read_column(&subject);
    subject.column.default_sql = "NULL";
    return subject;
}

bool may_stand(const struct subject *subject)
{
    struct error err;
    const char *code;
    return mask_check(&subject->mask, &subject->column, &code, &err) == 0;
}

bool gives_value(const struct subject *subject)
{
    return subject->mask.kind == MASK_FIXED || subject->mask.kind == MASK_DEFAULT;
}

/* The values as one array, every element in quotes. */
static char *array_of(const char *const *values, size_t count)
{
    struct buffer out = {0};
    for (size_t i = 0; i < count; i++) {
        buffer_add(&out, i == 0 ? "{" : ",");
        buffer_add(&out, values[i] == NULL ? "NULL" : "\"");
        for (const char *c = values[i]; c != NULL && *c != '\0'; c++)
            buffer_addf(&out, *c == '"' || *c == '\\' ? "\\%c" : "%c", *c);
        buffer_add(&out, values[i] == NULL ? "" : "\"");
    }
    buffer_add(&out, count == 0 ? "{}" : "}");
    char *text = strdup(buffer_text(&out));
    buffer_free(&out);
    return text;
}

void insert(struct subject *subject, const char *const *values, size_t count)
{
    struct sql sql = {.arena = &subject->arena};
    char *array = array_of(values, count);
    sql_addf(&sql, "INSERT INTO public.d (value) SELECT v::%s FROM unnest(", subject->column.type);
    sql_param(&sql, array, "text[]");
    sql_add(&sql, ") WITH ORDINALITY AS u(v, n) ORDER BY n");
    number(&sql);
    free(array);
}

/* The table goes by a name that the mask's own subquery uses. */
static const char *alias(const struct subject *subject)
{
    return subject->mask.kind == MASK_JSON_KEEP ? "d"
           : subject->mask.kind == MASK_BUCKET  ? "b"
                                                : "t";
}

static void add_todo(struct subject *subject, struct sql *sql)
{
    mask_todo(&subject->mask, &subject->column, alias(subject), &subject->key, sql);
}

static void add_expression(struct subject *subject, struct sql *sql)
{
    mask_expression(&subject->mask, &subject->column, alias(subject), &subject->key, sql);
}

static void add_masked(struct subject *subject, struct sql *sql)
{
    mask_assignment(&subject->mask, &subject->column, alias(subject), &subject->key, sql);
}

/*
 * Rows that are still to do. f is applied to each row, which must not raise even where it is done;
 * and what the rows that are done are set to must not differ from them.
 */
static int64_t count_todo(struct subject *subject)
{
    struct sql sql = {.arena = &subject->arena};
    sql_add(&sql, "SELECT count(*) FILTER (WHERE todo), count(*) FILTER (WHERE todo IS NULL), "
                  "count(*) FILTER (WHERE NOT todo AND value IS DISTINCT FROM masked), count(f) "
                  "FROM (SELECT ");
    add_todo(subject, &sql);
    sql_add(&sql, ", value::text COLLATE pg_catalog.\"C\", (");
    add_masked(subject, &sql);
    sql_add(&sql, ")::text COLLATE pg_catalog.\"C\", (");
    add_expression(subject, &sql);
    sql_addf(&sql, ")::text FROM public.d AS %s OFFSET 0) AS x(todo, value, masked, f)",
             alias(subject));
    PGresult *result = run(&sql);
    int64_t count = atoll(PQgetvalue(result, 0, 0));
    assert_string_equal(PQgetvalue(result, 0, 1), "0");
    assert_string_equal(PQgetvalue(result, 0, 2), "0");
    PQclear(result);
    return count;
}

static int64_t update_todo(struct subject *subject)
{
    struct sql sql = {.arena = &subject->arena};
    sql_addf(&sql, "UPDATE public.d AS %s SET value = ", alias(subject));
    add_masked(subject, &sql);
    sql_add(&sql, " WHERE ");
    add_todo(subject, &sql);
    return number(&sql);
}

/* f(f(x)) = f(x), asked of f alone: a random token is another one each time, by design. */
static void check_fixed_point(struct subject *subject)
{
    struct sql sql = {.arena = &subject->arena};
    if (subject->mask.kind == MASK_UNIQUE || subject->mask.kind == MASK_KEYED_HASH)
        return;
    sql_addf(&sql,
             "SELECT count(*) FROM public.d AS %s WHERE "
             "(value::text COLLATE pg_catalog.\"C\") IS DISTINCT FROM (",
             alias(subject));
    add_expression(subject, &sql);
    sql_add(&sql, ")::text AND (before COLLATE pg_catalog.\"C\") IS DISTINCT FROM value::text");
    assert_int_equal(number(&sql), 0);
}

void check_laws(struct subject *subject)
{
    session_run(session, "UPDATE public.d SET before = value::text");
    int64_t due = count_todo(subject);
    assert_int_equal(update_todo(subject), due);
    assert_int_equal(count_todo(subject), 0);
    assert_int_equal(update_todo(subject), 0);
    check_fixed_point(subject);
    if (!gives_value(subject))
        assert_int_equal(session_number(session, "SELECT count(*) FROM public.d WHERE "
                                                 "before IS NULL AND value IS NOT NULL"),
                         0);
}
