/*
 * plan.h - what a run will do, decided before anything is done
 *
 * The plan is a pure function of policy and catalog. Steps stand in the order of execution: purges
 * before masks, children before parents. Each step carries a `row_test`, the whole condition a row
 * must meet; the statement room spells it as SQL, once for counting and once for the deed.
 * The plan points into its policy and catalog, which outlive it; the rest lies in `arena`.
 */
#ifndef PGRETAIN_PLAN_H
#define PGRETAIN_PLAN_H

#include "pgretain/catalog.h"
#include "pgretain/policy.h"

/*
 * From one row to the rows of `table` it belongs with: there[i] = here[i] for all i.
 * Column names are quoted.
 */
struct hop {
    const struct catalog_table *table; /* where the hop arrives */
    const char *const *here;
    const char *const *there;
    size_t column_count;
    bool is_closure; /* the table refers to itself: one such hop or any number of them */
};

struct plan_clock {
    enum clock_kind kind;
    /* COLUMN: one; LATEST: two or more; SQL: one that stands for the value of `sql` */
    const struct catalog_column **columns;
    size_t column_count;
    enum clock_unit unit;
    const char *sql;
    bool null_is_active;
    struct hop hop;              /* PARENT: to the parent's row */
    const struct plan_clock *of; /* PARENT: the parent's clock */
};

/*
 * One foreign key towards the held rows, where the ways there go in circles or are too many to be
 * spelled one by one: then all are climbed at once, from row to row. Those from one table stand
 * together.
 */
struct plan_climb {
    const struct catalog_table *from; /* the referring table, as declared */
    struct hop hop;
    size_t from_tree; /* number from 1 of the tree climbed from; 0: no climb arrives there */
    size_t to_tree;
    bool starts;    /* the judged rows can be rows of `from` */
    bool arrives;   /* at a table that the hold names */
    bool finds_one; /* there is at most one row to arrive at */
};

/* A hold as it reaches this table: directly (no hops), over one way of foreign keys towards the
 * held rows, or over all ways (climbs). */
struct plan_hold {
    const struct policy_hold *hold;
    const struct hop *path;
    size_t hop_count;
    const struct plan_climb *climbs;
    size_t climb_count;
};

struct row_test;

/* Referring rows that keep a row from being deleted. */
struct plan_block {
    const struct catalog_fkey *fkey;
    struct hop hop; /* from the row to the rows that refer to it */
    /*
     * A referring row does not block if it goes as well: when it meets one of these tests (its own
     * purge rules in this run, or `cascade:`).
     */
    const struct row_test **goes;
    size_t goes_count;
    /*
     * NO ACTION and RESTRICT: in the deed any referring row blocks, since those that go are gone by
     * then. CASCADE: only rows that do not go. SET NULL, SET DEFAULT: only held rows, by `held`.
     */
    const struct row_test *held;
    /* The foreign key refers to its own table: what counts is everything below the row, and in the
     * deed of NO ACTION and RESTRICT rows go from the leaves up, pass by pass. */
    bool is_self;
};

/*
 * One foreign key of a circle, from a row to those that refer to it. They go with the row, in one
 * statement, if each meets one of the tests, of which what lies in the circle is no part.
 */
struct plan_descent {
    const struct catalog_fkey *fkey;
    struct hop hop;
    size_t from_tree, to_tree; /* numbers from 1 of the circle's trees */
    const struct row_test **goes;
    size_t goes_count;
};

/*
 * Tables that refer to one another by foreign keys that block or cascade. A row goes only if every
 * row does that lies below it in the circle, however deep. Descents from one table stand together.
 */
struct plan_circle {
    const struct catalog_table *const *trees;
    size_t tree_count;
    const struct plan_descent *descents;
    size_t descent_count;
};

/* What must be true of a row; every part absent where the policy says nothing. */
struct row_test {
    const struct catalog_table *table; /* columns and alias */
    const struct plan_clock *clock;    /* NULL: age does not matter */
    const struct catalog_cutoff *cutoff;
    const char *only;
    const char *unless;
    const struct plan_hold *holds;
    size_t hold_count;
    const struct plan_block *blocks;
    size_t block_count;
    const struct plan_circle *circle; /* the table lies in one; or NULL */
    bool is_counted; /* these rows go by a statement of their own, never by cascade: SUMMARISE */
    const char
        *except_oids; /* partitions that belong to other rules, as an oid[] literal, or NULL */
};

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

/* Something a person should know. Codes are stable and listed in the manual. */
struct finding {
    const char *code;
    enum severity severity;
    const char *rule;  /* or NULL */
    const char *table; /* or NULL */
    const char *hold;  /* id, or NULL */
    struct mark mark;  /* in the policy file */
    const char *message;
    const char *hint; /* or NULL */
    int64_t rows;     /* that it is about; 0 where it is not about a number of rows */
};

/* What a step leaves of the person in a row. The weakest part of the row decides. */
struct plan_label {
    enum mask_label value;
    const char *why;    /* one line */
    const char **keeps; /* subject keys that stay in the row, as schema.table.column */
    size_t keep_count;
};

