/* brake.c - whether a batch may be committed, or would take the run further than allowed. */
#include "enforce/enforce_private.h"

static bool is_over(int64_t ceiling, int64_t rows)
{
    return ceiling >= 0 && rows > ceiling;
}

static bool is_in_flight(const struct lane *lane)
{
    return lane->state >= LANE_READY && lane->state <= LANE_COMMIT;
}

/* What other lanes are about to commit. */
static int64_t rows_in_flight(const struct lane *lane)
{
    int64_t rows = 0;
    for (int i = 0; i < lane->engine->lane_count; i++) {
        const struct lane *other = &lane->engine->lanes[i];
        rows += other != lane && is_in_flight(other) ? other->rows : 0;
    }
    return rows;
}

/* Whether this batch would take the run, or its table, over what was allowed: with what is done and
 * what other lanes are about to do. */
static bool over_ceiling(const struct lane *lane)
{
    const struct engine *engine = lane->engine;
    const struct enforce_options *options = engine->options;
    const struct catalog_table *table = lane->stage->step->table;
    int64_t run = lane->rows + rows_in_flight(lane), cascaded = lane->cascaded;
    int64_t in_table = lane->rows;
    for (size_t i = 0; i < engine->plan->step_count; i++) {
        run += engine->outcome->steps[i].changed;
        cascaded += engine->outcome->steps[i].cascaded;
        if (engine->plan->steps[i].table == table)
            in_table += engine->outcome->steps[i].changed;
    }
    for (int i = 0; i < engine->lane_count; i++) {
        const struct lane *other = &engine->lanes[i];
        if (other == lane || !is_in_flight(other))
            continue;
        cascaded += other->cascaded;
        in_table += other->stage->step->table == table ? other->rows : 0;
    }
    return is_over(options->run_rows, run + cascaded) || is_over(options->expected_rows, run) ||
           is_over(options->step_rows[lane->stage->number], in_table);
}

bool lane_is_within(const struct lane *lane, struct error *why)
{
    if (!over_ceiling(lane))
        return true;
    error_set(why, EXIT_REFUSED,
              "the brake's ceiling was reached: more rows are due than were "
              "counted");
    return false;
}

/* Of --max-rows: whether the batch would go beyond it. */
bool lane_is_beyond_end(const struct lane *lane)
{
    int64_t most = lane->engine->options->max_rows, rows = lane->rows;
    for (size_t i = 0; i < lane->engine->plan->step_count; i++)
        rows += lane->engine->outcome->steps[i].changed;
    return is_over(most, rows + rows_in_flight(lane));
}
