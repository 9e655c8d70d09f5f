/*
 * forgotten.c - tables with a rule that refer to a held one, at any depth, and are not held
 */
#include "plan/plan_private.h"

#include "base/buffer.h"

/* Per table the foreign key by which it refers to the held rows in the fewest steps, or NULL. */
static const struct catalog_fkey **shortest_ways(struct plan *plan, const struct policy_hold *hold)
{
    const struct catalog *catalog = plan->catalog;
    size_t size = catalog->table_count + 1;
    const struct catalog_fkey **ways = arena_alloc(&plan->arena, size * sizeof *ways);
    size_t *distances = arena_alloc(&plan->arena, size * sizeof *distances);
    bool found = true;
    for (size_t i = 0; i < catalog->table_count; i++)
        distances[i] = plan_held_table(hold, &catalog->tables[i]) != NULL;
    for (size_t distance = 1; found; distance++) {
        found = false;
        for (size_t i = 0; i < catalog->fkey_count; i++) {
            const struct catalog_fkey *fkey = &catalog->fkeys[i];
            size_t child = plan_table_number(plan, catalog_root(fkey->child));
            if (distances[child] > 0 ||
                (distances[plan_table_number(plan, fkey->parent)] != distance &&
                 distances[plan_table_number(plan, catalog_root(fkey->parent))] != distance))
                continue;
            distances[child] = distance + 1;
            ways[child] = fkey;
            found = true;
        }
    }
    return ways;
}

static const struct catalog_fkey *way_of(const struct plan *plan,
                                         const struct catalog_fkey *const *ways,
                                         const struct catalog_table *table)
{
    return ways[plan_table_number(plan, catalog_root(table))];
}

static void name_forgotten(struct plan *plan, struct plan_step *step,
                           const struct policy_hold *hold, const struct catalog_fkey *const *ways)
{
    struct buffer over = {0};
    const struct catalog_table *parent = way_of(plan, ways, step->table)->parent;
    while (way_of(plan, ways, parent) != NULL) {
        buffer_addf(&over, "%s%s", over.length == 0 ? " over " : ", ", parent->text);
        parent = way_of(plan, ways, parent)->parent;
    }
    struct finding *finding =
        plan_add_finding(plan, step, SEVERITY_WARNING, "hold-not-followed",
                         "hold \"%s\" on %s does not reach %s, which refers to it%s", hold->id,
                         parent->text, step->table->text, buffer_text(&over));
    finding->hold = hold->id;
    finding->hint = "Add \"follow: true\" to the hold, or the table to its \"tables\".";
    buffer_free(&over);
}

void plan_check_forgotten(struct plan *plan, size_t hold)
{
    const struct policy_hold *policy_hold = &plan->policy->holds[hold];
    if (policy_hold->follow)
        return;
    const struct catalog_fkey **ways = shortest_ways(plan, policy_hold);
    for (size_t s = 0; s < plan->step_count; s++)
        if (way_of(plan, ways, plan->steps[s].table) != NULL)
            name_forgotten(plan, &plan->steps[s], policy_hold, ways);
}
