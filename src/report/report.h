/*
 * report.h - plans and outcomes for people and programs
 *
 * Builds text into a buffer; printing is the cli's. Text fits 80 columns and a pipe gets the
 * same bytes as a terminal. JSON carries a `format` member ("pgretain.plan/1", …) and only grows.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/buffer.h"
#include "pgretain/changes.h"
#include "pgretain/discovery.h"
#include "pgretain/outcome.h"
#include "pgretain/status.h"

/* The last three are for what `check` finds: SARIF 2.1.0, GitHub's workflow commands, JUnit XML. */
enum report_format {
    REPORT_TEXT,
    REPORT_JSON,
    REPORT_MARKDOWN,
    REPORT_SARIF,
    REPORT_GITHUB,
    REPORT_JUNIT,
    REPORT_FORMATS
};

/* `counts` has one element per step, or is NULL where nothing was counted. `next_command` is the
 * command line a person would run next, or NULL. */
void report_plan(const struct plan *plan, const struct counts *counts, const char *next_command,
                 enum report_format format, struct buffer *out);
void report_outcome(const struct plan *plan, const struct counts *counts,
                    const struct outcome *outcome, enum report_format format, struct buffer *out);

/* What was found out about a policy. */
struct check {
    const struct policy *policy; /* NULL where the file has errors */
    const char *file;            /* as a person named it */
    const char *path;        /* the same from the root of the repository, for SARIF and GitHub */
    const struct plan *plan; /* NULL without a database */
    const struct diagnostics *diagnostics;
    enum severity fail_on; /* findings from here on fail the check */
};
void report_check(const struct check *check, enum report_format format, struct buffer *out);
bool report_check_fails(const struct check *check);

/* explain: what decides the fate of the rows of one table of the plan's catalog. The plan is that
 * of the whole policy. `command` is the command line that counts, or NULL. */
void report_explanation(const struct plan *plan, const struct catalog_table *table,
                        const char *command, enum report_format format, struct buffer *out);

/* diff: `file` and `due` go with the sides of `changes`; `catalog` is NULL where no rows were
 * counted. */
struct difference {
    const struct changes *changes;
    const char *file[2];
    const struct catalog *catalog;
    const struct due_change *due;
    size_t due_count;
};
void report_difference(const struct difference *difference, enum report_format format,
                       struct buffer *out);
void report_rules(const struct policy *policy, enum report_format format, struct buffer *out);
/* hold list: `plan` tells which holds are valid, NULL without a database. */
void report_holds(const struct policy *policy, const struct plan *plan, enum report_format format,
                  struct buffer *out);

/* hold test: what one hold keeps. */
struct hold_test {
    const struct plan *plan; /* with the hold */
    const struct policy_hold *hold;
    const struct plan_kept *kept;
    const struct kept_counts *counts; /* one per element of `kept` */
    size_t kept_count;
};
void report_hold_test(const struct hold_test *test, enum report_format format, struct buffer *out);

/* status: one section a policy. */
void report_status(const struct status *status, enum report_format format, struct buffer *out);

/* discover: the columns that look personal, table by table. */
void report_discovery(const struct discovery *discovery, enum report_format format,
                      struct buffer *out);
/* One finding as "FILE:LINE:COLUMN: severity: message [code]" with its hint on a line of its own.
 */
void report_finding(const struct finding *finding, const char *file, struct buffer *out);

/* One audit record for a person; false when the line is not JSON. */
bool report_audit_line(const char *line, size_t length, struct buffer *out);

/* One line on a running step: "public.calls  41%  120,331 rows  88,000 rows/s  ETA 0:12". */
struct progress {
    const char *table;
    int64_t done_rows, due_rows;
    int64_t done_blocks, total_blocks;
    double seconds;
    const char *reason; /* why it waits, or NULL */
};
void report_progress(const struct progress *progress, struct buffer *out);

/* 1234567 as "1,234,567", bytes as "87 MB". */
void report_number(int64_t number, struct buffer *out);
void report_bytes(int64_t bytes, struct buffer *out);

#endif
