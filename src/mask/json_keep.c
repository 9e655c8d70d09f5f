/*
 * json_keep.c - an allow-list of top-level keys; and json text made safe to take apart
 *
 * An object keeps the listed keys; in an array each element does. Whatever is neither becomes the
 * JSON null, since it has no key that could have been allowed.
 */
#include "mask/json_value.h"

#include <string.h>

bool column_is_jsonb(const struct catalog_column *column)
{
    return strcmp(column->base_type, "jsonb") == 0;
}

void write_json(const struct target *target, struct sql *sql)
{
    if (column_is_jsonb(target->column)) {
        write_column(target, sql);
        sql_add(sql, "::jsonb");
        return;
    }
    sql_add(sql, "(CASE WHEN strpos(");
    write_text(target, sql);
    sql_add(sql, ", E'\\\\u') > 0 THEN "
                 "regexp_replace(regexp_replace(regexp_replace(replace(");
    write_text(target, sql);
    /* Once an escaped backslash is spelled \u005c, every backslash begins an escape. */
    sql_add(sql, ", E'\\\\\\\\', E'\\\\u005c'), E'\\\\\\\\u0000', E'\\\\\\\\ufffd', 'g'), "
                 "E'\\\\\\\\u[dD][89aAbB][0-9a-fA-F]{2}(?!\\\\\\\\u[dD][c-fC-F])', "
                 "E'\\\\\\\\ufffd', 'g'), "
                 "E'(?<!\\\\\\\\u[dD][89aAbB][0-9a-fA-F]{2})\\\\\\\\u[dD][c-fC-F][0-9a-fA-F]{2}', "
                 "E'\\\\\\\\ufffd', 'g') ELSE ");
    write_text(target, sql);
    sql_add(sql, " END)::json");
}

static const char *key_array(const struct policy_mask *mask, struct arena *arena)
{
    struct buffer out = {0};
    buffer_add(&out, "{");
    for (size_t i = 0; i < mask->item_count; i++) {
        buffer_add(&out, i == 0 ? "\"" : ",\"");
        for (const char *c = mask->items[i]; *c != '\0'; c++)
            buffer_addf(&out, *c == '"' || *c == '\\' ? "\\%c" : "%c", *c);
        buffer_add(&out, "\"");
    }
    buffer_add(&out, "}");
    const char *text = arena_strdup(arena, buffer_text(&out));
    buffer_free(&out);
    return text;
}

/* The value named `value`, reduced: an object to its listed keys, anything else to null. */
static void write_reduced(const struct target *target, const char *value, struct sql *sql)
{
    const char *type = target->column->base_type;
    sql_addf(sql,
             "CASE WHEN %s_typeof(%s) = 'object' THEN (SELECT coalesce(%s_object_agg(m.key, "
             "m.value ORDER BY m.n), '{}') FROM %s_each(CASE WHEN %s_typeof(%s) = 'object' THEN "
             "%s ELSE '{}' END) WITH ORDINALITY AS m(key, value, n) WHERE m.key = ANY (",
             type, value, type, type, type, value, value);
    sql_param(sql, key_array(target->mask, sql->arena), "text[]");
    sql_addf(sql, ")) ELSE 'null'::%s END", type);
}

void write_json_keep(const struct target *target, struct sql *sql)
{
    const char *type = target->column->base_type;
    sql_addf(sql, "(SELECT CASE WHEN %s_typeof(d.value) = 'array' THEN (SELECT coalesce(%s_agg(",
             type, type);
    write_reduced(target, "i.value", sql);
    sql_addf(sql,
             " ORDER BY i.n), '[]') FROM %s_array_elements(CASE WHEN %s_typeof(d.value) = 'array' "
             "THEN d.value ELSE '[]' END) WITH ORDINALITY AS i(value, n)) ELSE ",
             type, type);
    write_reduced(target, "d.value", sql);
    sql_add(sql, " END FROM (SELECT ");
    write_json(target, sql);
    sql_add(sql, ") AS d(value))");
}

/* Every value that would be reduced: the document, or the elements of an array. */
void write_json_keep_todo(const struct target *target, struct sql *sql)
{
    const char *type = target->column->base_type;
    sql_addf(sql, "EXISTS (SELECT FROM (SELECT ");
    write_json(target, sql);
    sql_addf(sql,
             ") AS d(value) CROSS JOIN LATERAL (SELECT d.value WHERE %s_typeof(d.value) <> 'array' "
             "UNION ALL SELECT i.value FROM %s_array_elements(CASE WHEN %s_typeof(d.value) = "
             "'array' THEN d.value ELSE '[]' END) AS i(value)) AS v(value) ",
             type, type, type);
    sql_addf(sql,
             "WHERE %s_typeof(v.value) NOT IN ('object', 'null') OR EXISTS (SELECT FROM "
             "%s_object_keys(CASE WHEN %s_typeof(v.value) = 'object' THEN v.value ELSE '{}' END) "
             "AS k(key) WHERE k.key <> ALL (",
             type, type, type);
    sql_param(sql, key_array(target->mask, sql->arena), "text[]");
    sql_add(sql, ")))");
}
