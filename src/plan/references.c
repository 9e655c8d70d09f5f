/*
 * references.c - what foreign keys make of a delete
 *
 * A parent row is left out ("blocked") while a row that refers to it would not go as well, whether
 * the foreign key would cascade to that row or refuse the delete on its account.
 */
#include "plan/plan_private.h"

#include <string.h>

/* `cascade:` tables below one another; deeper is taken for a cycle. */
enum { DEEPEST_CASCADE = 16 };

static void add_block(struct plan *plan, struct plan_step *step, struct row_test *test,
                      const struct plan_block *block)
{
    const struct catalog_table *child = block->fkey->child;
    if (!child->may_select)
        plan_add_finding(plan, step, SEVERITY_ERROR, "privilege",
                         "role %s lacks SELECT on %s, which refers to this table",
                         plan->catalog->role, child->text);
    struct plan_block *blocks = (struct plan_block *)test->blocks;
    *ARENA_PUSH(&plan->arena, blocks, test->block_count) = *block;
    test->blocks = blocks;
}

static void add_goes(struct plan *plan, struct plan_block *block, const struct row_test *test)
{
    *ARENA_PUSH(&plan->arena, block->goes, block->goes_count) = test;
}

static bool follows_by_policy(const struct plan_step *step, const struct catalog_table *child)
{
    for (size_t i = 0; i < step->rule->cascade_count; i++)
        for (const struct catalog_table *t = child; t != NULL; t = t->parent)
            if (table_name_matches(&step->rule->cascade[i], t->schema, t->name))
                return true;
    return false;
}

void plan_add_cascade(struct plan *plan, struct plan_step *step, const struct catalog_table *table)
{
    for (size_t i = 0; i < step->cascade_count; i++)
        if (step->cascades[i] == table)
            return;
    *ARENA_PUSH(&plan->arena, step->cascades, step->cascade_count) = table;
    if (table != step->table)
        plan_check_code(plan, step, table);
}

/* Adds the child's own deleting rules to `block`; true if the policy has any. */
static bool add_own_rules(struct plan *plan, struct plan_step *step,
                          const struct catalog_table *child, struct plan_block *block)
{
    bool named = false;
    const struct plan_steps above = plan_steps_above(plan, child);
    for (size_t s = 0; s < above.count && above.items[s] < step; s++) {
        struct plan_step *other = above.items[s];
        if (!action_deletes(other->action))
            continue;
        named = true;
        bool goes_by_cascade =
            block->fkey->on_delete == REFERENCE_CASCADE && !other->test->is_counted;
        if (other->refused != NULL || (!other->selected && !goes_by_cascade))
            continue;
        add_goes(plan, block, other->test);
        for (size_t i = 0; i < other->cascade_count; i++)
            if (block->fkey->on_delete == REFERENCE_CASCADE)
                plan_add_cascade(plan, step, other->cascades[i]);
    }
    return named;
}

static void refuse_depth(struct plan *plan, struct plan_step *step, const struct catalog_fkey *fkey)
{
    struct finding *finding =
        plan_add_finding(plan, step, SEVERITY_ERROR, "reference-depth",
                         "rows go by cascade over more than %d tables, down to foreign key \"%s\" "
                         "of %s",
                         DEEPEST_CASCADE, fkey->name, fkey->child->text);
    finding->hint = "Give one of the tables in between a purge rule of its own.";
}

void plan_check_reference_index(struct plan *plan, struct plan_step *step,
                                const struct catalog_fkey *fkey)
{
    if (fkey->child_is_indexed)
        return;
    struct finding *finding =
        plan_add_finding(plan, step, SEVERITY_WARNING, "no-reference-index",
                         "no index of %s leads with the columns of foreign key \"%s\"",
                         fkey->child->text, fkey->name);
    finding->hint =
        "Each row that is deleted or masked costs a scan of the referring table: create an "
        "index.";
}

static void resolve_reference(struct plan *plan, struct plan_step *step, struct row_test *test,
                              const struct catalog_fkey *fkey, int depth);

/* `cascade:` says that the child's rows go with the parent, those on hold or needed excepted. */
const struct row_test *plan_following_test(struct plan *plan, struct plan_step *step,
                                           const struct catalog_table *child, int depth)
{
    if (!follows_by_policy(step, child))
        return NULL;
    struct row_test *test = arena_alloc(&plan->arena, sizeof *test);
    test->table = child;
    plan_resolve_holds(plan, step, test);
    const struct plan_fkeys fkeys = plan_fkeys_to(plan, child);
    for (size_t i = 0; i < fkeys.count; i++)
        resolve_reference(plan, step, test, fkeys.items[i], depth + 1);
    return test;
}

void plan_check_cascade(struct plan *plan, struct plan_step *step, const struct catalog_fkey *fkey,
                        bool is_named)
{
    const struct catalog_table *child = fkey->child;
    if (!is_named) {
        struct finding *finding = plan_add_finding(
            plan, step, SEVERITY_ERROR, "cascade-unnamed",
            "foreign key \"%s\" would delete rows of %s, which no purge rule names", fkey->name,
            child->text);
        finding->hint = arena_printf(&plan->arena,
                                     "Give %s a purge rule of its own, or write \"cascade: [%s]\".",
                                     child->text, child->text);
    }
    for (size_t i = 0; i < child->trigger_count; i++)
        if (child->triggers[i].is_row && child->triggers[i].is_before &&
            child->triggers[i].on_delete)
            plan_add_finding(plan, step, SEVERITY_ERROR, "cascade-trigger",
                             "trigger \"%s\" on %s runs before the cascaded delete and could keep "
                             "the row under a valid foreign key",
                             child->triggers[i].name, child->text);
}

