/*
 * judge.c - whether the columns of a table look personal, by names and types alone
 *
 * First it is settled what the table is about, by its own name and by the names of its columns:
 * calls have callers, whatever their table is called. Then each column is judged by the rule whose
 * phrase stands last in its name, as the last word of a name says what it is: "email_token" is a
 * token. Rules that hold in any table come before those that the table's subject adds.
 */
#include "discover/discover.h"

#include "discover/lexicon.h"

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

/* One name with all that the vocabulary says of it. */
struct reading {
    struct name name;
    struct match matches[MATCHES];
    int count;
};

static void find_phrases(const struct lexicon *lexicon, struct reading *reading)
{
    reading->count = lexicon_match(lexicon, &reading->name, reading->matches);
}

static void read_name(const struct lexicon *lexicon, const char *text, struct reading *ret_reading)
{
    lexicon_read(lexicon, text, &ret_reading->name);
    find_phrases(lexicon, ret_reading);
}

static bool is_listed(const struct reading *reading, enum list list, int number)
{
    for (int i = 0; i < reading->count; i++)
        if (reading->matches[i].list == list && reading->matches[i].number == number)
            return true;
    return false;
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

/* How much speaks for each subject; SETTINGS need much to be outvoted. */
enum { NOUN_AT_END = 5, NOUN_BEFORE = 2, SETTINGS_AT_END = 8, MOST_COLUMNS = 6, ENOUGH = 2 };

/* The table's name without words such as "log" or "data" at its end. */
static int noun_end(const struct reading *table)
{
    int end = table->name.head;
    for (bool found = true; found && end > 1;) {
        found = false;
        for (int i = 0; i < table->count; i++)
            found = found || (table->matches[i].list == TAIL && table->matches[i].end == end);
        end -= found;
    }
    return end;
}

static int topic_number(enum about about)
{
    int i = 0;
    while (i < ABOUTS - 1 && vocabulary_topics[i].about != about)
        i++;
    return i;
}

/* The last noun says what the rows are: "user_roles" are roles. But what is about calls stays so:
 * "call_notes", "sip_messages". */
static void weigh_name(const struct reading *table, int weights[ABOUTS])
{
    int end = noun_end(table), last = 0, longest = 0, noun = -1, calls = topic_number(CALLS);
    bool has_calls = false, has_noun = false;
    for (int i = 0; i < table->count; i++)
        has_noun = has_noun || (table->matches[i].list == NOUN && table->matches[i].end <= end);
    for (int i = 0; i < table->count; i++) {
        const struct match *match = &table->matches[i];
        if (match->list == HINT)
            weights[match->number]++;
        int length = match->end - match->start;
        if (match->list != NOUN || (has_noun && match->end > end && length == 1))
            continue;
        has_calls = has_calls || match->number == calls;
        if (match->end > last || (match->end == last && length > longest)) {
            last = match->end;
            longest = length;
            noun = match->number;
        }
    }
    if (noun < 0)
        return;
    bool may_be_calls =
        (vocabulary_topics[noun].about & (CALLS | MESSAGES | VISITS | FILES | MEETINGS)) != 0;
    if (has_calls && may_be_calls)
        weights[calls] += NOUN_AT_END + 1;
    if (last < end)
        weights[noun] += NOUN_BEFORE;
    else
        weights[noun] += vocabulary_topics[noun].about == SETTINGS ? SETTINGS_AT_END : NOUN_AT_END;
}

/* How many columns are such as tables about each topic have. */
static void weigh_columns(const struct reading *columns, size_t count, int weights[ABOUTS])
{
    for (size_t i = 0; i < count; i++) {
        bool found[ABOUTS] = {false};
        for (int m = 0; m < columns[i].count; m++)
            if (columns[i].matches[m].list == COLUMN)
                found[columns[i].matches[m].number] = true;
        for (int topic = 0; topic < ABOUTS; topic++)
            weights[topic] += found[topic];
    }
}

static bool refers_to_person(const struct lexicon *lexicon, const struct discovered_column *columns,
                             size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct reading table;
        int weights[ABOUTS] = {0};
        if (columns[i].refers_to == NULL)
            continue;
        read_name(lexicon, columns[i].refers_to, &table);
        weigh_name(&table, weights);
        if (weights[topic_number(PEOPLE)] >= NOUN_AT_END)
            return true;
    }
    return false;
}

static int about(const struct reading *schema, const struct reading *table,
                 const struct reading *columns, size_t count)
{
    int names[ABOUTS] = {0}, found[ABOUTS] = {0}, best = 0, most = 0, beside = 0;
    weigh_name(table, names);
    weigh_columns(columns, count, found);
    for (int i = 0; i < schema->count; i++) { /* it confirms what the columns say */
        const struct match *match = &schema->matches[i];
        if ((match->list == NOUN || match->list == HINT) && found[match->number] > 0)
            names[match->number]++;
    }
    for (int topic = 0; topic < ABOUTS; topic++) {
        int weight = names[topic] + (found[topic] < MOST_COLUMNS ? found[topic] : MOST_COLUMNS);
        enum about about = vocabulary_topics[topic].about;
        if (about == LINKED || about == MAILED)
            beside |= found[topic] > 0 ? (int)about : 0;
        else if (weight > most) {
            most = weight;
            best = topic;
        }
    }
    return beside | (most >= ENOUGH ? (int)vocabulary_topics[best].about : ANYTHING);
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
    bool is_called_so = is_listed(reading, REFERENCE, 0);
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

static bool fits(const struct candidate *candidate, const struct subject *column)
{
    const struct rule *rule = candidate->rule;
    if ((rule->types & (int)column->type) == 0 || (rule->not_about & column->is_about) != 0 ||
        (rule->about != 0 && (rule->about & column->is_about) == 0))
        return false;
    return !is_listed(column->reading, EXCEPT, (int)candidate->number) &&
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

void discover_judge(const struct lexicon *lexicon, struct discovered_column *columns, size_t count)
{
    struct arena arena = {0};
    struct reading schema, table, *readings = arena_alloc(&arena, (count + 1) * sizeof *readings);
    read_name(lexicon, columns[0].schema, &schema);
    read_name(lexicon, columns[0].table, &table);
    for (size_t i = 0; i < count; i++)
        lexicon_read(lexicon, columns[i].column, &readings[i].name);
    pass_over_prefix(readings, count);
    for (size_t i = 0; i < count; i++) {
        add_noun(&table.name, &columns[i], &readings[i].name);
        find_phrases(lexicon, &readings[i]);
    }
    bool text_keys = has_text_keys(columns, count);
    int is_about = about(&schema, &table, readings, count);
    if (refers_to_person(lexicon, columns, count))
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
