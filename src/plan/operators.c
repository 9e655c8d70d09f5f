/*
 * operators.c - expressions whose operators another schema would have to provide
 *
 * The search_path is empty, so `=` between two citext values is that of text and minds the case.
 * The server takes such an expression without a word, and shows no parsed form of it; so the words
 * are read: a column of such a type, and no OPERATOR(schema.=) in the expression.
 */
#include "plan/plan_private.h"
#include "plan/tokens.h"

#include <string.h>

/* A word that names the column, other than in `c IS NULL` or `c::type`. */
static bool compares(const char *expression, const struct catalog_column *column)
{
    struct token token, next;
    for (const char *at = token_next(expression, &token); token.length > 0 || *at != '\0';
         at = token_next(at, &token)) {
        token_next(at, &next);
        if (token.is_name && token_is(&token, column->name) && !token_is(&next, "is") &&
            !token_is(&next, "::"))
            return true;
    }
    return false;
}

static bool names_operators(const char *expression)
{
    struct token token, next;
    for (const char *at = token_next(expression, &token); token.length > 0 || *at != '\0';
         at = token_next(at, &token)) {
        token_next(at, &next);
        if (token_is(&token, "operator") && token_is(&next, "("))
            return true;
    }
    return false;
}

const struct catalog_column *plan_find_foreign_operator(const char *expression,
                                                        const struct catalog_table *table)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].operator_schema != NULL && compares(expression, &table->columns[i]) &&
            !names_operators(expression))
            return &table->columns[i];
    return NULL;
}

static void check_expression(struct plan *plan, struct plan_step *step, const char *key,
                             const char *expression, struct mark mark)
{
    const struct catalog_column *column =
        expression == NULL ? NULL : plan_find_foreign_operator(expression, step->table);
    if (column == NULL)
        return;
    struct finding *finding = plan_add_finding(
        plan, step, SEVERITY_WARNING, "operator-search-path",
        "%s: the operators of column \"%s\" of type %s are in schema %s, and the search_path is "
        "empty",
        key, column->name, column->type, column->operator_schema);
    finding->hint =
        arena_printf(&plan->arena,
                     "Others may be taken in their place: write OPERATOR(%s.=), or cast "
                     "the column.",
                     column->operator_schema);
    finding->mark = mark;
}

void plan_check_operators(struct plan *plan, struct plan_step *step)
{
    const struct policy_rule *rule = step->rule;
    check_expression(plan, step, "only", rule->only, rule->only_mark);
    check_expression(plan, step, "unless", rule->unless, rule->unless_mark);
    if (rule->clock->kind == CLOCK_SQL)
        check_expression(plan, step, "clock", rule->clock->sql, rule->clock->sql_mark);
}
