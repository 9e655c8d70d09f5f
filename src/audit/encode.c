/* encode.c - fields to a line of canonical JSON. */
#include "audit/record.h"
#include "base/json.h"

#include <stdlib.h>
#include <string.h>

static int by_key(const void *a, const void *b)
{
    const struct audit_field *const *left = a;
    const struct audit_field *const *right = b;
    return strcmp((*left)->key, (*right)->key);
}

int record_encode(const struct audit_field *fields, size_t count, struct buffer *out,
                  struct damage *damage)
{
    const struct audit_field *sorted[RECORD_FIELDS];
    if (count > RECORD_FIELDS)
        return damage_set(damage, DAMAGE_CONTENT, "more fields than any record has");
    for (size_t i = 0; i < count; i++) {
        sorted[i] = &fields[i];
        if (fields[i].text == NULL &&
            (fields[i].number > RECORD_INTEGER || fields[i].number < -RECORD_INTEGER))
            return damage_set(damage, DAMAGE_CONTENT, "integer beyond 2^53");
    }
    qsort(sorted, count, sizeof sorted[0], by_key);
    for (size_t i = 1; i < count; i++)
        if (strcmp(sorted[i - 1]->key, sorted[i]->key) == 0)
            return damage_set(damage, DAMAGE_CONTENT, "a field stands twice");

    struct json json = {.out = out};
    json_object_begin(&json, NULL);
    for (size_t i = 0; i < count; i++) {
        if (sorted[i]->text != NULL)
            json_text(&json, sorted[i]->key, sorted[i]->text);
        else
            json_int(&json, sorted[i]->key, sorted[i]->number);
    }
    json_object_end(&json);
    return 0;
}
