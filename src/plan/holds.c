/*
 * holds.c - which holds reach a table, directly or over foreign keys
 */
#include "plan/plan_private.h"

#include <string.h>

enum { LONGEST_PATH = 16, MOST_PATHS = 256 };

static bool names_table(const struct policy_hold *hold, const struct catalog_table *table)
{
    for (size_t i = 0; i < hold->table_count; i++)
        if (table_name_matches(&hold->tables[i], table->schema, table->name))
            return true;
    return false;
}

/* The table itself or one it is a part of: its rows are the hold's rows. */
static const struct catalog_table *held_table(const struct policy_hold *hold,
                                              const struct catalog_table *table)
{
    while (table != NULL && !names_table(hold, table))
        table = table->parent;
    return table;
}

static void add_hold(struct plan *plan, struct row_test *test, const struct policy_hold *hold,
                     const struct hop *path, size_t hops)
{
    struct hop *copy = arena_alloc(&plan->arena, (hops + 1) * sizeof *copy);
    if (hops > 0)
        memcpy(copy, path, hops * sizeof *copy);
    struct plan_hold *holds = (struct plan_hold *)test->holds;
    struct plan_hold *added = ARENA_PUSH(&plan->arena, holds, test->hold_count);
    test->holds = holds;
    *added = (struct plan_hold){hold, copy, hops};
}

static void refuse_all(struct plan *plan, const char *code)
{
    for (size_t i = 0; i < plan->step_count; i++)
        if (plan->steps[i].refused == NULL)
            plan->steps[i].refused = code;
}

static struct finding *hold_error(struct plan *plan, const struct policy_hold *hold,
                                  struct mark mark, const char *code, const char *what,
                                  const char *table)
{
    struct finding *finding =
        plan_add_finding(plan, NULL, SEVERITY_ERROR, code, "hold \"%s\": %s", hold->id, what);
    finding->mark = mark;
    finding->table = table;
    refuse_all(plan, code);
    return finding;
}

/* Marks the tables from which foreign keys lead to a held one. */
static bool *tables_below(struct plan *plan, const struct policy_hold *hold)
{
    const struct catalog *catalog = plan->catalog;
    bool *below = arena_alloc(&plan->arena, catalog->table_count + 1);
    bool found = hold->follow;
    for (size_t i = 0; i < catalog->table_count; i++)
        below[i] = held_table(hold, &catalog->tables[i]) != NULL;
    while (found) {
        found = false;
        for (size_t i = 0; i < catalog->fkey_count; i++) {
            const struct catalog_fkey *fkey = &catalog->fkeys[i];
            const struct catalog_table *child = catalog_root(fkey->child);
            if (below[child - catalog->tables] ||
                !(below[fkey->parent - catalog->tables] ||
                  below[catalog_root(fkey->parent) - catalog->tables]))
                continue;
            below[child - catalog->tables] = true;
            found = true;
        }
    }
    return below;
}

/* One way from a test's table to the held rows, while it is searched for. */
struct search {
    struct plan *plan;
    struct row_test *test;
    const struct policy_hold *hold;
    const bool *below;
    struct hop path[LONGEST_PATH];
    size_t hops;
    size_t found;
};

static void give_up(struct search *search)
{
    const struct policy_hold *hold = search->hold;
    for (size_t i = 0; i < search->plan->finding_count; i++)
        if (strcmp(search->plan->findings[i].code, "hold-cycle") == 0 &&
            search->plan->findings[i].mark.line == hold->mark.line)
            return;
    struct finding *finding =
        hold_error(search->plan, hold, hold->mark, "hold-cycle",
                   arena_printf(&search->plan->arena,
                                "its foreign keys lead from %s to the held rows in circles, or in "
                                "too many ways to follow",
                                search->test->table->text),
                   search->test->table->text);
    finding->hint = "Leave out \"follow\" and list the tables, with a condition that fits each.";
}

static bool leads_back(const struct search *search, const struct catalog_table *table)
{
    bool back = plan_concerns(table, search->test->table);
    for (size_t i = 0; i < search->hops; i++)
        back = back || plan_concerns(table, search->path[i].table);
    return back;
}

