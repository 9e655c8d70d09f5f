/*
 * expressions.c - asks the server whether a scope, hold or clock expression is one expression
 *
 * Parentheses do not jail an expression: `true) OR (true` is valid inside them, and a trailing `--`
 * eats the rest of its line. So each expression stands on lines of its own and is parsed alone
 * three times: in parentheses (its type), as the only element of an array (no bracket can be
 * closed and opened again in both), and as a WHERE clause (no aggregates or sets). Then it is
 * explained, which asks for the privileges. Nothing is run.
 *
 * A clock must say the same each time it is asked. Whether it calls anything volatile only the
 * planner knows; it shows it, on a standby too, by leaving a subquery that does alone.
 */
#include "catalog/catalog_private.h"

#include <ctype.h>
#include <string.h>

enum { BOOL_OID = 16, DATE_OID = 1082, TIMESTAMP_OID = 1114, TIMESTAMPTZ_OID = 1184 };

/* An expression of the policy on one table; a clock if `is_clock`, else a condition. */
struct trial {
    const char *expression;
    const struct catalog_table *table;
    struct mark mark;
    bool is_clock;
};

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

static const char *clock_type(uint32_t type)
{
    switch (type) {
    case DATE_OID:
        return "date";
    case TIMESTAMP_OID:
        return "timestamp";
    case TIMESTAMPTZ_OID:
        return "timestamptz";
    default:
        return NULL;
    }
}

static int try_shapes(struct db *db, struct arena *arena, const struct trial *trial,
                      uint32_t *ret_type, int *ret_position, struct error *err)
{
    const struct catalog_table *table = trial->table;
    const char *expression = trial->expression;
    uint32_t type = 0;
    const char *from = arena_printf(arena, " FROM ONLY %s AS %s", table->quoted, table->alias);
    if (describe(db, "SELECT (", expression, arena_printf(arena, ")%s", from), ret_type,
                 ret_position, err) != 0)
        return -1;
    *ret_position = 0;
    if (trial->is_clock && clock_type(*ret_type) == NULL)
        return error_set(err, EXIT_USAGE, "the expression is no timestamptz, timestamp or date");
    if (!trial->is_clock && *ret_type != BOOL_OID)
        return error_set(err, EXIT_USAGE, "the expression is not boolean");
    if (describe(db, "SELECT ARRAY[", expression, arena_printf(arena, "]%s", from), &type,
                 ret_position, err) != 0) {
        *ret_position = 0;
        return error_set(err, EXIT_USAGE, "not a single expression: its brackets do not match");
    }
    return describe(db, arena_printf(arena, "SELECT%s WHERE ((", from), expression, ") IS NULL)",
                    &type, ret_position, err);
}

static int try_volatility(struct db *db, struct arena *arena, const struct trial *trial,
                          struct error *err)
{
    struct db_result *r = NULL;
    const char *sql =
        arena_printf(arena,
                     "EXPLAIN (COSTS OFF) SELECT t.c IS NULL FROM (SELECT (\n%s\n) AS c"
                     " FROM ONLY %s AS %s) AS t WHERE t.c IS NOT NULL",
                     trial->expression, trial->table->quoted, trial->table->alias);
    if (db_query_text(db, sql, NULL, 0, &r, err) != 0)
        return -1;
    const char *node = db_rows(r) > 0 ? db_value(r, 0, 0) : "";
    bool is_volatile = strncmp(node, "Subquery Scan", strlen("Subquery Scan")) == 0;
    db_result_free(r);
    if (is_volatile)
        return error_set(err, EXIT_USAGE, "the expression calls a volatile function");
    return 0;
}

/* Parsing asks for no privileges on what a condition reads elsewhere; the planner's answer does. */
static int try_privileges(struct db *db, struct arena *arena, const struct trial *trial,
                          struct error *err)
{
    struct db_result *r = NULL;
    if (!trial->table->may_select)
        return 0; /* which is a finding of its own */
    int rc = db_query_text(
        db,
        arena_printf(arena, "EXPLAIN SELECT FROM ONLY %s AS %s WHERE ((\n%s\n)) IS NULL",
                     trial->table->quoted, trial->table->alias, trial->expression),
        NULL, 0, &r, err);
    db_result_free(r);
    if (rc != 0 && strcmp(err->sqlstate, "42501") == 0) {
        error_set(err, EXIT_USAGE,
                  "the role may not read a table, or call a function, that the "
                  "expression uses");
        memcpy(err->sqlstate, "42501", sizeof "42501");
    }
    return rc;
}

