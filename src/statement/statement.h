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
 * One row per class and leaf of the step's table: class, the leaf's oid (NULL of a table that is
 * its only leaf), rows, date of the oldest, first and last tuple id (NULL unless it `locates`). The
 * classes are the members of struct counts ("due", "held", …), plus "young" and "gone" (by an
 * earlier step). Under clock slices young rows are not looked at, so that an index on the clock
 * finds the others.
 */
void statement_count(const struct plan *plan, const struct plan_step *step, bool locates,
                     const struct mask_key *key, struct sql *out);

/* The steps of one policy that concern the same rows; without any, the rest may be NULL. */
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
 * The deed on one leaf (of all but summaries), limited to a range: the first two parameters are its
 * ends, [from, to), preset to everything. With `skips_locked`, rows that others hold locked are
 * left out.
 */
void statement_deed(const struct plan *plan, const struct plan_step *step,
                    const struct catalog_table *leaf, enum strategy strategy, bool skips_locked,
                    const struct mask_key *key, struct sql *out);
/* How many rows of the range the deed has still to do; the same parameters. */
void statement_left(const struct plan *plan, const struct plan_step *step,
                    const struct catalog_table *leaf, enum strategy strategy,
                    const struct mask_key *key, struct sql *out);

/* The positions of the first and last clock values past the cutoff, from `from` on, of rows not
 * masked yet; NULL where there are none. Only for clock slices. */
void statement_slice_look(const struct plan *plan, const struct plan_step *step,
                          const struct catalog_table *leaf, int64_t from,
                          const struct mask_key *key, struct sql *out);

/* The steps by which a whole partition goes. Names are as the server quotes them. */
void statement_detach(const struct catalog_table *partition, bool finishes, struct sql *out);
void statement_attach(const char *parent, const char *partition, const char *bound,
                      struct sql *out);
void statement_lock(const struct catalog_table *partition, struct sql *out);
/* Its rows, and how many of them the step's deed would leave. */
void statement_prove(const struct plan *plan, const struct plan_step *step,
                     const struct catalog_table *partition, struct sql *out);
void statement_drop(const struct catalog_table *partition, struct sql *out);

/* A position as the text of a parameter, and a range as the audit log shows it: blocks, or whole
 * days, since a second is one row's value. */
enum { STATEMENT_BOUND = 64 };
void statement_bound(const struct plan_step *step, enum strategy strategy, int64_t position,
                     char ret_text[STATEMENT_BOUND]);
void statement_range_text(const struct plan_step *step, enum strategy strategy, int64_t from,
                          int64_t to, char *ret_text, size_t size);

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
