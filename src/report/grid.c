/* grid.c - tries ever tighter layouts until one fits the page. */
#include "report/grid.h"

#include "report/text.h"

#include <string.h>

enum { INDENT = 1, NOTE_INDENT = 4, SHORTEST_WORD = 8 };

struct layout {
    bool titles_apart;
    size_t gap;
    bool compact;
    size_t title_width;
    size_t widths[GRID_COLUMNS];
};

static const char *cell(const struct grid *grid, size_t row, size_t column, bool compact,
                        struct arena *arena)
{
    const struct grid_row *r = &grid->rows[row];
    if (r->cells[column] != NULL)
        return r->cells[column];
    return compact ? text_compact(r->numbers[column], arena)
                   : text_number(r->numbers[column], arena);
}

static void widen(const char *text, size_t *width)
{
    size_t needed = text_width(text);
    *width = needed > *width ? needed : *width;
}

static void measure(const struct grid *grid, struct layout *layout, struct arena *arena)
{
    layout->title_width = 0;
    widen(grid->title_header, &layout->title_width);
    for (size_t r = 0; r < grid->row_count; r++)
        widen(grid->rows[r].title, &layout->title_width);
    for (size_t c = 0; c < grid->column_count; c++) {
        layout->widths[c] = text_width(grid->columns[c].header);
        for (size_t r = 0; r < grid->row_count; r++)
            widen(cell(grid, r, c, layout->compact, arena), &layout->widths[c]);
    }
}

/* The first column of a row's own line. */
static size_t first_column(const struct grid *grid, const struct layout *layout)
{
    return layout->titles_apart ? grid->lead_count : 0;
}

static size_t total_width(const struct grid *grid, const struct layout *layout)
{
    size_t first = first_column(grid, layout);
    size_t total = layout->titles_apart ? INDENT : layout->title_width + layout->gap;
    for (size_t c = first; c < grid->column_count; c++)
        total += layout->widths[c] + (c > first ? layout->gap : 0);
    return total;
}

/* Takes columns from the widest words. */
static void squeeze(const struct grid *grid, struct layout *layout)
{
    while (total_width(grid, layout) > PAGE_COLUMNS) {
        size_t widest = grid->column_count;
        for (size_t c = first_column(grid, layout); c < grid->column_count; c++)
            if (!grid->columns[c].is_number && layout->widths[c] > SHORTEST_WORD &&
                (widest == grid->column_count || layout->widths[c] > layout->widths[widest]))
                widest = c;
        if (widest == grid->column_count)
            return;
        layout->widths[widest]--;
    }
}

static struct layout choose(const struct grid *grid, struct arena *arena)
{
    static const struct layout layouts[] = {
        {.gap = 2},
        {.gap = 1},
        {.gap = 2, .titles_apart = true},
        {.gap = 1, .titles_apart = true},
        {.gap = 2, .titles_apart = true, .compact = true},
        {.gap = 1, .titles_apart = true, .compact = true},
    };
    struct layout layout = {0};
    for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++) {
        layout = layouts[i];
        measure(grid, &layout, arena);
        if (total_width(grid, &layout) <= PAGE_COLUMNS)
            return layout;
    }
    squeeze(grid, &layout);
    return layout;
}

static void trim_line(struct buffer *line, struct buffer *out)
{
    while (line->length > 0 && line->data[line->length - 1] == ' ')
        line->data[--line->length] = '\0';
    buffer_add(out, buffer_text(line));
    buffer_add(out, "\n");
    buffer_free(line);
}

/* One line of cells; `row` is the row count for the headers. */
static void print_cells(const struct grid *grid, size_t row, const struct layout *layout,
                        struct arena *arena, struct buffer *out)
{
    struct buffer line = {0};
    bool is_header = row == grid->row_count;
    if (layout->titles_apart)
        buffer_addf(&line, "%*s", INDENT, "");
    else
        text_left(is_header ? grid->title_header : grid->rows[row].title, layout->title_width,
                  &line);
    for (size_t c = first_column(grid, layout); c < grid->column_count; c++) {
        if (c > first_column(grid, layout) || !layout->titles_apart)
            buffer_addf(&line, "%*s", (int)layout->gap, "");
        const char *text =
            is_header ? grid->columns[c].header : cell(grid, row, c, layout->compact, arena);
        if (grid->columns[c].is_number)
            text_right(text, layout->widths[c], &line);
        else
            text_left(text, layout->widths[c], &line);
    }
    trim_line(&line, out);
}

/* The title and what leads beside it, unless the row before has the same. */
static void print_title(const struct grid *grid, size_t row, struct buffer *out)
{
    bool is_header = row == grid->row_count;
    const struct grid_row *now = &grid->rows[row];
    const struct grid_row *before = row > 0 ? &grid->rows[row - 1] : now;
    bool again = !is_header && row > 0 && strcmp(now->title, before->title) == 0;
    struct buffer line = {0};
    buffer_add(&line, is_header ? grid->title_header : now->title);
    for (size_t c = 0; c < grid->lead_count; c++) {
        buffer_addf(&line, "  %s", is_header ? grid->columns[c].header : now->cells[c]);
        again = again && strcmp(now->cells[c], before->cells[c]) == 0;
    }
    if (!again) {
        text_fit(buffer_text(&line), PAGE_COLUMNS, out);
        buffer_add(out, "\n");
    }
    buffer_free(&line);
}

void grid_print(const struct grid *grid, struct buffer *out)
{
    struct arena arena = {0};
    struct layout layout = choose(grid, &arena);
    if (layout.titles_apart)
        print_title(grid, grid->row_count, out);
    print_cells(grid, grid->row_count, &layout, &arena, out);
    for (size_t r = 0; r < grid->row_count; r++) {
        if (layout.titles_apart)
            print_title(grid, r, out);
        print_cells(grid, r, &layout, &arena, out);
        if (grid->rows[r].note != NULL) {
            buffer_addf(out, "%*s", NOTE_INDENT, "");
            text_wrap(grid->rows[r].note, NOTE_INDENT, NOTE_INDENT, out);
        }
    }
    arena_free(&arena);
}
