/*
 * foreign.h - recognises files that were never meant to be a policy
 */
#ifndef POLICY_FOREIGN_H
#define POLICY_FOREIGN_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Whether there is something in the file, and nothing that makes it a policy: neither the word
 * "pgretain" nor both "categories" and "rules" occur. Such a file is refused in one sentence,
 * unparsed, and no line of it is quoted.
 */
bool foreign_is(const char *bytes, size_t length);

#endif
