/*
 * instant.h - this machine's clock as text and as a stopwatch
 */
#ifndef BASE_INSTANT_H
#define BASE_INSTANT_H

enum { INSTANT_TEXT = 32 };

/* The wall clock as RFC 3339 UTC with milliseconds, e.g. 2026-11-23T03:00:00.123Z. */
void instant_now(char ret_text[INSTANT_TEXT]);

/* Seconds on a clock that never goes back; only differences mean something. */
double instant_monotonic_seconds(void);

#endif
