/* What names and types say about columns. */
#include "discover/discover.h"
#include "discover/lexicon.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *table, *column, *type, *category; /* NULL: does not look personal */
} cases[] = {
    {"users", "email", "text", "personal"},
    {"Customers", "FirstName", "varchar", "personal"},
    {"clients", "prenom", "text", "personal"},
    {"kunden", "nachname", "text", "personal"},
    {"contacts", "phone_number", "varchar", "personal"},
    {"contacts", "name", "text", "personal"},
    {"plans", "name", "text", NULL},
    {"users", "birth_date", "date", "personal"},
    {"users", "avatar_url", "text", "personal"},
    {"messages", "body", "text", "personal"},
    {"anything", "remote_addr", "text", "usage"},
    {"anything", "ip", "inet", "usage"},
    {"devices", "hw", "macaddr", "usage"},
    {"visits", "referrer", "text", "usage"},
    {"users", "last_sign_in_at", "timestamptz", "usage"},
    {"sessions", "user_agent", "text", "usage"},
    {"calls", "duration", "int4", "telephony"},
    {"calls", "started_at", "timestamptz", "telephony"},
    {"cdr", "src", "text", "telephony"},
    {"tracks", "duration", "int4", NULL},
    {"radacct", "callingstationid", "text", "telephony"},
    {"accounting", "AcctStartTime", "timestamptz", "usage"},
    {"integrations", "access_token", "text", "integration_credentials"},
    {"usage", "mb_down", "int8", "usage"},
    {"invitations", "code", "text", "integration_credentials"},
    {"termine", "bis", "timestamptz", "personal"},
    {"users", "password_digest", "varchar", "integration_credentials"},
    {"users", "otp_required", "bool", NULL},
    {"users", "email_verified", "bool", NULL},
    {"users", "email_count", "int4", NULL},
    {"users", "created_at", "timestamptz", NULL},
    {"users", "id", "int8", NULL},
    {"orders", "user_id", "int8", NULL},
    {"settings", "ip", "text", NULL},
    {"parts", "weight", "numeric", NULL},
};

static struct arena arena;
static const struct lexicon *lexicon;

static void judge_one(const char *table, const char *type, struct discovered_column *column)
{
    column->schema = "public";
    column->table = table;
    column->base_type = type;
    discover_judge(lexicon, column, 1);
}

static void columns_are_judged(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct discovered_column column = {.column = cases[i].column};
        judge_one(cases[i].table, cases[i].type, &column);
        const char *got = column.category == NULL ? "-" : column.category;
        const char *wanted = cases[i].category == NULL ? "-" : cases[i].category;
        print_message("%s.%s\n", cases[i].table, cases[i].column);
        assert_string_equal(got, wanted);
        assert_int_equal(column.category != NULL, column.kind != NULL);
        assert_int_equal(column.category != NULL, column.why != NULL);
    }
}

/* The same column in two tables that differ in their other columns alone. */
static void columns_say_what_their_table_is_about(void **state)
{
    (void)state;
    struct discovered_column calls[] = {
        {.column = "caller"}, {.column = "call_id"}, {.column = "length"}};
    struct discovered_column tracks[] = {
        {.column = "artist"}, {.column = "album"}, {.column = "length"}};
    for (int i = 0; i < 3; i++) {
        calls[i].schema = tracks[i].schema = "public";
        calls[i].table = tracks[i].table = "t1";
        calls[i].base_type = tracks[i].base_type = i == 2 ? "int4" : "text";
    }
    discover_judge(lexicon, calls, 3);
    discover_judge(lexicon, tracks, 3);
    assert_string_equal(calls[2].category, "telephony");
    assert_string_equal(calls[2].why, "name, table");
    assert_null(tracks[2].category);
}

enum { MOST = 8 };

/* A table as "column type" each; NULL ends it. */
struct table {
    const char *name;
    const char *columns[MOST][2];
};

static void judge_table(const struct table *table, struct discovered_column columns[MOST])
{
    size_t count = 0;
    for (; count < MOST && table->columns[count][0] != NULL; count++)
        columns[count] = (struct discovered_column){.schema = "public",
                                                    .table = table->name,
                                                    .column = table->columns[count][0],
                                                    .base_type = table->columns[count][1]};
    discover_judge(lexicon, columns, count);
}

