/*
 * property_oracle.c - what a run must do to a drawn case, worked out row by row
 *
 * Every row becomes a row of o_row with its content as jsonb and its place on disk; every foreign
 * key value a row of o_ref. Ages, scopes and holds are judged by plain SQL into tables of their
 * own, then functions walk from row to row, children first. Nothing here is shared with the tool.
 */
#include "property_case.h"

#include <stdlib.h>
#include <string.h>

static const char oracle_tables[] =
    "CREATE TEMP TABLE o_row (t int, id int, body jsonb, place text, gone bool DEFAULT false,"
    " PRIMARY KEY (t, id));"
    "CREATE TEMP TABLE o_ref (t int, id int, f int, pt int, pid int, kind text, columns text[]);"
    "CREATE INDEX ON o_ref (pt, pid);"
    "CREATE TEMP TABLE o_held (t int, id int, follow bool);"
    "CREATE TEMP TABLE o_age (r int, id int, state text);"
    "CREATE TEMP TABLE o_scope (r int, id int, state text);"
    "CREATE TEMP TABLE o_tally (r int PRIMARY KEY, due int DEFAULT 0, held int DEFAULT 0,"
    " undecided int DEFAULT 0, excluded int DEFAULT 0, blocked int DEFAULT 0,"
    " undated int DEFAULT 0, active int DEFAULT 0, cascaded int DEFAULT 0);";

/* Followed holds spread to the rows that refer to theirs, turn by turn, until nothing is new. */
static const char oracle_spread[] =
    "CREATE FUNCTION pg_temp.o_spread() RETURNS void AS $$\n"
    "BEGIN\n"
    "  LOOP\n"
    "    INSERT INTO o_held SELECT DISTINCT r.t, r.id, true FROM o_ref r\n"
    "      WHERE (r.pt, r.pid) IN (SELECT t, id FROM o_held WHERE follow)\n"
    "      AND (r.t, r.id) NOT IN (SELECT t, id FROM o_held WHERE follow);\n"
    "    EXIT WHEN NOT FOUND;\n"
    "  END LOOP;\n"
    "END $$ LANGUAGE plpgsql;";

/* Whether something that refers to the row keeps it; `list` holds the tables of `cascade:`. */
static const char oracle_stuck[] =
    "CREATE FUNCTION pg_temp.o_stuck(tab int, num int, list int[]) RETURNS bool AS $$\n"
    "DECLARE x record;\n"
    "BEGIN\n"
    "  FOR x IN SELECT o_ref.*, EXISTS (SELECT FROM o_held h WHERE h.t = o_ref.t AND\n"
    "      h.id = o_ref.id) AS is_held\n"
    "    FROM o_ref JOIN o_row c ON c.t = o_ref.t AND c.id = o_ref.id\n"
    "    WHERE pt = tab AND pid = num AND NOT c.gone\n"
    "  LOOP\n"
    "    IF x.kind IN ('a', 'r') THEN RETURN true; END IF;\n"
    "    IF x.is_held THEN RETURN true; END IF;\n"
    "    IF x.kind = 'c' THEN\n"
    "      IF NOT x.t = ANY (list) THEN RETURN true; END IF;\n"
    "      IF pg_temp.o_stuck(x.t, x.id, list) THEN RETURN true; END IF;\n"
    "    END IF;\n"
    "  END LOOP;\n"
    "  RETURN false;\n"
    "END $$ LANGUAGE plpgsql;";

/* Takes the row away with all that follows; returns how many other rows went. */
static const char oracle_drag[] =
    "CREATE FUNCTION pg_temp.o_drag(tab int, num int) RETURNS int AS $$\n"
    "DECLARE x record; n int := 0;\n"
    "BEGIN\n"
    "  UPDATE o_row SET gone = true WHERE t = tab AND id = num;\n"
    "  FOR x IN SELECT o_ref.* FROM o_ref JOIN o_row c ON c.t = o_ref.t AND c.id = o_ref.id\n"
    "    WHERE pt = tab AND pid = num AND NOT c.gone\n"
    "  LOOP\n"
    "    IF x.kind = 'c' THEN\n"
    "      IF (SELECT NOT gone FROM o_row WHERE t = x.t AND id = x.id) THEN\n"
    "        n := n + 1 + pg_temp.o_drag(x.t, x.id);\n"
    "      END IF;\n"
    "    ELSE\n"
    "      UPDATE o_row SET place = NULL, body = body || (SELECT jsonb_object_agg(c, NULL)\n"
    "        FROM unnest(x.columns) c) WHERE t = x.t AND id = x.id;\n"
    "      DELETE FROM o_ref WHERE t = x.t AND id = x.id AND f = x.f;\n"
    "    END IF;\n"
    "  END LOOP;\n"
    "  RETURN n;\n"
    "END $$ LANGUAGE plpgsql;";

