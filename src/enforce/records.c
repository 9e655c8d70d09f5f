/* records.c - what a run writes into the audit log. */
#include "enforce/enforce_private.h"

#include "base/fault.h"
#include "statement/statement.h"

/* The fields of one record, in any order; those whose value is missing are left out. */
struct record {
    struct audit_field fields[24];
    size_t count;
};

static void add_text(struct record *record, const char *key, const char *text)
{
    if (text != NULL && text[0] != '\0')
        record->fields[record->count++] = (struct audit_field){key, text, 0};
}

static void add_count(struct record *record, const char *key, int64_t number)
{
    if (number >= 0)
        record->fields[record->count++] = (struct audit_field){key, NULL, number};
}

static int append(struct audit_log *log, const char *kind, const struct record *record,
                  struct error *err)
{
    return audit_append(log, kind, record->fields, record->count, NULL, err);
}

int record_run_begin(struct audit_log *log, const struct plan *plan,
                     const struct enforce_options *options, struct error *err)
{
    struct record r = {.count = 0};
    const struct catalog *catalog = plan->catalog;
    const struct enforce_identity *who = &options->identity;
    add_text(&r, "policy", plan->policy->name);
    add_text(&r, "policy_sha256", plan->policy->sha256);
    add_text(&r, "digest", plan->digest);
    add_text(&r, "as_of", catalog->as_of);
    add_text(&r, "tool", PGRETAIN_VERSION);
    add_text(&r, "system_identifier", catalog->system_identifier);
    add_count(&r, "timeline", catalog->timeline);
    add_text(&r, "database", catalog->database);
    add_text(&r, "role", catalog->role);
    add_text(&r, "os_user", who->os_user);
    add_text(&r, "host", who->host);
    add_text(&r, "reason", who->reason);
    add_text(&r, "cluster_reason", who->cluster_reason);
    add_text(&r, "approval", who->approval);
    add_text(&r, "approved_by", who->approved_by);
    add_count(&r, "left_out", plan->left_out);
    return append(log, "run_begin", &r, err);
}

int record_findings(struct audit_log *log, const struct plan *plan, struct error *err)
{
    for (size_t i = 0; i < plan->finding_count; i++) {
        const struct finding *finding = &plan->findings[i];
        struct record r = {.count = 0};
        if (finding->severity == SEVERITY_NOTE)
            continue;
        add_text(&r, "code", finding->code);
        add_text(&r, "severity", severity_name(finding->severity));
        add_text(&r, "rule", finding->rule);
        add_text(&r, "table", finding->table);
        add_count(&r, "rows", finding->rows > 0 ? finding->rows : -1);
        if (append(log, "finding", &r, err) != 0)
            return -1;
    }
    return 0;
}

/* A line cut short by a crash stays as it is; the record after it says so. */
int record_torn(struct audit_log *log, struct error *err)
{
    struct record r = {.count = 0};
    add_text(&r, "cause", "torn");
    add_text(&r, "outcome", "torn");
    add_count(&r, "rows", 0);
    return append(log, "recovered", &r, err);
}

int record_step_begin(struct audit_log *log, const struct stage *stage, struct error *err)
{
    struct record r = {.count = 0};
    char digest[SHA256_HEX];
    const struct plan_step *step = stage->step;
    statement_rule_digest(step, digest);
    add_text(&r, "rule", step->rule_id);
    add_text(&r, "rule_digest", digest);
    add_text(&r, "table", step->table->text);
    add_text(&r, "category", step->rule->category->name);
    add_text(&r, "action", action_name(step->action));
    add_text(&r, "strategy", strategy_name(step->strategy));
    add_text(&r, "window", step->rule->keep.text);
    add_text(&r, "cutoff", step->test->cutoff->instant);
    return append(log, "step_begin", &r, err);
}

