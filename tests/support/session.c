/* session.c - libpq with the patience of a test: any error ends the program. */
#include "support/session.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fatal(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fflush(stdout);
    fputs("fatal: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

PGconn *session_open(const char *database)
{
    const char *keys[] = {"dbname", "user", "application_name", NULL};
    const char *values[] = {database, "postgres", "test", NULL};
    PGconn *session = PQconnectdbParams(keys, values, 0);
    if (PQstatus(session) != CONNECTION_OK) {
        fatal("cannot connect (run under scripts/pg-temp): %s", PQerrorMessage(session));
    }
    session_run(session, "SET client_min_messages = error; SET jit = off");
    return session;
}

static PGresult *session_execute(PGconn *session, const char *sql)
{
    PGresult *result = PQexec(session, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
        fatal("%s\nin: %s", PQerrorMessage(session), sql);
    }
    return result;
}

void session_run(PGconn *session, const char *sql)
{
    PQclear(session_execute(session, sql));
}

void session_runf(PGconn *session, const char *format, ...)
{
    char *sql = NULL;
    va_list arguments;
    va_start(arguments, format);
    if (vasprintf(&sql, format, arguments) < 0) {
        fatal("out of memory");
    }
    va_end(arguments);
    session_run(session, sql);
    free(sql);
}

PGresult *session_rows(PGconn *session, const char *sql)
{
    return session_execute(session, sql);
}

char *session_text(PGconn *session, const char *sql)
{
    PGresult *result = session_execute(session, sql);
    if (PQntuples(result) < 1) {
        fatal("no row from: %s", sql);
    }
    char *text = strdup(PQgetvalue(result, 0, 0));
    PQclear(result);
    return text;
}

long long session_number(PGconn *session, const char *sql)
{
    char *text = session_text(session, sql);
    long long number = atoll(text);
    free(text);
    return number;
}
