/* What names and types say about columns. */
#include "discover/discover.h"
#include "discover/name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

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
    {"accounting", "AcctStartTime", "timestamptz", "telephony"},
    {"integrations", "access_token", "text", "integration_credentials"},
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

static void columns_are_judged(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct discovered_column column = {.column = cases[i].column};
        discover_judge(cases[i].table, cases[i].type, &column);
        const char *got = column.category == NULL ? "-" : column.category;
        const char *wanted = cases[i].category == NULL ? "-" : cases[i].category;
        print_message("%s.%s\n", cases[i].table, cases[i].column);
        assert_string_equal(got, wanted);
        assert_int_equal(column.category != NULL, column.kind != NULL);
        assert_int_equal(column.category != NULL, column.why != NULL);
    }
}

static void credentials_name_their_vendor(void **state)
{
    (void)state;
    struct discovered_column column = {.column = "twilio_auth_token"};
    discover_judge("accounts", "text", &column);
    assert_string_equal(column.vendor, "twilio");
    column = (struct discovered_column){.column = "access_token"};
    discover_judge("hubspot_connections", "text", &column);
    assert_string_equal(column.vendor, "hubspot");
    column = (struct discovered_column){.column = "token"};
    discover_judge("accounts", "text", &column);
    assert_null(column.vendor);
}

static void names_are_split_into_words(void **state)
{
    (void)state;
    static const char *const names[][2] = {
        {"firstName", "first_name"},
        {"First Name", "first_name"},
        {"HTTPUserAgent", "http_user_agent"},
        {"_id_", "id"},
        {"IP", "ip"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct name name;
        name_read(names[i][0], &name);
        assert_string_equal(name.words, names[i][1]);
    }
}

static void phrases_keep_to_words(void **state)
{
    (void)state;
    struct name name;
    name_read("shipping_address", &name);
    assert_true(name_has(&name, "address"));
    assert_false(name_has(&name, "ip"));
    assert_true(name_has(&name, "x ship*"));
    assert_false(name_has(&name, "shipping$"));
    assert_false(name_has(&name, "^address"));
    name_read("firstname", &name);
    assert_true(name_has(&name, "first_name"));
    assert_false(name_has(&name, "name"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_judged),
        cmocka_unit_test(credentials_name_their_vendor),
        cmocka_unit_test(names_are_split_into_words),
        cmocka_unit_test(phrases_keep_to_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
