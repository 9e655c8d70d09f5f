/* node.c - nodes held against one another, and written down again. */
#include "base/buffer.h"
#include "policy/tree.h"

#include <string.h>

static const char *scalar(const struct node *node)
{
    return node_is_null(node) ? "null" : node->text;
}

static bool same_members(const struct node *a, const struct node *b)
{
    bool same = a->member_count == b->member_count;
    for (size_t i = 0; i < a->member_count && same; i++)
        same = node_equal(a->members[i].value, tree_find(b, a->members[i].key->text));
    return same;
}

bool node_equal(const struct node *a, const struct node *b)
{
    if (a == NULL || b == NULL || a->kind != b->kind)
        return a == b;
    if (a->kind == NODE_MAPPING)
        return same_members(a, b);
    if (a->kind != NODE_LIST)
        return strcmp(scalar(a), scalar(b)) == 0;
    bool same = a->item_count == b->item_count;
    for (size_t i = 0; i < a->item_count && same; i++)
        same = node_equal(a->items[i], b->items[i]);
    return same;
}

/* A text that would end early inside brackets stands in quotes. */
static void add_inner(const char *text, struct buffer *out)
{
    bool plain = *text != '\0' && strpbrk(text, ",[]{}\"\n") == NULL;
    buffer_add(out, plain ? "" : "\"");
    for (; *text != '\0'; text++)
        buffer_addf(out, !plain && (*text == '"' || *text == '\\') ? "\\%c" : "%c", *text);
    buffer_add(out, plain ? "" : "\"");
}

static void add_node(const struct node *node, struct buffer *out)
{
    if (node->kind == NODE_LIST) {
        buffer_add(out, "[");
        for (size_t i = 0; i < node->item_count; i++) {
            buffer_add(out, i == 0 ? "" : ", ");
            add_node(node->items[i], out);
        }
        buffer_add(out, "]");
    } else if (node->kind == NODE_MAPPING) {
        buffer_add(out, "{");
        for (size_t i = 0; i < node->member_count; i++) {
            buffer_add(out, i == 0 ? "" : ", ");
            add_inner(node->members[i].key->text, out);
            buffer_add(out, ": ");
            add_node(node->members[i].value, out);
        }
        buffer_add(out, "}");
    } else {
        add_inner(scalar(node), out);
    }
}

const char *node_text(const struct node *node, struct arena *arena)
{
    if (node == NULL || node->kind == NODE_TEXT)
        return node == NULL ? NULL : scalar(node);
    struct buffer text = {0};
    add_node(node, &text);
    const char *copy = arena_strdup(arena, buffer_text(&text));
    buffer_free(&text);
    return copy;
}
