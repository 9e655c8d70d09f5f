/* status_json.c - pgretain.status/1, members in the order the manual lists them. */
#include "report/parts.h"
#include "report/status.h"

#include <string.h>

static void set(json_t *object, const char *key, json_t *value)
{
    json_object_set_new(object, key, value);
}

/* JSON null for "". */
static json_t *text(const char *value)
{
    return value == NULL || value[0] == '\0' ? json_null() : json_utf8(value);
}

static json_t *error_json(const struct error *error)
{
    if (error->status == EXIT_DONE)
        return json_null();
    json_t *object = json_object();
    set(object, "status", json_integer((json_int_t)error->status));
    set(object, "message", json_utf8(error->message));
    set(object, "detail", text(error->detail));
    set(object, "hint", text(error->hint));
    return object;
}

static json_t *keepers_json(const char *key, const struct keeper *list, size_t count)
{
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *object = json_object();
        set(object, key, json_utf8(list[i].name));
        set(object, "rows", json_count(list[i].rows));
        json_array_append_new(array, object);
    }
    return array;
}

static void set_log_rule(json_t *object, const struct policy_status *status, size_t number)
{
    const struct log_rule *rule = status_log_rule(status, number);
    const struct forecast forecast = status_forecast(status, number);
    json_t *last = json_null();
    if (rule != NULL) {
        const struct log_pass *pass = &rule->passes[rule->pass_count - 1];
        last = json_object();
        set(last, "run", json_utf8(rule->run));
        set(last, "at", json_utf8(rule->at));
        set(last, "state", json_utf8(rule->state));
        set(last, "due", json_count(pass->due));
        set(last, "changed", json_count(pass->changed));
    }
    set(object, "resurrected", json_boolean(status_is_resurrected(status, number)));
    set(object, "last", last);
    set(object, "rows_per_second", json_count(forecast.rows_per_second));
    set(object, "clears",
        forecast.kind == FORECAST_UNKNOWN ? json_null()
                                          : json_boolean(forecast.kind == FORECAST_RUNS));
    set(object, "runs_to_clear",
        forecast.kind == FORECAST_RUNS ? json_integer(forecast.runs) : json_null());
}

static json_t *rule_json(const struct policy_status *status, size_t number)
{
    const struct plan_step *step = &status->plan->steps[number];
    const struct counts *counts = &status->counts[number];
    const struct keepers *keepers = &status->keepers[number];
    char deadline[STATUS_DATE], due_since[STATUS_DATE];
    json_t *object = json_object();
    status_deadline(step, counts->oldest, deadline);
    status_deadline(step, counts->oldest_due, due_since);
    set(object, "rule", json_utf8(step->rule_id));
    set(object, "table", json_utf8(step->table->text));
    set(object, "category", json_utf8(step->rule->category->name));
    set(object, "action", json_utf8(action_name(step->action)));
    set(object, "keep", json_utf8(step_keep(step)));
    set(object, "state", json_utf8(rule_state_name(status_rule(status, number))));
    set(object, "oldest", text(counts->oldest));
    set(object, "deadline", text(deadline));
    set(object, "oldest_due", text(counts->oldest_due));
    set(object, "due_since", text(due_since));
    set(object, "due", json_count(counts->due));
    set(object, "overdue", json_count(status->overdue[number]));
    set(object, "held", json_count(counts->held));
    set(object, "held_by", keepers_json("hold", keepers->holds, keepers->hold_count));
    set(object, "blocked", json_count(counts->blocked));
    set(object, "blocked_by", keepers_json("table", keepers->blocks, keepers->block_count));
    set(object, "excluded", json_count(counts->excluded));
    set(object, "undecided", json_count(counts->undecided));
    set(object, "undated", json_count(counts->undated));
    set(object, "future", json_count(counts->future));
    set(object, "refused", json_utf8(step->refused));
    set_log_rule(object, status, number);
    return object;
}

static json_t *run_json(const struct log_run *run)
{
    if (run->began[0] == '\0')
        return json_null();
    json_t *object = json_object();
    set(object, "run", json_utf8(run->run));
    set(object, "began", json_utf8(run->began));
    set(object, "ended", text(run->ended));
    set(object, "state", text(run->state));
    set(object, "left_out", json_count(run->left_out));
    set(object, "changed", json_count(run->changed));
    set(object, "cascaded", json_count(run->cascaded));
    set(object, "seq", json_integer(run->seq));
    set(object, "head", text(run->head));
    return object;
}

static json_t *checkpoint_json(const struct log_review *audit)
{
    if (audit == NULL || audit->checkpoint.records == 0)
        return json_null();
    json_t *object = json_object();
    set(object, "records", json_integer(audit->checkpoint.records));
    set(object, "root", json_utf8(audit->checkpoint.root));
    set(object, "key", json_utf8(audit->checkpoint.key));
    set(object, "verified", json_boolean(audit->checkpoint.is_verified));
    return object;
}

static json_t *audit_json(const struct policy_status *status)
{
    const struct log_review *audit = status->audit;
    json_t *object = json_object();
    set(object, "file", json_utf8(status->audit_file));
    set(object, "records", audit == NULL ? json_null() : json_integer(audit->records));
    set(object, "last_complete", audit == NULL ? json_null() : run_json(&audit->complete));
    set(object, "last", audit == NULL ? json_null() : run_json(&audit->last));
    set(object, "checkpoint", checkpoint_json(audit));
    set(object, "runs_since", audit == NULL ? json_null() : json_integer(audit->runs_since));
    set(object, "error", error_json(&status->audit_error));
    return object;
}

static json_t *policy_json(const struct policy_status *status)
{
    const struct plan *plan = status->plan;
    json_t *object = json_object(), *rules = json_array(), *policy = json_null(),
           *database = json_null();
    if (status->policy != NULL) {
        policy = json_object();
        set(policy, "name", json_utf8(status->policy->name));
        set(policy, "sha256", json_utf8(status->policy->sha256));
    }
    if (plan != NULL) {
        database = json_object();
        set(database, "name", json_utf8(plan->catalog->database));
        set(database, "server_version", json_utf8(plan->catalog->server_version));
    }
    set(object, "file", json_utf8(status->file));
    set(object, "policy", policy);
    set(object, "database", database);
    set(object, "as_of", plan == NULL ? json_null() : json_utf8(plan->catalog->as_of));
    set(object, "state", json_utf8(status_word(status)));
    set(object, "error", error_json(&status->error));
    for (size_t i = 0; plan != NULL && i < plan->step_count; i++)
        json_array_append_new(rules, rule_json(status, i));
    set(object, "rules", rules);
    set(object, "audit", audit_json(status));
    set(object, "findings", json_findings(plan));
    return object;
}

void status_as_json(const struct status *status, struct buffer *out)
{
    json_t *root = json_object(), *policies = json_array();
    set(root, "format", json_utf8("pgretain.status/1"));
    set(root, "grace_seconds", json_integer((json_int_t)status->grace_seconds));
    for (size_t i = 0; i < status->policy_count; i++)
        json_array_append_new(policies, policy_json(&status->policies[i]));
    set(root, "policies", policies);
    add_json(root, out);
}
