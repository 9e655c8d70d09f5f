/*
 * compare.h - how two versions of one part of a policy are held against each other
 *
 * A part is a mapping. A table says for each of its keys what it means that the key came, went or
 * changed; a key that no table knows is compared all the same, so that none is ever passed over.
 */
#ifndef POLICY_COMPARE_H
#define POLICY_COMPARE_H

#include "pgretain/changes.h"
#include "policy/tree.h"

/* A rule, a hold, …: what every change of it has in common, and both versions of it. */
struct part {
    struct changes *changes;
    enum change_subject subject;
    const char *name;
    const char *inside; /* the mapping of the policy that the keys stand in, or NULL */
    const struct policy_rule *rule[2];
    const struct node *node[2]; /* NULL where it is not there */
};

enum value_shape {
    SHAPE_WHOLE,  /* one value */
    SHAPE_HIDDEN, /* one value that is not shown */
    SHAPE_LIST,   /* each element for itself */
    SHAPE_COLUMNS /* a mapping of columns, each for itself */
};

struct key_meaning {
    const char *key;
    enum value_shape shape;
    enum change_effect came, went, changed;
};

/* The table's last line has no key and holds for all others. Keys in `elsewhere`, which ends with
 * NULL, are left out. */
void compare_keys(struct part *part, const struct key_meaning *meanings,
                  const char *const *elsewhere);

/* The part as a whole, which is on one side only; `text` says what it is, or is NULL. */
void compare_whole(struct part *part, enum change_effect came, enum change_effect went,
                   const char *text);

/* Adds a change of the part, with the marks of the key on each side, or else of the part. */
struct change *compare_add(struct part *part, enum change_effect effect, const char *key);

/* Whether both are the same name or pattern, however they are written. */
bool compare_same_table(const struct table_name *a, const struct table_name *b);

/* The i-th item of a list of the document. */
const struct node *compare_item(const struct policy *policy, const char *list, size_t i);

/* All holds and all rules of both policies. */
void compare_holds(struct changes *changes);
void compare_rules(struct changes *changes);

#endif
