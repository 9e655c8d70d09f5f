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
    FAMILY_JSON = 1 << 4,     /* json, jsonb */
    FAMILY_NETWORKS = 1 << 5, /* inet[], cidr[] */
    FAMILY_ARRAY = 1 << 6,    /* of anything else */
    FAMILY_DATE = 1 << 7,
    FAMILY_STAMP = 1 << 8,    /* timestamp, timestamptz */
    FAMILY_TIME = 1 << 9,     /* time of day without zone */
    FAMILY_INTEGER = 1 << 10, /* int2, int4, int8 */
    FAMILY_NUMERIC = 1 << 11,
    FAMILY_FLOAT = 1 << 12, /* float4, float8 */
    FAMILY_OTHER = 1 << 13,
    FAMILY_ANY = (1 << 14) - 1,
};

enum family column_family(const struct catalog_column *column);

typedef void write_sql(const struct target *target, struct sql *sql);

/* Characters that a column must hold for the longest value a mask makes. */
enum {
    ROOM_AS_BEFORE = 0,   /* the new value fits wherever the old one did */
    ROOM_AS_WRITTEN = -1, /* of the text in the policy */
    ROOM_OF_TOKEN = 16,   /* the shortest form of `unique` */
    ROOM_OF_ADDRESS = 21, /* erased@erased.invalid */
    ROOM_OF_HASH = 76,
};

/* One entry of the catalogue of masks. */
struct mask_entry {
    const char *name;
    enum mask_label label;
    bool keeps_unique; /* different values stay different, or all become NULL */
    unsigned families; /* of the columns it can stand on */
    const char *types; /* the same for a message */
    int room;
    write_sql *expression; /* f; whatever its type, it is cast to the column's */
    write_sql *todo;
};

const struct mask_entry *mask_entry(enum mask_kind kind);

/* alias.column as it is. */
void write_column(const struct target *target, struct sql *sql);
/*
 * alias.column as text with byte-wise comparison: a citext or a nondeterministic collation would
 * call different values equal, and the latter makes LIKE and regular expressions fail.
 */
void write_text(const struct target *target, struct sql *sql);
/* What the column becomes: the mask's expression as a value of the column's type. */
void write_value(const struct target *target, struct sql *sql);
/* "the column differs from what the expression would make of it" */
void write_differs(const struct target *target, struct sql *sql);

write_sql write_null, write_null_todo;
write_sql write_default, write_fixed;
write_sql write_empty, write_empty_todo;
write_sql write_unique, write_unique_todo;
write_sql write_keyed_hash, write_keyed_hash_todo;
write_sql write_ip_network, write_phone_prefix, write_floor, write_bucket;
write_sql write_email_domain, write_url_origin, write_agent_family;
write_sql write_json_drop, write_json_drop_todo;
write_sql write_json_keep, write_json_keep_todo;

#endif
