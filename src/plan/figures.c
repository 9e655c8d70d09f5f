/*
 * figures.c - which columns of a row end in which columns of a table of statistics, and as what
 *
 * The sums there must be exact, since the rows are gone afterwards: a type that would round is
 * refused. And they must be statistics: a column that tells rows or people apart is none.
 */
#include "plan/plan_private.h"

#include <stdio.h>
#include <string.h>

#define INTS " int2 int4 int8 "
#define FLOATS " float4 float8 "
#define TEXTS " text varchar bpchar "
#define TIMES " date timestamp timestamptz "

enum { OTHER_LENGTH = sizeof "other" - 1 };

/* A column of the statistics table that we fill. */
static const struct catalog_column *find_filled(struct plan *plan, struct plan_step *step,
                                                const struct catalog_table *into, const char *name,
                                                struct mark mark)
{
    const struct catalog_column *column = plan_find_column(plan, step, into, name, mark);
    if (column == NULL || (!column->is_generated && !column->is_identity))
        return column;
    plan_refuse(plan, step, mark, "summarise-type", "column \"%s\" of %s is computed by the server",
                name, into->text);
    return NULL;
}

/* The table of people that a column points at, or NULL. */
static const struct catalog_table *subject_of(const struct plan *plan,
                                              const struct catalog_table *table,
                                              const struct catalog_column *column)
{
    const struct plan_fkeys fkeys = plan_fkeys_from(plan, table);
    for (size_t i = 0; i < fkeys.count; i++) {
        const struct catalog_fkey *fkey = fkeys.items[i];
        if (!plan_is_subject(plan->policy, fkey->parent))
            continue;
        for (size_t c = 0; c < fkey->column_count; c++)
            if (strcmp(fkey->child_column_names[c], column->name) == 0)
                return fkey->parent;
    }
    return NULL;
}

static bool is_partition_key(const struct plan_step *step, const char *name)
{
    const struct catalog_column *column = catalog_find_column(step->table, name);
    return column != NULL && column->in_partition_key;
}

/* Whether the key is over this column alone, or with nothing but the partition key. */
static bool is_key_of(const struct plan_step *step, const struct catalog_key *key, const char *name)
{
    bool has_it = false;
    if (key->is_exclusion || key->column_count > key->plain_count || is_partition_key(step, name))
        return false;
    for (size_t i = 0; i < key->plain_count; i++) {
        bool is_it = strcmp(key->columns[i], name) == 0;
        if (!is_it && !is_partition_key(step, key->columns[i]))
            return false;
        has_it = has_it || is_it;
    }
    return has_it;
}

static bool tells_rows_apart(const struct plan_step *step, const char *name)
{
    for (size_t i = 0; i < step->table->key_count; i++)
        if (is_key_of(step, &step->table->keys[i], name))
            return true;
    for (size_t l = 0; l < step->leaf_count; l++)
        for (size_t i = 0; i < step->leaves[l]->key_count; i++)
            if (is_key_of(step, &step->leaves[l]->keys[i], name))
                return true;
    return false;
}

/* A column of the row that leaves a trace; NULL, with a finding, where it must not. */
static const struct catalog_column *find_kept(struct plan *plan, struct plan_step *step,
                                              const char *name, struct mark mark)
{
    const struct catalog_column *column = plan_find_column(plan, step, step->table, name, mark);
    struct finding *finding;
    if (column == NULL)
        return NULL;
    const struct catalog_table *subject = subject_of(plan, step->table, column);
    if (subject != NULL)
        finding = plan_refuse(plan, step, mark, "summarise-subject",
                              "column \"%s\" of %s points at people, in %s", name,
                              step->table->text, subject->text);
    else if (tells_rows_apart(step, name))
        finding = plan_refuse(plan, step, mark, "summarise-subject",
                              "column \"%s\" of %s is unique and tells rows apart", name,
                              step->table->text);
    else
        return column;
    finding->hint = "Statistics are about groups: take a column that many rows share.";
    return NULL;
}

static bool refuse_null(struct plan *plan, struct plan_step *step, struct mark mark,
                        const struct catalog_column *to, const char *why)
{
    plan_refuse(plan, step, mark, "summarise-not-null",
                "column \"%s\" of the statistics is NOT NULL, and %s", to->name, why)
        ->hint = "Drop the NOT NULL; a key over such a column is UNIQUE NULLS NOT DISTINCT.";
    return false;
}

static bool refuse_type(struct plan *plan, struct plan_step *step, struct mark mark,
                        const char *what, const char *type, const struct catalog_column *to,
                        const char *hint)
{
    plan_refuse(plan, step, mark, "summarise-type",
                "%s (%s) does not fit column \"%s\" of the statistics (%s)", what, type, to->name,
                to->type)
        ->hint = hint;
    return false;
}

/* Digits behind the point; -1 where any number of them is kept. */
static int scale_of(const struct catalog_column *column)
{
    int precision, scale;
    if (plan_has_type(column, INTS))
        return 0;
    return sscanf(column->type, "numeric(%d,%d)", &precision, &scale) == 2 ? scale : -1;
}

/* Whether a number can be kept without rounding. */
static bool keeps_digits(const struct catalog_column *from, const struct catalog_column *to)
{
    int kept = scale_of(to), had = scale_of(from);
    return plan_has_type(from, INTS " numeric ") && plan_has_type(to, INTS " numeric ") &&
           (kept < 0 || (had >= 0 && had <= kept));
}

