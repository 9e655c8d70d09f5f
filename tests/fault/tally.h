/*
 * tally.h - what came of runs with a fault, added up
 */
#ifndef FAULT_TALLY_H
#define FAULT_TALLY_H

struct tally {
    int runs, unreached, failed;
    long long in_doubt;      /* intents that the fault left open */
    long long recovered;     /* rows of those that turned out to be committed */
    long long lost, doubled; /* rows that are gone and not in the log, or the other way round */
    long long open, unknown; /* intents, in the end */
};

void tally_add(struct tally *sum, const struct tally *more);
/* The headings, and one line under them. */
void tally_print_head(void);
void tally_print(const char *name, const struct tally *tally);

#endif
