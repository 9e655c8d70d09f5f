/* property_draw.c - from a seed to tables, foreign keys, rules and holds. */
#include "property_case.h"

#include <stdlib.h>
#include <string.h>

static const char *const zones[] = {"UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata",
                                    "Australia/Lord_Howe"};

/* Local instants that make calendars stumble: gaps, overlaps, month ends, leap days. */
static const char *const edges[][6] = {
    {"2020-02-29 00:00", "2021-12-31 23:59:59.999999", "2022-01-01 00:00", "2021-02-28 12:00",
     "2020-03-31 01:02:03.000001", "2022-06-30 23:00"},
    {"2021-03-28 02:30", "2022-03-27 02:00", "2021-10-31 02:30", "2022-10-30 02:00",
     "2022-03-27 03:00", "2021-10-31 03:00"},
    {"2021-03-14 02:30", "2022-03-13 02:00", "2021-11-07 01:30", "2022-11-06 01:00",
     "2022-03-13 03:00", "2022-11-06 02:00"},
    {"2020-02-29 00:00", "2021-12-31 23:59:59.999999", "2022-01-01 05:30", "2021-02-28 18:30",
     "2020-03-31 00:00", "2022-06-30 05:30"},
    {"2021-10-03 02:15", "2022-10-02 02:00", "2022-04-03 01:45", "2021-04-04 01:30",
     "2022-10-02 02:30", "2022-04-03 02:00"},
};

static const char *const month_ends[] = {"2024-02-29 12:00", "2023-03-31 00:00", "2022-05-31 23:59",
                                         "2025-02-28 06:00", "2024-12-31 23:59:59"};

static const char *const odd_names[] = {
    "Weird Calls", "a.b",
    "quo\"te",     "select",
    "Ärger",       "star*",
    "user",        "sixty_three_bytes_long_table_name_sixty_three_bytes_long_table_"};

static const char *const plain_columns[COLUMN_COUNT] = {
    "id",   "tenant", "tz1",  "tz2",    "ts1",   "ts2", "d1",   "d2",
    "flag", "n",      "kind", "secret", "email", "ip",  "born", "pad"};
static const char *const odd_columns[COLUMN_COUNT] = {
    "Id",   "tenant", "Last Seen", "order", "when\"", "ts.2", "D", "d",
    "FLAG", "N",      "Kind",      "group", "E-Mail", "Ip",   "?", "pad"};

/* Adds a foreign key, unless the parent has no key that one could refer to. */
static struct case_fkey *draw_fkey(struct property_case *property, int child, int parent)
{
    struct random *random = &property->random;
    struct case_table *table = &property->tables[child];
    enum partitioning parts = property->tables[parent].parts;
    static const char actions[] = "aarcccnn";
    if (parts == PARTS_RANGE || parts == PARTS_RANGE_HASH) {
        return NULL;
    }
    struct case_fkey *fkey = &table->fkeys[table->fkey_count];
    fkey->parent = parent;
    fkey->action = actions[random_below(random, (int)sizeof actions - 1)];
    fkey->composite = parts == PARTS_LIST || random_chance(random, 30);
    fkey->deferred = random_chance(random, 10);
    fkey->orphans = table->parts == PARTS_NONE && parts == PARTS_NONE && random_chance(random, 8);
    fkey->indexed = random_chance(random, 50);
    fkey->columns[0] = arena_printf(&property->arena, "r%d_tenant", table->fkey_count);
    fkey->columns[1] = arena_printf(&property->arena, "R%d", table->fkey_count);
    table->fkey_count++;
    return fkey;
}

static void draw_fkeys(struct property_case *property, int child)
{
    struct random *random = &property->random;
    int wanted = child == 0           ? 0
                 : property->is_chain ? 1
                                      : random_between(random, child > 1, CASE_FORWARD_MAX);
    for (int i = 0; i < wanted; i++) {
        int parent = property->is_chain ? child - 1 : random_below(random, child);
        struct case_fkey *fkey = draw_fkey(property, child, parent);
        if (fkey != NULL && property->is_chain && random_chance(random, 75)) {
            fkey->action = 'c';
        }
    }
}

static bool draws_purge(const struct property_case *property)
{
    for (int i = 0; i < property->rule_count; i++) {
        if (property->rules[i].purge) {
            return true;
        }
    }
    return false;
}

static bool lists_any(const struct property_case *property)
{
    for (int i = 0; i < property->rule_count; i++) {
        if (property->rules[i].cascade_count > 0) {
            return true;
        }
    }
    return false;
}

/*
 * Foreign keys back from a table to one that refers to it, at any depth, or to itself. Beside a
 * `cascade:`, which would have to name the whole circle, and where a table without a purge rule
 * would go by cascade, the foreign key is SET NULL, which breaks the circle.
 */
