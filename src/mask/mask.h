/*
 * mask.h - the catalogue of masks
 *
 * A mask is an SQL expression f over a column c with a still-to-do predicate, such that
 * f(f(c)) = f(c) and nothing is to do after f. NULL stays NULL except under `default` and `fixed`.
 * Pure: nothing is executed here.
 */
#ifndef MASK_MASK_H
#define MASK_MASK_H

#include "base/sql.h"
#include "pgretain/catalog.h"
#include "pgretain/error.h"
#include "pgretain/policy.h"

/* The two HMAC-SHA-256 blocks (RFC 2104), as bytea text ("\\x…"), and the key's public id. */
struct mask_key {
    char inner[2 * 64 + 3];
    char outer[2 * 64 + 3];
    char id[9]; /* first 8 hex digits of SHA-256("pgretain key id" || key) */
};

/* Key bytes of any length from 32 up; longer than 64 are hashed first, as RFC 2104 says. */
int mask_key_init(const unsigned char *bytes, size_t length, struct mask_key *ret_key,
                  struct error *err);
void mask_key_wipe(struct mask_key *key);

/*
 * Whether the mask can stand on this column: type, NOT NULL, UNIQUE, length, generated, partition
 * key. Returns 0, or -1 with the reason and a hint; `*ret_code` is then the finding's code.
 */
int mask_check(const struct policy_mask *mask, const struct catalog_column *column,
               const char **ret_code, struct error *err);

/*
 * Appends for the column as `alias.column`: what masks a value that is still to do; the predicate
 * "still to do", never NULL; and f, what the column is set to, which leaves alone what is done.
 * Where the predicate is that the first differs from the value, the first is f already, and is
 * computed once.
 * Only for masks that passed mask_check(). `key` may be NULL unless the mask is
 * MASK_KEYED_HASH; then NULL writes parameters of the secret kind with NULL values.
 */
void mask_expression(const struct policy_mask *mask, const struct catalog_column *column,
                     const char *alias, const struct mask_key *key, struct sql *sql);
void mask_todo(const struct policy_mask *mask, const struct catalog_column *column,
               const char *alias, const struct mask_key *key, struct sql *sql);
void mask_assignment(const struct policy_mask *mask, const struct catalog_column *column,
                     const char *alias, const struct mask_key *key, struct sql *sql);

/* Whether mask_todo() can be an index's predicate: immutable, without parameters or subqueries. */
bool mask_todo_fits_index(const struct policy_mask *mask, const struct catalog_column *column);

/* Values as text to try a mask on, of all kinds that such a column may hold; NULL at the end. */
const char *const *mask_samples(const struct catalog_column *column);
/* Whether the new value is the same kind of thing whatever the old one was. NULL stays NULL. */
bool mask_ignores_value(const struct policy_mask *mask);

enum mask_label mask_label(const struct policy_mask *mask);
/* Of a whole rule, by its masks alone: the weakest decides. `*ret_why` says which in a line. */
enum mask_label mask_rule_label(const struct policy_rule *rule, struct arena *arena,
                                const char **ret_why);
const char *mask_label_name(enum mask_label label); /* "destroyed", … */
const char *mask_name(enum mask_kind kind);         /* "ip_network", … as in the policy */

#endif
