/* discovery.c - the columns that look personal, for people and programs. */
#include "report/grid.h"
#include "report/parts.h"
#include "report/text.h"

#include <string.h>

static size_t count_suspects(const struct discovery *discovery)
{
    size_t count = 0;
    for (size_t i = 0; i < discovery->column_count; i++)
        count += discovery->columns[i].category != NULL;
    return count;
}

static void discovery_as_json(const struct discovery *discovery, struct buffer *out)
{
    json_t *root = json_object(), *list = json_array();
    json_object_set_new(root, "format", json_string("pgretain.discover/1"));
    for (size_t i = 0; i < discovery->column_count; i++) {
        const struct discovered_column *column = &discovery->columns[i];
        if (column->category == NULL)
            continue;
        json_t *item = json_object();
        json_object_set_new(item, "table", json_utf8(column->table_text));
        json_object_set_new(item, "column", json_utf8(column->column));
        json_object_set_new(item, "type", json_utf8(column->type));
        json_object_set_new(item, "category", json_utf8(column->category));
        json_object_set_new(item, "kind", json_utf8(column->kind));
        if (column->vendor != NULL)
            json_object_set_new(item, "vendor", json_utf8(column->vendor));
        json_object_set_new(item, "score", json_real(column->score));
        json_object_set_new(item, "why", json_utf8(column->why));
        json_array_append_new(list, item);
    }
    json_object_set_new(root, "columns", list);
    json_object_set_new(root, "looked_at", json_integer((json_int_t)discovery->column_count));
    add_json(root, out);
}

enum { COLUMN, CATEGORY, KIND, SCORE, WHY, COLUMNS };

static const struct grid_column columns[COLUMNS] = {
    [COLUMN] = {"COLUMN", false}, [CATEGORY] = {"CATEGORY", false}, [KIND] = {"KIND", false},
    [SCORE] = {"SCORE", true},    [WHY] = {"WHY", false},
};

static void discovery_as_text(const struct discovery *discovery, struct arena *arena,
                              struct buffer *out)
{
    struct grid grid = {.title_header = "TABLE", .columns = columns, .column_count = COLUMNS};
    for (size_t i = 0; i < discovery->column_count; i++) {
        const struct discovered_column *column = &discovery->columns[i];
        if (column->category == NULL)
            continue;
        struct grid_row *row = ARENA_PUSH(arena, grid.rows, grid.row_count);
        row->title = text_safe(column->table_text, arena);
        row->cells[COLUMN] = text_safe(column->column, arena);
        row->cells[CATEGORY] = column->category;
        row->cells[KIND] = column->vendor == NULL
                               ? column->kind
                               : arena_printf(arena, "%s %s", column->vendor, column->kind);
        row->cells[SCORE] = arena_printf(arena, "%.2f", column->score);
        row->cells[WHY] = column->why;
    }
    if (grid.row_count > 0)
        grid_print(&grid, out);
}

static void add_markdown_row(const struct discovered_column *column, struct buffer *out)
{
    buffer_add(out, "| ");
    add_markdown(column->table_text, out);
    buffer_add(out, " | ");
    add_markdown(column->column, out);
    buffer_addf(out, " | %s | %s | %.2f | %s |\n", column->category, column->kind, column->score,
                column->why);
}

static void discovery_as_markdown(const struct discovery *discovery, struct buffer *out)
{
    buffer_add(out, "| table | column | category | kind | score | why |\n"
                    "| --- | --- | --- | --- | --- | --- |\n");
    for (size_t i = 0; i < discovery->column_count; i++)
        if (discovery->columns[i].category != NULL)
            add_markdown_row(&discovery->columns[i], out);
}

void report_discovery(const struct discovery *discovery, enum report_format format,
                      struct buffer *out)
{
    struct arena arena = {0};
    if (format == REPORT_JSON) {
        discovery_as_json(discovery, out);
        return;
    }
    if (format == REPORT_MARKDOWN)
        discovery_as_markdown(discovery, out);
    else
        discovery_as_text(discovery, &arena, out);
    buffer_add(out, "\n");
    text_count((int64_t)count_suspects(discovery), "column looks", "columns look", out);
    buffer_addf(out, " personal, of %zu\n", discovery->column_count);
    arena_free(&arena);
}
