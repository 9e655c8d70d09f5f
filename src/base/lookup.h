/*
 * lookup.h - finds what was filed under a name, however much there is
 *
 * A name has one part or two: a table's schema and its own name, a table and a column. A hash table
 * with open addressing that lies in an arena, as everything filed in it does; nothing is taken out.
 */
#ifndef BASE_LOOKUP_H
#define BASE_LOOKUP_H

#include "base/arena.h"

#include <stddef.h>

struct lookup_entry;

/* Start with `struct lookup l = {0};`. */
struct lookup {
    struct lookup_entry *entries;
    size_t room;
    size_t count;
};

/*
 * Files `value`, which is not NULL, unless something is filed under the name already; returns that,
 * or NULL. `second` is NULL for a name of one part. The parts are not copied.
 */
const void *lookup_add(struct lookup *lookup, struct arena *arena, const char *first,
                       const char *second, const void *value);

/* What is filed under the name, or NULL. */
const void *lookup_find(const struct lookup *lookup, const char *first, const char *second);

#endif
