/*
 * shape_references.c - masks on either end of a foreign key
 *
 * A masked referring column has to find its row again, so in general only NULL will do. A masked
 * referenced one takes the referring rows along by ON UPDATE CASCADE, if their columns hold the new
 * value; otherwise the first row that refers to it makes the write fail.
 */
#include "plan/plan_private.h"

#include "mask/mask.h"

#include <string.h>
#include <strings.h>

static bool writes_null(const struct policy_mask *mask, const struct catalog_table *table)
{
    const struct catalog_column *column = catalog_find_column(table, mask->column);
    return mask->kind == MASK_NULL ||
           (mask->kind == MASK_DEFAULT && column != NULL && column->default_sql != NULL &&
            strncasecmp(column->default_sql, "NULL", 4) == 0);
}

/* Whether masked rows are free of the foreign key. */
static bool is_freed(const struct plan_step *step, const struct catalog_fkey *fkey)
{
    size_t nulls = 0;
    for (size_t i = 0; i < fkey->column_count; i++) {
        const struct policy_mask *mask = plan_mask_on(step->rule, fkey->child_column_names[i]);
        nulls += mask != NULL && writes_null(mask, step->table);
    }
    return nulls == fkey->column_count || (nulls > 0 && !fkey->match_full);
}

static void check_referring(struct plan *plan, struct plan_step *step,
                            const struct catalog_fkey *fkey)
{
    for (size_t i = 0; i < fkey->column_count; i++) {
        const struct policy_mask *mask = plan_mask_on(step->rule, fkey->child_column_names[i]);
        if (mask == NULL || is_freed(step, fkey))
            continue;
        bool may_find = mask->kind == MASK_FIXED || mask->kind == MASK_DEFAULT;
        struct finding *finding = plan_add_finding(
            plan, step, may_find ? SEVERITY_WARNING : SEVERITY_ERROR, "mask-foreign-key",
            "foreign key \"%s\" to %s %s what mask %s writes into column %s", fkey->name,
            fkey->parent->text, may_find ? "has to find" : "will not find", mask_name(mask->kind),
            mask->column);
        finding->hint = fkey->on_update == REFERENCE_CASCADE
                            ? "A mask on the column it refers to carries over; here only null will "
                              "do."
                            : "Use null, or leave the column as it is.";
        finding->mark = mask->mark;
    }
}

/* Why the referring column cannot take the new value; NULL where it can. */
static const char *why_not(struct plan *plan, const struct plan_step *step,
                           const struct catalog_fkey *fkey, size_t i,
                           const struct policy_mask *mask)
{
    const struct catalog_column *parent = catalog_find_column(step->table, mask->column);
    const struct catalog_column *child =
        catalog_find_column(fkey->child, fkey->child_column_names[i]);
    if (fkey->on_update != REFERENCE_CASCADE)
        return "does not cascade updates";
    if (mask->kind != MASK_UNIQUE && mask->kind != MASK_KEYED_HASH)
        return "needs values that differ";
    if (child != NULL && child->max_length > 0 &&
        (parent->max_length == 0 || parent->max_length > child->max_length))
        return arena_printf(&plan->arena, "carries it to a column that holds %d characters",
                            child->max_length);
    return NULL;
}

static void check_referenced(struct plan *plan, struct plan_step *step,
                             const struct catalog_fkey *fkey)
{
    for (size_t i = 0; i < fkey->column_count; i++) {
        const struct policy_mask *mask = plan_mask_on(step->rule, fkey->parent_column_names[i]);
        const struct catalog_column *column =
            mask == NULL ? NULL : catalog_find_column(step->table, mask->column);
        const char *why =
            column == NULL || column->in_primary_key ? NULL : why_not(plan, step, fkey, i, mask);
        if (why == NULL)
            continue;
        struct finding *finding = plan_add_finding(
            plan, step, SEVERITY_ERROR, "mask-referenced",
            "mask %s cannot stand on column %s: foreign key \"%s\" of %s refers to it and %s",
            mask_name(mask->kind), mask->column, fkey->name, fkey->child->text, why);
        finding->hint = "Leave the key as it is, or purge the row; with ON UPDATE CASCADE the mask "
                        "unique is carried over.";
        finding->mark = mask->mark;
    }
}

void plan_check_mask_references(struct plan *plan, struct plan_step *step)
{
    const struct plan_fkeys from = plan_fkeys_from(plan, step->table);
    const struct plan_fkeys to = plan_fkeys_to(plan, step->table);
    for (size_t i = 0; i < from.count; i++)
        check_referring(plan, step, from.items[i]);
    for (size_t i = 0; i < to.count; i++)
        check_referenced(plan, step, to.items[i]);
}
