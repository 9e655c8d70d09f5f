/*
 * property_oracle.c - what a run must do to a drawn case, worked out row by row
 *
 * Every row becomes a row of o_row with its content as jsonb and its place on disk; every foreign
 * key value a row of o_ref. Ages, scopes and holds are judged by plain SQL into tables of their
 * own, then functions walk from row to row, children first. Tables that refer to one another in a
 * circle are judged together: all rows that a rule would take are thought to go, then those that
 * something keeps are struck out, again and again. Nothing here is shared with the tool.
 */
#include "property_case.h"

#include <stdlib.h>
#include <string.h>

static const char *oracle_column(struct property_case *property, enum case_column column)
{
    return property_quote(&property->arena, property->columns[column]);
}

/* o_row and o_ref. */
static void oracle_collect(struct property_case *property, struct buffer *sql, int table)
{
    struct arena *arena = &property->arena;
    const char *id = oracle_column(property, COLUMN_ID);
    buffer_addf(sql,
                "INSERT INTO o_row SELECT %d, %s, to_jsonb(x), concat(tableoid, ctid, xmin) "
                "FROM %s x;\n",
                table, id, property_table(property, table));
    for (int i = 0; i < property->tables[table].fkey_count; i++) {
        const struct case_fkey *fkey = &property->tables[table].fkeys[i];
        const char *tenant = property_quote(arena, fkey->columns[0]);
        buffer_addf(sql,
                    "INSERT INTO o_ref SELECT %d, c.%s, %d, %d, p.%s, '%c', '{%s\"%s\"}' "
                    "FROM %s c, %s p WHERE c.%s = p.%s%s;\n",
                    table, id, i, fkey->parent, id, fkey->action,
                    fkey->composite ? arena_printf(arena, "%s,", tenant) : "", fkey->columns[1],
                    property_table(property, table), property_table(property, fkey->parent),
                    property_quote(arena, fkey->columns[1]), id,
                    fkey->composite ? arena_printf(arena, " AND c.%s = p.tenant", tenant) : "");
    }
}

static void oracle_holds(struct property_case *property, struct buffer *sql)
{
    for (int i = 0; i < property->hold_count; i++) {
        const struct case_hold *hold = &property->holds[i];
        for (int j = 0; j < hold->table_count; j++) {
            buffer_addf(sql,
                        "INSERT INTO o_held SELECT %d, %s, %s FROM %s WHERE (%s\n) IS DISTINCT "
                        "FROM false;\n",
                        hold->tables[j], oracle_column(property, COLUMN_ID),
                        hold->follow ? "true" : "false", property_table(property, hold->tables[j]),
                        hold->where);
        }
    }
    buffer_add(sql, "SELECT pg_temp.o_spread();\n");
}

/* 'past', 'young' or 'undated', of one column by the comparison of its type. */
static const char *oracle_column_age(struct property_case *property, const struct case_rule *rule,
                                     enum case_column column)
{
    struct arena *arena = &property->arena;
    const char *type = property_clock_type(column);
    const char *name = oracle_column(property, column);
    const char *cutoff =
        arena_printf(arena, "((timestamptz '%s' AT TIME ZONE '%s') - interval '%d months %d days')",
                     property->as_of, property->time_zone, rule->months, rule->days);
    const char *origin = "timestamp '1970-01-01'";
    if (strcmp(type, "timestamptz") == 0) {
        cutoff = arena_printf(arena, "(%s AT TIME ZONE '%s')", cutoff, property->time_zone);
        origin = "timestamptz '1970-01-01 00:00:00+00'";
    } else if (strcmp(type, "date") == 0) {
        cutoff = arena_printf(arena, "%s::date", cutoff);
        origin = "date '1970-01-01'";
    }
    return arena_printf(arena,
                        "CASE WHEN y.%s IS NULL OR y.%s <= %s THEN 'undated' "
                        "WHEN y.%s < %s THEN 'past' ELSE 'young' END",
                        name, name, origin, name, cutoff);
}

