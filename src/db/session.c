/*
 * session.c - opens a connection and puts the session into the one known state
 */
#include "db/db_private.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/*
 * The prologue. Each line has its reason:
 *  - search_path: nothing a user created can stand in for a built-in, here neither, where it is not
 *    set yet: so each operator is named with its schema;
 *  - row_security off: a policy that hides rows raises an error, not a silent `DELETE 0`;
 *  - synchronous_commit: an acknowledged commit survives a crash, whatever the server's default;
 *  - jit: planning short statements must not start a compiler;
 *  - enable_tidscan: block ranges rely on it;
 *  - log_min_messages, log_min_error_statement: the server's messages about errors quote row
 *    values, and its log keeps them; what it logs on request, level LOG, goes on (superusers only:
 *    others may not set them);
 *  - the time-outs bound what we can do to others, and what others' idle transactions do to us.
 */
static const char prologue[] =
    "SELECT pg_catalog.set_config(name, value, false) FROM (VALUES"
    " ('search_path', ''),"
    " ('client_encoding', 'UTF8'),"
    " ('DateStyle', 'ISO, YMD'),"
    " ('IntervalStyle', 'iso_8601'),"
    " ('TimeZone', 'UTC'),"
    " ('bytea_output', 'hex'),"
    " ('extra_float_digits', '1'),"
    " ('standard_conforming_strings', 'on'),"
    " ('row_security', 'off'),"
    " ('jit', 'off'),"
    " ('enable_tidscan', 'on'),"
    " ('lock_timeout', '5s'),"
    " ('statement_timeout', '0'),"
    " ('idle_in_transaction_session_timeout', '10min'),"
    " ('synchronous_commit', CASE WHEN pg_catalog.current_setting('synchronous_commit')"
    "   OPERATOR(pg_catalog.=) 'remote_apply' THEN 'remote_apply' ELSE 'on' END),"
    " ('default_transaction_isolation', 'repeatable read'),"
    " ('default_transaction_deferrable', 'off'),"
    " ('default_transaction_read_only', $1::pg_catalog.text),"
    " ('log_min_messages', 'log'),"
    " ('log_min_error_statement', 'panic'))"
    " AS setting (name, value)"
    " WHERE name OPERATOR(pg_catalog.!~~) 'log%'"
    " OR pg_catalog.current_setting('is_superuser') OPERATOR(pg_catalog.=) 'on'";

