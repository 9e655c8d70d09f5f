/*
 * ways.c - over which foreign keys a hold reaches the rows of a table
 *
 * A row is held if some chain of foreign keys leads from it to a held row. Where the chains of
 * tables that allow it are few and straight, each becomes a path of its own, which the server joins
 * like any other condition. Where they go in circles over several tables, or are many, the foreign
 * keys themselves are listed instead, to be climbed from row to row until nothing new is found.
 * Both say the same; src/README.md has the costs.
 */
#include "plan/plan_private.h"

#include <string.h>

/* More than that is climbed. A table may stand twice on a way that goes along its self-reference.
 */
enum { LONGEST_WAY = 16, MOST_WAYS = 32 };

static bool *find_reach(struct plan *plan, const struct policy_hold *hold)
{
    const struct catalog *catalog = plan->catalog;
    bool *reach = arena_alloc(&plan->arena, catalog->table_count + 1);
    bool found = hold->follow;
    for (size_t i = 0; i < catalog->table_count; i++)
        reach[i] = plan_held_table(hold, &catalog->tables[i]) != NULL;
    while (found) {
        found = false;
        for (size_t i = 0; i < catalog->fkey_count; i++) {
            const struct catalog_fkey *fkey = &catalog->fkeys[i];
            bool *child = &reach[plan_table_number(plan, catalog_root(fkey->child))];
            if (*child || !(reach[plan_table_number(plan, fkey->parent)] ||
                            reach[plan_table_number(plan, catalog_root(fkey->parent))]))
                continue;
            *child = true;
            found = true;
        }
    }
    return reach;
}

void plan_find_reaches(struct plan *plan)
{
    size_t count = plan->policy->hold_count;
    plan->hold_reaches = arena_alloc(&plan->arena, count * sizeof *plan->hold_reaches + 1);
    for (size_t i = 0; i < count; i++)
        plan->hold_reaches[i] = find_reach(plan, &plan->policy->holds[i]);
}

/* The ways of one hold to one table, while they are searched for. */
struct search {
    struct plan *plan;
    const struct catalog_table *table;
    const struct policy_hold *hold;
    const bool *reach;
    struct hop path[LONGEST_WAY];
    size_t hops;
    struct plan_hold *ways;
    size_t way_count;
};

static void add_way(struct search *search)
{
    struct arena *arena = &search->plan->arena;
    struct hop *path = arena_alloc(arena, search->hops * sizeof *path + 1);
    memcpy(path, search->path, search->hops * sizeof *path);
    *ARENA_PUSH(arena, search->ways, search->way_count) =
        (struct plan_hold){.hold = search->hold, .path = path, .hop_count = search->hops};
}

/* From a row of the foreign key's child to the row above, as its tree or as the hold names it. */
static struct hop hop_up(const struct policy_hold *hold, const struct catalog_fkey *fkey)
{
    const struct catalog_table *parent = catalog_root(fkey->parent);
    const struct catalog_table *held = plan_held_table(hold, parent);
    return (struct hop){held != NULL ? held : parent, fkey->child_columns, fkey->parent_columns,
                        fkey->column_count, false};
}

static bool leads_back(const struct search *search, const struct catalog_table *table)
{
    bool back = plan_concerns(table, search->table);
    for (size_t i = 0; i < search->hops; i++)
        back = back || plan_concerns(table, search->path[i].table);
    return back;
}

/*
 * Follows foreign keys from `from` towards the held rows and adds every way there. False where they
 * go in circles over several tables, or are too many; a table's own circle is walked to its end.
 */
static bool follow(struct search *search, const struct catalog_table *from)
{
    const struct plan_fkeys fkeys = plan_fkeys_from(search->plan, from);
    const struct hop *last = search->hops > 0 ? &search->path[search->hops - 1] : NULL;
    for (size_t i = 0; i < fkeys.count; i++) {
        const struct catalog_fkey *fkey = fkeys.items[i];
        const struct catalog_table *parent = catalog_root(fkey->parent);
        bool is_self = plan_concerns(parent, from);
        if (!search->reach[plan_table_number(search->plan, parent)] ||
            (is_self && last != NULL && last->here == fkey->child_columns))
            continue;
        if ((is_self ? last != NULL && last->is_closure : leads_back(search, parent)) ||
            search->hops == LONGEST_WAY || search->way_count == MOST_WAYS)
            return false;
        struct hop *hop = &search->path[search->hops++];
        *hop = hop_up(search->hold, fkey);
        hop->is_closure = is_self;
        if (plan_held_table(search->hold, parent) != NULL)
            add_way(search);
        if (!follow(search, parent))
            return false;
        search->hops--;
    }
    return true;
}

/* The foreign keys that could be a part of a chain to the held rows, while they are gathered. */
struct climbing {
    const struct search *search;
    const struct catalog_table **trees; /* those that climbs arrive at */
    size_t tree_count;
    struct plan_climb *climbs;
    size_t count;
};