static bool fits_sum(const struct catalog_column *from, const struct catalog_column *to)
{
    if (plan_has_type(from, FLOATS))
        return plan_has_type(to, " numeric ") && scale_of(to) < 0;
    if (plan_has_type(from, " interval "))
        return plan_has_type(to, " interval ");
    return plan_has_type(to, " int8 numeric ") && keeps_digits(from, to);
}

static bool fits_extreme(const struct catalog_column *from, const struct catalog_column *to)
{
    return keeps_digits(from, to) || (strcmp(from->base_type, to->base_type) == 0 &&
                                      plan_has_type(from, FLOATS TIMES " interval "));
}

static bool resolve_measure(struct plan *plan, struct plan_step *step,
                            const struct policy_measure *measure, const struct catalog_table *into,
                            struct plan_measure *resolved)
{
    const struct mark mark = measure->mark;
    const struct catalog_column *to = find_filled(plan, step, into, measure->into, mark);
    const struct catalog_column *from =
        measure->kind == MEASURE_COUNT ? NULL : find_kept(plan, step, measure->column, mark);
    *resolved = (struct plan_measure){measure->kind, from, to};
    if (to == NULL || (from == NULL && measure->kind != MEASURE_COUNT))
        return false;
    if (measure->kind == MEASURE_COUNT)
        return plan_has_type(to, " int4 int8 numeric ") ||
               refuse_type(plan, step, mark, "count", "bigint", to, "Make it bigint.");
    if (measure->kind == MEASURE_SUM)
        return fits_sum(from, to) ||
               refuse_type(plan, step, mark,
                           arena_printf(&plan->arena, "sum of \"%s\"", from->name), from->type, to,
                           "So that nothing is rounded, integers go into bigint or numeric, other "
                           "numbers into numeric with as many digits behind the point, and "
                           "intervals into interval.");
    if (!fits_extreme(from, to))
        return refuse_type(
            plan, step, mark,
            arena_printf(&plan->arena, "%s of \"%s\"", measure_name(measure->kind), from->name),
            from->type, to,
            "The least and the greatest are kept of numbers, dates, timestamps and "
            "intervals, in a column of the same type.");
    return !to->not_null || from->not_null ||
           refuse_null(plan, step, mark, to, "NULLs have no least or greatest");
}

static bool fits_by(const struct catalog_column *from, const struct catalog_column *to)
{
    if (plan_has_type(to, " text varchar ") ||
        (plan_has_type(from, INTS) && plan_has_type(to, INTS)))
        return true;
    return strcmp(from->base_type, to->base_type) == 0 &&
           (from->is_enum || plan_has_type(from, TIMES " bpchar bool numeric uuid inet "));
}

static bool resolve_by(struct plan *plan, struct plan_step *step, const char *name,
                       const struct catalog_table *into, struct plan_by *resolved)
{
    const struct mark mark = step->rule->summary.by_mark;
    const struct catalog_column *from = find_kept(plan, step, name, mark);
    const struct catalog_column *to = find_filled(plan, step, into, name, mark);
    if (from == NULL || to == NULL)
        return false;
    const char *what = arena_printf(&plan->arena, "\"%s\"", name);
    *resolved = (struct plan_by){from, to, plan_has_type(to, TEXTS)};
    if (!fits_by(from, to))
        return refuse_type(plan, step, mark, what, from->type, to,
                           "Give it the same type, or text.");
    if (resolved->is_text && to->max_length > 0 && to->max_length < OTHER_LENGTH)
        return refuse_type(plan, step, mark, what, from->type, to,
                           "It has to hold the word \"other\" as well: make it text.");
    if (to->not_null && !resolved->is_text)
        return refuse_null(plan, step, mark, to, "the row of small groups has NULL there");
    return !to->not_null || from->not_null ||
           refuse_null(plan, step, mark, to, "the rows' own can be NULL");
}

static const struct catalog_column *resolve_period(struct plan *plan, struct plan_step *step,
                                                   const struct catalog_table *into)
{
    const struct policy_summary *summary = &step->rule->summary;
    const struct catalog_column *to =
        find_filled(plan, step, into, summary->period_column, summary->period_mark);
    if (to == NULL || plan_has_type(to, TIMES))
        return to;
    refuse_type(plan, step, summary->period_mark, "the period's first day", "date", to,
                "Make it a date.");
    return NULL;
}

bool plan_resolve_figures(struct plan *plan, struct plan_step *step, struct plan_summary *resolved)
{
    const struct policy_summary *summary = &step->rule->summary;
    struct plan_by *by = arena_alloc(&plan->arena, summary->by_count * sizeof *by);
    struct plan_measure *measures =
        arena_alloc(&plan->arena, summary->measure_count * sizeof *measures);
    resolved->period_column = resolve_period(plan, step, resolved->into);
    bool fits = resolved->period_column != NULL;
    for (size_t i = 0; i < summary->by_count; i++)
        fits = resolve_by(plan, step, summary->by[i], resolved->into, &by[i]) && fits;
    for (size_t i = 0; i < summary->measure_count; i++)
        fits = resolve_measure(plan, step, &summary->measures[i], resolved->into, &measures[i]) &&
               fits;
    resolved->by = by;
    resolved->by_count = summary->by_count;
    resolved->measures = measures;
    resolved->measure_count = summary->measure_count;
    return fits;
}
