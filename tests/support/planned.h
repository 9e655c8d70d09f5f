/*
 * planned.h - a plan from a policy's text and a catalog's JSON, for tests of plan and statement
 */
#ifndef SUPPORT_PLANNED_H
#define SUPPORT_PLANNED_H

#include "plan/plan.h"

struct planned {
    struct policy *policy;
    struct catalog catalog;
    struct plan *plan;
};

/* `options` may be NULL. A policy with errors ends the process with a message. Returns what
 * plan_build() returned; planned_free() in any case. */
int planned_make(const char *policy, const char *catalog, const struct plan_options *options,
                 struct planned *ret_planned, struct error *err);
void planned_free(struct planned *planned);

/* The first finding with this code, or NULL. */
const struct finding *planned_finding(const struct planned *planned, const char *code);

#endif
