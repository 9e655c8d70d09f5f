/*
 * catalog_json.c - reads the JSON form of a catalog
 */
#include "support/catalog_json.h"

#include "policy/policy.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct flag {
    const char *name;
    size_t offset;
};

#define TABLE(member)                                                                              \
    {                                                                                              \
#member, offsetof(struct catalog_table, member)                                            \
    }
#define COLUMN(member)                                                                             \
    {                                                                                              \
#member, offsetof(struct catalog_column, member)                                           \
    }
#define SERVER(member)                                                                             \
    {                                                                                              \
#member, offsetof(struct catalog, member)                                                  \
    }
#define KEY(member)                                                                                \
    {                                                                                              \
#member, offsetof(struct catalog_key, member)                                              \
    }
#define TRIGGER(member)                                                                            \
    {                                                                                              \
#member, offsetof(struct catalog_trigger, member)                                          \
    }
static const struct flag table_flags[] = {
    TABLE(is_unlogged),         TABLE(is_heap),
    TABLE(has_row_security),    TABLE(may_select),
    TABLE(may_delete),          TABLE(may_update),
    TABLE(may_insert),          TABLE(may_use_schema),
    TABLE(may_analyze),         TABLE(is_owner),
    TABLE(has_default_sibling), TABLE(has_delete_trigger),
    TABLE(is_detach_pending),   {NULL, 0},
};
static const struct flag column_flags[] = {
    COLUMN(default_is_volatile),
    COLUMN(not_null),
    COLUMN(is_domain),
    COLUMN(is_generated),
    COLUMN(is_identity),
    COLUMN(in_primary_key),
    COLUMN(in_unique),
    COLUMN(nulls_collide),
    COLUMN(in_partition_key),
    COLUMN(is_referenced),
    COLUMN(leads_index),
    COLUMN(may_update),
    COLUMN(is_enum),
    {NULL, 0},
};
static const struct flag server_flags[] = {
    SERVER(is_superuser), SERVER(is_powerful), SERVER(may_log_parameters), {NULL, 0}};
static const struct flag key_flags[] = {
    KEY(is_primary), KEY(is_exclusion), KEY(is_inherited), KEY(nulls_collide), {NULL, 0}};
static const struct flag trigger_flags[] = {
    TRIGGER(is_row), TRIGGER(is_before), TRIGGER(on_delete), TRIGGER(on_update), {NULL, 0}};

static void die(const char *what, const char *which)
{
    exit(fprintf(stderr, "catalog JSON: %s: %s\n", what, which) > 0);
}

static void check_keys(json_t *object, const char *known)
{
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        char word[64];
        snprintf(word, sizeof word, " %s ", key);
        if (strstr(known, word) == NULL)
            die("unknown key", key);
    }
}

static double number_of(json_t *json, const char *key, double otherwise)
{
    json_t *value = json_object_get(json, key);
    return value == NULL ? otherwise : json_number_value(value);
}

static const char *text_of(json_t *object, const char *key, const char *otherwise,
                           struct arena *arena)
{
    json_t *value = json_object_get(object, key);
    if (value != NULL && !json_is_string(value))
        die("not a text", key);
    return arena_strdup(arena, value == NULL ? otherwise : json_string_value(value));
}

/* Words of `text` set the flags of `base`; the first word goes to `ret_first` if that is given. */
static bool set_flags(const char *text, const struct flag *flags, void *base, char *ret_first)
{
    bool is_key = false;
    for (const char *word = text; *word != '\0';) {
        int length = (int)strcspn(word, " ");
        bool negated = word[0] == '!';
        char name[64];
        snprintf(name, sizeof name, "%.*s", length - negated, word + negated);
        word += length + (word[length] == ' ');
        if (ret_first != NULL) {
            strcpy(ret_first, name);
            ret_first = NULL;
            continue;
        }
        if (strcmp(name, "primary_key") == 0) {
            is_key = true;
            continue;
        }
        const struct flag *flag = flags;
        while (flag->name != NULL && strcmp(flag->name, name) != 0)
            flag++;
        if (flag->name == NULL)
            die("unknown word", name);
        *((bool *)base + flag->offset) = !negated;
    }
    return is_key;
}

