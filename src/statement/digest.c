/*
 * digest.c - what a person approves, as one hash
 */
#include "statement/statement.h"

#include "base/json.h"

#include <stdlib.h>
#include <string.h>

/* A summary's leaves are the partitions of the day; they are no part of what is approved. */
static void write_deed(const struct plan *plan, const struct plan_step *step, struct sql *sql)
{
    if (step->action != ACTION_SUMMARISE) {
        statement_deed(plan, step, step->table, STRATEGY_BLOCK_RANGES, false, NULL, sql);
        return;
    }
    struct plan_summary summary = *step->summary;
    struct plan_step bare = *step;
    summary.leaf_oids = NULL;
    bare.summary = &summary;
    statement_summary(plan, &bare, NULL, sql);
}

/* The predicate and the SET list, as the deed on the step's own table would have them. */
static void hash_deed(const struct plan *plan, const struct plan_step *step,
                      char ret_hex[SHA256_HEX])
{
    struct arena arena = {0};
    struct sql sql = {.arena = &arena};
    write_deed(plan, step, &sql);
    for (size_t i = 0; i < sql.param_count; i++)
        sql_addf(&sql, "\n%s", sql.params[i].value == NULL ? "" : sql.params[i].value);
    sha256_hex(sql.text.data, sql.text.length, ret_hex);
    sql_free(&sql);
    arena_free(&arena);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_names(struct json *json, const char *key, const char *const *names, size_t count)
{
    json_array_begin(json, key);
    for (size_t i = 0; i < count; i++)
        json_text(json, NULL, names[i]);
    json_array_end(json);
}

static void add_cascades(struct json *json, struct arena *arena, const struct plan_step *step)
{
    const char **names = NULL;
    size_t count = 0;
    for (size_t i = 0; i < step->cascade_count; i++)
        *ARENA_PUSH(arena, names, count) =
            arena_printf(arena, "%s %s", step->cascades[i]->text, step->cascades[i]->fingerprint);
    if (count > 0)
        qsort(names, count, sizeof *names, compare_names);
    add_names(json, "cascades", names, count);
}

static void add_step(struct json *json, struct arena *arena, const struct plan *plan,
                     const struct plan_step *step)
{
    char deed[SHA256_HEX] = "";
    if (step->refused == NULL)
        hash_deed(plan, step, deed);
    json_object_begin(json, NULL);
    json_text(json, "action", action_name(step->action));
    add_cascades(json, arena, step);
    json_text(json, "cutoff", step->test->cutoff->local);
    json_text(json, "deed", deed);
    json_text(json, "fingerprint", step->table->fingerprint);
    if (step->summary != NULL)
        json_text(json, "into", step->summary->into->fingerprint);
    json_text(json, "refused", step->refused == NULL ? "" : step->refused);
    json_text(json, "rule", step->rule_id);
    json_text(json, "table", step->table->text);
    json_object_end(json);
}

void statement_digest(struct plan *plan)
{
    struct buffer text = {0};
    struct arena arena = {0};
    struct json json = {.out = &text};
    const struct narrowing *n = &plan->narrowing;
    json_object_begin(&json, NULL);
    json_text(&json, "as_of", plan->catalog->as_of);
    json_text(&json, "database", plan->catalog->database);
    json_object_begin(&json, "narrowing");
    add_names(&json, "categories", n->categories, n->category_count);
    add_names(&json, "rules", n->rules, n->rule_count);
    add_names(&json, "tables", n->tables, n->table_count);
    json_object_end(&json);
    json_text(&json, "policy", plan->policy->sha256);
    json_array_begin(&json, "steps");
    for (size_t i = 0; i < plan->step_count; i++)
        add_step(&json, &arena, plan, &plan->steps[i]);
    json_array_end(&json);
    json_text(&json, "system_identifier", plan->catalog->system_identifier);
    json_object_end(&json);
    sha256_hex(text.data, text.length, plan->digest);
    buffer_free(&text);
    arena_free(&arena);
}

static void add_clock(struct json *json, const char *key, const struct policy_clock *clock)
{
    json_object_begin(json, key);
    if (clock->of != NULL)
        add_clock(json, "clock", clock->of);
    add_names(json, "columns", clock->columns, clock->column_count);
    json_int(json, "kind", clock->kind);
    json_int(json, "null_is_active", clock->null_is_active);
    json_text(json, "parent", clock->kind == CLOCK_PARENT ? clock->parent.text : "");
    json_text(json, "sql", clock->sql == NULL ? "" : clock->sql);
    json_int(json, "unit", clock->unit);
    json_object_end(json);
}

static void add_mask(struct json *json, const struct policy_mask *mask)
{
    json_object_begin(json, NULL);
    json_text(json, "column", mask->column);
    add_names(json, "items", mask->items, mask->item_count);
    json_text(json, "mask", mask_name(mask->kind));
    json_int(json, "number", mask->number);
    json_text(json, "text", mask->text == NULL ? "" : mask->text);
    json_object_end(json);
}

static void add_summary(struct json *json, const struct policy_summary *summary)
{
    json_object_begin(json, "summary");
    add_names(json, "by", summary->by, summary->by_count);
    json_text(json, "into", summary->into.text);
    json_array_begin(json, "measures");
    for (size_t i = 0; i < summary->measure_count; i++) {
        const struct policy_measure *measure = &summary->measures[i];
        json_object_begin(json, NULL);
        json_text(json, "column", measure->column == NULL ? "" : measure->column);
        json_text(json, "into", measure->into);
        json_text(json, "measure", measure_name(measure->kind));
        json_object_end(json);
    }
    json_array_end(json);
    json_int(json, "minimum", summary->minimum);
    json_text(json, "period", period_name(summary->period));
    json_text(json, "period_column", summary->period_column);
    json_object_end(json);
}

void statement_rule_digest(const struct plan_step *step, char ret_hex[SHA256_HEX])
{
    const struct policy_rule *rule = step->rule;
    struct buffer text = {0};
    struct json json = {.out = &text};
    json_object_begin(&json, NULL);
    json_text(&json, "action", action_name(rule->action));
    json_array_begin(&json, "cascade");
    for (size_t i = 0; i < rule->cascade_count; i++)
        json_text(&json, NULL, rule->cascade[i].text);
    json_array_end(&json);
    add_clock(&json, "clock", rule->clock);
    json_array_begin(&json, "masks");
    for (size_t i = 0; i < rule->mask_count; i++)
        add_mask(&json, &rule->masks[i]);
    json_array_end(&json);
    json_text(&json, "only", rule->only == NULL ? "" : rule->only);
    if (rule->action == ACTION_SUMMARISE)
        add_summary(&json, &rule->summary);
    json_text(&json, "table", step->table->text);
    json_text(&json, "unless", rule->unless == NULL ? "" : rule->unless);
    json_object_end(&json);
    sha256_hex(text.data, text.length, ret_hex);
    buffer_free(&text);
}
