/*
 * governor.h - when no new batch may begin, and why (private to this room)
 *
 * Samples the server once a second on a session of its own: how far replicas have replayed, how
 * many WAL segments wait to be archived, how fast WAL grows, how long a commit takes, and how many
 * transactions others commit. The lag of a replica is told by our own clock: the age of the newest
 * sampled WAL position that it has replayed; pg_stat_replication.replay_lag stands still when
 * nothing is replayed. A signal that was asked for and cannot be read holds the run.
 */
#ifndef ENFORCE_GOVERNOR_H
#define ENFORCE_GOVERNOR_H

#include "db/db.h"
#include "enforce/enforce.h"

enum { GOVERNOR_SAMPLES = 1024, GOVERNOR_REASON = 160 };

struct governor {
    struct db *db;
    struct governor_options options;
    /* the newest WAL positions and when they were seen, as a ring */
    struct {
        double at;
        double position;
    } samples[GOVERNOR_SAMPLES];
    size_t sample_count; /* ever */
    bool is_asking;
    bool is_probing;
    double asked_at, next_at;
    double wal_debt;              /* bytes above the rate, yet to be waited for */
    double rows_until;            /* when the rows so far are within the rate */
    double latency_ms;            /* of a commit, smoothed; 0: not known yet */
    double others_per_second;     /* transactions of others */
    struct traffic traffic;       /* at the latest sample */
    struct traffic own;           /* since then, ours */
    char reason[GOVERNOR_REASON]; /* "": batches may begin */
};

void governor_init(struct governor *governor, struct db *db, const struct governor_options *options,
                   const struct traffic *before, int lanes);

/* Whether the first sample is there; no batch should begin before. */
bool governor_is_ready(const struct governor *governor);

/* Why no batch may begin now, or NULL. */
const char *governor_holds(struct governor *governor, double now);

/* A transaction of ours begins, which takes a transaction id. */
void governor_expect(struct governor *governor);
/* A batch of ours was committed. */
void governor_note(struct governor *governor, int64_t rows, double now);

/* How long a batch should take now: shorter while others are at work. */
int governor_batch_ms(const struct governor *governor, int batch_ms);
/* How many of `jobs` statements may be under way at a time. */
int governor_jobs(const struct governor *governor, int jobs);
/* How long no batch should begin after one of so many seconds. */
double governor_rest(const struct governor *governor, double seconds);

/*
 * Takes what the server has counted so far, for how many transactions others commit a second.
 * Sessions report theirs once a second at most, so what ours have not reported yet is not expected
 * less for that at the next sample.
 */
void governor_see(struct governor *governor, const struct traffic *now);

/* What vacuum_cost_delay should be while the table is analysed. */
int governor_analyze_delay_ms(const struct governor *governor);

/* Asks when it is time to; whether an answer is awaited; takes the answer. -1: connection lost. */
int governor_ask(struct governor *governor, double now, struct error *err);
bool governor_waits(const struct governor *governor);
int governor_answer(struct governor *governor, double now, struct error *err);

#endif