static void resolve_cascade(struct plan *plan, struct plan_step *step,
                            const struct catalog_fkey *fkey, struct plan_block *block, int depth)
{
    bool is_named = add_own_rules(plan, step, fkey->child, block);
    struct row_test *following =
        (struct row_test *)plan_following_test(plan, step, fkey->child, depth);
    if (following != NULL) {
        plan_resolve_circle(plan, step, following, depth);
        add_goes(plan, block, following);
    }
    plan_add_cascade(plan, step, fkey->child);
    plan_check_cascade(plan, step, fkey, is_named || following != NULL);
}

/* Referring rows are changed along, which those on hold must not be. */
static void spare_held(struct plan *plan, struct plan_step *step, struct row_test *test,
                       struct plan_block *block)
{
    struct row_test *held = arena_alloc(&plan->arena, sizeof *held);
    held->table = block->fkey->child;
    plan_resolve_holds(plan, step, held);
    plan_check_code(plan, step, block->fkey->child);
    block->held = held;
    if (held->hold_count > 0)
        add_block(plan, step, test, block);
}

static void resolve_set(struct plan *plan, struct plan_step *step, struct row_test *test,
                        struct plan_block *block)
{
    const struct catalog_fkey *fkey = block->fkey;
    spare_held(plan, step, test, block);
    plan_add_finding(
        plan, step, SEVERITY_NOTE, "reference-changed",
        "foreign key \"%s\" (%s) changes rows of %s that refer to deleted rows", fkey->name,
        fkey->on_delete == REFERENCE_SET_NULL ? "ON DELETE SET NULL" : "ON DELETE SET DEFAULT",
        fkey->child->text);
}

/* Rows below a row go if they meet the same test. */
static void resolve_self(struct plan *plan, struct plan_step *step, struct row_test *test,
                         struct plan_block *block)
{
    add_goes(plan, block, test);
    if (block->fkey->on_delete == REFERENCE_CASCADE)
        plan_add_cascade(plan, step, test->table);
    block->hop.table = test->table;
    add_block(plan, step, test, block);
}

static void resolve_reference(struct plan *plan, struct plan_step *step, struct row_test *test,
                              const struct catalog_fkey *fkey, int depth)
{
    struct plan_block block = {
        .fkey = fkey,
        .hop = {fkey->child, fkey->parent_columns, fkey->child_columns, fkey->column_count, false}};
    bool sets = fkey->on_delete == REFERENCE_SET_NULL || fkey->on_delete == REFERENCE_SET_DEFAULT;
    plan_check_reference_index(plan, step, fkey);
    if (sets) {
        resolve_set(plan, step, test, &block);
        return;
    }
    if (plan_is_in_circle(plan, fkey, test->table))
        return;
    if (depth == DEEPEST_CASCADE) {
        refuse_depth(plan, step, fkey);
        return;
    }
    block.is_self = plan_concerns(fkey->child, test->table);
    if (block.is_self) {
        resolve_self(plan, step, test, &block);
        return;
    }
    if (fkey->on_delete == REFERENCE_CASCADE)
        resolve_cascade(plan, step, fkey, &block, depth);
    else
        add_own_rules(plan, step, fkey->child, &block);
    add_block(plan, step, test, &block);
}

/* A mask on a referenced column, which ON UPDATE CASCADE carries over. */
static void resolve_update(struct plan *plan, struct plan_step *step,
                           const struct catalog_fkey *fkey)
{
    struct plan_block block = {
        .fkey = fkey,
        .hop = {fkey->child, fkey->parent_columns, fkey->child_columns, fkey->column_count, false}};
    bool is_masked = false;
    for (size_t i = 0; i < fkey->column_count; i++)
        is_masked = is_masked || plan_mask_on(step->rule, fkey->parent_column_names[i]) != NULL;
    if (!is_masked || fkey->on_update != REFERENCE_CASCADE)
        return;
    plan_check_reference_index(plan, step, fkey);
    spare_held(plan, step, step->test, &block);
    plan_add_finding(plan, step, SEVERITY_NOTE, "reference-changed",
                     "foreign key \"%s\" (ON UPDATE CASCADE) changes rows of %s that refer to "
                     "masked rows",
                     fkey->name, fkey->child->text);
}

void plan_resolve_references(struct plan *plan, struct plan_step *step)
{
    const struct plan_fkeys fkeys = plan_fkeys_to(plan, step->table);
    for (size_t i = 0; i < fkeys.count; i++) {
        if (action_deletes(step->action))
            resolve_reference(plan, step, step->test, fkeys.items[i], 0);
        else
            resolve_update(plan, step, fkeys.items[i]);
    }
    if (!action_deletes(step->action))
        return;
    plan_resolve_circle(plan, step, step->test, 0);
    plan_close_circle(plan, step);
    if (step->test->circle == NULL || step->whole_count == 0)
        return;
    step->strategy = STRATEGY_BLOCK_RANGES;
    step->whole_count = 0;
    step->why = "its rows go together with those of other tables, and no partition goes whole";
}
