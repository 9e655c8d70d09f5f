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
 * Sets the fate of the bytes [start, end) of the file: fates[0] is that of bytes[start]. Hidden are
 * literals in the expressions of only, unless and where, values of password-like keys, and
 * passwords in URLs and connection strings.
 */
void hide_line(const char *bytes, size_t length, size_t start, size_t end, unsigned char *fates);

#endif
