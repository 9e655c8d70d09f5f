/*
 * mask_tests.h - the tests that masks.c runs, by file
 */
#ifndef MASK_TESTS_H
#define MASK_TESTS_H

/* mask_laws.c */
void test_laws(void **state);

/* mask_examples.c */
void test_destroying_masks(void **state);
void test_default_uses_the_column_default(void **state);
void test_unique(void **state);
void test_unique_survives_longer_column(void **state);
void test_keyed_hash(void **state);
void test_ip_network(void **state);
void test_phone_prefix(void **state);
void test_floor(void **state);
void test_json_drop(void **state);
void test_json_keep(void **state);
void test_bucket(void **state);
void test_email_domain(void **state);
void test_url_origin(void **state);
void test_agent_family(void **state);
void test_large_phone_numbers(void **state);
void test_every_type_was_shown(void **state);

/* mask_random.c */
void test_json_drop_against_oracle(void **state);
void test_random_addresses(void **state);
void test_random_numbers(void **state);
void test_random_emails(void **state);
void test_random_urls(void **state);
void test_random_agents(void **state);
void test_random_buckets(void **state);

#endif
