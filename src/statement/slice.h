/*
 * slice.h - the conditions that limit a statement to a range (private to this room)
 */
#ifndef STATEMENT_SLICE_H
#define STATEMENT_SLICE_H

#include "statement/predicate.h"

/* `alias.clock >= $n AND alias.clock < $n`; or the same over ctid. The first end is `from`, the
 * second the end of everything past the cutoff. */
void slice_write(struct writer *w, const struct plan_step *step, enum strategy strategy,
                 int64_t from, const char *alias);

#endif
