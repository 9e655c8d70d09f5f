/*
 * shape_masks.c - what a mask would run into in its column
 *
 * The mask room judges a mask by facts about one column. Here they are gathered as this rule meets
 * them: from the table, its parts and what it is a part of, less the keys that another mask of the
 * same rule keeps apart.
 */
#include "plan/plan_private.h"

#include "mask/mask.h"

#include <string.h>

const struct policy_mask *plan_mask_on(const struct policy_rule *rule, const char *column)
{
    for (size_t i = 0; i < rule->mask_count; i++)
        if (strcmp(rule->masks[i].column, column) == 0)
            return &rule->masks[i];
    return NULL;
}

/* Whether one of the first `count` columns of a key has this name. */
static bool is_among(const struct catalog_key *key, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(key->columns[i], name) == 0)
            return true;
    return false;
}

/* Rows that differ in their primary key differ in any key that takes it in. */
static bool takes_in_primary_key(const struct catalog_table *table, const struct catalog_key *key)
{
    if (table->key_count == 0 || !table->keys[0].is_primary || key->is_exclusion)
        return false;
    const struct catalog_key *primary = &table->keys[0];
    for (size_t i = 0; i < primary->plain_count; i++)
        if (!is_among(key, key->plain_count, primary->columns[i]))
            return false;
    return true;
}

/* Whether the key relies on this masked column: not if another of its columns is then NULL or a
 * fresh token in each masked row. */
static bool relies_on(const struct catalog_key *key, const struct catalog_column *column,
                      const struct policy_rule *rule, const struct catalog_table *table)
{
    if (!is_among(key, key->column_count, column->name) ||
        (!key->is_primary && takes_in_primary_key(table, key)))
        return false;
    for (size_t i = 0; i < key->plain_count && !key->nulls_collide; i++) {
        const struct policy_mask *mask = plan_mask_on(rule, key->columns[i]);
        if (mask != NULL && strcmp(mask->column, column->name) != 0 &&
            (mask->kind == MASK_NULL || mask->kind == MASK_UNIQUE))
            return false;
    }
    return true;
}

/* The column with what its keys are for this rule. A part's copy of a parent's key says nothing
 * new. */
static struct catalog_column column_for(const struct policy_rule *rule,
                                        const struct catalog_table *table,
                                        const struct catalog_column *column)
{
    struct catalog_column facts = *column;
    facts.in_unique = facts.nulls_collide = false;
    facts.key_name = NULL;
    for (size_t i = 0; i < table->key_count; i++) {
        const struct catalog_key *key = &table->keys[i];
        if (!relies_on(key, column, rule, table))
            continue;
        facts.in_unique = true;
        facts.nulls_collide = facts.nulls_collide || key->nulls_collide;
        facts.key_name = facts.key_name == NULL ? key->name : facts.key_name;
    }
    for (const struct catalog_table *t = table->parent; t != NULL; t = t->parent) {
        const struct catalog_column *above = catalog_find_column(t, column->name);
        facts.in_partition_key =
            facts.in_partition_key || (above != NULL && above->in_partition_key);
    }
    return facts;
}

/* Adds a finding and returns false where the mask cannot stand on the column of this table. */
static bool check_on(struct plan *plan, struct plan_step *step, const struct policy_mask *mask,
                     const struct catalog_table *table)
{
    const struct catalog_column *column = catalog_find_column(table, mask->column);
    const char *code = NULL;
    struct error why;
    if (column == NULL)
        return true;
    struct catalog_column facts = column_for(step->rule, table, column);
    if (mask_check(mask, &facts, &code, &why) == 0)
        return true;
    struct finding *finding = plan_add_finding(plan, step, SEVERITY_ERROR, code, "%s%s%s",
                                               table == step->table ? "" : table->text,
                                               table == step->table ? "" : ": ", why.message);
    finding->hint = why.hint[0] == '\0' ? NULL : arena_strdup(&plan->arena, why.hint);
    finding->mark = mask->mark;
    return false;
}

/* The first part that refuses the mask is told: the others are mostly like it. */
static void check_parts(struct plan *plan, struct plan_step *step, const struct policy_mask *mask)
{
    for (size_t i = 0; i < step->leaf_count; i++)
        for (const struct catalog_table *t = step->leaves[i]; t != step->table; t = t->parent)
            if (!check_on(plan, step, mask, t))
                return;
}

