/*
 * failure.c - a server error as a sentence of ours
 *
 * The server's own primary message, detail and context can quote row values, so none of them is
 * used. SQLSTATE and the names of schema, table, column and constraint say enough to act on. Code
 * of a trigger or function can put anything into those too (RAISE … USING CONSTRAINT = OLD.email,
 * ERRCODE = OLD.code), so they are believed where the server's own checks of constraints say them.
 */
#include "db/db_private.h"

#include <string.h>

static const struct {
    const char *sqlstate; /* five characters, or a class of two */
    const char *message;
    const char *hint;
} sentences[] = {
    {"23502", "a NOT NULL constraint was violated", NULL},
    {"23503", "a foreign key was violated", NULL},
    {"23505", "a unique constraint was violated", NULL},
    {"23514", "a check constraint was violated", NULL},
    {"23", "an integrity constraint was violated", NULL},
    {"25006", "the transaction is read-only", NULL},
    {"25P02", "an earlier statement of the transaction failed", NULL},
    {"40001", "a row changed while it was being processed", NULL},
    {"40P01", "a deadlock was detected", NULL},
    {"42501", "permission denied",
     "Grant the missing privilege to the role that pgretain connects as. A table under row-level "
     "security needs a role with BYPASSRLS, or its owner where RLS is not forced."},
    {"42601", "syntax error", NULL},
    {"42703", "column does not exist", NULL},
    {"42P01", "table does not exist", NULL},
    {"42883", "function or operator does not exist",
     "The search_path is empty: write schema.function(…) and OPERATOR(schema.=) for anything that "
     "an extension or a user created."},
    {"42804", "types do not match", NULL},
    {"42", "the server rejected the statement", NULL},
    {"22", "a value was not accepted", NULL},
    {"53100", "the server's disk is full", NULL},
    {"53", "the server lacks resources", NULL},
    {"55P03", "a lock was not granted in time", NULL},
    {"57014", "the statement was cancelled or timed out", NULL},
    {"57P01", "the server ended the session", NULL},
    {"57P02", "the server crashed", NULL},
    {"57P03", "the server is not accepting connections yet", NULL},
    {"P0001", "a function or trigger raised an exception", NULL},
    {"08", "the connection to the server was lost", NULL},
};

/* Source files of PostgreSQL that name objects out of the catalogue. */
static bool names_are_real(const PGresult *result)
{
    static const char *const files[] = {
        "domains.c",       "execExprInterp.c", "execIndexing.c", "execMain.c",
        "execPartition.c", "nbtinsert.c",      "ri_triggers.c",
    };
    const char *file = PQresultErrorField(result, PG_DIAG_SOURCE_FILE);
    for (size_t i = 0; file != NULL && i < sizeof files / sizeof *files; i++)
        if (strcmp(file, files[i]) == 0)
            return true;
    return false;
}

static bool is_raised(const PGresult *result)
{
    const char *function = PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION);
    return function != NULL && strcmp(function, "exec_stmt_raise") == 0;
}

/* What a function raises has its SQLSTATE if it is one that we know, and else that of RAISE. */
static const char *believed_state(const PGresult *result, const char *sqlstate)
{
    static const char raise[] = "P0001";
    if (!is_raised(result))
        return sqlstate;
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++)
        if (strcmp(sentences[i].sqlstate, sqlstate) == 0)
            return sqlstate;
    return raise;
}

static void add_object(const PGresult *result, int field, const char *kind, char *detail,
                       size_t size)
{
    const char *name = PQresultErrorField(result, field);
    if (name == NULL)
        return;
    size_t used = strlen(detail);
    snprintf(detail + used, size - used, "%s%s \"%s\"", used > 0 ? ", " : "", kind, name);
}

int db_failed(struct db *db, const PGresult *result, struct error *err)
{
    const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (PQresultStatus(result) == PGRES_PIPELINE_ABORTED)
        sqlstate = "25P02";
    else if (sqlstate != NULL)
        sqlstate = believed_state(result, sqlstate);
    if (sqlstate == NULL)
        sqlstate = PQstatus(db->connection) == CONNECTION_OK ? "XX000" : "08006";
    const char *message = "the server reported an error", *hint = "";
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
        if (strncmp(sentences[i].sqlstate, sqlstate, strlen(sentences[i].sqlstate)) != 0)
            continue;
        message = sentences[i].message;
        hint = sentences[i].hint == NULL ? "" : sentences[i].hint;
        break;
    }
    error_set(err, EXIT_FAILED, "%s (SQLSTATE %s)", message, sqlstate);
    snprintf(err->sqlstate, sizeof err->sqlstate, "%s", sqlstate);
    err->is_raised = is_raised(result);
    snprintf(err->hint, sizeof err->hint, "%s", hint);
    if (!names_are_real(result))
        return -1;
    add_object(result, PG_DIAG_SCHEMA_NAME, "schema", err->detail, sizeof err->detail);
    add_object(result, PG_DIAG_TABLE_NAME, "table", err->detail, sizeof err->detail);
    add_object(result, PG_DIAG_COLUMN_NAME, "column", err->detail, sizeof err->detail);
    add_object(result, PG_DIAG_DATATYPE_NAME, "type", err->detail, sizeof err->detail);
    add_object(result, PG_DIAG_CONSTRAINT_NAME, "constraint", err->detail, sizeof err->detail);
    return -1;
}
