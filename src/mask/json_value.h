/*
 * json_value.h - a json or jsonb column as a value whose parts the server can take apart
 */
#ifndef MASK_JSON_VALUE_H
#define MASK_JSON_VALUE_H

#include "mask/writer.h"

bool column_is_jsonb(const struct catalog_column *column);

/*
 * The column itself, or for json a text that json_each() never fails on: json keeps \u0000 and
 * halves of surrogate pairs unread until somebody asks for the string; they become U+FFFD.
 */
void write_json(const struct target *target, struct sql *sql);

#endif
