/*
 * enforce.h - carries a plan out; the only room that changes a database
 *
 * One control session holds the run's advisory lock and flushes WAL; lanes, one session each, do
 * the batches side by side, driven by one loop without threads. Each batch is one repeatable-read
 * transaction: statement, transaction id, fingerprint of the table, WAL flush, intent record on
 * disk, COMMIT, commit record. After a crash at any point the next run asks the server what became
 * of each open intent.
 */
#ifndef ENFORCE_ENFORCE_H
#define ENFORCE_ENFORCE_H

#include "audit/audit.h"
#include "db/db.h"
#include "mask/mask.h"
#include "pgretain/outcome.h"

#include <signal.h>

/* What the run's audit records say about who and why. */
struct enforce_identity {
    const char *os_user;
    const char *host;
    const char *reason;         /* or NULL */
    const char *cluster_reason; /* why the cluster is another than the log's, or NULL */
    const char *approval;       /* approval_name() */
    const char *approved_by;    /* or NULL */
};

struct enforce_progress {
    const struct plan_step *step;
    int64_t done_rows, due_rows; /* due_rows -1: not counted */
    int64_t done_blocks, total_blocks;
    double seconds;
    const char *throttle; /* why no batch begins just now, or NULL */
};

/* When to hold back. 0 switches a limit off. */
struct governor_options {
    double max_lag_seconds;
    bool lag_is_asked_for;  /* then a replica whose position is hidden holds the run */
    double max_latency_ms;  /* of a commit */
    int64_t rate_rows;      /* a second */
    int64_t rate_wal_bytes; /* of the whole server, a second */
};

/*
 * How many transactions the database has seen, and how many of the whole server wrote something,
 * as of `at` (monotonic seconds). The first number is some tenths of a second behind.
 */
struct traffic {
    double at, transactions, writes;
};

struct enforce_options {
    const struct audit_key *audit_key; /* signs the heads of the log; or NULL */
    struct enforce_identity identity;
    struct governor_options governor;
    struct traffic traffic_before; /* the count: what came since tells whether others are at work */
    double deadline;  /* monotonic seconds; 0: none. Reached, no batch is begun any more. */
    int64_t max_rows; /* the run ends once it has changed so many; -1: no end */
    bool rehearses;   /* one batch a step, rolled back; nothing is written to the log */
    const struct mask_key *key;
    /* The most that may be changed: by the run with and without cascades, and per step. -1: no
     * limit. */
    int64_t run_rows;
    int64_t expected_rows;
    const int64_t *step_rows;
    const bool *step_is_new; /* per step: not approved, so it leaves no trace in the log unless it
                                does something; NULL when all are approved */
    int batch_ms;            /* the time one batch should take */
    int64_t batch_blocks;    /* where batches start */
    const volatile sig_atomic_t *stop; /* 1: finish the batches and end the run; 2: cancel them */
    void (*progress)(void *context, const struct enforce_progress *progress); /* or NULL */
    void (*finished)(void *context, const struct plan_step *step,
                     const struct step_outcome *outcome); /* or NULL */
    void *context;
};

/*
 * Takes the lock that makes this the only run on the database: EXIT_LOCKED if another run has it.
 * Waits for backends that a killed run left behind. The lock lives as long as the session.
 */
int enforce_lock(struct db *control, struct error *err);

int enforce_read_traffic(struct db *control, struct traffic *ret_traffic, struct error *err);

/*
 * Refuses where a run must not write at all: on a standby, under another session_replication_role,
 * when the clocks differ by more than ten minutes.
 */
int enforce_check_server(const struct catalog *catalog, struct error *err);

/* Starts the run: names it in the log, owns up to a torn last line, writes run_begin and the plan's
 * findings. */
int enforce_begin(struct audit_log *log, const struct plan *plan, const struct audit_state *state,
                  const struct enforce_options *options, struct outcome *outcome,
                  struct error *err);

/* What recovery works with; all of it outlives it. */
struct recovery {
    struct db *control;
    struct audit_log *log;
    const struct plan *plan;
    const struct mask_key *key; /* or NULL */
    struct outcome *outcome;
};

/*
 * Settles every open intent of the log: `recovered` records say committed, aborted or unknown; what
 * is unknown is counted in the outcome. A partition that was detached and not dropped is attached
 * again, and named in the outcome: the plan was made without it. Comes after enforce_begin().
 */
int enforce_recover(struct recovery *recovery, const struct audit_state *state, struct error *err);

/*
 * The control session holds the lock; `watch` is the governor's, or NULL for none. No more than
 * `jobs` lanes have a statement under way at a time. With twice as many lanes, some do while the
 * others wait for disks: to flush WAL, to sync the audit log, to commit.
 */
struct enforce_sessions {
    struct db *control;
    struct db *watch;
    struct db *const *lanes;
    int lane_count;
    int jobs;
};
enum { ENFORCE_LANES_PER_JOB = 2 };

/*
 * Carries out the steps. One step's failure never stops the others; it is told in its outcome. The
 * function itself fails when the run cannot go on: connection or audit log lost.
 */
int enforce_run(const struct enforce_sessions *sessions, struct audit_log *log, struct plan *plan,
                const struct counts *counts, const struct enforce_options *options,
                struct outcome *outcome, struct error *err);

#endif
