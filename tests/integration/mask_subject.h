/*
 * mask_subject.h - one mask on one column of a real table, and the laws that every mask obeys
 *
 * Values travel as parameters, so that nothing depends on quoting. The table goes by names
 * that the masks' own subqueries use as well, and so does its column, "value".
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

/* Makes an empty table whose column has this type, and reads what the server says of it. */
struct subject subject(struct policy_mask mask, const char *type);
/* Whether NULL becomes a value. */
bool gives_value(const struct subject *subject);
/* Whether the mask may stand on the column, as a plan would ask. */
bool may_stand(const struct subject *subject);

/* Adds a row for each value; NULL is SQL NULL. */
void insert(struct subject *subject, const char *const *values, size_t count);
/* Runs one statement with its parameters: the first number it returns, or the rows it changed. */
int64_t number(struct sql *sql);

/*
 * Masks the table's rows, whose old values are then in `before`: nothing raises, `still to do` is
 * never NULL and false afterwards, a second application changes nothing, and NULL stays NULL
 * unless the mask gives a value.
 */
void check_laws(struct subject *subject);

#endif
