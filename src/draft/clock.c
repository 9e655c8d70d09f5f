/* clock.c - which columns tell how old a row is. */
#include "draft/draft_private.h"

#include <string.h>
#include <strings.h>

static bool tells_time(const struct catalog_column *column)
{
    return strcmp(column->base_type, "timestamptz") == 0 ||
           strcmp(column->base_type, "timestamp") == 0 || strcmp(column->base_type, "date") == 0;
}

/* Of words in order of preference, the number of the first that the name holds. */
static int rank(const char *name, const char *const *words, int count)
{
    int i = 0;
    while (i < count && strcasestr(name, words[i]) == NULL)
        i++;
    return i;
}

static bool is_other_time(const char *name)
{
    static const char *const words[] = {"birth",    "dob",   "expir",  "until",   "valid", "remind",
                                        "schedule", "next",  "due",    "confirm", "reset", "locked",
                                        "sync",     "trial", "geburt", "gueltig", "naiss", "nacim",
                                        "nasc",     "caduc", "ablauf"};
    enum { COUNT = sizeof words / sizeof *words };
    return rank(name, words, COUNT) < COUNT;
}

/* The column whose name comes first in the list; NULL where none is in it. */
static const struct catalog_column *best(const struct catalog_table *table,
                                         const char *const *words, int count)
{
    const struct catalog_column *chosen = NULL;
    int chosen_rank = 2 * count;
    for (size_t i = 0; i < table->column_count; i++) {
        const struct catalog_column *column = &table->columns[i];
        int at = rank(column->name, words, count);
        if (!tells_time(column) || is_other_time(column->name) || at >= count)
            continue;
        /* "created_at" rather than "device_created_at" */
        at = 2 * at + (strncasecmp(column->name, words[at], strlen(words[at])) != 0);
        if (at >= chosen_rank)
            continue;
        chosen = column;
        chosen_rank = at;
    }
    return chosen;
}

static const struct catalog_column *begun(const struct catalog_table *table)
{
    static const char *const words[] = {
        "created",  "inserted", "occur",    "start",    "begin",  "sent",      "received",
        "logged",   "issued",   "posted",   "signup",   "joined", "setup",     "answer",
        "calldate", "stamp",    "erstellt", "angelegt", "beginn", "zeitpunkt", "debut",
        "cree_",    "horodat",  "inicio",   "alta",     "inizio", "fecha",     "datum",
        "data",     "time",     "date",     "at",       "on"};
    return best(table, words, sizeof words / sizeof *words);
}

static const struct catalog_column *touched(const struct catalog_table *table)
{
    static const char *const words[] = {
        "last_", "updated", "modified",  "changed", "ended",   "finished", "closed", "stop",
        "end_",  "seen",    "geaendert", "letzte",  "dernier", "ultim",    "modif",  "actualiz"};
    return best(table, words, sizeof words / sizeof *words);
}

/* A call is as old as its beginning, whenever its row was written or imported. */
static const struct catalog_column *called(const struct catalog_table *table)
{
    static const char *const words[] = {"start",     "begin",  "setup", "calldate",
                                        "call_date", "answer", "sent",  "received"};
    return best(table, words, sizeof words / sizeof *words);
}

/* When credentials ceased to serve; NULL means that they do still. */
static const struct catalog_column *ended(const struct catalog_table *table)
{
    static const char *const words[] = {"disconnect", "revoked", "deleted", "removed", "disabled"};
    return best(table, words, sizeof words / sizeof *words);
}

static bool special_clock(struct draft *draft, struct draft_table *table)
{
    bool is_call = strcmp(table->category, "telephony") == 0;
    bool is_key = strcmp(table->category, "integration_credentials") == 0;
    const struct catalog_column *column = is_call  ? called(table->table)
                                          : is_key ? ended(table->table)
                                                   : NULL;
    if (column == NULL)
        return false;
    table->clock_columns[0] = column;
    table->clock = draft_scalar(column->name, &draft->arena);
    if (is_key)
        table->clock = arena_printf(&draft->arena, "{column: %s, when_null: active}", table->clock);
    return true;
}

static void own_clock(struct draft *draft, struct draft_table *table)
{
    const struct catalog_column *first = begun(table->table), *last = touched(table->table);
    if (special_clock(draft, table))
        return;
    if (first == NULL || first == last) {
        first = last;
        last = NULL;
    }
    if (first == NULL)
        return;
    table->clock_columns[0] = first;
    table->clock_columns[1] = last;
    table->clock = draft_scalar(first->name, &draft->arena);
    if (last != NULL)
        table->clock = arena_printf(&draft->arena, "{latest: [%s, %s]}",
                                    draft_scalar(last->name, &draft->arena), table->clock);
}

/* A row without a date of its own is as old as the row it belongs to. */
static bool parent_clock(struct draft *draft, struct draft_table *table)
{
    const struct catalog *catalog = draft->catalog;
    struct arena *arena = &draft->arena;
    for (size_t i = 0; i < catalog->fkey_count; i++) {
        const struct catalog_fkey *fkey = &catalog->fkeys[i];
        const struct draft_table *parent = draft_find(draft, fkey->parent);
        if (fkey->child != table->table || fkey->parent == table->table || parent == NULL ||
            parent->clock == NULL)
            continue;
        struct buffer via = {0};
        for (size_t c = 0; c < fkey->column_count; c++)
            buffer_addf(&via, "%s%s", c == 0 ? "" : ", ",
                        draft_scalar(fkey->child_column_names[c], arena));
        table->clock =
            arena_printf(arena, "{parent: %s, via: [%s], clock: %s}",
                         draft_scalar(fkey->parent->text, arena), buffer_text(&via), parent->clock);
        buffer_free(&via);
        return true;
    }
    return false;
}

bool draft_is_clock(const struct draft_table *table, const char *column)
{
    for (int i = 0; i < 2; i++)
        if (table->clock_columns[i] != NULL && strcmp(table->clock_columns[i]->name, column) == 0)
            return true;
    return false;
}

void draft_choose_clocks(struct draft *draft)
{
    bool found = true;
    for (size_t i = 0; i < draft->table_count; i++)
        own_clock(draft, &draft->tables[i]);
    while (found) {
        found = false;
        for (size_t i = 0; i < draft->table_count; i++)
            if (draft->tables[i].clock == NULL)
                found = parent_clock(draft, &draft->tables[i]) || found;
    }
}
