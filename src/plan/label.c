/*
 * label.c - what a rule leaves of a person
 *
 * Masks alone do not make a row anonymous. As long as a key in it leads to a person's row, or is a
 * name under which other systems know the person, the row is pseudonymous, that is, personal. What
 * counts as such a key:
 *
 *   - a foreign key to a table under `subjects`, or to one from which foreign keys lead to such a
 *     table;
 *   - a unique key with a text or uuid in it that is not the primary key;
 *   - in a table under `subjects`, a column with an e-mail address.
 *
 * A mask on the column cuts it, also one of another rule that has come to the row by then; for the
 * last two, so does an exemption that calls it not personal. A keyed hash is such a key itself.
 * The row's own primary key does not count, nor do the rows that refer to it: they are personal by
 * themselves and have rules of their own.
 */
#include "plan/plan_private.h"

#include "base/buffer.h"
#include "mask/mask.h"

#include <string.h>
#include <strings.h>

bool plan_is_subject(const struct policy *policy, const struct catalog_table *table)
{
    for (const struct catalog_table *t = table; t != NULL; t = t->parent)
        for (size_t i = 0; i < policy->subject_count; i++)
            if (table_name_matches(&policy->subjects[i], t->schema, t->name))
                return true;
    return false;
}

static bool is_exempt(const struct policy *policy, const struct catalog_table *table,
                      const char *column)
{
    for (size_t i = 0; i < policy->exemption_count; i++) {
        const struct policy_exemption *exemption = &policy->exemptions[i];
        if (!table_name_matches(&exemption->table, table->schema, table->name))
            continue;
        for (size_t c = 0; c < exemption->column_count; c++)
            if (strcmp(exemption->columns[c], column) == 0)
                return true;
    }
    return false;
}

/* Whether `other`, on the step's table or one above it, has changed every row that it comes to. */
static bool came_before(const struct plan_step *other, const struct plan_step *step)
{
    const struct policy_rule *a = other->rule, *b = step->rule;
    return other->test->cutoff != NULL && step->test->cutoff != NULL &&
           other->test->cutoff->microseconds >= step->test->cutoff->microseconds &&
           plan_same_clock(other->test->clock, step->test->clock) &&
           (a->only == NULL || (b->only != NULL && strcmp(a->only, b->only) == 0)) &&
           (a->unless == NULL || (b->unless != NULL && strcmp(a->unless, b->unless) == 0));
}

/* Whether the column holds a masked value by the time this step is done. */
static bool is_masked(const struct plan *plan, const struct plan_step *step, const char *column)
{
    const struct plan_steps above = plan_steps_above(plan, step->table);
    for (size_t i = 0; i < above.count; i++) {
        const struct plan_step *other = above.items[i];
        if (plan_mask_on(other->rule, column) != NULL &&
            (other == step || came_before(other, step)))
            return true;
    }
    return false;
}

/* The foreign keys by which each table leads to a subject, shortest way first; NULL where none. */
static const struct catalog_fkey **ways_to_subjects(struct plan *plan)
{
    const struct catalog *catalog = plan->catalog;
    const struct catalog_fkey **ways =
        arena_alloc(&plan->arena, catalog->table_count * sizeof *ways + 1);
    bool *reached = arena_alloc(&plan->arena, catalog->table_count + 1);
    bool *next = arena_alloc(&plan->arena, catalog->table_count + 1);
    bool found = plan->policy->subject_count > 0;
    for (size_t i = 0; i < catalog->table_count; i++)
        next[i] = plan_is_subject(plan->policy, &catalog->tables[i]);
    while (found) {
        found = false;
        memcpy(reached, next, catalog->table_count);
        for (size_t i = 0; i < catalog->fkey_count; i++) {
            const struct catalog_fkey *fkey = &catalog->fkeys[i];
            size_t child = (size_t)(catalog_root(fkey->child) - catalog->tables);
            size_t parent = (size_t)(catalog_root(fkey->parent) - catalog->tables);
            if (reached[child] || !reached[parent] || next[child])
                continue;
            ways[child] = fkey;
            next[child] = found = true;
        }
    }
    return ways;
}

static void keep(struct plan *plan, struct plan_step *step, const char *column, const char *why)
{
    struct plan_label *label = &step->label;
    const char *name = arena_printf(&plan->arena, "%s.%s", step->table->text, column);
    for (size_t i = 0; i < label->keep_count; i++)
        if (strcmp(label->keeps[i], name) == 0)
            return;
    *ARENA_PUSH(&plan->arena, label->keeps, label->keep_count) = name;
    if (label->value != LABEL_PSEUDONYMOUS)
        label->why = why;
    label->value = LABEL_PSEUDONYMOUS;
}

/* "leads to public.users", "leads over public.sessions to public.users" */
static const char *describe_way(struct plan *plan, const struct catalog_fkey **ways,
                                const struct catalog_table *from)
{
    struct buffer text = {0};
    buffer_add(&text, "leads ");
    while (!plan_is_subject(plan->policy, from)) {
        buffer_addf(&text, "over %s ", from->text);
        from = catalog_root(ways[from - plan->catalog->tables]->parent);
    }
    buffer_addf(&text, "to %s", from->text);
    const char *way = arena_strdup(&plan->arena, buffer_text(&text));
    buffer_free(&text);
    return way;
}

