/*
 * json.h - writes RFC 8785 (JSON Canonicalization Scheme) text
 *
 * For what is hashed: audit records and the plan's digest. Keys are ASCII and the caller gives them
 * in ascending byte order (which for ASCII is the order RFC 8785 asks for); a key out of order
 * aborts, being a bug. Values are strings and integers of magnitude below 2^53; larger numbers are
 * written as decimal strings by the caller. Strings must be valid UTF-8. What a person or a
 * program reads as a report is made with jansson instead.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buffer.h"

#include <stdint.h>

enum { JSON_DEPTH = 48 };

/* Start with `struct json j = {.out = &buffer};`. */
struct json {
    struct buffer *out;
    int depth;
    struct {
        const char *last_key;
        int members;
    } level[JSON_DEPTH];
};

/* `key` is NULL for the outermost value and for array elements. */
void json_object_begin(struct json *json, const char *key);
void json_object_end(struct json *json);
void json_array_begin(struct json *json, const char *key);
void json_array_end(struct json *json);
void json_text(struct json *json, const char *key, const char *value);
void json_int(struct json *json, const char *key, int64_t value);

#endif
