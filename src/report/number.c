/* number.c - counts, sizes and durations as a person reads them. */
#include "report/report.h"
#include "report/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void report_number(int64_t number, struct buffer *out)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%" PRIu64,
                          number < 0 ? 0 - (uint64_t)number : (uint64_t)number);
    buffer_add(out, number < 0 ? "-" : "");
    for (int i = 0; i < length; i++)
        buffer_addf(out, "%s%c", i > 0 && (length - i) % 3 == 0 ? "," : "", digits[i]);
}

/* Three significant digits at most, cut rather than rounded up to the next unit. */
static void add_scaled(double value, double base, const char *const *units, size_t unit_count,
                       struct buffer *out)
{
    size_t unit = 0;
    while (value >= base && unit + 1 < unit_count) {
        value /= base;
        unit++;
    }
    double tenths = (double)(int64_t)(value * 10) / 10;
    if (value >= 10 || unit == 0)
        buffer_addf(out, "%" PRId64 "%s", (int64_t)value, units[unit]);
    else
        buffer_addf(out, "%.1f%s", tenths, units[unit]);
}

void report_bytes(int64_t bytes, struct buffer *out)
{
    static const char *const units[] = {" bytes", " kB", " MB", " GB", " TB", " PB"};
    add_scaled(bytes < 0 ? 0 : (double)bytes, 1024, units, sizeof units / sizeof units[0], out);
}

static const char *kept(struct buffer *text, struct arena *arena)
{
    const char *copy = arena_strdup(arena, buffer_text(text));
    buffer_free(text);
    return copy;
}

const char *text_number(int64_t number, struct arena *arena)
{
    if (number < 0)
        return "-";
    struct buffer text = {0};
    report_number(number, &text);
    return kept(&text, arena);
}

const char *text_compact(int64_t number, struct arena *arena)
{
    static const char *const units[] = {"", "k", "M", "G", "T", "P", "E"};
    if (number < 100000)
        return text_number(number, arena);
    struct buffer text = {0};
    add_scaled((double)number, 1000, units, sizeof units / sizeof units[0], &text);
    return kept(&text, arena);
}

void text_count(int64_t number, const char *one, const char *many, struct buffer *out)
{
    report_number(number, out);
    buffer_addf(out, " %s", number == 1 ? one : many);
}

void report_progress(const struct progress *progress, struct buffer *out)
{
    struct arena arena = {0};
    double part =
        progress->total_blocks > 0 ? (double)progress->done_blocks / (double)progress->total_blocks
        : progress->due_rows > 0   ? (double)progress->done_rows / (double)progress->due_rows
                                   : 0;
    part = part > 1 ? 1 : part;
    text_fit(text_safe(progress->table, &arena), 40, out);
    buffer_addf(out, "  %d%%  ", (int)(part * 100));
    text_count(progress->done_rows, "row", "rows", out);
    if (progress->seconds > 0) {
        buffer_add(out, "  ");
        report_number((int64_t)((double)progress->done_rows / progress->seconds), out);
        buffer_add(out, " rows/s");
    }
    double left = part > 0 ? progress->seconds / part - progress->seconds : 0;
    if (part > 0 && left < 1e6)
        buffer_addf(out, "  ETA %d:%02d", (int)left / 60, (int)left % 60);
    if (progress->reason != NULL) {
        buffer_add(out, "  ");
        size_t room = text_width(buffer_text(out));
        text_fit(text_safe(progress->reason, &arena), room < PAGE_COLUMNS ? PAGE_COLUMNS - room : 0,
                 out);
    }
    arena_free(&arena);
}
