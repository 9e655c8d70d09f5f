/* format.c - the draft as a policy file with comments. */
#include "draft/draft_private.h"

#include "base/part.h"

#include <string.h>

const char *draft_scalar(const char *name, struct arena *arena)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.";
    static const char *const words[] = {"null", "true", "false", "yes",  "no",  "on",
                                        "off",  "y",    "n",     "Null", "NULL"};
    bool is_word = false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        is_word = is_word || strcmp(name, words[i]) == 0;
    bool starts_well = (*name >= 'a' && *name <= 'z') || (*name >= 'A' && *name <= 'Z');
    if (!is_word && starts_well && name[strspn(name, plain)] == '\0')
        return name;
    struct buffer out = {0};
    buffer_add(&out, "\"");
    for (const unsigned char *c = (const unsigned char *)name; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\')
            buffer_addf(&out, "\\%c", *c);
        else if (*c < 0x20 || *c == 0x7f)
            buffer_addf(&out, "\\x%02x", *c);
        else
            buffer_add_bytes(&out, c, 1);
    }
    buffer_add(&out, "\"");
    const char *text = arena_strdup(arena, out.data);
    buffer_free(&out);
    return text;
}

static const struct {
    const char *name, *keep, *description;
} categories[] = {
    {"personal", "24 months", "names, addresses, phone numbers, what people wrote"},
    {"usage", "13 months", "IP addresses, devices, sessions, pages"},
    {"telephony", "12 months", "calls and messages: numbers, times, durations"},
    {"integration_credentials", "12 months", "tokens, keys, passwords"},
};

static bool is_used(const struct draft *draft, const char *category)
{
    for (size_t i = 0; i < draft->table_count; i++)
        if (draft->tables[i].verdict != DRAFT_UNDECIDED &&
            strcmp(draft->tables[i].category, category) == 0)
            return true;
    return false;
}

static void add_categories(const struct draft *draft, struct buffer *out)
{
    bool any = false;
    buffer_add(out, "\n# How long each kind of data is kept. The windows are suggestions; your "
                    "privacy\n# notice decides.\ncategories:\n");
    for (size_t i = 0; i < sizeof categories / sizeof *categories; i++) {
        if (!is_used(draft, categories[i].name))
            continue;
        any = true;
        buffer_addf(out, "  %s: {keep: %s, description: \"%s\"}\n", categories[i].name,
                    categories[i].keep, categories[i].description);
    }
    if (!any)
        buffer_add(out, "  personal: {keep: 24 months}\n");
}

static void add_subjects(struct draft *draft, struct buffer *out)
{
    bool any = false;
    for (size_t i = 0; i < draft->table_count; i++) {
        if (!draft->tables[i].is_person)
            continue;
        buffer_add(out, any ? "" : "\n# Tables in which a row is a person.\nsubjects:\n");
        buffer_addf(out, "  - %s\n", draft_scalar(draft->tables[i].table->text, &draft->arena));
        any = true;
    }
}

/* Comments must not end early: a name may hold anything but a line's end after draft_scalar(). */
static void add_reasons(struct draft *draft, const struct draft_table *table, struct buffer *out)
{
    for (size_t i = 0; i < table->column_count; i++) {
        const struct discovered_column *column = table->columns[i];
        bool by_both = strcmp(column->why, "name, table") == 0;
        buffer_addf(out, "  # %s: %s%s%s, by its %s\n", draft_scalar(column->column, &draft->arena),
                    column->vendor == NULL ? "" : column->vendor, column->vendor == NULL ? "" : " ",
                    column->kind, by_both ? "name and table" : column->why);
    }
}

/* Tables that ON DELETE CASCADE reaches and no purge of the draft names. */
static void add_cascades(struct draft *draft, const struct draft_table *table, struct buffer *out)
{
    const struct catalog *catalog = draft->catalog;
    bool *reached = arena_alloc(&draft->arena, catalog->table_count + 1);
    bool found = true;
    const char *before = "    cascade: [";
    reached[table->table - catalog->tables] = true;
    while (found) {
        found = false;
        for (size_t i = 0; i < catalog->fkey_count; i++) {
            const struct catalog_fkey *fkey = &catalog->fkeys[i];
            if (fkey->on_delete != REFERENCE_CASCADE || !reached[fkey->parent - catalog->tables] ||
                reached[fkey->child - catalog->tables])
                continue;
            reached[fkey->child - catalog->tables] = true;
            found = true;
            const struct draft_table *child = draft_find(draft, fkey->child);
            if (child != NULL && child->verdict == DRAFT_PURGE)
                continue;
            buffer_addf(out, "%s%s", before, draft_scalar(fkey->child->text, &draft->arena));
            before = ", ";
        }
    }
    if (strcmp(before, ", ") == 0)
        buffer_add(out, "]\n");
}

