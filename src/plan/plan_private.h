/* plan_private.h - what the files of this room share */
#ifndef PLAN_PLAN_PRIVATE_H
#define PLAN_PLAN_PRIVATE_H

#include "plan/plan.h"

/* Adds a finding. `step` may be NULL; an error refuses it. Returns the finding for its hint. */
struct finding *plan_add_finding(struct plan *plan, struct plan_step *step, enum severity severity,
                                 const char *code, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* An error about another place than the step's own. */
struct finding *plan_refuse(struct plan *plan, struct plan_step *step, struct mark mark,
                            const char *code, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* A column that the policy names at `mark`; NULL, with a finding, where there is none. */
const struct catalog_column *plan_find_column(struct plan *plan, struct plan_step *step,
                                              const struct catalog_table *table, const char *name,
                                              struct mark mark);
/* Whether a column's base type is one of those in `types`, each with a space on both sides. */
bool plan_has_type(const struct catalog_column *column, const char *types);

/* Whether rows of the table are people. */
bool plan_is_subject(const struct policy *policy, const struct catalog_table *table);

/* Whether a foreign key on `declared` concerns the rows of `table`: it is the table itself, one it
 * is a part of, or a part of it. */
bool plan_concerns(const struct catalog_table *declared, const struct catalog_table *table);
/* Whether `table` is `tree` or lies below it. */
bool plan_lies_in(const struct catalog_table *table, const struct catalog_table *tree);

/* Its place among the catalog's tables. */
size_t plan_table_number(const struct plan *plan, const struct catalog_table *table);

/* Foreign keys and steps in the order of the catalog and the plan. */
struct plan_fkeys {
    const struct catalog_fkey *const *items;
    size_t count;
};
struct plan_steps {
    struct plan_step *const *items;
    size_t count;
};

/* To be called whenever the steps have moved. */
void plan_index_steps(struct plan *plan);
/* Foreign keys whose child, or parent, concerns the table. */
struct plan_fkeys plan_fkeys_from(const struct plan *plan, const struct catalog_table *table);
struct plan_fkeys plan_fkeys_to(const struct plan *plan, const struct catalog_table *table);
/* Steps on the table or on one that it is a part of; and those on its parts, too. */
struct plan_steps plan_steps_above(const struct plan *plan, const struct catalog_table *table);
struct plan_steps plan_steps_concerning(const struct plan *plan, const struct catalog_table *table);

/* Steps whose clock is that of another row, which can be of any table. */
struct plan_steps plan_parent_clocks(const struct plan *plan);

/* Trees that refer to one another by foreign keys that block or cascade, and those keys, ordered by
 * the table they refer to. */
struct plan_component {
    const struct catalog_table **trees;
    size_t tree_count;
    const struct catalog_fkey **fkeys;
    size_t fkey_count;
};

/* component.c: finds all of them; that of a table, or NULL; whether two tables share one. */
void plan_find_components(struct plan *plan);
const struct plan_component *plan_component_of(const struct plan *plan,
                                               const struct catalog_table *table);
bool plan_share_component(const struct plan *plan, const struct catalog_table *a,
                          const struct catalog_table *b);
/* The place of the table's tree in the component, from 1. */
size_t plan_tree_number(const struct plan_component *component, const struct catalog_table *table);

/* Whether the name stands for several tables. */
bool plan_is_pattern(const struct table_name *name);

/* Marks the steps that the flags select; EXIT_USAGE where a flag matches nothing. The others go,
 * with their findings, once the plan is built. */
int plan_narrow(struct plan *plan, const struct narrowing *narrowing, struct error *err);
void plan_drop_unselected(struct plan *plan);

/* What each step leaves of a person, and whether its rule says so. */
void plan_check_labels(struct plan *plan);

/* Overlapping and shadowed rules, and pseudonyms that nothing ends; after the labels. */
void plan_check_pairs(struct plan *plan);
bool plan_same_clock(const struct plan_clock *a, const struct plan_clock *b);

/* Whether the server took an expression of the policy; a finding where it did not. */
bool plan_accepts_expression(struct plan *plan, struct plan_step *step, const char *key,
                             const char *expression, const struct catalog_table *table);
/* Resolves a rule's clock; NULL, with a finding, where that is impossible. */
const struct plan_clock *plan_resolve_clock(struct plan *plan, struct plan_step *step,
                                            const struct policy_clock *clock,
                                            const struct catalog_table *table);

/* A finding where the clock's unit makes no dates of the column's values. */
void plan_check_unit(struct plan *plan, struct plan_step *step, const struct policy_clock *clock,
                     const struct catalog_table *table, const struct catalog_column *column);
/* Whether the clock of a rule on `table` reads a column of `written`, on the way to the parent's
 * row or as the clock itself. */
enum reading { READS_NOT, READS_MAYBE, READS_SURELY };
enum reading plan_clock_reads(const struct plan *plan, const struct policy_clock *clock,
                              const struct catalog_table *table,
                              const struct catalog_table *written, const char *column);
/* Calls `visit` with the step itself and all others whose clock could read its table. */
void plan_visit_clocks(struct plan *plan, struct plan_step *step, const void *context,
                       void (*visit)(struct plan *, struct plan_step *step,
                                     const struct plan_step *timed, const void *context));

/* The table itself, or one it is a part of, that the hold names; or NULL. */
const struct catalog_table *plan_held_table(const struct policy_hold *hold,
                                            const struct catalog_table *table);
/* Sets plan->hold_reaches. */
void plan_find_reaches(struct plan *plan);
/* One hold, by number, as far as it reaches the rows of `test->table`. */
void plan_resolve_hold(struct plan *plan, struct row_test *test, size_t number);
/* A table that the test's holds from this one on read and the role may not; or NULL. */
const struct catalog_table *plan_unreadable(const struct row_test *test, size_t first_hold);
/* All holds that reach the rows of `test->table`. What the role may not read on the way there
 * refuses the step. */
void plan_resolve_holds(struct plan *plan, struct plan_step *step, struct row_test *test);
/* Problems of the holds themselves; an error refuses every step. */
void plan_check_holds(struct plan *plan);
/* Tables with a rule that a hold, given by number, does not reach: over foreign keys if it followed
 * them, or over columns that look like one. */
void plan_check_forgotten(struct plan *plan, size_t hold);
void plan_check_soft_links(struct plan *plan, size_t hold);

/* Foreign keys that could keep rows from being deleted, or delete and change others. The step's
 * children must have been resolved before. */
void plan_resolve_references(struct plan *plan, struct plan_step *step);
/* Parts of that for circle.c: what is to be said of one foreign key, a table that the step's rows
 * take along, and the test of rows that follow because the step's rule says `cascade:`, without the
 * circle they may lie in; NULL where it does not. */
void plan_check_reference_index(struct plan *plan, struct plan_step *step,
                                const struct catalog_fkey *fkey);
void plan_check_cascade(struct plan *plan, struct plan_step *step, const struct catalog_fkey *fkey,
                        bool is_named);
void plan_add_cascade(struct plan *plan, struct plan_step *step, const struct catalog_table *table);
const struct row_test *plan_following_test(struct plan *plan, struct plan_step *step,
                                           const struct catalog_table *child, int depth);

/* circle.c: whether the foreign key lies in a circle that rows go from as a whole; the circle of
 * the test's table, if it lies in one; and what the steps of a circle have to agree on, once all of
 * them are resolved. */
bool plan_is_in_circle(const struct plan *plan, const struct catalog_fkey *fkey,
                       const struct catalog_table *table);
void plan_resolve_circle(struct plan *plan, struct plan_step *step, struct row_test *test,
                         int depth);
void plan_close_circle(struct plan *plan, struct plan_step *step);

/* Puts the steps into the order of execution. */
void plan_order_steps(struct plan *plan);

/* How the step's rows are reached, and why. */
void plan_choose_strategy(struct plan *plan, struct plan_step *step);

/* citus.c: what a step on a table of Citus cannot do; comes after the references. */
void plan_check_citus(struct plan *plan, struct plan_step *step);
const char *plan_citus_kind(const struct catalog_table *table);

/* Table kind, privileges, masks, triggers: what a write would run into. */
void plan_check_shape(struct plan *plan, struct plan_step *step);
/* Whether each mask of the step can stand on its column, in the table and in all its parts. */
void plan_check_masks(struct plan *plan, struct plan_step *step);
/* Whether it is for the mask on this column to keep rows apart under a key: not if another masked
 * column of the key is then NULL or a fresh token in each row. */
bool plan_relies_on(const struct catalog_key *key, const struct catalog_column *column,
                    const struct policy_rule *rule, const struct catalog_table *table);
/* Findings about what the server did not take of a mask in one table; always true. */
bool plan_check_verdicts(struct plan *plan, struct plan_step *step, const struct policy_mask *mask,
                         const struct catalog_table *table);
/* The rule's mask on a column, or NULL. */
const struct policy_mask *plan_mask_on(const struct policy_rule *rule, const char *column);
/* Whether foreign keys bear the masks on their columns, on either end. */
void plan_check_mask_references(struct plan *plan, struct plan_step *step);
/* A column that the expression compares, as it seems, by operators of an extension; or NULL. */
const struct catalog_column *plan_find_foreign_operator(const char *expression,
                                                        const struct catalog_table *table);
/* The step's expressions and their operators under the empty search_path. */
void plan_check_operators(struct plan *plan, struct plan_step *step);
/* Triggers and rewrite rules that undo or copy what the step writes. */
void plan_check_triggers(struct plan *plan, struct plan_step *step);
/* Whether the step's statement fires the trigger, the trigger has such an argument, or sets a
 * column of the row that is written. */
bool plan_fires(const struct plan_step *step, const struct catalog_trigger *trigger);
bool plan_has_argument(const struct catalog_trigger *trigger, const char *argument);
bool plan_sets_column(const struct catalog_trigger *trigger, const char *column);
/* Views, subscribers and columns in which values live on. */
void plan_check_copies(struct plan *plan, struct plan_step *step);
/* Code of other people that a write to this tree would run. */
void plan_check_code(struct plan *plan, struct plan_step *step, const struct catalog_table *tree);
/* Resolves what a step with action: summarise leaves behind, and judges it; others are left alone.
 */
void plan_resolve_summary(struct plan *plan, struct plan_step *step);
/* Its columns and those of resolved->into; false, with findings, where they do not fit. */
bool plan_resolve_figures(struct plan *plan, struct plan_step *step, struct plan_summary *resolved);
/* What foreign keys make of summaries; comes after the references. */
void plan_check_summaries(struct plan *plan);

/* The name of a column that was probably meant, as a hint, or NULL. */
const char *plan_suggest_column(struct plan *plan, const struct catalog_table *table,
                                const char *name);
/* Tables whose statistics this role cannot renew. */
void plan_check_statistics(struct plan *plan);

#endif
