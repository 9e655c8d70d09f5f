/*
 * enforce_private.h - what the files of this room share
 *
 * A run is a set of steps under way (struct stage), each cut into pieces, and lanes that take range
 * after range from the pieces. Nothing waits but poll(2) in loop.c.
 */
#ifndef ENFORCE_ENFORCE_PRIVATE_H
#define ENFORCE_ENFORCE_PRIVATE_H

#include "base/buffer.h"
#include "enforce/enforce.h"
#include "enforce/governor.h"

/* Keys of the two advisory locks: "pgrt" and a number. */
#define RUN_LOCK "1885827700, 1"
#define LANE_LOCK "1885827700, 2"

/*
 * A part of a leaf: [from, to). Positions are numbers that can be halved: of block ranges the tuple
 * id as block * 65536 + offset, of clock slices what statement_position() says.
 */
struct range {
    int64_t from, to;
};

/* A range that failed is halved, and each half again: never more than this at a time. */
enum { MOST_HALVES = 96 };

/* What one lane works through. */
struct piece {
    struct leaf_work *leaf;
    struct lane *owner; /* or NULL: free */
    int64_t next, end;
    int64_t size;     /* of the next range */
    bool is_unseen;   /* of slices: its ends are not known before a look at the index */
    bool is_finished; /* kept, since lanes and stages point at it */
    struct range halves[MOST_HALVES];
    size_t half_count;
};

/* One leaf of a stage and the statements that do it; or a whole partition, STRATEGY_PARTITION. */
struct leaf_work {
    struct stage *stage;
    const struct catalog_table *leaf;
    enum strategy strategy;
    struct sql deed; /* made when first needed; its first two parameters are the range */
    struct sql skipping_deed,
        left; /* without rows that others hold locked, and how many those are */
};

enum stage_state {
    STAGE_WAITING,  /* for steps before it */
    STAGE_WORKING,  /* pieces are left */
    STAGE_COUNTING, /* fewer rows changed than were due: what is left, and where? */
    STAGE_ANALYZING,
    STAGE_ENDED,
};

/* A step of the plan on its way through the run. */
struct stage {
    const struct plan_step *step;
    size_t number; /* of the step, its counts and its outcome */
    enum stage_state state;
    const struct counts *planned;
    struct counts counts; /* as of the latest count */
    struct step_outcome *result;
    struct arena arena;
    struct slice *slices; /* of a summary: its periods, oldest first */
    size_t slice_count;
    struct piece **pieces;
    size_t piece_count, piece_next; /* those before piece_next are finished or have an owner */
    bool *related;                  /* tables; made when first asked for */
    int pass;
    int64_t changed_before; /* this pass */
    bool is_cut_short;      /* some of its pieces were not done to their end */
    bool halted;            /* nothing more is begun: it failed, was refused, or the run stops */
    double first_write;     /* monotonic seconds; 0 before the first change */
    double last_commit;
    int64_t done_blocks, total_blocks;
    /* The leaves that cascades may reach, as an oid[] literal, and for each the number of its table
     * among step->cascades, as an int[] literal. NULL where nothing cascades. */
    const char *cascade_oids;
    const char *cascade_numbers;
};

enum lane_state {
    LANE_IDLE,
    LANE_LOOKING,  /* for the ends of a piece of slices */
    LANE_DEED,     /* the statement and what is asked along with it */
    LANE_READY,    /* to be committed, once the WAL that holds its transaction id is flushed */
    LANE_COMMIT,   /* COMMIT was sent */
    LANE_ROLLBACK, /* ROLLBACK was sent; `fate` says what then */
    LANE_PAUSE,    /* before another try of the same range */
    LANE_COUNT,    /* counts a stage again */
    LANE_ANALYZE,
    /* of a whole partition, see partition.c */
    LANE_DETACH,
    LANE_PROOF,
    LANE_DROP,
    LANE_GIVE_UP,
    LANE_ATTACH,
};

/* Of the WAL that holds a lane's transaction id. */
enum flush { FLUSH_NONE, FLUSH_WANTED, FLUSH_UNDERWAY, FLUSH_DONE };

/* What becomes of a range after its transaction was rolled back. */
enum fate {
    FATE_DONE,  /* nothing was to do, or nothing more is to be done */
    FATE_RETRY, /* somebody else's change came in between: again, with a fresh snapshot */
    FATE_HALVE, /* took too long or met a locked row */
};

