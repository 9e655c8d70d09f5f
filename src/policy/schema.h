/*
 * schema.h - one way to read a mapping: a table of its keys
 *
 * Every mapping of the format is a `struct schema`: its keys, what form each value has, whether it
 * must be there, and the function that reads it into a field of a record. schema_read() finds
 * unknown, missing, empty and wrongly typed keys alike for all of them.
 */
#ifndef POLICY_SCHEMA_H
#define POLICY_SCHEMA_H

#include "policy/reader.h"
#include "policy/tree.h"

/* Forms a value may have; text that is `null` or empty is neither. */
enum { FORM_TEXT = 1, FORM_LIST = 2, FORM_MAPPING = 4, FORM_NULL = 8 };

struct key {
    const char *name;
    unsigned forms;       /* of FORM_* */
    const char *expected; /* ends "NAME must be ..." */
    bool required;
    /* `value` has one of the forms; a NULL function only allows the key */
    void (*read)(struct reader *reader, const struct node *value, void *field);
    size_t offset; /* of the field in the record */
};

struct schema {
    const char *what; /* "a rule" */
    const struct key *keys;
    size_t count;
};

#define SCHEMA(what, keys)                                                                         \
    {                                                                                              \
        (what), (keys), sizeof(keys) / sizeof *(keys)                                              \
    }

/* Reads the mapping into `record`. A node that is no mapping is reported. */
void schema_read(struct reader *reader, const struct node *node, const struct schema *schema,
                 void *record);

/* Whether the node has one of the forms; reports "SUBJECT must be EXPECTED, not ..." otherwise. */
bool schema_check_form(struct reader *reader, const struct node *node, unsigned forms,
                       const char *subject, const char *expected);

#endif
