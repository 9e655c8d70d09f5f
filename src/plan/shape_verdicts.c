/*
 * shape_verdicts.c - what the server said about the values that a mask writes
 */
#include "plan/plan_private.h"

#include "mask/mask.h"

#include <string.h>

/* Whether the rule's masks leave it to the index to keep rows apart. */
static bool has_risk(const struct plan_step *step, const struct catalog_table *table,
                     const struct catalog_verdict *verdict)
{
    const struct catalog_column *column = catalog_find_column(table, verdict->mask->column);
    for (size_t i = 0; i < table->key_count; i++)
        if (strcmp(table->keys[i].name, verdict->name) == 0)
            return plan_relies_on(&table->keys[i], column, step->rule, table);
    return false;
}

static struct finding *add_verdict(struct plan *plan, struct plan_step *step,
                                   const struct catalog_table *table,
                                   const struct catalog_verdict *verdict)
{
    const char *mask = mask_name(verdict->mask->kind), *column = verdict->mask->column;
    const char *name = table == step->table
                           ? verdict->name
                           : arena_printf(&plan->arena, "%s of %s", verdict->name, table->text);
    struct finding *finding = NULL;
    switch (verdict->verdict) {
    case VERDICT_VALUE_REFUSED:
        finding = plan_add_finding(plan, step, SEVERITY_ERROR, "mask-value",
                                   "what mask %s writes is no value of column %s of type %s: %s",
                                   mask, column, catalog_find_column(step->table, column)->type,
                                   verdict->reason);
        finding->hint = "Write a value of that type; of an enum, one of its labels.";
        break;
    case VERDICT_CHECK_REFUSED:
        finding = plan_add_finding(plan, step, SEVERITY_ERROR, "mask-check",
                                   "constraint %s refuses what mask %s writes into column %s", name,
                                   mask, column);
        finding->hint = "Use a mask whose values meet the constraint, or purge the row.";
        break;
    case VERDICT_CHECK_UNKNOWN:
        finding = plan_add_finding(plan, step, SEVERITY_WARNING, "mask-check-unknown",
                                   "whether constraint %s takes what mask %s writes into column %s "
                                   "cannot be told beforehand",
                                   name, mask, column);
        finding->hint = "See that every row meets it once it is masked: the rule fails where one "
                        "does not.";
        break;
    case VERDICT_KEY_REFUSED:
        if (!has_risk(step, table, verdict))
            break;
        finding = plan_add_finding(plan, step, SEVERITY_ERROR, "mask-unique",
                                   "mask %s would give rows equal values in unique index %s, which "
                                   "reads column %s",
                                   mask, name, column);
        finding->hint = "Purge the row, or mask another column of the index too.";
        break;
    }
    return finding;
}

bool plan_check_verdicts(struct plan *plan, struct plan_step *step, const struct policy_mask *mask,
                         const struct catalog_table *table)
{
    for (size_t i = 0; i < table->verdict_count; i++) {
        struct finding *finding = table->verdicts[i].mask != mask
                                      ? NULL
                                      : add_verdict(plan, step, table, &table->verdicts[i]);
        if (finding != NULL)
            finding->mark = mask->mark;
    }
    return true;
}
