/*
 * sql.h - SQL text under construction, with its parameters
 *
 * Values never become part of the text: sql_param() keeps the value and writes `$n::type`.
 * Identifiers are added as the server quoted them. Parameters are numbered in the order of adding.
 */
#ifndef BASE_SQL_H
#define BASE_SQL_H

#include "base/arena.h"
#include "base/buffer.h"

#include <stdbool.h>

struct sql_param {
    const char *value; /* text form; NULL is SQL NULL */
    const char *type;  /* e.g. "timestamptz" */
    bool secret;       /* never shown, not even by `plan --sql` */
};

/* Start with `struct sql s = {.arena = &arena};`, end with sql_free(). Parameter values are not
 * copied: they outlive the statement. */
struct sql {
    struct arena *arena;
    struct buffer text;
    struct sql_param *params;
    size_t param_count;
};

void sql_add(struct sql *sql, const char *text);
void sql_addf(struct sql *sql, const char *format, ...) __attribute__((format(printf, 2, 3)));
void sql_param(struct sql *sql, const char *value, const char *type);
void sql_secret(struct sql *sql, const char *value, const char *type);
void sql_free(struct sql *sql);

#endif
