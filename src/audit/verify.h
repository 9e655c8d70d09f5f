/*
 * verify.h - a whole log through the checker, with its heads beside it
 */
#ifndef AUDIT_VERIFY_H
#define AUDIT_VERIFY_H

#include "audit/checker.h"
#include "audit/files.h"
#include "audit/heads.h"

/*
 * Reads one file from the descriptor's position to the end. `ret_complete` tells whether the last
 * line ended with a newline. At the first damage looks at the lines around it to say what happened.
 */
int verify_read(int fd, const char *path, struct checker *checker, struct heads *const *heads,
                size_t heads_count, bool *ret_complete, struct error *err);

/* The files before the current one, which verify_read() can then go on with. */
int verify_rotated(const struct files *files, struct checker *checker, struct heads *const *heads,
                   size_t heads_count, struct error *err);

/* Whether anything is missing at the log's ends. */
int verify_end(const char *path, const struct checker *checker, const struct heads *heads,
               struct error *err);

#endif
