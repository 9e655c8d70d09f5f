/*
 * buffer.h - a growing string
 *
 * `data` is always NUL-terminated once something was added; `length` excludes the NUL and the text
 * may hold NUL bytes of its own. Growth never fails: out of memory ends the process, as in arena.h.
 */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stddef.h>

/* Start with `struct buffer b = {0};`, end with buffer_free(). */
struct buffer {
    char *data;
    size_t length;
    size_t capacity;
};

void buffer_add(struct buffer *buffer, const char *text);
void buffer_add_bytes(struct buffer *buffer, const void *bytes, size_t length);
void buffer_addf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void buffer_clear(struct buffer *buffer);
void buffer_free(struct buffer *buffer);

/* The text so far; "" for an untouched buffer. */
const char *buffer_text(const struct buffer *buffer);

#endif
