/* compare_keys.c - two mappings held against each other, key by key. */
#include "policy/compare.h"

#include <string.h>

static struct mark mark_of(const struct node *node)
{
    return node == NULL ? (struct mark){0} : node->mark;
}

struct change *compare_add(struct part *part, enum change_effect effect, const char *key)
{
    struct changes *changes = part->changes;
    struct change *change = ARENA_PUSH(&changes->arena, changes->items, changes->count);
    const char *path = key != NULL && part->inside != NULL
                           ? arena_printf(&changes->arena, "%s.%s", part->inside, key)
                           : key;
    *change = (struct change){.effect = effect,
                              .subject = part->subject,
                              .name = part->name,
                              .key = path,
                              .rule = {part->rule[0], part->rule[1]}};
    for (int side = 0; side < 2; side++) {
        const struct node *value =
            key == NULL || part->node[side] == NULL ? NULL : tree_find(part->node[side], key);
        bool is_whole = part->subject == CHANGE_POLICY && value == NULL;
        if (!is_whole)
            change->mark[side] = mark_of(value != NULL ? value : part->node[side]);
    }
    return change;
}

bool compare_same_table(const struct table_name *a, const struct table_name *b)
{
    return a->schema_is_pattern == b->schema_is_pattern &&
           a->name_is_pattern == b->name_is_pattern && strcmp(a->schema, b->schema) == 0 &&
           strcmp(a->name, b->name) == 0;
}

const struct node *compare_item(const struct policy *policy, const char *list, size_t i)
{
    return tree_find(policy->tree, list)->items[i];
}

void compare_whole(struct part *part, enum change_effect came, enum change_effect went,
                   const char *text)
{
    int side = part->node[0] == NULL;
    compare_add(part, side == 1 ? came : went, NULL)->text[side] = text;
}

static bool has_item(const struct node *list, const struct node *item)
{
    for (size_t i = 0; list != NULL && i < list->item_count; i++)
        if (node_equal(list->items[i], item))
            return true;
    return false;
}

static void compare_lists(struct part *part, const struct key_meaning *meaning, const char *key,
                          const struct node *const lists[2])
{
    for (int side = 0; side < 2; side++) {
        const struct node *list = lists[side];
        for (size_t i = 0; list != NULL && i < list->item_count; i++) {
            if (has_item(lists[!side], list->items[i]))
                continue;
            struct change *change =
                compare_add(part, side == 0 ? meaning->went : meaning->came, key);
            change->is_element = true;
            change->text[side] = node_text(list->items[i], &part->changes->arena);
            change->mark[side] = list->items[i]->mark;
        }
    }
}

static enum change_effect effect_of(const struct key_meaning *meaning,
                                    const struct node *const values[2])
{
    return values[0] == NULL ? meaning->came : values[1] == NULL ? meaning->went : meaning->changed;
}

static void compare_column(struct part *part, const struct key_meaning *meaning, const char *key,
                           const char *column, const struct node *const maps[2])
{
    const struct node *values[2];
    for (int side = 0; side < 2; side++)
        values[side] = maps[side] == NULL ? NULL : tree_find(maps[side], column);
    if (node_equal(values[0], values[1]))
        return;
    struct change *change = compare_add(part, effect_of(meaning, values), key);
    change->column = column;
    for (int side = 0; side < 2; side++) {
        change->text[side] = node_text(values[side], &part->changes->arena);
        if (values[side] != NULL)
            change->mark[side] = values[side]->mark;
    }
}

static void compare_columns(struct part *part, const struct key_meaning *meaning, const char *key,
                            const struct node *const maps[2])
{
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; maps[side] != NULL && i < maps[side]->member_count; i++) {
            const char *column = maps[side]->members[i].key->text;
            if (side == 0 || maps[0] == NULL || tree_find(maps[0], column) == NULL)
                compare_column(part, meaning, key, column, maps);
        }
}

static void compare_key(struct part *part, const struct key_meaning *meaning, const char *key)
{
    const struct node *values[2];
    for (int side = 0; side < 2; side++)
        values[side] = part->node[side] == NULL ? NULL : tree_find(part->node[side], key);
    if (node_equal(values[0], values[1]))
        return;
    if (meaning->shape == SHAPE_LIST) {
        compare_lists(part, meaning, key, values);
    } else if (meaning->shape == SHAPE_COLUMNS) {
        compare_columns(part, meaning, key, values);
    } else {
        struct change *change = compare_add(part, effect_of(meaning, values), key);
        for (int side = 0; side < 2 && meaning->shape == SHAPE_WHOLE; side++)
            change->text[side] = node_text(values[side], &part->changes->arena);
    }
}

static bool is_listed(const char *key, const char *const *keys)
{
    while (*keys != NULL && strcmp(*keys, key) != 0)
        keys++;
    return *keys != NULL;
}

void compare_keys(struct part *part, const struct key_meaning *meanings,
                  const char *const *elsewhere)
{
    for (int side = 0; side < 2; side++) {
        const struct node *node = part->node[side];
        for (size_t i = 0; node != NULL && i < node->member_count; i++) {
            const char *key = node->members[i].key->text;
            const struct key_meaning *meaning = meanings;
            if (is_listed(key, elsewhere) ||
                (side == 1 && part->node[0] != NULL && tree_find(part->node[0], key) != NULL))
                continue;
            while (meaning->key != NULL && strcmp(meaning->key, key) != 0)
                meaning++;
            compare_key(part, meaning, key);
        }
    }
}