static bool is_local(const char *host)
{
    struct in_addr four;
    struct in6_addr six;
    if (host == NULL || host[0] == '\0' || host[0] == '/' || host[0] == '@')
        return true;
    if (strcmp(host, "localhost") == 0)
        return true;
    if (inet_pton(AF_INET, host, &four) == 1)
        return (ntohl(four.s_addr) >> 24) == 127;
    return inet_pton(AF_INET6, host, &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

/* host may be a list, as libpq takes it. */
static bool all_local(const char *hosts)
{
    char *copy = strdup(hosts == NULL ? "" : hosts), *rest = copy;
    bool local = true;
    for (char *host; copy != NULL && (host = strsep(&rest, ",")) != NULL;)
        local = local && is_local(host);
    free(copy);
    return local;
}

static const char *option_value(const PQconninfoOption *options, const char *keyword)
{
    for (; options != NULL && options->keyword != NULL; options++)
        if (strcmp(options->keyword, keyword) == 0)
            return options->val;
    return NULL;
}

/* As psql decides it. */
static bool is_connection_string(const char *database)
{
    return strchr(database, '=') != NULL || strstr(database, "://") != NULL;
}

/* libpq's message would quote the place where it stopped, which can be a part of a password. */
static int check_connection_string(const char *database, struct error *err)
{
    if (database == NULL || !is_connection_string(database))
        return 0;
    PQconninfoOption *parsed = PQconninfoParse(database, NULL);
    PQconninfoFree(parsed);
    if (parsed != NULL)
        return 0;
    error_set(err, EXIT_FAILED, "the connection string cannot be read");
    return error_hint(err, "It is a URI, where other characters than letters and digits are "
                           "percent-encoded, or keyword=value pairs, where a value with spaces "
                           "stands in quotes.");
}

/* Whether host, or hostaddr, leads off this machine and nobody said how TLS should be used. */
static bool wants_verified_tls(const struct db_options *options)
{
    PQconninfoOption *defaults = PQconndefaults();
    PQconninfoOption *given = NULL;
    if (options->database != NULL && is_connection_string(options->database))
        given = PQconninfoParse(options->database, NULL);
    const char *host = option_value(given, "hostaddr");
    if (host == NULL)
        host = option_value(given, "host");
    if (host == NULL)
        host = options->host;
    if (host == NULL)
        host = option_value(defaults, "hostaddr");
    if (host == NULL)
        host = option_value(defaults, "host");
    const char *mode = option_value(given, "sslmode");
    const char *usual = option_value(defaults, "sslmode");
    bool said = mode != NULL || getenv("PGSSLMODE") != NULL ||
                (usual != NULL && strcmp(usual, "prefer") != 0);
    bool wanted = !said && !all_local(host);
    PQconninfoFree(given);
    PQconninfoFree(defaults);
    return wanted;
}

static PGconn *connect_with(const struct db_options *options, const char *password)
{
    const char *keywords[12], *values[12];
    size_t n = 0;
    if (wants_verified_tls(options)) {
        keywords[n] = "sslmode";
        values[n++] = "verify-full";
    }
    const struct {
        const char *keyword, *value;
    } given[] = {{"host", options->host},       {"port", options->port},
                 {"user", options->user},       {"password", password},
                 {"dbname", options->database}, {"fallback_application_name", "pgretain"}};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        if (given[i].value == NULL)
            continue;
        keywords[n] = given[i].keyword;
        values[n++] = given[i].value;
    }
    keywords[n] = NULL;
    values[n] = NULL;
    return PQconnectdbParams(keywords, values, 1);
}

/* Asks on the terminal, without echo; false where there is none. */
static bool ask_password(char *password, size_t size)
{
    FILE *terminal = fopen("/dev/tty", "r+");
    struct termios before, quiet;
    if (terminal == NULL || tcgetattr(fileno(terminal), &before) != 0) {
        if (terminal != NULL)
            fclose(terminal);
        return false;
    }
    quiet = before;
    quiet.c_lflag &= ~(tcflag_t)ECHO;
    tcsetattr(fileno(terminal), TCSAFLUSH, &quiet);
    fputs("Password: ", terminal);
    fflush(terminal);
    bool got = fgets(password, (int)size, terminal) != NULL;
    fputs("\n", terminal);
    tcsetattr(fileno(terminal), TCSAFLUSH, &before);
    fclose(terminal);
    if (got)
        password[strcspn(password, "\n")] = '\0';
    return got;
}

static void drop_notices(void *context, const PGresult *result)
{
    (void)context;
    (void)result; /* notices can hold row values */
}

static int connect_failed(PGconn *connection, struct error *err)
{
    char text[sizeof err->detail];
    snprintf(text, sizeof text, "%s", PQerrorMessage(connection));
    size_t end = strlen(text);
    while (end > 0 && (text[end - 1] == '\n' || text[end - 1] == ' '))
        text[--end] = '\0';
    error_set(err, EXIT_FAILED, "could not connect to the database server");
    return error_detail(err, "%s", text);
}

static int check_pooler(struct db *db, struct error *err)
{
    struct db_result *result = NULL;
    if (db_query_text(db, "SELECT pg_catalog.pg_backend_pid()", NULL, 0, &result, err) != 0)
        return -1;
    bool same = db_int(result, 0, 0) == PQbackendPID(db->connection);
    db_result_free(result);
    if (same)
        return 0;
    error_set(err, EXIT_REFUSED, "the connection goes through a transaction pooler");
    return error_hint(err, "Connect to the PostgreSQL server itself: session settings and the "
                           "advisory lock do not survive pooling.");
}

int db_open(const struct db_options *options, enum db_mode mode, struct db **ret_db,
            struct error *err)
{
    char password[1024];
    if (check_connection_string(options->database, err) != 0)
        return -1;
    PGconn *connection = connect_with(options, NULL);
    if (PQstatus(connection) != CONNECTION_OK && PQconnectionNeedsPassword(connection) &&
        !options->never_ask && ask_password(password, sizeof password)) {
        PQfinish(connection);
        connection = connect_with(options, password);
        explicit_bzero(password, sizeof password);
    }
    if (PQstatus(connection) != CONNECTION_OK) {
        connect_failed(connection, err);
        PQfinish(connection);
        return -1;
    }
    PQsetNoticeReceiver(connection, drop_notices, NULL);
    struct db *db = calloc(1, sizeof *db);
    if (db == NULL) {
        PQfinish(connection);
        return error_set(err, EXIT_FAILED, "out of memory");
    }
    db->connection = connection;
    const char *read_only = mode == DB_READ ? "on" : "off";
    if (db_query_text(db, prologue, &read_only, 1, NULL, err) != 0 || check_pooler(db, err) != 0) {
        db_close(db);
        return -1;
    }
    *ret_db = db;
    return 0;
}

void db_close(struct db *db)
{
    if (db == NULL)
        return;
    db_forget(db);
    PQfinish(db->connection);
    free(db);
}

bool db_is_alive(const struct db *db)
{
    return PQstatus(db->connection) == CONNECTION_OK;
}
