/* json.c - plans and outcomes as versioned JSON, members in the order the manual lists them. */
#include "report/parts.h"
#include "report/text.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

json_t *json_utf8(const char *text)
{
    if (text == NULL)
        return json_null();
    struct buffer valid = {0};
    while (*text != '\0') {
        int32_t code_point;
        size_t length = utf8_decode(text, strnlen(text, 4), &code_point);
        if (code_point < 0)
            buffer_add(&valid, "\xef\xbf\xbd");
        else
            buffer_add_bytes(&valid, text, length);
        text += length;
    }
    json_t *string = json_string(buffer_text(&valid));
    buffer_free(&valid);
    return string;
}

json_t *json_count(int64_t number)
{
    return number < 0 ? json_null() : json_integer(number);
}

static void set(json_t *object, const char *key, json_t *value)
{
    json_object_set_new(object, key, value);
}

static json_t *seconds(double value)
{
    return json_real((double)(int64_t)(value * 1000 + 0.5) / 1000);
}

void add_json(json_t *root, struct buffer *out)
{
    char *text = json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(12));
    if (text != NULL)
        buffer_add(out, text);
    free(text);
    buffer_add(out, "\n");
    json_decref(root);
}

json_t *json_plan_head(const char *format, const struct plan *plan)
{
    json_t *root = json_object();
    json_t *policy = json_object();
    json_t *database = json_object();
    set(root, "format", json_utf8(format));
    set(policy, "name", json_utf8(plan->policy->name));
    set(policy, "sha256", json_utf8(plan->policy->sha256));
    set(root, "policy", policy);
    set(database, "name", json_utf8(plan->catalog->database));
    set(database, "server_version", json_utf8(plan->catalog->server_version));
    set(root, "database", database);
    set(root, "as_of", json_utf8(plan->catalog->as_of));
    set(root, "digest", plan->digest[0] == '\0' ? json_null() : json_utf8(plan->digest));
    return root;
}

static void set_counts(json_t *object, const struct plan_step *step, const struct counts *counts)
{
    const struct counts *c = counts == NULL ? &uncounted : counts;
    set(object, "rows", json_count(c->rows));
    set(object, "counted",
        c->timed_out ? json_utf8("timed out")
        : c->due < 0 ? json_null()
                     : json_utf8("exact"));
    set(object, "due", json_count(c->due));
    set(object, "held", json_count(c->held));
    set(object, "blocked", json_count(c->blocked));
    set(object, "excluded", json_count(c->excluded));
    set(object, "undecided", json_count(c->undecided));
    set(object, "undated", json_count(c->undated));
    set(object, "active", json_count(c->active));
    set(object, "future", json_count(c->future));
    set(object, "bytes", json_count(c->bytes));
    set(object, "oldest", c->oldest[0] == '\0' ? json_null() : json_utf8(c->oldest));
    set(object, "done", action_deletes(step->action) ? json_null() : json_count(c->done));
}

json_t *json_step(const struct plan_step *step, const struct counts *counts)
{
    json_t *object = json_object();
    const struct catalog_cutoff *cutoff = step->test->cutoff;
    set(object, "rule", json_utf8(step->rule_id));
    set(object, "table", json_utf8(step->table->text));
    set(object, "category", json_utf8(step->rule->category->name));
    set(object, "action", json_utf8(action_name(step->action)));
    if (step->action == ACTION_SUMMARISE) {
        set(object, "into", json_utf8(step->rule->summary.into.text));
        set(object, "period", json_utf8(period_name(step->rule->summary.period)));
    }
    set(object, "strategy", json_utf8(strategy_name(step->strategy)));
    set(object, "why", json_utf8(step->why));
    set(object, "keep", json_utf8(step_keep(step)));
    set(object, "cutoff", json_utf8(cutoff == NULL ? NULL : cutoff->instant));
    set_counts(object, step, counts);
    set(object, "refused", json_utf8(step->refused));
    return object;
}