/* A purge rule: judge every row as things stand, then take the due ones away. */
static const char oracle_purge[] =
    "CREATE FUNCTION pg_temp.o_purge(rule int, tab int, list int[]) RETURNS void AS $$\n"
    "DECLARE x record; goes int[] := '{}'; c o_tally; n int;\n"
    "BEGIN\n"
    "  c := ROW(rule, 0, 0, 0, 0, 0,\n"
    "    (SELECT count(*) FROM o_age WHERE r = rule AND state = 'undated'),\n"
    "    (SELECT count(*) FROM o_age WHERE r = rule AND state = 'active'), 0);\n"
    "  FOR x IN SELECT o.id, a.state AS age, s.state AS scope, EXISTS (SELECT FROM o_held h\n"
    "      WHERE h.t = tab AND h.id = o.id) AS is_held\n"
    "    FROM o_row o JOIN o_age a ON a.r = rule AND a.id = o.id\n"
    "    JOIN o_scope s ON s.r = rule AND s.id = o.id WHERE o.t = tab AND NOT o.gone\n"
    "  LOOP\n"
    "    IF x.age <> 'past' THEN CONTINUE;\n"
    "    ELSIF x.is_held THEN c.held := c.held + 1;\n"
    "    ELSIF x.scope = 'unknown' THEN c.undecided := c.undecided + 1;\n"
    "    ELSIF x.scope = 'out' THEN c.excluded := c.excluded + 1;\n"
    "    ELSIF pg_temp.o_stuck(tab, x.id, list) THEN c.blocked := c.blocked + 1;\n"
    "    ELSE goes := goes || x.id; c.due := c.due + 1;\n"
    "    END IF;\n"
    "  END LOOP;\n"
    "  FOREACH n IN ARRAY goes LOOP\n"
    "    c.cascaded := c.cascaded + pg_temp.o_drag(tab, n);\n"
    "  END LOOP;\n"
    "  INSERT INTO o_tally VALUES (c.*);\n"
    "END $$ LANGUAGE plpgsql;";

void oracle_prepare(PGconn *session)
{
    session_run(session, oracle_tables);
    session_run(session, oracle_spread);
    session_run(session, oracle_stuck);
    session_run(session, oracle_drag);
    session_run(session, oracle_purge);
}

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
    buffer_addf(sql,
                " AS after, body AS before FROM o_row JOIN o_age a ON a.r = %d AND a.id = "
                "o_row.id AND a.state = 'past' JOIN o_scope s ON s.r = %d AND s.id = o_row.id "
                "AND s.state = 'in' WHERE t = %d AND NOT gone AND NOT EXISTS (SELECT FROM "
                "o_held h WHERE h.t = o_row.t AND h.id = o_row.id)), u AS (UPDATE o_row SET "
                "body = after, place = NULL FROM m WHERE m.t = o_row.t AND m.id = o_row.id AND "
                "before <> after RETURNING 1) INSERT INTO o_tally (r, due) SELECT %d, count(*) "
                "FROM u;\n",
                number, number, rule->table, number);
}

/* Purges first, children before parents, then masks. */
static void oracle_run(struct property_case *property, struct buffer *sql)
{
    for (int table = property->table_count - 1; table >= 0; table--) {
        for (int i = 0; i < property->rule_count; i++) {
            const struct case_rule *rule = &property->rules[i];
            if (rule->purge && rule->table == table) {
                buffer_addf(sql, "SELECT pg_temp.o_purge(%d, %d, '{", i, table);
                for (int j = 0; j < rule->cascade_count; j++) {
                    buffer_addf(sql, "%s%d", j == 0 ? "" : ",", rule->cascade[j]);
                }
                buffer_add(sql, "}');\n");
            }
        }
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
    buffer_add(&sql, "TRUNCATE o_row, o_ref, o_held, o_age, o_scope, o_tally;\n");
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
        long long numbers[9];
        for (int j = 0; j < 9; j++) {
            numbers[j] = atoll(PQgetvalue(rows, i, j));
        }
        expected[numbers[0]] =
            (struct expected_rule){numbers[1], numbers[2], numbers[3], numbers[4],
                                   numbers[5], numbers[6], numbers[7], numbers[8]};
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
