/* mask.c - the one table of masks, and the doors that lead through it. */
#include "mask/mask.h"

#include "mask/writer.h"

#include <string.h>

#define TEXT_TYPES "text, varchar, char, citext"
#define FAMILY_NUMBER (FAMILY_INTEGER | FAMILY_NUMERIC | FAMILY_FLOAT)

static const struct mask_entry entries[] = {
    [MASK_NULL] = {.name = "null",
                   .label = LABEL_DESTROYED,
                   .keeps_unique = true,
                   .families = FAMILY_ANY,
                   .types = "every type",
                   .room = ROOM_AS_BEFORE,
                   .expression = write_null,
                   .todo = write_null_todo},
    [MASK_DEFAULT] = {.name = "default",
                      .label = LABEL_DESTROYED,
                      .families = FAMILY_ANY,
                      .types = "every type",
                      .room = ROOM_AS_BEFORE,
                      .expression = write_default,
                      .todo = write_differs},
    [MASK_FIXED] = {.name = "fixed",
                    .label = LABEL_DESTROYED,
                    .families = FAMILY_ANY,
                    .types = "every type",
                    .room = ROOM_AS_WRITTEN,
                    .expression = write_fixed,
                    .todo = write_differs},
    [MASK_EMPTY] = {.name = "empty",
                    .label = LABEL_DESTROYED,
                    .families =
                        FAMILY_TEXT | FAMILY_BYTEA | FAMILY_JSON | FAMILY_ARRAY | FAMILY_NETWORKS,
                    .types = TEXT_TYPES ", bytea, json, jsonb, arrays",
                    .room = ROOM_AS_BEFORE,
                    .expression = write_empty,
                    .todo = write_empty_todo},
    [MASK_UNIQUE] = {.name = "unique",
                     .label = LABEL_DESTROYED,
                     .keeps_unique = true,
                     .families = FAMILY_TEXT | FAMILY_UUID,
                     .types = TEXT_TYPES ", uuid",
                     .room = ROOM_OF_TOKEN,
                     .expression = write_unique,
                     .todo = write_unique_todo},
    [MASK_IP_NETWORK] = {.name = "ip_network",
                         .label = LABEL_GENERALISED,
                         .families = FAMILY_TEXT | FAMILY_NETWORK | FAMILY_NETWORKS,
                         .types = "inet, cidr, arrays of them, " TEXT_TYPES,
                         .room = ROOM_AS_BEFORE,
                         .expression = write_ip_network,
                         .todo = write_differs},
    [MASK_PHONE_PREFIX] = {.name = "phone_prefix",
                           .label = LABEL_GENERALISED,
                           .families = FAMILY_TEXT,
                           .types = TEXT_TYPES,
                           .room = ROOM_AS_BEFORE,
                           .expression = write_phone_prefix,
                           .todo = write_differs},
    [MASK_FLOOR] = {.name = "floor",
                    .label = LABEL_GENERALISED,
                    .families = FAMILY_DATE | FAMILY_STAMP | FAMILY_TIME,
                    .types = "date, timestamp, timestamptz, time",
                    .room = ROOM_AS_BEFORE,
                    .expression = write_floor,
                    .todo = write_differs},
    [MASK_BUCKET] = {.name = "bucket",
                     .label = LABEL_GENERALISED,
                     .families = FAMILY_NUMBER,
                     .types = "smallint, integer, bigint, numeric, real, double precision",
                     .room = ROOM_AS_BEFORE,
                     .expression = write_bucket,
                     .todo = write_differs},
    [MASK_EMAIL_DOMAIN] = {.name = "email_domain",
                           .label = LABEL_GENERALISED,
                           .families = FAMILY_TEXT,
                           .types = TEXT_TYPES,
                           .room = ROOM_OF_ADDRESS,
                           .expression = write_email_domain,
                           .todo = write_differs},
    [MASK_URL_ORIGIN] = {.name = "url_origin",
                         .label = LABEL_GENERALISED,
                         .families = FAMILY_TEXT,
                         .types = TEXT_TYPES,
                         .room = ROOM_AS_BEFORE,
                         .expression = write_url_origin,
                         .todo = write_differs},
    [MASK_AGENT_FAMILY] = {.name = "agent_family",
                           .label = LABEL_GENERALISED,
                           .families = FAMILY_TEXT,
                           .types = TEXT_TYPES,
                           .room = ROOM_AS_BEFORE,
                           .expression = write_agent_family,
                           .todo = write_differs},
    [MASK_JSON_DROP] = {.name = "json_drop",
                        .label = LABEL_DESTROYED,
                        .families = FAMILY_JSON,
                        .types = "json, jsonb",
                        .room = ROOM_AS_BEFORE,
                        .expression = write_json_drop,
                        .todo = write_json_drop_todo},
    [MASK_JSON_KEEP] = {.name = "json_keep",
                        .label = LABEL_DESTROYED,
                        .families = FAMILY_JSON,
                        .types = "json, jsonb",
                        .room = ROOM_AS_BEFORE,
                        .expression = write_json_keep,
                        .todo = write_json_keep_todo},
    [MASK_KEYED_HASH] = {.name = "keyed_hash",
                         .label = LABEL_PSEUDONYMOUS,
                         .keeps_unique = true,
                         .families = FAMILY_TEXT,
                         .types = TEXT_TYPES,
                         .room = ROOM_OF_HASH,
                         .expression = write_keyed_hash,
                         .todo = write_keyed_hash_todo},
};

