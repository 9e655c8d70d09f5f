/*
 * record.h - one record as a line of canonical JSON, and back
 */
#ifndef AUDIT_RECORD_H
#define AUDIT_RECORD_H

#include "audit/audit.h"
#include "audit/damage.h"
#include "base/buffer.h"

#include <stddef.h>
#include <stdint.h>

struct kind;

enum { RECORD_FIELDS = 24, RECORD_BYTES = 65536, RECORD_RUN_BYTES = 63 };

/* The largest magnitude of a number: up to here any JSON reader has it exactly. */
#define RECORD_INTEGER INT64_C(9007199254740991)

/* A record whose form and fields are right. Its texts live until record_free(). */
struct record {
    struct buffer texts; /* the line, cut into them */
    struct audit_field fields[RECORD_FIELDS];
    size_t field_count;
    const struct kind *kind;
    int64_t seq;
    const char *at;
    const char *run; /* NULL: none */
    const char *prev;
};

/* Adds the line, without newline, for up to RECORD_FIELDS fields in any order. */
int record_encode(const struct audit_field *fields, size_t count, struct buffer *out,
                  struct damage *damage);

/* Reads a line without its newline. On success the caller ends with record_free(). */
int record_decode(const char *line, size_t length, struct record *ret_record,
                  struct damage *damage);
void record_free(struct record *record);

/* NULL and -1 where the record has no such field. */
const char *record_text(const struct record *record, const char *key);
int64_t record_count(const struct record *record, const char *key);

/*
 * The sequence number and `prev` of a line that may be damaged otherwise; `prev` becomes "" and the
 * number -1 where it has none.
 */
void record_peek(const char *line, size_t length, int64_t *ret_seq, char ret_prev[SHA256_HEX]);

#endif
