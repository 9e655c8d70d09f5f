/* difference.c - what a change of a policy does, in sentences and in rows. */
#include "report/grid.h"
#include "report/parts.h"
#include "report/text.h"

/* As a heading and in JSON, by effect. */
static const struct {
    const char *heading, *name;
} effects[CHANGE_EFFECTS] = {
    [EFFECT_PROTECTS_LESS] = {"Protects less", "protects_less"},
    [EFFECT_TOUCHES] = {"Newly touches", "touches"},
    [EFFECT_SHORTENS] = {"Keeps shorter", "shortens"},
    [EFFECT_ALTERS] = {"Changes what is done", "alters"},
    [EFFECT_CHECKS_LESS] = {"Checks less", "checks_less"},
    [EFFECT_LENGTHENS] = {"Keeps longer", "lengthens"},
    [EFFECT_RELEASES] = {"No longer touches", "releases"},
    [EFFECT_PROTECTS_MORE] = {"Protects more", "protects_more"},
    [EFFECT_NONE] = {"Without effect on rows", "none"},
};

static void add_places(const struct change *change, struct buffer *out)
{
    const struct mark *mark = change->mark;
    if (mark[0].line > 0)
        buffer_addf(out, " (old line %u%s", mark[0].line, mark[1].line > 0 ? "" : ")");
    if (mark[1].line > 0)
        buffer_addf(out, "%snew line %u)", mark[0].line > 0 ? ", " : " (", mark[1].line);
}

/* "3 changes of policy callshift"; where there is none, why the files may differ still. */
static void add_total(const struct changes *changes, struct buffer *out)
{
    if (changes->count == 0) {
        buffer_add(out, changes->same_bytes
                            ? "No change: the files are the same."
                            : "No change: the files differ in layout, order or comments only.");
        return;
    }
    text_count((int64_t)changes->count, "change", "changes", out);
    buffer_add(out, " of policy ");
    text_escape(changes->policy[1]->name, out);
}

enum column { DEED, DUE_OLD, DUE_NEW, NEWLY, NO_LONGER, COLUMNS };

static const struct grid_column columns[COLUMNS] = {
    [DEED] = {"ACTION", false},
    [DUE_OLD] = {"DUE OLD", true},
    [DUE_NEW] = {"DUE NEW", true},
    [NEWLY] = {"NEWLY DUE", true},
    [NO_LONGER] = {"NO LONGER DUE", true},
};

static bool differs(const struct due_change *due)
{
    return due->newly != 0 || due->no_longer != 0;
}

static struct grid due_grid(const struct difference *difference, struct arena *arena)
{
    struct grid grid = {.title_header = "TABLE", .columns = columns, .column_count = COLUMNS};
    for (size_t i = 0; i < difference->due_count; i++) {
        const struct due_change *due = &difference->due[i];
        if (!differs(due))
            continue;
        struct grid_row *row = ARENA_PUSH(arena, grid.rows, grid.row_count);
        row->title = text_safe(due->table, arena);
        row->cells[DEED] = due->deletes ? "delete" : "mask";
        row->numbers[DUE_OLD] = due->due[0];
        row->numbers[DUE_NEW] = due->due[1];
        row->numbers[NEWLY] = due->newly;
        row->numbers[NO_LONGER] = due->no_longer;
        if (due->uncounted != NULL)
            row->note = arena_printf(arena, "not counted: %s", text_safe(due->uncounted, arena));
    }
    return grid;
}

/* Sums of what was counted. */
static void sum_up(const struct difference *difference, int64_t *ret_newly, int64_t *ret_no_longer)
{
    *ret_newly = *ret_no_longer = 0;
    for (size_t i = 0; i < difference->due_count; i++) {
        const struct due_change *due = &difference->due[i];
        *ret_newly += due->newly > 0 ? due->newly : 0;
        *ret_no_longer += due->no_longer > 0 ? due->no_longer : 0;
    }
}

/* "Rows due on database shop as of 2026-11-23T03:00:00Z: 12 newly due, 3 no longer due" */
static void add_rows_head(const struct difference *difference, struct buffer *out)
{
    int64_t newly, no_longer;
    sum_up(difference, &newly, &no_longer);
    buffer_add(out, "Rows due on database ");
    text_escape(difference->catalog->database, out);
    buffer_add(out, " as of ");
    text_escape(difference->catalog->as_of, out);
    buffer_add(out, ": ");
    report_number(newly, out);
    buffer_add(out, " newly due, ");
    report_number(no_longer, out);
    buffer_add(out, " no longer due");
}

static void add_change_text(const struct change *change, struct buffer *out)
{
    struct buffer line = {0};
    add_change(change, &line);
    add_places(change, &line);
    buffer_add(out, "  ");
    text_wrap(buffer_text(&line), 2, 4, out);
    buffer_free(&line);
}

static void difference_as_text(const struct difference *difference, struct buffer *out)
{
    const struct changes *changes = difference->changes;
    struct arena arena = {0};
    struct grid grid = due_grid(difference, &arena);
    for (size_t i = 0; i < changes->count; i++) {
        if (i == 0 || changes->items[i].effect != changes->items[i - 1].effect)
            buffer_addf(out, "%s%s\n", i == 0 ? "" : "\n",
                        effects[changes->items[i].effect].heading);
        add_change_text(&changes->items[i], out);
    }
    buffer_add(out, changes->count > 0 ? "\n" : "");
    if (difference->catalog != NULL) {
        add_rows_head(difference, out);
        buffer_add(out, "\n\n");
        if (grid.row_count > 0) {
            grid_print(&grid, out);
            buffer_add(out, "\n");
        }
    }
    add_total(changes, out);
    buffer_add(out, "\n");
    arena_free(&arena);
}

