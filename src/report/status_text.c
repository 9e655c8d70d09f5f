/* status_text.c - the compliance statement to read, as text and as Markdown. */
#include "report/grid.h"
#include "report/parts.h"
#include "report/status.h"
#include "report/text.h"

#include <inttypes.h>
#include <string.h>

/* "callshift on callshift, as of 2026-11-24T03:00:00Z: OVERDUE" */
static void add_head(const struct policy_status *status, struct buffer *out)
{
    if (status->policy != NULL) {
        buffer_add(out, "Policy ");
        text_escape(status->policy->name, out);
    } else {
        text_escape(status->file, out);
    }
    if (status->plan != NULL) {
        buffer_add(out, " on database ");
        text_escape(status->plan->catalog->database, out);
        buffer_add(out, ", as of ");
        text_escape(status->plan->catalog->as_of, out);
    }
    buffer_addf(out, ": %s", status_word(status));
}

static void add_error(const struct error *error, struct buffer *out)
{
    text_escape(error->message, out);
    if (error->detail[0] != '\0') {
        buffer_add(out, "; ");
        text_escape(error->detail, out);
    }
    if (error->hint[0] != '\0') {
        buffer_add(out, "; hint: ");
        text_escape(error->hint, out);
    }
}

static void add_age(const struct policy_status *status, const char *at, struct buffer *out)
{
    if (status->plan == NULL)
        return;
    int64_t days = status_days(at, status->plan->catalog->now);
    buffer_add(out, days <= 0 ? " (today" : " (");
    if (days > 0)
        text_count(days, "day ago", "days ago", out);
    buffer_add(out, ")");
}

/* A run without an end may be under way: that cannot be told from here. */
static void add_runs_since(const struct policy_status *status, const char *when, struct buffer *out)
{
    const struct log_review *audit = status->audit;
    if (audit->runs_since == 0)
        return;
    buffer_add(out, when);
    text_count(audit->runs_since, "run was not", "runs were not", out);
    buffer_addf(out, ", the last one of %.10s %s", audit->last.began,
                audit->last.ended[0] == '\0' ? "is under way or interrupted" : audit->last.state);
    if (audit->last.left_out > 0) {
        buffer_add(out, ", with ");
        text_count(audit->last.left_out, "rule", "rules", out);
        buffer_add(out, " left out");
    }
}

/* One sentence on the last complete run. */
static void add_last_run(const struct policy_status *status, struct buffer *out)
{
    const struct log_review *audit = status->audit;
    if (status->audit_error.status != EXIT_DONE) {
        buffer_add(out, "Audit log: ");
        add_error(&status->audit_error, out);
        return;
    }
    if (audit == NULL) {
        buffer_add(out, "Never run, or the audit log is elsewhere: there is no ");
        text_escape(status->audit_file, out);
        return;
    }
    if (audit->complete.began[0] == '\0') {
        buffer_add(out, "No run has been complete yet");
        add_runs_since(status, ": ", out);
    } else {
        buffer_addf(out, "Last complete run: %s", audit->complete.began);
        add_age(status, audit->complete.began, out);
        buffer_add(out, ", ");
        text_count(audit->complete.changed, "row", "rows", out);
        buffer_add(out, " changed");
        add_runs_since(status, "; since then ", out);
    }
}

/* "23 rows in 2 of 3 rules are overdue, the oldest by 288 days." */
static void add_summary(const struct policy_status *status, struct buffer *out)
{
    int64_t rows = 0, rules = 0, days = 0;
    bool all_counted = true;
    for (size_t i = 0; i < status->plan->step_count; i++) {
        char since[STATUS_DATE];
        all_counted = all_counted && status->overdue[i] >= 0;
        if (status_rule(status, i) != RULE_OVERDUE)
            continue;
        status_deadline(&status->plan->steps[i], status->counts[i].oldest_due, since);
        int64_t late = since[0] == '\0' ? 0 : status_days(since, status->plan->catalog->as_of);
        days = late > days ? late : days;
        rows += status->overdue[i];
        rules++;
    }
    if (rules == 0) {
        buffer_add(out,
                   all_counted ? "Nothing is overdue." : "Nothing that was counted is overdue.");
        return;
    }
    text_count(rows, "row", "rows", out);
    buffer_addf(out, " in %" PRId64 " of %zu rule%s %s overdue, the oldest by ", rules,
                status->plan->step_count, status->plan->step_count == 1 ? "" : "s",
                rows == 1 ? "is" : "are");
    text_count(days, "day", "days", out);
    buffer_add(out, ".");
}

static void add_wrapped(struct buffer *line, struct buffer *out)
{
    text_wrap(buffer_text(line), 0, 2, out);
    buffer_clear(line);
}

static void add_checkpoint(const struct log_checkpoint *checkpoint, struct buffer *out)
{
    if (checkpoint->records == 0) {
        buffer_add(out, "Checkpoint: none");
        return;
    }
    buffer_add(out, "Checkpoint: ");
    text_count(checkpoint->records, "record", "records", out);
    buffer_addf(out, ", root %s, ", checkpoint->root);
    if (checkpoint->key == NULL)
        buffer_add(out, "not signed");
    else if (checkpoint->is_verified)
        buffer_addf(out, "signed by %s", checkpoint->key);
    else
        buffer_addf(out, "which says that %s signed it; that takes --key to be verified",
                    checkpoint->key);
}

