/*
 * shape_triggers.c - what triggers and rewrite rules make of our write
 *
 * A trigger that sets the clock to now keeps the row for good; one that copies OLD keeps what is
 * erased. What a function does is read from its text, see source.h.
 */
#include "plan/plan_private.h"
#include "plan/source.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* A partition has its parent's row triggers; they are told once. */
static bool has_trigger(const struct catalog_table *table, const struct catalog_trigger *trigger)
{
    for (size_t i = 0; i < table->trigger_count; i++)
        if (strcmp(table->triggers[i].name, trigger->name) == 0 &&
            strcmp(table->triggers[i].function, trigger->function) == 0)
            return true;
    return false;
}

bool plan_fires(const struct plan_step *step, const struct catalog_trigger *trigger)
{
    if (action_deletes(step->action))
        return trigger->on_delete;
    bool fires = trigger->on_update && trigger->column_count == 0;
    for (size_t i = 0; i < trigger->column_count && !fires; i++)
        fires = trigger->on_update && plan_mask_on(step->rule, trigger->columns[i]) != NULL;
    return fires;
}

bool plan_has_argument(const struct catalog_trigger *trigger, const char *argument)
{
    for (size_t i = 0; i < trigger->argument_count; i++)
        if (strcasecmp(trigger->arguments[i], argument) == 0)
            return true;
    return false;
}

/* Generic functions are told the column by an argument. */
static enum mention finds_column(const struct catalog_trigger *trigger, const char *column)
{
    return plan_has_argument(trigger, column) ? MENTION_ASSIGNED
                                              : source_finds_column(trigger->source, column);
}

bool plan_sets_column(const struct catalog_trigger *trigger, const char *column)
{
    return trigger->is_before && trigger->is_row &&
           finds_column(trigger, column) == MENTION_ASSIGNED;
}

/* A trigger of a table. */
struct fired {
    const struct catalog_table *table;
    const struct catalog_trigger *trigger;
};

static void check_clock(struct plan *plan, struct plan_step *step, const struct plan_step *timed,
                        const void *context)
{
    const struct catalog_table *table = ((const struct fired *)context)->table;
    const struct catalog_trigger *trigger = ((const struct fired *)context)->trigger;
    for (size_t i = 0; i < table->column_count; i++) {
        const char *column = table->columns[i].name;
        enum mention mention = finds_column(trigger, column);
        enum reading reading =
            mention == MENTION_NONE
                ? READS_NOT
                : plan_clock_reads(plan, timed->rule->clock, timed->table, step->table, column);
        if (reading == READS_NOT)
            continue;
        bool is_sure = mention == MENTION_ASSIGNED && reading == READS_SURELY;
        struct finding *finding = plan_add_finding(
            plan, step, timed == step && is_sure ? SEVERITY_ERROR : SEVERITY_WARNING,
            "trigger-clock", "trigger \"%s\" of %s %s column \"%s\", the clock of rule \"%s\"",
            trigger->name, table->text, is_sure ? "sets" : "may set", column, timed->rule_id);
        finding->hint = "Masking would make the row young again. Use a clock that nothing sets, or "
                        "let the trigger leave masked rows alone.";
        return;
    }
}

static void check_clocks(struct plan *plan, struct plan_step *step,
                         const struct catalog_table *table, const struct catalog_trigger *trigger)
{
    const struct fired fired = {table, trigger};
    if (!action_deletes(step->action) && trigger->is_before && trigger->is_row)
        plan_visit_clocks(plan, step, &fired, check_clock);
}

/* The table that a trigger writes to, where the catalogue has it; without a schema it is looked for
 * beside the trigger's own. */
static const struct catalog_table *
find_target(const struct plan *plan, const struct catalog_table *table, const char *target)
{
    const char *dot = strchr(target, '.');
    char schema[256];
    snprintf(schema, sizeof schema, "%.*s", dot == NULL ? 0 : (int)(dot - target), target);
    const struct table_name name = {.schema = dot == NULL ? table->schema : schema,
                                    .name = dot == NULL ? target : dot + 1};
    return catalog_find_table(plan->catalog, &name);
}

static void check_copies(struct plan *plan, struct plan_step *step,
                         const struct catalog_table *table, const struct catalog_trigger *trigger)
{
    const char *target;
    if (!source_copies_old(trigger->source, trigger->old_table, &plan->arena, &target))
        return;
    const struct catalog_table *copy = target == NULL ? NULL : find_target(plan, table, target);
    bool is_kept = copy == NULL || plan_steps_concerning(plan, copy).count == 0;
    struct finding *finding =
        plan_add_finding(plan, step, is_kept ? SEVERITY_WARNING : SEVERITY_NOTE,
                         "trigger-keeps-values", "trigger \"%s\" of %s copies old values%s%s",
                         trigger->name, table->text, target == NULL ? "" : " into ",
                         copy != NULL     ? copy->text
                         : target == NULL ? ""
                                          : target);
    if (is_kept)
        finding->hint = "What is erased lives on there. Give that table a rule of its own, or let "
                        "the trigger leave this role alone.";
    if (target == NULL || strchr(target, '.') != NULL || trigger->has_search_path)
        return;
    finding = plan_add_finding(plan, step, SEVERITY_WARNING, "trigger-search-path",
                               "trigger \"%s\" of %s writes to \"%s\" without a schema, and the "
                               "search_path is empty",
                               trigger->name, table->text, target);
    finding->hint = arena_printf(&plan->arena,
                                 "The write would fail. Name the schema in function %s, or ALTER "
                                 "FUNCTION ... SET search_path.",
                                 trigger->function);
}

static void check_table(struct plan *plan, struct plan_step *step,
                        const struct catalog_table *table)
{
    for (size_t i = 0; i < table->trigger_count; i++) {
        const struct catalog_trigger *trigger = &table->triggers[i];
        if (!plan_fires(step, trigger) ||
            (table != step->table && has_trigger(step->table, trigger)))
            continue;
        check_clocks(plan, step, table, trigger);
        check_copies(plan, step, table, trigger);
    }
}

/* Only those of the table that the statement names come into it. */
static void check_rules(struct plan *plan, struct plan_step *step,
                        const struct catalog_table *table)
{
    bool deletes = action_deletes(step->action);
    for (size_t i = 0; i < table->rule_count; i++) {
        const struct catalog_rule *rule = &table->rules[i];
        if (deletes ? !rule->on_delete : !rule->on_update)
            continue;
        struct finding *finding = plan_add_finding(
            plan, step, rule->is_instead ? SEVERITY_ERROR : SEVERITY_WARNING, "rewrite-rule",
            "rewrite rule \"%s\" of %s %s each %s", rule->name, table->text,
            rule->is_instead ? "puts something else in the place of" : "adds something to",
            deletes ? "DELETE" : "UPDATE");
        finding->hint = rule->is_instead ? "Drop the rule: rows would stay as they are."
                                         : "See what it adds, and whether it keeps old values.";
    }
}

void plan_check_triggers(struct plan *plan, struct plan_step *step)
{
    check_table(plan, step, step->table);
    for (size_t i = 0; i < step->leaf_count; i++) {
        if (step->leaves[i] != step->table)
            check_table(plan, step, step->leaves[i]);
        check_rules(plan, step, step->leaves[i]);
    }
}
