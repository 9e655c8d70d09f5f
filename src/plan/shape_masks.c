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
bool plan_relies_on(const struct catalog_key *key, const struct catalog_column *column,
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
    facts.is_referenced = false; /* see shape_references.c */
    facts.in_unique = facts.nulls_collide = false;
    facts.key_name = NULL;
    for (size_t i = 0; i < table->key_count; i++) {
        const struct catalog_key *key = &table->keys[i];
        if (!plan_relies_on(key, column, rule, table))
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

/* Calls `visit` for each part of the step's table; it returns false where that is enough. */
static void visit_parts(struct plan *plan, struct plan_step *step, const struct policy_mask *mask,
                        bool (*visit)(struct plan *, struct plan_step *, const struct policy_mask *,
                                      const struct catalog_table *))
{
    for (size_t i = 0; i < step->leaf_count; i++)
        for (const struct catalog_table *t = step->leaves[i]; t != step->table; t = t->parent) {
            bool is_new = t == step->leaves[i] || t->kind == 'p';
            for (size_t j = 0; j < i && t->kind == 'p' && is_new; j++)
                is_new = !plan_lies_in(step->leaves[j], t);
            if (is_new && !visit(plan, step, mask, t))
                return;
        }
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
        visit_parts(plan, step, mask, check_on); /* the first that refuses it is told */
        plan_check_verdicts(plan, step, mask, step->table);
        visit_parts(plan, step, mask, plan_check_verdicts);
    }
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

/* A mask that leaves most of its column as it is may leave the clock in it alone. */
static void check_clock(struct plan *plan, struct plan_step *step, const struct plan_step *timed,
                        const void *context)
{
    const struct policy_mask *mask = context;
    const struct policy_clock *clock = timed->rule->clock;
    enum reading reading = plan_clock_reads(plan, clock, timed->table, step->table, mask->column);
    if (reading == READS_NOT)
        return;
    bool is_part = mask->kind == MASK_JSON_DROP || mask->kind == MASK_JSON_KEEP;
    bool is_sure = reading == READS_SURELY && !is_part;
    const char *whose =
        timed == step ? "the rule's clock"
                      : arena_printf(&plan->arena, "the clock of rule \"%s\"", timed->rule_id);
    struct finding *finding =
        plan_add_finding(plan, step, is_sure ? SEVERITY_ERROR : SEVERITY_WARNING, "mask-clock",
                         "column \"%s\" %s %s%s", mask->column,
                         !is_sure                   ? "may be read by"
                         : clock->kind == CLOCK_SQL ? "is read by"
                                                    : "is",
                         whose, is_sure ? " and cannot be masked" : "");
    finding->hint = is_sure
                        ? "Its rows would go at another time than that rule says, or never. Use "
                          "a clock that no mask changes."
                        : "Make sure that the mask leaves what the clock reads.";
    finding->mark = mask->mark;
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
        plan_visit_clocks(plan, step, mask, check_clock);
    }
    if (step->rule->mask_count > 0)
        check_validated(plan, step, step->table);
    check_key_stays_secret(plan, step);
}
