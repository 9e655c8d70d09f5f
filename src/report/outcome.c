/* outcome.c - what a run did, one line a step, and where that is on record. */
#include "report/grid.h"
#include "report/parts.h"
#include "report/text.h"

#include <inttypes.h>
#include <string.h>

enum column { CATEGORY, STATE, CHANGED, CASCADED, LEFT, SECONDS, RATE, ACTION, COLUMNS };

static const struct grid_column columns[COLUMNS] = {
    [STATE] = {"STATE", false},   [CHANGED] = {"CHANGED", true},    [CASCADED] = {"CASCADED", true},
    [LEFT] = {"LEFT", true},      [SECONDS] = {"SECONDS", true},    [RATE] = {"ROWS/S", true},
    [ACTION] = {"ACTION", false}, [CATEGORY] = {"CATEGORY", false},
};

/* Rows that were there again. */
static int64_t rows_returned(const struct plan *plan, const struct plan_step *step)
{
    for (size_t i = 0; i < plan->finding_count; i++)
        if (plan->findings[i].rule == step->rule_id &&
            strcmp(plan->findings[i].code, "resurrected") == 0)
            return plan->findings[i].rows;
    return 0;
}

/* What is out of the ordinary, with what may help to look it up; or NULL. */
static const char *outcome_note(const struct step_outcome *outcome, int64_t returned,
                                struct arena *arena)
{
    struct buffer note = {0};
    if (returned > 0) {
        text_count(returned, "row was", "rows were", &note);
        buffer_addf(&note, " back that had been erased%s", outcome->reason[0] == '\0' ? "" : "; ");
    }
    text_escape(outcome->reason, &note);
    if (outcome->sqlstate[0] != '\0') {
        buffer_addf(&note, "%sSQLSTATE ", note.length > 0 ? ", " : "");
        text_escape(outcome->sqlstate, &note);
    }
    if (outcome->locked > 0) {
        buffer_add(&note, note.length > 0 ? ", " : "");
        text_count(outcome->locked, "row", "rows", &note);
        buffer_add(&note, " locked by others");
    }
    if (outcome->throttled_seconds >= 0.05) {
        buffer_addf(&note, "%sthrottled %.1f s: ", note.length > 0 ? ", " : "",
                    outcome->throttled_seconds);
        text_escape(outcome->throttle, &note);
    }
    const char *text = note.length == 0 ? NULL : arena_strdup(arena, buffer_text(&note));
    buffer_free(&note);
    return text;
}

static int64_t rate(const struct step_outcome *outcome)
{
    if (outcome->seconds < 0.001 || outcome->changed < 0)
        return -1;
    return (int64_t)((double)outcome->changed / outcome->seconds);
}

static void fill_row(const struct plan *plan, const struct plan_step *step,
                     const struct step_outcome *outcome, struct arena *arena, struct grid_row *row)
{
    row->title = text_safe(step->table->text, arena);
    row->cells[STATE] = step_state_name(outcome->state);
    row->cells[SECONDS] = arena_printf(arena, "%.1f", outcome->seconds);
    row->cells[ACTION] = action_name(step->action);
    row->cells[CATEGORY] = text_safe(step->rule->category->name, arena);
    row->numbers[CHANGED] = outcome->changed;
    row->numbers[CASCADED] = outcome->cascaded;
    row->numbers[LEFT] = outcome->left;
    row->numbers[RATE] = rate(outcome);
    row->note = outcome_note(outcome, rows_returned(plan, step), arena);
}

static struct grid outcome_grid(const struct plan *plan, const struct outcome *outcome,
                                struct arena *arena)
{
    struct grid grid = {
        .title_header = "TABLE", .columns = columns, .column_count = COLUMNS, .lead_count = 1};
    for (size_t i = 0; i < outcome->step_count; i++)
        fill_row(plan, &plan->steps[i], &outcome->steps[i], arena,
                 ARENA_PUSH(arena, grid.rows, grid.row_count));
    return grid;
}

struct sums {
    int64_t due, changed, cascaded, left;
    size_t done;
};

