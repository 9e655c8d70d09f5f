/*
 * discovery.h - which columns of a database look personal, and why
 *
 * Holds every column that was looked at, in the order of tables and columns. Partitions are not
 * listed beside their table. Nothing in it is a value of the database.
 */
#ifndef PGRETAIN_DISCOVERY_H
#define PGRETAIN_DISCOVERY_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct discovered_column {
    uint32_t table_oid;
    const char *schema;
    const char *table;      /* the bare name */
    const char *table_text; /* schema.name as a policy writes it */
    const char *column;
    const char *type;
    /* personal, usage, telephony or integration_credentials; NULL: does not look personal */
    const char *category;
    const char *kind;   /* "email", "ip", …; NULL without a category */
    const char *vendor; /* whose credentials, "twilio"; or NULL */
    double score;       /* 0 to 1 */
    const char *why;    /* "name", "name, table of people"; NULL without a category */
};

struct discovery {
    struct arena arena;
    struct discovered_column *columns;
    size_t column_count;
};

#endif
