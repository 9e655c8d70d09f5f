/* lexicon.c - the index of all words and phrases, built once, and the search in it. */
#include "discover/lexicon.h"

#include "discover/split.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { SLOTS = 1 << 14, PHRASE_ITEMS = 6, CLASSES = 32 };

struct phrase {
    enum list list;
    int number;
    bool first, last; /* must begin, must end the name */
    int count;
    int items[PHRASE_ITEMS];   /* a word, or -1 - a class */
    const struct phrase *next; /* that begins alike */
};

struct word {
    const char *text;
    int stands_for; /* the word that it is short for: itself, or another */
    uint32_t classes;
    const struct phrase *phrases; /* that begin with it */
};

struct lexicon {
    struct arena *arena;
    struct word *words;
    size_t word_count;
    int slots[SLOTS]; /* 1 + the number of a word */
    const struct phrase *by_class[CLASSES];
    const struct phrase *anywhere; /* of rules without words */
    struct placed_rule *rules;
    size_t rule_count;
};

struct placed_rule {
    const struct rule *rule;
    const char *category;
};

static uint32_t hash(const char *text, size_t length)
{
    uint32_t h = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < length; i++)
        h = (h ^ (unsigned char)text[i]) * 16777619u;
    return h;
}

/* The slot of the word, or the empty one where it would be. */
static size_t find_slot(const struct lexicon *lexicon, const char *text, size_t length)
{
    size_t slot = hash(text, length) % SLOTS;
    while (lexicon->slots[slot] != 0) {
        const char *word = lexicon->words[lexicon->slots[slot] - 1].text;
        if (strncmp(word, text, length) == 0 && word[length] == '\0')
            break;
        slot = (slot + 1) % SLOTS;
    }
    return slot;
}

/* Without the s of a plural: how many bytes are left. */
static size_t singular(const char *word, size_t length)
{
    bool is_plural =
        length > 3 && word[length - 1] == 's' && strchr("sui", word[length - 2]) == NULL;
    return length - is_plural;
}

/* The word, or the one that this is the plural of. */
static int find_word(const void *context, const char *text, size_t length)
{
    const struct lexicon *lexicon = context;
    char word[64];
    int slot = lexicon->slots[find_slot(lexicon, text, singular(text, length))];
    if (slot == 0 && length > 3 && text[length - 1] == 's')
        slot = lexicon->slots[find_slot(lexicon, text, length - 1)]; /* menus */
    if (slot == 0 && length > 4 && length < sizeof word &&
        memcmp(text + length - 2, "es", 2) == 0) {
        memcpy(word, text, length);
        slot = lexicon->slots[find_slot(lexicon, word, length - 2)]; /* boxes */
        word[length - 3] = 'y';
        if (slot == 0 && text[length - 3] == 'i') /* entries */
            slot = lexicon->slots[find_slot(lexicon, word, length - 2)];
    }
    return slot == 0 ? UNKNOWN_WORD : lexicon->words[slot - 1].stands_for;
}

static int add_word(struct lexicon *lexicon, const char *text, size_t length)
{
    length = singular(text, length);
    size_t slot = find_slot(lexicon, text, length);
    if (lexicon->slots[slot] == 0) {
        struct word *word = ARENA_PUSH(lexicon->arena, lexicon->words, lexicon->word_count);
        word->text = arena_strndup(lexicon->arena, text, length);
        word->stands_for = (int)lexicon->word_count - 1;
        lexicon->slots[slot] = (int)lexicon->word_count;
    }
    return lexicon->words[lexicon->slots[slot] - 1].stands_for;
}

/* "dt date tm time": before any other word. */
static void add_abbreviations(struct lexicon *lexicon)
{
    for (const char *short_form = vocabulary_abbreviations; *short_form != '\0';) {
        size_t length = strcspn(short_form, " ");
        const char *word = short_form + length + 1;
        size_t word_length = strcspn(word, " ");
        int number = add_word(lexicon, short_form, length);
        int stands_for = add_word(lexicon, word, word_length);
        lexicon->words[number].stands_for = stands_for;
        short_form = word + word_length;
        short_form += strspn(short_form, " ");
    }
}

