/*
 * source.h - what a trigger function does, as far as its text tells
 *
 * The text is read as the words and signs of PL/pgSQL, without comments; nothing is parsed. Other
 * languages mostly come out as mentions. Names are compared as unquoted ones: in any case.
 */
#ifndef PLAN_SOURCE_H
#define PLAN_SOURCE_H

#include "base/arena.h"

#include <stdbool.h>

enum mention { MENTION_NONE, MENTION_MADE, MENTION_ASSIGNED };

/* Whether NEW.column is assigned, or named at all, also as a string. `source` may be NULL. */
enum mention source_finds_column(const char *source, const char *column);

/*
 * Whether old rows are copied: an INSERT stands beside OLD or `old_table` (which may be NULL), or
 * OLD as a whole is handed to a function. `*ret_target` is then the table of the first INSERT as it
 * is written, in small letters, or NULL where none can be seen.
 */
bool source_copies_old(const char *source, const char *old_table, struct arena *arena,
                       const char **ret_target);

#endif
