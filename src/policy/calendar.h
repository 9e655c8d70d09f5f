/*
 * calendar.h - dates of the proleptic Gregorian calendar
 */
#ifndef POLICY_CALENDAR_H
#define POLICY_CALENDAR_H

#include <stdbool.h>

enum { CALENDAR_CYCLE_MONTHS = 4800, CALENDAR_CYCLE_DAYS = 146097 };

/* `month` counts from January of year 0, which is month 0; never negative. */
int calendar_month_length(int month);

/* Days from the first day of year 0 to the first day of `month`. */
int calendar_month_start(int month);

/* Whether `text` is YYYY-MM-DD and such a day exists (years 0001 to 9999). */
bool calendar_is_date(const char *text);

#endif