json_t *json_finding(const struct finding *finding, const char *file)
{
    json_t *object = json_object();
    bool placed = finding->mark.line > 0;
    set(object, "code", json_utf8(finding->code));
    set(object, "severity", json_utf8(severity_name(finding->severity)));
    set(object, "rule", json_utf8(finding->rule));
    set(object, "table", json_utf8(finding->table));
    set(object, "file", json_utf8(file));
    set(object, "line", placed ? json_integer(finding->mark.line) : json_null());
    set(object, "column", placed ? json_integer(finding->mark.column) : json_null());
    set(object, "message", json_utf8(finding->message));
    set(object, "hint", json_utf8(finding->hint));
    if (finding->rows > 0)
        set(object, "rows", json_integer(finding->rows));
    return object;
}

json_t *json_findings(const struct plan *plan)
{
    json_t *list = json_array();
    for (size_t i = 0; plan != NULL && i < plan->finding_count; i++)
        json_array_append_new(list, json_finding(&plan->findings[i], plan->policy->file));
    return list;
}

static json_t *json_totals(const struct plan *plan, const struct counts *counts)
{
    struct totals totals = report_totals(plan, counts);
    json_t *object = json_object();
    set(object, "due", json_count(totals.due));
    set(object, "held", json_count(totals.held));
    set(object, "blocked", json_count(totals.blocked));
    set(object, "bytes", json_count(totals.bytes));
    return object;
}

void plan_as_json(const struct plan *plan, const struct counts *counts, struct buffer *out)
{
    json_t *root = json_plan_head("pgretain.plan/1", plan);
    json_t *steps = json_array();
    for (size_t i = 0; i < plan->step_count; i++)
        json_array_append_new(steps,
                              json_step(&plan->steps[i], counts == NULL ? NULL : &counts[i]));
    set(root, "steps", steps);
    set(root, "findings", json_findings(plan));
    set(root, "totals", json_totals(plan, counts));
    add_json(root, out);
}

static void set_outcome(json_t *step, const struct step_outcome *outcome)
{
    set(step, "state", json_utf8(step_state_name(outcome->state)));
    set(step, "changed", json_count(outcome->changed));
    set(step, "cascaded", json_count(outcome->cascaded));
    set(step, "batches", json_count(outcome->batches));
    set(step, "locked", json_count(outcome->locked));
    set(step, "left", json_count(outcome->left));
    set(step, "seconds", seconds(outcome->seconds));
    set(step, "throttled_seconds", seconds(outcome->throttled_seconds));
    if (outcome->throttle[0] != '\0')
        set(step, "throttle", json_string(outcome->throttle));
    set(step, "audit_seconds", seconds(outcome->audit_seconds));
    set(step, "sqlstate",
        outcome->sqlstate[0] == '\0' ? json_null() : json_utf8(outcome->sqlstate));
    set(step, "reason", outcome->reason[0] == '\0' ? json_null() : json_utf8(outcome->reason));
}

void outcome_as_json(const struct plan *plan, const struct counts *counts,
                     const struct outcome *outcome, struct buffer *out)
{
    json_t *root = json_plan_head("pgretain.outcome/1", plan);
    json_t *steps = json_array();
    json_t *audit = json_object();
    set(root, "run", json_utf8(outcome->run));
    set(root, "stopped", json_boolean(outcome->stopped != NULL));
    set(root, "stopped_by", json_utf8(outcome->stopped));
    set(root, "rehearsed", json_boolean(outcome->rehearsed));
    for (size_t i = 0; i < outcome->step_count; i++) {
        json_t *step = json_step(&plan->steps[i], counts == NULL ? NULL : &counts[i]);
        set_outcome(step, &outcome->steps[i]);
        json_array_append_new(steps, step);
    }
    set(root, "steps", steps);
    set(root, "findings", json_findings(plan));
    set(root, "totals", json_totals(plan, counts));
    set(audit, "file", json_utf8(outcome->audit_file));
    set(audit, "first_seq", json_count(outcome->audit_first_seq));
    set(audit, "last_seq", json_count(outcome->audit_last_seq));
    set(audit, "root",
        outcome->audit_root[0] == '\0' ? json_null() : json_utf8(outcome->audit_root));
    set(audit, "signed", json_boolean(outcome->audit_is_signed));
    set(audit, "head",
        outcome->audit_head[0] == '\0' ? json_null() : json_utf8(outcome->audit_head));
    set(root, "audit", audit);
    add_json(root, out);
}
