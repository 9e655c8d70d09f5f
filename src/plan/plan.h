/*
 * plan.h - decides what a run does, and whether it may; pure
 */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include "pgretain/error.h"
#include "pgretain/plan.h"

struct plan_options {
    struct narrowing narrowing;
    bool trust_owners; /* --trust-owners */
};

/*
 * Builds the plan. What is wrong with a rule becomes a finding and refuses its steps; only a
 * narrowing that matches nothing is an error here (EXIT_USAGE). Policy and catalog must outlive it.
 */
int plan_build(const struct policy *policy, const struct catalog *catalog,
               const struct plan_options *options, struct plan **ret_plan, struct error *err);
void plan_free(struct plan *plan);

/* How many findings are at least this severe. */
size_t plan_count_findings(const struct plan *plan, enum severity severity);

/*
 * The tables with rows that a hold of the plan's policy could keep. `lifted` is a plan of the same
 * policy without it and has to outlive the list, which lies in the arena of `plan`.
 */
const struct plan_kept *plan_find_kept(struct plan *plan, const struct policy_hold *hold,
                                       const struct plan *lifted, size_t *ret_count);

/* A finding where rows are past a cutoff again behind which an earlier run had left fewer. `number`
 * is the step's, `cutoff` an instant. */
void plan_note_returned(struct plan *plan, size_t number, const char *cutoff, int64_t rows);

/* A finding where a hold that was counted keeps nothing. */
void plan_check_kept(struct plan *plan, const struct policy_hold *hold,
                     const struct kept_counts *counts, size_t count);

/* Findings that only the counts can tell, each of which refuses its step: an expression of the
 * policy raises an error on some row, so that the step could not be counted; or so many rows are
 * due that a foreign key without an index would take hours. One of `counts` a step. */
void plan_check_counts(struct plan *plan, const struct counts *counts);

/*
 * Marks the tables whose steps must not run at the same time as this one: what foreign keys lead to
 * from its table, up or down, and what its conditions read. One mark for each table of the
 * catalogue. Two steps may run side by side where neither is related to the other.
 */
void plan_mark_related(struct plan *plan, const struct plan_step *step, bool *marks);
bool plan_is_related(const struct plan *plan, const bool *marks, const struct plan_step *other);

enum approval { APPROVAL_NONE, APPROVAL_TYPED, APPROVAL_EXPECT, APPROVAL_ACCEPT_NEW };

/* The most a run may change; checked before every COMMIT. -1: no limit. */
struct plan_ceiling {
    int64_t run_rows;      /* rows gone and masked, cascades included */
    int64_t expected_rows; /* the same without cascades, as a plan counts them */
    int64_t *step_rows;    /* one per step */
};

struct guard_options {
    enum approval approval;
    const bool *step_is_new; /* per step: never seen in the audit log, or now reaching further */
    int64_t expect_rows;     /* --expect-rows, or -1 */
    const char *approve_command; /* what lifts the brake, for the hint */
};

/*
 * The brake and the first-run guard, from the counts, before the first write. Fails with
 * EXIT_REFUSED; `ret_ceiling` lies in the plan's arena.
 */
int plan_guard(struct plan *plan, const struct counts *counts, const struct guard_options *options,
               struct plan_ceiling *ret_ceiling, struct error *err);

const char *approval_name(enum approval approval);

#endif
