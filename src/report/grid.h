/*
 * grid.h - a table of text that never grows beyond the page
 *
 * Every row has a title, which stands in the first column where all fits and else on a line of its
 * own, with the columns that lead. Then, in this order: less space between columns, shorter
 * numbers, and words that lose their middle.
 */
#ifndef REPORT_GRID_H
#define REPORT_GRID_H

#include "base/arena.h"
#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GRID_COLUMNS = 12 };

struct grid_column {
    const char *header;
    bool is_number; /* right-aligned */
};

/* A cell is text, already escaped, or where that is NULL a count, which is "-" below 0. */
struct grid_row {
    const char *title;
    const char *cells[GRID_COLUMNS];
    int64_t numbers[GRID_COLUMNS];
    const char *note; /* for a line below the row, or NULL */
};

struct grid {
    const char *title_header;
    const struct grid_column *columns;
    size_t column_count;
    size_t lead_count; /* how many of them stand beside the title, wherever that is */
    struct grid_row *rows;
    size_t row_count;
};

/* Plain text; the notes stand below their rows. */
void grid_print(const struct grid *grid, struct buffer *out);
/* A Markdown table, numbers in full; the notes are a column of their own. */
void grid_markdown(const struct grid *grid, struct buffer *out);

#endif
