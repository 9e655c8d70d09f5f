/* status_grid.c - the rules of a compliance statement as a table, with what stands in the way. */
#include "report/grid.h"
#include "report/parts.h"
#include "report/status.h"
#include "report/text.h"

#include <inttypes.h>
#include <string.h>

enum column { STATE, KEEP, OLDEST, DEADLINE, DUE, OVERDUE, COLUMNS };

static const struct grid_column columns[COLUMNS] = {
    [STATE] = {"STATE", false},       [KEEP] = {"KEEP", false}, [OLDEST] = {"OLDEST", false},
    [DEADLINE] = {"DEADLINE", false}, [DUE] = {"DUE", true},    [OVERDUE] = {"OVERDUE", true},
};

static void begin_part(struct buffer *note)
{
    buffer_add(note, "; ");
}

static void add_kept(const struct keeper *list, size_t count, const char *what, struct buffer *note)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].rows == 0)
            continue;
        begin_part(note);
        if (list[i].rows > 0)
            report_number(list[i].rows, note);
        else
            buffer_add(note, "some");
        buffer_add(note, what);
        text_escape(list[i].name, note);
    }
}

static void add_counted(int64_t rows, const char *what, struct buffer *note)
{
    if (rows <= 0)
        return;
    begin_part(note);
    report_number(rows, note);
    buffer_addf(note, " %s", what);
}

static void add_forecast(const struct policy_status *status, size_t number, struct buffer *note)
{
    const struct forecast forecast = status_forecast(status, number);
    int64_t due = status->counts[number].due;
    if (due <= 0 || forecast.kind == FORECAST_UNKNOWN)
        return;
    begin_part(note);
    if (forecast.kind == FORECAST_NEVER) {
        buffer_add(note, "does not clear: the last runs took no more than came due");
        return;
    }
    if (forecast.runs == 1)
        buffer_add(note, "clears with the next run");
    else
        buffer_addf(note, "clears in about %" PRId64 " runs like the last ones", forecast.runs);
    if (forecast.rows_per_second > 0) {
        buffer_add(note, ", about ");
        status_add_duration((double)due / (double)forecast.rows_per_second, note);
        buffer_add(note, " of work at ");
        report_number(forecast.rows_per_second, note);
        buffer_add(note, " rows/s");
    }
}

/* Where the rule is not one of those that the last complete run carried out. */
static void add_last(const struct policy_status *status, size_t number, struct buffer *note)
{
    const struct log_rule *rule = status_log_rule(status, number);
    if (status->audit == NULL || status->plan->steps[number].refused != NULL ||
        (rule != NULL && strcmp(rule->run, status->audit->complete.run) == 0))
        return;
    begin_part(note);
    if (rule == NULL)
        buffer_add(note, "not carried out yet");
    else
        buffer_addf(note, "last carried out %.10s (%s)", rule->at, rule->state);
}

static void add_lateness(const struct policy_status *status, size_t number, struct buffer *note)
{
    const struct plan *plan = status->plan;
    char since[STATUS_DATE];
    status_deadline(&plan->steps[number], status->counts[number].oldest_due, since);
    if (status_rule(status, number) != RULE_OVERDUE || since[0] == '\0')
        return;
    begin_part(note);
    buffer_addf(note, "overdue since %s, ", since);
    text_count(status_days(since, plan->catalog->as_of), "day", "days", note);
}

/* What the columns have no room for. */
static const char *rule_note(const struct policy_status *status, size_t number, struct arena *arena)
{
    struct buffer note = {0};
    const struct counts *counts = &status->counts[number];
    const struct plan_step *step = &status->plan->steps[number];
    text_escape(step->rule->category->name, &note);
    buffer_addf(&note, ", %s", action_name(step->action));
    if (step->refused != NULL) {
        begin_part(&note);
        buffer_add(&note, "no run carries this rule out: ");
        text_escape(step->refused, &note);
    }
    if (counts->timed_out)
        buffer_add(&note, "; counting timed out");
    if (status_is_resurrected(status, number)) {
        begin_part(&note);
        buffer_add(&note, "resurrected: the last run found rows again that had been erased");
    }
    add_lateness(status, number, &note);
    add_last(status, number, &note);
    add_forecast(status, number, &note);
    add_kept(status->keepers[number].holds, status->keepers[number].hold_count, " held by ", &note);
    add_kept(status->keepers[number].blocks, status->keepers[number].block_count,
             " blocked by rows of ", &note);
    add_counted(counts->undated, "without a date (undated)", &note);
    add_counted(counts->excluded, "out of scope", &note);
    add_counted(counts->undecided, "kept as their scope is unknown", &note);
    add_counted(counts->future, "dated in the future", &note);
    const char *text = arena_strdup(arena, buffer_text(&note));
    buffer_free(&note);
    return text;
}

static const char *date_cell(const char *date, struct arena *arena)
{
    return date[0] == '\0' ? "-" : text_safe(date, arena);
}

static void fill_row(const struct policy_status *status, size_t number, struct arena *arena,
                     struct grid_row *row)
{
    const struct plan_step *step = &status->plan->steps[number];
    const struct counts *counts = &status->counts[number];
    char deadline[STATUS_DATE];
    status_deadline(step, counts->oldest, deadline);
    row->title = text_safe(step->table->text, arena);
    row->cells[STATE] = rule_state_name(status_rule(status, number));
    row->cells[KEEP] = text_safe(step_keep(step), arena);
    row->cells[OLDEST] = date_cell(counts->oldest, arena);
    row->cells[DEADLINE] = date_cell(deadline, arena);
    row->numbers[DUE] = counts->due;
    row->numbers[OVERDUE] = status->overdue[number];
    row->note = rule_note(status, number, arena);
}

struct grid status_grid(const struct policy_status *status, struct arena *arena)
{
    struct grid grid = {
        .title_header = "TABLE", .columns = columns, .column_count = COLUMNS, .lead_count = 1};
    for (size_t i = 0; i < status->plan->step_count; i++)
        fill_row(status, i, arena, ARENA_PUSH(arena, grid.rows, grid.row_count));
    return grid;
}
