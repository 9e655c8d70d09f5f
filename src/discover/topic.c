/* topic.c - what the rows of a table are, by its name and by the names of its columns. */
#include "discover/topic.h"

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

/* The noun that stands last, of two the longer one; NULL where there is none. */
static const struct match *last_noun(const struct reading *table, int end)
{
    const struct match *last = NULL;
    bool has_noun = false;
    for (int i = 0; i < table->count; i++)
        has_noun = has_noun || (table->matches[i].list == NOUN && table->matches[i].end <= end);
    for (int i = 0; i < table->count; i++) {
        const struct match *match = &table->matches[i];
        bool is_tail = has_noun && match->end > end && match->end - match->start == 1;
        if (match->list != NOUN || is_tail)
            continue;
        if (last == NULL || match->end > last->end ||
            (match->end == last->end && match->start < last->start))
            last = match;
    }
    return last;
}

/*
 * The last noun says what the rows are: "user_roles" are roles. But what is about calls stays so:
 * "call_notes", "sip_messages".
 */
static void weigh_name(const struct reading *table, int weights[ABOUTS])
{
    static const int beside_calls = CALLS | MESSAGES | VISITS | FILES | MEETINGS;
    int end = noun_end(table), calls = topic_number(CALLS);
    const struct match *noun = last_noun(table, end);
    for (int i = 0; i < table->count; i++)
        if (table->matches[i].list == HINT)
            weights[table->matches[i].number]++;
    if (noun == NULL)
        return;
    enum about subject = vocabulary_topics[noun->number].about;
    if (((int)subject & beside_calls) != 0 && reading_has(table, NOUN, calls))
        weights[calls] += NOUN_AT_END + 1;
    if (noun->end < end)
        weights[noun->number] += NOUN_BEFORE;
    else
        weights[noun->number] += subject == SETTINGS ? SETTINGS_AT_END : NOUN_AT_END;
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

bool topic_is_people(const struct reading *table)
{
    int weights[ABOUTS] = {0};
    weigh_name(table, weights);
    return weights[topic_number(PEOPLE)] >= NOUN_AT_END;
}

int topic_of(const struct reading *schema, const struct reading *table,
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
        enum about subject = vocabulary_topics[topic].about;
        if ((subject & BESIDE) != 0)
            beside |= found[topic] > 0 ? (int)subject : 0;
        else if (weight > most) {
            most = weight;
            best = topic;
        }
    }
    if (vocabulary_topics[best].about == PEOPLE && most >= ENOUGH)
        beside |= LINKED;
    return beside | (most >= ENOUGH ? (int)vocabulary_topics[best].about : ANYTHING);
}
