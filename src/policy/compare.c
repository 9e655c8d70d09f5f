/* compare.c - two versions of a policy: what came, what went, what is otherwise. */
#include "policy/compare.h"

#include "policy/policy.h"

#include <string.h>

/* Any other word for the same window is no change. */
static void compare_cap(struct part *part, const struct policy *const sides[2])
{
    bool raised = window_exceeds(&sides[1]->cap, &sides[0]->cap);
    if (!raised && !window_exceeds(&sides[0]->cap, &sides[1]->cap))
        return;
    struct change *change = compare_add(part, raised ? EFFECT_CHECKS_LESS : EFFECT_NONE, "cap");
    for (int side = 0; side < 2; side++)
        change->text[side] = sides[side]->cap.text;
}

/* A limit that is not set lets everything pass, but for the share, which has a default. */
static void compare_limits(struct part *part, const struct policy *const sides[2])
{
    static const struct key_meaning less[] = {
        {NULL, SHAPE_WHOLE, EFFECT_PROTECTS_LESS, EFFECT_PROTECTS_LESS, EFFECT_PROTECTS_LESS}};
    static const struct key_meaning more[] = {
        {NULL, SHAPE_WHOLE, EFFECT_PROTECTS_MORE, EFFECT_PROTECTS_MORE, EFFECT_PROTECTS_MORE}};
    static const char *const rows[] = {"rows", NULL}, *const share[] = {"share", NULL};
    bool looser_share = sides[1]->limit_share > sides[0]->limit_share;
    bool looser_rows = sides[0]->limit_rows > 0 &&
                       (sides[1]->limit_rows == 0 || sides[1]->limit_rows > sides[0]->limit_rows);
    struct part limits = *part;
    limits.inside = "limits";
    for (int side = 0; side < 2; side++)
        limits.node[side] = tree_find(part->node[side], "limits");
    compare_keys(&limits, looser_share ? less : more, rows);
    compare_keys(&limits, looser_rows ? less : more, share);
}

static void compare_coverage(struct part *part)
{
    static const char *const nowhere[] = {NULL};
    static const struct key_meaning meanings[] = {
        {"schemas", SHAPE_LIST, EFFECT_NONE, EFFECT_CHECKS_LESS, EFFECT_CHECKS_LESS},
        {NULL, SHAPE_WHOLE, EFFECT_CHECKS_LESS, EFFECT_CHECKS_LESS, EFFECT_CHECKS_LESS},
    };
    struct part coverage = *part;
    coverage.inside = "coverage";
    for (int side = 0; side < 2; side++)
        coverage.node[side] = tree_find(part->node[side], "coverage");
    compare_keys(&coverage, meanings, nowhere);
}

static void compare_top(struct changes *changes)
{
    static const char *const elsewhere[] = {"cap",   "limits", "coverage", "categories", "holds",
                                            "rules", "exempt", "$schema",  NULL};
    static const struct key_meaning meanings[] = {
        {"database", SHAPE_WHOLE, EFFECT_PROTECTS_MORE, EFFECT_PROTECTS_LESS, EFFECT_PROTECTS_LESS},
        {"timezone", SHAPE_WHOLE, EFFECT_ALTERS, EFFECT_ALTERS, EFFECT_ALTERS},
        {"subjects", SHAPE_LIST, EFFECT_NONE, EFFECT_CHECKS_LESS, EFFECT_CHECKS_LESS},
        {NULL, SHAPE_WHOLE, EFFECT_NONE, EFFECT_NONE, EFFECT_NONE},
    };
    const struct policy *const sides[2] = {changes->policy[0], changes->policy[1]};
    struct part part = {.changes = changes, .subject = CHANGE_POLICY};
    for (int side = 0; side < 2; side++)
        part.node[side] = sides[side]->tree;
    compare_keys(&part, meanings, elsewhere);
    compare_cap(&part, sides);
    compare_limits(&part, sides);
    compare_coverage(&part);
}

static bool has_rule(const struct policy *policy, const char *category)
{
    for (size_t i = 0; i < policy->rule_count; i++)
        if (strcmp(policy->rules[i].category->name, category) == 0)
            return true;
    return false;
}