/* One session that does batches. */
struct lane {
    struct engine *engine;
    struct db *db;
    int number; /* from 1 */
    enum lane_state state;
    struct stage *stage; /* NULL while idle, unless a piece is its own */
    struct piece *piece;
    struct range range;
    enum flush flush;
    bool is_detached; /* its partition; a forced one never is */
    bool was_cancelled;
    bool skips_locked; /* rows that others hold locked are left out this time */
    int attempt;
    enum fate fate;
    struct error why; /* of the fate */
    double started;   /* the batch: monotonic seconds */
    double worked;    /* what its statement took, seconds */
    double resume_at; /* LANE_PAUSE */
    /* the deed, before COMMIT */
    int64_t rows, cascaded, locked;
    int64_t *cascades; /* per element of step->cascades; in the stage's arena */
    char xid[24];
    char shown_range[80];
    int64_t next_position; /* of slices: where the next row is; -1: not asked */
    int64_t intent;
};

struct engine {
    struct db *control;
    struct governor governor;
    const char *stopping; /* why the run ends early, see struct outcome; NULL while it goes on */
    double turned_at;     /* the loop's latest turn, monotonic seconds */
    double rests_until;   /* so that others get their turn */
    bool is_resting;      /* during the latest turn */
    bool is_flushing;
    double flushed_at;
    int64_t flushed_to;            /* position in the WAL, in bytes */
    struct stage *waits_for_audit; /* the one whose lane kept the latest turn waiting, if any did */
    struct lane *lanes;
    int lane_count;
    int jobs; /* lanes that may have a statement under way */
    struct audit_log *log;
    struct plan *plan;
    const struct enforce_options *options;
    struct outcome *outcome;
    struct stage *stages;
    size_t first_stage; /* those before it have ended */
};

/* loop.c: everything until no lane has anything left to do. Fails when the run cannot go on. */
int engine_loop(struct engine *engine, struct error *err);

/*
 * lane.c. Each fails only when the run cannot go on: the connection or the audit log is lost. The
 * first four are called when the lane is idle and work is its own.
 */
int lane_look(struct lane *lane, struct error *err);
int lane_try(struct lane *lane, struct error *err);
int lane_count(struct lane *lane, struct error *err);
int lane_analyze(struct lane *lane, struct error *err);
/* A statement of an exchange; the second frees it. The last ends the exchange, whose answers the
 * lane waits for in that state. */
int lane_send_text(struct lane *lane, const char *sql, struct error *err);
int lane_send_sql(struct lane *lane, struct sql *sql, struct error *err);
int lane_send_end(struct lane *lane, enum lane_state state, struct error *err);
/* What the lane waited for has arrived. */
int lane_advance(struct lane *lane, struct error *err);
/* LANE_DEED: whether its transaction id is known to be given out, long before the statement ends.
 */
bool lane_has_xid(const struct lane *lane);
/* LANE_READY, once the flush is through: first every lane's intent, then one sync, then this. */
int lane_write_intent(struct lane *lane, struct error *err);
int lane_commit(struct lane *lane, struct error *err);

/* deed.c: makes a session ready for lane_try(). */
int deed_prepare(struct db *db, struct error *err);
/* What comes back for lane_try(), and whether the tables are still what was planned; and
 * the ends of a piece of slices. */
int deed_receive(struct lane *lane, bool *ret_same, struct error *err);
int deed_receive_look(struct lane *lane, int64_t *ret_first, int64_t *ret_last, struct error *err);

/* brake.c: whether the lane's rows may go as far as the brake is concerned; and whether they would
 * go beyond --max-rows. */
bool lane_is_within(const struct lane *lane, struct error *why);
bool lane_is_beyond_end(const struct lane *lane);

/* pieces.c: the pieces of a pass; one that nobody has, or NULL; half of the largest one that a lane
 * has before it, if that is worth while, or NULL. */
void pieces_make(struct engine *engine, struct stage *stage);
struct piece *pieces_free_one(struct stage *stage);
struct piece *pieces_split_largest(struct engine *engine);
/* The statements of a leaf that no lane works on. */
void pieces_free_statements(const struct engine *engine, struct leaf_work *leaf);
/* Those of all its pieces, when a run ends with lanes at work. */
void pieces_free(struct stage *stage);

/* partition.c: finishes detaches that others began and that would keep ours waiting, before any
 * lane begins; one that cannot be finished is told by the step that it stops. */
