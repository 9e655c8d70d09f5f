/* plan.c - chooses the format, and sums a plan up. */
#include "report/parts.h"

const struct counts uncounted = {.rows = -1,
                                 .due = -1,
                                 .held = -1,
                                 .blocked = -1,
                                 .excluded = -1,
                                 .undecided = -1,
                                 .undated = -1,
                                 .active = -1,
                                 .future = -1,
                                 .done = -1,
                                 .bytes = -1};

static void add(int64_t number, int64_t *sum)
{
    *sum = number < 0 || *sum < 0 ? -1 : *sum + number;
}

struct totals report_totals(const struct plan *plan, const struct counts *counts)
{
    if (counts == NULL)
        return (struct totals){-1, -1, -1, -1};
    struct totals totals = {0};
    for (size_t i = 0; i < plan->step_count; i++) {
        add(counts[i].due, &totals.due);
        add(counts[i].held, &totals.held);
        add(counts[i].blocked, &totals.blocked);
        add(counts[i].bytes, &totals.bytes);
    }
    return totals;
}

const char *step_keep(const struct plan_step *step)
{
    const struct catalog_cutoff *cutoff = step->test->cutoff;
    if (step->rule->keep.text != NULL)
        return step->rule->keep.text;
    return cutoff != NULL && cutoff->window.text != NULL ? cutoff->window.text : "-";
}

const char *step_cutoff_date(const struct plan_step *step)
{
    return step->test->cutoff == NULL ? "-" : step->test->cutoff->date;
}

void report_plan(const struct plan *plan, const struct counts *counts, const char *next_command,
                 enum report_format format, struct buffer *out)
{
    if (format == REPORT_JSON)
        plan_as_json(plan, counts, out);
    else if (format == REPORT_MARKDOWN)
        plan_as_markdown(plan, counts, next_command, out);
    else
        plan_as_text(plan, counts, next_command, out);
}
