/*
 * catalog.h - what the server says about the tables a policy asks about
 *
 * One immutable snapshot, read in one repeatable-read transaction. Every `quoted` name was quoted
 * by the server and can stand in SQL text as it is. Everything lies in `arena`.
 */
#ifndef PGRETAIN_CATALOG_H
#define PGRETAIN_CATALOG_H

#include "base/arena.h"
#include "base/lookup.h"
#include "base/sha256.h"
#include "pgretain/policy.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of the values that ANALYZE kept of a column, how many are dates of our time in each unit. */
struct catalog_dates {
    int64_t values; /* numbers above 0, or keys */
    int64_t in_unit[CLOCK_UNITS];
};

struct catalog_column {
    const char *name;
    const char *quoted;
    const char *type;           /* as declared, e.g. "character varying(64)" */
    const char *base_type;      /* domains resolved, no length: "varchar", "timestamptz", "jsonb" */
    const char *value_type;     /* the same as SQL: "bpchar", "public.citext", "text[]" */
    const char *default_sql;    /* or NULL */
    const char *generation_sql; /* of a generated column; else NULL */
    const char **reads;         /* the columns a generated one is computed from, not quoted */
    size_t read_count;
    int max_length;       /* of varchar(n) and char(n); 0: no limit */
    int precision, scale; /* of numeric(p,s); precision 0: no limit */
    bool default_is_volatile;
    bool not_null; /* also through a domain */
    bool is_domain;
    bool is_generated;
    bool is_identity;
    bool in_primary_key;
    bool in_unique;       /* in any catalog_key, the primary key too */
    bool nulls_collide;   /* in one under which NULLs are equal */
    const char *key_name; /* of the first such key, or NULL */
    bool in_partition_key;
    bool is_referenced; /* some foreign key points at it */
    bool leads_index;   /* first column of a usable index */
    bool may_update;
    const char *operator_schema; /* where the type's own operators are, quoted; NULL: pg_catalog */
    bool is_enum;                /* also through a domain */
    const struct catalog_dates *dates; /* of a clock with a unit; NULL: no statistics */
};

/*
 * An index that keeps rows apart: of a primary key, a unique or exclusion constraint, or unique by
 * itself, also on expressions or in part.
 */
struct catalog_key {
    const char *name;
    const char **columns; /* not quoted; first those that are compared as they are, */
    size_t plain_count;   /* which are so many, then those it reads in expressions and WHERE */
    size_t column_count;
    bool is_primary;
    bool is_exclusion;
    bool is_inherited;        /* a partition's part of the parent's index */
    bool nulls_collide;       /* NULLS NOT DISTINCT */
    const char **expressions; /* as SQL over the row; those of the key, */
    size_t expression_count;
    const char *predicate; /* and the one in WHERE, or NULL */
};

/*
 * What every row has to meet: a CHECK constraint, one of a column's domain, or that a generated
 * column is not NULL.
 */
struct catalog_check {
    const char *name;
    const char *expression; /* as SQL over the row; a domain's over VALUE */
    const char **columns;   /* not quoted */
    size_t column_count;
    bool is_domain;
    bool is_inherited; /* the parent has it as well */
    bool is_validated; /* otherwise there may be rows that do not meet it */
};

struct catalog_trigger {
    const char *name;
    const char *function; /* schema.name */
    bool is_row, is_before, on_delete, on_update;
    const char **columns; /* UPDATE OF these; none: of any */
    size_t column_count;
    const char **arguments;
    size_t argument_count;
    const char *source;    /* of the function; NULL where it is no text */
    const char *old_table; /* REFERENCING OLD TABLE AS, or NULL */
    bool has_search_path;  /* the function sets its own */
};

/* A rewrite rule ON DELETE or ON UPDATE. */
struct catalog_rule {
    const char *name;
    bool is_instead, on_delete, on_update;
};

/* A materialised view that keeps what it has read. */
struct catalog_reader {
    const struct catalog_table *view;
    const char **columns; /* what is read of the table, not quoted */
    size_t column_count;
};

struct catalog_publication {
    const char *name;
    bool sends_update, sends_delete;
    bool misses_identity; /* a row filter or column list goes beyond, or falls short of it */
};

enum verdict {
    VERDICT_VALUE_REFUSED, /* not a value of the column's type */
    VERDICT_CHECK_REFUSED, /* `name` refuses what the mask writes */
    VERDICT_CHECK_UNKNOWN, /* `name` depends on more than the mask writes */
    VERDICT_KEY_REFUSED,   /* rows would be equal under the index `name` */
};

/* What the server did not take of the values that a mask would write into a table. */
struct catalog_verdict {
    enum verdict verdict;
    const struct policy_mask *mask;
    const char *name;   /* of the constraint or index, or NULL */
    const char *reason; /* of VALUE_REFUSED, without values */
};

