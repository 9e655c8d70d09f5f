/* property_names.c - how names and expressions are spelled, in SQL and in the policy. */
#include "property_case.h"

#include <string.h>

const char *property_quote(struct arena *arena, const char *name)
{
    struct buffer text = {0};
    buffer_add(&text, "\"");
    for (const char *c = name; *c != '\0'; c++) {
        buffer_add_bytes(&text, c, 1);
        if (*c == '"') {
            buffer_add(&text, "\"");
        }
    }
    buffer_add(&text, "\"");
    const char *quoted = arena_strdup(arena, buffer_text(&text));
    buffer_free(&text);
    return quoted;
}

const char *property_table(struct property_case *property, int table)
{
    struct arena *arena = &property->arena;
    return arena_printf(arena, "%s.%s", property_quote(arena, property->schema),
                        property_quote(arena, property->tables[table].name));
}

static const char *name_part(struct arena *arena, const char *part)
{
    return strpbrk(part, ".*?\"") != NULL ? property_quote(arena, part) : part;
}

const char *property_name(struct property_case *property, int table)
{
    struct arena *arena = &property->arena;
    return arena_printf(arena, "%s.%s", name_part(arena, property->schema),
                        name_part(arena, property->tables[table].name));
}

const char *property_rule_id(struct property_case *property, const struct case_rule *rule)
{
    if (rule->id != NULL) {
        return rule->id;
    }
    return arena_printf(&property->arena, "%s-c%d", property_name(property, rule->table),
                        (int)(rule - property->rules));
}

const char *property_clock_type(enum case_column column)
{
    if (column == COLUMN_TZ1 || column == COLUMN_TZ2) {
        return "timestamptz";
    }
    return column == COLUMN_TS1 || column == COLUMN_TS2 ? "timestamp" : "date";
}

int property_level_table(const struct property_case *property, const struct case_rule *rule,
                         int level)
{
    int table = rule->table;
    for (int i = 0; i < level; i++) {
        table = property->tables[table].fkeys[rule->levels[i].fkey].parent;
    }
    return table;
}

const char *property_expression(struct property_case *property, int table)
{
    struct arena *arena = &property->arena;
    struct random *random = &property->random;
    const char *row = "";
    if (table >= 0 && random_chance(random, 50)) {
        row = arena_printf(arena, "%s.", property_quote(arena, property->tables[table].name));
    }
    const char *flag = property_quote(arena, property->columns[COLUMN_FLAG]);
    const char *n = property_quote(arena, property->columns[COLUMN_N]);
    const char *kind = property_quote(arena, property->columns[COLUMN_KIND]);
    const char *id = property_quote(arena, property->columns[COLUMN_ID]);
    const char *schema = property_quote(arena, property->schema);
    int k = random_below(random, 10);
    switch (random_below(random, 14)) {
    case 0:
        return arena_printf(arena, "%s%s", row, flag);
    case 1:
        return arena_printf(arena, "not %s%s", row, flag);
    case 2:
        return arena_printf(arena, "%s%s > %d", row, n, k);
    case 3:
        return arena_printf(arena, "%s%s %% 3 = 0", row, n);
    case 4:
        return arena_printf(arena, "%s%s = 'a'", row, kind);
    case 5:
        return arena_printf(arena, "%s%s in ('a', 'b') or %s%s", row, kind, row, flag);
    case 6:
        return arena_printf(arena, "%s%s > %d and %s%s", row, n, k, row, flag);
    case 7:
        return random_chance(random, 30) ? "null::boolean" : "false";
    case 8:
        return arena_printf(arena, "%s%s is null", row, n);
    case 9:
        return arena_printf(arena, "%s%s -- a comment that must not eat the bracket", row, flag);
    case 10:
        return arena_printf(arena, "%s%s is not null\nand\t%s%s <> 'c' /* \" ' */", row, n, row,
                            kind);
    case 11:
        return arena_printf(arena, "exists (select from %s.register g where g.rid = %s%s)", schema,
                            row, id);
    case 12:
        return arena_printf(arena, "%s%s > (select max(g.w) from %s.register g where g.rid = %s%s)",
                            row, n, schema, row, id);
    default:
        return arena_printf(arena, "%s%s between %d and %d", row, n, k - 3, k);
    }
}
