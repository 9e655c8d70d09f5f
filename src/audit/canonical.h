/*
 * canonical.h - reads a line in canonical form, and no other
 *
 * Whoever hashes lines must know that each record can be written in one way only. So this reader
 * takes exactly what record_encode() makes: a flat JSON object in RFC 8785 form, keys ascending by
 * byte, texts and integers below 2^53. There is nothing to encode again to compare with, which is
 * most of what verifying a long log would cost. Why a line is refused is for canonical_refuse().
 */
#ifndef AUDIT_CANONICAL_H
#define AUDIT_CANONICAL_H

#include "audit/record.h"

struct json_t;

/*
 * Whether the line, without its newline, is a record in canonical form. The fields come in the
 * line's order. Their keys and texts stay where they are in the line, which is written over.
 */
bool canonical_read(char *line, size_t length, struct audit_field fields[RECORD_FIELDS],
                    size_t *ret_count);

/* Says what is wrong with a line that canonical_read() did not take. Returns -1. */
int canonical_refuse(const char *line, size_t length, struct damage *damage);

/* The line's JSON object in any form, to be freed with json_decref(); NULL with `damage` set. */
struct json_t *canonical_load(const char *line, size_t length, struct damage *damage);

/* A name out of a damaged file, or "?" where it could not be one of ours. */
const char *canonical_shown(const char *name);

#endif
