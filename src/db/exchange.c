/*
 * exchange.c - statements sent together and answered while the caller does other things
 */
#include "db/db_private.h"

static int sent(struct db *db, int ok, struct error *err)
{
    if (ok == 1)
        return 0;
    db_failed(db, NULL, err);
    return -1;
}

int db_send(struct db *db, const char *sql, const char *const *params, int param_count,
            struct error *err)
{
    struct exchange *x = &db->exchange;
    if (PQpipelineStatus(db->connection) == PQ_PIPELINE_OFF) {
        x->sent = x->arrived = x->received = 0;
        if (sent(db,
                 PQsetnonblocking(db->connection, 1) == 0 && PQenterPipelineMode(db->connection),
                 err) != 0)
            return -1;
    }
    if (x->sent == EXCHANGE_MOST)
        return error_set(err, EXIT_FAILED, "more than %d statements in one exchange",
                         EXCHANGE_MOST);
    if (sent(db, PQsendQueryParams(db->connection, sql, param_count, NULL, params, NULL, NULL, 0),
             err) != 0)
        return -1;
    x->sent++;
    return 0;
}

int db_send_sql(struct db *db, const struct sql *sql, struct error *err)
{
    struct arena arena = {0};
    const char **values = arena_alloc(&arena, sql->param_count * sizeof *values + 1);
    for (size_t i = 0; i < sql->param_count; i++)
        values[i] = sql->params[i].value;
    int rc = db_send(db, buffer_text(&sql->text), values, (int)sql->param_count, err);
    arena_free(&arena);
    return rc;
}

int db_send_end(struct db *db, struct error *err)
{
    return sent(db, PQpipelineSync(db->connection), err);
}

int db_send_flush(struct db *db, struct error *err)
{
    return sent(db, PQsendFlushRequest(db->connection), err);
}

int db_answers(const struct db *db)
{
    return db->exchange.arrived - db->exchange.received;
}

int db_socket(const struct db *db)
{
    return PQsocket(db->connection);
}

bool db_wants_to_write(struct db *db)
{
    return PQflush(db->connection) == 1;
}

/* Ends the exchange: every answer is there, and the session takes single statements again. */
static int complete(struct db *db, struct error *err)
{
    bool idle = PQexitPipelineMode(db->connection) == 1;
    return sent(db, idle && PQsetnonblocking(db->connection, 0) == 0, err) == 0 ? 1 : -1;
}

int db_arrived(struct db *db, struct error *err)
{
    struct exchange *x = &db->exchange;
    if (PQconsumeInput(db->connection) != 1 || PQflush(db->connection) < 0)
        return sent(db, 0, err);
    while (PQisBusy(db->connection) == 0) {
        PGresult *rows = PQgetResult(db->connection);
        if (rows == NULL) {
            if (PQstatus(db->connection) != CONNECTION_OK)
                return sent(db, 0, err);
            continue; /* the end of one statement's answer */
        }
        if (PQresultStatus(rows) == PGRES_PIPELINE_SYNC) {
            PQclear(rows);
            return complete(db, err);
        }
        if (PQresultStatus(rows) == PGRES_FATAL_ERROR &&
            PQstatus(db->connection) != CONNECTION_OK) {
            db_failed(db, rows, err);
            PQclear(rows);
            return -1;
        }
        x->answers[x->arrived++] = rows;
    }
    return 0;
}

int db_receive(struct db *db, struct db_result **ret_result, struct error *err)
{
    struct exchange *x = &db->exchange;
    PGresult *rows = x->answers[x->received];
    x->answers[x->received++] = NULL;
    return db_finish(db, rows, ret_result, err);
}

void db_forget(struct db *db)
{
    struct exchange *x = &db->exchange;
    for (int i = x->received; i < x->arrived; i++)
        PQclear(x->answers[i]);
    x->received = x->arrived;
}

void db_cancel(struct db *db)
{
    char ignored[256];
    PGcancel *cancel = PQgetCancel(db->connection);
    if (cancel != NULL)
        PQcancel(cancel, ignored, sizeof ignored);
    PQfreeCancel(cancel);
}
