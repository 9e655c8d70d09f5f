/* property_build.c - creates the drawn tables and fills them. */
#include "property_case.h"

#include <string.h>

static const char *build_column(struct property_case *property, enum case_column column)
{
    return property_quote(&property->arena, property->columns[column]);
}

static const char *const column_types[COLUMN_COUNT] = {
    "int NOT NULL",  "int NOT NULL", "timestamptz", "timestamptz",
    "timestamp",     "timestamp",    "date",        "date",
    "boolean",       "int",          "text",        "text DEFAULT 'dflt'",
    "text NOT NULL", "inet",         "date",        "text"};

/* One partition that ends near a cutoff, one around it, and a default one for the rest. */
static void build_range_parts(struct property_case *property, struct buffer *sql, int table)
{
    const struct case_table *drawn = &property->tables[table];
    const struct case_rule *rule =
        &property->rules[random_below(&property->random, property->rule_count)];
    const char *bound = arena_printf(&property->arena, "timestamp '%s'", rule->cutoff);
    if (drawn->part_key == COLUMN_TZ1) {
        bound =
            arena_printf(&property->arena, "(%s AT TIME ZONE '%s')", bound, property->time_zone);
    }
    const char *schema = property_quote(&property->arena, property->schema);
    const char *name = property_table(property, table);
    buffer_addf(sql,
                "CREATE TABLE %s.p%d_old PARTITION OF %s FOR VALUES FROM (MINVALUE) TO "
                "((%s - interval '20 days')::%s);",
                schema, table, name, bound, property_clock_type(drawn->part_key));
    buffer_addf(sql,
                "CREATE TABLE %s.\"P%d edge\" PARTITION OF %s FOR VALUES FROM ((%s - interval "
                "'20 days')::%s) TO ((%s + interval '30 days')::%s)%s;",
                schema, table, name, bound, property_clock_type(drawn->part_key), bound,
                property_clock_type(drawn->part_key),
                drawn->parts == PARTS_RANGE_HASH ? " PARTITION BY HASH (tenant)" : "");
    buffer_addf(sql, "CREATE TABLE %s.p%d_rest PARTITION OF %s DEFAULT;", schema, table, name);
    for (int i = 0; drawn->parts == PARTS_RANGE_HASH && i < 2; i++) {
        buffer_addf(sql,
                    "CREATE TABLE %s.p%d_%d PARTITION OF %s.\"P%d edge\" FOR VALUES WITH "
                    "(MODULUS 2, REMAINDER %d);",
                    schema, table, i, schema, table, i);
    }
}

static void build_parts(struct property_case *property, struct buffer *sql, int table)
{
    const char *schema = property_quote(&property->arena, property->schema);
    const char *name = property_table(property, table);
    switch (property->tables[table].parts) {
    case PARTS_HASH:
        for (int i = 0; i < 3; i++) {
            buffer_addf(sql,
                        "CREATE TABLE %s.p%d_%d PARTITION OF %s FOR VALUES WITH (MODULUS 3, "
                        "REMAINDER %d);",
                        schema, table, i, name, i);
        }
        break;
    case PARTS_LIST:
        buffer_addf(sql,
                    "CREATE TABLE %s.p%d_1 PARTITION OF %s FOR VALUES IN (1);"
                    "CREATE TABLE %s.p%d_2 PARTITION OF %s FOR VALUES IN (2, 3);",
                    schema, table, name, schema, table, name);
        break;
    case PARTS_RANGE:
    case PARTS_RANGE_HASH:
        build_range_parts(property, sql, table);
        break;
    case PARTS_NONE:
        break;
    }
}