void partition_finish_pending(const struct engine *engine);
/* Takes the lane's partition away; the others are its states' answers. */
int partition_begin(struct lane *lane, struct error *err);
int partition_detached(struct lane *lane, struct error *err);
int partition_proved(struct lane *lane, struct error *err);
int partition_dropped(struct lane *lane, struct error *err);
int partition_given_up(struct lane *lane, struct error *err);
int partition_attached(struct lane *lane, struct error *err);
int partition_commit_failed(struct lane *lane, const struct error *why, struct error *err);

/* summary.c: the lane's step is a summary; then its ranges are periods, and these stand in for what
 * other steps do. */
bool summary_is_one(const struct lane *lane);
int summary_look(struct lane *lane, struct error *err);
int summary_looked(struct lane *lane, struct error *why);
int summary_send(struct lane *lane, struct error *err);
/* How many rows were deleted; fails where the statistics did not take every group. */
int summary_rows(const struct lane *lane, const struct db_result *r, int64_t *ret_rows,
                 struct error *err);
void summary_too_long(const struct lane *lane, struct error *why);
/* The step goes on with the next period. */
void summary_leave(struct lane *lane);

/* stage.c: gives an idle lane something to do, if there is anything. */
int stage_assign(struct engine *engine, struct lane *lane, struct error *err);
/* The lane's range is done, and with it perhaps its piece, its pass and its stage. */
int stage_range_done(struct lane *lane, double seconds, struct error *err);
/* The lane's range is to be done in two halves, or its one row is left. */
int stage_halve(struct lane *lane, struct error *err);
/* Tells the caller how far it has come. */
void stage_tell(const struct engine *engine, const struct stage *stage);
/* Nothing more is begun in this stage, and its outcome says why. */
void stage_halt(struct stage *stage, enum step_state state, const struct error *why);
/* `counts` is NULL where they could not be had. */
int stage_counted(struct lane *lane, const struct counts *counts, struct error *err);
int stage_analyzed(struct lane *lane, struct error *err);
/* Whatever has not ended when no lane works any more. */
int stages_end(struct engine *engine, struct error *err);

/* range.c: the arithmetic of ranges; the strategy tells what a position is. */
int64_t range_of_block(int64_t block);
struct range range_take(struct piece *piece);
bool range_is_smallest(enum strategy strategy, const struct range *range);
int64_t range_middle(enum strategy strategy, const struct range *range);
int64_t range_first_size(const struct piece *piece, const struct engine *engine);
/* The size of the next range after one of `size` took `seconds`. */
int64_t range_next_size(enum strategy strategy, int64_t size, double seconds, int batch_ms);
/* The size that would have held `most_rows` where one of `size` held more. */
int64_t range_size_for_rows(enum strategy strategy, int64_t size, int64_t rows, int64_t most_rows);

/* recover.c: by the name that the log has; or NULL. */
const struct catalog_table *recover_find_table(const struct catalog *catalog, const char *text);

/* recount.c: how many of the intent's rows may be due still; -1 where its rule or table is not
 * there, or counting fails. Fails when the connection is lost. */
int recount_due(struct db *control, const struct plan *plan, const struct mask_key *key,
                const struct audit_intent *intent, int64_t *ret_rows, struct error *err);

/* records.c: one audit record each. */
int record_run_begin(struct audit_log *log, const struct plan *plan,
                     const struct enforce_options *options, struct error *err);
int record_findings(struct audit_log *log, const struct plan *plan, struct error *err);
int record_torn(struct audit_log *log, struct error *err);
int record_step_begin(struct audit_log *log, const struct stage *stage, struct error *err);
int record_step_end(struct audit_log *log, const struct stage *stage, struct error *err);
int record_intent(struct audit_log *log, const struct lane *lane, int64_t *ret_seq,
                  struct error *err);
int record_commit(struct audit_log *log, const struct lane *lane, struct error *err);
int record_abort(struct audit_log *log, const struct lane *lane, const char *sqlstate,
                 struct error *err);
int record_detach(struct audit_log *log, const struct lane *lane, struct error *err);
/* As "attach": the partition is attached again, or still. As "gone": it is there no more. */
int record_detached_end(struct audit_log *log, const char *kind, const char *rule,
                        const char *partition, struct error *err);
int record_run_end(struct audit_log *log, const struct outcome *outcome, struct error *err);

#endif
