/*
 * workloads.h - one small database for each way in which rows go, and how many of them should
 *
 * Each workload is one policy whose rules make several batches, rows that are due, young and held,
 * and, for every table that loses rows, a question in plain SQL that says how many it has lost.
 */
#ifndef FAULT_WORKLOADS_H
#define FAULT_WORKLOADS_H

#include <stddef.h>

enum { WORKLOAD_CHECKS = 4 };

/* What has become of one table. */
struct workload_check {
    const char *rule;    /* as the log names it */
    const char *table;   /* that the rows went from by cascade, or NULL: the rule's own */
    const char *changed; /* SQL: how many rows are gone, or masked */
    long long due;       /* and how many should be in the end */
};

struct workload {
    const char *name;
    const char *strategy; /* as step_begin has to say */
    const char *rules;    /* the policy from `rules:` on, and holds */
    const char *schema;   /* SQL that makes its tables anew and fills them */
    /* SQL: 0 while nothing is lost or doubled that no log record could speak of: rows that have to
     * stay, statistics that have to add up */
    const char *wrong;
    struct workload_check checks[WORKLOAD_CHECKS];
    size_t check_count;
};

extern const struct workload workloads[];
extern const size_t workload_count;

#endif
