/*
 * session.h - a test's own connection to the throwaway server
 *
 * The server is found through PGHOST and PGPORT, as scripts/pg-temp exports them. Every function
 * ends the test with the server's message when something fails: a test that cannot ask its
 * question has no answer to report.
 */
#ifndef SUPPORT_SESSION_H
#define SUPPORT_SESSION_H

#include <libpq-fe.h>

_Noreturn void fatal(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* As the superuser of the throwaway server. */
PGconn *session_open(const char *database);
/* Any number of statements separated by semicolons; the last result is thrown away. */
void session_run(PGconn *session, const char *sql);
void session_runf(PGconn *session, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The caller clears the result. */
PGresult *session_rows(PGconn *session, const char *sql);
/* First column of the first row; the caller frees. */
char *session_text(PGconn *session, const char *sql);
long long session_number(PGconn *session, const char *sql);

#endif