static void difference_as_markdown(const struct difference *difference, struct buffer *out)
{
    const struct changes *changes = difference->changes;
    struct arena arena = {0};
    struct buffer line = {0};
    struct grid grid = due_grid(difference, &arena);
    buffer_add(out, "### ");
    add_total(changes, &line);
    add_markdown(buffer_text(&line), out);
    buffer_add(out, "\n");
    if (changes->count > 0)
        buffer_add(out, "\n| effect | change | old line | new line |\n"
                        "| --- | --- | ---: | ---: |\n");
    for (size_t i = 0; i < changes->count; i++) {
        const struct change *change = &changes->items[i];
        buffer_clear(&line);
        add_change(change, &line);
        buffer_addf(out, "| %s | ", effects[change->effect].heading);
        add_markdown(buffer_text(&line), out);
        for (int side = 0; side < 2; side++)
            if (change->mark[side].line > 0)
                buffer_addf(out, " | %u", change->mark[side].line);
            else
                buffer_add(out, " | ");
        buffer_add(out, " |\n");
    }
    if (difference->catalog != NULL) {
        buffer_clear(&line);
        add_rows_head(difference, &line);
        buffer_add(out, "\n");
        add_markdown(buffer_text(&line), out);
        buffer_add(out, "\n");
        if (grid.row_count > 0) {
            buffer_add(out, "\n");
            grid_markdown(&grid, out);
        }
    }
    buffer_free(&line);
    arena_free(&arena);
}

static json_t *json_side(const struct difference *difference, int side)
{
    const struct policy *policy = difference->changes->policy[side];
    json_t *object = json_object();
    json_object_set_new(object, "file", json_utf8(difference->file[side]));
    json_object_set_new(object, "name", json_utf8(policy->name));
    json_object_set_new(object, "sha256", json_utf8(policy->sha256));
    return object;
}

static json_t *json_line(struct mark mark)
{
    return mark.line > 0 ? json_integer(mark.line) : json_null();
}

static json_t *json_change(const struct change *change)
{
    static const char *const subjects[] = {
        [CHANGE_POLICY] = "policy", [CHANGE_CATEGORY] = "category",   [CHANGE_HOLD] = "hold",
        [CHANGE_RULE] = "rule",     [CHANGE_EXEMPTION] = "exemption",
    };
    json_t *object = json_object();
    struct buffer message = {0};
    add_change(change, &message);
    json_object_set_new(object, "effect", json_string(effects[change->effect].name));
    json_object_set_new(object, "subject", json_string(subjects[change->subject]));
    json_object_set_new(object, "name", json_utf8(change->name));
    json_object_set_new(object, "key", json_utf8(change->key));
    json_object_set_new(object, "column", json_utf8(change->column));
    json_object_set_new(object, "old", json_utf8(change->text[0]));
    json_object_set_new(object, "new", json_utf8(change->text[1]));
    json_object_set_new(object, "old_line", json_line(change->mark[0]));
    json_object_set_new(object, "new_line", json_line(change->mark[1]));
    json_object_set_new(object, "message", json_utf8(buffer_text(&message)));
    buffer_free(&message);
    return object;
}

static json_t *json_rows(const struct difference *difference)
{
    if (difference->catalog == NULL)
        return json_null();
    json_t *object = json_object(), *list = json_array();
    int64_t newly, no_longer;
    sum_up(difference, &newly, &no_longer);
    json_object_set_new(object, "database", json_utf8(difference->catalog->database));
    json_object_set_new(object, "as_of", json_utf8(difference->catalog->as_of));
    json_object_set_new(object, "newly_due", json_integer(newly));
    json_object_set_new(object, "no_longer_due", json_integer(no_longer));
    for (size_t i = 0; i < difference->due_count; i++) {
        const struct due_change *due = &difference->due[i];
        if (!differs(due))
            continue;
        json_t *item = json_object();
        json_object_set_new(item, "table", json_utf8(due->table));
        json_object_set_new(item, "action", json_string(due->deletes ? "delete" : "mask"));
        json_object_set_new(item, "due_old", json_count(due->due[0]));
        json_object_set_new(item, "due_new", json_count(due->due[1]));
        json_object_set_new(item, "newly_due", json_count(due->newly));
        json_object_set_new(item, "no_longer_due", json_count(due->no_longer));
        json_object_set_new(item, "uncounted", json_utf8(due->uncounted));
        json_array_append_new(list, item);
    }
    json_object_set_new(object, "tables", list);
    return object;
}

static void difference_as_json(const struct difference *difference, struct buffer *out)
{
    const struct changes *changes = difference->changes;
    json_t *root = json_object(), *list = json_array();
    json_object_set_new(root, "format", json_string("pgretain.diff/1"));
    json_object_set_new(root, "old", json_side(difference, 0));
    json_object_set_new(root, "new", json_side(difference, 1));
    for (size_t i = 0; i < changes->count; i++)
        json_array_append_new(list, json_change(&changes->items[i]));
    json_object_set_new(root, "changes", list);
    json_object_set_new(root, "rows", json_rows(difference));
    add_json(root, out);
}

void report_difference(const struct difference *difference, enum report_format format,
                       struct buffer *out)
{
    if (format == REPORT_JSON)
        difference_as_json(difference, out);
    else if (format == REPORT_MARKDOWN)
        difference_as_markdown(difference, out);
    else
        difference_as_text(difference, out);
}
