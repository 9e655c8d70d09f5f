/*
 * clock_unit.c - a clock whose values are no dates in the unit that the rule says
 *
 * Seconds read as milliseconds are days of January 1970, so that every row is due; milliseconds
 * read as seconds lie 50,000 years ahead, so that none ever is. Statistics tell the two apart.
 */
#include "plan/plan_private.h"

#include <inttypes.h>

/* Fewer values say little; this part of them may be something else, "never" above all. */
enum { FEWEST_VALUES = 10, PART_PERCENT = 10 };

static bool is_part(int64_t values, int64_t of, int percent)
{
    return values * 100 >= of * percent;
}

/* The unit in which nearly all are dates. */
static enum clock_unit better_unit(const struct catalog_dates *dates)
{
    for (int unit = UNIT_SECONDS; unit < CLOCK_UNITS; unit++)
        if (is_part(dates->in_unit[unit], dates->values, 100 - PART_PERCENT))
            return (enum clock_unit)unit;
    return UNIT_NONE;
}

void plan_check_unit(struct plan *plan, struct plan_step *step, const struct policy_clock *clock,
                     const struct catalog_table *table, const struct catalog_column *column)
{
    const struct catalog_dates *dates = column->dates;
    if (dates == NULL || dates->values < FEWEST_VALUES ||
        is_part(dates->in_unit[clock->unit], dates->values, PART_PERCENT))
        return;
    enum clock_unit better = better_unit(dates);
    bool is_sure = better != UNIT_NONE || dates->in_unit[clock->unit] == 0;
    struct finding *finding = plan_add_finding(
        plan, step, is_sure ? SEVERITY_ERROR : SEVERITY_WARNING, "clock-unit-suspect",
        "of %" PRId64 " values of column \"%s\" of %s in the statistics, %" PRId64
        " are dates between 1980 and 2100 in unit: %s",
        dates->values, column->name, table->text, dates->in_unit[clock->unit],
        clock_unit_name(clock->unit));
    finding->mark = clock->mark;
    finding->hint =
        better == UNIT_NONE
            ? "See what the column holds. ANALYZE the table if it was rewritten since."
            : arena_printf(&plan->arena,
                           "In unit: %s nearly all are. ANALYZE the table if it was rewritten "
                           "since.",
                           clock_unit_name(better));
}