static void draw_circles(struct property_case *property)
{
    struct random *random = &property->random;
    int wanted = random_chance(random, 70) ? random_between(random, 1, 3) : 0;
    for (int i = 0; i < wanted; i++) {
        int parent = random_below(random, property->table_count), child = parent;
        while (property->tables[child].fkey_count > 0 && random_chance(random, 75)) {
            const struct case_table *table = &property->tables[child];
            child = table->fkeys[random_below(random, table->fkey_count)].parent;
        }
        if (property->tables[child].fkey_count == CASE_FKEYS_MAX) {
            continue;
        }
        struct case_fkey *fkey = draw_fkey(property, child, parent);
        if (fkey != NULL) {
            fkey->closes_circle = true;
            if (lists_any(property) ||
                (fkey->action == 'c' && draws_purge(property) && !property->tables[child].purged)) {
                fkey->action = 'n';
            }
        }
    }
}

static void draw_tables(struct property_case *property)
{
    struct random *random = &property->random;
    static const enum partitioning kinds[] = {PARTS_NONE, PARTS_NONE,  PARTS_NONE,
                                              PARTS_NONE, PARTS_NONE,  PARTS_HASH,
                                              PARTS_LIST, PARTS_RANGE, PARTS_RANGE_HASH};
    static const enum case_column keys[] = {COLUMN_TZ1, COLUMN_TS1, COLUMN_D1};
    bool odd = random_chance(random, 30);
    memcpy(property->columns, odd ? odd_columns : plain_columns, sizeof property->columns);
    property->schema = random_chance(random, 20) ? "Prop erty" : "prop";
    property->is_chain = random_chance(random, 30);
    property->table_count = random_between(random, property->is_chain ? 2 : 1, CASE_TABLES_MAX);
    for (int i = 0; i < property->table_count; i++) {
        struct case_table *table = &property->tables[i];
        table->name = arena_printf(&property->arena, "t%d", i);
        if (random_chance(random, 25)) {
            table->name = odd_names[i * 2 + random_below(random, 2)];
        }
        table->listed_by = -1;
        table->parts = kinds[random_below(random, (int)(sizeof kinds / sizeof kinds[0]))];
        table->part_key = keys[random_below(random, 3)];
        table->rows = random_chance(random, 5) ? 0 : random_between(random, 1, 60);
        table->wide = random_chance(random, 20);
        draw_fkeys(property, i);
    }
}

static void draw_window(struct property_case *property, struct case_rule *rule)
{
    struct random *random = &property->random;
    struct arena *arena = &property->arena;
    int n;
    switch (random_below(random, 7)) {
    case 0:
        rule->days = n = random_chance(random, 20) ? 730 : random_between(random, 1, 729);
        rule->window = arena_printf(arena, "%d day%s", n, n == 1 ? "" : "s");
        break;
    case 1:
        n = random_between(random, 1, 104);
        rule->days = 7 * n;
        rule->window = arena_printf(arena, "%d week%s", n, n == 1 ? "" : "s");
        break;
    case 2:
        n = random_between(random, 1, 2);
        rule->months = 12 * n;
        rule->window = arena_printf(arena, "%d year%s", n, n == 1 ? "" : "s");
        break;
    case 3:
        rule->months = random_between(random, 1, 22);
        rule->days = random_between(random, 1, 28);
        rule->window = arena_printf(arena, "P%dM%dD", rule->months, rule->days);
        break;
    case 4:
        if (random_chance(random, 20)) {
            rule->months = 120;
            rule->beyond_cap = true;
            rule->window = "10 years";
            break;
        } /* FALLTHROUGH */
    default:
        rule->months = n = random_between(random, 1, 24);
        rule->window = arena_printf(arena, "%d month%s", n, n == 1 ? "" : "s");
        break;
    }
    rule->own_keep = !rule->beyond_cap && random_chance(random, 25);
}

static void draw_clock(struct property_case *property, struct case_rule *rule)
{
    struct random *random = &property->random;
    int table = rule->table;
    for (;;) {
        struct case_clock *clock = &rule->levels[rule->level_count++];
        const struct case_table *here = &property->tables[table];
        clock->fkey = -1;
        if (here->fkey_count > 0 && rule->level_count < CASE_LEVELS_MAX &&
            random_chance(random, rule->level_count == 1 ? 45 : 70)) {
            int fkey = random_below(random, here->fkey_count);
            /* A purged parent would take the clock with it when the reference becomes null. */
            if (here->fkeys[fkey].action != 'n' ||
                !property->tables[here->fkeys[fkey].parent].purged) {
                clock->fkey = fkey;
                table = here->fkeys[fkey].parent;
                continue;
            }
        }
        clock->column_count = random_chance(random, 40) ? 2 : 1;
        clock->columns[0] = (enum case_column)random_between(random, COLUMN_TZ1, COLUMN_D2);
        do {
            clock->columns[1] = (enum case_column)random_between(random, COLUMN_TZ1, COLUMN_D2);
        } while (clock->columns[1] == clock->columns[0]);
        clock->null_active = clock->column_count == 1 && random_chance(random, 20);
        return;
    }
}

