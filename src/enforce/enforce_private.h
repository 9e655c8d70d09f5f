/* enforce_private.h - what the files of this room share */
#ifndef ENFORCE_ENFORCE_PRIVATE_H
#define ENFORCE_ENFORCE_PRIVATE_H

#include "base/buffer.h"
#include "enforce/enforce.h"

/* Keys of the two advisory locks: "pgrt" and a number. */
#define RUN_LOCK "1885827700, 1"
#define LANE_LOCK "1885827700, 2"

/* A tuple id as one number, so that ranges can be halved: block * 65536 + offset. */
enum { OFFSETS_PER_BLOCK = 65536 };

/* Everything a step's batches need; lives as long as the step. */
struct worker {
    struct db *control;
    struct db *lane;
    struct audit_log *log;
    const struct plan *plan;
    const struct plan_step *step;
    size_t step_number;
    const struct counts *counts;
    const struct enforce_options *options;
    struct outcome *outcome;
    struct step_outcome *result;
    const struct catalog_table *table;          /* whose rows go: a leaf, or a summary's tree */
    const struct catalog_table *const *watched; /* what must still be as it was planned */
    size_t watched_count;
    const char **values; /* parameters of the prepared deed */
    int value_count;
    char range[80]; /* what the batch is about, for the audit log */
    /* The leaves that cascades may reach, as an oid[] literal, and for each the number of its table
     * among step->cascades, as an int[] literal. NULL where nothing cascades. */
    const char *cascade_oids;
    const char *cascade_numbers;
    int64_t *cascaded;  /* per element of step->cascades: rows the current batch deletes there */
    bool peels;         /* rows go from the leaves up: passes go on while they find some */
    double first_write; /* monotonic seconds; 0 before the first change */
    double last_commit;
    int64_t done_blocks, total_blocks;
    bool repeat; /* something changed under us: another pass is worth it */
};

enum batch_verdict {
    BATCH_DONE,    /* committed, or nothing to do */
    BATCH_RETRY,   /* somebody else's change came in between: again, with a fresh snapshot */
    BATCH_HALVE,   /* took too long or met a locked row */
    BATCH_STOP,    /* this step cannot go on; result->state and reason are set */
    BATCH_ABANDON, /* the run cannot go on: connection or audit log lost */
};

/* One transaction: the statement prepared as "deed" with the worker's values. */
enum batch_verdict enforce_batch(struct worker *worker, struct error *err);

/* The same, again while somebody's change comes in between; BATCH_RETRY when that does not end. */
enum batch_verdict enforce_persist(struct worker *worker, struct error *err);

/* Prepares a statement as "deed", with its own values for the worker; they lie in `arena`. */
int enforce_prepare(struct worker *worker, const struct sql *sql, struct arena *arena,
                    struct error *err);
/* Forgets it. */
int enforce_unprepare(struct worker *worker, struct error *err);
/* This step cannot go on; the first reason counts. */
void enforce_give_up(struct worker *worker, const struct error *why);
void enforce_tell(struct worker *worker);

/* Every period of a summary. */
enum batch_verdict enforce_slices(struct worker *worker, struct error *err);

/* All leaves of the worker's step. Fails only when the run cannot go on. */
int enforce_step(struct worker *worker, struct error *err);

#endif
