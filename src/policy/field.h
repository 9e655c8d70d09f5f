/*
 * field.h - reads the values that many mappings share
 *
 * The functions of the first group fit `struct key.read`; their comment names the field's type.
 */
#ifndef POLICY_FIELD_H
#define POLICY_FIELD_H

#include "policy/reader.h"
#include "policy/tree.h"

void field_text(struct reader *reader, const struct node *value, void *field);   /* const char * */
void field_word(struct reader *reader, const struct node *value, void *field);   /* const char * */
void field_date(struct reader *reader, const struct node *value, void *field);   /* const char * */
void field_window(struct reader *reader, const struct node *value, void *field); /* struct window */
void field_bool(struct reader *reader, const struct node *value, void *field);   /* bool */
void field_table(struct reader *reader, const struct node *value,
                 void *field); /* struct table_name */
void field_schema(struct reader *reader, const struct node *value,
                  void *field); /* struct table_name: every table of the schema */

/* A whole number from `min` to `max`; `subject` begins the message. */
bool field_integer(struct reader *reader, const struct node *value, const char *subject,
                   int64_t min, int64_t max, int64_t *ret_value);

/* A list of table names, and one of texts, each of which may stand there once. */
void field_tables(struct reader *reader, const struct node *list, const char *subject,
                  struct table_name **ret_items, size_t *ret_count);
void field_texts(struct reader *reader, const struct node *list, const char *subject,
                 const char ***ret_items, size_t *ret_count);

/* A column name, as one of its forms: 1 to 63 bytes. */
bool field_is_column(struct reader *reader, const struct node *value);

/* A text that two names share if they mean the same tables. */
const char *field_table_key(struct reader *reader, const struct table_name *name);

#endif
