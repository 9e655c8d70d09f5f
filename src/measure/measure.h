/*
 * measure.h - how many rows each step would change, by class
 */
#ifndef MEASURE_MEASURE_H
#define MEASURE_MEASURE_H

#include "db/db.h"
#include "mask/mask.h"
#include "pgretain/changes.h"
#include "pgretain/status.h"

/*
 * Counts every step of the plan inside the caller's transaction. `timeout_ms` bounds each table's
 * count (0: no bound); a count that runs into it is reported as not counted (-1, timed_out), not
 * guessed, and so is one on which an expression of the policy raises an error (-1, `sqlstate`): the
 * others are counted all the same. Steps refused for their shape are not counted. The array lies in
 * `arena`.
 */
int measure_plan(struct db *db, const struct plan *plan, const struct mask_key *key, int timeout_ms,
                 struct arena *arena, struct counts **ret_counts, struct error *err);

/* The answer to statement_count() as counts, for callers that do not wait for it here. */
void measure_read(const struct plan_step *step, const struct db_result *result, struct arena *arena,
                  struct counts *ret_counts);

/*
 * Of the rows that each step of `now` finds due, counts those that were due as of the instant of
 * `then` already: the same policy, earlier, in the same snapshot. -1 where it was not counted.
 */
int measure_overdue(struct db *db, const struct plan *now, const struct counts *counts,
                    const struct plan *then, const struct mask_key *key, int timeout_ms,
                    struct arena *arena, int64_t **ret_overdue, struct error *err);

/* Where an earlier run's step of the same rule ended. */
struct earlier_end {
    const char *cutoff; /* an instant, or NULL: there was none */
    int64_t left;       /* rows past it that stayed, whatever kept them */
};

/*
 * Inside the caller's transaction, how many more rows are past the earlier cutoff of each step than
 * were left then: data that has come back. 0 where none are, or where it could not be counted.
 */
int measure_returned(struct db *db, const struct plan *plan, const struct counts *counts,
                     const struct earlier_end *ends, const struct mask_key *key, int timeout_ms,
                     struct arena *arena, int64_t **ret_rows, struct error *err);

/* Who holds and who blocks the rows that the counts say are held and blocked. One element a step,
 * in `arena`. */
int measure_keepers(struct db *db, const struct plan *plan, const struct counts *counts,
                    const struct mask_key *key, int timeout_ms, struct arena *arena,
                    struct keepers **ret_keepers, struct error *err);

/*
 * Counts the tables of plan_find_kept() inside the caller's transaction. What the role may not read
 * or takes longer than `timeout_ms` is not counted (-1), and neither is `due` where no step could
 * take a row. The array lies in `arena`.
 */
int measure_kept(struct db *db, const struct plan *lifted, const struct plan_kept *kept,
                 size_t kept_count, const struct mask_key *key, int timeout_ms, struct arena *arena,
                 struct kept_counts **ret_counts, struct error *err);

/*
 * Counts, table by table and apart for rows that go and rows that are masked, what is due under the
 * second plan and not under the first, and the other way round. Both catalogs were read in the
 * caller's snapshot. Steps that are refused in either plan are not counted, and the table says so.
 * Tables without a difference are in the list too, which begins with what could not be counted and
 * goes on with what goes, the most rows newly due first.
 */
struct difference_side {
    const struct plan *plan;
    const struct mask_key *key; /* or NULL */
};
int measure_difference(struct db *db, const struct difference_side sides[2], int timeout_ms,
                       struct arena *arena, struct due_change **ret_changes, size_t *ret_count,
                       struct error *err);

#endif
