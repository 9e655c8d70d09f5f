/*
 * property_case.h - one random small database with its policy
 *
 * Drawn from a seed and a case number alone, so that `property --seed S --only CASE` meets the same
 * case again. Tables refer to tables with a lower index, and where the case has circles also to
 * themselves and to tables that refer to them. Everything lies in `arena`.
 */
#ifndef PROPERTY_CASE_H
#define PROPERTY_CASE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "support/random.h"
#include "support/session.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    CASE_TABLES_MAX = 4,
    CASE_FORWARD_MAX = 2, /* foreign keys to a lower index */
    CASE_FKEYS_MAX = 4,
    CASE_LEVELS_MAX = 4,
    CASE_RULES_MAX = 16,
    CASE_HOLDS_MAX = 2,
};

enum case_column {
    COLUMN_ID,
    COLUMN_TENANT,
    COLUMN_TZ1,
    COLUMN_TZ2,
    COLUMN_TS1,
    COLUMN_TS2,
    COLUMN_D1,
    COLUMN_D2,
    COLUMN_FLAG,
    COLUMN_N,
    COLUMN_KIND,
    COLUMN_SECRET,
    COLUMN_EMAIL,
    COLUMN_IP,
    COLUMN_BORN,
    COLUMN_PAD,
    COLUMN_COUNT
};

/* What the tally at the end counts; a case counts once for each kind it uses. */
enum case_class {
    CLASS_TIMESTAMPTZ,
    CLASS_TIMESTAMP,
    CLASS_DATE,
    CLASS_LATEST,
    CLASS_LATEST_MIXED,
    CLASS_WHEN_NULL,
    CLASS_PARENT,
    CLASS_PARENT_NESTED,
    CLASS_PARENT_COMPOSITE,
    CLASS_CIRCLE,        /* a followed hold over a circle of several tables */
    CLASS_PURGED_CIRCLE, /* a purge of tables in a circle */
    CLASS_COUNT
};

enum partitioning { PARTS_NONE, PARTS_HASH, PARTS_LIST, PARTS_RANGE, PARTS_RANGE_HASH };

struct case_fkey {
    int parent;
    char action; /* as pg_constraint.confdeltype; a r c n */
    bool composite;
    bool deferred;
    bool orphans; /* NOT VALID, with rows that refer to nothing */
    bool indexed;
    bool closes_circle;     /* the parent's index is not lower; no clock goes this way */
    const char *columns[2]; /* [tenant,] id */
};

struct case_table {
    const char *name;
    enum partitioning parts;
    enum case_column part_key; /* of PARTS_RANGE and PARTS_RANGE_HASH */
    int rows;
    bool wide; /* few rows a block */
    struct case_fkey fkeys[CASE_FKEYS_MAX];
    int fkey_count;
    bool purged;   /* has a purge rule */
    int listed_by; /* the table whose rule has it in its `cascade:`, or -1 */
};

/* One level of a clock: columns here, or the clock of the row that `fkey` refers to. */
struct case_clock {
    int fkey; /* -1: columns */
    enum case_column columns[2];
    int column_count;
    bool null_active;
};

enum case_mask {
    SECRET_NULL = 1,
    SECRET_FIXED = 2,
    SECRET_EMPTY = 4,
    SECRET_DEFAULT = 8,
    EMAIL_UNIQUE = 16,
    IP_NETWORK = 32,
    IP_NULL = 64,
    BORN_MONTH = 128,
    BORN_YEAR = 256,
    BORN_NULL = 512,
};

struct case_rule {
    int table;
    bool purge;
    int months, days;
    const char *window; /* as the policy spells it */
    bool beyond_cap;
    bool own_keep;
    struct case_clock levels[CASE_LEVELS_MAX];
    int level_count;
    const char *only;   /* or NULL */
    const char *unless; /* or NULL */
    int cascade[CASE_TABLES_MAX];
    int cascade_count;
    unsigned masks;     /* enum case_mask */
    const char *id;     /* or NULL: the policy gives none */
    const char *cutoff; /* timestamp in the policy's time zone, from the server */
};

struct case_hold {
    int tables[2];
    int table_count;
    const char *where;
    bool follow;
    const char *until; /* or NULL */
};

struct property_case {
    struct arena arena;
    struct random random;
    int number;
    const char *schema;
    const char *time_zone;
    const char *as_of; /* timestamptz text in UTC */
    const char *columns[COLUMN_COUNT];
    struct case_table tables[CASE_TABLES_MAX];
    int table_count;
    bool is_chain; /* every table hangs on the one before it, mostly by cascade */
    struct case_rule rules[CASE_RULES_MAX];
    int rule_count;
    struct case_hold holds[CASE_HOLDS_MAX];
    int hold_count;
};

/* Draws the model; the session computes instants and cutoffs only. */
void property_draw(struct property_case *property, uint64_t seed, int number, PGconn *session);
/* "a""b" */
const char *property_quote(struct arena *arena, const char *name);
/* "schema"."table" */
const char *property_table(struct property_case *property, int table);
/* A random boolean expression over one row; `table` -1: columns stand unqualified. */
const char *property_expression(struct property_case *property, int table);
const char *property_clock_type(enum case_column column);
/* The table whose columns a clock's level is about. */
int property_level_table(const struct property_case *property, const struct case_rule *rule,
                         int level);

/* Whether a followed hold has a circle over several tables to go round. */
bool property_holds_circle(const struct property_case *property);

/* Whether a table with a purge rule hangs on itself over other tables. */
bool property_purges_circle(const struct property_case *property);
/* Whether rows of the table can go with rows of the same table by ON DELETE CASCADE alone. */
bool property_goes_with_itself(const struct property_case *property, int table);

/* Creates the schema, its tables and rows. */
void property_build(struct property_case *property, PGconn *session);
/* The policy's YAML. */
void property_policy(struct property_case *property, const char *database, struct buffer *out);
/* schema.name as policies and reports spell it. */
const char *property_name(struct property_case *property, int table);
const char *property_rule_id(struct property_case *property, const struct case_rule *rule);

/* What the oracle expects of one rule, in the order the classes are decided. */
struct expected_rule {
    long long due, held, undecided, excluded, blocked, undated, active;
    /* By the rule's own step: of its table, and of others. Where rows of its table can also go by
     * cascade, it depends on the batches which of the two they are. */
    long long changed, cascaded;
};

/* Temporary tables and functions of a session; once per connection. */
void oracle_prepare(PGconn *session);
/* Judges every row of the case before the run. */
void oracle_judge(struct property_case *property, PGconn *session,
                  struct expected_rule expected[CASE_RULES_MAX]);
/* Compares the database after the run; appends what differs. Returns the number of differences. */
int oracle_compare(struct property_case *property, PGconn *session, struct buffer *diff);

struct property_tool {
    const char *program;
    const char *directory; /* for policy and audit log */
    const char *database;
    const char *role;
};

/* Runs plan, enforce, audit verify, enforce, plan; appends what is wrong. */
int property_check(struct property_case *property, const struct property_tool *tool,
                   PGconn *session, struct buffer *diff);

#endif
