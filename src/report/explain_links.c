/* explain_links.c - what reaches a table over foreign keys: holds, rows that stay, rows that go. */
#include "report/explain.h"
#include "report/parts.h"
#include "report/text.h"

static void add_hop(const struct hop *hop, struct buffer *out)
{
    for (size_t i = 0; i < hop->column_count; i++) {
        buffer_add(out, i == 0 ? "" : ", ");
        text_escape(hop->here[i], out);
    }
    buffer_add(out, " -> ");
    text_escape(hop->table->text, out);
    buffer_add(out, hop->is_closure ? " (any number of times)" : "");
}

static void add_hold(struct explanation *e, const struct policy_hold *hold, const char *text)
{
    struct fact *fact = explain_add(e, ABOUT_HOLD, "%s", text);
    fact->hold = hold->id;
    fact->mark = hold->mark;
}

/* "account_id -> public.accounts", the foreign keys from a row here to a held one. */
static void say_way(struct explanation *e, const struct plan_hold *way)
{
    struct buffer text = {0};
    for (size_t i = 0; i < way->climb_count; i++) {
        buffer_add(&text, i == 0 ? "any number of times over " : "; ");
        text_escape(way->climbs[i].from->text, &text);
        buffer_add(&text, ": ");
        add_hop(&way->climbs[i].hop, &text);
    }
    for (size_t i = 0; i < way->hop_count; i++) {
        buffer_add(&text, i == 0 ? "" : ", then ");
        add_hop(&way->path[i], &text);
    }
    add_hold(e, way->hold, buffer_text(&text));
    buffer_free(&text);
}

/* Whether the hold names the table or one that it is a part of. */
static bool names(const struct policy_hold *hold, const struct catalog_table *table)
{
    for (; table != NULL; table = table->parent)
        for (size_t i = 0; i < hold->table_count; i++)
            if (table_name_matches(&hold->tables[i], table->schema, table->name))
                return true;
    return false;
}

static bool is_way(const struct plan_hold *way, const struct policy_hold *hold)
{
    return way->hold == hold &&
           (way->climb_count > 0 || (way->hop_count > 0 && way->path[0].column_count > 0));
}

static void say_hold(struct explanation *e, const struct policy_hold *hold,
                     const struct row_test *test)
{
    size_t ways = 0;
    for (size_t i = 0; test != NULL && i < test->hold_count; i++)
        ways += is_way(&test->holds[i], hold);
    bool direct = names(hold, e->table), follows = ways > 0 || !direct;
    add_hold(e, hold,
             arena_printf(&e->arena, "Hold %s%s %s%s%s%s", explain_safe(e, hold->id),
                          explain_place(e, hold->mark),
                          direct ? "is on this table: a row that it covers stays" : "keeps rows",
                          direct && follows ? ", and so does a row" : "",
                          follows ? " that foreign keys lead from to a held one" : "",
                          ways > 0 ? ":" : "."));
    for (size_t i = 0; test != NULL && i < test->hold_count; i++)
        if (is_way(&test->holds[i], hold))
            say_way(e, &test->holds[i]);
}

void explain_holds(struct explanation *e)
{
    const struct plan *plan = e->plan;
    const struct catalog_table *tables = plan->catalog->tables;
    const struct plan_step *step = e->step_count == 0 ? NULL : e->steps[0];
    size_t count = 0;
    for (size_t i = 0; i < plan->policy->hold_count; i++) {
        const bool *reaches = plan->hold_reaches[i];
        if (!reaches[e->table - tables] && !reaches[catalog_root(e->table) - tables])
            continue;
        count++;
        say_hold(e, &plan->policy->holds[i], step == NULL ? NULL : step->test);
    }
    if (count == 0)
        explain_add(e, ABOUT_HOLD, "No hold reaches this table.");
}

static bool concerns(const struct catalog_table *a, const struct catalog_table *b)
{
    return explain_lies_in(a, b) || explain_lies_in(b, a);
}

static struct fact *add_reference(struct explanation *e, const struct catalog_fkey *fkey,
                                  const struct catalog_table *other, const char *text)
{
    struct fact *fact =
        explain_add(e, ABOUT_REFERENCE, "%s (foreign key %s).", text, explain_safe(e, fkey->name));
    fact->foreign_key = fkey->name;
    fact->table = other->text;
    return fact;
}

