/*
 * lexicon.h - splits names into words and finds the phrases of the vocabulary in them
 *
 * "firstName", "First Name", "first_names" and "firstname" are one name: first, name. What has no
 * boundaries is split where known words meet, so the vocabulary writes every word apart. Letters
 * lose their accents and words their plural.
 */
#ifndef DISCOVER_LEXICON_H
#define DISCOVER_LEXICON_H

#include "base/arena.h"
#include "discover/vocabulary.h"

#include <stdbool.h>
#include <stddef.h>

enum { NAME_WORDS = 16, UNKNOWN_WORD = -1 };

struct name {
    int count;
    int front;             /* words to pass over at the beginning: "c", "usr" as in "usr_email" */
    int head;              /* the words without the numbers at the end */
    int words[NAME_WORDS]; /* numbers in the lexicon, or UNKNOWN_WORD */
};

/* Which list of the vocabulary a phrase stands in. */
enum list { RULE, EXCEPT, NOUN, HINT, COLUMN, HARMLESS, SWITCH, REFERENCE, TAIL, VENDOR };

/* A phrase found in a name, from word `start` up to, not including, `end`. */
struct match {
    enum list list;
    int number; /* of the rule or topic; else 0 */
    int start, end;
};
enum { MATCHES = 256 };

/* A name with all that the vocabulary says of it. */
struct reading {
    struct name name;
    struct match matches[MATCHES];
    int count;
};

struct lexicon;

/* Of the whole vocabulary. It lies in the arena and is not changed afterwards. */
const struct lexicon *lexicon_build(struct arena *arena);

/* The rules of all categories in one count. */
const struct rule *lexicon_rule(const struct lexicon *lexicon, size_t number);
const char *lexicon_category(const struct lexicon *lexicon, size_t number);

void lexicon_split(const struct lexicon *lexicon, const char *text, struct name *ret_name);

/*
 * Finds all phrases in the name of the reading, the first `MATCHES` of them. A rule without phrases
 * is found in every name, from 0 to 0.
 */
void lexicon_match(const struct lexicon *lexicon, struct reading *reading);

/* Splits and matches. */
void lexicon_read(const struct lexicon *lexicon, const char *text, struct reading *ret_reading);

/* Whether a phrase of that list was found. */
bool reading_has(const struct reading *reading, enum list list, int number);

/* The text of a word that is known. */
const char *lexicon_word(const struct lexicon *lexicon, int word);

#endif
