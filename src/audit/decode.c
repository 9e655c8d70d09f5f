/* decode.c - a line of a log to a record: JSON, canonical form, kind and fields. */
#include "audit/kinds.h"
#include "audit/record.h"

#include <jansson.h>
#include <string.h>

/* A name out of a damaged file is shown only if it could be one of ours. */
static const char *shown(const char *name)
{
    size_t length = strlen(name);
    bool plain = length <= 40 && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == length;
    return plain ? name : "?";
}

static int load(const char *line, size_t length, json_t **ret_json, struct damage *damage)
{
    json_error_t error;
    if (length == 0)
        return damage_set(damage, DAMAGE_CONTENT, "empty line");
    json_t *json = json_loadb(line, length, JSON_DISABLE_EOF_CHECK, &error);
    if (json == NULL)
        return damage_set(damage, DAMAGE_TORN, "line is not JSON");
    if (json_is_object(json) && error.position >= 0 && (size_t)error.position == length) {
        *ret_json = json;
        return 0;
    }
    damage_set(damage, DAMAGE_CONTENT, "%s",
               json_is_object(json) ? "more than one record on the line"
                                    : "line is not a JSON object");
    json_decref(json);
    return -1;
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
                              shown(key));
        fields[count++] =
            (struct audit_field){key, json_string_value(value), json_integer_value(value)};
    }
    *ret_count = count;
    return 0;
}

static int check_canonical(const struct audit_field *fields, size_t count, const char *line,
                           size_t length, struct damage *damage)
{
    struct buffer canonical = {0};
    int result = record_encode(fields, count, &canonical, damage);
    if (result == 0 && (canonical.length != length || memcmp(canonical.data, line, length) != 0))
        result = damage_set(damage, DAMAGE_CONTENT, "line is not in canonical form (RFC 8785)");
    buffer_free(&canonical);
    return result;
}

static bool is_instant(const char *text)
{
    static const char shape[] = "0000-00-00T00:00:00.000Z";
    if (strlen(text) != sizeof shape - 1)
        return false;
    for (size_t i = 0; i < sizeof shape - 1; i++)
        if (shape[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i])
            return false;
    return true;
}

static const struct field_rule common[] = {
    {"at", FIELD_TEXT, true, NULL},     {"kind", FIELD_TEXT, true, NULL},
    {"prev", FIELD_SHA256, true, NULL}, {"run", FIELD_TEXT, false, NULL},
    {"seq", FIELD_COUNT, true, NULL},
};
enum { COMMON_FIELDS = sizeof common / sizeof common[0] };

static const struct field_rule *find_rule(const struct kind *kind, const char *key)
{
    for (size_t i = 0; i < COMMON_FIELDS; i++)
        if (strcmp(common[i].key, key) == 0)
            return &common[i];
    return kind_field(kind, key);
}

static int check_required(const json_t *json, const struct kind *kind,
                          const struct field_rule *rules, size_t count, struct damage *damage)
{
    for (size_t i = 0; i < count && rules[i].key != NULL; i++)
        if (rules[i].required && json_object_get(json, rules[i].key) == NULL)
            return damage_set(damage, DAMAGE_CONTENT, "%s record has no field \"%s\"", kind->name,
                              rules[i].key);
    return 0;
}

static int check_fields(const json_t *json, const struct kind *kind,
                        const struct audit_field *fields, size_t count, struct damage *damage)
{
    for (size_t i = 0; i < count; i++) {
        const struct field_rule *rule = find_rule(kind, fields[i].key);
        if (rule == NULL)
            return damage_set(damage, DAMAGE_CONTENT, "unknown field \"%s\" in %s record",
                              shown(fields[i].key), kind->name);
        bool fits = fields[i].text == NULL ? rule->type == FIELD_COUNT && fields[i].number >= 0
                                           : field_text_fits(rule, fields[i].text);
        if (!fits)
            return damage_set(damage, DAMAGE_CONTENT,
                              "field \"%s\" of %s record has no valid value", rule->key,
                              kind->name);
    }
    if (check_required(json, kind, common, COMMON_FIELDS, damage) != 0)
        return -1;
    return check_required(json, kind, kind->fields, KIND_FIELDS, damage);
}

static int decode_object(const char *line, size_t length, struct record *record,
                         struct damage *damage)
{
    struct audit_field fields[RECORD_FIELDS];
    size_t count = 0;
    if (read_fields(record->json, fields, &count, damage) != 0 ||
        check_canonical(fields, count, line, length, damage) != 0)
        return -1;
    const char *name = record_text(record, "kind");
    if (name == NULL)
        return damage_set(damage, DAMAGE_CONTENT, "record has no field \"kind\"");
    record->kind = kind_find(name);
    if (record->kind == NULL)
        return damage_set(damage, DAMAGE_CONTENT, "unknown kind \"%s\"", shown(name));
    if (check_fields(record->json, record->kind, fields, count, damage) != 0)
        return -1;
    record->seq = record_count(record, "seq");
    record->at = record_text(record, "at");
    record->run = record_text(record, "run");
    record->prev = record_text(record, "prev");
    if (!is_instant(record->at))
        return damage_set(damage, DAMAGE_CONTENT, "field \"at\" is no instant");
    if (record->run != NULL && (record->run[0] == '\0' || strlen(record->run) > RECORD_RUN_BYTES))
        return damage_set(damage, DAMAGE_CONTENT, "field \"run\" is no run's name");
    return 0;
}

int record_decode(const char *line, size_t length, struct record *ret_record, struct damage *damage)
{
    struct record record = {0};
    if (load(line, length, &record.json, damage) != 0)
        return -1;
    if (decode_object(line, length, &record, damage) != 0) {
        record_free(&record);
        return -1;
    }
    *ret_record = record;
    return 0;
}

void record_free(struct record *record)
{
    json_decref(record->json);
    *record = (struct record){0};
}

const char *record_text(const struct record *record, const char *key)
{
    return json_string_value(json_object_get(record->json, key));
}

int64_t record_count(const struct record *record, const char *key)
{
    const json_t *value = json_object_get(record->json, key);
    return json_is_integer(value) ? json_integer_value(value) : -1;
}

void record_peek(const char *line, size_t length, int64_t *ret_seq, char ret_prev[SHA256_HEX])
{
    struct record record = {0};
    struct damage ignored;
    *ret_seq = -1;
    ret_prev[0] = '\0';
    if (load(line, length, &record.json, &ignored) != 0)
        return;
    const char *prev = record_text(&record, "prev");
    *ret_seq = record_count(&record, "seq");
    if (prev != NULL && strlen(prev) == SHA256_HEX - 1)
        memcpy(ret_prev, prev, SHA256_HEX);
    record_free(&record);
}
