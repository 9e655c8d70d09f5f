/*
 * unit.h - a clock column with a unit, as SQL (private to this room)
 *
 * All take a unit other than UNIT_NONE and a column of a type that goes with it.
 */
#ifndef STATEMENT_UNIT_H
#define STATEMENT_UNIT_H

#include "base/sql.h"
#include "pgretain/catalog.h"

/* What is compared, and what with: `microseconds` since 1970-01-01 00:00 UTC as a parameter. */
void unit_write_value(struct sql *sql, enum clock_unit unit, const struct catalog_column *column,
                      const char *alias);
void unit_write_bound(struct sql *sql, enum clock_unit unit, const struct catalog_column *column,
                      int64_t microseconds);

/* Whether the value is one of the unit's and lies after 1970-01-01; NULL where it is NULL. */
void unit_write_dated(struct sql *sql, enum clock_unit unit, const struct catalog_column *column,
                      const char *alias);

/* Its date in UTC; NULL where it has none. Never an error, whatever the value. */
void unit_write_date(struct sql *sql, enum clock_unit unit, const struct catalog_column *column,
                     const char *alias);

#endif
