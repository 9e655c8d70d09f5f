/* explain_rules.c - the rules that apply to a table, or how nearly one does. */
#include "base/nearest.h"
#include "mask/mask.h"
#include "report/explain.h"
#include "report/parts.h"
#include "report/text.h"

static void add_columns(const struct policy_clock *clock, const char *last, struct buffer *out)
{
    for (size_t i = 0; i < clock->column_count; i++) {
        buffer_add(out, i == 0 ? "" : i + 1 < clock->column_count ? ", " : last);
        text_escape(clock->columns[i], out);
    }
}

/* "the latest of a and b", "started_at of the row of public.calls that call_id refers to" */
static void add_clock_phrase(const struct policy_clock *clock, struct buffer *out)
{
    if (clock->kind == CLOCK_PARENT) {
        add_clock_phrase(clock->of, out);
        buffer_add(out, " of the row of ");
        text_escape(clock->parent.text, out);
        buffer_add(out, " that ");
        add_columns(clock, " and ", out);
        buffer_add(out, clock->column_count == 1 ? " refers to" : " refer to");
    } else if (clock->kind == CLOCK_SQL) {
        add_expression(clock->sql, out);
    } else {
        buffer_add(out, clock->kind == CLOCK_LATEST ? "the latest of " : "");
        add_columns(clock, " and ", out);
    }
    if (clock->unit == UNIT_UUIDV7 || clock->unit == UNIT_ULID)
        buffer_addf(out, " (the time in the %s)", clock_unit_name(clock->unit));
    else if (clock->unit != UNIT_NONE)
        buffer_addf(out, " (%s since 1970)", clock_unit_name(clock->unit));
}

static const char *deed(const struct plan_step *step)
{
    static const char *const deeds[] = {
        [ACTION_PURGE] = "is deleted",
        [ACTION_ANONYMISE] = "is masked",
        [ACTION_PSEUDONYMISE] = "gets pseudonyms",
        [ACTION_SUMMARISE] = "is counted and deleted",
    };
    return deeds[step->action];
}

/* " on public.calls, of which this is a part" */
static const char *whereabouts(struct explanation *e, const struct plan_step *step)
{
    if (step->table == e->table)
        return "";
    return arena_printf(&e->arena, " on %s, %s", explain_safe(e, step->table->text),
                        explain_lies_in(e->table, step->table) ? "of which this table is a part"
                                                               : "a part of this table");
}

static struct fact *add_fact(struct explanation *e, const struct plan_step *step, const char *text)
{
    struct fact *fact = explain_add(e, ABOUT_RULE, "%s", text);
    fact->rule = step->rule_id;
    fact->mark = step->mark;
    return fact;
}

static bool has_leaf(const struct plan_step *step, const struct catalog_table *leaf)
{
    for (size_t i = 0; i < step->leaf_count; i++)
        if (step->leaves[i] == leaf)
            return true;
    return false;
}

/* Whether `except:` leaves all of the table to other rules. */
static bool is_excepted(const struct plan_step *step, const struct catalog_table *table)
{
    for (size_t i = 0; i < table->leaf_count; i++)
        if (has_leaf(step, table->leaves[i]))
            return false;
    return table->leaf_count > 0 && explain_lies_in(table, step->table);
}

static void say_when(struct explanation *e, const struct plan_step *step)
{
    struct buffer clock = {0};
    const struct catalog_cutoff *cutoff = step->test->cutoff;
    add_clock_phrase(step->rule->clock, &clock);
    add_fact(e, step,
             arena_printf(
                 &e->arena,
                 "Rule %s%s%s: a row %s once %s lies before %s, %s before the run%s (category %s).",
                 explain_safe(e, step->rule_id), explain_place(e, step->mark), whereabouts(e, step),
                 deed(step), buffer_text(&clock), cutoff == NULL ? "the cutoff" : cutoff->instant,
                 explain_safe(e, step_keep(step)),
                 cutoff == NULL || cutoff->period == PERIOD_NONE
                     ? ""
                     : arena_printf(&e->arena, " in whole %ss", period_name(cutoff->period)),
                 explain_safe(e, step->rule->category->name)));
    buffer_free(&clock);
    const struct policy_clock *own = step->rule->clock;
    while (own->of != NULL)
        own = own->of;
    add_fact(e, step,
             own->null_is_active ? "Where that is NULL the row is still in use and stays."
                                 : "A row without a usable date there is undated and stays.");
}

static void say_expression(struct explanation *e, const struct plan_step *step, const char *what,
                           const char *expression, struct mark mark)
{
    struct buffer text = {0};
    buffer_add(&text, what);
    add_expression(expression, &text);
    add_fact(e, step, buffer_text(&text))->mark = mark;
    buffer_free(&text);
}

static void say_scope(struct explanation *e, const struct plan_step *step)
{
    const struct policy_rule *rule = step->rule;
    if (rule->only != NULL)
        say_expression(e, step, "It takes only rows for which this is true: ", rule->only,
                       rule->only_mark);
    if (rule->unless != NULL)
        say_expression(e, step, "It leaves rows for which this is true or unknown: ", rule->unless,
                       rule->unless_mark);
    if (step->leaf_count < step->table->leaf_count)
        add_fact(e, step,
                 arena_printf(&e->arena, "It leaves %zu of the %zu parts to other rules.",
                              step->table->leaf_count - step->leaf_count, step->table->leaf_count));
}