static unsigned draw_masks(struct random *random, unsigned taken)
{
    static const unsigned choices[] = {SECRET_NULL,  SECRET_FIXED, SECRET_EMPTY, SECRET_DEFAULT,
                                       EMAIL_UNIQUE, IP_NETWORK,   IP_NULL,      BORN_MONTH,
                                       BORN_YEAR,    BORN_NULL};
    static const unsigned groups[] = {15, 15, 15, 15, 16, 96, 96, 896, 896, 896};
    unsigned masks = 0;
    for (int tries = 0; tries < 12 && (masks == 0 || tries < 3); tries++) {
        int choice = random_below(random, 10);
        if (((masks | taken) & groups[choice]) == 0) {
            masks |= choices[choice];
        }
    }
    return masks;
}

static struct case_rule *draw_rule(struct property_case *property, int table, bool purge)
{
    struct random *random = &property->random;
    struct case_rule *rule = &property->rules[property->rule_count];
    *rule = (struct case_rule){.table = table, .purge = purge};
    draw_window(property, rule);
    draw_clock(property, rule);
    if (random_chance(random, 30)) {
        rule->only = property_expression(property, table);
    }
    if (random_chance(random, 35)) {
        rule->unless = property_expression(property, table);
    }
    bool odd =
        strncmp(property->tables[table].name, "t", 1) != 0 || strcmp(property->schema, "prop") != 0;
    if (odd || random_chance(random, 40)) {
        rule->id = arena_printf(&property->arena, "rule-%d", property->rule_count);
    }
    property->rule_count++;
    return rule;
}

/*
 * `cascade:` for tables that hang on this one alone: with a second foreign key, whether another
 * parent is blocked would depend on the order of the steps.
 */
static void draw_cascade(struct property_case *property, struct case_rule *rule)
{
    bool goes[CASE_TABLES_MAX] = {false};
    goes[rule->table] = true;
    if (property->tables[rule->table].listed_by >= 0) {
        return; /* then the tables below would be named for this rule but not for the parent's */
    }
    for (int child = rule->table + 1; child < property->table_count; child++) {
        struct case_table *table = &property->tables[child];
        if (table->fkey_count == 1 && table->fkeys[0].action == 'c' &&
            goes[table->fkeys[0].parent] && random_chance(&property->random, 50)) {
            goes[child] = true;
            table->listed_by = rule->table;
            rule->cascade[rule->cascade_count++] = child;
        }
    }
}

/* A cascade may only reach tables with a purge rule or in the list of the rule it starts from. */
static bool draw_purged(struct property_case *property, int table)
{
    const struct case_table *drawn = &property->tables[table];
    for (int i = 0; i < drawn->fkey_count; i++) {
        int parent = drawn->fkeys[i].parent;
        const struct case_table *above = &property->tables[parent];
        if (drawn->fkeys[i].action == 'c' &&
            ((above->purged && drawn->listed_by != parent) ||
             (above->listed_by >= 0 && drawn->listed_by != above->listed_by))) {
            return true;
        }
    }
    return random_chance(&property->random, 70);
}

static void draw_rules(struct property_case *property)
{
    struct random *random = &property->random;
    for (int i = 0; i < property->table_count; i++) {
        unsigned taken = 0;
        property->tables[i].purged = draw_purged(property, i);
        if (property->tables[i].purged) {
            struct case_rule *rule = draw_rule(property, i, true);
            draw_cascade(property, rule);
            if (rule->cascade_count == 0 && random_chance(random, 25)) {
                draw_rule(property, i, true);
            }
        }
        int masks = property->tables[i].purged ? random_chance(random, 35) : 1;
        masks +=
            masks == 1 && property->rule_count < CASE_RULES_MAX - 4 && random_chance(random, 20);
        for (int j = 0; j < masks; j++) {
            unsigned drawn = draw_masks(random, taken);
            if (drawn != 0) {
                draw_rule(property, i, false)->masks = drawn;
                taken |= drawn;
            }
        }
    }
}

static void draw_holds(struct property_case *property)
{
    struct random *random = &property->random;
    static const char *const ends[] = {NULL, NULL, "2020-01-01", "2099-01-01"};
    property->hold_count = random_below(random, CASE_HOLDS_MAX + 1);
    for (int i = 0; i < property->hold_count; i++) {
        struct case_hold *hold = &property->holds[i];
        hold->table_count = property->table_count > 1 && random_chance(random, 25) ? 2 : 1;
        hold->tables[0] = random_below(random, property->table_count - hold->table_count + 1);
        hold->tables[1] = hold->tables[0] + 1;
        hold->where = property_expression(property, hold->table_count == 1 ? hold->tables[0] : -1);
        hold->follow = random_chance(random, 75);
        hold->until = ends[random_below(random, 4)];
    }
}