/* As the server's format('%I') does, keywords aside. */
static const char *quote(struct arena *arena, const char *name)
{
    const char *plain = "abcdefghijklmnopqrstuvwxyz_0123456789";
    if (strspn(name, plain) == strlen(name) && (name[0] < '0' || name[0] > '9'))
        return arena_strdup(arena, name);
    char *quoted = arena_alloc(arena, strlen(name) * 2 + 3), *at = quoted;
    *at++ = '"';
    for (const char *c = name; *c != '\0'; c++) {
        if (*c == '"')
            *at++ = '"';
        *at++ = *c;
    }
    *at = '"';
    return quoted;
}

static struct catalog_table *table_named(const struct catalog *catalog, const char *text)
{
    for (size_t i = 0; i < catalog->table_count; i++)
        if (strcmp(catalog->tables[i].text, text) == 0)
            return &catalog->tables[i];
    die("no such table", text);
    return NULL;
}

static void add_key(struct arena *arena, const char *name, const char *column,
                    struct catalog_table *table)
{
    struct catalog_key *key = ARENA_PUSH(arena, table->keys, table->key_count);
    key->name = name;
    *ARENA_PUSH(arena, key->columns, key->column_count) = column;
    key->plain_count = 1;
}

static void read_column(struct arena *arena, const char *name, json_t *json,
                        struct catalog_table *table)
{
    struct catalog_column *column = ARENA_PUSH(arena, table->columns, table->column_count);
    const char *words = json_string_value(json);
    char base_type[64] = "";
    if (json_is_object(json)) {
        check_keys(json, " is type max_length precision scale default_sql ");
        words = text_of(json, "is", "", arena);
    }
    if (words == NULL)
        die("not a column", name);
    column->may_update = true;
    bool is_key = set_flags(words, column_flags, column, base_type);
    column->name = arena_strdup(arena, name);
    column->quoted = quote(arena, name);
    column->base_type = arena_strdup(arena, base_type);
    column->type = text_of(json, "type", base_type, arena);
    column->max_length = (int)json_integer_value(json_object_get(json, "max_length"));
    column->precision = (int)json_integer_value(json_object_get(json, "precision"));
    column->scale = (int)json_integer_value(json_object_get(json, "scale"));
    if (json_object_get(json, "default_sql") != NULL)
        column->default_sql = text_of(json, "default_sql", "", arena);
    if (column->in_unique) {
        column->key_name = arena_printf(arena, "%s_%s_key", table->name, name);
        add_key(arena, column->key_name, column->name, table);
    }
    if (!is_key)
        return;
    column->not_null = column->in_primary_key = column->in_unique = true;
    column->leads_index = table->primary_key_count == 0;
    if (table->primary_key_count == 0 && table->key_count > 0)
        die("its primary key does not come first", table->text);
    if (table->primary_key_count == 0)
        add_key(arena, arena_printf(arena, "%s_pkey", table->name), column->name, table);
    else
        *ARENA_PUSH(arena, table->keys[0].columns, table->keys[0].plain_count) = column->name;
    table->keys[0].is_primary = true;
    table->keys[0].column_count = table->keys[0].plain_count;
    *ARENA_PUSH(arena, table->primary_key, table->primary_key_count) = column->quoted;
}

static void read_names(struct arena *arena, json_t *json, struct catalog_key *key)
{
    json_t *value;
    size_t i;
    json_array_foreach(json, i, value) * ARENA_PUSH(arena, key->columns, key->column_count) =
        arena_strdup(arena, json_string_value(value));
}

static void read_key(struct arena *arena, const char *name, json_t *json,
                     struct catalog_table *table)
{
    struct catalog_key *key = ARENA_PUSH(arena, table->keys, table->key_count);
    check_keys(json, " columns reads is ");
    key->name = arena_strdup(arena, name);
    read_names(arena, json_object_get(json, "columns"), key);
    key->plain_count = key->column_count;
    read_names(arena, json_object_get(json, "reads"), key);
    set_flags(text_of(json, "is", "", arena), key_flags, key, NULL);
}

