/*
 * strategy.c - how a step reaches its rows
 *
 * Block ranges read each page that due rows lie in once, without an index. Clock slices follow an
 * index on the clock: better where few rows are past the cutoff, or where the heap is in the
 * clock's order, so that the index leads from page to page and nothing else is read. A partition
 * that can hold nothing but expired rows is detached and dropped, whatever its size.
 */
#include "mask/mask.h"
#include "plan/plan_private.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* Below this a table is read in a second or so, whatever is in it. */
enum { MANY_ROWS = 1000000 };

/* Up to this share of a table an index beats a scan: scattered rows, rows in order. */
static const double share_scattered = 0.03, share_in_order = 0.20, in_order = 0.9;
/* Below this correlation due rows are everywhere. */
static const double scattered = 0.2;
/* DETACH PARTITION ... CONCURRENTLY came with PostgreSQL 14. */
enum { DETACHES_CONCURRENTLY = 140000 };

static const char *percent(struct plan *plan, double share)
{
    return share < 0.001 ? "less than 0.1%"
                         : arena_printf(&plan->arena, "about %.1f%%", share * 100);
}

/* A local timestamp as microseconds since 1970, as if it were one of UTC. */
static int64_t local_microseconds(const char *local)
{
    struct tm calendar = {0};
    double seconds = 0;
    sscanf(local, "%d-%d-%d %d:%d:%lf", &calendar.tm_year, &calendar.tm_mon, &calendar.tm_mday,
           &calendar.tm_hour, &calendar.tm_min, &seconds);
    calendar.tm_year -= 1900;
    calendar.tm_mon--;
    return (int64_t)timegm(&calendar) * 1000000 + (int64_t)(seconds * 1000000);
}

/* Whether every value that the partition can hold lies before the cutoff. */
static bool is_before(const struct plan_step *step, const struct catalog_table *partition)
{
    const struct plan_clock *clock = step->test->clock;
    const struct catalog_cutoff *cutoff = step->test->cutoff;
    if (!partition->is_partition || partition->bound_column == NULL ||
        strcmp(partition->bound_column, clock->columns[0]->name) != 0)
        return false;
    bool has_zone = strcmp(clock->columns[0]->base_type, "timestamptz") == 0;
    int64_t end = has_zone ? cutoff->microseconds : local_microseconds(cutoff->local);
    if (strcmp(clock->columns[0]->base_type, "date") == 0)
        end -= end % (86400 * INT64_C(1000000));
    return partition->bound_end <= end;
}

/* What keeps a partition from being taken away as a whole, or NULL. */
static const char *obstacle(const struct plan *plan, const struct plan_step *step,
                            const struct catalog_table *partition)
{
    if (plan->catalog->server_version_num < DETACHES_CONCURRENTLY)
        return "this server cannot detach them while others are at work";
    if (!partition->is_owner || !partition->parent->is_owner)
        return "this role does not own them";
    if (partition->citus != CITUS_NONE)
        return "Citus detaches none without a lock that keeps everybody out";
    if (step->rule->forces_partitions)
        return NULL;
    for (const struct catalog_table *t = partition; t != NULL; t = t->parent)
        if (t->fkey_to_count > 0)
            return "a foreign key refers to the table";
    return partition->has_default_sibling     ? "there is a default partition"
           : partition->has_delete_trigger    ? "a trigger waits for each deleted row"
           : partition->publication_count > 0 ? "a publication would not tell its subscribers"
                                              : NULL;
}

/* The topmost table below the step's that lies before the cutoff and holds the leaf, or NULL. */
static const struct catalog_table *whole_partition(const struct plan_step *step,
                                                   const struct catalog_table *leaf)
{
    const struct catalog_table *whole = NULL;
    for (const struct catalog_table *t = leaf; t != NULL && t != step->table; t = t->parent)
        whole = is_before(step, t) ? t : whole;
    return whole;
}

static bool has_leaves_of_others(const struct plan_step *step,
                                 const struct catalog_table *partition)
{
    size_t own = 0;
    for (size_t i = 0; i < step->leaf_count; i++)
        own += plan_lies_in(step->leaves[i], partition);
    return own != partition->leaf_count;
}

/* Fills step->whole; true if there are any, else `step->why` may say why not. */
static bool choose_partitions(struct plan *plan, struct plan_step *step)
{
    const char *problem = NULL;
    size_t before = 0;
    const struct catalog_table *last = NULL;
    for (size_t i = 0; i < step->leaf_count; i++) {
        const struct catalog_table *whole = whole_partition(step, step->leaves[i]);
        if (whole == NULL || whole == last || has_leaves_of_others(step, whole))
            continue;
        last = whole;
        before++;
        problem = obstacle(plan, step, whole);
        if (problem == NULL)
            *ARENA_PUSH(&plan->arena, step->whole, step->whole_count) = whole;
    }
    if (before > 0)
        step->why = arena_printf(
            &plan->arena, "%zu of %zu partitions lie wholly before the cutoff%s%s", before,
            step->leaf_count, problem == NULL ? "" : ", and are emptied row by row: ",
            problem == NULL ? "" : problem);
    return step->whole_count > 0;
}