static void add_log_text(const struct policy_status *status, struct buffer *out)
{
    struct buffer line = {0};
    add_last_run(status, &line);
    add_wrapped(&line, out);
    if (status->audit != NULL && status->audit->complete.began[0] != '\0') {
        buffer_add(&line, "Audit log: ");
        text_escape(status->audit_file, &line);
        buffer_addf(&line, ", record %" PRId64, status->audit->complete.seq);
        add_wrapped(&line, out);
        buffer_addf(out, "Head: %s\n", status->audit->complete.head);
        add_checkpoint(&status->audit->checkpoint, &line);
        add_wrapped(&line, out);
    }
    buffer_free(&line);
}

/* Only what keeps rules from being carried out; the rest is for check and plan. */
static struct plan errors_of(const struct plan *plan, struct arena *arena)
{
    struct plan errors = *plan;
    errors.findings = NULL;
    errors.finding_count = 0;
    for (size_t i = 0; i < plan->finding_count; i++)
        if (plan->findings[i].severity == SEVERITY_ERROR)
            *ARENA_PUSH(arena, errors.findings, errors.finding_count) = plan->findings[i];
    return errors;
}

static void add_policy_text(const struct policy_status *status, struct buffer *out)
{
    struct arena arena = {0};
    struct buffer line = {0};
    add_head(status, &line);
    add_wrapped(&line, out);
    if (status->error.status != EXIT_DONE) {
        buffer_add(&line, "Not examined: ");
        add_error(&status->error, &line);
        add_wrapped(&line, out);
    }
    if (status->plan != NULL) {
        const struct plan errors = errors_of(status->plan, &arena);
        const struct grid grid = status_grid(status, &arena);
        add_summary(status, &line);
        add_wrapped(&line, out);
        buffer_add(out, "\n");
        if (grid.row_count == 0)
            buffer_add(out, "No rule applies.\n");
        else
            grid_print(&grid, out);
        buffer_add(out, errors.finding_count > 0 ? "\n" : "");
        add_findings(&errors, out);
        buffer_add(out, "\n");
    }
    if (status->policy != NULL)
        add_log_text(status, out);
    buffer_free(&line);
    arena_free(&arena);
}

/* "3 policies: 1 overdue, 2 on time" */
static void add_tally_of_policies(const struct status *status, struct buffer *out)
{
    static const char *const words[] = {"not examined", "overdue", "refused", "not counted",
                                        "on time"};
    const char *separator = ": ";
    text_count((int64_t)status->policy_count, "policy", "policies", out);
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        size_t count = 0;
        for (size_t i = 0; i < status->policy_count; i++)
            count += strcmp(status_word(&status->policies[i]), words[w]) == 0;
        if (count == 0)
            continue;
        buffer_addf(out, "%s%zu %s", separator, count, words[w]);
        separator = ", ";
    }
    buffer_add(out, "\n");
}

static void add_grace(const struct status *status, struct buffer *out)
{
    buffer_add(out, "DUE rows are past their window; OVERDUE ones have been for more than ");
    status_add_duration(status->grace_seconds, out);
}

void status_as_text(const struct status *status, struct buffer *out)
{
    struct buffer line = {0};
    if (status->policy_count > 1) {
        add_tally_of_policies(status, out);
        buffer_add(out, "\n");
    }
    for (size_t i = 0; i < status->policy_count; i++) {
        buffer_add(out, i > 0 ? "\n" : "");
        add_policy_text(&status->policies[i], out);
    }
    buffer_add(out, "\n");
    add_grace(status, &line);
    buffer_add(&line, ".");
    add_wrapped(&line, out);
    buffer_free(&line);
}

static void add_policy_markdown(const struct policy_status *status, struct buffer *out)
{
    struct arena arena = {0};
    struct buffer line = {0};
    buffer_add(out, "## ");
    add_head(status, &line);
    add_markdown(buffer_text(&line), out);
    buffer_add(out, "\n\n");
    buffer_clear(&line);
    if (status->error.status != EXIT_DONE) {
        add_error(&status->error, &line);
        add_markdown(buffer_text(&line), out);
        buffer_add(out, "\n\n");
        buffer_clear(&line);
    }
    if (status->plan != NULL) {
        const struct plan errors = errors_of(status->plan, &arena);
        const struct grid grid = status_grid(status, &arena);
        add_summary(status, &line);
        buffer_add(&line, "\n\n");
        buffer_add(out, buffer_text(&line));
        buffer_clear(&line);
        grid_markdown(&grid, out);
        add_findings_markdown(&errors, out);
        buffer_add(out, "\n");
    }
    if (status->policy != NULL) {
        add_last_run(status, &line);
        add_markdown(buffer_text(&line), out);
        buffer_add(out, "\n\n");
        if (status->audit != NULL && status->audit->complete.began[0] != '\0')
            buffer_addf(out, "Head: `%s`, record %" PRId64 "\n\n", status->audit->complete.head,
                        status->audit->complete.seq);
        buffer_clear(&line);
        if (status->audit != NULL) {
            add_checkpoint(&status->audit->checkpoint, &line);
            add_markdown(buffer_text(&line), out);
            buffer_add(out, "\n\n");
        }
    }
    buffer_free(&line);
    arena_free(&arena);
}

void status_as_markdown(const struct status *status, struct buffer *out)
{
    if (status->policy_count > 1) {
        add_tally_of_policies(status, out);
        buffer_add(out, "\n");
    }
    for (size_t i = 0; i < status->policy_count; i++)
        add_policy_markdown(&status->policies[i], out);
    add_grace(status, out);
    buffer_add(out, ".\n");
}
