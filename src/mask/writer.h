/*
 * writer.h - what the writers of this room share: the column at hand and ways to spell it
 */
#ifndef MASK_WRITER_H
#define MASK_WRITER_H

#include "mask/mask.h"

/* One mask on one column of one statement. */
struct target {
    const struct policy_mask *mask;
    const struct catalog_column *column;
    const char *alias;
    const struct mask_key *key;
};

/* Kinds of base types that masks treat alike, as bits. */
enum family {
    FAMILY_TEXT = 1 << 0,    /* text, varchar, bpchar, citext */
    FAMILY_NETWORK = 1 << 1, /* inet, cidr */
    FAMILY_UUID = 1 << 2,
    FAMILY_BYTEA = 1 << 3,
    FAMILY_JSON = 1 << 4, /* json, jsonb */
    FAMILY_ARRAY = 1 << 5,
    FAMILY_DATE = 1 << 6,
    FAMILY_TIME = 1 << 7, /* timestamp, timestamptz */
    FAMILY_OTHER = 1 << 8,
    FAMILY_ANY = (1 << 9) - 1,
};

enum family column_family(const struct catalog_column *column);

typedef void write_sql(const struct target *target, struct sql *sql);

/* One entry of the catalogue of masks. */
struct mask_entry {
    const char *name;
    enum mask_label label;
    bool keeps_unique; /* different values stay different, or all become NULL */
    enum family families;
    const char *types; /* the families for a message */
    write_sql *expression;
    write_sql *todo;
};

const struct mask_entry *mask_entry(enum mask_kind kind);

/* Shortest varchar(n) that `unique` can fill, and the length of every `keyed_hash`. */
enum { UNIQUE_MIN_LENGTH = 16, KEYED_HASH_LENGTH = 76 };

/* alias.column as it is. */
void write_column(const struct target *target, struct sql *sql);
/*
 * alias.column as text with byte-wise comparison: a citext or a nondeterministic collation would
 * call different values equal, and the latter makes LIKE and regular expressions fail.
 */
void write_text(const struct target *target, struct sql *sql);
/* "the column differs from what the expression would make of it" */
void write_differs(const struct target *target, struct sql *sql);

write_sql write_null, write_null_todo;
write_sql write_default, write_fixed;
write_sql write_empty, write_empty_todo;
write_sql write_unique, write_unique_todo;
write_sql write_keyed_hash, write_keyed_hash_todo;
write_sql write_ip_network, write_phone_prefix, write_floor;
write_sql write_json_drop, write_json_drop_todo;
write_sql write_json_keep, write_json_keep_todo;

#endif
