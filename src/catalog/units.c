/* units.c - whether the values of clocks with a unit are dates in it, as far as statistics tell. */
#include "catalog/catalog_private.h"

#include <string.h>

/* The question as two array literals; columns[i] is the i-th's answer's. */
struct question {
    struct buffer oids, names;
    struct catalog_column **columns;
    size_t count;
};

static void ask(struct question *question, struct arena *arena, const struct catalog_table *table,
                struct catalog_column *column)
{
    char separator = question->count == 0 ? '{' : ',';
    buffer_addf(&question->oids, "%c%u", separator, (unsigned)table->oid);
    buffer_addf(&question->names, "%c\"", separator);
    for (const char *c = column->name; *c != '\0'; c++)
        buffer_addf(&question->names, *c == '"' || *c == '\\' ? "\\%c" : "%c", *c);
    buffer_add(&question->names, "\"");
    *ARENA_PUSH(arena, question->columns, question->count) = column;
}

/* The columns of the clock itself, which stand in the table at the end of its chain of parents. */
static void ask_for_clock(struct question *question, const struct catalog *catalog,
                          struct arena *arena, const struct policy_clock *clock,
                          const struct catalog_table *table)
{
    for (; clock->kind == CLOCK_PARENT && table != NULL; clock = clock->of)
        table = catalog_find_table(catalog, &clock->parent);
    for (size_t i = 0; table != NULL && clock->unit != UNIT_NONE && i < clock->column_count; i++)
        for (size_t c = 0; c < table->column_count; c++)
            if (strcmp(table->columns[c].name, clock->columns[i]) == 0)
                ask(question, arena, table, &table->columns[c]);
}

static void answer(const struct db_result *r, int row, struct arena *arena,
                   const struct question *question)
{
    struct catalog_dates *dates = arena_alloc(arena, sizeof *dates);
    dates->values = db_int(r, row, 1);
    for (int unit = UNIT_SECONDS; unit < CLOCK_UNITS; unit++)
        dates->in_unit[unit] = db_int(r, row, 1 + unit);
    question->columns[db_int(r, row, 0) - 1]->dates = dates;
}

int catalog_read_units(struct db *db, const struct policy *policy, struct catalog *catalog,
                       struct error *err)
{
    struct question question = {.count = 0};
    struct db_result *r = NULL;
    int rc = 0;
    for (size_t i = 0; i < policy->rule_count; i++) {
        const struct catalog_table *table = NULL;
        while ((table = catalog_next_match(catalog, &policy->rules[i].table, table)) != NULL)
            ask_for_clock(&question, catalog, &catalog->arena, policy->rules[i].clock, table);
    }
    if (question.count > 0) {
        buffer_add(&question.oids, "}");
        buffer_add(&question.names, "}");
        const char *params[] = {question.oids.data, question.names.data};
        rc = db_query_text(db, sql_units, params, 2, &r, err);
    }
    for (int i = 0; rc == 0 && r != NULL && i < db_rows(r); i++)
        answer(r, i, &catalog->arena, &question);
    db_result_free(r);
    buffer_free(&question.oids);
    buffer_free(&question.names);
    return rc;
}
