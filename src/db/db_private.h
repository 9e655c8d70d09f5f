/* db_private.h - what the files of this room share */
#ifndef DB_DB_PRIVATE_H
#define DB_DB_PRIVATE_H

#include "db/db.h"

#include <libpq-fe.h>
#include <stdio.h>

struct db {
    PGconn *connection;
};

/* Turns a failed result (or a broken connection) into an error without values; returns -1. */
int db_failed(struct db *db, const PGresult *result, struct error *err);

#endif
