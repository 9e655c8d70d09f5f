/*
 * expressions.c - asks the server whether a scope or hold expression is one boolean expression
 *
 * Parentheses do not jail an expression: `true) OR (true` is valid inside them, and a trailing `--`
 * eats the rest of its line. So each expression stands on lines of its own and is parsed alone
 * three times: in parentheses (type boolean), as the only element of an array (no bracket can be
 * closed and opened again in both), and as a WHERE clause (no aggregates or sets). Nothing is run.
 */
#include "catalog/catalog_private.h"

#include <ctype.h>
#include <string.h>

enum { BOOL_OID = 16 };

/* Parses `head`, the expression on lines of its own, and `tail`. */
static int describe(struct db *db, const char *head, const char *expression, const char *tail,
                    uint32_t *ret_type, int *ret_position, struct error *err)
{
    struct buffer sql = {0};
    int columns = 0;
    buffer_addf(&sql, "%s\n%s\n%s", head, expression, tail);
    int rc = db_describe(db, sql.data, ret_type, &columns, ret_position, err);
    *ret_position -= (int)strlen(head) + 1;
    buffer_free(&sql);
    return rc;
}

/* The identifier at the server's position; anything else there could be a literal. */
static const char *word_at(struct arena *arena, const char *expression, int position)
{
    size_t length = 0;
    if (position < 1 || (size_t)position > strlen(expression))
        return "";
    const char *word = expression + position - 1;
    while (isalnum((unsigned char)word[length]) || word[length] == '_' || word[length] == '.')
        length++;
    if (length == 0 || isdigit((unsigned char)word[0]))
        return "";
    return arena_printf(arena, " at \"%.*s\"", (int)(length > 63 ? 63 : length), word);
}

static int try_shapes(struct db *db, struct arena *arena, const struct catalog_table *table,
                      const char *expression, int *ret_position, struct error *err)
{
    uint32_t type = 0;
    const char *from = arena_printf(arena, " FROM ONLY %s AS %s", table->quoted, table->alias);
    if (describe(db, "SELECT (", expression, arena_printf(arena, ")%s", from), &type, ret_position,
                 err) != 0)
        return -1;
    *ret_position = 0;
    if (type != BOOL_OID)
        return error_set(err, EXIT_USAGE, "the expression is not boolean");
    if (describe(db, "SELECT ARRAY[", expression, arena_printf(arena, "]%s", from), &type,
                 ret_position, err) != 0) {
        *ret_position = 0;
        return error_set(err, EXIT_USAGE, "not a single expression: its brackets do not match");
    }
    return describe(db, arena_printf(arena, "SELECT%s WHERE ((", from), expression, ") IS FALSE)",
                    &type, ret_position, err);
}

static int try_one(struct db *db, struct catalog *catalog, const struct catalog_table *table,
                   const char *expression, struct mark mark, struct error *err)
{
    struct error why;
    int position = 0;
    if (expression == NULL || catalog_find_rejection(catalog, expression, table) != NULL)
        return 0;
    if (db_run(db, "SAVEPOINT expression", err) != 0)
        return -1;
    int rc = try_shapes(db, &catalog->arena, table, expression, &position, &why);
    if (db_run(db, "ROLLBACK TO SAVEPOINT expression", err) != 0 ||
        db_run(db, "RELEASE SAVEPOINT expression", err) != 0)
        return -1;
    if (rc == 0)
        return 0;
    struct catalog_rejection *rejection =
        ARENA_PUSH(&catalog->arena, catalog->rejections, catalog->rejection_count);
    rejection->expression = expression;
    rejection->table = table;
    rejection->sqlstate = arena_strdup(&catalog->arena, why.sqlstate);
    rejection->reason = arena_printf(&catalog->arena, "%s%s", why.message,
                                     word_at(&catalog->arena, expression, position));
    rejection->mark = mark;
    return 0;
}

static int try_hold(struct db *db, struct catalog *catalog, const struct policy_hold *hold,
                    const struct catalog_table *table, struct error *err)
{
    for (size_t i = 0; i < hold->table_count; i++)
        if (table_name_matches(&hold->tables[i], table->schema, table->name))
            return try_one(db, catalog, table, hold->where, hold->where_mark, err);
    return 0;
}

static bool has_rows(const struct catalog_table *table)
{
    return table->kind == 'r' || table->kind == 'p';
}

int catalog_try_expressions(struct db *db, const struct policy *policy, struct catalog *catalog,
                            struct error *err)
{
    for (size_t t = 0; t < catalog->table_count; t++) {
        const struct catalog_table *table = &catalog->tables[t];
        if (!table->has_details || !has_rows(table))
            continue;
        for (size_t i = 0; i < policy->rule_count; i++) {
            const struct policy_rule *rule = &policy->rules[i];
            if (!table_name_matches(&rule->table, table->schema, table->name))
                continue;
            if (try_one(db, catalog, table, rule->only, rule->only_mark, err) != 0 ||
                try_one(db, catalog, table, rule->unless, rule->unless_mark, err) != 0)
                return -1;
        }
        for (size_t i = 0; i < policy->hold_count; i++)
            if (try_hold(db, catalog, &policy->holds[i], table, err) != 0)
                return -1;
    }
    return 0;
}
