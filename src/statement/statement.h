/*
 * statement.h - plan steps as SQL
 *
 * The only room where DELETE, UPDATE and INSERT are spelled. Every statement has a counting twin
 * made from the same row_test by the same functions. Identifiers come quoted from the server,
 * values are parameters, and the policy's expressions stand on lines of their own inside double
 * brackets. Pure: nothing is executed here.
 */
#ifndef STATEMENT_STATEMENT_H
#define STATEMENT_STATEMENT_H

#include "base/sql.h"
#include "mask/mask.h"
#include "pgretain/plan.h"

/*
 * One row per class of the step's table: class, rows, date of the oldest. The classes are the
 * members of struct counts ("due", "held", …), plus "young" and "gone" (by an earlier step).
 */
void statement_count(const struct plan *plan, const struct plan_step *step,
                     const struct mask_key *key, struct sql *out);

/* The steps of one policy that concern the same rows. */
struct due_side {
    const struct plan *plan;
    const struct plan_step **steps;
    size_t step_count;
    const struct mask_key *key;
};

/*
 * One row: how many rows of the table, or of the one leaf, are due under the first side, under the
 * second, under the second alone and under the first alone. A row is due where the counting twin of
 * one of the steps says so. At least one side has a step.
 */
void statement_count_difference(const struct due_side sides[2], const struct catalog_table *table,
                                bool is_leaf, struct sql *out);

/*
 * The deed on one leaf (of all but summaries), limited to a range of tuple ids: the first two
 * parameters are its ends, [from, to), preset to the whole table.
 */
void statement_deed(const struct plan *plan, const struct plan_step *step,
                    const struct catalog_table *leaf, const struct mask_key *key, struct sql *out);

/*
 * Summaries: counts the due rows of one period into the statistics and deletes them, in one
 * statement. The slice is a period of the plan's summary; NULL stands for the last whole one, as it
 * is shown and hashed. It returns one row: the rows deleted, and whether the statistics table took
 * every group.
 */
void statement_summary(const struct plan *plan, const struct plan_step *step,
                       const struct slice *slice, struct sql *out);

/*
 * The periods that can have due rows, oldest first: two rows each, where it begins and where it
 * ends, with the columns of struct moment. Not each of them need have any.
 */
void statement_slices(const struct plan *plan, const struct plan_step *step, struct sql *out);

/* One row: the members of struct kept_counts. `lifted` is the plan without the hold. */
void statement_count_kept(const struct plan *lifted, const struct plan_kept *kept,
                          const struct mask_key *key, struct sql *out);

/*
 * Sets plan->digest: SHA-256 of the RFC 8785 JSON of everything a person approves. Strategy,
 * statistics, counts and the list of partitions are not part of it.
 */
void statement_digest(struct plan *plan);

/* A hash of what a rule reaches apart from its window: table, action, clock, scope, masks. */
void statement_rule_digest(const struct plan_step *step, char ret_hex[SHA256_HEX]);

/* A statement with its parameters as PREPARE and EXECUTE that psql understands. */
void statement_for_psql(const struct sql *sql, const char *name, struct buffer *out);

#endif
