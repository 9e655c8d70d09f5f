/* compare_holds.c - holds of two versions of a policy, paired and held against each other. */
#include "policy/compare.h"

#include "policy/policy.h"

#include <string.h>

static bool holds_table(const struct policy_hold *hold, const struct table_name *table)
{
    for (size_t i = 0; i < hold->table_count; i++)
        if (compare_same_table(&hold->tables[i], table))
            return true;
    return false;
}

/* `table` and `tables` are two ways to write the same. */
static void compare_hold_tables(struct part *part, const struct policy_hold *const holds[2])
{
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < holds[side]->table_count; i++) {
            const struct table_name *table = &holds[side]->tables[i];
            if (holds_table(holds[!side], table))
                continue;
            struct change *change = compare_add(
                part, side == 0 ? EFFECT_PROTECTS_LESS : EFFECT_PROTECTS_MORE, "tables");
            change->is_element = true;
            change->text[side] = table->text;
            change->mark[side] = table->mark;
        }
}

static void compare_hold(struct part *part, const struct policy_hold *const holds[2])
{
    static const char *const elsewhere[] = {"table", "tables", "follow", NULL};
    static const struct key_meaning meanings[] = {
        {"where", SHAPE_HIDDEN, EFFECT_PROTECTS_LESS, EFFECT_PROTECTS_LESS, EFFECT_PROTECTS_LESS},
        {"id", SHAPE_WHOLE, EFFECT_NONE, EFFECT_NONE, EFFECT_NONE},
        {"reason", SHAPE_WHOLE, EFFECT_NONE, EFFECT_NONE, EFFECT_NONE},
        {"until", SHAPE_WHOLE, EFFECT_NONE, EFFECT_NONE, EFFECT_NONE},
        {NULL, SHAPE_WHOLE, EFFECT_PROTECTS_LESS, EFFECT_PROTECTS_LESS, EFFECT_PROTECTS_LESS},
    };
    compare_hold_tables(part, holds);
    if (holds[0]->follow != holds[1]->follow) {
        struct change *change = compare_add(
            part, holds[0]->follow ? EFFECT_PROTECTS_LESS : EFFECT_PROTECTS_MORE, "follow");
        for (int side = 0; side < 2; side++)
            change->text[side] = holds[side]->follow ? "true" : "false";
    }
    compare_keys(part, meanings, elsewhere);
}

/* Whether both keep the same rows, whatever they are called. */
static bool keep_the_same(const struct policy_hold *a, const struct policy_hold *b)
{
    bool same = a->table_count == b->table_count && a->follow == b->follow &&
                strcmp(a->where, b->where) == 0;
    for (size_t i = 0; i < a->table_count && same; i++)
        same = holds_table(b, &a->tables[i]);
    return same;
}

static size_t find_hold(const struct policy *policy, const char *id)
{
    size_t i = 0;
    while (i < policy->hold_count && strcmp(policy->holds[i].id, id) != 0)
        i++;
    return i;
}

/* The new hold that goes on with the old one: of the same id, or a renamed one. */
static size_t find_successor(const struct policy *const sides[2], const struct policy_hold *old)
{
    size_t found = find_hold(sides[1], old->id);
    for (size_t i = 0; i < sides[1]->hold_count && found == sides[1]->hold_count; i++)
        if (keep_the_same(old, &sides[1]->holds[i]) &&
            find_hold(sides[0], sides[1]->holds[i].id) == sides[0]->hold_count)
            return i;
    return found;
}

void compare_holds(struct changes *changes)
{
    const struct policy *const sides[2] = {changes->policy[0], changes->policy[1]};
    bool *known = arena_alloc(&changes->arena, sides[1]->hold_count + 1);
    for (size_t i = 0; i < sides[0]->hold_count; i++) {
        const struct policy_hold *old = &sides[0]->holds[i];
        size_t j = find_successor(sides, old);
        struct part part = {.changes = changes, .subject = CHANGE_HOLD, .name = old->id};
        part.node[0] = compare_item(sides[0], "holds", i);
        if (j == sides[1]->hold_count) {
            compare_whole(&part, EFFECT_NONE, EFFECT_PROTECTS_LESS, NULL);
            continue;
        }
        const struct policy_hold *const holds[2] = {old, &sides[1]->holds[j]};
        part.node[1] = compare_item(sides[1], "holds", j);
        known[j] = true;
        compare_hold(&part, holds);
    }
    for (size_t j = 0; j < sides[1]->hold_count; j++) {
        struct part part = {
            .changes = changes, .subject = CHANGE_HOLD, .name = sides[1]->holds[j].id};
        part.node[1] = compare_item(sides[1], "holds", j);
        if (!known[j])
            compare_whole(&part, EFFECT_PROTECTS_MORE, EFFECT_NONE, NULL);
    }
}
