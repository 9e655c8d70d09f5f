/*
 * secret.h - recognises passwords, which no policy file needs
 */
#ifndef POLICY_SECRET_H
#define POLICY_SECRET_H

#include <stdbool.h>
#include <stddef.h>

/* Whether a key of this name would hold a password, token or the like. */
bool secret_is_key(const char *name, size_t length);

/*
 * Finds the first password at or after `*start`: in a URL (scheme://user:password@) or a connection
 * string (host=... password=...). The range is that of the password alone.
 */
bool secret_find(const char *bytes, size_t length, size_t *start, size_t *ret_end);

#endif