/* Tables from which foreign keys lead to one of the hold's. */
static void reach_of(const struct property_case *property, const struct case_hold *hold,
                     bool reach[CASE_TABLES_MAX])
{
    for (int i = 0; i < hold->table_count; i++) {
        reach[hold->tables[i]] = true;
    }
    for (int turn = 0; turn < property->table_count; turn++) {
        for (int i = 0; i < property->table_count; i++) {
            for (int j = 0; j < property->tables[i].fkey_count; j++) {
                reach[i] = reach[i] || reach[property->tables[i].fkeys[j].parent];
            }
        }
    }
}

bool property_holds_circle(const struct property_case *property)
{
    bool found = false;
    for (int h = 0; h < property->hold_count; h++) {
        bool reach[CASE_TABLES_MAX] = {false};
        reach_of(property, &property->holds[h], reach);
        for (int i = 0; property->holds[h].follow && i < property->table_count; i++) {
            for (int j = 0; j < property->tables[i].fkey_count; j++) {
                const struct case_fkey *fkey = &property->tables[i].fkeys[j];
                found = found || (fkey->closes_circle && fkey->parent != i && reach[i]);
            }
        }
    }
    return found;
}

static bool hangs_on(const struct property_case *property, int table, int other, int depth)
{
    for (int i = 0; depth > 0 && i < property->tables[table].fkey_count; i++) {
        const struct case_fkey *fkey = &property->tables[table].fkeys[i];
        if (fkey->action != 'n' &&
            (fkey->parent == other || hangs_on(property, fkey->parent, other, depth - 1))) {
            return true;
        }
    }
    return false;
}

bool property_purges_circle(const struct property_case *property)
{
    for (int i = 0; i < property->table_count; i++) {
        for (int j = 0; property->tables[i].purged && j < property->table_count; j++) {
            if (i != j && hangs_on(property, i, j, CASE_TABLES_MAX) &&
                hangs_on(property, j, i, CASE_TABLES_MAX)) {
                return true;
            }
        }
    }
    return false;
}

bool property_goes_with_itself(const struct property_case *property, int table)
{
    for (int i = 0; i < property->tables[table].fkey_count; i++) {
        const struct case_fkey *fkey = &property->tables[table].fkeys[i];
        if (fkey->parent == table && fkey->action == 'c') {
            return true;
        }
    }
    return false;
}

/* The run's instant: so that one rule's cutoff meets an edge, a month's end, or anywhere. */
static void draw_instants(struct property_case *property, int zone, PGconn *session)
{
    struct random *random = &property->random;
    struct arena *arena = &property->arena;
    const char *local;
    if (random_chance(random, 50)) {
        const struct case_rule *rule = &property->rules[random_below(random, property->rule_count)];
        int months = rule->beyond_cap ? 0 : rule->months;
        local = arena_printf(arena, "timestamp '%s' + interval '%d months %d days'",
                             edges[zone][random_below(random, 6)], months, rule->days);
    } else if (random_chance(random, 50)) {
        local = arena_printf(arena, "timestamp '%s'", month_ends[random_below(random, 5)]);
    } else {
        local = arena_printf(arena, "timestamp '2022-01-01' + interval '%d days %d microseconds'",
                             random_below(random, 1200), random_below(random, 1000000000));
    }
    char *text = session_text(
        session, arena_printf(arena,
                              "SELECT to_char((%s) AT TIME ZONE '%s' AT TIME ZONE 'UTC', "
                              "'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
                              local, property->time_zone));
    property->as_of = arena_strdup(arena, text);
    free(text);
    for (int i = 0; i < property->rule_count; i++) {
        struct case_rule *rule = &property->rules[i];
        text = session_text(
            session,
            arena_printf(
                arena, "SELECT (timestamptz '%s' AT TIME ZONE '%s') - interval '%d months %d days'",
                property->as_of, property->time_zone, rule->months, rule->days));
        rule->cutoff = arena_strdup(arena, text);
        free(text);
    }
}

void property_draw(struct property_case *property, uint64_t seed, int number, PGconn *session)
{
    *property = (struct property_case){.number = number};
    property->random = random_start(seed, (uint64_t)number);
    int zone = random_below(&property->random, 5);
    property->time_zone = zones[zone];
    draw_tables(property);
    draw_rules(property);
    draw_holds(property);
    draw_circles(property);
    draw_instants(property, zone, session);
}
