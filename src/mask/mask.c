/* mask.c - the one table of masks, and the doors that lead through it. */
#include "mask/mask.h"

#include "mask/writer.h"

#include <string.h>

#define TEXT_TYPES "text, varchar, char, citext"

static const struct mask_entry entries[] = {
    [MASK_NULL] = {"null", LABEL_DESTROYED, true, FAMILY_ANY, "every type", write_null,
                   write_null_todo},
    [MASK_DEFAULT] = {"default", LABEL_DESTROYED, false, FAMILY_ANY, "every type", write_default,
                      write_differs},
    [MASK_FIXED] = {"fixed", LABEL_DESTROYED, false, FAMILY_ANY, "every type", write_fixed,
                    write_differs},
    [MASK_EMPTY] = {"empty", LABEL_DESTROYED, false,
                    FAMILY_TEXT | FAMILY_BYTEA | FAMILY_JSON | FAMILY_ARRAY,
                    TEXT_TYPES ", bytea, json, jsonb, arrays", write_empty, write_empty_todo},
    [MASK_UNIQUE] = {"unique", LABEL_DESTROYED, true, FAMILY_TEXT | FAMILY_UUID,
                     TEXT_TYPES ", uuid", write_unique, write_unique_todo},
    [MASK_IP_NETWORK] = {"ip_network", LABEL_GENERALISED, false, FAMILY_TEXT | FAMILY_NETWORK,
                         "inet, cidr, " TEXT_TYPES, write_ip_network, write_differs},
    [MASK_PHONE_PREFIX] = {"phone_prefix", LABEL_GENERALISED, false, FAMILY_TEXT, TEXT_TYPES,
                           write_phone_prefix, write_differs},
    [MASK_FLOOR] = {"floor", LABEL_GENERALISED, false, FAMILY_DATE | FAMILY_TIME,
                    "date, timestamp, timestamptz", write_floor, write_differs},
    [MASK_JSON_DROP] = {"json_drop", LABEL_DESTROYED, false, FAMILY_JSON, "json, jsonb",
                        write_json_drop, write_json_drop_todo},
    [MASK_JSON_KEEP] = {"json_keep", LABEL_DESTROYED, false, FAMILY_JSON, "json, jsonb",
                        write_json_keep, write_json_keep_todo},
    [MASK_KEYED_HASH] = {"keyed_hash", LABEL_PSEUDONYMOUS, true, FAMILY_TEXT, TEXT_TYPES,
                         write_keyed_hash, write_keyed_hash_todo},
};

const struct mask_entry *mask_entry(enum mask_kind kind)
{
    return &entries[kind];
}

enum family column_family(const struct catalog_column *column)
{
    static const struct {
        const char *type;
        enum family family;
    } types[] = {
        {"text", FAMILY_TEXT},        {"varchar", FAMILY_TEXT}, {"bpchar", FAMILY_TEXT},
        {"citext", FAMILY_TEXT},      {"inet", FAMILY_NETWORK}, {"cidr", FAMILY_NETWORK},
        {"uuid", FAMILY_UUID},        {"bytea", FAMILY_BYTEA},  {"json", FAMILY_JSON},
        {"jsonb", FAMILY_JSON},       {"date", FAMILY_DATE},    {"timestamp", FAMILY_TIME},
        {"timestamptz", FAMILY_TIME},
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(column->base_type, types[i].type) == 0)
            return types[i].family;
    return column->base_type[0] == '_' ? FAMILY_ARRAY : FAMILY_OTHER;
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

void write_differs(const struct target *target, struct sql *sql)
{
    write_text(target, sql);
    sql_add(sql, " IS DISTINCT FROM (");
    mask_entry(target->mask->kind)->expression(target, sql);
    sql_add(sql, ")::text");
}

void mask_expression(const struct policy_mask *mask, const struct catalog_column *column,
                     const char *alias, const struct mask_key *key, struct sql *sql)
{
    const struct target target = {mask, column, alias, key};
    mask_entry(mask->kind)->expression(&target, sql);
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
