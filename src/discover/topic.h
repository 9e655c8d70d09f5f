/*
 * topic.h - what the rows of a table are (private to this room)
 *
 * The last noun of its name speaks loudest, then every column that such tables have: calls have
 * callers, whatever their table is called.
 */
#ifndef DISCOVER_TOPIC_H
#define DISCOVER_TOPIC_H

#include "discover/lexicon.h"

/* Values of `enum about`: one subject or ANYTHING, and those of BESIDE beside it. */
int topic_of(const struct reading *schema, const struct reading *table,
             const struct reading *columns, size_t count);

/* Whether the name alone says that the rows are people. */
bool topic_is_people(const struct reading *table);

#endif