enum strategy {
    STRATEGY_BLOCK_RANGES, /* over the blocks that due rows lie in */
    STRATEGY_CLOCK_SLICES, /* along an index on the clock */
    STRATEGY_PARTITION,    /* whole partitions, and block ranges over the others */
};

/* A column that groups are told apart by. */
struct plan_by {
    const struct catalog_column *from, *to;
    bool is_text; /* `to`: the row of small groups has the word other there, else NULL */
};

struct plan_measure {
    enum measure_kind kind;
    const struct catalog_column *from; /* NULL for COUNT */
    const struct catalog_column *to;
};

/* A policy_summary on real tables: `from` is a column of the row, `to` one of `into`. */
struct plan_summary {
    const struct catalog_table *into;
    enum period period;
    const struct catalog_column *period_column;
    const struct plan_by *by;
    size_t by_count;
    const struct plan_measure *measures;
    size_t measure_count;
    int64_t minimum;
    const char *leaf_oids; /* the step's leaves as an oid[] literal; NULL where it has no others */
};

struct plan_step {
    const struct policy_rule *rule;
    const char *rule_id; /* unique in the plan; a pattern's rule adds "@schema.table" */
    const struct catalog_table *table; /* as the rule names it; its leaves are what is changed */
    enum action action;
    enum strategy strategy;
    const char *why;    /* the strategy's reason, one line */
    bool counts_places; /* the count asks where due rows lie: block ranges, unless everywhere */
    struct row_test *test;
    const struct plan_summary *summary; /* SUMMARISE, unless it is refused */
    bool selected; /* not narrowed away; the others are dropped once the plan is built */
    /* Earlier purges on the same table in this run: their rows are not counted again here. */
    const struct row_test **earlier;
    size_t earlier_count;
    const struct catalog_table **cascades; /* tables that ON DELETE CASCADE may reach, any depth */
    size_t cascade_count;
    /* Partitions, leaves or not, that lie wholly before the cutoff and may be dropped if all of
     * their rows are due. */
    const struct catalog_table **whole;
    size_t whole_count;
    const struct catalog_table **leaves; /* what is changed: the table's leaves less `except:` */
    size_t leaf_count;
    struct plan_label label;
    const char *refused; /* code of the finding that keeps this step from running, or NULL */
    struct mark mark;
};

/* A table with rows that one hold keeps, and what would become of them without it. */
struct plan_kept {
    const struct catalog_table *table;
    const struct row_test *held; /* of this test only the holds count, and all are the one hold */
    const struct plan_step **takers; /* steps of a plan without the hold */
    size_t taker_count;
    bool is_readable; /* this role may read all that has to be read to tell */
};

/* Rows of such a table. Not counted is -1. */
struct kept_counts {
    int64_t direct;   /* named by the hold */
    int64_t followed; /* only by following foreign keys */
    int64_t due;      /* of both, those that some taker would take */
};

/* Flags that limit a run to a part of the policy; NULL means all. */
struct narrowing {
    const char *const *tables;
    size_t table_count;
    const char *const *categories;
    size_t category_count;
    const char *const *rules;
    size_t rule_count;
};

struct plan {
    struct arena arena;
    const struct policy *policy;
    const struct catalog *catalog;
    struct narrowing narrowing;
    int64_t left_out;  /* steps that it leaves out */
    bool trust_owners; /* --trust-owners */
    /* per hold of the policy, per table of the catalog: whether the hold names the table or one it
     * is a part of or, where it follows, foreign keys lead from it to such a table */
    const bool **hold_reaches;
    struct plan_families *families; /* private to the plan room, as the next */
    const struct plan_component **components;
    struct plan_step *steps;
    size_t step_count;
    struct finding *findings;
    size_t finding_count;
    char digest[SHA256_HEX]; /* "" until statement_digest() */
};

/* The rows of one leaf, and where its due rows lie: blocks [first, end); an end of -1 is its own.
 */
struct extent {
    const struct catalog_table *leaf;
    int64_t due, other;
    int64_t first_block, end_block;
};

/* Rows of one step, by class; a row is in exactly one. Not counted is -1. */
struct counts {
    int64_t rows; /* in the table */
    int64_t due, held, blocked, excluded, undecided, undated, active, future;
    int64_t done;        /* masks only: past the cutoff and already masked */
    int64_t bytes;       /* estimated size of the due rows */
    char oldest[16];     /* date of the oldest dated row not yet done, "" if none */
    char oldest_due[16]; /* likewise, of those due */
    bool timed_out;
    char sqlstate[6];    /* what an expression of the policy raised on some row, or "" */
    bool rows_estimated; /* young rows were not counted: `rows` is what statistics say */
    struct extent
        *extents; /* of leaves with rows; one per leaf; in the arena the counts were made with */
    size_t extent_count;
};

/* The first error that keeps the hold, and with it every run, from working; or NULL. */
const struct finding *plan_hold_problem(const struct plan *plan, const struct policy_hold *hold);

const char *severity_name(enum severity severity);
const char *strategy_name(enum strategy strategy);

#endif
