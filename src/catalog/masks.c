/*
 * masks.c - asks the server whether it would take what masks write
 *
 * Types, domains, CHECK constraints and expressions of unique indexes are the server's to judge, so
 * it is asked, before any row is touched and without reading one: a constant is cast to the
 * column's type, a CHECK is evaluated over a row made of masked values, an index expression over
 * some thousand tokens. Where what a mask writes depends on what was there, samples stand in: they
 * count if the CHECK takes them as they are, for then rows like them may exist.
 *
 * The same question about tables of the same kind, as a pattern matches them, is asked once.
 */
#include "catalog/catalog_private.h"
#include "catalog/trial.h"

#include "mask/mask.h"

#include <string.h>

/* An inquiry with its trials, or with the earlier one that is the same. */
struct asked {
    struct inquiry inquiry;
    const struct asked *like;
    struct trial **trials;
    size_t trial_count;
};

struct asking {
    struct catalog *catalog;
    struct arena *arena;
    struct asked **asked;
    size_t asked_count;
    struct asked **first; /* those that are like no earlier one */
    size_t first_count;
};

static void add_verdict(struct asking *asking, const struct inquiry *inquiry, enum verdict verdict,
                        const char *reason)
{
    struct catalog_table *table = catalog_table_by_oid(asking->catalog, inquiry->table->oid);
    *ARENA_PUSH(asking->arena, table->verdicts, table->verdict_count) =
        (struct catalog_verdict){verdict, inquiry->mask,
                                 inquiry->check != NULL ? inquiry->check->name
                                 : inquiry->key != NULL ? inquiry->key->name
                                                        : NULL,
                                 reason};
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Whether a column is the same to a mask in two tables. */
static bool same_column(const struct inquiry *a, const struct inquiry *b, const char *name)
{
    const struct catalog_column *left = catalog_find_column(a->table, name);
    const struct catalog_column *right = catalog_find_column(b->table, name);
    return left != NULL && right != NULL && strcmp(left->type, right->type) == 0 &&
           same_text(left->default_sql, right->default_sql) &&
           same_text(left->generation_sql, right->generation_sql);
}

static bool same_key(const struct catalog_key *a, const struct catalog_key *b)
{
    if (a == NULL || b == NULL || a->expression_count != b->expression_count)
        return a == b;
    for (size_t i = 0; i < a->expression_count; i++)
        if (strcmp(a->expressions[i], b->expressions[i]) != 0)
            return false;
    return same_text(a->predicate, b->predicate);
}

static bool same_check(const struct catalog_check *a, const struct catalog_check *b)
{
    return a == b || (a != NULL && b != NULL && a->is_domain == b->is_domain &&
                      strcmp(a->expression, b->expression) == 0);
}

static bool same_inquiry(const struct inquiry *a, const struct inquiry *b)
{
    if (a->rule != b->rule || a->mask != b->mask || !same_key(a->key, b->key) ||
        !same_check(a->check, b->check) || !same_column(a, b, a->mask->column))
        return false;
    for (size_t i = 0; i < a->column_count; i++)
        if (!same_column(a, b, a->columns[i]))
            return false;
    for (size_t i = 0; a->check != NULL && i < a->check->column_count; i++)
        if (!same_column(a, b, a->check->columns[i]))
            return false;
    return true;
}

static struct asked *add_inquiry(struct asking *asking, const struct inquiry *inquiry)
{
    struct asked *asked = arena_alloc(asking->arena, sizeof *asked);
    asked->inquiry = *inquiry;
    for (size_t i = 0; i < asking->first_count && asked->like == NULL; i++)
        if (same_inquiry(&asking->first[i]->inquiry, inquiry))
            asked->like = asking->first[i];
    if (asked->like == NULL)
        *ARENA_PUSH(asking->arena, asking->first, asking->first_count) = asked;
    *ARENA_PUSH(asking->arena, asking->asked, asking->asked_count) = asked;
    return asked;
}

static struct trial *add_trial(struct asking *asking, struct asked *asked,
                               void (*write)(const struct question *, struct sql *))
{
    struct trial *trial = arena_alloc(asking->arena, sizeof *trial);
    trial->question.write = write;
    trial->inquiry = &asked->inquiry;
    *ARENA_PUSH(asking->arena, asked->trials, asked->trial_count) = trial;
    return trial;
}

/* A mask that cannot stand on its column for other reasons has no value to ask about. */
static bool can_write(const struct policy_mask *mask, const struct catalog_column *column)
{
    const char *code;
    struct error ignored;
    if (column == NULL)
        return false;
    struct catalog_column facts = *column;
    facts.in_unique = facts.nulls_collide = facts.is_referenced = false;
    return mask_check(mask, &facts, &code, &ignored) == 0;
}

/* Asking would run other people's code with the powers of this role. */
static bool must_not_run(const struct asking *asking, const struct catalog_table *table)
{
    bool runs = false;
    for (size_t i = 0; i < table->foreign_code_count; i++)
        runs = runs || strncmp(table->foreign_code[i], "function", strlen("function")) == 0;
    return runs && asking->catalog->is_powerful;
}

/* A part's columns have the types of the whole, so the whole is asked about alone. */
static void ask_about_values(struct asking *asking, const struct policy_rule *rule,
                             const struct catalog_table *table, const struct catalog_table *top)
{
    if (table != top || must_not_run(asking, table))
        return;
    for (size_t i = 0; i < rule->mask_count; i++) {
        struct inquiry inquiry = {.rule = rule, .table = table, .mask = &rule->masks[i]};
        bool writes_constant = inquiry.mask->kind == MASK_FIXED ||
                               inquiry.mask->kind == MASK_DEFAULT ||
                               inquiry.mask->kind == MASK_EMPTY;
        if (writes_constant &&
            can_write(inquiry.mask, catalog_find_column(table, inquiry.mask->column)))
            add_trial(asking, add_inquiry(asking, &inquiry), trial_write_value);
    }
}

static bool was_refused(const struct policy_mask *mask, const struct catalog_table *table)
{
    for (size_t i = 0; i < table->verdict_count; i++)
        if (table->verdicts[i].mask == mask && table->verdicts[i].verdict == VERDICT_VALUE_REFUSED)
            return true;
    return false;
}

/* The columns of a CHECK, generated ones as what they are computed from. */
static void find_columns(struct asking *asking, struct inquiry *inquiry)
{
    const struct catalog_check *check = inquiry->check;
    for (size_t i = 0; i < check->column_count; i++) {
        const struct catalog_column *column =
            catalog_find_column(inquiry->table, check->columns[i]);
        bool follows = column != NULL && column->is_generated;
        for (size_t r = 0; r < (follows ? column->read_count : 1); r++) {
            const char *name = follows ? column->reads[r] : check->columns[i];
            size_t n = 0;
            while (n < inquiry->column_count && strcmp(inquiry->columns[n], name) != 0)
                n++;
            if (n == inquiry->column_count)
                *ARENA_PUSH(asking->arena, inquiry->columns, inquiry->column_count) = name;
        }
    }
}

static bool is_constant(const struct policy_mask *mask)
{
    return mask->kind == MASK_NULL || mask->kind == MASK_FIXED || mask->kind == MASK_DEFAULT;
}

/* With a sample each, or once where the old value does not matter. */
static void try_check(struct asking *asking, const struct inquiry *inquiry)
{
    static const char *const one[] = {NULL, NULL};
    const struct catalog_column *column =
        catalog_find_column(inquiry->table, inquiry->mask->column);
    bool ignores = mask_ignores_value(inquiry->mask) || inquiry->column_count > 1;
    const char *const *samples = ignores ? one : mask_samples(column);
    struct asked *asked = add_inquiry(asking, inquiry);
    if (asked->like != NULL)
        return;
    if (ignores)
        add_trial(asking, asked, trial_write_check);
    for (; *samples != NULL; samples++)
        add_trial(asking, asked, trial_write_check)->sample = *samples;
}

static void ask_about_check(struct asking *asking, struct inquiry inquiry,
                            const struct catalog_table *top)
{
    size_t masked = 0, constant = 0;
    find_columns(asking, &inquiry);
    for (size_t i = 0; i < inquiry.column_count; i++) {
        const struct policy_mask *mask = catalog_mask_on(inquiry.rule, inquiry.columns[i]);
        if (mask == NULL)
            continue;
        if (!can_write(mask, catalog_find_column(inquiry.table, mask->column)) ||
            was_refused(mask, top))
            return;
        inquiry.mask = masked++ == 0 ? mask : inquiry.mask;
        constant += is_constant(mask);
    }
    if (masked == 0)
        return;
    if (masked < inquiry.column_count || (masked > 1 && constant < masked) ||
        must_not_run(asking, inquiry.table))
        add_verdict(asking, &inquiry, VERDICT_CHECK_UNKNOWN, NULL);
    else
        try_check(asking, &inquiry);
}

static void ask_about_key(struct asking *asking, struct inquiry inquiry, const char *column)
{
    const struct catalog_key *key = inquiry.key;
    inquiry.mask = catalog_mask_on(inquiry.rule, column);
    if (inquiry.mask == NULL ||
        (inquiry.mask->kind != MASK_NULL && inquiry.mask->kind != MASK_UNIQUE) ||
        !can_write(inquiry.mask, catalog_find_column(inquiry.table, column)))
        return;
    struct asked *asked = add_inquiry(asking, &inquiry);
    for (size_t i = 0; i < key->expression_count && asked->like == NULL; i++)
        add_trial(asking, asked, trial_write_key)->expression = key->expressions[i];
    if (key->predicate != NULL && asked->like == NULL)
        add_trial(asking, asked, trial_write_predicate)->expression = key->predicate;
}

/* What the masks of a rule meet in the rule's table, or in a part of it. */
static void ask_about_table(struct asking *asking, const struct policy_rule *rule,
                            const struct catalog_table *table, const struct catalog_table *top)
{
    for (size_t i = 0; i < table->check_count; i++)
        if (table == top || !table->checks[i].is_inherited)
            ask_about_check(
                asking, (struct inquiry){.rule = rule, .table = table, .check = &table->checks[i]},
                top);
    for (size_t i = 0; i < table->key_count; i++) {
        const struct catalog_key *key = &table->keys[i];
        bool is_new = table == top || !key->is_inherited;
        for (size_t c = key->plain_count; c < key->column_count; c++)
            if (is_new && !must_not_run(asking, table))
                ask_about_key(asking, (struct inquiry){.rule = rule, .table = table, .key = key},
                              key->columns[c]);
    }
}

static void settle(struct asking *asking, const struct asked *asked)
{
    const struct asked *first = asked->like == NULL ? asked : asked->like;
    size_t counts[ANSWER_ERROR + 1] = {0};
    const char *reason = NULL;
    for (size_t i = 0; i < first->trial_count; i++) {
        const struct question *question = &first->trials[i]->question;
        counts[question->answer]++;
        reason = question->answer == ANSWER_ERROR ? question->reason : reason;
    }
    bool is_sampled = first->trial_count > 0 && first->trials[0]->sample != NULL;
    if (asked->inquiry.check == NULL && asked->inquiry.key == NULL) {
        if (counts[ANSWER_ERROR] > 0)
            add_verdict(asking, &asked->inquiry, VERDICT_VALUE_REFUSED, reason);
    } else if (asked->inquiry.key != NULL) {
        if (counts[ANSWER_YES] == 0)
            add_verdict(asking, &asked->inquiry, VERDICT_KEY_REFUSED, NULL);
    } else if (counts[ANSWER_NO] > 0 || (counts[ANSWER_ERROR] > 0 && !is_sampled)) {
        add_verdict(asking, &asked->inquiry, VERDICT_CHECK_REFUSED, NULL);
    } else if (counts[ANSWER_YES] == 0) {
        add_verdict(asking, &asked->inquiry, VERDICT_CHECK_UNKNOWN, NULL);
    }
}

static int ask(struct db *db, struct asking *asking, struct error *err)
{
    struct question **questions = NULL;
    size_t count = 0;
    for (size_t i = 0; i < asking->first_count; i++)
        for (size_t t = 0; t < asking->first[i]->trial_count; t++)
            *ARENA_PUSH(asking->arena, questions, count) = &asking->first[i]->trials[t]->question;
    if (ask_all(db, asking->arena, questions, count, err) != 0)
        return -1;
    for (size_t i = 0; i < asking->asked_count; i++)
        settle(asking, asking->asked[i]);
    asking->asked_count = asking->first_count = 0;
    return 0;
}

/* Calls `visit` for each rule with masks, each table it names, and each part of that. */
static void visit_tables(struct asking *asking, const struct policy *policy,
                         void (*visit)(struct asking *, const struct policy_rule *,
                                       const struct catalog_table *, const struct catalog_table *))
{
    for (size_t r = 0; r < policy->rule_count; r++) {
        const struct policy_rule *rule = &policy->rules[r];
        const struct catalog_table *table = NULL;
        while (rule->mask_count > 0 &&
               (table = catalog_next_match(asking->catalog, &rule->table, table)) != NULL) {
            visit(asking, rule, table, table);
            for (size_t i = 0; i < table->leaf_count; i++)
                for (const struct catalog_table *part = table->leaves[i]; part != table;
                     part = part->parent)
                    if (part == table->leaves[i] ||
                        (part->kind == 'p' && part->leaves[0] == table->leaves[i]))
                        visit(asking, rule, part, table);
        }
    }
}

int catalog_try_masks(struct db *db, const struct policy *policy, struct catalog *catalog,
                      struct error *err)
{
    struct asking asking = {.catalog = catalog, .arena = &catalog->arena};
    visit_tables(&asking, policy, ask_about_values);
    if (ask(db, &asking, err) != 0)
        return -1;
    visit_tables(&asking, policy, ask_about_table);
    return ask(db, &asking, err);
}
