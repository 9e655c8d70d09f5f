/*
 * approval.h - what stands between a plan and its first write
 */
#ifndef CLI_APPROVAL_H
#define CLI_APPROVAL_H

#include "audit/audit.h"
#include "cli/cli_private.h"

/* A counted plan that wants to be carried out, and what was found out on the way. */
struct approval_request {
    struct job *job;
    struct options *options;
    const char *audit_file;
    struct audit_log *log; /* open once approved; the caller closes it */
    struct audit_state state;
    enum approval approval;
    bool *step_is_new; /* per step: unknown to the log, or reaching further than before */
    struct plan_ceiling ceiling;
};

/*
 * Opens the audit log and goes through the guards: the file's owner, expected digest, cluster,
 * first run, brake, and on a terminal the typed name of the database. Nothing has been written to
 * the database before or by it. Fails with EXIT_REFUSED, EXIT_AUDIT, EXIT_LOCKED, EXIT_CLUSTER or
 * EXIT_USAGE.
 */
int approval_ask(struct approval_request *request, struct error *err);

/* For a run that rolls everything back: no log, no limits. */
void approval_skip(struct approval_request *request);

#endif
