/*
 * status.h - what a compliance statement says, beside the counts; pure
 */
#ifndef REPORT_STATUS_H
#define REPORT_STATUS_H

#include "report/grid.h"
#include "report/report.h"

enum { STATUS_DATE = 16 };

enum rule_state status_rule(const struct policy_status *status, size_t step);
/* "on time", "overdue", "refused", "not counted" */
const char *rule_state_name(enum rule_state state);
/* Of a whole policy also "not examined". */
const char *status_word(const struct policy_status *status);

/* The day on which a row of this date has been kept for the step's window; "" for no date. */
void status_deadline(const struct plan_step *step, const char *date, char ret_date[STATUS_DATE]);

/* The rule's records, or NULL. */
const struct log_rule *status_log_rule(const struct policy_status *status, size_t step);
bool status_is_resurrected(const struct policy_status *status, size_t step);

struct forecast status_forecast(const struct policy_status *status, size_t step);

/* Whole days from one instant or date to another, both beginning with YYYY-MM-DD; rounded down. */
int64_t status_days(const char *from, const char *to);

/* "90 s", "20 min", "36 h", "8 days" */
void status_add_duration(double seconds, struct buffer *out);
struct grid status_grid(const struct policy_status *status, struct arena *arena);

void status_as_json(const struct status *status, struct buffer *out);
void status_as_text(const struct status *status, struct buffer *out);
void status_as_markdown(const struct status *status, struct buffer *out);

#endif
