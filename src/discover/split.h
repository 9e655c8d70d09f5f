/*
 * split.h - where one word of a name ends and the next begins (private to this room)
 */
#ifndef DISCOVER_SPLIT_H
#define DISCOVER_SPLIT_H

#include "discover/lexicon.h"

/* Which words there are: the number of a word in lower case, or UNKNOWN_WORD. */
struct split_words {
    const void *context;
    int (*find)(const void *context, const char *text, size_t length);
};

void split_name(const struct split_words *known, const char *text, struct name *ret_name);

#endif
