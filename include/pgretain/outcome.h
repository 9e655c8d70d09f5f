/*
 * outcome.h - what became of each step of a plan
 */
#ifndef PGRETAIN_OUTCOME_H
#define PGRETAIN_OUTCOME_H

#include "pgretain/plan.h"

enum step_state { STEP_DONE, STEP_PARTIAL, STEP_SKIPPED, STEP_REFUSED, STEP_FAILED };

struct step_outcome {
    enum step_state state;
    int64_t changed;
    int64_t cascaded;
    int64_t batches;
    int64_t locked; /* rows other sessions held locked to the end */
    int64_t left;   /* rows the passes met and could not take */
    double seconds; /* first write to last commit */
    double throttled_seconds;
    char throttle[160]; /* why, the last time; "" for never */
    double audit_seconds;
    char sqlstate[6];
    char reason[1040]; /* of anything but done; without values */
};

struct outcome {
    struct arena arena;
    char run[40];               /* UUID */
    struct step_outcome *steps; /* one per step of the plan, same order */
    size_t step_count;
    /* Batches of an earlier run whose outcome nobody knows, their rows, and how many are gone. */
    int64_t unknown_batches, unknown_rows, unknown_gone;
    const char **put_back; /* partitions that an earlier run had detached */
    size_t put_back_count;
    bool rehearsed;      /* everything was rolled back */
    const char *stopped; /* what ended the run early: "signal", "deadline", "max-rows"; or NULL */
    const char *audit_file;
    int64_t audit_first_seq, audit_last_seq; /* of this run */
    char audit_root[45];         /* of the tree of all records, in base64; "" where there is none */
    bool audit_is_signed;        /* that root was signed */
    char audit_head[SHA256_HEX]; /* SHA-256 of this run's last record, "" where there is none */
};

const char *step_state_name(enum step_state state);

#endif
