/*
 * run.c - a run from its first audit record to its last
 */
#include "enforce/enforce_private.h"

#include "base/fault.h"
#include "statement/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

const char *step_state_name(enum step_state state)
{
    static const char *const names[] = {"done", "partial", "skipped", "refused", "failed"};
    return names[state];
}

/* A random UUID (RFC 9562, version 4). */
static int make_run_id(char ret_id[40], struct error *err)
{
    unsigned char b[16];
    if (getrandom(b, sizeof b, 0) != (ssize_t)sizeof b)
        return error_set(err, EXIT_FAILED, "the system gave no random bytes");
    b[6] = (unsigned char)((b[6] & 0x0f) | 0x40);
    b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
    snprintf(ret_id, 40, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
             b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13],
             b[14], b[15]);
    return 0;
}

/* The fields of one record, in any order; those whose value is missing are left out. */
struct record {
    struct audit_field fields[24];
    size_t count;
};

static void add_text(struct record *record, const char *key, const char *text)
{
    if (text != NULL)
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
    int64_t seq;
    return audit_append(log, kind, record->fields, record->count, &seq, err);
}

static int write_run_begin(struct audit_log *log, const struct plan *plan,
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
    add_text(&r, "approval", who->approval);
    add_text(&r, "approved_by", who->approved_by);
    return append(log, "run_begin", &r, err);
}

static int write_findings(struct audit_log *log, const struct plan *plan, struct error *err)
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
        if (append(log, "finding", &r, err) != 0)
            return -1;
    }
    return 0;
}

/* A line cut short by a crash stays as it is; the record after it says so. */
static int write_torn(struct audit_log *log, struct error *err)
{
    struct record r = {.count = 0};
    add_text(&r, "cause", "torn");
    add_text(&r, "outcome", "torn");
    add_count(&r, "rows", 0);
    return append(log, "recovered", &r, err);
}

int enforce_begin(struct audit_log *log, const struct plan *plan, const struct audit_state *state,
                  const struct enforce_options *options, struct outcome *outcome, struct error *err)
{
    if (make_run_id(outcome->run, err) != 0 ||
        audit_keep_policy(log, plan->policy->sha256, plan->policy->bytes, plan->policy->byte_count,
                          err) != 0)
        return -1;
    audit_set_run(log, outcome->run);
    outcome->step_count = plan->step_count;
    outcome->steps = arena_alloc(&outcome->arena, plan->step_count * sizeof *outcome->steps + 1);
    outcome->audit_first_seq = audit_next_seq(log);
    if (state->torn && write_torn(log, err) != 0)
        return -1;
    if (write_run_begin(log, plan, options, err) != 0 || write_findings(log, plan, err) != 0)
        return -1;
    return audit_sync(log, err);
}

static int write_step_begin(struct worker *w, struct error *err)
{
    struct record r = {.count = 0};
    char digest[SHA256_HEX];
    statement_rule_digest(w->step, digest);
    add_text(&r, "rule", w->step->rule_id);
    add_text(&r, "rule_digest", digest);
    add_text(&r, "table", w->step->table->text);
    add_text(&r, "category", w->step->rule->category->name);
    add_text(&r, "action", action_name(w->step->action));
    add_text(&r, "strategy", strategy_name(w->step->strategy));
    add_text(&r, "window", w->step->rule->keep.text);
    add_text(&r, "cutoff", w->step->test->cutoff->instant);
    return append(w->log, "step_begin", &r, err);
}

static int write_step_end(struct worker *w, struct error *err)
{
    struct record r = {.count = 0};
    add_text(&r, "rule", w->step->rule_id);
    add_text(&r, "table", w->step->table->text);
    add_text(&r, "state", step_state_name(w->result->state));
    add_count(&r, "due", w->counts->due);
    add_count(&r, "changed", w->result->changed);
    add_count(&r, "cascaded", w->result->cascaded);
    add_count(&r, "held", w->counts->held);
    add_count(&r, "blocked", w->counts->blocked);
    add_count(&r, "undecided", w->counts->undecided);
    add_count(&r, "excluded", w->counts->excluded);
    add_count(&r, "undated", w->counts->undated);
    add_count(&r, "future", w->counts->future);
    add_count(&r, "locked", w->result->locked);
    add_count(&r, "left", w->result->left);
    if (w->result->sqlstate[0] != '\0')
        add_text(&r, "sqlstate", w->result->sqlstate);
    return append(w->log, "step_end", &r, err);
}

