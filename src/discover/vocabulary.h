/*
 * vocabulary.h - the words by which a column looks personal (private to this room)
 *
 * Tables of facts and no code: classes of words, what tables are about, and one table of rules a
 * category. They are in English, French, German, Spanish, Italian, Portuguese and Dutch, in ASCII
 * ("prenom"), and split into words ("user_agent"), as lexicon.h splits names.
 *
 * A phrase is words joined by "_" that a name holds side by side. "<person>" stands for any word of
 * that class, "^a" must begin the name and "a$" must end it. Lists separate phrases by blanks.
 */
#ifndef DISCOVER_VOCABULARY_H
#define DISCOVER_VOCABULARY_H

#include <stddef.h>

enum type {
    TEXT = 1 << 0,
    TIME = 1 << 1, /* also ranges of times */
    NUMBER = 1 << 2,
    NETWORK = 1 << 3,
    UUID = 1 << 4,
    DOCUMENT = 1 << 5, /* json, hstore, xml, arrays, vectors */
    BYTES = 1 << 6,
    MAC = 1 << 7,
    PLACE = 1 << 8, /* point, geometry, … */
    FLAG = 1 << 9,
    CODE = 1 << 10, /* enums, bit, "char", whatever else */
    WORDS = TEXT | DOCUMENT,
    VALUE = TEXT | DOCUMENT | BYTES | UUID,
    ANY = (1 << 11) - 1,
};

/* What the rows of a table are; 0 is none of these. */
enum about {
    PEOPLE = 1 << 0,
    CALLS = 1 << 1,
    VISITS = 1 << 2, /* sessions, logins, page views: what somebody did with a machine */
    MESSAGES = 1 << 3,
    MEETINGS = 1 << 4,
    KEYS = 1 << 5,
    SETTINGS = 1 << 6, /* what somebody configured: roles, routes, prices, translations */
    FIRMS = 1 << 7,    /* companies and other organisations */
    DEALS = 1 << 8,    /* orders, payments, subscriptions */
    FILES = 1 << 9,    /* what somebody uploaded */
    LINES = 1 << 10,   /* telephones: extensions, SIP accounts, numbers */
    MAILED = 1 << 11,  /* beside any of these: each row has somebody's address or telephone */
    LINKED = 1 << 12,  /* beside any of these: each row belongs to a person */
    TIMED = 1 << 13,   /* beside any of these: each row happened at some time */
    BESIDE = MAILED | LINKED | TIMED,
    ANYTHING = 0,
};
enum { ABOUTS = 14 };

struct rule {
    const char *kind;
    double score;
    int types;
    int about;           /* only in tables about one of these, and beside one of these; 0: in all */
    int not_about;       /* never in these */
    const char *phrases; /* "": any name */
    const char *except;  /* a name with one of these is none; or NULL */
};

struct category {
    const char *name;
    const struct rule *rules;
    const size_t *rule_count;
};

struct word_class {
    const char *name, *words;
};

struct topic {
    enum about about;
    const char *nouns;   /* in a table's name */
    const char *hints;   /* in a table's name, and not enough by themselves */
    const char *columns; /* columns that such tables have */
};

extern const struct category vocabulary_categories[];
extern const size_t vocabulary_category_count;
extern const struct word_class vocabulary_classes[];
extern const size_t vocabulary_class_count;
extern const struct topic vocabulary_topics[ABOUTS];

/* Pairs of an abbreviation and the word that it is read as. */
extern const char *const vocabulary_abbreviations;
/* Names that say nothing about a person whatever else they say. */
extern const char *const vocabulary_harmless;
/* And these, but for text. */
extern const char *const vocabulary_switches;
/* What points at another row, in a number or UUID. */
extern const char *const vocabulary_references;

/* By category, in files of their own. */
extern const struct rule vocabulary_personal[], vocabulary_usage[], vocabulary_telephony[],
    vocabulary_credentials[];
extern const size_t vocabulary_personal_count, vocabulary_usage_count, vocabulary_telephony_count,
    vocabulary_credentials_count;

#endif
