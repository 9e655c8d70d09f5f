/* policy.c - from bytes or a file to a policy. */
#include "policy/policy.h"

#include "policy/parts.h"
#include "policy/screen.h"

#include <string.h>

static void read_bytes(struct reader *reader)
{
    if (reader->length > POLICY_MAX_BYTES) {
        report_error(reader, (struct mark){0}, NULL, "the policy is larger than 1 MiB");
        return;
    }
    if (!screen_bytes(reader))
        return;
    const struct node *root = tree_build(reader);
    if (root == NULL)
        return;
    read_policy(reader, root);
    reader->policy->tree = root;
    if (root->kind == NODE_MAPPING)
        check_policy(reader, root);
}

int policy_parse(const char *bytes, size_t length, const struct policy_options *options,
                 struct policy **ret_policy, struct diagnostics *diagnostics)
{
    struct arena arena = {0};
    struct policy *policy = arena_alloc(&arena, sizeof *policy);
    policy->arena = arena;
    policy->file = arena_strdup(&policy->arena, options->file);
    policy->time_zone = "UTC";
    policy->limit_share = 0.25;
    policy->bytes = arena_strndup(&policy->arena, length == 0 ? "" : bytes, length);
    policy->byte_count = length;
    sha256_hex(policy->bytes, length, policy->sha256);
    struct reader reader = {
        .arena = &policy->arena,
        .options = options,
        .bytes = policy->bytes,
        .length = length,
        .diagnostics = diagnostics,
        .policy = policy,
    };
    read_bytes(&reader);
    report_finish(&reader);
    if (diagnostics->errors > 0) {
        policy_free(policy);
        return -1;
    }
    *ret_policy = policy;
    return 0;
}

void policy_free(struct policy *policy)
{
    if (policy == NULL)
        return;
    struct arena arena = policy->arena; /* which the policy itself lies in */
    arena_free(&arena);
}

void diagnostics_free(struct diagnostics *diagnostics)
{
    arena_free(&diagnostics->arena);
    *diagnostics = (struct diagnostics){0};
}