static const char *category(const struct discovered_column *column)
{
    return column->category == NULL ? "-" : column->category;
}

/* In each table the last column is judged differently for the sake of another one. */
static void columns_beside_one_another_count(void **state)
{
    (void)state;
    static const struct {
        struct table table;
        const char *last;
    } tables[] = {
        {{"petition_marks", {{"email", "text"}, {"name", "text"}}}, "personal"},
        {{"petition_marks", {{"colour", "text"}, {"name", "text"}}}, "-"},
        {{"goals", {{"user_id", "int8"}, {"description", "text"}}}, "personal"},
        {{"goals", {{"team_size", "int8"}, {"description", "text"}}}, "-"},
        {{"visits", {{"id", "int8"}, {"user_id", "text"}}}, "usage"},
        {{"visits", {{"id", "text"}, {"user_id", "text"}}}, "-"},
        {{"calls", {{"started_at", "timestamptz"}, {"zzqq", "text"}}}, "telephony"},
        {{"calls", {{"enabled", "bool"}, {"zzqq", "text"}}}, "-"},
        {{"messages", {{"sender", "text"}, {"zzqq", "text"}}}, "personal"},
        {{"messages", {{"enabled", "bool"}, {"zzqq", "text"}}}, "-"},
        {{"t9",
          {{"usr_first_name", "text"},
           {"usr_email", "text"},
           {"usr_phone", "text"},
           {"usr_created", "timestamptz"},
           {"usr_title", "text"}}},
         "personal"},
    };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct discovered_column columns[MOST] = {{0}};
        judge_table(&tables[i].table, columns);
        size_t last = 0;
        while (last + 1 < MOST && columns[last + 1].column != NULL)
            last++;
        print_message("%s.%s\n", columns[last].table, columns[last].column);
        assert_string_equal(category(&columns[last]), tables[i].last);
    }
}

static void references_are_nobody(void **state)
{
    (void)state;
    struct discovered_column column = {.column = "user_id", .type = "text"};
    judge_one("page_views", "text", &column);
    assert_string_equal(category(&column), "usage");
    column = (struct discovered_column){.column = "user_id", .type = "character varying(36)"};
    judge_one("page_views", "varchar", &column);
    assert_string_equal(category(&column), "-");
    column = (struct discovered_column){.column = "user_id", .type = "text", .refers_to = "users"};
    judge_one("page_views", "text", &column);
    assert_string_equal(category(&column), "-");
    column = (struct discovered_column){.column = "call_id", .type = "character varying(64)"};
    judge_one("page_views", "varchar", &column);
    assert_string_equal(category(&column), "telephony");
    column = (struct discovered_column){.column = "id", .type = "text"};
    judge_one("sessions", "text", &column);
    assert_string_equal(category(&column), "usage");
}

static void credentials_name_their_vendor(void **state)
{
    (void)state;
    struct discovered_column column = {.column = "twilio_auth_token"};
    judge_one("accounts", "text", &column);
    assert_string_equal(column.vendor, "twilio");
    column = (struct discovered_column){.column = "access_token"};
    judge_one("hubspot_connections", "text", &column);
    assert_string_equal(column.vendor, "hubspot");
    column = (struct discovered_column){.column = "token"};
    judge_one("accounts", "text", &column);
    assert_null(column.vendor);
    struct discovered_column beside[] = {
        {.schema = "app", .table = "links", .column = "slack_team", .base_type = "text"},
        {.schema = "app", .table = "links", .column = "bot_token", .base_type = "text"}};
    discover_judge(lexicon, beside, 2);
    assert_string_equal(beside[1].vendor, "slack");
}

static bool is_class(const char *name, size_t length)
{
    for (size_t i = 0; i < vocabulary_class_count; i++)
        if (strlen(vocabulary_classes[i].name) == length &&
            strncmp(vocabulary_classes[i].name, name, length) == 0)
            return true;
    return false;
}