/* From 1; 0 where no climb arrives at the tree. */
static size_t tree_number(const struct climbing *climbing, const struct catalog_table *tree)
{
    for (size_t i = 0; i < climbing->tree_count; i++)
        if (climbing->trees[i] == tree)
            return i + 1;
    return 0;
}

/* Adds those that concern the table; where it is not the one judged, those of that one are there.
 */
static void climb_from(struct climbing *climbing, const struct catalog_table *table)
{
    const struct search *search = climbing->search;
    struct arena *arena = &search->plan->arena;
    const struct plan_fkeys fkeys = plan_fkeys_from(search->plan, table);
    bool starts = table == search->table && climbing->tree_count == 0;
    for (size_t i = 0; i < fkeys.count; i++) {
        const struct catalog_fkey *fkey = fkeys.items[i];
        const struct catalog_table *parent = catalog_root(fkey->parent);
        if (!search->reach[plan_table_number(search->plan, parent)] ||
            (!starts && plan_concerns(fkey->child, search->table)))
            continue;
        if (tree_number(climbing, parent) == 0)
            *ARENA_PUSH(arena, climbing->trees, climbing->tree_count) = parent;
        *ARENA_PUSH(arena, climbing->climbs, climbing->count) = (struct plan_climb){
            .from = fkey->child,
            .hop = hop_up(search->hold, fkey),
            .to_tree = tree_number(climbing, parent),
            .starts = starts,
            .arrives = plan_held_table(search->hold, parent) != NULL,
            .finds_one = fkey->parent == parent && (parent->kind == 'p' || parent->leaf_count <= 1),
        };
    }
}

static struct plan_hold find_climbs(const struct search *search)
{
    struct climbing climbing = {.search = search};
    climb_from(&climbing, search->table);
    for (size_t i = 0; i < climbing.tree_count; i++)
        climb_from(&climbing, climbing.trees[i]);
    for (size_t i = 0; i < climbing.count; i++)
        climbing.climbs[i].from_tree =
            tree_number(&climbing, catalog_root(climbing.climbs[i].from));
    return (struct plan_hold){
        .hold = search->hold, .climbs = climbing.climbs, .climb_count = climbing.count};
}

static void add_hold(struct plan *plan, struct row_test *test, struct plan_hold added)
{
    struct plan_hold *holds = (struct plan_hold *)test->holds;
    *ARENA_PUSH(&plan->arena, holds, test->hold_count) = added;
    test->holds = holds;
}

static const struct catalog_table *unreadable(const struct plan_hold *hold)
{
    for (size_t i = 0; i < hold->hop_count; i++)
        if (!hold->path[i].table->may_select)
            return hold->path[i].table;
    for (size_t i = 0; i < hold->climb_count; i++) {
        const struct plan_climb *climb = &hold->climbs[i];
        if (!climb->hop.table->may_select)
            return climb->hop.table;
        if (climb->from_tree > 0 && !climb->from->may_select)
            return climb->from;
    }
    return NULL;
}

const struct catalog_table *plan_unreadable(const struct row_test *test, size_t first_hold)
{
    const struct catalog_table *table = NULL;
    for (size_t i = first_hold; table == NULL && i < test->hold_count; i++)
        table = unreadable(&test->holds[i]);
    return table;
}

static void follow_hold(struct plan *plan, struct row_test *test, size_t number)
{
    struct search search = {.plan = plan,
                            .table = test->table,
                            .hold = &plan->policy->holds[number],
                            .reach = plan->hold_reaches[number]};
    if (!follow(&search, test->table))
        add_hold(plan, test, find_climbs(&search));
    else
        for (size_t i = 0; i < search.way_count; i++)
            add_hold(plan, test, search.ways[i]);
}

void plan_resolve_hold(struct plan *plan, struct row_test *test, size_t number)
{
    const struct policy_hold *hold = &plan->policy->holds[number];
    const struct catalog_table *held = plan_held_table(hold, test->table);
    if (held != NULL) {
        struct hop *rename = arena_alloc(&plan->arena, sizeof *rename);
        rename->table = held;
        add_hold(
            plan, test,
            (struct plan_hold){.hold = hold, .path = rename, .hop_count = held != test->table});
    }
    if (hold->follow)
        follow_hold(plan, test, number);
}

void plan_resolve_holds(struct plan *plan, struct plan_step *step, struct row_test *test)
{
    for (size_t i = 0; i < plan->policy->hold_count; i++) {
        size_t before = test->hold_count;
        plan_resolve_hold(plan, test, i);
        const struct catalog_table *table = plan_unreadable(test, before);
        if (table != NULL)
            plan_add_finding(plan, step, SEVERITY_ERROR, "privilege",
                             "role %s lacks SELECT on %s, which hold \"%s\" is followed over",
                             plan->catalog->role, table->text, plan->policy->holds[i].id);
    }
}