/* Follows foreign keys from `from` towards the held rows; every way there counts. */
static void follow(struct search *search, const struct catalog_table *from)
{
    const struct catalog *catalog = search->plan->catalog;
    const struct hop *last = search->hops > 0 ? &search->path[search->hops - 1] : NULL;
    for (size_t i = 0; i < catalog->fkey_count; i++) {
        const struct catalog_fkey *fkey = &catalog->fkeys[i];
        const struct catalog_table *parent = catalog_root(fkey->parent);
        bool is_self = plan_concerns(parent, from);
        if (!plan_concerns(fkey->child, from) || !search->below[parent - catalog->tables] ||
            (is_self && last != NULL && last->here == fkey->child_columns))
            continue;
        if ((is_self ? last != NULL && last->is_closure : leads_back(search, parent)) ||
            search->hops == LONGEST_PATH || search->found == MOST_PATHS) {
            give_up(search);
            continue;
        }
        const struct catalog_table *held = held_table(search->hold, parent);
        search->path[search->hops++] =
            (struct hop){held != NULL ? held : parent, fkey->child_columns, fkey->parent_columns,
                         fkey->column_count, is_self};
        if (held != NULL) {
            search->found++;
            add_hold(search->plan, search->test, search->hold, search->path, search->hops);
        }
        follow(search, parent);
        search->hops--;
    }
}

void plan_resolve_holds(struct plan *plan, struct row_test *test)
{
    for (size_t i = 0; i < plan->policy->hold_count; i++) {
        const struct policy_hold *hold = &plan->policy->holds[i];
        const struct catalog_table *held = held_table(hold, test->table);
        struct search search = {.plan = plan, .test = test, .hold = hold};
        if (held != NULL) {
            search.path[0] = (struct hop){.table = held};
            add_hold(plan, test, hold, search.path, held == test->table ? 0 : 1);
        }
        if (!hold->follow)
            continue;
        search.below = tables_below(plan, hold);
        follow(&search, test->table);
    }
}

/* Whether the part of a tree that a hold names could be written to, or followed, as the tree. */
static bool is_reached_by_tree(const struct plan *plan, const struct policy_hold *hold,
                               const struct catalog_table *part)
{
    bool reached = hold->follow;
    for (size_t i = 0; i < plan->step_count; i++)
        reached = reached || plan_lies_in(part->parent, plan->steps[i].table);
    for (size_t i = 0; i < plan->catalog->fkey_count; i++)
        reached = reached || plan_concerns(plan->catalog->fkeys[i].child, part);
    return reached;
}

static void check_table(struct plan *plan, const struct policy_hold *hold,
                        const struct table_name *name)
{
    bool found = false;
    for (size_t i = 0; i < plan->catalog->table_count; i++) {
        const struct catalog_table *table = &plan->catalog->tables[i];
        if (!table_name_matches(name, table->schema, table->name))
            continue;
        found = true;
        const struct catalog_rejection *rejection =
            catalog_find_rejection(plan->catalog, hold->where, table);
        if (rejection != NULL)
            hold_error(plan, hold, rejection->mark, "hold-invalid", rejection->reason, table->text);
        if (table->parent != NULL && held_table(hold, table->parent) == NULL &&
            is_reached_by_tree(plan, hold, table))
            hold_error(plan, hold, name->mark, "hold-on-partition",
                       "names a part of a table; name the whole table", table->text);
    }
    if (!found)
        hold_error(plan, hold, name->mark, "hold-table-missing",
                   arena_printf(&plan->arena, "table \"%s\" does not exist", name->text), NULL);
}

/* A ruled table that refers to the held one, but is not reached by the hold, is worth a word. */
static void check_forgotten(struct plan *plan, const struct policy_hold *hold)
{
    for (size_t i = 0; i < plan->catalog->fkey_count && !hold->follow; i++) {
        const struct catalog_fkey *fkey = &plan->catalog->fkeys[i];
        if (held_table(hold, fkey->parent) == NULL || held_table(hold, fkey->child) != NULL)
            continue;
        for (size_t s = 0; s < plan->step_count; s++) {
            if (!plan_concerns(fkey->child, plan->steps[s].table))
                continue;
            struct finding *finding =
                plan_add_finding(plan, &plan->steps[s], SEVERITY_WARNING, "hold-not-followed",
                                 "hold \"%s\" on %s does not reach %s, which refers to it",
                                 hold->id, fkey->parent->text, plan->steps[s].table->text);
            finding->hint = "Add \"follow: true\" to the hold, or the table to its \"tables\".";
        }
    }
}

void plan_check_holds(struct plan *plan)
{
    for (size_t i = 0; i < plan->policy->hold_count; i++) {
        const struct policy_hold *hold = &plan->policy->holds[i];
        for (size_t t = 0; t < hold->table_count; t++)
            check_table(plan, hold, &hold->tables[t]);
        check_forgotten(plan, hold);
        if (hold->until_passed) {
            struct finding *finding = plan_add_finding(
                plan, NULL, SEVERITY_WARNING, "hold-expired",
                "hold \"%s\" was to end on %s and still holds", hold->id, hold->until);
            finding->mark = hold->mark;
            finding->hint = "Remove the hold, or set a new date.";
        }
    }
}
