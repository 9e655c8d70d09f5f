/* calendar.c - month lengths, month starts and date syntax. */
#include "policy/calendar.h"

#include <stddef.h>
#include <string.h>

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int calendar_month_length(int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return lengths[month % 12] + (month % 12 == 1 && is_leap(month / 12));
}

int calendar_month_start(int month)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int year = month / 12;
    int leap_years = (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
    return 365 * year + leap_years + before[month % 12] + (month % 12 > 1 && is_leap(year));
}

static int digits(const char *text, size_t count)
{
    int value = 0;
    for (size_t i = 0; i < count; i++)
        value = value * 10 + (text[i] - '0');
    return value;
}

bool calendar_is_date(const char *text)
{
    static const char shape[] = "dddd-dd-dd";
    if (strlen(text) != sizeof shape - 1)
        return false;
    for (size_t i = 0; i < sizeof shape - 1; i++) {
        bool is_digit = text[i] >= '0' && text[i] <= '9';
        if (shape[i] == 'd' ? !is_digit : text[i] != '-')
            return false;
    }
    int year = digits(text, 4), month = digits(text + 5, 2), day = digits(text + 8, 2);
    return year >= 1 && month >= 1 && month <= 12 && day >= 1 &&
           day <= calendar_month_length(year * 12 + month - 1);
}
