/*
 * restored.h - whether this is the database that the audit log speaks of, and what has come back
 */
#ifndef CLI_RESTORED_H
#define CLI_RESTORED_H

#include "cli/approval.h"

/* EXIT_CLUSTER where the log is of another cluster, unless --accept-cluster says why, or of another
 * database. */
int restored_check_cluster(const struct approval_request *request, struct error *err);

/*
 * Counts, for each rule that is as it was, the rows past the cutoff of its last complete step.
 * Where they are more than that step left, erased data is back: a finding in the plan, and a
 * warning on stderr at once, since a guard may end the run before there is a report.
 */
int restored_find_returned(struct approval_request *request, struct error *err);

#endif