static int write_run_end(struct audit_log *log, struct outcome *outcome, struct error *err)
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
    if (append(log, "run_end", &r, err) != 0 || audit_sync(log, err) != 0)
        return -1;
    outcome->audit_last_seq = audit_next_seq(log) - 1;
    memcpy(outcome->audit_head, audit_head(log), SHA256_HEX);
    return 0;
}

static void note_cascades(struct worker *w)
{
    struct arena *arena = &w->outcome->arena;
    const struct plan_step *step = w->step;
    struct buffer oids = {0}, numbers = {0};
    for (size_t i = 0; i < step->cascade_count; i++)
        for (size_t l = 0; l < step->cascades[i]->leaf_count; l++) {
            buffer_addf(&oids, "%c%u", oids.length == 0 ? '{' : ',',
                        (unsigned)step->cascades[i]->leaves[l]->oid);
            buffer_addf(&numbers, "%c%zu", numbers.length == 0 ? '{' : ',', i);
        }
    if (oids.length > 0) {
        w->cascade_oids = arena_printf(arena, "%s}", oids.data);
        w->cascade_numbers = arena_printf(arena, "%s}", numbers.data);
    }
    w->cascaded = arena_alloc(arena, step->cascade_count * sizeof *w->cascaded + 1);
    buffer_free(&oids);
    buffer_free(&numbers);
}

/* NO ACTION and RESTRICT on the table itself: one pass frees the rows that the next one takes. */
static bool peels(const struct plan_step *step)
{
    for (size_t i = 0; i < step->test->block_count; i++)
        if (step->test->blocks[i].is_self &&
            step->test->blocks[i].fkey->on_delete != REFERENCE_CASCADE)
            return true;
    return false;
}

static int run_step(struct worker *w, struct error *err)
{
    if (w->step->refused != NULL) {
        w->result->state = STEP_REFUSED;
        snprintf(w->result->reason, sizeof w->result->reason, "%s", w->step->refused);
        return 0;
    }
    if (*w->options->stop) {
        w->result->state = STEP_SKIPPED;
        return 0;
    }
    if (w->counts->due == 0 && w->options->step_is_new != NULL &&
        w->options->step_is_new[w->step_number])
        return 0;
    note_cascades(w);
    w->peels = peels(w->step);
    if (write_step_begin(w, err) != 0)
        return -1;
    if (w->counts->due != 0 && enforce_step(w, err) != 0)
        return -1;
    fault_point("step-done");
    return write_step_end(w, err);
}

static int prepare_lane(struct db *lane, struct error *err)
{
    if (db_run(lane, "SELECT pg_advisory_lock_shared(" LANE_LOCK ")", err) != 0 ||
        db_run(lane, "SET lock_timeout = '1s'", err) != 0)
        return -1;
    return db_run(lane, "SET statement_timeout = '60s'", err);
}

int enforce_run(struct db *control, struct db *lane, struct audit_log *log, const struct plan *plan,
                const struct counts *counts, const struct enforce_options *options,
                struct outcome *outcome, struct error *err)
{
    if (prepare_lane(lane, err) != 0)
        return -1;
    for (size_t i = 0; i < plan->step_count; i++) {
        struct worker worker = {.control = control,
                                .lane = lane,
                                .log = log,
                                .plan = plan,
                                .step = &plan->steps[i],
                                .step_number = i,
                                .counts = &counts[i],
                                .options = options,
                                .outcome = outcome,
                                .result = &outcome->steps[i]};
        if (run_step(&worker, err) != 0)
            return -1;
        if (options->finished != NULL)
            options->finished(options->context, worker.step, worker.result);
    }
    outcome->stopped = *options->stop != 0;
    fault_point("steps-done");
    return write_run_end(log, outcome, err);
}
