/*
 * window.c - retention windows: their text, and which reaches further back
 *
 * Windows are calendar windows. They are compared date by date, never as day counts: PostgreSQL
 * subtracts the months first, clamps the day to the month's end, and then subtracts the days.
 */
#include "policy/calendar.h"
#include "policy/policy.h"
#include "policy/text.h"

#include <stdint.h>
#include <string.h>

enum { UNITS = 4, COUNT_CEILING = 1000000, LONGEST_MONTHS = 12000 };

static const struct unit {
    const char *name;
    char letter; /* in ISO 8601, whose order is this table's */
    int months;
    int days;
} units[UNITS] = {
    {"year", 'Y', 12, 0}, {"month", 'M', 1, 0}, {"week", 'W', 0, 7}, {"day", 'D', 0, 1}};

/* Reads digits; a number beyond COUNT_CEILING stays beyond it. */
static bool read_count(const char **cursor, int *ret_count)
{
    const char *start = *cursor;
    int count = 0;
    for (; **cursor >= '0' && **cursor <= '9'; (*cursor)++) {
        if (count < COUNT_CEILING)
            count = count * 10 + (**cursor - '0');
    }
    *ret_count = count;
    return *cursor != start;
}

static bool read_iso(const char *text, int counts[UNITS])
{
    size_t unit = 0;
    text++;
    if (*text == '\0')
        return false;
    while (*text != '\0') {
        int count;
        if (!read_count(&text, &count))
            return false;
        while (unit < UNITS && units[unit].letter != *text)
            unit++;
        if (unit == UNITS)
            return false;
        counts[unit++] = count;
        text++;
    }
    return true;
}

static bool read_words(const char *text, int counts[UNITS])
{
    int count;
    if (!read_count(&text, &count) || *text != ' ')
        return false;
    text += strspn(text, " ");
    for (size_t unit = 0; unit < UNITS; unit++) {
        size_t length = strlen(units[unit].name);
        if (strncmp(text, units[unit].name, length) != 0)
            continue;
        counts[unit] = count;
        return strcmp(text + length, "") == 0 || strcmp(text + length, "s") == 0;
    }
    return false;
}

static const char *long_form(struct arena *arena, const int counts[UNITS])
{
    const char *text = "";
    for (size_t unit = 0; unit < UNITS; unit++) {
        if (counts[unit] > 0)
            text = arena_printf(arena, "%s%s%d %s%s", text, *text == '\0' ? "" : " ", counts[unit],
                                units[unit].name, counts[unit] == 1 ? "" : "s");
    }
    return text;
}

int window_parse(const char *text, struct arena *arena, struct window *ret_window,
                 struct error *err)
{
    int counts[UNITS] = {0};
    bool understood = *text == 'P' ? read_iso(text, counts) : read_words(text, counts);
    if (!understood) {
        error_set(err, EXIT_USAGE, "invalid window %s", text_quote(arena, text));
        return error_hint(err, "Write a number and a unit, such as \"24 months\" or \"90 days\", "
                               "or ISO 8601, such as \"P24M\".");
    }
    int64_t months = 0, days = 0;
    for (size_t unit = 0; unit < UNITS; unit++) {
        months += (int64_t)counts[unit] * units[unit].months;
        days += (int64_t)counts[unit] * units[unit].days;
    }
    if (months == 0 && days == 0) {
        error_set(err, EXIT_USAGE, "window %s is shorter than one day", text_quote(arena, text));
        return error_hint(err, "The shortest window is \"1 day\".");
    }
    if (months * CALENDAR_CYCLE_DAYS + days * CALENDAR_CYCLE_MONTHS >
        (int64_t)LONGEST_MONTHS * CALENDAR_CYCLE_DAYS) {
        error_set(err, EXIT_USAGE, "window %s is longer than 1000 years", text_quote(arena, text));
        return error_hint(err, "The longest window is \"1000 years\".");
    }
    *ret_window =
        (struct window){.months = (int)months, .days = (int)days, .text = long_form(arena, counts)};
    return 0;
}

enum { SHORTEST_MONTH = 28, LONGEST_MONTH = 31 };

/* A month, and the day number of its first day; walked month by month. */
struct place {
    int month, start, length;
};

static struct place place_of(int month)
{
    return (struct place){month, calendar_month_start(month), calendar_month_length(month)};
}

static void walk_on(struct place *place)
{
    place->start += place->length;
    place->length = calendar_month_length(++place->month);
}

/* The day number on which a window ends that reaches back to day `day` of a month. */
static int reach(const struct place *place, int day, int days)
{
    return place->start + (day < place->length ? day : place->length) - days;
}

bool window_exceeds(const struct window *window, const struct window *cap)
{
    if (window->months <= cap->months && window->days <= cap->days)
        return false;
    if (window->months * LONGEST_MONTH + window->days <= cap->months * SHORTEST_MONTH + cap->days)
        return false;
    struct place now = place_of(LONGEST_MONTHS), here = place_of(now.month - window->months),
                 there = place_of(now.month - cap->months);
    for (int i = 0; i < CALENDAR_CYCLE_MONTHS; i++) {
        /* the 28th stands for the days before it, of which none is clamped */
        for (int day = 28; day <= now.length; day++) {
            if (reach(&here, day, window->days) < reach(&there, day, cap->days))
                return true;
        }
        walk_on(&now);
        walk_on(&here);
        walk_on(&there);
    }
    return false;
}
