/* grid_markdown.c - the same table for a pull request or a wiki. */
#include "report/grid.h"

#include "report/parts.h"
#include "report/text.h"

#include <ctype.h>

static void add_header(const char *header, struct buffer *out)
{
    for (; *header != '\0'; header++)
        buffer_addf(out, "%c", tolower((unsigned char)*header));
    buffer_add(out, " | ");
}

void grid_markdown(const struct grid *grid, struct buffer *out)
{
    struct arena arena = {0};
    buffer_add(out, "| ");
    add_header(grid->title_header, out);
    for (size_t c = 0; c < grid->column_count; c++)
        add_header(grid->columns[c].header, out);
    buffer_add(out, "note |\n| --- |");
    for (size_t c = 0; c < grid->column_count; c++)
        buffer_add(out, grid->columns[c].is_number ? " ---: |" : " --- |");
    buffer_add(out, " --- |\n");
    for (size_t r = 0; r < grid->row_count; r++) {
        const struct grid_row *row = &grid->rows[r];
        buffer_add(out, "| ");
        add_markdown(row->title, out);
        for (size_t c = 0; c < grid->column_count; c++) {
            buffer_add(out, " | ");
            add_markdown(
                row->cells[c] != NULL ? row->cells[c] : text_number(row->numbers[c], &arena), out);
        }
        buffer_add(out, " | ");
        add_markdown(row->note, out);
        buffer_add(out, " |\n");
    }
    arena_free(&arena);
}