static void read_code(struct arena *arena, json_t *json, struct catalog_table *table)
{
    const char *key;
    json_t *value;
    size_t i;
    json_object_foreach(json_object_get(json, "triggers"), key, value)
    {
        struct catalog_trigger *trigger = ARENA_PUSH(arena, table->triggers, table->trigger_count);
        trigger->name = arena_strdup(arena, key);
        set_flags(json_string_value(value), trigger_flags, trigger, NULL);
    }
    json_array_foreach(json_object_get(json, "foreign_code"), i, value) *
        ARENA_PUSH(arena, table->foreign_code, table->foreign_code_count) =
        arena_strdup(arena, json_string_value(value));
}

static int64_t microseconds_of(const char *instant)
{
    struct tm tm = {0};
    if (sscanf(instant, "%d-%d-%dT%d:%d:%d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday, &tm.tm_hour,
               &tm.tm_min, &tm.tm_sec) != 6)
        die("not an instant", instant);
    tm.tm_year -= 1900;
    tm.tm_mon--;
    return (int64_t)timegm(&tm) * 1000000;
}

/* [column, first instant beyond it]; without that it has no end */
static void read_bound(struct arena *arena, json_t *json, struct catalog_table *table)
{
    if (json == NULL)
        return;
    const char *end = json_string_value(json_array_get(json, 1));
    table->bound_column = arena_strdup(arena, json_string_value(json_array_get(json, 0)));
    table->bound_end = end == NULL ? INT64_MAX : microseconds_of(end);
}

/* [kind, shards, distribution column] */
static void read_citus(struct arena *arena, json_t *json, struct catalog_table *table)
{
    const char *column = json_string_value(json_array_get(json, 2));
    if (json == NULL)
        return;
    const char *kind = json_string_value(json_array_get(json, 0));
    table->citus = (enum citus_kind)(1 + (strchr("drl", kind[0]) - "drl"));
    table->shard_count = (int)json_integer_value(json_array_get(json, 1));
    table->distribution_column = column == NULL ? NULL : arena_strdup(arena, column);
}

static void read_table(struct catalog *catalog, const char *text, json_t *json)
{
    struct arena *arena = &catalog->arena;
    struct catalog_table *table = &catalog->tables[catalog->table_count];
    struct table_name name;
    struct error err;
    const char *key;
    json_t *value;
    size_t i;
    check_keys(json, " kind parent is columns keys triggers foreign_code fingerprint bound "
                     "publications citus rows ");
    if (table_name_parse(text, arena, &name, &err) != 0)
        die("not a table name", text);
    *table = (struct catalog_table){
        .oid = (uint32_t)(1000 + catalog->table_count),
        .schema = name.schema,
        .name = name.name,
        .text = arena_strdup(arena, text),
        .quoted = arena_printf(arena, "%s.%s", quote(arena, name.schema), quote(arena, name.name)),
        .alias = quote(arena, name.name),
        .kind = text_of(json, "kind", "r", arena)[0],
        .is_heap = true,
        .may_select = true,
        .may_delete = true,
        .may_update = true,
        .may_insert = true,
        .may_use_schema = true,
        .may_analyze = true,
        .has_details = true,
        .estimated_rows = number_of(json, "rows", -1),
    };
    if (json_object_get(json, "parent") != NULL)
        table->parent = table_named(catalog, text_of(json, "parent", "", arena));
    read_citus(arena, json_object_get(json, "citus"), table);
    table->is_partition = table->parent != NULL && table->parent->kind == 'p';
    catalog->table_count++;
    set_flags(text_of(json, "is", "", arena), table_flags, table, NULL);
    json_object_foreach(json_object_get(json, "columns"), key, value)
        read_column(arena, key, value, table);
    json_object_foreach(json_object_get(json, "keys"), key, value)
        read_key(arena, key, value, table);
    read_code(arena, json, table);
    read_bound(arena, json_object_get(json, "bound"), table);
    json_array_foreach(json_object_get(json, "publications"), i, value)
        ARENA_PUSH(arena, table->publications, table->publication_count)
            ->name = arena_strdup(arena, json_string_value(value));
    sha256_hex(text, strlen(text), table->fingerprint);
    if (json_object_get(json, "fingerprint") != NULL)
        snprintf(table->fingerprint, sizeof table->fingerprint, "%s",
                 text_of(json, "fingerprint", "", arena));
}