const struct mask_entry *mask_entry(enum mask_kind kind)
{
    return &entries[kind];
}

/* The name of an array type begins with an underscore; so may the name of any other. */
static bool is_array(const struct catalog_column *column)
{
    size_t length = strlen(column->type);
    return column->base_type[0] == '_' &&
           (column->is_domain || (length > 0 && column->type[length - 1] == ']'));
}

enum family column_family(const struct catalog_column *column)
{
    static const struct {
        const char *type;
        enum family family;
    } types[] = {
        {"text", FAMILY_TEXT},    {"varchar", FAMILY_TEXT},    {"bpchar", FAMILY_TEXT},
        {"citext", FAMILY_TEXT},  {"inet", FAMILY_NETWORK},    {"cidr", FAMILY_NETWORK},
        {"uuid", FAMILY_UUID},    {"bytea", FAMILY_BYTEA},     {"json", FAMILY_JSON},
        {"jsonb", FAMILY_JSON},   {"_inet", FAMILY_NETWORKS},  {"_cidr", FAMILY_NETWORKS},
        {"date", FAMILY_DATE},    {"timestamp", FAMILY_STAMP}, {"timestamptz", FAMILY_STAMP},
        {"time", FAMILY_TIME},    {"int2", FAMILY_INTEGER},    {"int4", FAMILY_INTEGER},
        {"int8", FAMILY_INTEGER}, {"numeric", FAMILY_NUMERIC}, {"float4", FAMILY_FLOAT},
        {"float8", FAMILY_FLOAT},
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(column->base_type, types[i].type) == 0)
            return types[i].family;
    return is_array(column) ? FAMILY_ARRAY : FAMILY_OTHER;
}

void write_column(const struct target *target, struct sql *sql)
{
    sql_addf(sql, "%s.%s", target->alias, target->column->quoted);
}

void write_text(const struct target *target, struct sql *sql)
{
    sql_add(sql, "(");
    write_column(target, sql);
    sql_add(sql, "::text COLLATE pg_catalog.\"C\")");
}

void write_value(const struct target *target, struct sql *sql)
{
    sql_add(sql, "(");
    mask_entry(target->mask->kind)->expression(target, sql);
    sql_addf(sql, ")::%s", target->column->type);
}

void write_differs(const struct target *target, struct sql *sql)
{
    write_text(target, sql);
    sql_add(sql, " IS DISTINCT FROM (");
    write_value(target, sql);
    sql_add(sql, ")::text");
}

void mask_expression(const struct policy_mask *mask, const struct catalog_column *column,
                     const char *alias, const struct mask_key *key, struct sql *sql)
{
    const struct target target = {mask, column, alias, key};
    write_value(&target, sql);
}

void mask_assignment(const struct policy_mask *mask, const struct catalog_column *column,
                     const char *alias, const struct mask_key *key, struct sql *sql)
{
    bool is_whole = mask_entry(mask->kind)->todo == write_differs;
    if (!is_whole) {
        sql_add(sql, "CASE WHEN ");
        mask_todo(mask, column, alias, key, sql);
        sql_add(sql, " THEN ");
    }
    mask_expression(mask, column, alias, key, sql);
    if (!is_whole)
        sql_addf(sql, " ELSE %s.%s END", alias, column->quoted);
}

bool mask_todo_fits_index(const struct policy_mask *mask, const struct catalog_column *column)
{
    enum family family = column_family(column);
    switch (mask->kind) {
    case MASK_NULL:
        return true;
    case MASK_EMPTY:
    case MASK_UNIQUE:
        return (family & (FAMILY_TEXT | FAMILY_BYTEA)) != 0;
    case MASK_IP_NETWORK:
        return family == FAMILY_NETWORK;
    default:
        return false;
    }
}

void mask_todo(const struct policy_mask *mask, const struct catalog_column *column,
               const char *alias, const struct mask_key *key, struct sql *sql)
{
    const struct target target = {mask, column, alias, key};
    sql_add(sql, "(");
    mask_entry(mask->kind)->todo(&target, sql);
    sql_add(sql, ")");
}

enum mask_label mask_label(const struct policy_mask *mask)
{
    return mask_entry(mask->kind)->label;
}

enum mask_label mask_rule_label(const struct policy_rule *rule, struct arena *arena,
                                const char **ret_why)
{
    const struct policy_mask *weakest = NULL;
    for (size_t i = 0; i < rule->mask_count; i++)
        if (weakest == NULL || mask_label(&rule->masks[i]) > mask_label(weakest))
            weakest = &rule->masks[i];
    if (weakest == NULL) {
        *ret_why = rule->action == ACTION_SUMMARISE ? "the row is counted and deleted"
                                                    : "the row is deleted";
        return LABEL_DESTROYED;
    }
    if (mask_label(weakest) == LABEL_DESTROYED)
        *ret_why = "no mask leaves anything of its value";
    else
        *ret_why = arena_printf(arena, "%s leaves %s of %s", mask_name(weakest->kind),
                                mask_label(weakest) == LABEL_GENERALISED ? "a part" : "a pseudonym",
                                weakest->column);
    return mask_label(weakest);
}

const char *mask_label_name(enum mask_label label)
{
    static const char *const names[] = {"destroyed", "generalised", "pseudonymous"};
    return names[label];
}

const char *mask_name(enum mask_kind kind)
{
    return mask_entry(kind)->name;
}