static struct sums sum_up(const struct counts *counts, const struct outcome *outcome)
{
    struct sums sums = {.due = 0};
    for (size_t i = 0; i < outcome->step_count; i++) {
        const struct step_outcome *step = &outcome->steps[i];
        sums.due += counts != NULL && counts[i].due > 0 ? counts[i].due : 0;
        sums.changed += step->changed > 0 ? step->changed : 0;
        sums.cascaded += step->cascaded > 0 ? step->cascaded : 0;
        sums.left += step->left > 0 ? step->left : 0;
        sums.done += step->state == STEP_DONE;
    }
    return sums;
}

/* What a run that ended early leaves to the next ones. */
static void add_rest(const struct sums *sums, struct buffer *out)
{
    int64_t rest = sums->due - sums->changed;
    if (rest <= 0)
        return;
    buffer_add(out, "Still due: ");
    text_count(rest, "row", "rows", out);
    if (sums->changed > 0) {
        buffer_add(out, ", about ");
        text_count((rest + sums->changed - 1) / sums->changed, "more run", "more runs", out);
        buffer_add(out, " like this one");
    }
    buffer_add(out, "\n");
}

static void add_summary(const struct counts *counts, const struct outcome *outcome,
                        struct buffer *out)
{
    const struct sums sums = sum_up(counts, outcome);
    if (outcome->rehearsed)
        buffer_add(out, "Rehearsed and rolled back: ");
    else if (outcome->stopped != NULL)
        buffer_addf(out, "Stopped early (%s): ", outcome->stopped);
    else
        buffer_add(out, "Total: ");
    text_count(sums.changed, "row", "rows", out);
    buffer_add(out, " changed, ");
    report_number(sums.cascaded, out);
    buffer_add(out, " cascaded, ");
    report_number(sums.left, out);
    buffer_addf(out, " left; %zu of ", sums.done);
    text_count((int64_t)outcome->step_count, "step", "steps", out);
    buffer_add(out, " done\n");
    if (outcome->stopped != NULL)
        add_rest(&sums, out);
}

static void add_audit(const struct outcome *outcome, struct buffer *out)
{
    if (outcome->rehearsed)
        return;
    buffer_addf(out, "Run: %s\n", outcome->run);
    if (outcome->audit_file == NULL)
        return;
    buffer_add(out, "Audit: ");
    text_escape(outcome->audit_file, out);
    buffer_addf(out, ", seq %" PRId64 " to %" PRId64 "\n", outcome->audit_first_seq,
                outcome->audit_last_seq);
    if (outcome->audit_head[0] != '\0')
        buffer_addf(out, "Head: %s\n", outcome->audit_head);
    if (outcome->audit_root[0] != '\0')
        buffer_addf(out, "Root: %s, %s\n", outcome->audit_root,
                    outcome->audit_is_signed ? "signed" : "not signed: there is no --audit-key");
}

static void outcome_as_text(const struct plan *plan, const struct counts *counts,
                            const struct outcome *outcome, struct buffer *out)
{
    struct arena arena = {0};
    struct grid grid = outcome_grid(plan, outcome, &arena);
    if (grid.row_count > 0) {
        grid_print(&grid, out);
        buffer_add(out, "\n");
    }
    add_summary(counts, outcome, out);
    add_audit(outcome, out);
    arena_free(&arena);
}

static void outcome_as_markdown(const struct plan *plan, const struct counts *counts,
                                const struct outcome *outcome, struct buffer *out)
{
    struct arena arena = {0};
    struct grid grid = outcome_grid(plan, outcome, &arena);
    grid_markdown(&grid, out);
    add_findings_markdown(plan, out);
    buffer_add(out, "\n");
    struct buffer lines = {0};
    add_summary(counts, outcome, &lines);
    add_audit(outcome, &lines);
    for (char *line = lines.data, *end; line != NULL && *line != '\0'; line = end + 1) {
        end = line + strcspn(line, "\n");
        *end = '\0';
        buffer_add(out, "- ");
        add_markdown(line, out);
        buffer_add(out, "\n");
    }
    buffer_free(&lines);
    arena_free(&arena);
}

void report_outcome(const struct plan *plan, const struct counts *counts,
                    const struct outcome *outcome, enum report_format format, struct buffer *out)
{
    if (format == REPORT_JSON)
        outcome_as_json(plan, counts, outcome, out);
    else if (format == REPORT_MARKDOWN)
        outcome_as_markdown(plan, counts, outcome, out);
    else
        outcome_as_text(plan, counts, outcome, out);
}