static bool is_plain(const struct plan_step *step)
{
    const struct plan_clock *clock = step->test->clock;
    return clock != NULL && clock->kind == CLOCK_COLUMN && step->test->cutoff != NULL;
}

static bool is_one_table(const struct plan_step *step)
{
    return step->leaf_count == 1 && step->leaves[0] == step->table;
}

/* What an index would lead to, of all rows; -1: not known, or there is no such index. */
static double share_by_index(const struct plan_step *step, const struct catalog_share *share)
{
    if (share == NULL || share->before < 0 ||
        (step->action == ACTION_ANONYMISE && !is_one_table(step)))
        return -1;
    if (step->action == ACTION_ANONYMISE && share->in_part >= 0 &&
        step->table->estimated_rows > 0) {
        double past = share->in_part / step->table->estimated_rows - (1 - share->before);
        return past > 0 ? past : 0;
    }
    return share->is_indexed ? share->before : -1;
}

static void choose(struct plan *plan, struct plan_step *step, const struct catalog_share *share)
{
    const struct plan_clock *clock = step->test->clock;
    step->strategy = STRATEGY_BLOCK_RANGES;
    step->why = "each page is visited once and no index is needed";
    if (step->action == ACTION_SUMMARISE) {
        step->strategy = STRATEGY_CLOCK_SLICES;
        step->why = arena_printf(&plan->arena, "the rows of a %s are counted and deleted together",
                                 period_name(step->rule->summary.period));
    }
    if (!is_plain(step) || step->action == ACTION_SUMMARISE)
        return;
    if (step->action == ACTION_PURGE && clock->unit == UNIT_NONE && choose_partitions(plan, step)) {
        step->strategy = STRATEGY_PARTITION;
        return;
    }
    double visited = share_by_index(step, share);
    if (visited < 0 ||
        visited > (share->correlation >= in_order ? share_in_order : share_scattered))
        return;
    bool by_part = step->action == ACTION_ANONYMISE && share->in_part >= 0;
    step->strategy = STRATEGY_CLOCK_SLICES;
    step->why = arena_printf(&plan->arena,
                             "%s of the rows are past the cutoff%s, and %s leads to "
                             "them",
                             percent(plan, visited), by_part ? " and not masked yet" : "",
                             by_part ? "a partial index" : "an index on the clock");
}

/* Rows once masked are looked at every night, unless an index leaves them out. */
static void advise_index(struct plan *plan, struct plan_step *step,
                         const struct catalog_share *share)
{
    struct sql todo = {.arena = &plan->arena};
    if (step->refused != NULL || step->action != ACTION_ANONYMISE || !is_plain(step) ||
        !is_one_table(step) || step->table->citus != CITUS_NONE ||
        step->table->estimated_rows < MANY_ROWS || (share != NULL && share->in_part >= 0))
        return;
    for (size_t i = 0; i < step->rule->mask_count; i++) {
        const struct policy_mask *mask = &step->rule->masks[i];
        const struct catalog_column *column = catalog_find_column(step->table, mask->column);
        if (column == NULL || !mask_todo_fits_index(mask, column)) {
            sql_free(&todo);
            return;
        }
        sql_add(&todo, i == 0 ? "" : " OR ");
        mask_todo(mask, column, step->table->alias, NULL, &todo);
    }
    struct finding *finding =
        plan_add_finding(plan, step, SEVERITY_NOTE, "partial-index",
                         "each run looks at rows of %s again that are masked", step->table->text);
    finding->hint =
        arena_printf(&plan->arena, "CREATE INDEX CONCURRENTLY ON %s (%s) WHERE %s;",
                     step->table->quoted, step->test->clock->columns[0]->quoted, todo.text.data);
    sql_free(&todo);
}

void plan_choose_strategy(struct plan *plan, struct plan_step *step)
{
    const struct catalog_share *share = NULL;
    if (is_plain(step) && step->table->citus == CITUS_NONE) /* else statistics of an empty shell */
        share = catalog_find_share(plan->catalog, step->table, step->rule->clock->columns[0],
                                   step->test->cutoff);
    choose(plan, step, share);
    advise_index(plan, step, share);
    step->counts_places = step->strategy == STRATEGY_BLOCK_RANGES &&
                          (share == NULL || share->before < 0 || share->correlation >= scattered);
}