static void oracle_age(struct property_case *property, struct buffer *sql, int number)
{
    struct arena *arena = &property->arena;
    const struct case_rule *rule = &property->rules[number];
    const struct case_clock *clock = &rule->levels[rule->level_count - 1];
    const char *id = oracle_column(property, COLUMN_ID);
    const char *age = oracle_column_age(property, rule, clock->columns[0]);
    if (clock->column_count == 2) {
        const char *other = oracle_column_age(property, rule, clock->columns[1]);
        age = arena_printf(arena,
                           "CASE WHEN 'young' IN (%s, %s) THEN 'young' WHEN 'past' IN "
                           "(%s, %s) THEN 'past' ELSE 'undated' END",
                           age, other, age, other);
    }
    if (clock->null_active) {
        age = arena_printf(arena, "CASE WHEN y.%s IS NULL THEN 'active' ELSE %s END",
                           oracle_column(property, clock->columns[0]), age);
    }
    buffer_addf(sql,
                "INSERT INTO o_age SELECT %d, l0.id, CASE WHEN y.%s IS NULL THEN 'undated' ELSE "
                "%s END FROM o_row l0",
                number, id, age);
    int last = rule->level_count - 1;
    for (int i = 0; i < last; i++) {
        buffer_addf(sql, " LEFT JOIN o_ref f%d ON f%d.t = %d AND f%d.id = l%d.id AND f%d.f = %d", i,
                    i, property_level_table(property, rule, i), i, i, i, rule->levels[i].fkey);
        buffer_addf(sql, " LEFT JOIN o_row l%d ON l%d.t = f%d.pt AND l%d.id = f%d.pid", i + 1,
                    i + 1, i, i + 1, i);
    }
    buffer_addf(sql, " LEFT JOIN %s y ON y.%s = l%d.id WHERE l0.t = %d;\n",
                property_table(property, property_level_table(property, rule, last)), id, last,
                rule->table);
}

static void oracle_scope(struct property_case *property, struct buffer *sql, int number)
{
    const struct case_rule *rule = &property->rules[number];
    const char *only = rule->only != NULL ? rule->only : "true";
    const char *unless = rule->unless != NULL ? rule->unless : "false";
    buffer_addf(sql,
                "INSERT INTO o_scope SELECT %d, %s, CASE WHEN (%s\n) IS NULL OR (%s\n) IS NULL "
                "THEN 'unknown' WHEN (%s\n) AND NOT (%s\n) THEN 'in' ELSE 'out' END FROM %s;\n",
                number, oracle_column(property, COLUMN_ID), only, unless, only, unless,
                property_table(property, rule->table));
}

/* The new value of one column, as an SQL expression over its text `v`; NULL for "as it was". */
static const char *oracle_masked(unsigned masks, enum case_column column)
{
    switch (column) {
    case COLUMN_SECRET:
        return masks & SECRET_NULL      ? "NULL"
               : masks & SECRET_FIXED   ? "'gone'"
               : masks & SECRET_DEFAULT ? "'dflt'"
               : masks & SECRET_EMPTY   ? "left(v, 0)"
                                        : NULL;
    case COLUMN_EMAIL:
        return masks & EMAIL_UNIQUE ? "'<erased>'" : NULL;
    case COLUMN_IP:
        return masks & IP_NULL      ? "NULL"
               : masks & IP_NETWORK ? "CASE WHEN v LIKE '%:%' THEN substring(v FROM "
                                      "'^2001:db8:[17]:') || ':/48' ELSE substring(v FROM "
                                      "'^[0-9]+[.][0-9]+[.][0-9]+[.]') || '0/24' END"
                                    : NULL;
    case COLUMN_BORN:
        return masks & BORN_NULL    ? "NULL"
               : masks & BORN_MONTH ? "left(v, 8) || '01'"
               : masks & BORN_YEAR  ? "left(v, 5) || '01-01'"
                                    : NULL;
    default:
        return NULL;
    }
}

static void oracle_mask(struct property_case *property, struct buffer *sql, int number)
{
    const struct case_rule *rule = &property->rules[number];
    buffer_addf(sql, "WITH m AS (SELECT t, o_row.id, body");
    for (int i = COLUMN_SECRET; i <= COLUMN_BORN; i++) {
        const char *masked = oracle_masked(rule->masks, (enum case_column)i);
        if (masked != NULL) {
            buffer_addf(sql,
                        " || (SELECT jsonb_build_object('%s', %s) FROM (SELECT body->>'%s' AS v)"
                        " q)",
                        property->columns[i], masked, property->columns[i]);
        }
    }
    buffer_addf(
        sql,
        " AS after, body AS before FROM o_row JOIN o_age a ON a.r = %d AND a.id = "
        "o_row.id AND a.state = 'past' JOIN o_scope s ON s.r = %d AND s.id = o_row.id "
        "AND s.state = 'in' WHERE t = %d AND NOT gone AND NOT EXISTS (SELECT FROM "
        "o_held h WHERE h.t = o_row.t AND h.id = o_row.id)), u AS (UPDATE o_row SET "
        "body = after, place = NULL FROM m WHERE m.t = o_row.t AND m.id = o_row.id AND "
        "before <> after RETURNING 1) INSERT INTO o_tally (r, due, changed) SELECT %d, count(*), "
        "count(*) FROM u;\n",
        number, number, rule->table, number);
}

