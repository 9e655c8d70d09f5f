/*
 * policy.h - a retention policy as written by people: categories, holds, rules
 *
 * The policy room turns YAML bytes into this value or into a list of diagnostics. The value is
 * immutable; everything it points to lies in `arena`. Names and expressions are the file's bytes:
 * nothing here has been compared with a database yet.
 */
#ifndef PGRETAIN_POLICY_H
#define PGRETAIN_POLICY_H

#include "base/arena.h"
#include "base/sha256.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A place in the policy file, both numbers from 1; line 0 means "nowhere in particular". */
struct mark {
    unsigned line;
    unsigned column;
};

/* A calendar window: `months` are subtracted first (clamped to the month's end), then `days`. */
struct window {
    int months;
    int days;
    const char *text; /* as a person reads it, e.g. "24 months"; NULL where no window was given */
};

/* schema.name; a part with * or ? is a pattern unless it was written in double quotes. */
struct table_name {
    const char *schema;
    const char *name;
    bool schema_is_pattern;
    bool name_is_pattern;
    const char *text; /* as written */
    struct mark mark;
};

struct policy_category {
    const char *name;
    struct window keep;
    const char *description;       /* NULL when absent */
    const char *obligation_law;    /* NULL when there is no obligation */
    const char *obligation_review; /* YYYY-MM-DD */
    bool review_lapsed;            /* the review date is not after today (UTC) */
    struct mark mark;
    struct mark keep_mark;
};

struct policy_hold {
    const char *id;
    const char *reason;
    const char *where; /* SQL boolean expression */
    const char *until; /* YYYY-MM-DD or NULL */
    bool until_passed; /* it still holds, with a warning */
    bool follow;       /* extends over foreign keys to the rows that hang on the held ones */
    struct table_name *tables;
    size_t table_count;
    struct mark mark;
    struct mark where_mark; /* first character of the expression */
};

enum clock_kind {
    CLOCK_COLUMN, /* one column */
    CLOCK_LATEST, /* the latest of several columns, NULLs ignored */
    CLOCK_PARENT, /* the clock of the row that `via` refers to */
    CLOCK_SQL,    /* an expression over the row */
};

/* How a column that is no date or timestamp tells time. */
enum clock_unit {
    UNIT_NONE,
    UNIT_SECONDS, /* since 1970-01-01 00:00 UTC, and so the next two */
    UNIT_MILLISECONDS,
    UNIT_MICROSECONDS,
    UNIT_UUIDV7, /* RFC 9562: a UUID whose first 48 bits are milliseconds */
    UNIT_ULID,   /* the same 48 bits, as 26 characters of Crockford's base 32 or as a uuid */
};
enum { CLOCK_UNITS = UNIT_ULID + 1 };

struct policy_clock {
    enum clock_kind kind;
    const char **columns; /* COLUMN: one; LATEST: two or more; PARENT: the referring columns */
    size_t column_count;
    enum clock_unit unit; /* of each column */
    const char *sql;      /* SQL: the expression */
    struct mark sql_mark; /* its first character */
    bool null_is_active;  /* when_null: active */
    struct table_name parent;
    struct policy_clock *of; /* the parent's clock */
    struct mark mark;
};

enum action { ACTION_PURGE, ACTION_ANONYMISE, ACTION_PSEUDONYMISE, ACTION_SUMMARISE };

enum mask_kind {
    MASK_NULL,
    MASK_DEFAULT,
    MASK_FIXED, /* text: the value */
    MASK_EMPTY,
    MASK_UNIQUE,
    MASK_IP_NETWORK,
    MASK_PHONE_PREFIX, /* number: characters kept, 1 to 6 */
    MASK_FLOOR,        /* text: hour, day, week, month, quarter or year */
    MASK_BUCKET,       /* text: the width, a decimal above 0 of at most 15 digits */
    MASK_EMAIL_DOMAIN,
    MASK_URL_ORIGIN,
    MASK_AGENT_FAMILY,
    MASK_JSON_DROP, /* items: SQL/JSON paths */
    MASK_JSON_KEEP, /* items: top-level keys */
    MASK_KEYED_HASH,
};
enum { MASK_KINDS = MASK_KEYED_HASH + 1 };

/*
 * What is left of a person, after opinion 05/2014 (WP216) of the Article 29 Working Party: can one
 * still single out, link or infer? The order is from the strongest to the weakest.
 */
enum mask_label { LABEL_DESTROYED, LABEL_GENERALISED, LABEL_PSEUDONYMOUS };

struct policy_mask {
    const char *column;
    enum mask_kind kind;
    const char *text;
    int number;
    const char **items;
    size_t item_count;
    struct mark mark;
};

