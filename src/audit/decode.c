/* decode.c - a line of a log to a record: its fields, and whether its kind may have them. */
#include "audit/canonical.h"
#include "audit/kinds.h"

#include <jansson.h>
#include <string.h>

/* Keys mostly differ in their first letter, and looking them up is most of the work here. */
static bool is_same(const char *key, const char *other)
{
    return key[0] == other[0] && strcmp(key, other) == 0;
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
enum { COMMON_FIELDS = sizeof common / sizeof common[0], RULES = COMMON_FIELDS + KIND_FIELDS };

/* The key is NULL behind the last. */
static const struct field_rule *rule_at(const struct kind *kind, size_t i)
{
    return i < COMMON_FIELDS ? &common[i] : &kind->fields[i - COMMON_FIELDS];
}

/* RULES where there is none. */
static size_t find_rule(const struct kind *kind, const char *key)
{
    for (size_t i = 0; i < RULES && rule_at(kind, i)->key != NULL; i++)
        if (is_same(rule_at(kind, i)->key, key))
            return i;
    return RULES;
}

static int check_required(const struct kind *kind, const bool has[RULES], struct damage *damage)
{
    for (size_t i = 0; i < RULES && rule_at(kind, i)->key != NULL; i++)
        if (rule_at(kind, i)->required && !has[i])
            return damage_set(damage, DAMAGE_CONTENT, "%s record has no field \"%s\"", kind->name,
                              rule_at(kind, i)->key);
    return 0;
}

static int check_fields(const struct record *record, struct damage *damage)
{
    const struct kind *kind = record->kind;
    bool has[RULES] = {false};
    for (size_t i = 0; i < record->field_count; i++) {
        const struct audit_field *field = &record->fields[i];
        size_t found = find_rule(kind, field->key);
        if (found == RULES)
            return damage_set(damage, DAMAGE_CONTENT, "unknown field \"%s\" in %s record",
                              canonical_shown(field->key), kind->name);
        const struct field_rule *rule = rule_at(kind, found);
        bool fits = field->text == NULL ? rule->type == FIELD_COUNT && field->number >= 0
                                        : field_text_fits(rule, field->text);
        if (!fits)
            return damage_set(damage, DAMAGE_CONTENT,
                              "field \"%s\" of %s record has no valid value", rule->key,
                              kind->name);
        has[found] = true;
    }
    return check_required(kind, has, damage);
}

static int check_record(struct record *record, struct damage *damage)
{
    const char *name = record_text(record, "kind");
    if (name == NULL)
        return damage_set(damage, DAMAGE_CONTENT, "record has no field \"kind\"");
    record->kind = kind_find(name);
    if (record->kind == NULL)
        return damage_set(damage, DAMAGE_CONTENT, "unknown kind \"%s\"", canonical_shown(name));
    if (check_fields(record, damage) != 0)
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
    buffer_add_bytes(&record.texts, line, length);
    bool good = canonical_read(record.texts.data, length, record.fields, &record.field_count);
    if ((good ? check_record(&record, damage) : canonical_refuse(line, length, damage)) != 0) {
        record_free(&record);
        return -1;
    }
    *ret_record = record;
    return 0;
}

void record_free(struct record *record)
{
    buffer_free(&record->texts);
    *record = (struct record){0};
}

static const struct audit_field *record_field(const struct record *record, const char *key)
{
    for (size_t i = 0; i < record->field_count; i++)
        if (is_same(record->fields[i].key, key))
            return &record->fields[i];
    return NULL;
}

const char *record_text(const struct record *record, const char *key)
{
    const struct audit_field *field = record_field(record, key);
    return field == NULL ? NULL : field->text;
}

int64_t record_count(const struct record *record, const char *key)
{
    const struct audit_field *field = record_field(record, key);
    return field == NULL || field->text != NULL ? -1 : field->number;
}

void record_peek(const char *line, size_t length, int64_t *ret_seq, char ret_prev[SHA256_HEX])
{
    struct damage ignored;
    *ret_seq = -1;
    ret_prev[0] = '\0';
    json_t *json = canonical_load(line, length, &ignored);
    if (json == NULL)
        return;
    const json_t *seq = json_object_get(json, "seq");
    const char *prev = json_string_value(json_object_get(json, "prev"));
    *ret_seq = json_is_integer(seq) ? json_integer_value(seq) : -1;
    if (prev != NULL && strlen(prev) == SHA256_HEX - 1)
        memcpy(ret_prev, prev, SHA256_HEX);
    json_decref(json);
}
