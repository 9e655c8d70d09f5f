/*
 * parts.h - what the formats share: totals, findings, JSON members
 */
#ifndef REPORT_PARTS_H
#define REPORT_PARTS_H

#include "report/report.h"

#include <jansson.h>

/* Of a step that was not counted at all. */
extern const struct counts uncounted;

/* Sums over all steps; -1 where a step was not counted. */
struct totals {
    int64_t due, held, blocked, bytes;
};

struct totals report_totals(const struct plan *plan, const struct counts *counts);

/* The window a step keeps and the cutoff's parts; never NULL. */
const char *step_keep(const struct plan_step *step);
const char *step_cutoff_date(const struct plan_step *step);

/* How many findings have this severity. */
size_t count_findings(const struct plan *plan, enum severity severity);

/* "FILE:LINE:COLUMN: severity: message [code]" without a newline, escaped. */
void add_location(const char *file, struct mark mark, struct buffer *out);
void add_finding_head(const struct finding *finding, const char *file, struct buffer *out);
/* All findings, the gravest first, wrapped. */
void add_findings(const struct plan *plan, struct buffer *out);
void add_findings_header(struct buffer *out);
void add_finding_markdown(const struct finding *finding, const char *file, struct buffer *out);
void add_findings_markdown(const struct plan *plan, struct buffer *out);
/* Cell text in which Markdown finds nothing to format. */
void add_markdown(const char *text, struct buffer *out);

/*
 * All that was found, the gravest first and else in the order of the file and of the plan. What
 * both the file's reader and the plan tell is told once. The list lies in `arena`.
 */
const struct finding *check_findings(const struct check *check, struct arena *arena,
                                     size_t *ret_count);
/* "1 error, 2 warnings, 1 note" */
void add_tally(const struct finding *findings, size_t count, struct buffer *out);

/* What the manual says on a finding's code, as one paragraph; NULL for an unknown code. */
const char *finding_help(const char *code);

/* What each rule leaves of a person; `plan` may be NULL. */
json_t *json_labels(const struct policy *policy, const struct plan *plan);
void add_labels(const struct policy *policy, const struct plan *plan, bool as_markdown,
                struct buffer *out);

/* An expression on one line. */
void add_expression(const char *text, struct buffer *out);
/* "the latest of last_activity_at, created_at; NULL means still in use" */
void add_clock(const struct policy_clock *clock, struct buffer *out);
/* "phone: phone_prefix 4 (generalised)" */
void add_mask(const struct policy_mask *mask, struct buffer *out);
/* "public.t by month and direction: calls (count), seconds (sum of duration); other below 10" */
void add_statistics(const struct policy_summary *summary, struct buffer *out);
/* "purge public.calls after 12 months by started_at; unless …" */
void add_rule_in_short(const struct policy_rule *rule, struct buffer *out);

/* "rule users: column email is masked with null (destroyed) instead of unique (destroyed)" */
void add_change(const struct change *change, struct buffer *out);

/* A string that is valid UTF-8 whatever came in; JSON null for NULL. */
json_t *json_utf8(const char *text);
/* JSON null for a number below 0, which is not counted. */
json_t *json_count(int64_t number);
json_t *json_hold(const struct plan *plan, const struct policy_hold *hold);
json_t *json_plan_head(const char *format, const struct plan *plan);
json_t *json_step(const struct plan_step *step, const struct counts *counts);
json_t *json_finding(const struct finding *finding, const char *file);
json_t *json_findings(const struct plan *plan);
/* Appends the text with two spaces a level and a newline, and releases the value. */
void add_json(json_t *root, struct buffer *out);

/* One function per format; those of report.h choose. */
void check_as_sarif(const struct check *check, struct buffer *out);
void check_as_github(const struct check *check, struct buffer *out);
void check_as_junit(const struct check *check, struct buffer *out);
void plan_as_text(const struct plan *plan, const struct counts *counts, const char *next_command,
                  struct buffer *out);
void plan_as_markdown(const struct plan *plan, const struct counts *counts,
                      const char *next_command, struct buffer *out);
void plan_as_json(const struct plan *plan, const struct counts *counts, struct buffer *out);
void outcome_as_json(const struct plan *plan, const struct counts *counts,
                     const struct outcome *outcome, struct buffer *out);

#endif
