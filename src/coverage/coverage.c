/* coverage.c - what no rule, exemption or earlier look takes care of. */
#include "coverage/coverage_private.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct finding *coverage_add(struct check *check, enum severity severity, const char *code,
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

/* The columns of tables that the catalog has: what was created since is for the next check. */
static void take_columns(struct check *check, const struct discovery *discovery)
{
    const struct catalog *catalog = check->plan->catalog;
    struct discovery *known = arena_alloc(check->arena, sizeof *known);
    size_t at = 0, count = 0; /* both are sorted by oid */
    for (size_t i = 0; i < discovery->column_count; i++) {
        while (at < catalog->table_count &&
               catalog->tables[at].oid < discovery->columns[i].table_oid)
            at++;
        if (at == catalog->table_count ||
            catalog->tables[at].oid != discovery->columns[i].table_oid)
            continue;
        *ARENA_PUSH(check->arena, known->columns, known->column_count) = discovery->columns[i];
        *ARENA_PUSH(check->arena, check->tables, count) = &catalog->tables[at];
    }
    check->discovery = known;
}

static int compare_scores(const void *a, const void *b)
{
    const struct discovered_column *left = *(const struct discovered_column *const *)a;
    const struct discovered_column *right = *(const struct discovered_column *const *)b;
    if (left->score != right->score)
        return left->score < right->score ? 1 : -1;
    return left < right ? -1 : left > right;
}

static void report_suspect(struct check *check, size_t number)
{
    const struct discovered_column *column = &check->discovery->columns[number];
    const struct catalog_table *table = check->tables[number], *gap = covered_gap(check, number);
    bool is_copy = table->kind == 'm' || table->kind == 'f';
    const char *part = gap == table ? "" : arena_printf(check->arena, " in its part %s", gap->text);
    struct finding *finding =
        coverage_add(check, is_copy ? SEVERITY_WARNING : SEVERITY_ERROR,
                     is_copy ? "coverage-copy" : "coverage-suspect", column->table_text,
                     "column \"%s\" of %s%s looks like %s data (%s; %.2f), and nothing covers it%s",
                     column->column,
                     table->kind == 'm'   ? "materialized view "
                     : table->kind == 'f' ? "foreign table "
                                          : "",
                     column->table_text, column->category, column->why, column->score, part);
    finding->hint =
        table->kind == 'm' ? "No rule reaches a copy: refresh it after each run, and list it under "
                             "\"exempt\" with that reason."
        : table->kind == 'f'
            ? "No rule reaches another server's rows: run a policy there, and list it under "
              "\"exempt\" with that reason."
            : "Give it a rule, or list it under \"exempt\" with the reason.";
}

/* Those that look personal, the likeliest first. */
static void report_suspects(struct check *check)
{
    const struct discovered_column **suspects = NULL;
    size_t count = 0;
    for (size_t i = 0; i < check->discovery->column_count; i++)
        if (check->discovery->columns[i].category != NULL && covered_gap(check, i) != NULL &&
            !exempt_is(check, i))
            *ARENA_PUSH(check->arena, suspects, count) = &check->discovery->columns[i];
    if (count > 0)
        qsort(suspects, count, sizeof(struct discovered_column *), compare_scores);
    for (size_t i = 0; i < count; i++)
        report_suspect(check, (size_t)(suspects[i] - check->discovery->columns));
}

static void report_scope(struct check *check, size_t number, const struct plan_step *step)
{
    const struct discovered_column *column = &check->discovery->columns[number];
    const struct policy_rule *rule = step->rule;
    bool is_subset = rule->only != NULL;
    struct finding *finding = coverage_add(
        check, is_subset ? SEVERITY_WARNING : SEVERITY_NOTE, "coverage-scope", column->table_text,
        "column \"%s\" of %s looks like %s data (%s; %.2f), and \"%s\" of rule \"%s\" leaves rows "
        "of it out",
        column->column, column->table_text, column->category, column->why, column->score,
        is_subset ? "only" : "unless", step->rule_id);
    finding->rule = step->rule_id;
    finding->mark = is_subset ? rule->only_mark : rule->unless_mark;
    finding->hint = "They stay as long as they are out of scope. Give them a rule, or list the "
                    "column under \"exempt\" with the reason.";
}

/* One column a table speaks for the others: the likeliest of those that a scope leaves out. */
static void report_scopes(struct check *check)
{
    const struct discovered_column *columns = check->discovery->columns;
    size_t count = check->discovery->column_count;
    for (size_t first = 0, next; first < count; first = next) {
        const struct plan_step *limiting = NULL;
        size_t likeliest = first;
        for (next = first; next < count && check->tables[next] == check->tables[first]; next++) {
            const struct plan_step *step = columns[next].category == NULL ||
                                                   covered_gap(check, next) != NULL ||
                                                   exempt_is(check, next)
                                               ? NULL
                                               : covered_partly(check, next);
            if (step == NULL ||
                (limiting != NULL && columns[next].score <= columns[likeliest].score))
                continue;
            limiting = step;
            likeliest = next;
        }
        if (limiting != NULL)
            report_scope(check, likeliest, limiting);
    }
}

static void report_no_lock(struct check *check)
{
    struct finding *finding = coverage_add(
        check, SEVERITY_WARNING, "coverage-unlocked", NULL,
        "there is no lockfile: a new column would pass unless its name looks personal");
    finding->hint = "Run check --live --update-lock and commit the lockfile with the policy.";
}

static void report_schemas(struct check *check)
{
    const struct policy *policy = check->plan->policy;
    for (size_t i = 0; i < policy->coverage_count; i++) {
        const struct table_name *schema = &policy->coverage_schemas[i];
        if (catalog_find_table(check->plan->catalog, schema) == NULL)
            coverage_add(check, SEVERITY_ERROR, "coverage-schema-missing", NULL,
                         schema->schema_is_pattern
                             ? "pattern \"%s\" under \"coverage\" matches no schema with tables"
                             : "schema \"%s\" under \"coverage\" has no tables or does not exist",
                         schema->text)
                ->mark = schema->mark;
    }
}

void coverage_check(struct plan *plan, const struct discovery *discovery,
                    const struct lockfile *lock)
{
    struct check check = {.plan = plan, .arena = &plan->arena, .lock = lock};
    take_columns(&check, discovery);
    covered_find(&check);
    exempt_find(&check);
    report_schemas(&check);
    exempt_report(&check);
    report_suspects(&check);
    report_scopes(&check);
    if (lock == NULL)
        report_no_lock(&check);
    else
        changes_report(&check);
}
