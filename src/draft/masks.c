/* masks.c - a mask for every column that could name a person. */
#include "draft/draft_private.h"

#include "mask/mask.h"

#include <string.h>

struct choice {
    const char *yaml;
    struct policy_mask mask;
};

/* The first of these that can stand on a column is taken; of a reference only the first. */
static const struct choice choices[] = {
    {"null", {.kind = MASK_NULL}},
    {"unique", {.kind = MASK_UNIQUE}},
    {"empty", {.kind = MASK_EMPTY}},
    {"{fixed: erased}", {.kind = MASK_FIXED, .text = "erased"}},
    {"{fixed: \"1900-01-01\"}", {.kind = MASK_FIXED, .text = "1900-01-01"}},
    {"{fixed: \"0\"}", {.kind = MASK_FIXED, .text = "0"}},
};
static const struct choice ip_network = {"ip_network", {.kind = MASK_IP_NETWORK}};

static bool fits_type(const struct choice *choice, const struct catalog_column *column)
{
    static const char *const numbers[] = {"int2", "int4", "int8", "numeric", "float4", "float8"};
    static const char *const dates[] = {"date", "timestamp", "timestamptz"};
    static const char *const texts[] = {"text", "varchar", "bpchar", "citext"};
    const struct {
        const char *text;
        const char *const *types;
        size_t count;
    } fixed[] = {{"erased", texts, 4}, {"1900-01-01", dates, 3}, {"0", numbers, 6}};
    if (choice->mask.kind != MASK_FIXED)
        return true;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        for (size_t t = 0; strcmp(choice->mask.text, fixed[i].text) == 0 && t < fixed[i].count; t++)
            if (strcmp(column->base_type, fixed[i].types[t]) == 0)
                return true;
    return false;
}

static bool can_stand(const struct choice *choice, const struct catalog_column *column)
{
    struct policy_mask mask = choice->mask;
    struct error ignored;
    const char *code;
    mask.column = column->name;
    return fits_type(choice, column) && mask_check(&mask, column, &code, &ignored) == 0;
}

bool draft_is_masked(const struct draft_table *table, const char *column)
{
    for (size_t i = 0; i < table->mask_count; i++)
        if (strcmp(table->masks[i].column->name, column) == 0)
            return true;
    return false;
}

/* A reference must find its row or be NULL. */
static bool is_reference(const struct draft *draft, const struct draft_table *table,
                         const struct catalog_column *column)
{
    for (size_t i = 0; i < draft->catalog->fkey_count; i++) {
        const struct catalog_fkey *fkey = &draft->catalog->fkeys[i];
        for (size_t c = 0; fkey->child == table->table && c < fkey->column_count; c++)
            if (strcmp(fkey->child_column_names[c], column->name) == 0)
                return true;
    }
    return false;
}

static bool add_mask(struct draft *draft, struct draft_table *table,
                     const struct catalog_column *column, const char *kind)
{
    const struct choice *choice = NULL;
    if (column == NULL || draft_is_masked(table, column->name))
        return column != NULL;
    if (draft_is_clock(table, column->name))
        return true; /* it stays, and the draft exempts it */
    if (kind != NULL && strcmp(kind, "ip") == 0 && can_stand(&ip_network, column))
        choice = &ip_network;
    size_t count = is_reference(draft, table, column) ? 1 : sizeof choices / sizeof *choices;
    for (size_t i = 0; choice == NULL && i < count; i++)
        if (can_stand(&choices[i], column))
            choice = &choices[i];
    if (choice == NULL)
        return false;
    struct draft_mask *mask = ARENA_PUSH(&draft->arena, table->masks, table->mask_count);
    mask->column = column;
    mask->text = choice->yaml;
    return true;
}

/* A reference to a person's row would keep the row a person's. */
static bool mask_references(struct draft *draft, struct draft_table *table)
{
    for (size_t i = 0; i < draft->catalog->fkey_count; i++) {
        const struct catalog_fkey *fkey = &draft->catalog->fkeys[i];
        const struct draft_table *parent = draft_find(draft, fkey->parent);
        if (fkey->child != table->table || parent == NULL || !parent->is_person)
            continue;
        for (size_t c = 0; c < fkey->column_count; c++)
            if (!add_mask(draft, table,
                          catalog_find_column(table->table, fkey->child_column_names[c]), NULL))
                return false;
    }
    return true;
}

/* So would an identifier that other systems know it by. */
static bool mask_identifiers(struct draft *draft, struct draft_table *table)
{
    static const char *const types[] = {"text", "varchar", "bpchar", "citext", "uuid"};
    for (size_t i = 0; i < table->table->column_count; i++) {
        const struct catalog_column *column = &table->table->columns[i];
        bool identifies = false;
        for (size_t t = 0; t < sizeof types / sizeof *types; t++)
            identifies = identifies || strcmp(column->base_type, types[t]) == 0;
        if (identifies && column->in_unique && !column->in_primary_key &&
            !add_mask(draft, table, column, NULL))
            return false;
    }
    return true;
}

bool draft_choose_masks(struct draft *draft, struct draft_table *table)
{
    for (size_t i = 0; i < table->column_count; i++)
        add_mask(draft, table, catalog_find_column(table->table, table->columns[i]->column),
                 table->columns[i]->kind);
    return mask_references(draft, table) && mask_identifiers(draft, table) && table->mask_count > 0;
}