static const struct plan_step *step_of(const struct plan *plan, const struct row_test *test)
{
    for (size_t i = 0; i < plan->step_count; i++)
        if (plan->steps[i].test == test)
            return &plan->steps[i];
    return NULL;
}

/* "they go by rule a, or by \"cascade\" of rule b" */
static const char *ways_to_go(struct explanation *e, const struct plan_step *step,
                              const struct plan_block *block)
{
    struct buffer text = {0};
    for (size_t i = 0; i < block->goes_count; i++) {
        const struct plan_step *own = step_of(e->plan, block->goes[i]);
        buffer_add(&text, i == 0 ? "they go by " : ", or by ");
        if (own == NULL)
            buffer_add(&text, "\"cascade\" of ");
        buffer_addf(&text, "rule %s", explain_safe(e, (own == NULL ? step : own)->rule_id));
    }
    if (block->goes_count == 0)
        buffer_add(&text, "no rule deletes them");
    const char *copy = arena_strdup(&e->arena, buffer_text(&text));
    buffer_free(&text);
    return copy;
}

/* What rows that refer to this table mean for a row that the step would delete. */
static void say_block(struct explanation *e, const struct plan_step *step,
                      const struct plan_block *block)
{
    const struct catalog_table *child = block->fkey->child;
    const char *name = explain_safe(e, child->text), *goes = ways_to_go(e, step, block);
    const char *text;
    if (block->is_self)
        text = "Rows refer to one another: a row stays while any row below it stays";
    else if (block->fkey->on_delete == REFERENCE_CASCADE)
        text = arena_printf(&e->arena,
                            "With a row go the rows of %s that refer to it, ON DELETE CASCADE; it "
                            "stays while one of them stays: %s",
                            name, goes);
    else
        text = arena_printf(&e->arena, "A row stays while rows of %s refer to it: %s", name, goes);
    add_reference(e, block->fkey, child, text);
}

static const struct plan_block *block_of(const struct plan_step *step,
                                         const struct catalog_fkey *fkey)
{
    for (size_t i = 0; i < step->test->block_count; i++)
        if (step->test->blocks[i].fkey == fkey)
            return &step->test->blocks[i];
    return NULL;
}

/* Rows that go with a row in one statement, or keep it. */
static void say_circle(struct explanation *e, const struct plan_step *step,
                       const struct catalog_fkey *fkey)
{
    const struct plan_circle *circle = step->test->circle;
    for (size_t i = 0; circle != NULL && i < circle->descent_count; i++)
        if (circle->descents[i].fkey == fkey)
            add_reference(e, fkey, fkey->child,
                          arena_printf(&e->arena,
                                       "Rows refer to one another in a circle: a row goes together "
                                       "with the rows of %s that refer to it, and stays while one "
                                       "of them stays",
                                       explain_safe(e, fkey->child->text)));
}

static void say_set(struct explanation *e, const struct catalog_fkey *fkey,
                    const struct plan_block *block)
{
    add_reference(e, fkey, fkey->child,
                  arena_printf(&e->arena, "Rows of %s that refer to a deleted row get %s in %s%s",
                               explain_safe(e, fkey->child->text),
                               fkey->on_delete == REFERENCE_SET_NULL ? "NULL" : "the default",
                               explain_safe(e, fkey->child_column_names[0]),
                               block != NULL && block->held != NULL
                                   ? "; while a hold keeps such a row, the row here stays"
                                   : ""));
}

static void say_children(struct explanation *e, const struct plan_step *step)
{
    const struct catalog *catalog = e->plan->catalog;
    for (size_t i = 0; i < catalog->fkey_count; i++) {
        const struct catalog_fkey *fkey = &catalog->fkeys[i];
        const struct plan_block *block = block_of(step, fkey);
        if (!concerns(fkey->parent, e->table))
            continue;
        if (fkey->on_delete == REFERENCE_SET_NULL || fkey->on_delete == REFERENCE_SET_DEFAULT)
            say_set(e, fkey, block);
        else if (block != NULL)
            say_block(e, step, block);
        else
            say_circle(e, step, fkey);
    }
}