/* Whether rows of one table can hang on rows of the other, by foreign keys that do not set null. */
static void oracle_reach(const struct property_case *property,
                         bool reach[CASE_TABLES_MAX][CASE_TABLES_MAX])
{
    for (int i = 0; i < property->table_count; i++) {
        reach[i][i] = true;
        for (int j = 0; j < property->tables[i].fkey_count; j++) {
            const struct case_fkey *fkey = &property->tables[i].fkeys[j];
            reach[i][fkey->parent] |= fkey->action != 'n';
        }
    }
    for (int k = 0; k < property->table_count; k++) {
        for (int i = 0; i < property->table_count; i++) {
            for (int j = 0; j < property->table_count; j++) {
                reach[i][j] |= reach[i][k] && reach[k][j];
            }
        }
    }
}

/* Whether the clock of a rule reads a table. */
static bool oracle_reads(const struct property_case *property, const struct case_rule *rule,
                         int table)
{
    for (int i = 1; i < rule->level_count; i++) {
        if (property_level_table(property, rule, i) == table) {
            return true;
        }
    }
    return false;
}

/* The next purge rule of a circle: in the policy's order, but after those whose clock its table is.
 */
static int oracle_next_rule(const struct property_case *property, const bool own[CASE_TABLES_MAX],
                            const bool placed[CASE_RULES_MAX])
{
    for (int i = 0; i < property->rule_count; i++) {
        const struct case_rule *rule = &property->rules[i];
        bool waits = false;
        for (int j = 0; j < property->rule_count; j++) {
            const struct case_rule *other = &property->rules[j];
            waits |= other->purge && own[other->table] && !placed[j] &&
                     other->table != rule->table && oracle_reads(property, other, rule->table);
        }
        if (rule->purge && own[rule->table] && !placed[i] && !waits) {
            return i;
        }
    }
    return -1;
}

/* All rules on the tables of one circle, or on a table alone: judged together, then carried out. */
static void oracle_circle(struct property_case *property, struct buffer *sql,
                          const bool own[CASE_TABLES_MAX])
{
    bool placed[CASE_RULES_MAX] = {false};
    struct buffer takes = {0}, tables = {0};
    for (int i = 0; i < property->table_count; i++) {
        if (own[i]) {
            buffer_addf(&tables, "%s%d", tables.length == 0 ? "" : ",", i);
        }
    }
    buffer_addf(sql, "SELECT pg_temp.o_strike('{%s}');\n", buffer_text(&tables));
    for (int i; (i = oracle_next_rule(property, own, placed)) >= 0; placed[i] = true) {
        buffer_addf(sql, "SELECT pg_temp.o_purge(%d, '{%s}');\n", i, buffer_text(&tables));
        buffer_addf(&takes, "SELECT pg_temp.o_take(%d);\n", i);
    }
    buffer_add(sql, buffer_text(&takes));
    buffer_free(&takes);
    buffer_free(&tables);
}

static void oracle_rules(struct property_case *property, struct buffer *sql)
{
    for (int i = 0; i < property->rule_count; i++) {
        const struct case_rule *rule = &property->rules[i];
        if (!rule->purge) {
            continue;
        }
        buffer_addf(sql, "INSERT INTO o_rule VALUES (%d, %d, '{", i, rule->table);
        for (int j = 0; j < rule->cascade_count; j++) {
            buffer_addf(sql, "%s%d", j == 0 ? "" : ",", rule->cascade[j]);
        }
        buffer_add(sql, "}');\n");
    }
}

