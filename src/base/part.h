/*
 * part.h - a part of a table's name as policies write it
 */
#ifndef BASE_PART_H
#define BASE_PART_H

#include "base/arena.h"
#include "base/buffer.h"

/* Appends the part, in double quotes if it holds . * ? or ". */
void part_add(struct buffer *out, const char *part);

/* schema.name */
const char *part_join(struct arena *arena, const char *schema, const char *name);

#endif
