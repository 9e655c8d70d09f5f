/*
 * planned.c - policy text and catalog JSON into a plan
 */
#include "support/planned.h"

#include "policy/policy.h"
#include "support/catalog_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int planned_make(const char *policy, const char *catalog, const struct plan_options *options,
                 struct planned *ret_planned, struct error *err)
{
    static const struct plan_options nothing;
    const struct policy_options reading = {.file = "policy.yaml", .today = "2026-11-23"};
    struct diagnostics diagnostics = {0};
    *ret_planned = (struct planned){0};
    if (policy_parse(policy, strlen(policy), &reading, &ret_planned->policy, &diagnostics) != 0) {
        fprintf(stderr, "policy:%u: %s\n%s", diagnostics.items[0].mark.line,
                diagnostics.items[0].message, policy);
        exit(1);
    }
    diagnostics_free(&diagnostics);
    catalog_from_json(catalog, ret_planned->policy, &ret_planned->catalog);
    return plan_build(ret_planned->policy, &ret_planned->catalog,
                      options == NULL ? &nothing : options, &ret_planned->plan, err);
}

void planned_free(struct planned *planned)
{
    plan_free(planned->plan);
    policy_free(planned->policy);
    arena_free(&planned->catalog.arena);
}

const struct finding *planned_finding(const struct planned *planned, const char *code)
{
    for (size_t i = 0; i < planned->plan->finding_count; i++)
        if (strcmp(planned->plan->findings[i].code, code) == 0)
            return &planned->plan->findings[i];
    return NULL;
}
