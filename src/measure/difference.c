/*
 * difference.c - what two plans would change, tree by tree
 *
 * Where all steps on a tree have the same table, one statement counts it; where one policy names
 * the tree and the other a part, each leaf is counted by itself.
 */
#include "measure/measure.h"

#include "statement/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The steps of a plan by the tree they are on: per root's number in the catalog. */
static struct due_side *index_steps(const struct difference_side *side, struct arena *arena)
{
    const struct plan *plan = side->plan;
    const struct catalog *catalog = plan->catalog;
    struct due_side *on_tree =
        arena_alloc(arena, catalog->table_count * sizeof *on_tree + sizeof *on_tree);
    for (size_t i = 0; i < plan->step_count; i++) {
        struct due_side *tree = &on_tree[catalog_root(plan->steps[i].table) - catalog->tables];
        tree->plan = plan;
        tree->key = side->key;
        *ARENA_PUSH(arena, tree->steps, tree->step_count) = &plan->steps[i];
    }
    return on_tree;
}

/* The steps that delete rows, or that mask them; the code of a refused one in `*ret_refused`. */
static struct due_side choose(const struct due_side *all, bool deletes, struct arena *arena,
                              const char **ret_refused)
{
    struct due_side chosen = {.plan = all->plan, .key = all->key};
    for (size_t i = 0; i < all->step_count; i++) {
        const struct plan_step *step = all->steps[i];
        if (action_deletes(step->action) != deletes)
            continue;
        *ARENA_PUSH(arena, chosen.steps, chosen.step_count) = step;
        if (step->refused != NULL)
            *ret_refused = step->refused;
    }
    return chosen;
}

static struct due_side on_leaf(const struct due_side *tree, uint32_t oid, struct arena *arena)
{
    struct due_side chosen = {.plan = tree->plan, .key = tree->key};
    for (size_t i = 0; i < tree->step_count; i++)
        for (size_t l = 0; l < tree->steps[i]->leaf_count; l++)
            if (tree->steps[i]->leaves[l]->oid == oid)
                *ARENA_PUSH(arena, chosen.steps, chosen.step_count) = tree->steps[i];
    return chosen;
}

/* The one table that all steps are on with all its leaves, or NULL. */
static const struct catalog_table *common_table(const struct due_side sides[2])
{
    const struct catalog_table *table = NULL;
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < sides[side].step_count; i++) {
            const struct plan_step *step = sides[side].steps[i];
            if (step->leaf_count < step->table->leaf_count ||
                (table != NULL && table->oid != step->table->oid))
                return NULL;
            table = step->table;
        }
    return table;
}

static int count(struct db *db, const struct due_side sides[2], const struct catalog_table *table,
                 bool is_leaf, struct due_change *item, struct error *err)
{
    struct arena arena = {0};
    struct sql sql = {.arena = &arena};
    struct db_result *r = NULL;
    statement_count_difference(sides, table, is_leaf, &sql);
    int rc = db_query(db, &sql, &r, err);
    if (rc == 0) {
        item->due[0] += db_int(r, 0, 0);
        item->due[1] += db_int(r, 0, 1);
        item->newly += db_int(r, 0, 2);
        item->no_longer += db_int(r, 0, 3);
    }
    db_result_free(r);
    sql_free(&sql);
    arena_free(&arena);
    return rc;
}

static int count_tree(struct db *db, const struct due_side sides[2],
                      const struct catalog_table *root, struct due_change *item, struct error *err)
{
    const struct catalog_table *table = common_table(sides);
    if (table != NULL)
        return count(db, sides, table, false, item, err);
    for (size_t i = 0; i < root->leaf_count; i++) {
        struct arena arena = {0};
        const struct due_side parts[2] = {on_leaf(&sides[0], root->leaves[i]->oid, &arena),
                                          on_leaf(&sides[1], root->leaves[i]->oid, &arena)};
        bool any = parts[0].step_count + parts[1].step_count > 0;
        int rc = any ? count(db, parts, root->leaves[i], true, item, err) : 0;
        arena_free(&arena);
        if (rc != 0)
            return -1;
    }
    return 0;
}

static void give_up(struct due_change *item, const char *why)
{
    item->due[0] = item->due[1] = item->newly = item->no_longer = -1;
    item->uncounted = why;
}

static int count_within(struct db *db, const struct due_side sides[2],
                        const struct catalog_table *root, struct due_change *item,
                        struct error *err)
{
    if (db_run(db, "SAVEPOINT count", err) != 0)
        return -1;
    if (count_tree(db, sides, root, item, err) == 0)
        return db_run(db, "RELEASE SAVEPOINT count", err);
    if (strcmp(err->sqlstate, "57014") != 0)
        return -1;
    give_up(item, "counting timed out");
    return db_run(db, "ROLLBACK TO SAVEPOINT count", err);
}

/* What is not known first, then what is lost for good, then the most rows. */
static int compare_danger(const void *a, const void *b)
{
    const struct due_change *left = a, *right = b;
    if ((left->uncounted == NULL) != (right->uncounted == NULL))
        return left->uncounted == NULL ? 1 : -1;
    if (left->deletes != right->deletes)
        return left->deletes ? -1 : 1;
    if (left->newly != right->newly)
        return left->newly > right->newly ? -1 : 1;
    if (left->no_longer != right->no_longer)
        return left->no_longer > right->no_longer ? -1 : 1;
    return strcmp(left->table, right->table);
}

int measure_difference(struct db *db, const struct difference_side sides[2], int timeout_ms,
                       struct arena *arena, struct due_change **ret_changes, size_t *ret_count,
                       struct error *err)
{
    const struct catalog *catalog = sides[1].plan->catalog;
    struct due_side *on_tree[2];
    struct due_change *changes = NULL;
    size_t change_count = 0;
    char timeout[64];
    snprintf(timeout, sizeof timeout, "SET LOCAL statement_timeout = %d", timeout_ms);
    if (db_run(db, timeout, err) != 0)
        return -1;
    for (int side = 0; side < 2; side++)
        on_tree[side] = index_steps(&sides[side], arena);
    for (size_t i = 0; i < 2 * catalog->table_count; i++) {
        const struct catalog_table *root = &catalog->tables[i / 2];
        bool deletes = i % 2 == 0;
        const char *refused = NULL;
        const struct due_side both[2] = {choose(&on_tree[0][i / 2], deletes, arena, &refused),
                                         choose(&on_tree[1][i / 2], deletes, arena, &refused)};
        if (both[0].step_count + both[1].step_count == 0)
            continue;
        struct due_change *item = ARENA_PUSH(arena, changes, change_count);
        *item = (struct due_change){.table = root->text, .deletes = deletes};
        if (refused != NULL)
            give_up(item, refused);
        else if (count_within(db, both, root, item, err) != 0)
            return -1;
    }
    if (change_count > 0)
        qsort(changes, change_count, sizeof *changes, compare_danger);
    *ret_changes = changes;
    *ret_count = change_count;
    return 0;
}
