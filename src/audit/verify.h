/*
 * verify.h - a whole log through the checker
 */
#ifndef AUDIT_VERIFY_H
#define AUDIT_VERIFY_H

#include "audit/checker.h"

/*
 * Reads from the descriptor's position to the end. `ret_complete` tells whether the last line ended
 * with a newline. At the first damage looks at the lines around it to say what happened.
 */
int verify_read(int fd, const char *path, struct checker *checker, bool *ret_complete,
                struct error *err);

#endif