static void reject(struct catalog *catalog, const struct trial *trial, const struct error *why,
                   int position)
{
    struct catalog_rejection *rejection =
        ARENA_PUSH(&catalog->arena, catalog->rejections, catalog->rejection_count);
    rejection->expression = trial->expression;
    rejection->table = trial->table;
    rejection->sqlstate = arena_strdup(&catalog->arena, why->sqlstate);
    rejection->reason = arena_printf(&catalog->arena, "%s%s", why->message,
                                     word_at(&catalog->arena, trial->expression, position));
    rejection->mark = trial->mark;
}

static int accept_clock(struct db *db, struct catalog *catalog, const struct trial *trial,
                        uint32_t type, struct error *err)
{
    struct catalog_expression *accepted =
        ARENA_PUSH(&catalog->arena, catalog->expressions, catalog->expression_count);
    accepted->expression = trial->expression;
    accepted->table = trial->table;
    accepted->value.name = "an expression";
    accepted->value.type = accepted->value.base_type = clock_type(type);
    return catalog_trace_columns(db, &catalog->arena, accepted, err);
}

static int try_one(struct db *db, struct catalog *catalog, const struct trial *trial,
                   struct error *err)
{
    struct error why;
    int position = 0;
    uint32_t type = 0;
    if (trial->expression == NULL ||
        catalog_find_rejection(catalog, trial->expression, trial->table) != NULL ||
        catalog_find_expression(catalog, trial->expression, trial->table) != NULL)
        return 0;
    if (db_run(db, "SAVEPOINT expression", err) != 0)
        return -1;
    int rc = try_shapes(db, &catalog->arena, trial, &type, &position, &why);
    if (rc == 0)
        rc = trial->is_clock ? try_volatility(db, &catalog->arena, trial, &why)
                             : try_privileges(db, &catalog->arena, trial, &why);
    if (db_run(db, "ROLLBACK TO SAVEPOINT expression", err) != 0 ||
        db_run(db, "RELEASE SAVEPOINT expression", err) != 0)
        return -1;
    if (rc == 0 && trial->is_clock)
        return accept_clock(db, catalog, trial, type, err);
    if (rc != 0)
        reject(catalog, trial, &why, position);
    return 0;
}

/* A clock's expression stands on the table at the end of its chain of parents. */
static int try_clock(struct db *db, struct catalog *catalog, const struct policy_clock *clock,
                     const struct catalog_table *table, struct error *err)
{
    while (clock->kind == CLOCK_PARENT && table != NULL) {
        table = catalog_find_table(catalog, &clock->parent);
        clock = clock->of;
    }
    if (table == NULL || !table->has_details)
        return 0;
    struct trial trial = {clock->sql, table, clock->sql_mark, true};
    return try_one(db, catalog, &trial, err);
}

static bool has_rows(const struct catalog_table *table)
{
    return table->kind == 'r' || table->kind == 'p';
}

static int try_rule(struct db *db, struct catalog *catalog, const struct policy_rule *rule,
                    struct error *err)
{
    const struct catalog_table *table = NULL;
    while ((table = catalog_next_match(catalog, &rule->table, table)) != NULL) {
        struct trial only = {rule->only, table, rule->only_mark, false};
        struct trial unless = {rule->unless, table, rule->unless_mark, false};
        if (has_rows(table) &&
            (try_one(db, catalog, &only, err) != 0 || try_one(db, catalog, &unless, err) != 0 ||
             try_clock(db, catalog, rule->clock, table, err) != 0))
            return -1;
    }
    return 0;
}

static int try_hold(struct db *db, struct catalog *catalog, const struct policy_hold *hold,
                    struct error *err)
{
    for (size_t i = 0; i < hold->table_count; i++) {
        const struct catalog_table *table = NULL;
        while ((table = catalog_next_match(catalog, &hold->tables[i], table)) != NULL) {
            struct trial trial = {hold->where, table, hold->where_mark, false};
            if (has_rows(table) && try_one(db, catalog, &trial, err) != 0)
                return -1;
        }
    }
    return 0;
}

int catalog_try_expressions(struct db *db, const struct policy *policy, struct catalog *catalog,
                            struct error *err)
{
    for (size_t i = 0; i < policy->rule_count; i++)
        if (try_rule(db, catalog, &policy->rules[i], err) != 0)
            return -1;
    for (size_t i = 0; i < policy->hold_count; i++)
        if (try_hold(db, catalog, &policy->holds[i], err) != 0)
            return -1;
    return 0;
}
