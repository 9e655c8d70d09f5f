/* plan_text.c - a plan as a table to read on a terminal, and as Markdown. */
#include "report/grid.h"
#include "report/parts.h"
#include "report/text.h"

#include <string.h>

enum column { CATEGORY, ACTION, KEEP, CUTOFF, ROWS, DUE, HELD, BLOCKED, UNDATED, OLDEST, COLUMNS };

static const struct grid_column columns[COLUMNS] = {
    [CATEGORY] = {"CATEGORY", false}, [ACTION] = {"ACTION", false},  [KEEP] = {"KEEP", false},
    [CUTOFF] = {"CUTOFF", false},     [ROWS] = {"ROWS", true},       [DUE] = {"DUE", true},
    [HELD] = {"HELD", true},          [BLOCKED] = {"BLOCKED", true}, [UNDATED] = {"UNDATED", true},
    [OLDEST] = {"OLDEST", false},
};

static void add_note(int64_t number, const char *what, struct buffer *note)
{
    if (number <= 0)
        return;
    buffer_add(note, note->length > 0 ? ", " : "");
    report_number(number, note);
    buffer_addf(note, " %s", what);
}

/* What the columns have no room for, or NULL. */
static const char *step_note(const struct plan_step *step, const struct counts *counts,
                             struct arena *arena)
{
    struct buffer note = {0};
    if (step->action == ACTION_SUMMARISE) {
        buffer_add(&note, "into ");
        text_escape(step->rule->summary.into.text, &note);
        buffer_addf(&note, " by %s", period_name(step->rule->summary.period));
    }
    if (counts != NULL) {
        add_note(counts->excluded, "excluded", &note);
        add_note(counts->undecided, "undecided", &note);
        add_note(counts->active, "active", &note);
        add_note(counts->future, "future", &note);
        if (!action_deletes(step->action))
            add_note(counts->done, "done", &note);
    }
    if (counts != NULL && counts->timed_out)
        buffer_addf(&note, "%scounting timed out", note.length > 0 ? ", " : "");
    if (step->refused != NULL) {
        buffer_addf(&note, "%srefused: ", note.length > 0 ? ", " : "");
        text_escape(step->refused, &note);
    }
    const char *text = note.length == 0 ? NULL : arena_strdup(arena, buffer_text(&note));
    buffer_free(&note);
    return text;
}

static void fill_row(const struct plan_step *step, const struct counts *counts, struct arena *arena,
                     struct grid_row *row)
{
    const struct counts *c = counts == NULL ? &uncounted : counts;
    row->title = text_safe(step->table->text, arena);
    row->cells[CATEGORY] = text_safe(step->rule->category->name, arena);
    row->cells[ACTION] = action_name(step->action);
    row->cells[KEEP] = text_safe(step_keep(step), arena);
    row->cells[CUTOFF] = text_safe(step_cutoff_date(step), arena);
    row->cells[OLDEST] = c->oldest[0] == '\0' ? "-" : text_safe(c->oldest, arena);
    row->numbers[ROWS] = c->rows;
    row->numbers[DUE] = c->due;
    row->numbers[HELD] = c->held;
    row->numbers[BLOCKED] = c->blocked;
    row->numbers[UNDATED] = c->undated;
    row->note = step_note(step, counts, arena);
}

static struct grid plan_grid(const struct plan *plan, const struct counts *counts,
                             struct arena *arena)
{
    struct grid grid = {
        .title_header = "TABLE", .columns = columns, .column_count = COLUMNS, .lead_count = 1};
    for (size_t i = 0; i < plan->step_count; i++)
        fill_row(&plan->steps[i], counts == NULL ? NULL : &counts[i], arena,
                 ARENA_PUSH(arena, grid.rows, grid.row_count));
    return grid;
}

/* One line however long. */
static void add_head(const struct plan *plan, struct buffer *out)
{
    buffer_add(out, "Plan of policy ");
    text_escape(plan->policy->name, out);
    buffer_add(out, " on database ");
    text_escape(plan->catalog->database, out);
    buffer_add(out, ", PostgreSQL ");
    text_escape(plan->catalog->server_version, out);
    buffer_add(out, ", as of ");
    text_escape(plan->catalog->as_of, out);
}

static void add_totals(const struct plan *plan, const struct counts *counts, struct buffer *out)
{
    struct totals totals = report_totals(plan, counts);
    buffer_add(out, "Total: ");
    if (totals.due < 0) {
        buffer_add(out, "not everything was counted, in ");
    } else {
        text_count(totals.due, "row", "rows", out);
        buffer_add(out, " due in ");
    }
    text_count((int64_t)plan->step_count, "step", "steps", out);
    if (totals.held >= 0) {
        buffer_add(out, ", ");
        report_number(totals.held, out);
        buffer_add(out, " held");
    }
    if (totals.blocked >= 0) {
        buffer_add(out, ", ");
        report_number(totals.blocked, out);
        buffer_add(out, " blocked");
    }
    if (totals.bytes > 0) {
        buffer_add(out, ", about ");
        report_bytes(totals.bytes, out);
    }
}

void plan_as_text(const struct plan *plan, const struct counts *counts, const char *next_command,
                  struct buffer *out)
{
    struct arena arena = {0};
    struct grid grid = plan_grid(plan, counts, &arena);
    struct buffer line = {0};
    add_head(plan, &line);
    text_wrap(buffer_text(&line), 0, 4, out);
    buffer_add(out, "\n");
    if (plan->step_count == 0)
        buffer_add(out, "No rule applies.\n");
    else
        grid_print(&grid, out);
    if (plan->finding_count > 0)
        buffer_add(out, "\n");
    add_findings(plan, out);
    buffer_add(out, "\n");
    buffer_clear(&line);
    add_totals(plan, counts, &line);
    text_wrap(buffer_text(&line), 0, 4, out);
    buffer_free(&line);
    if (plan->digest[0] != '\0')
        buffer_addf(out, "Digest: %s\n", plan->digest);
    if (next_command != NULL) {
        buffer_add(out, "Next: ");
        text_escape(next_command, out);
        buffer_add(out, "\n");
    }
    arena_free(&arena);
}

void plan_as_markdown(const struct plan *plan, const struct counts *counts,
                      const char *next_command, struct buffer *out)
{
    struct arena arena = {0};
    struct grid grid = plan_grid(plan, counts, &arena);
    struct buffer head = {0};
    add_head(plan, &head);
    buffer_add(out, "## ");
    add_markdown(plan->policy->name, out);
    buffer_add(out, "\n\n");
    add_markdown(buffer_text(&head), out);
    buffer_add(out, "\n\n");
    grid_markdown(&grid, out);
    add_findings_markdown(plan, out);
    buffer_add(out, "\n");
    add_totals(plan, counts, out);
    buffer_add(out, "\n");
    if (plan->digest[0] != '\0')
        buffer_addf(out, "\nDigest: `%s`\n", plan->digest);
    if (next_command != NULL) {
        buffer_add(out, "\nNext:\n\n    ");
        text_escape(next_command, out);
        buffer_add(out, "\n");
    }
    buffer_free(&head);
    arena_free(&arena);
}