/* A category's window matters through its rules, which tell it themselves. */
static void compare_categories(struct changes *changes)
{
    static const char *const keep[] = {"keep", NULL}, *const nowhere[] = {NULL};
    static const struct key_meaning meanings[] = {
        {NULL, SHAPE_WHOLE, EFFECT_NONE, EFFECT_NONE, EFFECT_NONE}};
    const struct node *maps[2];
    for (int side = 0; side < 2; side++)
        maps[side] = tree_find(changes->policy[side]->tree, "categories");
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < maps[side]->member_count; i++) {
            const char *name = maps[side]->members[i].key->text;
            struct part part = {.changes = changes, .subject = CHANGE_CATEGORY, .name = name};
            for (int s = 0; s < 2; s++)
                part.node[s] = tree_find(maps[s], name);
            bool both = part.node[!side] != NULL;
            bool ruled = has_rule(changes->policy[0], name) && has_rule(changes->policy[1], name);
            if (!both)
                compare_whole(&part, EFFECT_NONE, EFFECT_NONE, NULL);
            else if (side == 0)
                compare_keys(&part, meanings, ruled ? keep : nowhere);
        }
}

/* Whether the policy exempts this column, or for NULL the table as a whole. */
static const struct policy_exemption *
find_exemption(const struct policy *policy, const struct table_name *table, const char *column)
{
    for (size_t i = 0; i < policy->exemption_count; i++) {
        const struct policy_exemption *exemption = &policy->exemptions[i];
        if (!compare_same_table(&exemption->table, table))
            continue;
        if (column == NULL && exemption->column_count == 0)
            return exemption;
        for (size_t c = 0; column != NULL && c < exemption->column_count; c++)
            if (strcmp(exemption->columns[c], column) == 0)
                return exemption;
    }
    return NULL;
}

static void compare_exemption(struct changes *changes, int side,
                              const struct policy_exemption *exemption, const char *column)
{
    const struct policy_exemption *other =
        find_exemption(changes->policy[!side], &exemption->table, column);
    bool same = other != NULL && strcmp(other->reason, exemption->reason) == 0;
    if (same || (other != NULL && side == 1))
        return;
    struct part part = {
        .changes = changes, .subject = CHANGE_EXEMPTION, .name = exemption->table.text};
    struct change *change =
        compare_add(&part, other == NULL && side == 1 ? EFFECT_CHECKS_LESS : EFFECT_NONE,
                    other == NULL ? NULL : "reason");
    change->column = column;
    change->text[side] = exemption->reason;
    change->mark[side] = exemption->mark;
    if (other != NULL) {
        change->text[!side] = other->reason;
        change->mark[!side] = other->mark;
    }
}

static void compare_exemptions(struct changes *changes)
{
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < changes->policy[side]->exemption_count; i++) {
            const struct policy_exemption *exemption = &changes->policy[side]->exemptions[i];
            for (size_t c = 0; c < exemption->column_count; c++)
                compare_exemption(changes, side, exemption, exemption->columns[c]);
            if (exemption->column_count == 0)
                compare_exemption(changes, side, exemption, NULL);
        }
}

/* The order of danger; within one effect a hold that is gone comes first. */
static void sort(struct changes *changes)
{
    struct change *sorted = arena_alloc(&changes->arena, changes->count * sizeof *sorted + 1);
    size_t placed = 0;
    for (int effect = 0; effect < CHANGE_EFFECTS; effect++)
        for (int whole = 1; whole >= 0; whole--)
            for (size_t i = 0; i < changes->count; i++) {
                const struct change *change = &changes->items[i];
                bool is_whole = change->key == NULL && change->subject == CHANGE_HOLD;
                if ((int)change->effect == effect && is_whole == (whole == 1))
                    sorted[placed++] = *change;
            }
    changes->items = sorted;
}

void policy_compare(const struct policy *old_policy, const struct policy *new_policy,
                    struct changes *ret_changes)
{
    struct changes changes = {
        .policy = {old_policy, new_policy},
        .same_bytes = strcmp(old_policy->sha256, new_policy->sha256) == 0,
    };
    compare_holds(&changes);
    compare_top(&changes);
    compare_categories(&changes);
    compare_rules(&changes);
    compare_exemptions(&changes);
    sort(&changes);
    *ret_changes = changes;
}

void changes_free(struct changes *changes)
{
    arena_free(&changes->arena);
}
