/*
 * overdue.c - which of the due rows were due a while ago already
 *
 * They are what the same policy finds due as of an earlier instant. Where the oldest due row of a
 * step is younger than the cutoff was then, none can be, and nothing is counted.
 */
#include "measure/measure.h"

#include <string.h>

enum { DATE_LENGTH = 10 };

static const struct plan_step *find_step(const struct plan *plan, const char *rule_id)
{
    for (size_t i = 0; i < plan->step_count; i++)
        if (strcmp(plan->steps[i].rule_id, rule_id) == 0)
            return &plan->steps[i];
    return NULL;
}

/* The date of the oldest row is of UTC, or of the policy's time zone, as its clock is kept. */
static bool can_be_overdue(const struct counts *counts, const struct catalog_cutoff *then)
{
    return counts->due > 0 && (counts->oldest_due[0] == '\0' || then == NULL ||
                               strncmp(counts->oldest_due, then->instant, DATE_LENGTH) <= 0 ||
                               strncmp(counts->oldest_due, then->date, DATE_LENGTH) <= 0);
}

int measure_overdue(struct db *db, const struct plan *now, const struct counts *counts,
                    const struct plan *then, const struct mask_key *key, int timeout_ms,
                    struct arena *arena, int64_t **ret_overdue, struct error *err)
{
    int64_t *overdue = arena_alloc(arena, now->step_count * sizeof *overdue + 1);
    size_t *numbers = arena_alloc(arena, now->step_count * sizeof *numbers + 1);
    struct plan late = *then;
    struct counts *answers = NULL;
    late.steps = arena_alloc(arena, now->step_count * sizeof *late.steps + 1);
    late.step_count = 0;
    for (size_t i = 0; i < now->step_count; i++) {
        const struct plan_step *step = find_step(then, now->steps[i].rule_id);
        overdue[i] = counts[i].due < 0 || step == NULL ? -1 : 0;
        if (step == NULL || !can_be_overdue(&counts[i], step->test->cutoff))
            continue;
        numbers[late.step_count] = i;
        late.steps[late.step_count++] = *step;
    }
    if (measure_plan(db, &late, key, timeout_ms, arena, &answers, err) != 0)
        return -1;
    for (size_t i = 0; i < late.step_count; i++)
        overdue[numbers[i]] = answers[i].due;
    *ret_overdue = overdue;
    return 0;
}
