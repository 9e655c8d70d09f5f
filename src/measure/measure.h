/*
 * measure.h - how many rows each step would change, by class
 */
#ifndef MEASURE_MEASURE_H
#define MEASURE_MEASURE_H

#include "db/db.h"
#include "mask/mask.h"
#include "pgretain/plan.h"

/*
 * Counts every step of the plan inside the caller's transaction. `timeout_ms` bounds each table's
 * count (0: no bound); a count that runs into it is reported as not counted (-1, timed_out), not
 * guessed. Steps refused for their shape are not counted. The array lies in `arena`.
 */
int measure_plan(struct db *db, const struct plan *plan, const struct mask_key *key, int timeout_ms,
                 struct arena *arena, struct counts **ret_counts, struct error *err);

/* Counts one step, in a transaction of its own if there is none. */
int measure_step(struct db *db, const struct plan *plan, const struct plan_step *step,
                 const struct mask_key *key, struct counts *ret_counts, struct error *err);

#endif
