/*
 * finding.c - what a person should know, and how tables of one tree are told apart
 */
#include "plan/plan_private.h"

#include "base/nearest.h"

#include <stdarg.h>
#include <stdio.h>

struct finding *plan_add_finding(struct plan *plan, struct plan_step *step, enum severity severity,
                                 const char *code, const char *format, ...)
{
    char message[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    struct finding *finding = ARENA_PUSH(&plan->arena, plan->findings, plan->finding_count);
    finding->code = code;
    finding->severity = severity;
    finding->message = arena_strdup(&plan->arena, message);
    if (step != NULL) {
        finding->rule = step->rule_id;
        finding->table = step->table->text;
        finding->mark = step->mark;
        if (severity == SEVERITY_ERROR && step->refused == NULL)
            step->refused = code;
    }
    return finding;
}

struct finding *plan_refuse(struct plan *plan, struct plan_step *step, struct mark mark,
                            const char *code, const char *format, ...)
{
    char message[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    struct finding *finding = plan_add_finding(plan, step, SEVERITY_ERROR, code, "%s", message);
    finding->mark = mark;
    return finding;
}

const struct catalog_column *plan_find_column(struct plan *plan, struct plan_step *step,
                                              const struct catalog_table *table, const char *name,
                                              struct mark mark)
{
    const struct catalog_column *column = catalog_find_column(table, name);
    if (column == NULL)
        plan_refuse(plan, step, mark, "column-missing", "column \"%s\" of table %s does not exist",
                    name, table->text)
            ->hint = plan_suggest_column(plan, table, name);
    return column;
}

const char *plan_suggest_column(struct plan *plan, const struct catalog_table *table,
                                const char *name)
{
    const char **names = arena_alloc(&plan->arena, table->column_count * sizeof *names + 1);
    for (size_t i = 0; i < table->column_count; i++)
        names[i] = table->columns[i].name;
    const char *best = nearest(name, names, table->column_count);
    return best == NULL ? NULL : arena_printf(&plan->arena, "Did you mean \"%s\"?", best);
}

bool plan_lies_in(const struct catalog_table *table, const struct catalog_table *tree)
{
    while (table != NULL && table != tree)
        table = table->parent;
    return table != NULL;
}

bool plan_concerns(const struct catalog_table *declared, const struct catalog_table *table)
{
    return plan_lies_in(declared, table) || plan_lies_in(table, declared);
}

size_t plan_table_number(const struct plan *plan, const struct catalog_table *table)
{
    return (size_t)(table - plan->catalog->tables);
}