static void read_tables(struct catalog *catalog, json_t *json)
{
    const char *key;
    json_t *value;
    catalog->tables =
        arena_alloc(&catalog->arena, json_object_size(json) * sizeof *catalog->tables + 1);
    json_object_foreach(json, key, value) read_table(catalog, key, value);
    for (size_t i = 0; i < catalog->table_count; i++) {
        struct catalog_table *leaf = &catalog->tables[i];
        if (strchr("rmf", leaf->kind) == NULL)
            continue;
        for (struct catalog_table *t = leaf; t != NULL; t = t->parent)
            *ARENA_PUSH(&catalog->arena, t->leaves, t->leaf_count) = leaf;
    }
}

static void read_fkey(struct catalog *catalog, const char *name, json_t *json)
{
    static const char *const actions[] = {"no action", "restrict", "cascade", "set null",
                                          "set default"};
    struct arena *arena = &catalog->arena;
    struct catalog_fkey *fkey = ARENA_PUSH(arena, catalog->fkeys, catalog->fkey_count);
    check_keys(json, " child parent columns on_delete indexed ");
    const char *words = text_of(json, "on_delete", "no action", arena), *key;
    size_t a = 0, count = 0;
    json_t *value;
    while (a < 5 && strcmp(actions[a], words) != 0)
        a++;
    if (a == 5)
        die("unknown action", words);
    fkey->name = arena_strdup(arena, name);
    fkey->child = table_named(catalog, text_of(json, "child", "", arena));
    fkey->parent = table_named(catalog, text_of(json, "parent", "", arena));
    fkey->on_delete = (enum reference_action) "arcnd"[a];
    fkey->on_update = REFERENCE_NO_ACTION;
    fkey->child_is_indexed = !json_is_false(json_object_get(json, "indexed"));
    json_object_foreach(json_object_get(json, "columns"), key, value)
    {
        size_t same = count, also = count, names = count;
        *ARENA_PUSH(arena, fkey->parent_column_names, names) =
            arena_strdup(arena, json_string_value(value));
        *ARENA_PUSH(arena, fkey->child_columns, same) = quote(arena, key);
        *ARENA_PUSH(arena, fkey->child_column_names, also) = arena_strdup(arena, key);
        *ARENA_PUSH(arena, fkey->parent_columns, count) = quote(arena, json_string_value(value));
    }
    fkey->column_count = count;
}

static struct moment read_moment(struct arena *arena, const char *instant)
{
    return (struct moment){arena_printf(arena, "%.10s %.8s", instant, instant + 11),
                           arena_strdup(arena, instant), arena_printf(arena, "%.10s", instant),
                           microseconds_of(instant)};
}

/* "12 months": instant, or "12 months by month": [start of the last whole one, its end] */
static void read_cutoff(struct catalog *catalog, const char *key, json_t *json)
{
    struct arena *arena = &catalog->arena;
    struct catalog_cutoff *cutoff = ARENA_PUSH(arena, catalog->cutoffs, catalog->cutoff_count);
    struct error err;
    const char *by = strstr(key, " by ");
    const char *window = by == NULL ? key : arena_strndup(arena, key, (size_t)(by - key));
    while (by != NULL && strcmp(period_name(++cutoff->period), by + 4) != 0)
        if (cutoff->period == PERIOD_YEAR)
            die("not a period", by + 4);
    const char *instant = json_string_value(by == NULL ? json : json_array_get(json, 1));
    if (window_parse(window, arena, &cutoff->window, &err) != 0 || instant == NULL)
        die("not a cutoff", window);
    struct moment end = read_moment(arena, instant);
    cutoff->before =
        by == NULL ? end : read_moment(arena, json_string_value(json_array_get(json, 0)));
    cutoff->instant = end.instant;
    cutoff->local = end.local;
    cutoff->date = end.date;
    cutoff->microseconds = end.microseconds;
}

