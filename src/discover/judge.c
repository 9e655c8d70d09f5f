/*
 * judge.c - whether the columns of a table look personal, by names and types alone
 *
 * First it is settled what the table is about. Then each column is judged by the rule whose phrase
 * stands last in its name, as the last word of a name says what it is: "email_token" is a token.
 * Rules that hold in any table come before those that the table's subject adds.
 */
#include "discover/discover.h"

#include "discover/lexicon.h"
#include "discover/topic.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { FEWEST_ALIKE = 4 };

static enum type type_of(const char *type)
{
    static const struct {
        enum type type;
        const char *names;
    } types[] = {
        {TEXT, " text varchar bpchar citext name xml email "},
        {TIME, " timestamptz timestamp date time timetz tsrange tstzrange daterange "},
        {NUMBER, " int4 int8 numeric float4 float8 money interval "},
        {NETWORK, " inet cidr "},
        {MAC, " macaddr macaddr8 "},
        {UUID, " uuid "},
        {DOCUMENT, " json jsonb hstore tsvector vector halfvec "},
        {BYTES, " bytea oid "},
        {PLACE, " point polygon geometry geography "},
        {FLAG, " bool "},
    };
    char padded[80];
    if (type[0] == '_')
        return strncmp(type, "_int", 4) == 0 || strcmp(type, "_uuid") == 0 ? CODE : DOCUMENT;
    size_t length = strnlen(type, 70);
    padded[0] = ' ';
    memcpy(padded + 1, type, length);
    memcpy(padded + 1 + length, " ", 2);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strstr(types[i].names, padded) != NULL)
            return types[i].type;
    return CODE;
}

/*
 * Where most columns begin with the same word, "usr" or "contact", it is the table's and no part of
 * their names.
 */
static void pass_over_prefix(struct reading *columns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t alike = 0;
        int word = columns[i].name.words[0];
        if (word == UNKNOWN_WORD || columns[i].name.count < 2)
            continue;
        for (size_t j = 0; j < count; j++)
            alike += columns[j].name.count > 1 && columns[j].name.words[0] == word;
        if (alike < FEWEST_ALIKE || 2 * alike <= count)
            continue;
        for (size_t j = 0; j < count; j++)
            if (columns[j].name.words[0] == word && columns[j].name.front == 0)
                columns[j].name.front = 1;
        return;
    }
}

/* The "id" of sessions is a session id, if it is no mere number. */
static void add_noun(const struct name *table, const struct discovered_column *column,
                     struct name *name)
{
    if (name->count != 1 || table->head == 0 || strcasecmp(column->column, "id") != 0 ||
        type_of(column->base_type) != TEXT)
        return;
    name->words[1] = name->words[0];
    name->words[0] = table->words[table->head - 1];
    name->count = name->head = 2;
}

/* Up to this length a text can be a UUID or another key that a program made up. */
enum { KEY_LENGTH = 64 };

/* A column to be judged. */
struct subject {
    const struct reading *reading;
    enum type type;
    int is_about;      /* its table */
    bool is_reference; /* a foreign key, or a number or UUID called so */
    bool is_made_up;   /* a short text called as keys are */
};

static bool is_short(const char *type)
{
    const char *length = strchr(type == NULL ? "" : type, '(');
    return length != NULL && strtol(length + 1, NULL, 10) <= KEY_LENGTH;
}

/* Where the rows' own "id" is a text, so are the references to them. */
static bool has_text_keys(const struct discovered_column *columns, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(columns[i].column, "id") == 0)
            return type_of(columns[i].base_type) == TEXT;
    return false;
}

static struct subject subject(const struct discovered_column *column, const struct reading *reading,
                              int is_about, bool text_keys)
{
    struct subject subject = {reading, type_of(column->base_type), is_about, false, false};
    bool is_called_so = reading_has(reading, REFERENCE, 0);
    subject.is_reference = is_called_so && column->refers_to != NULL;
    subject.is_made_up =
        is_called_so && subject.type == TEXT && (text_keys || is_short(column->type));
    return subject;
}

/* A rule that fits a column, and where in the name. */
struct candidate {
    const struct rule *rule;
    size_t number;
    int start, end;
};

/* Whether the phrase of the candidate takes in all words of that list. */
static bool covers(const struct candidate *candidate, const struct reading *column, enum list list)
{
    for (int i = 0; i < column->count; i++) {
        const struct match *match = &column->matches[i];
        if (match->list == list && (match->start < candidate->start || match->end > candidate->end))
            return false;
    }
    return true;
}

/* "user_id" is no user. Only a rule that speaks of the id itself, or of the table, may take it. */
static bool may_take_id(const struct candidate *candidate, const struct subject *column)
{
    bool is_wordless = candidate->rule->phrases[0] == '\0';
    if (column->is_reference)
        return false;
    if (column->is_made_up && (is_wordless || strcmp(candidate->rule->kind, "external id") == 0))
        return false;
    return (is_wordless && column->type == TEXT) || covers(candidate, column->reading, REFERENCE);
}

