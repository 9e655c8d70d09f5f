/* instant.c - clock_gettime() for people and for stopwatches. */
#include "base/instant.h"

#include <stdio.h>
#include <time.h>

void instant_now(char ret_text[INSTANT_TEXT])
{
    struct timespec now;
    struct tm utc;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    char seconds[24];
    strftime(seconds, sizeof seconds, "%Y-%m-%dT%H:%M:%S", &utc);
    snprintf(ret_text, INSTANT_TEXT, "%s.%03dZ", seconds, (int)(now.tv_nsec / 1000000) % 1000);
}

double instant_monotonic_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}
