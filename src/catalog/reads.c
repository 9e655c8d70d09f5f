/*
 * reads.c - which columns of its table a clock expression reads
 *
 * The server tells by refusing: the expression is parsed over a row without columns, and again with
 * each column that the server missed, until it is content. That is exact also where a subquery has
 * columns of the same name, and takes as many questions as columns are read.
 */
#include "catalog/catalog_private.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { NAME_BYTES = 64 }; /* PostgreSQL's NAMEDATALEN */

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

/* The byte of a 1-based position that counts characters. */
static const char *place(const char *text, int position)
{
    for (; position > 1 && *text != '\0'; position--)
        do
            text++;
        while (((unsigned char)*text & 0xc0) == 0x80);
    return text;
}

/* Takes one part of a name, quoted or folded; returns what stands behind it, or NULL. */
static const char *take_part(const char *at, char name[NAME_BYTES])
{
    size_t length = 0;
    bool quoted = *at == '"';
    for (at += quoted; quoted ? *at != '\0' && (*at != '"' || at[1] == '"') : is_word(*at); at++) {
        at += quoted && *at == '"';
        if (length + 1 < NAME_BYTES)
            name[length++] =
                (char)(quoted || (unsigned char)*at >= 0x80 ? *at : tolower((unsigned char)*at));
    }
    name[length] = '\0';
    return length == 0 ? NULL : at + quoted;
}

/* The column of the table that the name at `at` means, `column` or `table.column`; or NULL. */
static const struct catalog_column *column_at(const struct catalog_table *table, const char *at)
{
    char name[NAME_BYTES];
    at = take_part(at, name);
    if (at != NULL && *at == '.')
        at = take_part(at + 1, name);
    return at == NULL ? NULL : catalog_find_column(table, name);
}

/* Whether the row as a whole is named, as in to_jsonb(t): then any column could be read. */
static bool names_row(const struct catalog_table *table, const char *expression)
{
    size_t length = strlen(table->name);
    for (const char *at = expression; (at = strcasestr(at, table->name)) != NULL; at += length) {
        bool starts = at == expression || (!is_word(at[-1]) && at[-1] != '.');
        const char *next = at + length + (at[length] == '"');
        if (starts && !is_word(*next) && (*next != '.' || next[1] == '*'))
            return true;
    }
    return false;
}

static bool is_known(const struct catalog_expression *found, const struct catalog_column *column)
{
    for (size_t i = 0; i < found->read_count; i++)
        if (found->reads[i] == column)
            return true;
    return false;
}

/* Parses the expression over the columns known so far. */
static int parse(struct db *db, const struct catalog_expression *found, int *ret_position,
                 struct error *err)
{
    static const char head[] = "SELECT (\n";
    const struct catalog_table *table = found->table;
    struct buffer sql = {0};
    uint32_t type = 0;
    int columns = 0;
    buffer_addf(&sql, "%s%s\n) FROM (SELECT", head, found->expression);
    for (size_t i = 0; i < found->read_count; i++)
        buffer_addf(&sql, "%s %s", i == 0 ? "" : ",", found->reads[i]->quoted);
    buffer_addf(&sql, " FROM ONLY %s) AS %s", table->quoted, table->alias);
    *ret_position = 0;
    int rc = db_describe(db, sql.data, &type, &columns, ret_position, err);
    *ret_position -= (int)strlen(head);
    buffer_free(&sql);
    return rc;
}

int catalog_trace_columns(struct db *db, struct arena *arena, struct catalog_expression *found,
                          struct error *err)
{
    struct error why;
    int position = 0;
    if (db_run(db, "SAVEPOINT reads", err) != 0)
        return -1;
    while (parse(db, found, &position, &why) != 0) {
        const struct catalog_column *column =
            position < 1 ? NULL : column_at(found->table, place(found->expression, position));
        if (db_run(db, "ROLLBACK TO SAVEPOINT reads", err) != 0)
            return -1;
        found->may_read_others = column == NULL || is_known(found, column);
        if (found->may_read_others)
            break;
        *ARENA_PUSH(arena, found->reads, found->read_count) = column;
    }
    found->may_read_others = found->may_read_others || names_row(found->table, found->expression);
    return db_run(db, "RELEASE SAVEPOINT reads", err);
}
