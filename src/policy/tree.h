/*
 * tree.h - YAML as a small tree with a mark on every node
 *
 * What YAML offers beyond mappings, lists and text is refused here: anchors, aliases, tags, merge
 * keys, keys that are no text, a second document, NUL in a text. So are duplicate keys, empty
 * files, nesting beyond 32 levels and values that hold a password.
 */
#ifndef POLICY_TREE_H
#define POLICY_TREE_H

#include "policy/reader.h"

#include <stdbool.h>

enum node_kind {
    NODE_TEXT,
    NODE_LIST,
    NODE_MAPPING,
    NODE_REFUSED, /* its problem has been reported; whoever reads it says nothing more */
};

struct member {
    const struct node *key; /* NODE_TEXT */
    const struct node *value;
};

struct node {
    enum node_kind kind;
    struct mark mark;
    struct mark text_mark; /* NODE_TEXT: the first character, behind a quote or block sign */
    const char *text;
    bool is_plain; /* neither quoted nor a block */
    const struct node **items;
    size_t item_count;
    struct member *members; /* each key once */
    size_t member_count;
};

/*
 * Builds the tree of reader->bytes in reader->arena; NULL when the YAML is broken, which has then
 * been reported.
 */
const struct node *tree_build(struct reader *reader);

/* The value of a key, or NULL. */
const struct node *tree_find(const struct node *mapping, const char *key);

/* Whether both say the same, however they are quoted and in whatever order their keys stand. Either
 * may be NULL. */
bool node_equal(const struct node *a, const struct node *b);

/* The node on one line, as flow YAML; NULL for NULL. */
const char *node_text(const struct node *node, struct arena *arena);

/* Nothing was written: `key:` and no value. */
bool node_is_missing(const struct node *node);

/* A plain null or ~. */
bool node_is_null(const struct node *node);

#endif
