/*
 * explain.h - the facts that decide the fate of a table's rows, collected as sentences
 *
 * Each fact is one sentence or two with what it is about, so that people read the sentences and
 * programs go by the rest. Facts lie in the order in which they are read.
 */
#ifndef REPORT_EXPLAIN_H
#define REPORT_EXPLAIN_H

#include "report/report.h"

enum about { ABOUT_TABLE, ABOUT_RULE, ABOUT_HOLD, ABOUT_REFERENCE, ABOUT_COVERAGE, ABOUT_FINDING };

/* Everything but `text` may be NULL. */
struct fact {
    enum about about;
    const char *text; /* escaped */
    const char *rule;
    const char *hold;
    const char *table; /* another one */
    const char *foreign_key;
    const char *finding; /* its code */
    struct mark mark;    /* in the policy */
};

struct explanation {
    struct arena arena;
    const struct plan *plan;
    const struct catalog_table *table;
    const struct plan_step **steps; /* those on the table, its tree or its parts */
    size_t step_count;
    struct fact *facts;
    size_t fact_count;
};

/* Adds a fact; names in it come from explain_safe(). */
struct fact *explain_add(struct explanation *e, enum about about, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
const char *explain_safe(struct explanation *e, const char *text);
/* " (line 41)", or "" where there is no place. */
const char *explain_place(struct explanation *e, struct mark mark);

/* Whether the step is on the table, on a tree that it is a part of, or on a part of it. */
bool explain_is_on(const struct plan_step *step, const struct catalog_table *table);
bool explain_lies_in(const struct catalog_table *table, const struct catalog_table *tree);

/* One function per chapter. */
void explain_rules(struct explanation *e);
void explain_holds(struct explanation *e);
void explain_references(struct explanation *e);
void explain_coverage(struct explanation *e);

#endif
