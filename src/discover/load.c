/* load.c - reads what the catalogue says of all columns and has each judged. */
#include "discover/discover.h"

#include "base/buffer.h"
#include "base/part.h"
#include "discover/lexicon.h"
#include "discover/values.h"

#include <stdlib.h>
#include <string.h>

extern const char sql_discover_columns[];

/* What else than its own name the catalogue says of a column. */
struct hint {
    const char *domain, *comment; /* or NULL */
    bool checks_at_sign;          /* a constraint looks for "@" */
};

static const char *copy_of(struct arena *arena, const char *text)
{
    return text == NULL ? NULL : arena_strdup(arena, text);
}

static void add_column(struct discovery *discovery, const struct db_result *r, int row)
{
    struct arena *arena = &discovery->arena;
    struct discovered_column *before =
        discovery->column_count == 0 ? NULL : &discovery->columns[discovery->column_count - 1];
    struct discovered_column column = {
        .table_oid = (uint32_t)db_int(r, row, 0),
        .column = arena_strdup(arena, db_value(r, row, 3)),
        .column_quoted = arena_strdup(arena, db_value(r, row, 8)),
        .number = (int)db_int(r, row, 6),
        .type = arena_strdup(arena, db_value(r, row, 4)),
        .base_type = arena_strdup(arena, db_value(r, row, 5)),
        .refers_to = copy_of(arena, db_value(r, row, 14)),
        .is_text = db_bool(r, row, 12),
        .may_select = db_bool(r, row, 13),
    };
    if (before != NULL && before->table_oid == column.table_oid) {
        column.schema = before->schema;
        column.table = before->table;
        column.table_text = before->table_text;
        column.table_quoted = before->table_quoted;
    } else {
        column.schema = arena_strdup(arena, db_value(r, row, 1));
        column.table = arena_strdup(arena, db_value(r, row, 2));
        column.table_text = part_join(arena, column.schema, column.table);
        column.table_quoted = arena_strdup(arena, db_value(r, row, 7));
    }
    *ARENA_PUSH(arena, discovery->columns, discovery->column_count) = column;
}

/* Judges by another name that somebody gave the column, if its own says nothing. */
static void judge_named(const struct lexicon *lexicon, struct discovered_column *column,
                        const char *name, const char *why)
{
    if (column->category != NULL || name == NULL)
        return;
    struct discovered_column other = {
        .schema = "", .table = "", .column = name, .base_type = column->base_type};
    discover_judge(lexicon, &other, 1);
    if (other.category == NULL)
        return;
    column->category = other.category;
    column->kind = other.kind;
    column->vendor = other.vendor;
    column->score = other.score * 0.9;
    column->why = why;
}

static void judge_hint(const struct lexicon *lexicon, struct discovered_column *column,
                       const struct hint *hint)
{
    judge_named(lexicon, column, hint->domain, "domain");
    judge_named(lexicon, column, hint->comment, "comment");
    if (column->category == NULL && hint->checks_at_sign) {
        column->category = "personal";
        column->kind = "email";
        column->score = 0.8;
        column->why = "constraint";
    }
}

/* Table by table, as the columns of a table say what it is about. */
static void judge_all(struct discovery *discovery, const struct hint *hints)
{
    const struct lexicon *lexicon = lexicon_build(&discovery->arena);
    struct discovered_column *columns = discovery->columns;
    size_t count = discovery->column_count;
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count; end++)
            if (columns[end].table_oid != columns[first].table_oid)
                break;
        discover_judge(lexicon, &columns[first], end - first);
    }
    for (size_t i = 0; i < count; i++)
        judge_hint(lexicon, &columns[i], &hints[i]);
}

static void read_columns(struct discovery *discovery, const struct db_result *r)
{
    struct hint *hints = NULL;
    size_t hint_count = 0;
    for (int i = 0; i < db_rows(r); i++) {
        add_column(discovery, r, i);
        *ARENA_PUSH(&discovery->arena, hints, hint_count) =
            (struct hint){copy_of(&discovery->arena, db_value(r, i, 9)),
                          copy_of(&discovery->arena, db_value(r, i, 10)), db_bool(r, i, 11)};
    }
    judge_all(discovery, hints);
}

/* As a text[] literal. */
static const char *schema_array(const struct discover_options *options, struct arena *arena)
{
    struct buffer out = {0};
    if (options->schemas == NULL)
        return NULL;
    buffer_add(&out, "{");
    for (size_t i = 0; i < options->schema_count; i++) {
        buffer_add(&out, i == 0 ? "\"" : ",\"");
        for (const char *c = options->schemas[i]; *c != '\0'; c++)
            buffer_addf(&out, *c == '"' || *c == '\\' ? "\\%c" : "%c", *c);
        buffer_add(&out, "\"");
    }
    buffer_add(&out, "}");
    const char *text = arena_strdup(arena, out.data);
    buffer_free(&out);
    return text;
}

int discover_load(struct db *db, const struct discover_options *options,
                  struct discovery **ret_discovery, struct error *err)
{
    struct discovery *discovery = calloc(1, sizeof *discovery);
    if (discovery == NULL)
        return error_set(err, EXIT_FAILED, "out of memory");
    const char *schemas = schema_array(options, &discovery->arena);
    const char *params[] = {schemas, options->copies ? "t" : "f"};
    struct db_result *r = NULL;
    if (db_query_text(db, sql_discover_columns, params, 2, &r, err) != 0) {
        discovery_free(discovery);
        return -1;
    }
    read_columns(discovery, r);
    db_result_free(r);
    if (values_in_statistics(db, schemas, discovery, err) != 0 ||
        (options->samples && values_in_sample(db, discovery, err) != 0)) {
        discovery_free(discovery);
        return -1;
    }
    *ret_discovery = discovery;
    return 0;
}

void discovery_free(struct discovery *discovery)
{
    if (discovery == NULL)
        return;
    arena_free(&discovery->arena);
    free(discovery);
}
