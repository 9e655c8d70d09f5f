/*
 * canonical.h - the other way to tell whether a line of a log is in canonical form
 *
 * Slow and plain: a JSON library reads it, the log's own encoder writes it again, and the bytes are
 * compared. canonical_read() must take the same lines and see the same in them.
 */
#ifndef SUPPORT_CANONICAL_H
#define SUPPORT_CANONICAL_H

#include "audit/canonical.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static inline bool canonical_encodes_to_itself(const json_t *json, const char *line, size_t length)
{
    struct audit_field fields[RECORD_FIELDS];
    struct buffer encoded = {0};
    struct damage damage;
    const char *key;
    json_t *value;
    size_t count = 0;
    if (!json_is_object(json) || json_object_size(json) > RECORD_FIELDS)
        return false;
    json_object_foreach((json_t *)json, key, value)
    {
        if (!json_is_string(value) && !json_is_integer(value))
            return false;
        fields[count++] =
            (struct audit_field){key, json_string_value(value), json_integer_value(value)};
    }
    bool same = record_encode(fields, count, &encoded, &damage) == 0 && encoded.length == length &&
                memcmp(encoded.data, line, length) == 0;
    buffer_free(&encoded);
    return same;
}

static inline bool canonical_sees(const json_t *json, const struct audit_field *fields,
                                  size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const json_t *value = json_object_get(json, fields[i].key);
        if (fields[i].text == NULL
                ? !json_is_integer(value) || json_integer_value(value) != fields[i].number
                : !json_is_string(value) || strcmp(json_string_value(value), fields[i].text) != 0)
            return false;
    }
    return json_object_size(json) == count;
}

/* Whether both ways say the same of the line; and what they say. */
static inline bool canonical_agrees(const char *line, size_t length, bool *ret_taken)
{
    struct audit_field fields[RECORD_FIELDS];
    size_t count = 0;
    json_t *json = json_loadb(line, length, 0, NULL);
    bool expected = canonical_encodes_to_itself(json, line, length);
    char *copy = malloc(length > 0 ? length : 1); /* exact, for a sanitizer to see */
    if (copy == NULL)
        abort();
    memcpy(copy, line, length);
    *ret_taken = canonical_read(copy, length, fields, &count);
    bool agrees = *ret_taken == expected && (!expected || canonical_sees(json, fields, count));
    free(copy);
    json_decref(json);
    return agrees;
}

#endif