static int class_number(const char *name, size_t length)
{
    size_t i = 0;
    while (i < vocabulary_class_count && (strncmp(vocabulary_classes[i].name, name, length) != 0 ||
                                          vocabulary_classes[i].name[length] != '\0'))
        i++;
    return (int)i;
}

/* Between the classes a phrase is read as a name is. */
static void add_items(const struct lexicon *lexicon, struct phrase *phrase, const char *text)
{
    struct name name;
    lexicon_split(lexicon, text, &name);
    for (int i = 0; i < name.count && phrase->count < PHRASE_ITEMS; i++)
        phrase->items[phrase->count++] = name.words[i];
}

static void add_phrase(struct lexicon *lexicon, enum list list, int number, const char *text,
                       size_t length)
{
    struct phrase *phrase = arena_alloc(lexicon->arena, sizeof *phrase);
    phrase->list = list;
    phrase->number = number;
    phrase->first = text[0] == '^';
    phrase->last = text[length - 1] == '$';
    char *rest = arena_strndup(lexicon->arena, text + phrase->first,
                               length - (size_t)phrase->first - (size_t)phrase->last);
    while (*rest != '\0' && phrase->count < PHRASE_ITEMS) {
        char *end = rest + strcspn(rest, "<");
        if (end == rest) {
            end = strchr(rest, '>') + 1;
            phrase->items[phrase->count++] = -1 - class_number(rest + 1, (size_t)(end - rest) - 2);
        } else {
            add_items(lexicon, phrase, arena_strndup(lexicon->arena, rest, (size_t)(end - rest)));
        }
        rest = end;
    }
    int front = phrase->items[0];
    const struct phrase **chain =
        front < 0 ? &lexicon->by_class[-1 - front] : &lexicon->words[front].phrases;
    phrase->next = *chain;
    *chain = phrase;
}

/* The words of a list of phrases, so that all are known before the first phrase is read. */
static void add_words(struct lexicon *lexicon, const char *phrases)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz", digits[] = "0123456789";
    while (phrases != NULL && *phrases != '\0') {
        size_t length = strspn(phrases, letters);
        length = length > 0 ? length : strspn(phrases, digits);
        if (length > 0)
            add_word(lexicon, phrases, length);
        else
            length = *phrases == '<' ? strcspn(phrases, ">") : 1;
        phrases += length;
    }
}

static void add_list(struct lexicon *lexicon, enum list list, int number, const char *phrases)
{
    while (phrases != NULL && *phrases != '\0') {
        size_t length = strcspn(phrases, " ");
        add_phrase(lexicon, list, number, phrases, length);
        phrases += length;
        phrases += strspn(phrases, " ");
    }
}

static void add_classes(struct lexicon *lexicon)
{
    for (size_t i = 0; i < vocabulary_class_count; i++) {
        const char *words = vocabulary_classes[i].words;
        while (*words != '\0') {
            size_t length = strcspn(words, " ");
            int word = add_word(lexicon, words, length);
            lexicon->words[word].classes |= UINT32_C(1) << i;
            words += length;
            words += strspn(words, " ");
        }
    }
}

/* A rule without phrases fits every name: it is found in none of its words. */
static void add_wordless(struct lexicon *lexicon, int number)
{
    struct phrase *phrase = arena_alloc(lexicon->arena, sizeof *phrase);
    phrase->list = RULE;
    phrase->number = number;
    phrase->next = lexicon->anywhere;
    lexicon->anywhere = phrase;
}

static void add_rules(struct lexicon *lexicon, const struct category *category)
{
    for (size_t i = 0; i < *category->rule_count; i++) {
        *ARENA_PUSH(lexicon->arena, lexicon->rules, lexicon->rule_count) =
            (struct placed_rule){&category->rules[i], category->name};
        add_words(lexicon, category->rules[i].phrases);
        add_words(lexicon, category->rules[i].except);
    }
}

static void add_all_words(struct lexicon *lexicon)
{
    add_classes(lexicon);
    for (size_t i = 0; i < vocabulary_category_count; i++)
        add_rules(lexicon, &vocabulary_categories[i]);
    for (int i = 0; i < ABOUTS; i++) {
        add_words(lexicon, vocabulary_topics[i].nouns);
        add_words(lexicon, vocabulary_topics[i].hints);
        add_words(lexicon, vocabulary_topics[i].columns);
    }
    add_words(lexicon, vocabulary_harmless);
    add_words(lexicon, vocabulary_switches);
    add_words(lexicon, vocabulary_references);
}

