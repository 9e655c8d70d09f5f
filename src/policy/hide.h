/*
 * hide.h - what a quoted line of the policy must not show
 *
 * Policies hold personal values in their SQL (a name, an account number) and, by mistake,
 * passwords. Both are recognised in the bytes themselves, since a line must also be quoted safely
 * where the YAML is broken. In doubt more is hidden.
 */
#ifndef POLICY_HIDE_H
#define POLICY_HIDE_H

#include <stddef.h>

/* What becomes of one byte of a line. */
enum fate {
    FATE_SHOWN,
    FATE_MASKED, /* a `?` stands for it */
    FATE_HIDDEN,
};

/*
 * Sets the fate of each byte of the file. Masked and hidden are literals in the expressions of
 * only, unless, where and sql, values of password-like keys, and passwords in URLs, connection
 * strings and assignments.
 */
void hide_bytes(const char *bytes, size_t length, unsigned char *fates);

#endif