static void keep_references(struct plan *plan, struct plan_step *step,
                            const struct catalog_fkey **ways)
{
    const struct plan_fkeys fkeys = plan_fkeys_from(plan, step->table);
    for (size_t i = 0; i < fkeys.count; i++) {
        const struct catalog_fkey *fkey = fkeys.items[i];
        const struct catalog_table *parent = catalog_root(fkey->parent);
        if (!plan_is_subject(plan->policy, parent) && ways[plan_table_number(plan, parent)] == NULL)
            continue;
        bool is_cut = false;
        for (size_t c = 0; c < fkey->column_count; c++)
            is_cut = is_cut || is_masked(plan, step, fkey->child_column_names[c]);
        for (size_t c = 0; !is_cut && c < fkey->column_count; c++)
            keep(plan, step, fkey->child_column_names[c],
                 arena_printf(&plan->arena, "%s %s", fkey->child_column_names[c],
                              describe_way(plan, ways, parent)));
    }
}

static bool is_text(const struct catalog_column *column)
{
    static const char *const types[] = {"text", "varchar", "bpchar", "citext"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(column->base_type, types[i]) == 0)
            return true;
    return false;
}

static bool could_name(const struct plan *plan, const struct plan_step *step,
                       const struct catalog_column *column)
{
    return column != NULL && !column->in_primary_key && !column->is_generated &&
           (is_text(column) || strcmp(column->base_type, "uuid") == 0) &&
           !is_exempt(plan->policy, step->table, column->name);
}

/* A key of several columns names nobody any more once one of them is masked. */
static void keep_unique(struct plan *plan, struct plan_step *step)
{
    for (size_t k = 0; k < step->table->key_count; k++) {
        const struct catalog_key *key = &step->table->keys[k];
        bool is_cut = key->is_primary || key->is_exclusion;
        for (size_t c = 0; c < key->column_count; c++)
            is_cut = is_cut || is_masked(plan, step, key->columns[c]);
        for (size_t c = 0; !is_cut && c < key->column_count; c++)
            if (could_name(plan, step, catalog_find_column(step->table, key->columns[c])))
                keep(plan, step, key->columns[c],
                     arena_printf(&plan->arena, "%s is unique and stays", key->columns[c]));
    }
}

static void keep_addresses(struct plan *plan, struct plan_step *step)
{
    for (size_t i = 0; i < step->table->column_count; i++) {
        const struct catalog_column *column = &step->table->columns[i];
        if (strcasestr(column->name, "mail") != NULL && is_text(column) &&
            could_name(plan, step, column) && !is_masked(plan, step, column->name))
            keep(plan, step, column->name,
                 arena_printf(&plan->arena, "%s is an address and stays", column->name));
    }
}

/* Pseudonyms that another rule has put into the row and nothing may mask again. */
static void keep_hashes(struct plan *plan, struct plan_step *step)
{
    const struct plan_steps others = plan_steps_concerning(plan, step->table);
    for (size_t i = 0; i < others.count; i++) {
        const struct policy_rule *rule = others.items[i]->rule;
        for (size_t m = 0; m < rule->mask_count; m++)
            if (rule->masks[m].kind == MASK_KEYED_HASH)
                keep(plan, step, rule->masks[m].column,
                     arena_printf(&plan->arena, "%s holds a pseudonym", rule->masks[m].column));
    }
}

static const char *list_keeps(struct plan *plan, const struct plan_label *label)
{
    struct buffer list = {0};
    for (size_t i = 0; i < label->keep_count; i++)
        buffer_addf(&list, "%s%s", i == 0 ? "; it keeps " : ", ", label->keeps[i]);
    const char *text = arena_strdup(&plan->arena, buffer_text(&list));
    buffer_free(&list);
    return text;
}

static void judge(struct plan *plan, struct plan_step *step)
{
    const struct policy_rule *rule = step->rule;
    bool is_accepted = rule->accept_label != NULL;
    if (step->label.value != LABEL_PSEUDONYMOUS) {
        if (is_accepted)
            plan_add_finding(plan, step, SEVERITY_NOTE, "label-accept-unneeded",
                             "the rule accepts a pseudonymous row, but leaves it %s",
                             mask_label_name(step->label.value));
        return;
    }
    if (rule->action != ACTION_ANONYMISE)
        return;
    const char *what = arena_printf(&plan->arena, "the row stays pseudonymous: %s%s",
                                    step->label.why, list_keeps(plan, &step->label));
    if (is_accepted) {
        struct finding *finding =
            plan_add_finding(plan, step, SEVERITY_WARNING, "label-pseudonymous", "%s; accepted: %s",
                             what, rule->accept_reason);
        finding->hint = "A pseudonymous row is personal data: see that another rule purges it.";
        return;
    }
    struct finding *finding =
        plan_add_finding(plan, step, SEVERITY_ERROR, "label-pseudonymous", "%s", what);
    finding->hint = "Mask what it keeps, purge the row, use \"action: pseudonymise\", or write "
                    "\"accept: {label: pseudonymous, reason: ...}\".";
}

void plan_check_labels(struct plan *plan)
{
    const struct catalog_fkey **ways = ways_to_subjects(plan);
    for (size_t i = 0; i < plan->step_count; i++) {
        struct plan_step *step = &plan->steps[i];
        step->label.value = mask_rule_label(step->rule, &plan->arena, &step->label.why);
        if (step->rule->mask_count == 0)
            continue;
        keep_references(plan, step, ways);
        keep_unique(plan, step);
        if (plan_is_subject(plan->policy, step->table))
            keep_addresses(plan, step);
        keep_hashes(plan, step);
        judge(plan, step);
    }
}