/* What the rule of a table that this one refers to means for the rows here. */
static void say_parent(struct explanation *e, const struct catalog_fkey *fkey,
                       const struct plan_step *step)
{
    const char *name = explain_safe(e, fkey->parent->text);
    const char *rule = explain_safe(e, step->rule_id);
    const struct plan_block *block = block_of(step, fkey);
    const char *text;
    if (fkey->on_delete == REFERENCE_CASCADE)
        text = arena_printf(&e->arena,
                            "Rows here go with the row of %s that they refer to, ON DELETE "
                            "CASCADE, when rule %s deletes it%s%s",
                            name, rule, block == NULL ? "" : "; it waits until they may go: ",
                            block == NULL ? "" : ways_to_go(e, step, block));
    else if (fkey->on_delete == REFERENCE_SET_NULL || fkey->on_delete == REFERENCE_SET_DEFAULT)
        text = arena_printf(&e->arena, "%s becomes %s when rule %s deletes the row of %s",
                            explain_safe(e, fkey->child_column_names[0]),
                            fkey->on_delete == REFERENCE_SET_NULL ? "NULL" : "its default", rule,
                            name);
    else
        text = arena_printf(&e->arena,
                            "Rows here keep the row of %s that they refer to from being deleted by "
                            "rule %s",
                            name, rule);
    add_reference(e, fkey, fkey->parent, text)->rule = step->rule_id;
}

static bool may_cascade_here(const struct explanation *e, const struct plan_step *step)
{
    for (size_t i = 0; i < step->cascade_count; i++)
        if (concerns(step->cascades[i], e->table))
            return !explain_is_on(step, e->table);
    return false;
}

static bool refers_to(const struct explanation *e, const struct plan_step *step)
{
    const struct catalog *catalog = e->plan->catalog;
    for (size_t i = 0; i < catalog->fkey_count; i++)
        if (concerns(catalog->fkeys[i].child, e->table) &&
            explain_is_on(step, catalog->fkeys[i].parent))
            return true;
    return false;
}

static void say_parents(struct explanation *e)
{
    const struct plan *plan = e->plan;
    for (size_t f = 0; f < plan->catalog->fkey_count; f++) {
        const struct catalog_fkey *fkey = &plan->catalog->fkeys[f];
        bool refers = concerns(fkey->child, e->table) && !concerns(fkey->child, fkey->parent);
        for (size_t i = 0; i < plan->step_count && refers; i++)
            if (action_deletes(plan->steps[i].action) &&
                explain_is_on(&plan->steps[i], fkey->parent))
                say_parent(e, fkey, &plan->steps[i]);
    }
    for (size_t i = 0; i < plan->step_count; i++) {
        const struct plan_step *step = &plan->steps[i];
        if (may_cascade_here(e, step) && !refers_to(e, step))
            explain_add(e, ABOUT_REFERENCE,
                        "Rows here can go by cascade over other tables, when rule %s deletes rows "
                        "of %s.",
                        explain_safe(e, step->rule_id), explain_safe(e, step->table->text))
                ->rule = step->rule_id;
    }
}

/* Rules of other tables that tell the age of their rows from this one. */
static void say_clocks(struct explanation *e)
{
    for (size_t i = 0; i < e->plan->step_count; i++)
        for (const struct plan_clock *c = e->plan->steps[i].test->clock; c != NULL; c = c->of)
            if (c->kind == CLOCK_PARENT && concerns(c->hop.table, e->table))
                explain_add(e, ABOUT_REFERENCE,
                            "Rule %s tells the age of rows of %s from the row here that they "
                            "belong to.",
                            explain_safe(e, e->plan->steps[i].rule_id),
                            explain_safe(e, e->plan->steps[i].table->text))
                    ->rule = e->plan->steps[i].rule_id;
}

void explain_references(struct explanation *e)
{
    size_t before = e->fact_count;
    for (size_t i = 0; i < e->step_count; i++) {
        if (!action_deletes(e->steps[i]->action))
            continue;
        say_children(e, e->steps[i]);
        break;
    }
    say_parents(e);
    say_clocks(e);
    if (e->fact_count == before)
        explain_add(e, ABOUT_REFERENCE, "No foreign key decides anything here.");
}
