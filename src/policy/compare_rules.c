/* compare_rules.c - rules of two versions of a policy, paired and held against each other. */
#include "policy/compare.h"

#include "policy/policy.h"

#include <string.h>

enum { NO_RULE = -1 };

/* Where a rule's window stands: with the rule, or with its category. */
static struct mark keep_mark(const struct policy_rule *rule, const struct node *node)
{
    const struct node *keep = tree_find(node, "keep");
    return keep != NULL ? keep->mark : rule->category->keep_mark;
}

static void compare_keep(struct part *part)
{
    const struct window *windows[2] = {&part->rule[0]->keep, &part->rule[1]->keep};
    bool shorter = window_exceeds(windows[0], windows[1]);
    bool longer = window_exceeds(windows[1], windows[0]);
    if (!shorter && !longer)
        return;
    struct change *change = compare_add(part, shorter ? EFFECT_SHORTENS : EFFECT_LENGTHENS, "keep");
    for (int side = 0; side < 2; side++) {
        change->text[side] = windows[side]->text;
        change->mark[side] = keep_mark(part->rule[side], part->node[side]);
    }
    if (shorter && longer)
        change->text[1] =
            arena_printf(&part->changes->arena, "%s (shorter on some dates, longer on others)",
                         windows[1]->text);
}

static void compare_rule(struct part *part)
{
    static const char *const elsewhere[] = {"keep", NULL};
    static const char *const same_table[] = {"keep", "table", NULL};
    static const struct key_meaning meanings[] = {
        {"id", SHAPE_WHOLE, EFFECT_NONE, EFFECT_NONE, EFFECT_NONE},
        {"table", SHAPE_WHOLE, EFFECT_TOUCHES, EFFECT_TOUCHES, EFFECT_TOUCHES},
        {"category", SHAPE_WHOLE, EFFECT_NONE, EFFECT_NONE, EFFECT_NONE},
        {"except", SHAPE_LIST, EFFECT_RELEASES, EFFECT_TOUCHES, EFFECT_ALTERS},
        {"only", SHAPE_WHOLE, EFFECT_RELEASES, EFFECT_TOUCHES, EFFECT_ALTERS},
        {"unless", SHAPE_WHOLE, EFFECT_RELEASES, EFFECT_TOUCHES, EFFECT_ALTERS},
        {"cascade", SHAPE_LIST, EFFECT_TOUCHES, EFFECT_RELEASES, EFFECT_ALTERS},
        {"mask", SHAPE_COLUMNS, EFFECT_TOUCHES, EFFECT_RELEASES, EFFECT_ALTERS},
        {"by", SHAPE_LIST, EFFECT_ALTERS, EFFECT_ALTERS, EFFECT_ALTERS},
        {"measures", SHAPE_COLUMNS, EFFECT_ALTERS, EFFECT_ALTERS, EFFECT_ALTERS},
        {"accept", SHAPE_WHOLE, EFFECT_CHECKS_LESS, EFFECT_NONE, EFFECT_NONE},
        {"partition", SHAPE_WHOLE, EFFECT_CHECKS_LESS, EFFECT_NONE, EFFECT_NONE},
        {NULL, SHAPE_WHOLE, EFFECT_ALTERS, EFFECT_ALTERS, EFFECT_ALTERS},
    };
    compare_keep(part);
    bool same = compare_same_table(&part->rule[0]->table, &part->rule[1]->table);
    compare_keys(part, meanings, same ? same_table : elsewhere);
}

static bool is_same_deed(const struct policy_rule *a, const struct policy_rule *b)
{
    return compare_same_table(&a->table, &b->table) && a->action == b->action;
}

/* For each old rule the number of the new one it became: that of its id, or else one that does the
 * same and has a new id. */
static void pair(const struct policy *const sides[2], long *partners, bool *taken)
{
    for (size_t i = 0; i < sides[0]->rule_count; i++) {
        partners[i] = NO_RULE;
        for (size_t j = 0; j < sides[1]->rule_count && partners[i] == NO_RULE; j++)
            if (strcmp(sides[0]->rules[i].id, sides[1]->rules[j].id) == 0)
                partners[i] = (long)j;
        if (partners[i] != NO_RULE)
            taken[partners[i]] = true;
    }
    for (size_t i = 0; i < sides[0]->rule_count; i++)
        for (size_t j = 0; j < sides[1]->rule_count && partners[i] == NO_RULE; j++)
            if (!taken[j] && is_same_deed(&sides[0]->rules[i], &sides[1]->rules[j])) {
                partners[i] = (long)j;
                taken[j] = true;
            }
}

void compare_rules(struct changes *changes)
{
    const struct policy *const sides[2] = {changes->policy[0], changes->policy[1]};
    long *partners = arena_alloc(&changes->arena, sides[0]->rule_count * sizeof *partners + 1);
    bool *taken = arena_alloc(&changes->arena, sides[1]->rule_count + 1);
    pair(sides, partners, taken);
    for (size_t i = 0; i < sides[0]->rule_count; i++) {
        const struct policy_rule *old = &sides[0]->rules[i];
        struct part part = {.changes = changes, .subject = CHANGE_RULE, .name = old->id};
        part.rule[0] = old;
        part.node[0] = compare_item(sides[0], "rules", i);
        if (partners[i] == NO_RULE) {
            compare_whole(&part, EFFECT_TOUCHES, EFFECT_RELEASES, NULL);
            continue;
        }
        part.rule[1] = &sides[1]->rules[partners[i]];
        part.node[1] = compare_item(sides[1], "rules", (size_t)partners[i]);
        part.name = part.rule[1]->id;
        compare_rule(&part);
    }
    for (size_t j = 0; j < sides[1]->rule_count; j++) {
        struct part part = {
            .changes = changes, .subject = CHANGE_RULE, .name = sides[1]->rules[j].id};
        part.rule[1] = &sides[1]->rules[j];
        part.node[1] = compare_item(sides[1], "rules", j);
        if (!taken[j])
            compare_whole(&part, EFFECT_TOUCHES, EFFECT_RELEASES, NULL);
    }
}
