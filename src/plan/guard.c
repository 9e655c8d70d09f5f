/*
 * guard.c - what the counts stop: the brake, the first-run guard, and rules that cannot be counted
 */
#include "plan/plan_private.h"

#include <inttypes.h>
#include <string.h>

/* Tables smaller than this have no share to speak of. */
enum { SHARE_FROM_ROWS = 1000 };

/* So many scans of a table that is not small keep a step from running. */
enum { MOST_SCANS = 10000, SMALL_TABLE_BYTES = 1 << 20 };

static int64_t due_in_table(const struct plan *plan, const struct counts *counts,
                            const struct catalog_table *table)
{
    int64_t due = 0;
    for (size_t i = 0; i < plan->step_count; i++)
        if (plan->steps[i].table == table && plan->steps[i].refused == NULL && counts[i].due > 0)
            due += counts[i].due;
    return due;
}

static int64_t share_of(const struct policy *policy, const struct counts *counts)
{
    if (counts->rows < SHARE_FROM_ROWS)
        return -1;
    return (int64_t)((double)counts->rows * policy->limit_share);
}

static int refuse(const struct guard_options *options, struct error *err)
{
    return error_hint(err, "If this is meant, run: %s", options->approve_command);
}

static int check_brake(const struct plan *plan, const struct counts *counts,
                       const struct guard_options *options, struct error *err)
{
    int64_t total = 0;
    for (size_t i = 0; i < plan->step_count; i++) {
        const struct plan_step *step = &plan->steps[i];
        if (step->refused != NULL || counts[i].due <= 0)
            continue;
        total += counts[i].due;
        int64_t share = share_of(plan->policy, &counts[i]);
        int64_t due = due_in_table(plan, counts, step->table);
        if (share >= 0 && due > share) {
            error_set(err, EXIT_REFUSED,
                      "brake: %" PRId64 " of %" PRId64 " rows of %s are due, more than %g%%", due,
                      counts[i].rows, step->table->text, plan->policy->limit_share * 100);
            return refuse(options, err);
        }
    }
    if (plan->policy->limit_rows > 0 && total > plan->policy->limit_rows) {
        error_set(err, EXIT_REFUSED,
                  "brake: %" PRId64 " rows are due, more than the policy's limit of %" PRId64,
                  total, plan->policy->limit_rows);
        return refuse(options, err);
    }
    return 0;
}

static int check_first_run(const struct plan *plan, const struct counts *counts,
                           const struct guard_options *options, struct error *err)
{
    for (size_t i = 0; i < plan->step_count; i++) {
        if (plan->steps[i].refused != NULL || counts[i].due == 0 || !options->step_is_new[i])
            continue;
        error_set(err, EXIT_REFUSED,
                  "rule \"%s\" is new to this audit log, or reaches further than before",
                  plan->steps[i].rule_id);
        error_detail(err, "A new rule runs only after a person approved it.");
        error_hint(err, "Read the plan, then run: %s", options->approve_command);
        return -1;
    }
    return 0;
}

static void set_ceiling(struct plan *plan, const struct counts *counts,
                        const struct guard_options *options, struct plan_ceiling *ret_ceiling)
{
    bool lifted = options->approval == APPROVAL_EXPECT;
    ret_ceiling->step_rows =
        arena_alloc(&plan->arena, plan->step_count * sizeof *ret_ceiling->step_rows + 1);
    ret_ceiling->run_rows = !lifted && plan->policy->limit_rows > 0 ? plan->policy->limit_rows : -1;
    ret_ceiling->expected_rows = options->expect_rows < 0 ? -1
                                 : options->expect_rows > INT64_MAX - INT64_MAX / 8
                                     ? INT64_MAX
                                     : options->expect_rows + options->expect_rows / 20;
    for (size_t i = 0; i < plan->step_count; i++)
        ret_ceiling->step_rows[i] = lifted ? -1 : share_of(plan->policy, &counts[i]);
}

int plan_guard(struct plan *plan, const struct counts *counts, const struct guard_options *options,
               struct plan_ceiling *ret_ceiling, struct error *err)
{
    if (options->approval == APPROVAL_NONE && check_first_run(plan, counts, options, err) != 0)
        return -1;
    if (options->approval != APPROVAL_EXPECT && check_brake(plan, counts, options, err) != 0)
        return -1;
    set_ceiling(plan, counts, options, ret_ceiling);
    return 0;
}

/* Each deleted row costs a scan of a referring table without an index: hours, from some size on. */
static void check_scans(struct plan *plan, struct plan_step *step, int64_t due)
{
    const struct plan_fkeys fkeys = plan_fkeys_to(plan, step->table);
    if (!action_deletes(step->action) || due <= MOST_SCANS)
        return;
    for (size_t i = 0; i < fkeys.count; i++) {
        const struct catalog_fkey *fkey = fkeys.items[i];
        if (fkey->child_is_indexed || fkey->child->bytes <= SMALL_TABLE_BYTES)
            continue;
        struct finding *finding = plan_add_finding(
            plan, step, SEVERITY_ERROR, "no-reference-index",
            "%" PRId64 " rows are due, and foreign key \"%s\" makes each of them cost a scan of %s",
            due, fkey->name, fkey->child->text);
        finding->hint = arena_printf(
            &plan->arena, "Create an index of %s that leads with its columns.", fkey->child->text);
    }
}

void plan_check_counts(struct plan *plan, const struct counts *counts)
{
    for (size_t i = 0; i < plan->step_count; i++) {
        check_scans(plan, &plan->steps[i], counts[i].due);
        if (counts[i].sqlstate[0] == '\0')
            continue;
        struct finding *finding = plan_add_finding(
            plan, &plan->steps[i], SEVERITY_ERROR, "expression-fails",
            "an expression of the rule or of a hold fails on some row (SQLSTATE %s)",
            counts[i].sqlstate);
        finding->hint = "Let it say NULL of such rows: a clock that is NULL is undated, a scope "
                        "that is NULL undecided, and both keep the row.";
    }
}