static void say_masks(struct explanation *e, const struct plan_step *step)
{
    struct buffer text = {0};
    const struct policy_rule *rule = step->rule;
    if (rule->action == ACTION_SUMMARISE) {
        buffer_add(&text, "It counts into ");
        add_statistics(&rule->summary, &text);
    }
    for (size_t i = 0; i < rule->mask_count; i++) {
        buffer_add(&text, i == 0 ? "It masks " : "; ");
        add_mask(&rule->masks[i], &text);
    }
    if (text.length > 0)
        add_fact(e, step, arena_printf(&e->arena, "%s.", buffer_text(&text)));
    buffer_free(&text);
    if (!action_deletes(step->action) && step->label.why != NULL)
        add_fact(e, step,
                 arena_printf(&e->arena, "The row is then labelled %s: %s.",
                              mask_label_name(step->label.value),
                              explain_safe(e, step->label.why)));
}

/* A mask does not come to rows that go in the same run. */
static void say_earlier(struct explanation *e, const struct plan_step *step)
{
    struct buffer rules = {0};
    for (size_t i = 0; i < e->plan->step_count; i++)
        for (size_t j = 0; j < step->earlier_count; j++)
            if (e->plan->steps[i].test == step->earlier[j])
                buffer_addf(&rules, "%s%s", rules.length == 0 ? "" : ", ",
                            explain_safe(e, e->plan->steps[i].rule_id));
    if (rules.length > 0 && !action_deletes(step->action))
        add_fact(e, step,
                 arena_printf(&e->arena, "Rows that the same run deletes by %s are gone by then.",
                              buffer_text(&rules)));
    buffer_free(&rules);
}

static void say_how(struct explanation *e, const struct plan_step *step)
{
    if (step->refused != NULL)
        add_fact(e, step,
                 arena_printf(&e->arena, "It does not run as things are: %s, see below.",
                              step->refused));
    else
        add_fact(e, step,
                 arena_printf(&e->arena, "It works in %s: %s.", strategy_name(step->strategy),
                              step->why));
}

/* The rule whose table is called most like this one. */
static const struct policy_rule *nearest_rule(struct explanation *e)
{
    const struct policy *policy = e->plan->policy;
    const char **names = arena_alloc(&e->arena, policy->rule_count * sizeof *names + 1);
    for (size_t i = 0; i < policy->rule_count; i++)
        names[i] = policy->rules[i].table.name;
    const char *best = nearest(e->table->name, names, policy->rule_count);
    for (size_t i = 0; i < policy->rule_count && best != NULL; i++)
        if (names[i] == best)
            return &policy->rules[i];
    return NULL;
}

static void say_none(struct explanation *e)
{
    const struct policy *policy = e->plan->policy;
    const struct catalog_table *table = e->table;
    explain_add(e, ABOUT_RULE, "No rule of policy %s names this table.",
                explain_safe(e, policy->name));
    for (size_t i = 0; i < policy->rule_count; i++) {
        const struct policy_rule *rule = &policy->rules[i];
        if (!table_name_matches(&rule->table, table->schema, table->name))
            continue;
        struct fact *fact =
            explain_add(e, ABOUT_RULE, "The pattern %s of rule %s%s fits it, but for \"except\".",
                        explain_safe(e, rule->table.text), explain_safe(e, rule->id),
                        explain_place(e, rule->mark));
        fact->rule = rule->id;
        fact->mark = rule->mark;
        return;
    }
    const struct policy_rule *rule = nearest_rule(e);
    if (rule == NULL)
        return;
    struct fact *fact =
        explain_add(e, ABOUT_RULE, "The rule with the most similar table is %s%s, on %s.",
                    explain_safe(e, rule->id), explain_place(e, rule->table.mark),
                    explain_safe(e, rule->table.text));
    fact->rule = rule->id;
    fact->mark = rule->table.mark;
}

/* Statistics that rules of other tables write here. */
static void say_statistics(struct explanation *e)
{
    for (size_t i = 0; i < e->plan->step_count; i++) {
        const struct plan_step *step = &e->plan->steps[i];
        if (step->summary != NULL && explain_lies_in(step->summary->into, e->table))
            add_fact(e, step,
                     arena_printf(&e->arena, "Rule %s%s counts rows of %s into this table.",
                                  explain_safe(e, step->rule_id), explain_place(e, step->mark),
                                  explain_safe(e, step->table->text)));
    }
}

void explain_rules(struct explanation *e)
{
    for (size_t i = 0; i < e->step_count; i++) {
        const struct plan_step *step = e->steps[i];
        if (is_excepted(step, e->table)) {
            add_fact(e, step,
                     arena_printf(&e->arena,
                                  "Rule %s%s%s, leaves this table to other rules (\"except\").",
                                  explain_safe(e, step->rule_id), explain_place(e, step->mark),
                                  whereabouts(e, step)));
            continue;
        }
        say_when(e, step);
        say_scope(e, step);
        say_masks(e, step);
        say_earlier(e, step);
        say_how(e, step);
    }
    if (e->step_count == 0)
        say_none(e);
    say_statistics(e);
}
