/*
 * lines.h - a file line by line, in flat memory
 */
#ifndef AUDIT_LINES_H
#define AUDIT_LINES_H

#include "audit/record.h"

enum { LINES_BYTES = 4 * RECORD_BYTES };

/* Start with `struct lines l = {.fd = fd};` for a descriptor at the file's beginning. */
struct lines {
    int fd;
    bool ended;
    bool complete; /* the line returned last ended with a newline */
    size_t length; /* of that line */
    size_t start;
    size_t end;
    char bytes[LINES_BYTES];
};

enum lines_result { LINES_LINE, LINES_END, LINES_TOO_LONG, LINES_FAILED };

/*
 * The next line, without its newline, valid until the next call. A line may have RECORD_BYTES at
 * most. LINES_FAILED leaves the reason in errno.
 */
enum lines_result lines_next(struct lines *lines, const char **ret_line, size_t *ret_length);

#endif
