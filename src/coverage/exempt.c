/* exempt.c - what was looked at and declared not personal, and whether it is still there. */
#include "coverage/coverage_private.h"

#include <string.h>

/* An exemption that names a table, in the table's list. */
struct exempt {
    const struct policy_exemption *exemption;
    const struct exempt *next;
};

static const struct exempt **list_of(const struct check *check, const struct catalog_table *table)
{
    return &check->exemptions[table - check->plan->catalog->tables];
}

void exempt_find(struct check *check)
{
    const struct policy *policy = check->plan->policy;
    const struct catalog *catalog = check->plan->catalog;
    check->exemptions =
        arena_alloc(check->arena, (catalog->table_count + 1) * sizeof(struct exempt *));
    for (size_t i = 0; i < policy->exemption_count; i++) {
        const struct catalog_table *table = NULL;
        while ((table = catalog_next_match(catalog, &policy->exemptions[i].table, table)) != NULL) {
            struct exempt *exempt = arena_alloc(check->arena, sizeof *exempt);
            *exempt = (struct exempt){&policy->exemptions[i], *list_of(check, table)};
            *list_of(check, table) = exempt;
        }
    }
}

static bool names(const struct policy_exemption *exemption, const char *column)
{
    for (size_t i = 0; i < exemption->column_count; i++)
        if (strcmp(exemption->columns[i], column) == 0)
            return true;
    return exemption->column_count == 0;
}

bool exempt_is(const struct check *check, size_t column)
{
    const char *name = check->discovery->columns[column].column;
    const struct exempt *exempt = *list_of(check, check->tables[column]);
    while (exempt != NULL && !names(exempt->exemption, name))
        exempt = exempt->next;
    return exempt != NULL;
}

/* Which columns of each exemption's tables were found, and whether columns of them are known. */
struct found {
    const struct policy_exemption *exemption;
    bool *columns;
    bool any;
};

static void look_at(struct found *found, const char *column)
{
    for (size_t i = 0; i < found->exemption->column_count; i++)
        if (strcmp(found->exemption->columns[i], column) == 0)
            found->columns[i] = true;
    found->any = true;
}

static void report_missing(struct check *check, const struct found *found)
{
    const struct policy_exemption *exemption = found->exemption;
    const char *table = exemption->table.text;
    bool is_pattern = exemption->table.schema_is_pattern || exemption->table.name_is_pattern;
    if (catalog_find_table(check->plan->catalog, &exemption->table) == NULL)
        coverage_add(check, SEVERITY_ERROR, "exempt-missing", table,
                     is_pattern ? "exempt pattern %s matches no table"
                                : "exempt table %s does not exist",
                     table)
            ->mark = exemption->mark;
    for (size_t i = 0; found->any && i < exemption->column_count; i++)
        if (!found->columns[i])
            coverage_add(check, SEVERITY_ERROR, "exempt-missing", table,
                         "exempt column \"%s\" of %s does not exist", exemption->columns[i], table)
                ->mark = exemption->mark;
}

/* An exemption of something that is not there was meant for something else. */
void exempt_report(struct check *check)
{
    const struct policy *policy = check->plan->policy;
    struct found *found = arena_alloc(check->arena, (policy->exemption_count + 1) * sizeof *found);
    for (size_t i = 0; i < policy->exemption_count; i++) {
        found[i].exemption = &policy->exemptions[i];
        found[i].columns = arena_alloc(check->arena, policy->exemptions[i].column_count + 1);
    }
    for (size_t i = 0; i < check->discovery->column_count; i++)
        for (const struct exempt *exempt = *list_of(check, check->tables[i]); exempt != NULL;
             exempt = exempt->next)
            look_at(&found[exempt->exemption - policy->exemptions],
                    check->discovery->columns[i].column);
    for (size_t i = 0; i < policy->exemption_count; i++) {
        const struct policy_exemption *exemption = &policy->exemptions[i];
        report_missing(check, &found[i]);
        if (strncmp(exemption->reason, "undecided", strlen("undecided")) == 0)
            coverage_add(check, SEVERITY_WARNING, "exempt-undecided", exemption->table.text,
                         "nobody has decided yet what becomes of %s", exemption->table.text)
                ->mark = exemption->mark;
    }
}
