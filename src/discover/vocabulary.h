/*
 * vocabulary.h - the words by which a column looks personal (private to this room)
 *
 * Two tables of facts and no code. The first rule that fits a column decides; the rules with few or
 * no words of their own, at the end, judge by the table alone and score low.
 */
#ifndef DISCOVER_VOCABULARY_H
#define DISCOVER_VOCABULARY_H

enum type {
    TEXT = 1 << 0,
    TIME = 1 << 1,
    NUMBER = 1 << 2,
    NETWORK = 1 << 3,
    UUID = 1 << 4,
    DOCUMENT = 1 << 5, /* json, hstore, xml, arrays */
    BYTES = 1 << 6,
    MAC = 1 << 7,
    OTHER = 1 << 8, /* boolean, enum, … */
    WORDS = TEXT | DOCUMENT,
    VALUE = TEXT | DOCUMENT | BYTES | UUID,
    ANY = (1 << 9) - 1,
};

/* What a table is about; 0 is none of these. */
enum about {
    PEOPLE = 1 << 0,
    CALLS = 1 << 1,
    VISITS = 1 << 2,
    MESSAGES = 1 << 3,
    SETTINGS = 1 << 4,
    KEYS = 1 << 5,
    ANYTHING = 0,
};

struct rule {
    const char *category, *kind;
    double score;
    int types;
    int about;           /* only in such tables; 0: in all */
    int not_about;       /* never in these */
    const char *phrases; /* see name_has(); "": any name */
    const char *except;  /* or NULL */
};

struct subject {
    enum about about;
    const char *phrases;
};

extern const struct rule vocabulary_rules[];
extern const int vocabulary_rule_count;

/* The last word of a table's name is asked first, as "user_roles" is about roles. */
extern const struct subject vocabulary_tables[];
extern const int vocabulary_table_count;

#endif
