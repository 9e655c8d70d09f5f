/*
 * mask_subject.h - one mask on one column of a real table, and the laws that every mask obeys
 *
 * Values travel as parameters, so that nothing depends on quoting. The table is called "d" and its
 * column "value", names that the masks' own subqueries use as well.
 */
#ifndef MASK_SUBJECT_H
#define MASK_SUBJECT_H

#include "base/buffer.h"
#include "mask/mask.h"
#include "support/session.h"

#include <stdint.h>

/* A mask on a column, with the key that keyed_hash needs. Free the arena at the end. */
struct subject {
    struct policy_mask mask;
    struct catalog_column column;
    struct mask_key key;
    struct arena arena;
};

extern PGconn *session;

struct subject subject(struct policy_mask mask, const char *type, const char *base_type);
bool gives_value(const struct subject *subject);
/* "character varying(40)" -> 40 */
int length_of(const char *type);

/* Runs one statement with its parameters: the first number it returns, or the rows it changed. */
int64_t number(struct sql *sql);
void make_table(const struct subject *subject);
void insert(struct subject *subject, const char *value);

/*
 * Masks the table's rows, whose old values are then in `before`: nothing raises, `still to do` is
 * never NULL and false afterwards, a second application changes nothing, and NULL stays NULL
 * unless the mask gives a value.
 */
void check_laws(struct subject *subject);

/* The tests of mask_random.c. */
void test_json_drop_against_oracle(void **state);
void test_random_addresses(void **state);
void test_random_numbers(void **state);

#endif
