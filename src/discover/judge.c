/*
 * judge.c - whether a column looks personal, by its name, its type and its table
 *
 * Names say most; the table says what a name like "name" or "duration" is about, and the type
 * whether it can be at all.
 */
#include "discover/discover.h"

#include "discover/name.h"
#include "discover/vocabulary.h"

#include <string.h>

static enum about about_words(const struct name *words)
{
    for (int i = 0; i < vocabulary_table_count; i++)
        if (name_has(words, vocabulary_tables[i].phrases))
            return vocabulary_tables[i].about;
    return ANYTHING;
}

static enum about about(const struct name *table)
{
    struct name last;
    const char *end = strrchr(table->words, '_');
    if (end == NULL)
        return about_words(table);
    name_read(end + 1, &last);
    enum about noun = about_words(&last);
    return noun != ANYTHING ? noun : about_words(table);
}

static enum type type_of(const char *type)
{
    static const struct {
        enum type type;
        const char *names;
    } types[] = {
        {TEXT, " text varchar bpchar citext name char xml email "},
        {TIME, " timestamptz timestamp date time timetz "},
        {NUMBER, " int2 int4 int8 numeric float4 float8 money interval "},
        {NETWORK, " inet cidr "},
        {MAC, " macaddr macaddr8 "},
        {UUID, " uuid "},
        {DOCUMENT, " json jsonb hstore tsvector "},
        {BYTES, " bytea "},
    };
    char padded[80];
    if (type[0] == '_')
        return DOCUMENT;
    size_t length = strnlen(type, 70);
    padded[0] = ' ';
    memcpy(padded + 1, type, length);
    memcpy(padded + 1 + length, " ", 2);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strstr(types[i].names, padded) != NULL)
            return types[i].type;
    return OTHER;
}

/* What says nothing about a person whatever else the name says. */
static bool is_harmless(const struct name *column, enum type type, enum about table)
{
    static const char *const flags = "^is ^has ^can ^should ^allow ^enable ^require ^show ^notify "
                                     "^use ^skip ^hide ^auto ^default ^max ^min ^num ^total";
    static const char *const ends =
        "enabled$ type$ opt$ required$ format$ template$ order$ version$ limit$ size$ expires$ "
        "level$ mode$ kind$ class$ verified$ visibility$ confirmed$ priority$ schema$ count$ "
        "policy$";
    static const char *const kept = "sign_in_count login_count num_logins device_type";
    static const char *const dates = "birth* dob call* last* login* logout* acct* visited* viewed* "
                                     "clicked* opened* calldate date naissance geburt* "
                                     "current_sign_in_at remember_created_at anniversary";
    if (name_has(column, kept))
        return false;
    if (name_has(column, flags) || name_has(column, ends))
        return true;
    bool has_times = table == CALLS || table == VISITS;
    return type == TIME && !has_times && !name_has(column, dates);
}

static const char *vendor(const struct name *table, const struct name *column)
{
    static const char *const vendors[] = {
        "google",   "twilio",  "salesforce", "hubspot", "shopify",   "stripe",   "slack",
        "github",   "gitlab",  "microsoft",  "zoom",    "mailchimp", "sendgrid", "aws",
        "facebook", "twitter", "paypal",     "zendesk", "intercom",  "dropbox",  "apple",
    };
    for (size_t i = 0; i < sizeof vendors / sizeof *vendors; i++)
        if (name_has(column, vendors[i]) || name_has(table, vendors[i]))
            return vendors[i];
    return NULL;
}

static bool fits(const struct rule *rule, const struct name *column, enum type type,
                 enum about table)
{
    if ((rule->types & (int)type) == 0 || (rule->not_about & (int)table) != 0 ||
        (rule->about != 0 && (rule->about & (int)table) == 0))
        return false;
    if (rule->phrases[0] != '\0' && !name_has(column, rule->phrases))
        return false;
    return rule->except == NULL || !name_has(column, rule->except);
}

static const char *why(const struct rule *rule)
{
    if (rule->phrases[0] == '\0')
        return rule->about != 0 ? "table" : "type";
    return rule->about != 0 ? "name, table" : "name";
}

void discover_judge(const char *table_name, const char *type_name, struct discovered_column *column)
{
    struct name name, table;
    name_read(column->column, &name);
    name_read(table_name, &table);
    enum type type = type_of(type_name);
    enum about is_about = about(&table);
    bool is_reference = name_has(&name, "id$ ids$ uuid$ fk$") && (type & (NUMBER | UUID)) != 0;
    if (is_harmless(&name, type, is_about))
        return;
    for (int i = 0; i < vocabulary_rule_count; i++) {
        const struct rule *rule = &vocabulary_rules[i];
        if (!fits(rule, &name, type, is_about) ||
            (is_reference && strcmp(rule->category, "usage") != 0 && strcmp(rule->kind, "call id")))
            continue;
        column->category = rule->category;
        column->kind = rule->kind;
        column->score = rule->score;
        column->why = why(rule);
        if (strcmp(rule->category, "integration_credentials") == 0)
            column->vendor = vendor(&table, &name);
        return;
    }
}