const struct lexicon *lexicon_build(struct arena *arena)
{
    struct lexicon *lexicon = arena_alloc(arena, sizeof *lexicon);
    lexicon->arena = arena;
    add_abbreviations(lexicon);
    add_all_words(lexicon);
    for (size_t i = 0; i < lexicon->rule_count; i++) {
        if (lexicon->rules[i].rule->phrases[0] == '\0')
            add_wordless(lexicon, (int)i);
        add_list(lexicon, RULE, (int)i, lexicon->rules[i].rule->phrases);
        add_list(lexicon, EXCEPT, (int)i, lexicon->rules[i].rule->except);
    }
    for (int i = 0; i < ABOUTS; i++) {
        add_list(lexicon, NOUN, i, vocabulary_topics[i].nouns);
        add_list(lexicon, HINT, i, vocabulary_topics[i].hints);
        add_list(lexicon, COLUMN, i, vocabulary_topics[i].columns);
    }
    add_list(lexicon, HARMLESS, 0, vocabulary_harmless);
    add_list(lexicon, SWITCH, 0, vocabulary_switches);
    add_list(lexicon, REFERENCE, 0, vocabulary_references);
    add_list(lexicon, TAIL, 0, "<tail>");
    add_list(lexicon, VENDOR, 0, "<vendor>");
    return lexicon;
}

const struct rule *lexicon_rule(const struct lexicon *lexicon, size_t number)
{
    return lexicon->rules[number].rule;
}

const char *lexicon_category(const struct lexicon *lexicon, size_t number)
{
    return lexicon->rules[number].category;
}

const char *lexicon_word(const struct lexicon *lexicon, int word)
{
    return lexicon->words[word].text;
}

void lexicon_split(const struct lexicon *lexicon, const char *text, struct name *ret_name)
{
    const struct split_words known = {lexicon, find_word};
    split_name(&known, text, ret_name);
}

static bool holds(const struct lexicon *lexicon, int word, int item)
{
    if (item >= 0)
        return word == item;
    return word != UNKNOWN_WORD && (lexicon->words[word].classes >> (-1 - item) & 1) != 0;
}

static bool stands_at(const struct lexicon *lexicon, const struct phrase *phrase,
                      const struct name *name, int start)
{
    int end = start + phrase->count;
    if (end > name->count || (phrase->first && start != 0 && start != name->front) ||
        (phrase->last && end != name->count && end != name->head))
        return false;
    for (int i = 1; i < phrase->count; i++)
        if (!holds(lexicon, name->words[start + i], phrase->items[i]))
            return false;
    return true;
}

static int match_chain(const struct lexicon *lexicon, const struct phrase *chain,
                       const struct name *name, int start, struct match *matches, int count)
{
    for (; chain != NULL && count < MATCHES; chain = chain->next)
        if (stands_at(lexicon, chain, name, start))
            matches[count++] =
                (struct match){chain->list, chain->number, start, start + chain->count};
    return count;
}

void lexicon_match(const struct lexicon *lexicon, struct reading *reading)
{
    const struct name *name = &reading->name;
    int count = match_chain(lexicon, lexicon->anywhere, name, 0, reading->matches, 0);
    for (int i = 0; i < name->count; i++) {
        if (name->words[i] == UNKNOWN_WORD)
            continue;
        const struct word *word = &lexicon->words[name->words[i]];
        count = match_chain(lexicon, word->phrases, name, i, reading->matches, count);
        for (size_t c = 0; c < vocabulary_class_count; c++)
            if ((word->classes >> c & 1) != 0)
                count =
                    match_chain(lexicon, lexicon->by_class[c], name, i, reading->matches, count);
    }
    reading->count = count;
}

void lexicon_read(const struct lexicon *lexicon, const char *text, struct reading *ret_reading)
{
    lexicon_split(lexicon, text, &ret_reading->name);
    lexicon_match(lexicon, ret_reading);
}

bool reading_has(const struct reading *reading, enum list list, int number)
{
    for (int i = 0; i < reading->count; i++)
        if (reading->matches[i].list == list && reading->matches[i].number == number)
            return true;
    return false;
}
