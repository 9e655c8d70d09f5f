/*
 * shape_copies.c - where the values of a row live on, or follow it
 *
 * Materialised views, subscribers, columns computed from others, words in a text search vector,
 * large objects: none of them is reached by a DELETE or UPDATE of the row, or each in its own way.
 */
#include "plan/plan_private.h"

#include <string.h>

static bool is_touched(const struct plan_step *step, const char **columns, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (action_deletes(step->action) || plan_mask_on(step->rule, columns[i]) != NULL)
            return true;
    return false;
}

static void check_readers(struct plan *plan, struct plan_step *step,
                          const struct catalog_table *table)
{
    for (size_t i = 0; i < table->reader_count; i++) {
        const struct catalog_reader *reader = &table->readers[i];
        if (!is_touched(step, reader->columns, reader->column_count))
            continue;
        struct finding *finding = plan_add_finding(
            plan, step, SEVERITY_WARNING, "matview-keeps-values",
            "materialized view %s keeps what it has read from %s", reader->view->text, table->text);
        finding->hint = arena_printf(&plan->arena, "REFRESH MATERIALIZED VIEW %s afterwards.",
                                     reader->view->quoted);
    }
}

static bool has_publication(const struct catalog_table *table, const char *name)
{
    for (size_t i = 0; i < table->publication_count; i++)
        if (strcmp(table->publications[i].name, name) == 0)
            return true;
    return false;
}

/* Whether an earlier part of the table is in the publication as well: it is told once. */
static bool was_told(const struct plan_step *step, size_t leaf, const char *name)
{
    for (size_t i = 0; i < leaf; i++)
        if (has_publication(step->leaves[i], name))
            return true;
    return false;
}

static void check_publication(struct plan *plan, struct plan_step *step,
                              const struct catalog_publication *publication, bool is_sent)
{
    const char *changes = action_deletes(step->action) ? "deletes" : "updates";
    if (is_sent) {
        plan_add_finding(plan, step, SEVERITY_NOTE, "publication",
                         "subscribers of publication \"%s\" get the %s of %s", publication->name,
                         changes, step->table->text);
        return;
    }
    struct finding *finding = plan_add_finding(
        plan, step, SEVERITY_WARNING, "publication-keeps-rows",
        "publication \"%s\" does not send the %s of %s: subscribers keep the old rows",
        publication->name, changes, step->table->text);
    finding->hint = "Run a policy on the subscribers too, or publish these changes.";
}

/* The server refuses a change that it cannot judge by the replica identity alone. */
static void check_identity(struct plan *plan, struct plan_step *step,
                           const struct catalog_table *leaf,
                           const struct catalog_publication *publication)
{
    struct finding *finding = plan_add_finding(
        plan, step, SEVERITY_ERROR, "no-replica-identity",
        "the row filter or column list of publication \"%s\" does not go with the replica identity "
        "of %s: the server refuses to %s its rows",
        publication->name, leaf->text, action_deletes(step->action) ? "delete" : "update");
    finding->hint = "Filter by columns of the replica identity only, and list all of its columns.";
}

static void check_publications(struct plan *plan, struct plan_step *step)
{
    bool deletes = action_deletes(step->action);
    const struct catalog_table *lacking = NULL;
    for (size_t l = 0; l < step->leaf_count; l++) {
        const struct catalog_table *leaf = step->leaves[l];
        for (size_t i = 0; i < leaf->publication_count; i++) {
            const struct catalog_publication *publication = &leaf->publications[i];
            bool is_sent = deletes ? publication->sends_delete : publication->sends_update;
            if (!was_told(step, l, publication->name)) {
                check_publication(plan, step, publication, is_sent);
                if (is_sent && publication->misses_identity)
                    check_identity(plan, step, leaf, publication);
            }
            lacking = is_sent && leaf->lacks_identity ? leaf : lacking;
        }
    }
    if (lacking == NULL)
        return;
    struct finding *finding = plan_add_finding(
        plan, step, SEVERITY_ERROR, "no-replica-identity",
        "%s is published without a replica identity: the server refuses to %s its rows",
        lacking->text, deletes ? "delete" : "update");
    finding->hint = "Give it a primary key, or ALTER TABLE ... REPLICA IDENTITY FULL.";
}

/* The first trigger that this step fires and that has to do with the column. */
static const struct catalog_trigger *trigger_for(const struct plan_step *step, const char *column)
{
    for (size_t i = 0; i < step->table->trigger_count; i++) {
        const struct catalog_trigger *trigger = &step->table->triggers[i];
        if (plan_fires(step, trigger) && plan_sets_column(trigger, column))
            return trigger;
    }
    return NULL;
}

/* Words and numbers by which a text is found again. */
static bool is_derived(const struct catalog_column *column)
{
    static const char *const types[] = {"tsvector", "vector", "halfvec", "sparsevec"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(column->base_type, types[i]) == 0)
            return true;
    return false;
}

static void check_derived(struct plan *plan, struct plan_step *step,
                          const struct catalog_column *column)
{
    if (column->is_generated && is_touched(step, column->reads, column->read_count)) {
        plan_add_finding(plan, step, SEVERITY_NOTE, "generated-follows",
                         "generated column \"%s\" of %s is computed anew from what is masked",
                         column->name, step->table->text);
        return;
    }
    if (column->is_generated || !is_derived(column) ||
        plan_mask_on(step->rule, column->name) != NULL)
        return;
    const struct catalog_trigger *trigger = trigger_for(step, column->name);
    if (trigger != NULL) {
        plan_add_finding(plan, step, SEVERITY_NOTE, "derived-values",
                         "column \"%s\" of %s is made from other columns; trigger \"%s\" renews it",
                         column->name, step->table->text, trigger->name);
        return;
    }
    struct finding *finding =
        plan_add_finding(plan, step, SEVERITY_WARNING, "derived-values",
                         "column \"%s\" of type %s may keep words of what is masked in %s",
                         column->name, column->type, step->table->text);
    finding->hint = "Mask it as well, or let a trigger renew it when the masked columns change.";
}

/* Extension lo has a trigger that unlinks them. */
static void check_large_objects(struct plan *plan, struct plan_step *step,
                                const struct catalog_column *column)
{
    static const char manager[] = ".lo_manage";
    if (strcmp(column->base_type, "oid") != 0 || !is_touched(step, (const char **)&column->name, 1))
        return;
    for (size_t i = 0; i < step->table->trigger_count; i++) {
        const struct catalog_trigger *trigger = &step->table->triggers[i];
        const char *end = strstr(trigger->function, manager);
        if (end != NULL && strcmp(end, manager) == 0 && plan_fires(step, trigger) &&
            plan_has_argument(trigger, column->name))
            return;
    }
    struct finding *finding = plan_add_finding(
        plan, step, SEVERITY_WARNING, "large-object",
        "column \"%s\" of %s may name large objects, which stay", column->name, step->table->text);
    finding->hint = "vacuumlo removes those that nothing names any more; or use lo_manage of the "
                    "extension lo.";
}

void plan_check_copies(struct plan *plan, struct plan_step *step)
{
    const struct catalog_table *table = step->table;
    for (const struct catalog_table *t = table; t != NULL; t = t->parent)
        check_readers(plan, step, t);
    for (size_t i = 0; i < step->leaf_count; i++)
        if (step->leaves[i] != table)
            check_readers(plan, step, step->leaves[i]);
    check_publications(plan, step);
    for (size_t i = 0; i < table->column_count; i++) {
        if (!action_deletes(step->action))
            check_derived(plan, step, &table->columns[i]);
        check_large_objects(plan, step, &table->columns[i]);
    }
}
