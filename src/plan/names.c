/* names.c - the plan's enums as the words that outputs use. */
#include "plan/plan.h"

const char *severity_name(enum severity severity)
{
    static const char *const names[] = {"note", "warning", "error"};
    return names[severity];
}

const char *strategy_name(enum strategy strategy)
{
    static const char *const names[] = {"block ranges", "clock slices", "partition"};
    return names[strategy];
}

const char *approval_name(enum approval approval)
{
    static const char *const names[] = {"none", "typed", "expect", "accept-new"};
    return names[approval];
}
