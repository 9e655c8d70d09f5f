/* limits.c - what holds a run back, and when it ends: durations, rates and times of day. */
#include "cli/limits.h"

#include "base/instant.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* On unless told otherwise. */
enum { DEFAULT_LAG_SECONDS = 30, DEFAULT_LATENCY_MS = 500 };

struct unit {
    const char *name;
    double size;
};

/* A sum of numbers with units, such as 1h30m; -1 where it is none. */
static double parse_sum(const char *text, const struct unit *units, size_t unit_count)
{
    double sum = 0;
    if (*text == '\0')
        return -1;
    while (*text != '\0') {
        char *end;
        double number = isdigit((unsigned char)*text) ? strtod(text, &end) : -1;
        size_t letters = number < 0 ? 0
                                    : strspn(end, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLM"
                                                  "NOPQRSTUVWXYZ"),
               i = 0;
        while (number >= 0 && i < unit_count &&
               (strlen(units[i].name) != letters || strncmp(units[i].name, end, letters) != 0))
            i++;
        if (number < 0 || i == unit_count)
            return -1;
        sum += number * units[i].size;
        text = end + letters;
    }
    return sum;
}

int limits_duration(const char *option, const char *text, double *ret_seconds)
{
    static const struct unit units[] = {{"ms", 0.001}, {"s", 1},    {"min", 60},
                                        {"m", 60},     {"h", 3600}, {"d", 86400}};
    *ret_seconds = parse_sum(text, units, sizeof units / sizeof *units);
    if (*ret_seconds > 0 || strcmp(text, "0") == 0) {
        *ret_seconds = *ret_seconds > 0 ? *ret_seconds : 0;
        return 0;
    }
    return complain_usage("%s needs a duration such as 90s, 30m or 1h30m, not \"%s\"", option,
                          text);
}

/* "5000" rows a second, or "16MB" of WAL a second. */
static int parse_rate(const char *text, struct governor_options *governor)
{
    static const struct unit rows[] = {{"", 1}, {"rows", 1}};
    static const struct unit bytes[] = {{"kB", 1024}, {"MB", 1048576}, {"GB", 1073741824}};
    double number = parse_sum(text, rows, 2);
    if (number >= 1) {
        governor->rate_rows = (int64_t)number;
        return 0;
    }
    number = parse_sum(text, bytes, 3);
    if (number >= 1024) {
        governor->rate_wal_bytes = (int64_t)number;
        return 0;
    }
    return complain_usage(
        "--rate needs rows a second, such as 5000, or WAL a second, such as 16MB, not \"%s\"",
        text);
}

/* The next time that this machine's clock shows HH:MM, in seconds from now. */
static int parse_until(const char *text, double *ret_seconds)
{
    int hour, minute, used = 0;
    if (sscanf(text, "%2d:%2d%n", &hour, &minute, &used) != 2 || text[used] != '\0' || hour < 0 ||
        hour > 23 || minute < 0 || minute > 59)
        return complain_usage("--until needs a time of day such as 05:30, not \"%s\"", text);
    time_t now = time(NULL);
    struct tm then;
    localtime_r(&now, &then);
    then.tm_hour = hour;
    then.tm_min = minute;
    then.tm_sec = 0;
    then.tm_isdst = -1;
    if (mktime(&then) <= now) {
        then.tm_mday++;
        then.tm_isdst = -1;
    }
    time_t end = mktime(&then);
    char shown[32];
    struct tm utc;
    gmtime_r(&end, &utc);
    strftime(shown, sizeof shown, "%Y-%m-%dT%H:%M:%SZ", &utc);
    fprintf(stderr, "pgretain: ends by %s (%s here)\n", shown, text);
    *ret_seconds = difftime(end, now);
    return 0;
}

static int parse_end(const struct options *options, struct enforce_options *enforce)
{
    double seconds = 0, until = 0;
    if (options->run_for != NULL && limits_duration("--for", options->run_for, &seconds) != 0)
        return EXIT_USAGE;
    if (options->until != NULL && parse_until(options->until, &until) != 0)
        return EXIT_USAGE;
    if (options->run_for != NULL && seconds <= 0)
        return complain_usage("--for needs a duration longer than nothing");
    if (options->until != NULL && (seconds == 0 || until < seconds))
        seconds = until;
    if (seconds > 0)
        enforce->deadline = instant_monotonic_seconds() + seconds;
    enforce->max_rows = options->max_rows;
    return EXIT_DONE;
}

int limits_parse(const struct options *options, struct enforce_options *enforce)
{
    struct governor_options *governor = &enforce->governor;
    double latency = DEFAULT_LATENCY_MS / 1000.0;
    governor->max_lag_seconds = DEFAULT_LAG_SECONDS;
    if (options->max_lag != NULL) {
        governor->lag_is_asked_for = true;
        if (limits_duration("--max-lag", options->max_lag, &governor->max_lag_seconds) != 0)
            return EXIT_USAGE;
    }
    if (options->max_latency != NULL &&
        limits_duration("--max-latency", options->max_latency, &latency) != 0)
        return EXIT_USAGE;
    governor->max_latency_ms = latency * 1000;
    for (size_t i = 0; i < options->rates.count; i++)
        if (parse_rate(options->rates.names[i], governor) != 0)
            return EXIT_USAGE;
    enforce->rehearses = options->rehearse;
    return parse_end(options, enforce);
}