/* Purges first, children before parents, then masks. */
static void oracle_run(struct property_case *property, struct buffer *sql)
{
    bool reach[CASE_TABLES_MAX][CASE_TABLES_MAX] = {0}, done[CASE_TABLES_MAX] = {false};
    oracle_rules(property, sql);
    oracle_reach(property, reach);
    for (int table = property->table_count - 1; table >= 0; table--) {
        bool own[CASE_TABLES_MAX] = {false}, waits = false;
        for (int i = 0; i < property->table_count; i++) {
            own[i] = reach[i][table] && reach[table][i];
            waits |= reach[i][table] && !own[i] && !done[i];
        }
        if (done[table] || waits) {
            continue;
        }
        oracle_circle(property, sql, own);
        for (int i = 0; i < property->table_count; i++) {
            done[i] |= own[i];
        }
        table = property->table_count;
    }
    for (int i = 0; i < property->rule_count; i++) {
        if (!property->rules[i].purge) {
            oracle_mask(property, sql, i);
        }
    }
}

void oracle_judge(struct property_case *property, PGconn *session,
                  struct expected_rule expected[CASE_RULES_MAX])
{
    struct buffer sql = {0};
    buffer_add(&sql, "TRUNCATE o_row, o_ref, o_held, o_age, o_scope, o_rule, o_due, o_tally;\n");
    for (int i = 0; i < property->table_count; i++) {
        oracle_collect(property, &sql, i);
    }
    oracle_holds(property, &sql);
    for (int i = 0; i < property->rule_count; i++) {
        oracle_age(property, &sql, i);
        oracle_scope(property, &sql, i);
    }
    oracle_run(property, &sql);
    buffer_add(&sql, "SELECT * FROM o_tally ORDER BY r");
    PGresult *rows = session_rows(session, buffer_text(&sql));
    for (int i = 0; i < PQntuples(rows); i++) {
        long long numbers[10];
        for (int j = 0; j < 10; j++) {
            numbers[j] = atoll(PQgetvalue(rows, i, j));
        }
        expected[numbers[0]] =
            (struct expected_rule){numbers[1], numbers[2], numbers[3], numbers[4], numbers[5],
                                   numbers[6], numbers[7], numbers[8], numbers[9]};
    }
    PQclear(rows);
    buffer_free(&sql);
}

int oracle_compare(struct property_case *property, PGconn *session, struct buffer *diff)
{
    struct buffer sql = {0};
    for (int i = 0; i < property->table_count; i++) {
        const char *id = oracle_column(property, COLUMN_ID);
        const char *email = property->columns[COLUMN_EMAIL];
        buffer_addf(
            &sql,
            "%sSELECT %d AS t, coalesce(o.id, x.%s) AS id, o.body AS want, b.body AS got, "
            "o.place AS want_place, b.place AS got_place FROM (SELECT * FROM o_row WHERE "
            "t = %d AND NOT gone) o FULL JOIN %s x ON o.id = x.%s LEFT JOIN LATERAL (SELECT "
            "CASE WHEN x.%s IS NOT NULL THEN CASE WHEN to_jsonb(x)->>'%s' ~ "
            "'^erased-[0-9a-z-]{16,}@erased[.]invalid$' THEN to_jsonb(x) || "
            "jsonb_build_object('%s', '<erased>') ELSE to_jsonb(x) END END AS body, "
            "concat(x.tableoid, x.ctid, x.xmin) AS place) b ON true WHERE o.body IS DISTINCT "
            "FROM b.body OR o.place <> b.place",
            i == 0 ? "" : " UNION ALL ", i, id, i, property_table(property, i), id, id, email,
            email);
    }
    buffer_add(&sql, " ORDER BY 1, 2");
    PGresult *rows = session_rows(session, buffer_text(&sql));
    int count = PQntuples(rows);
    for (int i = 0; i < count && i < 6; i++) {
        buffer_addf(
            diff, "table %s row %s\n  expected %s %s\n  got      %s %s\n",
            property_name(property, atoi(PQgetvalue(rows, i, 0))), PQgetvalue(rows, i, 1),
            PQgetisnull(rows, i, 2) ? "gone" : PQgetvalue(rows, i, 2), PQgetvalue(rows, i, 4),
            PQgetisnull(rows, i, 3) ? "gone" : PQgetvalue(rows, i, 3), PQgetvalue(rows, i, 5));
    }
    if (count > 6) {
        buffer_addf(diff, "… and %d more rows\n", count - 6);
    }
    PQclear(rows);
    buffer_free(&sql);
    return count;
}