static void check_mask(struct plan *plan, struct plan_step *step, const struct policy_mask *mask)
{
    if (catalog_find_column(step->table, mask->column) == NULL) {
        struct finding *finding = plan_add_finding(plan, step, SEVERITY_ERROR, "column-missing",
                                                   "column \"%s\" of table %s does not exist",
                                                   mask->column, step->table->text);
        finding->hint = plan_suggest_column(plan, step->table, mask->column);
        finding->mark = mask->mark;
    } else if (check_on(plan, step, mask, step->table)) {
        check_parts(plan, step, mask);
    }
}

/* Whether the rule's masks leave it to the index to keep rows apart. */
static bool has_risk(const struct plan_step *step, const struct catalog_verdict *verdict)
{
    const struct catalog_column *column =
        catalog_find_column(verdict->table, verdict->mask->column);
    for (size_t i = 0; i < verdict->table->key_count; i++)
        if (strcmp(verdict->table->keys[i].name, verdict->name) == 0)
            return relies_on(&verdict->table->keys[i], column, step->rule, verdict->table);
    return false;
}

static struct finding *add_verdict(struct plan *plan, struct plan_step *step,
                                   const struct catalog_verdict *verdict)
{
    const char *mask = mask_name(verdict->mask->kind), *column = verdict->mask->column;
    const char *name =
        verdict->table == step->table
            ? verdict->name
            : arena_printf(&plan->arena, "%s of %s", verdict->name, verdict->table->text);
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
        if (!has_risk(step, verdict))
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

/* Whether the step writes to the table or to a part of it. */
static bool writes_to(const struct plan_step *step, const struct catalog_table *table)
{
    for (size_t i = 0; i < step->leaf_count && table != step->table; i++)
        if (plan_lies_in(step->leaves[i], table))
            return plan_lies_in(table, step->table);
    return table == step->table;
}

/* A CHECK that some rows do not meet refuses them whatever is changed in them. */
static void check_validated(struct plan *plan, struct plan_step *step,
                            const struct catalog_table *table)
{
    for (size_t i = 0; i < table->check_count; i++) {
        const struct catalog_check *check = &table->checks[i];
        bool is_masked = check->is_domain || (check->is_inherited && table != step->table);
        for (size_t c = 0; c < check->column_count; c++)
            is_masked = is_masked || plan_mask_on(step->rule, check->columns[c]) != NULL;
        if (check->is_validated || is_masked)
            continue;
        struct finding *finding = plan_add_finding(
            plan, step, SEVERITY_WARNING, "check-not-valid",
            "constraint %s of %s is NOT VALID: a row that does not meet it cannot be masked",
            check->name, table->text);
        finding->hint = arena_printf(&plan->arena, "ALTER TABLE %s VALIDATE CONSTRAINT %s tells.",
                                     table->text, check->name);
    }
}

/* What the server said about the values of this step's masks. */
static void check_verdicts(struct plan *plan, struct plan_step *step)
{
    for (size_t i = 0; i < plan->catalog->verdict_count; i++) {
        const struct catalog_verdict *verdict = &plan->catalog->verdicts[i];
        if (!writes_to(step, verdict->table) ||
            plan_mask_on(step->rule, verdict->mask->column) != verdict->mask)
            continue;
        struct finding *finding = add_verdict(plan, step, verdict);
        if (finding != NULL)
            finding->mark = verdict->mask->mark;
    }
}

static bool reads_column(const struct policy_clock *clock, const char *column)
{
    for (size_t i = 0; i < clock->column_count; i++)
        if (strcmp(clock->columns[i], column) == 0)
            return true;
    return false;
}

static void check_key_stays_secret(struct plan *plan, struct plan_step *step)
{
    bool keyed = false;
    for (size_t i = 0; i < step->rule->mask_count; i++)
        keyed = keyed || step->rule->masks[i].kind == MASK_KEYED_HASH;
    if (!keyed || !plan->catalog->may_log_parameters)
        return;
    struct finding *finding = plan_add_finding(
        plan, step, SEVERITY_ERROR, "key-may-be-logged",
        "the server could write the masking key into its log with the statement's parameters");
    finding->hint = "Set log_parameter_max_length = 0 for this role.";
}

void plan_check_masks(struct plan *plan, struct plan_step *step)
{
    for (size_t i = 0; i < step->rule->mask_count; i++) {
        const struct policy_mask *mask = &step->rule->masks[i];
        check_mask(plan, step, mask);
        if (!reads_column(step->rule->clock, mask->column))
            continue;
        struct finding *finding = plan_add_finding(
            plan, step, SEVERITY_ERROR, "mask-clock",
            "column \"%s\" is the rule's clock and cannot be masked", mask->column);
        finding->mark = mask->mark;
    }
    check_verdicts(plan, step);
    if (step->rule->mask_count > 0)
        check_validated(plan, step, step->table);
    check_key_stays_secret(plan, step);
}
