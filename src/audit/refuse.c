/* refuse.c - why a line is no record in canonical form: read again by a JSON library. */
#include "audit/canonical.h"

#include <jansson.h>
#include <string.h>

const char *canonical_shown(const char *name)
{
    size_t length = strlen(name);
    bool plain = length <= 40 && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == length;
    return plain ? name : "?";
}

json_t *canonical_load(const char *line, size_t length, struct damage *damage)
{
    json_error_t error;
    json_t *json = length == 0 ? NULL : json_loadb(line, length, JSON_DISABLE_EOF_CHECK, &error);
    if (length == 0)
        damage_set(damage, DAMAGE_CONTENT, "empty line");
    else if (json == NULL)
        damage_set(damage, DAMAGE_TORN, "line is not JSON");
    else if (!json_is_object(json))
        damage_set(damage, DAMAGE_CONTENT, "line is not a JSON object");
    else if (error.position >= 0 && (size_t)error.position == length)
        return json;
    else
        damage_set(damage, DAMAGE_CONTENT, "more than one record on the line");
    json_decref(json);
    return NULL;
}

static int read_fields(json_t *json, struct audit_field fields[RECORD_FIELDS], size_t *ret_count,
                       struct damage *damage)
{
    const char *key;
    json_t *value;
    size_t count = 0;
    json_object_foreach(json, key, value)
    {
        if (count == RECORD_FIELDS)
            return damage_set(damage, DAMAGE_CONTENT, "more fields than any record has");
        if (!json_is_string(value) && !json_is_integer(value))
            return damage_set(damage, DAMAGE_CONTENT, "field \"%s\" is neither text nor integer",
                              canonical_shown(key));
        fields[count++] =
            (struct audit_field){key, json_string_value(value), json_integer_value(value)};
    }
    *ret_count = count;
    return 0;
}

int canonical_refuse(const char *line, size_t length, struct damage *damage)
{
    struct audit_field fields[RECORD_FIELDS];
    size_t count = 0;
    struct buffer encoded = {0};
    json_t *json = canonical_load(line, length, damage);
    if (json == NULL)
        return -1;
    if (read_fields(json, fields, &count, damage) == 0 &&
        record_encode(fields, count, &encoded, damage) == 0)
        damage_set(damage, DAMAGE_CONTENT, "line is not in canonical form (RFC 8785)");
    buffer_free(&encoded);
    json_decref(json);
    return -1;
}