/* Of the Citus extension: sharded by a column, copied to each node, or one shard here. */
enum citus_kind { CITUS_NONE, CITUS_DISTRIBUTED, CITUS_REFERENCE, CITUS_LOCAL };

struct catalog_table {
    uint32_t oid;
    const char *schema;
    const char *name;
    const char *text;   /* schema.name, parts with . * ? " in double quotes: how output names it */
    const char *quoted; /* "schema"."name" for SQL */
    const char *alias;  /* the name alone, quoted: how policy expressions see the row */
    char kind;          /* pg_class.relkind: r p v m f */
    bool is_partition;
    bool is_unlogged;
    bool is_heap;
    bool has_row_security;
    bool is_owner; /* this role owns it (or is a member of the owner, or superuser) */
    bool may_use_schema;
    bool may_select_some; /* some columns */
    bool may_select, may_delete, may_update, may_insert, may_analyze;
    bool takes_rows;               /* some rule inserts into it */
    double estimated_rows;         /* pg_class.reltuples summed over leaves; -1: never analysed */
    int64_t bytes;                 /* heap and TOAST, summed over leaves */
    int64_t changed_since_analyze; /* rows, summed over leaves */
    enum citus_kind citus;
    const char *distribution_column; /* not quoted; NULL: there is none */
    int shard_count;
    int64_t largest_shard_bytes;  /* its indexes included */
    struct catalog_table *parent; /* partition or inheritance parent, the first; or NULL */
    /* a table that inherits from several: itself, or one below it by any of them; or NULL */
    const struct catalog_table *inherits_twice;
    struct catalog_table **leaves; /* tables with storage below it, itself included if it has any */
    size_t leaf_count;
    struct catalog_table **children; /* directly below it in its tree */
    size_t child_count;
    const struct catalog_fkey **fkeys_from; /* declared on it */
    size_t fkey_from_count;
    const struct catalog_fkey **fkeys_to; /* that refer to it */
    size_t fkey_to_count;
    /* of a partition: */
    const char *bound_column; /* the range's only column; NULL: it is none over a date or time */
    int64_t bound_end;        /* first value beyond it, as microseconds; INT64_MAX: no end */
    const char *bound;        /* as ATTACH PARTITION takes it */
    bool has_default_sibling, has_delete_trigger, is_detach_pending;
    bool has_details; /* columns, triggers and fingerprint were read */
    struct catalog_column *columns;
    size_t column_count;
    const char **primary_key; /* quoted column names, in the key's order */
    size_t primary_key_count;
    struct catalog_key *keys; /* the primary key first */
    size_t key_count;
    struct catalog_check *checks;
    size_t check_count;
    struct catalog_verdict *verdicts;
    size_t verdict_count;
    struct catalog_trigger *triggers;
    size_t trigger_count;
    struct catalog_rule *rules;
    size_t rule_count;
    struct catalog_reader *readers;
    size_t reader_count;
    struct catalog_publication *publications; /* of the table or of what it is a part of */
    size_t publication_count;
    bool lacks_identity; /* published, and without a replica identity */
    const char *
        *foreign_code; /* "trigger t", "index i", …: code of non-superusers our write runs */
    size_t foreign_code_count;
    const char **uncallable; /* "function f in index i", …: an UPDATE needs it, the role may not */
    size_t uncallable_count;
    char fingerprint[SHA256_HEX]; /* of columns, constraints and triggers, by name */
};

/* pg_constraint.confdeltype */
enum reference_action {
    REFERENCE_NO_ACTION = 'a',
    REFERENCE_RESTRICT = 'r',
    REFERENCE_CASCADE = 'c',
    REFERENCE_SET_NULL = 'n',
    REFERENCE_SET_DEFAULT = 'd',
};

/* A foreign key that was declared (not the copy a partition inherits). */
struct catalog_fkey {
    const char *name;
    struct catalog_table *child;
    struct catalog_table *parent;
    const char **child_columns;      /* quoted */
    const char **parent_columns;     /* quoted */
    const char **child_column_names; /* not quoted, same order */
    const char **parent_column_names;
    size_t column_count;
    enum reference_action on_delete;
    enum reference_action on_update;
    bool match_full;       /* otherwise one NULL among the columns frees a row from it */
    bool child_is_indexed; /* an index leads with the referring columns, in any order */
};

/* A point in time, in each form that some type of clock is compared with. */
struct moment {
    const char *local;    /* timestamp in the policy's time zone, ISO */
    const char *instant;  /* timestamptz in UTC, RFC 3339 */
    const char *date;     /* local's date */
    int64_t microseconds; /* instant, since 1970-01-01 00:00 UTC */
};

/* Whole periods begin and end in the policy's time zone: [from, to). */
struct slice {
    struct moment from, to;
};

