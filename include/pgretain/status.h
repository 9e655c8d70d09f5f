/*
 * status.h - is everything gone in time, and what stands in the way?
 *
 * A row is due once it is past its window. It is overdue once it has been due for as long as the
 * grace, which is longer than runs lie apart: a run should have taken it by then.
 */
#ifndef PGRETAIN_STATUS_H
#define PGRETAIN_STATUS_H

#include "base/instant.h"
#include "base/sha256.h"
#include "pgretain/error.h"
#include "pgretain/plan.h"

enum { LOG_PASSES = 7, LOG_WORD = 64, LOG_ROOT = 45 };

/* One run as the audit log tells it. */
struct log_run {
    char run[LOG_WORD];
    char began[INSTANT_TEXT];
    char ended[INSTANT_TEXT]; /* "" where it has no end: under way, or interrupted */
    char state[LOG_WORD];     /* "done", "stopped", "failed"; "" likewise */
    int64_t left_out; /* rules that options left out; -1: an older log, which does not say */
    int64_t changed, cascaded;
    int64_t seq;           /* of its last record */
    char head[SHA256_HEX]; /* SHA-256 of that record */
};

/* One rule in one run. */
struct log_pass {
    int64_t due; /* counted before; -1: not counted */
    int64_t changed;
    double seconds;
};

/* One rule in the last runs that came to it, the oldest first. */
struct log_rule {
    char *rule;
    char run[LOG_WORD];
    char at[INSTANT_TEXT]; /* of that run's step_end */
    char state[LOG_WORD];  /* likewise */
    struct log_pass passes[LOG_PASSES];
    size_t pass_count;
};

/* The newest checkpoint beside the log. */
struct log_checkpoint {
    int64_t records;     /* 0: there is none */
    char root[LOG_ROOT]; /* of their tree, in base64 */
    const char *key;     /* that the log says signed it, by its name; NULL: nobody did */
    bool is_verified;    /* by a key that the reader trusts */
};

/* What an audit log tells about its runs. Lists lie in the reader's arena. */
struct log_review {
    struct log_run complete; /* the last one that ended "done" with no rule left out; `began` is ""
                                for never */
    struct log_run last;     /* the last one; likewise */
    int64_t runs_since;      /* begun after the last complete one */
    struct log_rule *rules;
    size_t rule_count;
    /* rules, or tables, of which the last run found rows again that had been erased */
    const char **resurrected;
    size_t resurrected_count;
    int64_t records;
    struct log_checkpoint checkpoint;
};

/* Who keeps rows past their window. A row can be counted under several. */
struct keeper {
    const char *name; /* a hold's id, or the referring table */
    int64_t rows;     /* -1: not counted */
};

struct keepers {
    struct keeper *holds, *blocks;
    size_t hold_count, block_count;
};

/* What becomes of the rows that are due, at the pace of the last runs. */
struct forecast {
    enum {
        FORECAST_UNKNOWN, /* nothing to go by */
        FORECAST_RUNS,    /* gone after so many runs */
        FORECAST_NEVER,   /* as many come due as go */
    } kind;
    int64_t runs;
    int64_t rows_per_second; /* -1: unknown */
};

enum rule_state { RULE_ON_TIME, RULE_UNKNOWN, RULE_REFUSED, RULE_OVERDUE };

/* One policy on its database. Steps, counts and rules go together by number. */
struct policy_status {
    const char *file;
    const struct policy *policy; /* NULL where the file has errors */
    const struct plan *plan;     /* NULL where the database could not be asked: see `error` */
    const struct counts *counts;
    const int64_t *overdue; /* per step; -1: not counted */
    const struct keepers *keepers;
    const char *audit_file;         /* or NULL */
    const struct log_review *audit; /* NULL: there is no log, or see `audit_error` */
    struct error error;             /* its status is EXIT_DONE where there is none */
    struct error audit_error;       /* likewise */
};

struct status {
    double grace_seconds;
    struct policy_status *policies;
    size_t policy_count;
};

#endif
