/* draft_private.h - what the files of this room share */
#ifndef DRAFT_DRAFT_PRIVATE_H
#define DRAFT_DRAFT_PRIVATE_H

#include "draft/draft.h"

/* A name as a YAML scalar, in quotes unless it is a plain word or two with a dot between. */
const char *draft_scalar(const char *name, struct arena *arena);

/* Sets the clock of every table that has one, from its own columns or over a foreign key. */
void draft_choose_clocks(struct draft *draft);

/* Says of every table whether its rows are people. */
void draft_find_people(struct draft *draft);

/*
 * Chooses a mask for every column that looks personal and for every key that a person is known by;
 * false where such a key can have none. Other columns without one are left, and exempt.
 */
bool draft_choose_masks(struct draft *draft, struct draft_table *table);

bool draft_is_masked(const struct draft_table *table, const char *column);

/* Whether the table's own clock reads this column. */
bool draft_is_clock(const struct draft_table *table, const char *column);

struct draft_table *draft_find(const struct draft *draft, const struct catalog_table *table);

#endif