/* The end of a window: rows whose clock lies before it are past it. */
struct catalog_cutoff {
    struct window window;
    enum period period; /* where whole periods are taken only: rounded down to its start */
    const char *local;  /* as in struct moment, and so the next three */
    const char *instant;
    const char *date;
    int64_t microseconds;
    struct moment before; /* the start of the last whole period; with a period only */
};

/* An expression of the policy that the server did not accept. */
struct catalog_rejection {
    const char *expression; /* the policy's own pointer: identity, not text, is compared */
    const struct catalog_table *table;
    const char *sqlstate;
    const char *reason; /* without values */
    struct mark mark;   /* where in the file the server stopped, or the expression's start */
};

/* A clock expression that the server accepted. */
struct catalog_expression {
    const char *expression; /* the policy's own pointer */
    const struct catalog_table *table;
    struct catalog_column value;         /* its type, as if it were a column */
    const struct catalog_column **reads; /* columns of the row that it surely reads */
    size_t read_count;
    bool may_read_others; /* it names the row as a whole, or the server could not tell */
};

/* How much of a table lies before a rule's cutoff, as far as statistics tell. */
struct catalog_share {
    const struct catalog_table *table;
    const char *column; /* the clock: the policy's own pointer */
    const struct catalog_cutoff *cutoff;
    bool is_indexed;    /* a whole index leads with the clock */
    double before;      /* 0 to 1; -1: no statistics, or no index that leads with the clock */
    double correlation; /* 1: the heap is in the clock's order; 0: in none */
    /* rows in a partial index that leads with the clock and has all that is still to be masked;
     * -1: there is none */
    double in_part;
};

struct catalog {
    struct arena arena;
    int server_version_num;
    const char *server_version;
    const char *database;
    const char *system_identifier;
    const char *role;
    const char *session_replication_role;
    bool is_superuser;
    bool is_powerful; /* superuser, CREATEROLE or a server-file role: owners' code would gain from
                         it */
    bool in_recovery;
    bool has_citus;
    bool has_publications;
    int64_t wal_position;    /* in bytes, when reading began; -1 on a standby */
    bool may_log_parameters; /* server settings could write statement parameters into its log */
    const char *now;         /* RFC 3339 UTC */
    const char *as_of;       /* the run's instant, RFC 3339 UTC */
    const char *as_of_local; /* timestamp in the policy's time zone */
    const char *as_of_date;
    int64_t as_of_microseconds; /* since 1970-01-01 00:00 UTC */
    double clock_skew_seconds;  /* server's clock minus this machine's */
    int block_bytes;
    int64_t timeline;
    struct catalog_table *tables; /* every relation of the database outside system schemas */
    size_t table_count;
    struct lookup by_name; /* tables by schema and name */
    struct catalog_fkey *fkeys;
    size_t fkey_count;
    struct catalog_cutoff *cutoffs; /* one per distinct window and period among the rules */
    size_t cutoff_count;
    struct catalog_rejection *rejections;
    size_t rejection_count;
    struct catalog_expression *expressions;
    size_t expression_count;
    struct catalog_share *shares; /* of rules whose clock is a plain column; by table */
    size_t share_count;
};

/* Sets what follows from the rest: `by_name`, and each table's children and foreign keys. */
void catalog_index(struct catalog *catalog);

/* The next of the tables that a name means, which may be a pattern; the first after NULL. */
const struct catalog_table *catalog_next_match(const struct catalog *catalog,
                                               const struct table_name *name,
                                               const struct catalog_table *after);

/* All return NULL when there is none. Names are compared byte by byte. */
const struct catalog_table *catalog_find_table(const struct catalog *catalog,
                                               const struct table_name *name);
const struct catalog_column *catalog_find_column(const struct catalog_table *table,
                                                 const char *name);
const struct catalog_cutoff *catalog_find_cutoff(const struct catalog *catalog,
                                                 const struct window *window, enum period period);
const struct catalog_rejection *catalog_find_rejection(const struct catalog *catalog,
                                                       const char *expression,
                                                       const struct catalog_table *table);
const struct catalog_expression *catalog_find_expression(const struct catalog *catalog,
                                                         const char *expression,
                                                         const struct catalog_table *table);
/* The name of the table that was probably meant, one that differs in case first; or NULL. */
const char *catalog_nearest_table(const struct catalog *catalog, const char *text,
                                  struct arena *arena);
const struct catalog_share *catalog_find_share(const struct catalog *catalog,
                                               const struct catalog_table *table,
                                               const char *column,
                                               const struct catalog_cutoff *cutoff);
/* The topmost table of a partition or inheritance tree. */
const struct catalog_table *catalog_root(const struct catalog_table *table);
/* Whether `name`, which may be a pattern, names this table. */
bool table_name_matches(const struct table_name *name, const char *schema, const char *table);

#endif