/* The policy's own pointer to an expression, and where it stands. */
static const char *policy_expression(const struct policy *policy, const char *text,
                                     struct mark *ret_mark)
{
    for (size_t i = 0; i < policy->rule_count; i++) {
        const struct policy_rule *rule = &policy->rules[i];
        *ret_mark = rule->only_mark;
        if (rule->only != NULL && strcmp(rule->only, text) == 0)
            return rule->only;
        *ret_mark = rule->unless_mark;
        if (rule->unless != NULL && strcmp(rule->unless, text) == 0)
            return rule->unless;
    }
    for (size_t i = 0; i < policy->hold_count; i++) {
        *ret_mark = policy->holds[i].where_mark;
        if (strcmp(policy->holds[i].where, text) == 0)
            return policy->holds[i].where;
    }
    die("no such expression", text);
    return NULL;
}

static void read_rejection(struct catalog *catalog, const struct policy *policy, json_t *json)
{
    struct arena *arena = &catalog->arena;
    struct catalog_rejection *rejection =
        ARENA_PUSH(arena, catalog->rejections, catalog->rejection_count);
    check_keys(json, " expression table reason ");
    rejection->expression =
        policy_expression(policy, text_of(json, "expression", "", arena), &rejection->mark);
    rejection->table = table_named(catalog, text_of(json, "table", "", arena));
    rejection->reason = text_of(json, "reason", "", arena);
    rejection->sqlstate = "42703";
}

/* Of one rule, by its number: what statistics say of its table. */
static void read_share(struct catalog *catalog, const struct policy *policy, json_t *json)
{
    check_keys(json, " rule before correlation is_indexed in_part ");
    const struct policy_rule *rule =
        &policy->rules[json_integer_value(json_object_get(json, "rule"))];
    struct catalog_share *share =
        ARENA_PUSH(&catalog->arena, catalog->shares, catalog->share_count);
    share->table = table_named(catalog, rule->table.text);
    share->column = rule->clock->columns[0];
    share->cutoff = catalog_find_cutoff(catalog, &rule->keep, rule->summary.period);
    share->before = json_number_value(json_object_get(json, "before"));
    share->correlation = json_number_value(json_object_get(json, "correlation"));
    share->is_indexed = !json_is_false(json_object_get(json, "is_indexed"));
    share->in_part = number_of(json, "in_part", -1);
}

void catalog_from_json(const char *text, const struct policy *policy, struct catalog *ret_catalog)
{
    json_error_t error;
    json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, &error), *value;
    const char *key;
    size_t i;
    if (json == NULL)
        die(error.text, text);
    check_keys(json, " is role server cutoffs tables fkeys rejections shares ");
    *ret_catalog = (struct catalog){
        .server_version_num = 150000,
        .server_version = "15.0",
        .database = "golden",
        .system_identifier = "7000000000000000001",
        .session_replication_role = "origin",
        .now = "2024-06-30T12:00:00Z",
        .as_of = "2024-06-30T12:00:00Z",
        .as_of_local = "2024-06-30 12:00:00",
        .as_of_date = "2024-06-30",
        .as_of_microseconds = microseconds_of("2024-06-30T12:00:00Z"),
        .block_bytes = 8192,
        .timeline = 1,
    };
    if (json_object_get(json, "server") != NULL)
        ret_catalog->server_version_num = (int)json_integer_value(json_object_get(json, "server"));
    ret_catalog->role = text_of(json, "role", "eraser", &ret_catalog->arena);
    set_flags(text_of(json, "is", "", &ret_catalog->arena), server_flags, ret_catalog, NULL);
    read_tables(ret_catalog, json_object_get(json, "tables"));
    json_object_foreach(json_object_get(json, "fkeys"), key, value)
        read_fkey(ret_catalog, key, value);
    catalog_index(ret_catalog);
    json_object_foreach(json_object_get(json, "cutoffs"), key, value)
        read_cutoff(ret_catalog, key, value);
    json_array_foreach(json_object_get(json, "rejections"), i, value)
        read_rejection(ret_catalog, policy, value);
    json_array_foreach(json_object_get(json, "shares"), i, value)
        read_share(ret_catalog, policy, value);
    json_decref(json);
}
