/* tally.c - adding up and printing. */
#include "tally.h"

#include <stdio.h>

void tally_add(struct tally *sum, const struct tally *more)
{
    sum->runs += more->runs;
    sum->unreached += more->unreached;
    sum->failed += more->failed;
    sum->in_doubt += more->in_doubt;
    sum->recovered += more->recovered;
    sum->lost += more->lost;
    sum->doubled += more->doubled;
    sum->open += more->open;
    sum->unknown += more->unknown;
}

void tally_print_head(void)
{
    printf("%-24s %6s %9s %10s %6s %8s %6s %8s %7s\n", "", "RUNS", "IN DOUBT", "RECOVERED", "LOST",
           "DOUBLED", "OPEN", "UNKNOWN", "FAILED");
}

void tally_print(const char *name, const struct tally *t)
{
    printf("%-24s %6d %9lld %10lld %6lld %8lld %6lld %8lld %7d\n", name, t->runs, t->in_doubt,
           t->recovered, t->lost, t->doubled, t->open, t->unknown, t->failed);
}
