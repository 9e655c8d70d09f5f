/* lines.c - read(2) into one buffer, cut at newlines. */
#include "audit/lines.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Moves what is left to the front and reads on behind it. */
static int fill(struct lines *lines)
{
    size_t left = lines->end - lines->start;
    memmove(lines->bytes, lines->bytes + lines->start, left);
    lines->start = 0;
    lines->end = left;
    ssize_t got;
    do
        got = read(lines->fd, lines->bytes + left, sizeof lines->bytes - left);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return -1;
    lines->ended = got == 0;
    lines->end += (size_t)got;
    return 0;
}

enum lines_result lines_next(struct lines *lines, const char **ret_line, size_t *ret_length)
{
    for (;;) {
        size_t left = lines->end - lines->start;
        char *line = lines->bytes + lines->start;
        const char *newline = memchr(line, '\n', left);
        size_t length = newline == NULL ? left : (size_t)(newline - line);
        if (length > RECORD_BYTES)
            return LINES_TOO_LONG;
        if (newline == NULL && !lines->ended) {
            if (fill(lines) != 0)
                return LINES_FAILED;
            continue;
        }
        if (newline == NULL && left == 0)
            return LINES_END;
        lines->complete = newline != NULL;
        lines->length = length;
        lines->start += length + (newline != NULL ? 1 : 0);
        *ret_line = line;
        *ret_length = length;
        return LINES_LINE;
    }
}
