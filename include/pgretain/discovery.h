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
    const char *table_quoted;
    const char *column;
    const char *column_quoted;
    int number; /* pg_attribute.attnum */
    const char *type;
    const char *base_type; /* pg_type.typname, of a domain that of its base: "varchar" */
    const char *refers_to; /* the bare name of the table of a foreign key on it alone; or NULL */
    bool is_text;          /* text, varchar, citext, …, or a domain over one */
    bool may_select;       /* this role may read the whole table */
    /* personal, usage, telephony or integration_credentials; NULL: does not look personal */
    const char *category;
    const char *kind;   /* "email", "ip", …; NULL without a category */
    const char *vendor; /* whose credentials, "twilio"; or NULL */
    double score;       /* 0 to 1 */
    /* "name", "name, table", "table", "type", "domain", "comment", "constraint", "statistics",
     * "sample"; NULL without a category */
    const char *why;
};

struct discovery {
    struct arena arena;
    struct discovered_column *columns;
    size_t column_count;
};

#endif
