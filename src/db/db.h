/*
 * db.h - connections to PostgreSQL
 *
 * The only room that knows libpq. A session is opened for reading or for writing; every session
 * starts with the same prologue (empty search_path, row_security off, ISO dates, UTC, …) and is
 * read-only by default. Text a server sends about an error never leaves this room: it can hold row
 * values. What leaves is the SQLSTATE, a sentence of ours, and the names of objects.
 */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/arena.h"
#include "base/sql.h"
#include "pgretain/error.h"

#include <stdbool.h>
#include <stdint.h>

/* Connection settings as in psql; NULL leaves the setting to PG* and the service file. */
struct db_options {
    const char *database; /* a name, a conninfo string or a URI */
    const char *host;
    const char *port;
    const char *user;
    bool never_ask; /* -w */
};

enum db_mode { DB_READ, DB_WRITE };

struct db;
struct db_result;

/*
 * Connects and runs the prologue. Away from Unix sockets and loopback addresses TLS is verified
 * (sslmode=verify-full) unless an sslmode was set explicitly. Fails with EXIT_FAILED, or with
 * EXIT_REFUSED behind a transaction pooler.
 */
int db_open(const struct db_options *options, enum db_mode mode, struct db **ret_db,
            struct error *err);
void db_close(struct db *db);

/* Runs one statement. `sql` may be without parameters. `ret_result` may be NULL when no rows are
 * wanted. After a failure db_is_alive() tells whether the connection survived. */
int db_query(struct db *db, const struct sql *sql, struct db_result **ret_result,
             struct error *err);
int db_query_text(struct db *db, const char *sql, const char *const *params, int param_count,
                  struct db_result **ret_result, struct error *err);
/* A statement without parameters or rows. */
int db_run(struct db *db, const char *sql, struct error *err);

/*
 * Has the server parse and analyse a statement through the extended protocol (one statement, no
 * parameters) without running it, and describes its only column. On failure `*ret_position` is the
 * 1-based character where the server stopped, or 0.
 */
int db_describe(struct db *db, const char *sql, uint32_t *ret_type_oid, int *ret_columns,
                int *ret_position, struct error *err);

/*
 * An exchange: up to 12 statements sent in one go and answered in their order, while the caller
 * does other things (libpq's pipeline mode). From the first db_send() until db_arrived() says 1,
 * nothing else may be run on the session; then db_receive() hands out the answers one by one. A
 * statement that fails keeps those behind it from running: they fail with SQLSTATE 25P02.
 */
int db_send(struct db *db, const char *sql, const char *const *params, int param_count,
            struct error *err);
int db_send_sql(struct db *db, const struct sql *sql, struct error *err);
int db_send_end(struct db *db, struct error *err);
/* The server answers what was sent up to here as soon as it can, not all of the exchange at once;
 * and how many answers are there and not yet received. */
int db_send_flush(struct db *db, struct error *err);
int db_answers(const struct db *db);
/* Sends and takes what is possible without waiting. 1: everything is answered; 0: not yet; -1: the
 * connection is lost. */
int db_arrived(struct db *db, struct error *err);
int db_receive(struct db *db, struct db_result **ret_result, struct error *err);
/* Drops the answers that nobody received. */
void db_forget(struct db *db);
/* What to poll(2) for. */
int db_socket(const struct db *db);
bool db_wants_to_write(struct db *db);
/* Asks the server to cancel what the session is doing; it fails with SQLSTATE 57014. */
void db_cancel(struct db *db);

/* Rows of a result, or those a command touched. Values live as long as the result; NULL is NULL. */
int db_rows(const struct db_result *result);
int db_columns(const struct db_result *result);
const char *db_value(const struct db_result *result, int row, int column);
int64_t db_int(const struct db_result *result, int row, int column); /* NULL is -1 */
double db_double(const struct db_result *result, int row, int column);
bool db_bool(const struct db_result *result, int row, int column);
int64_t db_affected(const struct db_result *result);
void db_result_free(struct db_result *result);

/* The elements of a text[] value, copied into the arena; NULL elements become "". */
const char **db_array(const struct db_result *result, int row, int column, struct arena *arena,
                      size_t *ret_count);

bool db_is_alive(const struct db *db);

#endif
