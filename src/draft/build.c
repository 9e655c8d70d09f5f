/* build.c - what becomes of each table that holds something personal. */
#include "draft/draft_private.h"

#include <string.h>

static const char *const categories[] = {"telephony", "integration_credentials", "usage",
                                         "personal"};
enum { CATEGORY_COUNT = sizeof categories / sizeof *categories };

struct draft_table *draft_find(const struct draft *draft, const struct catalog_table *table)
{
    size_t low = 0, high = draft->table_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (draft->tables[middle].table < table)
            low = middle + 1;
        else
            high = middle;
    }
    return low < draft->table_count && draft->tables[low].table == table ? &draft->tables[low]
                                                                         : NULL;
}

static const struct catalog_table *table_by_oid(const struct catalog *catalog, uint32_t oid)
{
    size_t low = 0, high = catalog->table_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (catalog->tables[middle].oid < oid)
            low = middle + 1;
        else
            high = middle;
    }
    return low < catalog->table_count && catalog->tables[low].oid == oid ? &catalog->tables[low]
                                                                         : NULL;
}

/* Both are in the order of oids, so the tables of the draft stay sorted. */
static void add_column(struct draft *draft, const struct discovered_column *column)
{
    const struct catalog_table *table = table_by_oid(draft->catalog, column->table_oid);
    if (table == NULL || table->parent != NULL || (table->kind != 'r' && table->kind != 'p'))
        return;
    struct draft_table *last =
        draft->table_count == 0 ? NULL : &draft->tables[draft->table_count - 1];
    if (last == NULL || last->table != table) {
        last = ARENA_PUSH(&draft->arena, draft->tables, draft->table_count);
        last->table = table;
    }
    *ARENA_PUSH(&draft->arena, last->columns, last->column_count) = column;
}

/* The category that most of what was found belongs to. */
static void choose_category(struct draft_table *table)
{
    double sums[CATEGORY_COUNT] = {0}, most = 0;
    for (size_t i = 0; i < table->column_count; i++)
        for (int c = 0; c < CATEGORY_COUNT; c++)
            if (strcmp(table->columns[i]->category, categories[c]) == 0)
                sums[c] += table->columns[i]->score;
    for (int c = 0; c < CATEGORY_COUNT; c++)
        if (sums[c] > most) {
            most = sums[c];
            table->category = categories[c];
        }
}

static void leave_undecided(struct draft_table *table, const char *reason)
{
    table->verdict = DRAFT_UNDECIDED;
    table->reason = reason;
}

void draft_build(const struct catalog *catalog, const struct discovery *discovery,
                 struct draft *ret_draft)
{
    struct draft draft = {.catalog = catalog};
    for (size_t i = 0; i < discovery->column_count; i++)
        if (discovery->columns[i].category != NULL)
            add_column(&draft, &discovery->columns[i]);
    for (size_t i = 0; i < draft.table_count; i++)
        choose_category(&draft.tables[i]);
    draft_choose_clocks(&draft);
    draft_find_people(&draft);
    for (size_t i = 0; i < draft.table_count; i++) {
        struct draft_table *table = &draft.tables[i];
        bool stays = table->is_person || table->is_group;
        table->verdict = stays ? DRAFT_ANONYMISE : DRAFT_PURGE;
        if (table->clock == NULL)
            leave_undecided(table, "no column tells how old a row is");
        else if (stays && !draft_choose_masks(&draft, table))
            leave_undecided(table, "no mask fits what names the person");
    }
    *ret_draft = draft;
}

bool draft_take_back(struct draft *draft, const char *table_text, const char *reason)
{
    for (size_t i = 0; i < draft->table_count; i++) {
        struct draft_table *table = &draft->tables[i];
        if (strcmp(table->table->text, table_text) != 0)
            continue;
        if (table->verdict == DRAFT_UNDECIDED)
            return false;
        leave_undecided(table, arena_strdup(&draft->arena, reason));
        return true;
    }
    return false;
}

void draft_free(struct draft *draft)
{
    arena_free(&draft->arena);
}
