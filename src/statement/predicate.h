/*
 * predicate.h - a row_test as SQL conditions (private to this room)
 */
#ifndef STATEMENT_PREDICATE_H
#define STATEMENT_PREDICATE_H

#include "base/sql.h"
#include "mask/mask.h"
#include "pgretain/plan.h"

/* What the conditions are for: in the deed, children that had to go first are gone. */
enum purpose { FOR_COUNTING, FOR_THE_DEED };

struct writer {
    struct sql *sql;
    const struct catalog *catalog;
    enum purpose purpose;
    bool
        in_circle; /* inside a recursion over the table's own circle, which judges the rest of it */
};

/* `EXISTS (SELECT FROM …` to the end of the join condition, without the closing bracket; and the
 * part from FROM on. The row arrived at is visible under hop->table->alias. */
void write_hop(struct writer *w, const struct hop *hop, const char *alias);
void write_hop_from(struct writer *w, const struct hop *hop, const char *alias);

/* `((expression) VERDICT)`, on lines of its own. */
void write_expression(struct writer *w, const char *expression, const char *verdict);
/* Whether the hold's climbs lead from the row visible as `alias` to a held one; never NULL. */
void write_climb(struct writer *w, const struct plan_hold *hold, const char *alias);

/* Whether a row below the one visible as `alias`, in the circle of the test's table, would stay. */
void write_circle(struct writer *w, const struct row_test *test, const char *alias);
/* The deed of a step in a circle, before and after the condition on the rows of the leaf. */
void circle_write_head(struct writer *w, const struct plan_step *step,
                       const struct catalog_table *leaf);
void circle_write_deletes(struct writer *w, const struct plan_step *step);

/* `alias.column = keys.pgretain_key_N AND …`, and `SELECT alias.column AS pgretain_key_N, …` over
 * the columns a hop starts from. */
void write_equal(struct writer *w, const char *alias, const char *const *columns, const char *keys,
                 size_t count);
void write_keys(struct writer *w, const char *alias, const struct hop *hop);
/* The same row under another name, from the bracket to `WHERE true`. */
void write_renamed(struct writer *w, const char *alias, const char *name);

/* Conditions on the row visible as `alias`; each may be NULL unless it says otherwise. */
void write_dated(struct writer *w, const struct plan_clock *clock, const char *alias);
void write_past(struct writer *w, const struct row_test *test, const char *alias);
/* The clock lies in [from, to): it is past `to` and not past `from`, in its own type. */
void write_slice(struct writer *w, const struct plan_clock *clock, const struct slice *slice,
                 const char *alias);
/* The cutoff as the moment that clocks are compared with. */
struct moment clock_end(const struct catalog_cutoff *cutoff);
/* Of a clock of columns: every one that is set lies before the end. */
void write_before(struct writer *w, const struct plan_clock *clock, const struct moment *end,
                  const char *alias);
void write_active(struct writer *w, const struct plan_clock *clock, const char *alias);
void write_future(struct writer *w, const struct plan_clock *clock, const char *alias);
/* The clock's date, for the oldest row. */
void write_clock_date(struct writer *w, const struct plan_clock *clock, const char *alias);
/* That date, or what sorts like it and can be cast to it: a cast for each row costs time. */
void write_clock_sortable(struct writer *w, const struct plan_clock *clock, const char *alias);

/* Whether any masked column still holds what it should not. */
void write_todo(struct writer *w, const struct plan_step *step, const struct mask_key *key);

/* These are never NULL. */
void write_in_scope(struct writer *w, const struct row_test *test);
void write_undecided(struct writer *w, const struct row_test *test);
void write_held(struct writer *w, const struct row_test *test, const char *alias);
void write_blocked(struct writer *w, const struct row_test *test, const char *alias);
/* What a row is to a step, in the order in which it is found out. */
enum row_class {
    ROW_ACTIVE = 1,
    ROW_UNDATED,
    ROW_FUTURE,
    ROW_YOUNG,
    ROW_DONE,
    ROW_GONE, /* by an earlier step */
    ROW_HELD,
    ROW_UNDECIDED,
    ROW_EXCLUDED,
    ROW_BLOCKED,
    ROW_DUE
};
/* A CASE expression over the row visible as the step's own table: a row_class. Numbers are cheaper
 * to group by than names. */
void write_class(struct writer *w, const struct plan_step *step, const struct mask_key *key);
/* Whether that is ROW_DUE, of a row that is visible under another name than the step's own table.
 */
void write_due(struct writer *w, const struct plan_step *step, const struct mask_key *key,
               const char *alias);
/* The condition behind ` AND ` or ` WHERE `, where some partitions belong to other rules. */
void write_not_excepted(struct writer *w, const char *before, const struct row_test *test,
                        const char *alias);
/* Past, in scope, not held and not blocked. The row may be visible under another name than the
 * test's own table. */
void write_goes(struct writer *w, const struct row_test *test, const char *alias);

#endif