static void add_rule(struct draft *draft, const struct draft_table *table, struct buffer *out)
{
    buffer_add(out, "\n");
    add_reasons(draft, table, out);
    buffer_addf(out, "  - table: %s\n    category: %s\n    clock: %s\n",
                draft_scalar(table->table->text, &draft->arena), table->category, table->clock);
    if (table->verdict == DRAFT_PURGE) {
        buffer_add(out, "    action: purge\n");
        add_cascades(draft, table, out);
        return;
    }
    buffer_add(out, "    action: anonymise\n    mask:\n");
    for (size_t i = 0; i < table->mask_count; i++)
        buffer_addf(out, "      %s: %s\n",
                    draft_scalar(table->masks[i].column->name, &draft->arena),
                    table->masks[i].text);
}

/* Why a column that looks personal has an exemption; NULL where a rule takes care of it. */
static const char *exemption(struct draft *draft, const struct draft_table *table,
                             const char *column)
{
    if (table->verdict == DRAFT_UNDECIDED)
        return arena_printf(&draft->arena, "undecided: %s", table->reason);
    if (table->verdict == DRAFT_PURGE || draft_is_masked(table, column))
        return NULL;
    return draft_is_clock(table, column) ? "tells how old the row is"
                                         : "undecided: no mask fits its type";
}

static void add_exempt_columns(struct draft *draft, const struct draft_table *table,
                               const char *reason, struct buffer *out)
{
    const char *before = "";
    buffer_addf(out, "  - table: %s\n    columns: [",
                draft_scalar(table->table->text, &draft->arena));
    for (size_t c = 0; c < table->column_count; c++) {
        const char *other = exemption(draft, table, table->columns[c]->column);
        if (other == NULL || strcmp(other, reason) != 0)
            continue;
        buffer_addf(out, "%s%s", before, draft_scalar(table->columns[c]->column, &draft->arena));
        before = ", ";
    }
    buffer_addf(out, "]\n    reason: %s\n", draft_scalar(reason, &draft->arena));
}

/* The columns of a table by reason: there are two at most, "undecided" last. */
static void add_table_exemptions(struct draft *draft, const struct draft_table *table,
                                 struct buffer *out)
{
    const char *first = NULL, *second = NULL;
    for (size_t c = 0; c < table->column_count; c++) {
        const char *reason = exemption(draft, table, table->columns[c]->column);
        if (reason == NULL)
            continue;
        if (first == NULL)
            first = reason;
        else if (strcmp(first, reason) != 0)
            second = reason;
    }
    if (first != NULL)
        add_exempt_columns(draft, table, first, out);
    if (second != NULL)
        add_exempt_columns(draft, table, second, out);
}

static void add_exemptions(struct draft *draft, struct buffer *out)
{
    struct buffer all = {0};
    for (size_t i = 0; i < draft->table_count; i++)
        add_table_exemptions(draft, &draft->tables[i], &all);
    if (all.length > 0)
        buffer_addf(out,
                    "\n# What no rule takes care of. \"undecided\" needs you: write a rule, or say "
                    "why not.\nexempt:\n%s",
                    all.data);
    buffer_free(&all);
}

static const char *policy_name(const struct draft *draft, struct arena *arena)
{
    char *name = arena_strdup(arena, draft->catalog->database);
    for (char *c = name; *c != '\0'; c++)
        if (!((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') ||
              strchr("_-", *c) != NULL))
            *c = '-';
    return name;
}

void draft_format(struct draft *draft, const char *const *schemas, size_t schema_count,
                  struct buffer *out)
{
    bool any = false;
    buffer_add(out, "# A first draft, made from the names and types of columns. Read every rule: "
                    "is this\n# the right table, the right clock, the right end? \"pgretain plan\" "
                    "shows what would\n# be due; nothing happens before \"pgretain enforce\" is "
                    "approved.\npgretain: 1\n");
    buffer_addf(out, "policy: %s\ndatabase: %s\ntimezone: UTC\ncap: 24 months\n",
                draft_scalar(policy_name(draft, &draft->arena), &draft->arena),
                draft_scalar(draft->catalog->database, &draft->arena));
    add_subjects(draft, out);
    buffer_add(out, "\n# Every column of these schemas is covered, exempt, or in the lockfile.\n"
                    "coverage: {schemas: [");
    for (size_t i = 0; i < schema_count; i++) {
        struct buffer schema = {0};
        part_add(&schema, schemas[i]);
        buffer_addf(out, "%s%s", i == 0 ? "" : ", ",
                    draft_scalar(buffer_text(&schema), &draft->arena));
        buffer_free(&schema);
    }
    buffer_add(out, "]}\n");
    add_categories(draft, out);
    buffer_add(out, "\nrules:");
    for (size_t i = 0; i < draft->table_count; i++) {
        if (draft->tables[i].verdict == DRAFT_UNDECIDED)
            continue;
        buffer_add(out, any ? "" : "\n");
        add_rule(draft, &draft->tables[i], out);
        any = true;
    }
    buffer_add(out, any ? "" : " []\n");
    add_exemptions(draft, out);
}