/* Of every list of phrases: signs where they mean something, and classes that there are. */
static void check_phrases(const char *phrases)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
    for (const char *c = phrases; c != NULL && *c != '\0'; c++) {
        bool first = c == phrases || c[-1] == ' ', last = c[1] == '\0' || c[1] == ' ';
        if (*c == '<') {
            size_t length = strcspn(c + 1, ">");
            if (!is_class(c + 1, length))
                fail_msg("no class: %.20s", c);
            c += length + 1;
        } else if (!(*c == '^' && first) && !(*c == '$' && last) && *c != ' ' &&
                   strchr(letters, *c) == NULL) {
            fail_msg("a stray sign: %.20s", c);
        }
    }
}

static void the_vocabulary_is_sound(void **state)
{
    (void)state;
    for (size_t i = 0; i < vocabulary_class_count; i++)
        assert_int_equal(strspn(vocabulary_classes[i].words, "abcdefghijklmnopqrstuvwxyz "),
                         strlen(vocabulary_classes[i].words));
    size_t signs = strlen(vocabulary_abbreviations), blanks = 0;
    assert_int_equal(strspn(vocabulary_abbreviations, "abcdefghijklmnopqrstuvwxyz "), signs);
    for (size_t i = 0; i < signs; i++)
        blanks += vocabulary_abbreviations[i] == ' ';
    assert_int_equal(blanks % 2, 1);
    for (int i = 0; i < ABOUTS; i++) {
        check_phrases(vocabulary_topics[i].nouns);
        check_phrases(vocabulary_topics[i].hints);
        check_phrases(vocabulary_topics[i].columns);
    }
    for (size_t c = 0; c < vocabulary_category_count; c++)
        for (size_t i = 0; i < *vocabulary_categories[c].rule_count; i++) {
            check_phrases(vocabulary_categories[c].rules[i].phrases);
            check_phrases(vocabulary_categories[c].rules[i].except);
        }
    check_phrases(vocabulary_harmless);
    check_phrases(vocabulary_switches);
    check_phrases(vocabulary_references);
}

static const char *spell(const char *text)
{
    static char spelled[200];
    struct name name;
    size_t length = 0;
    lexicon_split(lexicon, text, &name);
    spelled[0] = '\0';
    for (int i = 0; i < name.count; i++)
        length += (size_t)snprintf(
            spelled + length, sizeof spelled - length, "%s%s", i == 0 ? "" : " ",
            name.words[i] == UNKNOWN_WORD ? "?" : lexicon_word(lexicon, name.words[i]));
    return spelled;
}

static void names_are_split_into_words(void **state)
{
    (void)state;
    static const char *const names[][2] = {
        {"firstName", "first name"},
        {"First Name", "first name"},
        {"firstname", "first name"},
        {"XQPUserAgent", "? user agent"},
        {"callingstationid", "calling station id"},
        {"nasipaddress", "nas ip address"},
        {"Telefonnummer", "telefon nummer"},
        {"Pr\u00e9nom", "prenom"},
        {"Stra\u00dfe", "strasse"},
        {"ADDRESSES", "address"},
        {"countries", "country"},
        {"boxes", "box"},
        {"address2", "address 2"},
        {"appt_dt", "appointment date"},
        {"xqpusername", "? user name"},
        {"_id_", "id"},
        {"zzqqzz", "?"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_string_equal(spell(names[i][0]), names[i][1]);
}

/* Names longer than PostgreSQL allows, or that are no UTF-8, are read as far as they go. */
static void any_bytes_are_a_name(void **state)
{
    (void)state;
    char text[2000];
    for (int first = 1; first < 256; first++) {
        memset(text, first, sizeof text - 1);
        text[sizeof text - 1] = '\0';
        spell(text);
        text[first % 7 + 1] = '\0';
        spell(text);
    }
    assert_string_equal(spell("\xc3"), "?");
}

int main(void)
{
    lexicon = lexicon_build(&arena);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_judged),
        cmocka_unit_test(columns_say_what_their_table_is_about),
        cmocka_unit_test(columns_beside_one_another_count),
        cmocka_unit_test(references_are_nobody),
        cmocka_unit_test(credentials_name_their_vendor),
        cmocka_unit_test(the_vocabulary_is_sound),
        cmocka_unit_test(names_are_split_into_words),
        cmocka_unit_test(any_bytes_are_a_name),
    };
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failures;
}
