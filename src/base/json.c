/* json.c - canonical JSON by construction: no spaces, shortest escapes, keys checked for order. */
#include "base/json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void bug(const char *what)
{
    fprintf(stderr, "pgretain: bug: canonical JSON: %s\n", what);
    abort();
}

static void add_escaped(struct buffer *out, unsigned char c)
{
    static const char letters[] = "btn\0fr"; /* 0x08 to 0x0d; 0x0b has no letter */
    if (c == '"' || c == '\\')
        buffer_addf(out, "\\%c", c);
    else if (c >= 0x08 && c <= 0x0d && c != 0x0b)
        buffer_addf(out, "\\%c", letters[c - 0x08]);
    else
        buffer_addf(out, "\\u%04x", c);
}

static void add_quoted(struct buffer *out, const char *text)
{
    buffer_add(out, "\"");
    for (const char *at = text; *at != '\0';) {
        size_t plain = 0;
        while ((unsigned char)at[plain] >= 0x20 && at[plain] != '"' && at[plain] != '\\')
            plain++;
        buffer_add_bytes(out, at, plain);
        at += plain;
        if (*at != '\0')
            add_escaped(out, (unsigned char)*at++);
    }
    buffer_add(out, "\"");
}

static void member(struct json *json, const char *key)
{
    if (json->level[json->depth].members++ > 0)
        buffer_add(json->out, ",");
    if (key == NULL)
        return;
    const char *last = json->level[json->depth].last_key;
    if (last != NULL && strcmp(last, key) >= 0)
        bug(key);
    json->level[json->depth].last_key = key;
    add_quoted(json->out, key);
    buffer_add(json->out, ":");
}

static void begin(struct json *json, const char *key, const char *bracket)
{
    member(json, key);
    buffer_add(json->out, bracket);
    if (++json->depth == JSON_DEPTH)
        bug("nested too deeply");
    json->level[json->depth].last_key = NULL;
    json->level[json->depth].members = 0;
}

static void end(struct json *json, const char *bracket)
{
    json->depth--;
    buffer_add(json->out, bracket);
}

void json_object_begin(struct json *json, const char *key)
{
    begin(json, key, "{");
}

void json_object_end(struct json *json)
{
    end(json, "}");
}

void json_array_begin(struct json *json, const char *key)
{
    begin(json, key, "[");
}

void json_array_end(struct json *json)
{
    end(json, "]");
}

void json_text(struct json *json, const char *key, const char *value)
{
    member(json, key);
    add_quoted(json->out, value);
}

void json_int(struct json *json, const char *key, int64_t value)
{
    if (value > INT64_C(9007199254740991) || value < -INT64_C(9007199254740991))
        bug("integer beyond 2^53");
    member(json, key);
    buffer_addf(json->out, "%" PRId64, value);
}