static void build_table(struct property_case *property, struct buffer *sql, int table)
{
    const struct case_table *drawn = &property->tables[table];
    const char *id = build_column(property, COLUMN_ID);
    const char *name = property_table(property, table);
    buffer_addf(sql, "CREATE TABLE %s (", name);
    for (int i = 0; i < COLUMN_COUNT; i++) {
        buffer_addf(sql, "%s%s %s", i == 0 ? "" : ", ", build_column(property, (enum case_column)i),
                    column_types[i]);
    }
    for (int i = 0; i < drawn->fkey_count; i++) {
        const struct case_fkey *fkey = &drawn->fkeys[i];
        for (int j = fkey->composite ? 0 : 1; j < 2; j++) {
            buffer_addf(sql, ", %s int", property_quote(&property->arena, fkey->columns[j]));
        }
    }
    if (drawn->parts == PARTS_NONE || drawn->parts == PARTS_HASH) {
        buffer_addf(sql, ", PRIMARY KEY (%s), UNIQUE (tenant, %s)", id, id);
    } else if (drawn->parts == PARTS_LIST) {
        buffer_addf(sql, ", PRIMARY KEY (tenant, %s)", id);
    }
    if (drawn->parts == PARTS_NONE) {
        buffer_addf(sql, ", UNIQUE (%s))", build_column(property, COLUMN_EMAIL));
    } else {
        static const char *const methods[] = {"", "HASH", "LIST", "RANGE", "RANGE"};
        const char *key = drawn->parts == PARTS_HASH   ? id
                          : drawn->parts == PARTS_LIST ? "tenant"
                                                       : build_column(property, drawn->part_key);
        buffer_addf(sql, ") PARTITION BY %s (%s)", methods[drawn->parts], key);
    }
    buffer_add(sql, ";");
    if (drawn->wide) {
        buffer_addf(sql, "ALTER TABLE %s ALTER pad SET STORAGE PLAIN;", name);
    }
    build_parts(property, sql, table);
}

static void build_fkeys(struct property_case *property, struct buffer *sql, int table)
{
    const struct case_table *drawn = &property->tables[table];
    const char *name = property_table(property, table);
    for (int i = 0; i < drawn->fkey_count; i++) {
        const struct case_fkey *fkey = &drawn->fkeys[i];
        static const char *const actions[] = {"NO ACTION", "RESTRICT", "CASCADE", "SET NULL"};
        const char *action = actions[strchr("arcn", fkey->action) - "arcn"];
        const char *id = build_column(property, COLUMN_ID);
        const char *columns = property_quote(&property->arena, fkey->columns[1]);
        if (fkey->composite) {
            columns = arena_printf(&property->arena, "%s, %s",
                                   property_quote(&property->arena, fkey->columns[0]), columns);
        }
        buffer_addf(sql,
                    "ALTER TABLE %s ADD CONSTRAINT f%d_%d FOREIGN KEY (%s) REFERENCES %s "
                    "(%s%s) ON DELETE %s%s%s;",
                    name, table, i, columns, property_table(property, fkey->parent),
                    fkey->composite ? "tenant, " : "", id, action,
                    fkey->deferred ? " DEFERRABLE INITIALLY DEFERRED" : "",
                    fkey->orphans ? " NOT VALID" : "");
        if (fkey->indexed) {
            buffer_addf(sql, "CREATE INDEX ON %s (%s);", name, columns);
        }
    }
}

/* Around the cutoff of one of the rules, or one of the values that clocks should not have. */
static void build_clock_value(struct property_case *property, struct buffer *sql,
                              enum case_column column)
{
    static const char *const odd[] = {"NULL",
                                      "NULL",
                                      "'infinity'",
                                      "'-infinity'",
                                      "'1970-01-01 00:00:00Z'",
                                      "'1969-12-31 23:59:59.999999Z'",
                                      "'1970-01-01 00:00:00.000001Z'",
                                      "'1960-05-05'",
                                      "'9999-12-31'",
                                      "'1970-01-02'"};
    static const char *const steps[] = {"0",        "0",         "1 microsecond", "-1 microsecond",
                                        "1 second", "-1 second", "30 minutes",    "-30 minutes",
                                        "1 hour",   "-1 hour",   "1 day",         "-1 day"};
    struct random *random = &property->random;
    const char *type = property_clock_type(column);
    if (random_chance(random, 20)) {
        buffer_addf(sql, "%s::%s", odd[random_below(random, 10)], type);
        return;
    }
    const struct case_rule *rule = &property->rules[random_below(random, property->rule_count)];
    const char *step = steps[random_below(random, 12)];
    if (random_chance(random, 55)) {
        step = arena_printf(&property->arena, "%d days %d microseconds",
                            random_between(random, -700, 350), random_below(random, 1000000000));
    }
    if (column == COLUMN_TZ1 || column == COLUMN_TZ2) {
        buffer_addf(sql, "(timestamp '%s' AT TIME ZONE '%s' + interval '%s')", rule->cutoff,
                    property->time_zone, step);
    } else {
        buffer_addf(sql, "(timestamp '%s' + interval '%s')::%s", rule->cutoff, step, type);
    }
}

