/*
 * query.c - statements and their results
 */
#include "db/db_private.h"

#include <stdlib.h>
#include <string.h>

/* A PGresult under a name of our own; the two are never told apart inside this room. */
struct db_result {
    PGresult *rows;
};

int db_finish(struct db *db, PGresult *rows, struct db_result **ret_result, struct error *err)
{
    ExecStatusType status = PQresultStatus(rows);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        db_failed(db, rows, err);
        PQclear(rows);
        return -1;
    }
    if (ret_result == NULL) {
        PQclear(rows);
        return 0;
    }
    struct db_result *result = calloc(1, sizeof *result);
    if (result == NULL) {
        PQclear(rows);
        return error_set(err, EXIT_FAILED, "out of memory");
    }
    result->rows = rows;
    *ret_result = result;
    return 0;
}

int db_query_text(struct db *db, const char *sql, const char *const *params, int param_count,
                  struct db_result **ret_result, struct error *err)
{
    PGresult *rows = PQexecParams(db->connection, sql, param_count, NULL, params, NULL, NULL, 0);
    return db_finish(db, rows, ret_result, err);
}

int db_query(struct db *db, const struct sql *sql, struct db_result **ret_result, struct error *err)
{
    const char **values = calloc(sql->param_count + 1, sizeof *values);
    if (values == NULL)
        return error_set(err, EXIT_FAILED, "out of memory");
    for (size_t i = 0; i < sql->param_count; i++)
        values[i] = sql->params[i].value;
    int rc =
        db_query_text(db, buffer_text(&sql->text), values, (int)sql->param_count, ret_result, err);
    free(values);
    return rc;
}

int db_run(struct db *db, const char *sql, struct error *err)
{
    return db_query_text(db, sql, NULL, 0, NULL, err);
}

int db_describe(struct db *db, const char *sql, uint32_t *ret_type_oid, int *ret_columns,
                int *ret_position, struct error *err)
{
    *ret_position = 0;
    PGresult *rows = PQprepare(db->connection, "", sql, 0, NULL);
    if (PQresultStatus(rows) == PGRES_COMMAND_OK) {
        PQclear(rows);
        rows = PQdescribePrepared(db->connection, "");
    }
    if (PQresultStatus(rows) != PGRES_COMMAND_OK) {
        const char *position = PQresultErrorField(rows, PG_DIAG_STATEMENT_POSITION);
        *ret_position = position == NULL ? 0 : atoi(position);
        db_failed(db, rows, err);
        PQclear(rows);
        return -1;
    }
    *ret_columns = PQnfields(rows);
    *ret_type_oid = *ret_columns > 0 ? PQftype(rows, 0) : 0;
    int parameters = PQnparams(rows);
    PQclear(rows);
    if (parameters > 0)
        return error_set(err, EXIT_FAILED, "parameters ($1, …) cannot be used here");
    return 0;
}

int db_rows(const struct db_result *result)
{
    return PQntuples(result->rows);
}

int db_columns(const struct db_result *result)
{
    return PQnfields(result->rows);
}

const char *db_value(const struct db_result *result, int row, int column)
{
    if (PQgetisnull(result->rows, row, column))
        return NULL;
    return PQgetvalue(result->rows, row, column);
}

int64_t db_int(const struct db_result *result, int row, int column)
{
    const char *value = db_value(result, row, column);
    return value == NULL ? -1 : strtoll(value, NULL, 10);
}

double db_double(const struct db_result *result, int row, int column)
{
    const char *value = db_value(result, row, column);
    return value == NULL ? -1 : strtod(value, NULL);
}

bool db_bool(const struct db_result *result, int row, int column)
{
    const char *value = db_value(result, row, column);
    return value != NULL && value[0] == 't';
}

int64_t db_affected(const struct db_result *result)
{
    return strtoll(PQcmdTuples(result->rows), NULL, 10);
}

void db_result_free(struct db_result *result)
{
    if (result == NULL)
        return;
    PQclear(result->rows);
    free(result);
}

/* One element of an array literal, from `*at`, unescaped in place of a fresh copy. */
static const char *array_element(const char **at, struct arena *arena)
{
    const char *text = *at;
    char *element = arena_alloc(arena, strlen(text) + 1);
    size_t length = 0;
    bool quoted = *text == '"';
    if (quoted)
        text++;
    while (*text != '\0' && (quoted ? *text != '"' : *text != ',' && *text != '}')) {
        if (*text == '\\' && text[1] != '\0')
            text++;
        element[length++] = *text++;
    }
    if (quoted && *text == '"')
        text++;
    *at = text;
    if (!quoted && strcmp(element, "NULL") == 0)
        element[0] = '\0';
    return element;
}

const char **db_array(const struct db_result *result, int row, int column, struct arena *arena,
                      size_t *ret_count)
{
    const char *text = db_value(result, row, column);
    const char **items = NULL;
    size_t count = 0;
    if (text != NULL && *text == '{')
        text++;
    while (text != NULL && *text != '\0' && *text != '}') {
        *ARENA_PUSH(arena, items, count) = array_element(&text, arena);
        if (*text == ',')
            text++;
    }
    *ret_count = count;
    return items;
}
