/*
 * base64.h - Base 64 with padding (RFC 4648, section 4)
 */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/buffer.h"

#include <stdbool.h>

void base64_add(struct buffer *out, const void *bytes, size_t length);

/* Appends what the text stands for. False for anything but the one encoding of some bytes. */
bool base64_read(const char *text, size_t length, struct buffer *out);

/* The same for exactly `wanted` bytes. */
bool base64_read_exactly(const char *text, size_t length, void *ret_bytes, size_t wanted);

#endif
