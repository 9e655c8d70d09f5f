/* db_private.h - what the files of this room share */
#ifndef DB_DB_PRIVATE_H
#define DB_DB_PRIVATE_H

#include "db/db.h"

#include <libpq-fe.h>
#include <stdio.h>

enum { EXCHANGE_MOST = 12 };

/* The answers of one exchange, in the order of its statements. */
struct exchange {
    PGresult *answers[EXCHANGE_MOST];
    int sent, arrived, received;
};

struct db {
    PGconn *connection;
    struct exchange exchange;
};

/* Takes a statement's answer: its rows, or an error without values. */
int db_finish(struct db *db, PGresult *rows, struct db_result **ret_result, struct error *err);

/* Turns a failed result (or a broken connection) into an error without values; returns -1. */
int db_failed(struct db *db, const PGresult *result, struct error *err);

#endif
