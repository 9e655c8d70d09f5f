/*
 * restored.c - the log's cluster against the server's, and rows that a restore has brought back
 *
 * Neither a transaction counter nor a timeline tells a restored database from one that went on:
 * counters overtake the log within hours, and a promoted replica has a new timeline. What tells is
 * the data: it was erased, and is there.
 */
#include "cli/restored.h"

#include "measure/measure.h"
#include "statement/statement.h"

#include <stdio.h>
#include <string.h>

static int check_accepted(const struct approval_request *request, bool is_same, struct error *err)
{
    if (request->options->accept_cluster == NULL)
        return 0;
    if (request->options->accept_cluster[0] == '\0')
        return error_set(err, EXIT_USAGE, "--accept-cluster needs a reason");
    if (!is_same)
        return 0;
    error_set(err, EXIT_USAGE, "the audit log knows this database cluster already");
    return error_hint(err, "Leave --accept-cluster out: it is for the first run after a move.");
}

int restored_check_cluster(const struct approval_request *request, struct error *err)
{
    const struct catalog *catalog = request->job->catalog;
    const char *cluster = request->state.system_identifier, *database = request->state.database;
    bool is_same = cluster == NULL || strcmp(cluster, catalog->system_identifier) == 0;
    if (database != NULL && strcmp(database, catalog->database) != 0) {
        error_set(err, EXIT_CLUSTER, "audit log \"%s\" belongs to database \"%s\"",
                  request->audit_file, database);
        return error_hint(err, "Each database needs a log of its own: --audit FILE.");
    }
    if (check_accepted(request, is_same, err) != 0)
        return -1;
    if (is_same || request->options->accept_cluster != NULL)
        return 0;
    error_set(err, EXIT_CLUSTER, "audit log \"%s\" belongs to another database cluster",
              request->audit_file);
    error_detail(err, "the log has system identifier %s, the server has %s", cluster,
                 catalog->system_identifier);
    return error_hint(err, "Each cluster needs a log of its own: --audit FILE. If the database has "
                           "moved here, by pg_upgrade or a dump, say so once with "
                           "--accept-cluster REASON.");
}

/* The rule as the log knows it, where it is the same rule still and came to an end. */
static const struct audit_rule *find_ended(const struct approval_request *request,
                                           const struct plan_step *step)
{
    char digest[SHA256_HEX];
    statement_rule_digest(step, digest);
    for (size_t i = 0; i < request->state.rule_count; i++) {
        const struct audit_rule *rule = &request->state.rules[i];
        if (strcmp(rule->rule, step->rule_id) == 0)
            return rule->cutoff[0] != '\0' && strcmp(rule->digest, digest) == 0 &&
                           strcmp(rule->window, step->rule->keep.text) == 0
                       ? rule
                       : NULL;
    }
    return NULL;
}

static int count(struct approval_request *request, const struct earlier_end *ends,
                 int64_t **ret_rows, struct error *err)
{
    struct job *job = request->job;
    if (job_begin(job->db, err) != 0 ||
        measure_returned(job->db, job->plan, job->counts, ends, job->has_key ? &job->key : NULL,
                         COUNT_TIMEOUT_MS, &job->arena, ret_rows, err) != 0)
        return -1;
    return db_run(job->db, "COMMIT", err);
}

static void warn(const struct finding *finding)
{
    fprintf(stderr, "pgretain: warning: %s: %s\n", finding->rule, finding->message);
}

int restored_find_returned(struct approval_request *request, struct error *err)
{
    struct plan *plan = request->job->plan;
    bool any = false;
    int64_t *rows = NULL;
    struct earlier_end *ends =
        arena_alloc(&request->job->arena, plan->step_count * sizeof *ends + 1);
    for (size_t i = 0; i < plan->step_count; i++) {
        const struct audit_rule *rule = find_ended(request, &plan->steps[i]);
        if (rule == NULL || plan->steps[i].refused != NULL)
            continue;
        ends[i] = (struct earlier_end){rule->cutoff, rule->left};
        any = true;
    }
    if (!any)
        return 0;
    if (count(request, ends, &rows, err) != 0)
        return -1;
    for (size_t i = 0; i < plan->step_count; i++) {
        if (rows[i] == 0)
            continue;
        plan_note_returned(plan, i, ends[i].cutoff, rows[i]);
        warn(&plan->findings[plan->finding_count - 1]);
    }
    return 0;
}
