/*
 * draft.h - a first policy for a database nobody has written one for
 *
 * Tables with columns that look personal get a rule each: people's tables are anonymised, since
 * others refer to them, all else is purged. Every choice is a suggestion that stands in the file
 * with its reason. What cannot be carried out is taken back table by table: draft_take_back() turns
 * a rule into an exemption that says "undecided". It makes no purge of a person's anonymisation:
 * what hangs on people would go with them.
 */
#ifndef DRAFT_DRAFT_H
#define DRAFT_DRAFT_H

#include "base/buffer.h"
#include "pgretain/catalog.h"
#include "pgretain/discovery.h"

#include <stdbool.h>

enum draft_verdict { DRAFT_ANONYMISE, DRAFT_PURGE, DRAFT_UNDECIDED };

struct draft_mask {
    const struct catalog_column *column;
    const char *text; /* as YAML: "null", "{fixed: erased}" */
};

struct draft_table {
    const struct catalog_table *table;
    const struct discovered_column **columns; /* those that look personal */
    size_t column_count;
    const char *category;
    bool is_person; /* its rows are people */
    bool is_group;  /* its rows are what people belong to: accounts, households */
    enum draft_verdict verdict;
    const char *reason; /* of DRAFT_UNDECIDED */
    const char *clock;  /* as YAML; NULL where there is none */
    const struct catalog_column *clock_columns[2];
    struct draft_mask *masks; /* of DRAFT_ANONYMISE */
    size_t mask_count;
};

struct draft {
    struct arena arena;
    const struct catalog *catalog;
    struct draft_table *tables;
    size_t table_count;
};

/* Catalog and discovery must outlive the draft. The catalog has the details of every table. */
void draft_build(const struct catalog *catalog, const struct discovery *discovery,
                 struct draft *ret_draft);
void draft_free(struct draft *draft);

/* Takes back the rule for the table; false where there is none. */
bool draft_take_back(struct draft *draft, const char *table_text, const char *reason);

/* The whole policy. `schemas` is what it promises to cover. */
void draft_format(struct draft *draft, const char *const *schemas, size_t schema_count,
                  struct buffer *out);

#endif
