/* audit_line.c - one record of the audit log for a person. */
#include "report/parts.h"
#include "report/text.h"

#include <inttypes.h>
#include <string.h>

/* Members that stand first, in this order; the rest follow by name, without run and prev. */
static bool is_placed(const char *key)
{
    static const char *const placed[] = {"at", "seq", "kind", "rule", "run", "prev"};
    for (size_t i = 0; i < sizeof placed / sizeof placed[0]; i++)
        if (strcmp(key, placed[i]) == 0)
            return true;
    return false;
}

static void add_value(const json_t *value, struct buffer *out)
{
    if (json_is_integer(value)) {
        buffer_addf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        return;
    }
    const char *text = json_string_value(value);
    bool quoted = text == NULL || *text == '\0' || strchr(text, ' ') != NULL;
    buffer_add(out, quoted ? "\"" : "");
    text_escape(text, out);
    buffer_add(out, quoted ? "\"" : "");
}

bool report_audit_line(const char *line, size_t length, struct buffer *out)
{
    json_t *record = json_loadb(line, length, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(record)) {
        json_decref(record);
        return false;
    }
    text_escape(json_string_value(json_object_get(record, "at")), out);
    buffer_addf(out, "  seq %" JSON_INTEGER_FORMAT "  ",
                json_integer_value(json_object_get(record, "seq")));
    text_escape(json_string_value(json_object_get(record, "kind")), out);
    const char *rule = json_string_value(json_object_get(record, "rule"));
    if (rule != NULL) {
        buffer_add(out, "  ");
        text_escape(rule, out);
    }
    const char *key;
    json_t *value;
    json_object_foreach(record, key, value)
    {
        if (is_placed(key))
            continue;
        buffer_add(out, "  ");
        text_escape(key, out);
        buffer_add(out, " ");
        add_value(value, out);
    }
    buffer_add(out, "\n");
    json_decref(record);
    return true;
}
