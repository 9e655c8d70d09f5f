/*
 * name.h - names of tables and columns as words
 *
 * "firstName", "First Name" and "first_name" are one name. A phrase is found in a name at word
 * boundaries, or when both are the same without any.
 */
#ifndef DISCOVER_NAME_H
#define DISCOVER_NAME_H

#include <stdbool.h>

enum { NAME_BYTES = 256 };

struct name {
    char words[NAME_BYTES];    /* "first_name" */
    char squeezed[NAME_BYTES]; /* "firstname" */
};

void name_read(const char *text, struct name *ret_name);

/*
 * Whether the name holds one of the phrases, which are separated by blanks. "^a" must begin the
 * name, "a$" must end it, "a*" may go on within its last word.
 */
bool name_has(const struct name *name, const char *phrases);

#endif