int record_step_end(struct audit_log *log, const struct stage *stage, struct error *err)
{
    struct record r = {.count = 0};
    const struct counts *counts = stage->planned;
    const struct step_outcome *result = stage->result;
    add_text(&r, "rule", stage->step->rule_id);
    add_text(&r, "table", stage->step->table->text);
    add_text(&r, "state", step_state_name(result->state));
    add_count(&r, "due", counts->due);
    add_count(&r, "changed", result->changed);
    add_count(&r, "cascaded", result->cascaded);
    add_count(&r, "held", counts->held);
    add_count(&r, "blocked", counts->blocked);
    add_count(&r, "undecided", counts->undecided);
    add_count(&r, "excluded", counts->excluded);
    add_count(&r, "undated", counts->undated);
    add_count(&r, "future", counts->future);
    add_count(&r, "locked", result->locked);
    add_count(&r, "left", result->left);
    add_text(&r, "sqlstate", result->sqlstate);
    add_text(&r, "throttle", result->throttle);
    if (result->throttle[0] != '\0')
        add_count(&r, "throttled_ms", (int64_t)(result->throttled_seconds * 1000));
    return append(log, "step_end", &r, err);
}

/* Before COMMIT, so that whatever becomes of the batch they are on record with it. */
static int record_cascades(struct audit_log *log, const struct lane *lane, int64_t intent,
                           struct error *err)
{
    const struct plan_step *step = lane->stage->step;
    for (size_t i = 0; i < step->cascade_count; i++) {
        struct record r = {.count = 0};
        if (lane->cascaded == 0 || lane->cascades[i] <= 0)
            continue;
        add_text(&r, "rule", step->rule_id);
        add_text(&r, "table", step->cascades[i]->text);
        add_count(&r, "intent", intent);
        add_count(&r, "rows", lane->cascades[i]);
        if (append(log, "cascade", &r, err) != 0)
            return -1;
    }
    return 0;
}

int record_intent(struct audit_log *log, const struct lane *lane, int64_t *ret_seq,
                  struct error *err)
{
    struct record r = {.count = 0};
    add_text(&r, "rule", lane->stage->step->rule_id);
    add_text(&r, "table", lane->piece->leaf->leaf->text);
    add_count(&r, "lane", lane->number);
    add_text(&r, "range", lane->shown_range);
    add_text(&r, "xid", lane->xid);
    add_count(&r, "wal_position", lane->engine->flushed_to);
    add_count(&r, "rows", lane->rows);
    add_count(&r, "cascaded", lane->cascaded);
    if (audit_append(log, "intent", r.fields, r.count, ret_seq, err) != 0 ||
        record_cascades(log, lane, *ret_seq, err) != 0)
        return -1;
    return fault_point("intent-written", err);
}

int record_commit(struct audit_log *log, const struct lane *lane, struct error *err)
{
    struct record r = {.count = 0};
    add_count(&r, "intent", lane->intent);
    add_count(&r, "rows", lane->rows);
    return append(log, "commit", &r, err);
}

int record_abort(struct audit_log *log, const struct lane *lane, const char *sqlstate,
                 struct error *err)
{
    struct record r = {.count = 0};
    add_count(&r, "intent", lane->intent);
    add_count(&r, "rows", 0);
    add_text(&r, "sqlstate", sqlstate);
    return append(log, "abort", &r, err);
}

int record_detach(struct audit_log *log, const struct lane *lane, struct error *err)
{
    struct record r = {.count = 0};
    const struct catalog_table *partition = lane->piece->leaf->leaf;
    add_text(&r, "rule", lane->stage->step->rule_id);
    add_text(&r, "partition", partition->text);
    add_text(&r, "parent", partition->parent->text);
    add_text(&r, "bound", partition->bound);
    return append(log, "detach", &r, err);
}

int record_detached_end(struct audit_log *log, const char *kind, const char *rule,
                        const char *partition, struct error *err)
{
    struct record r = {.count = 0};
    add_text(&r, "rule", rule);
    add_text(&r, "partition", partition);
    return append(log, kind, &r, err);
}

int record_run_end(struct audit_log *log, const struct outcome *outcome, struct error *err)
{
    struct record r = {.count = 0};
    int64_t changed = 0, cascaded = 0;
    bool failed = false;
    for (size_t i = 0; i < outcome->step_count; i++) {
        changed += outcome->steps[i].changed;
        cascaded += outcome->steps[i].cascaded;
        failed = failed || outcome->steps[i].state == STEP_FAILED;
    }
    add_text(&r, "state", outcome->stopped ? "stopped" : failed ? "failed" : "done");
    add_count(&r, "changed", changed);
    add_count(&r, "cascaded", cascaded);
    return append(log, "run_end", &r, err);
}