/* Calendar periods, by PostgreSQL's names; weeks begin on Monday. */
enum period { PERIOD_NONE, PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH, PERIOD_QUARTER, PERIOD_YEAR };

enum measure_kind { MEASURE_COUNT, MEASURE_SUM, MEASURE_MIN, MEASURE_MAX };

/* One number that the statistics keep of a group of rows. */
struct policy_measure {
    const char *into; /* the column of the statistics table */
    enum measure_kind kind;
    const char *column; /* of the row; NULL for COUNT */
    struct mark mark;
};

/* What rows leave behind in a table of statistics when they go. */
struct policy_summary {
    struct table_name into;
    enum period period;
    const char *period_column; /* of the statistics table: where the period's first day goes */
    struct mark period_mark;
    const char **by; /* columns of the row and, by the same name, of the statistics table */
    size_t by_count;
    struct mark by_mark;
    struct policy_measure *measures;
    size_t measure_count;
    int64_t minimum; /* rows that a group of its own must have */
    struct mark minimum_mark;
};

struct policy_rule {
    const char *id; /* given, or schema.table-category */
    struct table_name table;
    struct table_name *except; /* tables a pattern leaves to other rules */
    size_t except_count;
    const struct policy_category *category;
    struct window keep; /* the rule's own, or its category's */
    struct policy_clock *clock;
    enum action action;
    const char *only;   /* SQL boolean expression or NULL */
    const char *unless; /* likewise */
    struct mark only_mark;
    struct mark unless_mark;
    struct table_name *cascade; /* tables whose rows follow the purged row */
    size_t cascade_count;
    bool forces_partitions; /* partition: force */
    struct policy_mask *masks;
    size_t mask_count;
    struct policy_summary summary; /* SUMMARISE only */
    const char *accept_label;      /* accept: {label, reason}, or NULL */
    const char *accept_reason;
    struct mark mark;
};

struct policy_exemption {
    struct table_name table;
    const char **columns; /* none: the whole table */
    size_t column_count;
    const char *reason;
    struct mark mark;
};

struct node;

struct policy {
    struct arena arena;
    bool others_can_write; /* the file: neither root's nor ours alone to change */
    const char *file;      /* as given on the command line */
    const char *name;
    const char *database;  /* guard, or NULL */
    const char *time_zone; /* default "UTC" */
    struct window cap;     /* default 24 months; after --cap, the tighter one */
    bool cap_raised;
    const char *cap_reason;
    struct mark cap_mark;
    struct window audit_keep;    /* of rotated audit files; text NULL: not given */
    const char *notice_document; /* or NULL */
    const char *notice_updated;
    struct policy_category *categories;
    size_t category_count;
    struct policy_hold *holds;
    size_t hold_count;
    double limit_share; /* largest part of a table one run may change; 0.25 unless set */
    int64_t limit_rows; /* largest number of rows a run may change; 0: no limit set */
    struct policy_rule *rules;
    size_t rule_count;
    struct table_name *subjects;
    size_t subject_count;
    struct table_name *coverage_schemas; /* every table of these: `name` is the pattern * */
    size_t coverage_count;
    struct mark coverage_mark;
    struct policy_exemption *exemptions;
    size_t exemption_count;
    const struct node *tree; /* the document as written; the policy room compares by it */
    const char *bytes;       /* the file as read, kept for the audit log and for quoting lines */
    size_t byte_count;
    char sha256[SHA256_HEX]; /* of `bytes` */
};

/* One problem in the file. All are reported, not only the first. */
struct diagnostic {
    struct mark mark;
    bool is_warning;
    const char *code; /* stable, as of findings; all errors share "policy-invalid" */
    const char *message;
    const char *hint; /* or NULL */
};

struct diagnostics {
    struct arena arena;
    struct diagnostic *items; /* in the order of the file; at most about 100 */
    size_t count;
    size_t errors;     /* warnings not counted */
    const char *bytes; /* the file as policy_load() read it, for quoting lines; else NULL */
    size_t byte_count;
};

/* "purge", "anonymise", "pseudonymise", "summarise" */
const char *action_name(enum action action);
/* Whether rows go: purged, or counted and deleted. */
bool action_deletes(enum action action);

/* "day", "week", …, as date_trunc() has them; NULL for PERIOD_NONE */
const char *period_name(enum period period);
/* Its text is an interval of PostgreSQL's, "1 day", "7 days", …; "0" for PERIOD_NONE. */
const struct window *period_length(enum period period);
/* "count", "sum", "min", "max": PostgreSQL's names too */
const char *measure_name(enum measure_kind kind);

/* "seconds", …; NULL for UNIT_NONE */
const char *clock_unit_name(enum clock_unit unit);

#endif
