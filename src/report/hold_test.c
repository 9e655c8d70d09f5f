/* hold_test.c - what one hold keeps, table by table; counts and nothing else of the rows. */
#include "report/grid.h"
#include "report/parts.h"
#include "report/text.h"

#include <string.h>

enum column { DIRECT, FOLLOWED, DUE, COLUMNS };

static const struct grid_column columns[COLUMNS] = {
    [DIRECT] = {"DIRECT", true},
    [FOLLOWED] = {"FOLLOWED", true},
    [DUE] = {"DUE", true},
};

static struct grid kept_grid(const struct hold_test *test, struct arena *arena)
{
    struct grid grid = {.title_header = "TABLE", .columns = columns, .column_count = COLUMNS};
    for (size_t i = 0; i < test->kept_count; i++) {
        struct grid_row *row = ARENA_PUSH(arena, grid.rows, grid.row_count);
        row->title = text_safe(test->kept[i].table->text, arena);
        row->numbers[DIRECT] = test->counts[i].direct;
        row->numbers[FOLLOWED] = test->counts[i].followed;
        row->numbers[DUE] = test->counts[i].due;
        row->note = !test->kept[i].is_readable      ? "not counted: the role may not read it"
                    : test->counts[i].direct < 0    ? "counting timed out"
                    : test->kept[i].taker_count > 0 ? NULL
                                                    : "no rule";
    }
    return grid;
}

static int64_t sum(int64_t a, int64_t b)
{
    return a < 0 || b < 0 ? -1 : a + b;
}

/* Tables without a rule have nothing that is due. */
static struct kept_counts totals_of(const struct hold_test *test)
{
    struct kept_counts totals = {0};
    for (size_t i = 0; i < test->kept_count; i++) {
        const struct kept_counts *c = &test->counts[i];
        totals.direct = sum(totals.direct, c->direct);
        totals.followed = sum(totals.followed, c->followed);
        if (test->kept[i].taker_count > 0)
            totals.due = sum(totals.due, c->due);
    }
    return totals;
}

/* What was found about this hold, or keeps every rule from running. */
static struct plan about_hold(const struct hold_test *test, struct arena *arena)
{
    struct plan about = *test->plan;
    about.findings = NULL;
    about.finding_count = 0;
    for (size_t i = 0; i < test->plan->finding_count; i++) {
        const struct finding *finding = &test->plan->findings[i];
        if (finding->hold != NULL &&
            (finding->severity == SEVERITY_ERROR || strcmp(finding->hold, test->hold->id) == 0))
            *ARENA_PUSH(arena, about.findings, about.finding_count) = *finding;
    }
    return about;
}

static void add_head(const struct hold_test *test, struct buffer *out)
{
    const struct plan *plan = test->plan;
    buffer_add(out, "Hold ");
    text_escape(test->hold->id, out);
    buffer_add(out, " of policy ");
    text_escape(plan->policy->name, out);
    buffer_add(out, " on database ");
    text_escape(plan->catalog->database, out);
    buffer_add(out, ", PostgreSQL ");
    text_escape(plan->catalog->server_version, out);
    buffer_add(out, ", as of ");
    text_escape(plan->catalog->as_of, out);
}

static void add_count(int64_t number, const char *what, struct buffer *out)
{
    if (number < 0)
        buffer_add(out, "an unknown number");
    else
        report_number(number, out);
    buffer_addf(out, " %s", what);
}

static void add_totals(const struct hold_test *test, struct buffer *out)
{
    struct kept_counts totals = totals_of(test);
    buffer_add(out, "Total: ");
    add_count(totals.direct, "held directly, ", out);
    add_count(totals.followed, "by following, ", out);
    add_count(totals.due, "due without the hold", out);
}

static void test_as_text(const struct hold_test *test, const struct plan *about,
                         struct arena *arena, struct buffer *out)
{
    struct grid grid = kept_grid(test, arena);
    struct buffer line = {0};
    add_head(test, &line);
    text_wrap(buffer_text(&line), 0, 4, out);
    buffer_add(out, "\n");
    grid_print(&grid, out);
    buffer_add(out, about->finding_count > 0 ? "\n" : "");
    add_findings(about, out);
    buffer_add(out, "\n");
    buffer_clear(&line);
    add_totals(test, &line);
    text_wrap(buffer_text(&line), 0, 4, out);
    buffer_free(&line);
}

static void test_as_markdown(const struct hold_test *test, const struct plan *about,
                             struct arena *arena, struct buffer *out)
{
    struct grid grid = kept_grid(test, arena);
    struct buffer line = {0};
    buffer_add(out, "## ");
    add_markdown(test->hold->id, out);
    buffer_add(out, "\n\n");
    add_head(test, &line);
    add_markdown(buffer_text(&line), out);
    buffer_add(out, "\n\n");
    grid_markdown(&grid, out);
    add_findings_markdown(about, out);
    buffer_add(out, "\n");
    add_totals(test, out);
    buffer_add(out, "\n");
    buffer_free(&line);
}

/* Adds the counts to the object, and returns it. */
static json_t *json_counts(json_t *object, const struct kept_counts *counts)
{
    json_object_set_new(object, "direct", json_count(counts->direct));
    json_object_set_new(object, "followed", json_count(counts->followed));
    json_object_set_new(object, "due", json_count(counts->due));
    return object;
}

static void test_as_json(const struct hold_test *test, const struct plan *about, struct buffer *out)
{
    json_t *root = json_plan_head("pgretain.holds/1", test->plan);
    json_t *holds = json_array(), *hold = json_hold(test->plan, test->hold), *rows = json_array();
    struct kept_counts totals = totals_of(test);
    for (size_t i = 0; i < test->kept_count; i++) {
        json_t *row = json_object();
        json_object_set_new(row, "table", json_utf8(test->kept[i].table->text));
        json_array_append_new(rows, json_counts(row, &test->counts[i]));
    }
    json_object_set_new(hold, "rows", rows);
    json_object_set_new(hold, "totals", json_counts(json_object(), &totals));
    json_array_append_new(holds, hold);
    json_object_set_new(root, "holds", holds);
    json_object_set_new(root, "findings", json_findings(about));
    add_json(root, out);
}

void report_hold_test(const struct hold_test *test, enum report_format format, struct buffer *out)
{
    struct arena arena = {0};
    const struct plan about = about_hold(test, &arena);
    if (format == REPORT_JSON)
        test_as_json(test, &about, out);
    else if (format == REPORT_MARKDOWN)
        test_as_markdown(test, &about, &arena, out);
    else
        test_as_text(test, &about, &arena, out);
    arena_free(&arena);
}
