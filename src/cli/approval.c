/*
 * approval.c - expected digest, first run, brake, typed confirmation
 */
#include "cli/approval.h"
#include "cli/restored.h"

#include "statement/statement.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int check_file(const struct approval_request *request, struct error *err)
{
    const struct policy *policy = request->job->policy;
    if (!policy->others_can_write)
        return 0;
    error_set(err, EXIT_REFUSED, "others can change the policy file \"%s\"", policy->file);
    return error_hint(err, "It must belong to root or to you: chown it, and chmod go-w.");
}

static int check_expected(const struct approval_request *request, struct error *err)
{
    const char *wanted = request->options->expect;
    if (wanted == NULL || strcmp(wanted, request->job->plan->digest) == 0)
        return 0;
    error_set(err, EXIT_REFUSED, "the plan is not the one that was approved");
    error_detail(err, "approved %s, now %s", wanted, request->job->plan->digest);
    return error_hint(err,
                      "Policy, schema or instant changed: read the plan and approve it again.");
}

static int open_log(struct approval_request *request, struct error *err)
{
    const struct catalog *catalog = request->job->catalog;
    request->audit_file = request->options->audit;
    if (request->audit_file == NULL &&
        audit_default_path(request->job->policy->name, &request->job->arena, &request->audit_file,
                           err) != 0)
        return -1;
    const char *origin = arena_printf(&request->job->arena, "pgretain/%s/%s",
                                      request->job->policy->name, catalog->database);
    if (audit_open(request->audit_file, origin, &request->job->arena, &request->log,
                   &request->state, err) != 0)
        return -1;
    return restored_check_cluster(request, err);
}

/* New to this log, or reaching further: other clock, scope or masks, or a shorter window. */
static bool is_new(const struct approval_request *request, const struct plan_step *step)
{
    char digest[SHA256_HEX];
    struct window before;
    struct error ignored;
    statement_rule_digest(step, digest);
    for (size_t i = 0; i < request->state.rule_count; i++) {
        const struct audit_rule *known = &request->state.rules[i];
        if (strcmp(known->rule, step->rule_id) != 0)
            continue;
        return strcmp(known->digest, digest) != 0 ||
               window_parse(known->window, &request->job->arena, &before, &ignored) != 0 ||
               window_exceeds(&before, &step->rule->keep);
    }
    return true;
}

static void find_new_steps(struct approval_request *request)
{
    const struct plan *plan = request->job->plan;
    request->step_is_new = arena_alloc(&request->job->arena, plan->step_count * sizeof(bool) + 1);
    for (size_t i = 0; i < plan->step_count; i++)
        request->step_is_new[i] = is_new(request, &plan->steps[i]);
}

static bool anything_due(const struct approval_request *request)
{
    for (size_t i = 0; i < request->job->plan->step_count; i++)
        if (request->job->plan->steps[i].refused == NULL && request->job->counts[i].due != 0)
            return true;
    return false;
}

/* How this run is approved: by a flag, or, on a terminal, by what the person is about to type. */
static int find_approval(struct approval_request *request, struct error *err)
{
    const struct options *options = request->options;
    bool asks = !options->yes && anything_due(request);
    request->approval = options->expect != NULL ? APPROVAL_EXPECT
                        : options->accept_new   ? APPROVAL_ACCEPT_NEW
                        : asks                  ? APPROVAL_TYPED
                                                : APPROVAL_NONE;
    if (options->expect != NULL && options->as_of == NULL) {
        error_set(err, EXIT_USAGE, "--expect needs --as-of");
        return error_hint(err, "The plan that was approved names both.");
    }
    if (!asks || (isatty(STDIN_FILENO) && isatty(STDERR_FILENO)))
        return 0;
    error_set(err, EXIT_REFUSED,
              "enforce asks before it changes anything, and there is no terminal");
    return error_hint(err, "Pass --yes.");
}

/* Shows the plan and has the database's name typed. */
static int confirm(struct approval_request *request, struct error *err)
{
    char answer[256];
    struct buffer text = {0};
    if (request->options->yes || !anything_due(request))
        return 0;
    report_plan(request->job->plan, request->job->counts, NULL, REPORT_TEXT, &text);
    fprintf(stderr, "%s\nType the name of the database to go on: ", buffer_text(&text));
    buffer_free(&text);
    if (fgets(answer, sizeof answer, stdin) == NULL)
        answer[0] = '\0';
    answer[strcspn(answer, "\n")] = '\0';
    if (strcmp(answer, request->job->catalog->database) != 0)
        return error_set(err, EXIT_REFUSED, "not confirmed; nothing was changed");
    return 0;
}

static int guard(struct approval_request *request, struct error *err)
{
    struct job *job = request->job;
    const struct guard_options options = {
        .approval = request->approval,
        .step_is_new = request->step_is_new,
        .expect_rows = request->options->expect_rows,
        .approve_command = approve_command(job->plan, job->counts, request->options, &job->arena),
    };
    for (size_t i = 0; i < job->plan->step_count; i++)
        if (job->counts[i].timed_out)
            return error_set(err, EXIT_FAILED, "counting %s took too long; nothing was changed",
                             job->plan->steps[i].table->text);
    for (size_t i = 0; i < job->plan->step_count && !job->has_key; i++)
        if (step_needs_key(&job->plan->steps[i]) && job->counts[i].due > 0) {
            error_set(err, EXIT_USAGE, "rule \"%s\" needs a masking key",
                      job->plan->steps[i].rule_id);
            return error_hint(err, "Pass --mask-key FILE, or a systemd credential \"mask-key\".");
        }
    return plan_guard(job->plan, job->counts, &options, &request->ceiling, err);
}

int approval_ask(struct approval_request *request, struct error *err)
{
    if (check_file(request, err) != 0 || check_expected(request, err) != 0 ||
        open_log(request, err) != 0)
        return -1;
    find_new_steps(request);
    if (restored_find_returned(request, err) != 0 || find_approval(request, err) != 0 ||
        guard(request, err) != 0)
        return -1;
    return confirm(request, err);
}

void approval_skip(struct approval_request *request)
{
    struct job *job = request->job;
    struct plan_ceiling *ceiling = &request->ceiling;
    ceiling->run_rows = ceiling->expected_rows = -1;
    ceiling->step_rows =
        arena_alloc(&job->arena, job->plan->step_count * sizeof *ceiling->step_rows + 1);
    for (size_t i = 0; i < job->plan->step_count; i++)
        ceiling->step_rows[i] = -1;
}