static void build_reference(struct property_case *property, struct buffer *sql,
                            const struct case_fkey *fkey)
{
    struct random *random = &property->random;
    int rows = property->tables[fkey->parent].rows;
    int id = random_below(random, rows + 1);
    if (id == 0 || random_chance(random, 12)) {
        const char *part = random_chance(random, 30) ? ", 2, NULL" : ", NULL, NULL";
        buffer_add(sql, fkey->composite ? part : ", NULL");
        return;
    }
    if (fkey->orphans && random_chance(random, 15)) {
        id += 1000;
    }
    /* A row's tenant follows from its id, see build_rows(). */
    if (fkey->composite) {
        buffer_addf(sql, ", %d", id % 3 + 1);
    }
    buffer_addf(sql, ", %d", id);
}

static void build_rows(struct property_case *property, struct buffer *sql, int table)
{
    struct random *random = &property->random;
    const struct case_table *drawn = &property->tables[table];
    static const char *const flags[] = {"true", "false", "false", "NULL"};
    static const char *const kinds[] = {"'a'", "'b'", "'c'", "NULL"};
    static const char *const addresses[] = {"'10.1.2.3'",        "'203.0.113.255'",
                                            "'198.51.100.0/24'", "'2001:db8:1:2:3:4:5:6'",
                                            "'2001:db8:7::/48'", "NULL"};
    static const char *const births[] = {"'1984-02-29'", "'1999-12-31'", "'2001-01-01'",
                                         "'1950-06-01'", "NULL"};
    for (int id = 1; id <= drawn->rows; id++) {
        buffer_addf(sql, "%s(%d, %d", id == 1 ? " VALUES " : ", ", id, id % 3 + 1);
        for (int i = COLUMN_TZ1; i <= COLUMN_D2; i++) {
            buffer_add(sql, ", ");
            build_clock_value(property, sql, (enum case_column)i);
        }
        buffer_addf(sql, ", %s", flags[random_below(random, 4)]);
        int n = random_below(random, 14);
        buffer_add(sql, n < 12 ? arena_printf(&property->arena, ", %d", n) : ", NULL");
        buffer_addf(sql, ", %s", kinds[random_below(random, 4)]);
        static const char *const secrets[] = {", NULL", ", ''", ", 'dflt'", ", 'gone'"};
        if (random_chance(random, 30)) {
            buffer_add(sql, secrets[random_below(random, 4)]);
        } else {
            buffer_addf(sql, ", 'secret %d'", id);
        }
        buffer_addf(sql, ", 'person%d@example.org', %s::inet", id,
                    addresses[random_below(random, 6)]);
        buffer_addf(sql, ", %s::date", births[random_below(random, 5)]);
        buffer_addf(sql, ", repeat('x', %d)", drawn->wide ? random_below(random, 5000) : 5);
        for (int i = 0; i < drawn->fkey_count; i++) {
            build_reference(property, sql, &drawn->fkeys[i]);
        }
        buffer_add(sql, ")");
    }
}

void property_build(struct property_case *property, PGconn *session)
{
    struct buffer sql = {0};
    const char *schema = property_quote(&property->arena, property->schema);
    buffer_addf(&sql,
                "CREATE SCHEMA %s; CREATE TABLE %s.register (rid int, w int);"
                "INSERT INTO %s.register SELECT g %% 40, g %% 12 FROM "
                "generate_series(%d, %d, 3) g;",
                schema, schema, schema, property->number % 7, property->number % 7 + 30);
    for (int i = 0; i < property->table_count; i++) {
        build_table(property, &sql, i);
        if (property->tables[i].rows > 0) {
            buffer_addf(&sql, "INSERT INTO %s", property_table(property, i));
            build_rows(property, &sql, i);
            buffer_add(&sql, ";");
        }
    }
    for (int i = 0; i < property->table_count; i++) {
        build_fkeys(property, &sql, i);
    }
    buffer_addf(&sql,
                "GRANT USAGE ON SCHEMA %s TO enforcer; GRANT SELECT, UPDATE, DELETE ON ALL "
                "TABLES IN SCHEMA %s TO enforcer;",
                schema, schema);
    session_run(session, buffer_text(&sql));
    for (int i = 0; i < property->table_count; i++) {
        if (random_chance(&property->random, 20)) {
            session_runf(session, "ANALYZE %s", property_table(property, i));
        }
    }
    buffer_free(&sql);
}