static bool is_for(int wanted, int is_about)
{
    return wanted == 0 || (wanted & is_about) != 0;
}

static bool fits(const struct candidate *candidate, const struct subject *column)
{
    const struct rule *rule = candidate->rule;
    if ((rule->types & (int)column->type) == 0 || (rule->not_about & column->is_about) != 0 ||
        !is_for(rule->about & ~BESIDE, column->is_about) ||
        !is_for(rule->about & BESIDE, column->is_about))
        return false;
    return !reading_has(column->reading, EXCEPT, (int)candidate->number) &&
           covers(candidate, column->reading, HARMLESS) &&
           ((column->type & WORDS) != 0 || covers(candidate, column->reading, SWITCH)) &&
           may_take_id(candidate, column);
}

/* Below this score a rule that holds in any table gives way to one about such tables. */
static const double sure = 0.65;

/* Rules with words before those without; of these, what is sure in any table comes first. */
static int rank(const struct rule *rule)
{
    if (rule->phrases[0] == '\0')
        return 0;
    if (rule->about != 0)
        return 2;
    return rule->score >= sure ? 3 : 1;
}

static bool is_better(const struct candidate *a, const struct candidate *b)
{
    if (b->rule == NULL)
        return true;
    if (rank(a->rule) != rank(b->rule))
        return rank(a->rule) > rank(b->rule);
    if (a->end != b->end)
        return a->end > b->end;
    if (a->start != b->start)
        return a->start < b->start;
    return a->rule->score > b->rule->score;
}

static struct candidate choose(const struct lexicon *lexicon, const struct subject *column)
{
    struct candidate best = {0};
    for (int i = 0; i < column->reading->count; i++) {
        const struct match *match = &column->reading->matches[i];
        if (match->list != RULE)
            continue;
        struct candidate candidate = {lexicon_rule(lexicon, (size_t)match->number),
                                      (size_t)match->number, match->start, match->end};
        if (fits(&candidate, column) && is_better(&candidate, &best))
            best = candidate;
    }
    return best;
}

static const char *why(const struct rule *rule)
{
    if (rule->phrases[0] == '\0')
        return rule->about != 0 ? "table" : "type";
    return rule->about != 0 ? "name, table" : "name";
}

static const char *vendor_in(const struct lexicon *lexicon, const struct reading *reading)
{
    for (int i = 0; i < reading->count; i++)
        if (reading->matches[i].list == VENDOR)
            return lexicon_word(lexicon, reading->name.words[reading->matches[i].start]);
    return NULL;
}

/* Of the column, of the table, or the only one that its other columns name. */
static const char *vendor(const struct lexicon *lexicon, const struct reading *table,
                          const struct reading *columns, size_t count, size_t which)
{
    const char *found = vendor_in(lexicon, &columns[which]);
    if (found == NULL)
        found = vendor_in(lexicon, table);
    if (found != NULL)
        return found;
    for (size_t i = 0; i < count; i++) {
        const char *other = vendor_in(lexicon, &columns[i]);
        if (other != NULL && found != NULL && other != found)
            return NULL;
        found = other != NULL ? other : found;
    }
    return found;
}

static bool refers_to_people(const struct lexicon *lexicon, const struct discovered_column *columns,
                             size_t count)
{
    struct reading table;
    for (size_t i = 0; i < count; i++) {
        if (columns[i].refers_to == NULL)
            continue;
        lexicon_read(lexicon, columns[i].refers_to, &table);
        if (topic_is_people(&table))
            return true;
    }
    return false;
}

void discover_judge(const struct lexicon *lexicon, struct discovered_column *columns, size_t count)
{
    struct arena arena = {0};
    struct reading schema, table, *readings = arena_alloc(&arena, (count + 1) * sizeof *readings);
    lexicon_read(lexicon, columns[0].schema, &schema);
    lexicon_read(lexicon, columns[0].table, &table);
    for (size_t i = 0; i < count; i++)
        lexicon_split(lexicon, columns[i].column, &readings[i].name);
    pass_over_prefix(readings, count);
    for (size_t i = 0; i < count; i++) {
        add_noun(&table.name, &columns[i], &readings[i].name);
        lexicon_match(lexicon, &readings[i]);
    }
    bool text_keys = has_text_keys(columns, count);
    int is_about = topic_of(&schema, &table, readings, count);
    if (refers_to_people(lexicon, columns, count))
        is_about |= LINKED;
    for (size_t i = 0; i < count; i++) {
        struct subject column = subject(&columns[i], &readings[i], is_about, text_keys);
        struct candidate best = choose(lexicon, &column);
        if (best.rule == NULL)
            continue;
        columns[i].category = lexicon_category(lexicon, best.number);
        columns[i].kind = best.rule->kind;
        columns[i].score = best.rule->score;
        columns[i].why = why(best.rule);
        if (strcmp(columns[i].category, "integration_credentials") == 0)
            columns[i].vendor = vendor(lexicon, &table, readings, count, i);
    }
    arena_free(&arena);
}
