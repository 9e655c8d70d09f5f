/* coverage.c - what no rule, exemption or earlier look takes care of. */
#include "coverage/coverage.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a check goes by, and what each table has, by the table's number in the catalogue. */
struct check {
    struct plan *plan;
    const struct discovery *discovery;
    const struct lockfile *lock;
    const struct plan_step **first; /* a step on this table, or NULL */
    size_t *next;                   /* per step: the next on its table, or SIZE_MAX */
    bool *all;                      /* every row of the table goes one day */
};

static struct finding *add(struct check *check, enum severity severity, const char *code,
                           const char *table, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

static struct finding *add(struct check *check, enum severity severity, const char *code,
                           const char *table, const char *format, ...)
{
    struct plan *plan = check->plan;
    char message[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    struct finding *finding = ARENA_PUSH(&plan->arena, plan->findings, plan->finding_count);
    finding->code = code;
    finding->severity = severity;
    finding->table = arena_strdup(&plan->arena, table);
    finding->mark = plan->policy->coverage_mark;
    finding->message = arena_strdup(&plan->arena, message);
    return finding;
}

static const struct catalog_table *table_of(const struct check *check, uint32_t oid)
{
    const struct catalog *catalog = check->plan->catalog;
    size_t low = 0, high = catalog->table_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (catalog->tables[middle].oid < oid)
            low = middle + 1;
        else
            high = middle;
    }
    return low < catalog->table_count && catalog->tables[low].oid == oid ? &catalog->tables[low]
                                                                         : NULL;
}

static size_t number_of(const struct check *check, const struct catalog_table *table)
{
    return (size_t)(table - check->plan->catalog->tables);
}

static void index_steps(struct check *check)
{
    struct plan *plan = check->plan;
    size_t tables = plan->catalog->table_count;
    check->first = arena_alloc(&plan->arena, tables * sizeof *check->first + 1);
    check->all = arena_alloc(&plan->arena, tables + 1);
    check->next = arena_alloc(&plan->arena, plan->step_count * sizeof *check->next + 1);
    for (size_t i = 0; i < plan->step_count; i++) {
        const struct plan_step *step = &plan->steps[i];
        size_t number = number_of(check, step->table);
        check->next[i] =
            check->first[number] == NULL ? SIZE_MAX : (size_t)(check->first[number] - plan->steps);
        check->first[number] = step;
        if (step->rule->mask_count == 0)
            check->all[number] = true;
        for (size_t c = 0; c < step->cascade_count; c++)
            check->all[number_of(check, step->cascades[c])] = true;
    }
}

static bool is_masked(const struct check *check, const struct catalog_table *table,
                      const char *column)
{
    const struct plan_step *step = check->first[number_of(check, table)];
    while (step != NULL) {
        for (size_t m = 0; m < step->rule->mask_count; m++)
            if (strcmp(step->rule->masks[m].column, column) == 0)
                return true;
        size_t next = check->next[step - check->plan->steps];
        step = next == SIZE_MAX ? NULL : &check->plan->steps[next];
    }
    return false;
}

static bool has_rule(const struct check *check, const struct discovered_column *column)
{
    for (const struct catalog_table *t = table_of(check, column->table_oid); t != NULL;
         t = t->parent)
        if (check->all[number_of(check, t)] || is_masked(check, t, column->column))
            return true;
    return false;
}

static bool is_exempt(const struct check *check, const struct discovered_column *column)
{
    const struct policy *policy = check->plan->policy;
    for (size_t i = 0; i < policy->exemption_count; i++) {
        const struct policy_exemption *exemption = &policy->exemptions[i];
        if (!table_name_matches(&exemption->table, column->schema, column->table))
            continue;
        if (exemption->column_count == 0)
            return true;
        for (size_t c = 0; c < exemption->column_count; c++)
            if (strcmp(exemption->columns[c], column->column) == 0)
                return true;
    }
    return false;
}

static int compare_scores(const void *a, const void *b)
{
    const struct discovered_column *left = *(const struct discovered_column *const *)a;
    const struct discovered_column *right = *(const struct discovered_column *const *)b;
    if (left->score != right->score)
        return left->score < right->score ? 1 : -1;
    return left < right ? -1 : left > right;
}

/* Those that look personal, the likeliest first. */
static void report_suspects(struct check *check)
{
    struct arena *arena = &check->plan->arena;
    const struct discovered_column **suspects = NULL;
    size_t count = 0;
    for (size_t i = 0; i < check->discovery->column_count; i++) {
        const struct discovered_column *column = &check->discovery->columns[i];
        if (column->category != NULL && !has_rule(check, column) && !is_exempt(check, column))
            *ARENA_PUSH(arena, suspects, count) = column;
    }
    if (count > 0)
        qsort(suspects, count, sizeof(struct discovered_column *), compare_scores);
    for (size_t i = 0; i < count; i++) {
        const struct discovered_column *column = suspects[i];
        struct finding *finding =
            add(check, SEVERITY_ERROR, "coverage-suspect", column->table_text,
                "column \"%s\" of %s looks like %s data (%s; %.2f), and nothing covers it",
                column->column, column->table_text, column->category, column->why, column->score);
        finding->hint = "Give it a rule, or list it under \"exempt\" with the reason.";
    }
}

/* Columns that were not there, or were something else, when somebody last looked. */
static void report_changes(struct check *check)
{
    for (size_t i = 0; i < check->discovery->column_count; i++) {
        const struct discovered_column *column = &check->discovery->columns[i];
        const char *type = lockfile_type(check->lock, column->table_text, column->column);
        struct finding *finding = NULL;
        if (type == NULL)
            finding = add(check, SEVERITY_ERROR, "coverage-new", column->table_text,
                          "column \"%s\" of %s (%s) is new since the lockfile was written",
                          column->column, column->table_text, column->type);
        else if (strcmp(type, column->type) != 0)
            finding = add(check, SEVERITY_ERROR, "coverage-changed", column->table_text,
                          "column \"%s\" of %s was %s in the lockfile and is %s now",
                          column->column, column->table_text, type, column->type);
        if (finding != NULL)
            finding->hint = "Look at what it holds, adapt the policy, then run "
                            "check --live --update-lock and commit the lockfile.";
    }
    size_t gone = lockfile_count_gone(check->lock, check->discovery);
    if (gone > 0)
        add(check, SEVERITY_NOTE, "coverage-gone", NULL,
            "%zu column%s of the lockfile %s not there any more", gone, gone == 1 ? "" : "s",
            gone == 1 ? "is" : "are");
}

static void report_no_lock(struct check *check)
{
    struct finding *finding =
        add(check, SEVERITY_WARNING, "coverage-unlocked", NULL,
            "there is no lockfile: a new column would pass unless its name looks personal");
    finding->hint = "Run check --live --update-lock and commit the lockfile with the policy.";
}

static bool has_column(const struct check *check, const struct table_name *table,
                       const char *column)
{
    for (size_t i = 0; i < check->discovery->column_count; i++) {
        const struct discovered_column *at = &check->discovery->columns[i];
        if (table_name_matches(table, at->schema, at->table) &&
            (column == NULL || strcmp(at->column, column) == 0))
            return true;
    }
    return false;
}

static bool is_promised(const struct policy *policy, const struct table_name *table)
{
    bool promised = table->schema_is_pattern;
    for (size_t i = 0; i < policy->coverage_count; i++)
        promised = promised || strcmp(policy->coverage_schemas[i], table->schema) == 0;
    return promised;
}

/* An exemption of something that is not there was meant for something else. */
static void report_exemptions(struct check *check)
{
    const struct policy *policy = check->plan->policy;
    for (size_t i = 0; i < policy->exemption_count; i++) {
        const struct policy_exemption *exemption = &policy->exemptions[i];
        const char *table = exemption->table.text;
        if (!is_promised(policy, &exemption->table))
            continue;
        if (!has_column(check, &exemption->table, NULL))
            add(check, SEVERITY_ERROR, "exempt-missing", table, "exempt table %s does not exist",
                table)
                ->mark = exemption->mark;
        else
            for (size_t c = 0; c < exemption->column_count; c++)
                if (!has_column(check, &exemption->table, exemption->columns[c]))
                    add(check, SEVERITY_ERROR, "exempt-missing", table,
                        "exempt column \"%s\" of %s does not exist", exemption->columns[c], table)
                        ->mark = exemption->mark;
        if (strncmp(exemption->reason, "undecided", strlen("undecided")) == 0)
            add(check, SEVERITY_WARNING, "exempt-undecided", table,
                "nobody has decided yet what becomes of %s", table)
                ->mark = exemption->mark;
    }
}

static void report_schemas(struct check *check)
{
    const struct policy *policy = check->plan->policy;
    for (size_t i = 0; i < policy->coverage_count; i++) {
        bool found = false;
        for (size_t t = 0; t < check->plan->catalog->table_count && !found; t++)
            found =
                strcmp(check->plan->catalog->tables[t].schema, policy->coverage_schemas[i]) == 0;
        if (!found)
            add(check, SEVERITY_ERROR, "coverage-schema-missing", NULL,
                "schema \"%s\" under \"coverage\" has no tables or does not exist",
                policy->coverage_schemas[i]);
    }
}

void coverage_check(struct plan *plan, const struct discovery *discovery,
                    const struct lockfile *lock)
{
    struct check check = {.plan = plan, .discovery = discovery, .lock = lock};
    index_steps(&check);
    report_schemas(&check);
    report_exemptions(&check);
    report_suspects(&check);
    if (lock == NULL)
        report_no_lock(&check);
    else
        report_changes(&check);
}
