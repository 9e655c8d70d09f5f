/*
 * changes.h - what a new version of a policy does otherwise than the old one
 *
 * Each change is one key of one rule, hold or other part, with its place and its value in both
 * files. They stand in the order of danger: what might destroy data that was safe comes first. Both
 * policies outlive the list.
 */
#ifndef PGRETAIN_CHANGES_H
#define PGRETAIN_CHANGES_H

#include "base/arena.h"
#include "pgretain/policy.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum change_effect {
    EFFECT_PROTECTS_LESS, /* a hold or a guard is gone or may be weaker */
    EFFECT_TOUCHES,       /* rows or columns that were left alone */
    EFFECT_SHORTENS,      /* a window, at least on some dates */
    EFFECT_ALTERS,        /* another deed, or other rows: which, only the database can tell */
    EFFECT_CHECKS_LESS,   /* more is exempt, accepted or allowed */
    EFFECT_LENGTHENS,
    EFFECT_RELEASES, /* rows or columns that are left alone from now on */
    EFFECT_PROTECTS_MORE,
    EFFECT_NONE, /* nothing that a run would do otherwise */
    CHANGE_EFFECTS
};

enum change_subject { CHANGE_POLICY, CHANGE_CATEGORY, CHANGE_HOLD, CHANGE_RULE, CHANGE_EXEMPTION };

/* The two sides are [0] the old policy and [1] the new one. */
struct change {
    enum change_effect effect;
    enum change_subject subject;
    const char *name;   /* the rule, hold, category or exempt table; NULL for the policy itself */
    const char *key;    /* of the subject; NULL where all of it came or went */
    const char *column; /* of a mask or an exemption, or NULL */
    /* Each is NULL where there is nothing on that side, except that a hold's condition is never
     * kept. Where `is_element`, one of them is an element that a list gained or lost. */
    const char *text[2];
    bool is_element;
    const struct policy_rule *rule[2];
    struct mark mark[2]; /* line 0: the side has no such place */
};

struct changes {
    struct arena arena;
    const struct policy *policy[2];
    struct change *items;
    size_t count;
    bool same_bytes; /* the files do not differ at all */
};

/* What a table's rows are due for under the old and the new policy, as of one instant. Not counted
 * is -1. */
struct due_change {
    const char *table; /* the topmost of its tree, as output names it */
    bool deletes;      /* rows that go; else rows that are masked */
    int64_t due[2];
    int64_t newly;         /* due under the new policy and not under the old one */
    int64_t no_longer;     /* the other way round */
    const char *uncounted; /* why something was not counted, or NULL */
};

#endif
