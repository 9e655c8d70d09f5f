/*
 * masks.c - every mask on a real server: laws over hostile values, and expected results
 *
 * Needs a server as scripts/pg-temp starts one. An argument names the tests to run: "test_b*".
 */
#include "mask_samples.h"
#include "mask_subject.h"
#include "mask_tests.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int open_session(void **state)
{
    (void)state;
    session = session_open("postgres");
    session_run(session, "DROP DATABASE IF EXISTS pgretain_masks");
    session_run(session, "CREATE DATABASE pgretain_masks TEMPLATE template0 ENCODING 'UTF8'");
    PQfinish(session);
    session = session_open("pgretain_masks");
    session_run(session, sample_types_sql);
    session_run(session, "SET timezone = 'UTC'; SET datestyle = 'ISO'");
    return 0;
}

static int close_session(void **state)
{
    (void)state;
    PQfinish(session);
    session = session_open("postgres");
    session_run(session, "DROP DATABASE pgretain_masks");
    PQfinish(session);
    return 0;
}

/* All of it again under the setting that makes backslashes in plain literals escapes. */
static int old_strings(void **state)
{
    (void)state;
    session_run(session, "SET standard_conforming_strings = off; SET escape_string_warning = off");
    return 0;
}

static int new_strings(void **state)
{
    (void)state;
    session_run(session, "RESET standard_conforming_strings");
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_laws),
        cmocka_unit_test(test_destroying_masks),
        cmocka_unit_test(test_default_uses_the_column_default),
        cmocka_unit_test(test_unique),
        cmocka_unit_test(test_unique_survives_longer_column),
        cmocka_unit_test(test_keyed_hash),
        cmocka_unit_test(test_ip_network),
        cmocka_unit_test(test_phone_prefix),
        cmocka_unit_test(test_floor),
        cmocka_unit_test(test_json_drop),
        cmocka_unit_test(test_json_keep),
        cmocka_unit_test(test_bucket),
        cmocka_unit_test(test_email_domain),
        cmocka_unit_test(test_url_origin),
        cmocka_unit_test(test_agent_family),
        cmocka_unit_test(test_large_phone_numbers),
        cmocka_unit_test(test_every_type_was_shown),
        cmocka_unit_test_setup_teardown(test_json_drop, old_strings, new_strings),
        cmocka_unit_test_setup_teardown(test_json_keep, old_strings, new_strings),
        cmocka_unit_test_setup_teardown(test_phone_prefix, old_strings, new_strings),
        cmocka_unit_test_setup_teardown(test_email_domain, old_strings, new_strings),
        cmocka_unit_test_setup_teardown(test_url_origin, old_strings, new_strings),
        cmocka_unit_test_setup_teardown(test_agent_family, old_strings, new_strings),
        cmocka_unit_test(test_json_drop_against_oracle),
        cmocka_unit_test(test_random_addresses),
        cmocka_unit_test(test_random_numbers),
        cmocka_unit_test(test_random_emails),
        cmocka_unit_test(test_random_urls),
        cmocka_unit_test(test_random_agents),
        cmocka_unit_test(test_random_buckets),
    };
    if (argc == 2)
        cmocka_set_test_filter(argv[1]);
    return cmocka_run_group_tests(tests, open_session, close_session);
}
