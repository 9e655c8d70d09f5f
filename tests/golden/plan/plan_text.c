/*
 * plan_text.c - writes plans down for comparison; knows nothing of how they are made
 */
#include "golden/plan/plan_text.h"

#include "statement/statement.h"

static void indent(struct buffer *out, int depth)
{
    for (int i = 0; i < depth; i++)
        buffer_add(out, "  ");
}

static void write_hop(const struct hop *hop, struct buffer *out)
{
    for (size_t i = 0; i < hop->column_count; i++)
        buffer_addf(out, "%s%s = %s", i == 0 ? "" : " and ", hop->here[i], hop->there[i]);
    buffer_addf(out, "%s of %s", hop->column_count == 0 ? "the same row" : "", hop->table->text);
}

static void write_clock(const struct plan_clock *clock, struct buffer *out)
{
    if (clock->kind == CLOCK_PARENT) {
        write_hop(&clock->hop, out);
        buffer_add(out, ": ");
        write_clock(clock->of, out);
        return;
    }
    buffer_add(out, clock->kind == CLOCK_LATEST ? "latest " : "");
    for (size_t i = 0; i < clock->column_count; i++)
        buffer_addf(out, "%s%s (%s)", i == 0 ? "" : ", ", clock->columns[i]->name,
                    clock->columns[i]->base_type);
    if (clock->unit != UNIT_NONE)
        buffer_addf(out, " in %s", clock_unit_name(clock->unit));
    buffer_add(out, clock->null_is_active ? "; null is active" : "");
}

static void write_climbs(const struct plan_hold *hold, int depth, struct buffer *out)
{
    for (size_t i = 0; i < hold->climb_count; i++) {
        const struct plan_climb *climb = &hold->climbs[i];
        indent(out, depth);
        buffer_addf(out, "%s%zu to %zu%s: %s, ", climb->starts ? "starting, " : "",
                    climb->from_tree, climb->to_tree, climb->arrives ? ", arriving" : "",
                    climb->from->text);
        write_hop(&climb->hop, out);
        buffer_add(out, "\n");
    }
}

static void write_holds(const struct row_test *test, int depth, struct buffer *out)
{
    for (size_t i = 0; i < test->hold_count; i++) {
        const struct plan_hold *hold = &test->holds[i];
        indent(out, depth);
        buffer_addf(out, "hold %s:", hold->hold->id);
        buffer_add(out, hold->hop_count + hold->climb_count == 0 ? " here" : "");
        for (size_t h = 0; h < hold->hop_count; h++) {
            buffer_add(out, h == 0 ? " " : ", then ");
            write_hop(&hold->path[h], out);
        }
        buffer_add(out, "\n");
        write_climbs(hold, depth + 1, out);
    }
}

static const struct plan_step *step_of(const struct plan *plan, const struct row_test *test)
{
    for (size_t i = 0; i < plan->step_count; i++)
        if (plan->steps[i].test == test)
            return &plan->steps[i];
    return NULL;
}

static void write_test(const struct plan *plan, const struct row_test *test, int depth,
                       struct buffer *out);

static void write_goes(const struct plan *plan, const struct row_test *test,
                       const struct row_test *goes, int depth, struct buffer *out)
{
    const struct plan_step *step = step_of(plan, goes);
    indent(out, depth);
    if (goes == test) {
        buffer_add(out, "unless it meets this test\n");
    } else if (step != NULL) {
        buffer_addf(out, "unless rule %s takes it\n", step->rule_id);
    } else {
        buffer_addf(out, "unless of %s:\n", goes->table->text);
        write_test(plan, goes, depth + 1, out);
    }
}

static void write_block(const struct plan *plan, const struct row_test *test,
                        const struct plan_block *block, int depth, struct buffer *out)
{
    indent(out, depth);
    buffer_addf(out, "blocked by %s (%c%s): ", block->fkey->name, block->fkey->on_delete,
                block->is_self ? ", self" : "");
    write_hop(&block->hop, out);
    buffer_add(out, "\n");
    for (size_t i = 0; i < block->goes_count; i++)
        write_goes(plan, test, block->goes[i], depth + 1, out);
    if (block->held != NULL) {
        indent(out, depth + 1);
        buffer_add(out, "if held:\n");
        write_holds(block->held, depth + 2, out);
    }
}

static void write_circle(const struct plan *plan, const struct row_test *test, int depth,
                         struct buffer *out)
{
    for (size_t i = 0; i < test->circle->descent_count; i++) {
        const struct plan_descent *descent = &test->circle->descents[i];
        indent(out, depth);
        buffer_addf(out, "in a circle with %s (%c): ", descent->fkey->name,
                    descent->fkey->on_delete);
        write_hop(&descent->hop, out);
        buffer_add(out, "\n");
        for (size_t g = 0; g < descent->goes_count; g++)
            write_goes(plan, test, descent->goes[g], depth + 1, out);
    }
}

static void write_test(const struct plan *plan, const struct row_test *test, int depth,
                       struct buffer *out)
{
    indent(out, depth);
    buffer_add(out, "clock ");
    if (test->clock == NULL)
        buffer_add(out, "none");
    else
        write_clock(test->clock, out);
    if (test->cutoff != NULL)
        buffer_addf(out, ", before %s", test->cutoff->instant);
    buffer_add(out, "\n");
    if (test->only != NULL) {
        indent(out, depth);
        buffer_addf(out, "only %s\n", test->only);
    }
    if (test->unless != NULL) {
        indent(out, depth);
        buffer_addf(out, "unless %s\n", test->unless);
    }
    write_holds(test, depth, out);
    for (size_t i = 0; i < test->block_count; i++)
        write_block(plan, test, &test->blocks[i], depth, out);
    if (test->circle != NULL)
        write_circle(plan, test, depth, out);
}

static void write_step(const struct plan *plan, const struct plan_step *step, struct buffer *out)
{
    buffer_addf(out, "%s: %s %s, keep %s (%u:%u)\n", step->rule_id, action_name(step->action),
                step->table->text, step->rule->keep.text, step->mark.line, step->mark.column);
    if (step->refused != NULL)
        buffer_addf(out, "  refused: %s\n", step->refused);
    write_test(plan, step->test, 1, out);
    if (step->summary != NULL)
        buffer_addf(out, "  counted by %s into %s\n", period_name(step->summary->period),
                    step->summary->into->text);
    for (size_t i = 0; i < step->earlier_count; i++)
        buffer_addf(out, "  after %s\n", step_of(plan, step->earlier[i])->rule_id);
    for (size_t i = 0; i < step->cascade_count; i++)
        buffer_addf(out, "  cascades to %s\n", step->cascades[i]->text);
    buffer_add(out, "\n");
}

void plan_text(const struct plan *plan, struct buffer *out)
{
    for (size_t i = 0; i < plan->step_count; i++)
        write_step(plan, &plan->steps[i], out);
    for (size_t i = 0; i < plan->finding_count; i++) {
        const struct finding *finding = &plan->findings[i];
        buffer_addf(out, "%s %s %u:%u rule %s table %s\n  %s\n", severity_name(finding->severity),
                    finding->code, finding->mark.line, finding->mark.column,
                    finding->rule == NULL ? "-" : finding->rule,
                    finding->table == NULL ? "-" : finding->table, finding->message);
        if (finding->hint != NULL)
            buffer_addf(out, "  hint: %s\n", finding->hint);
    }
}

static void write_statement(struct sql *sql, const char *name, struct buffer *out)
{
    statement_for_psql(sql, name, out);
    sql_free(sql);
}

static void write_summary(const struct plan *plan, const struct plan_step *step,
                          struct arena *arena, struct buffer *out)
{
    struct sql deed = {.arena = arena};
    buffer_addf(out,
                "\n-- %s: summarise %s\n"
                "-- the last whole %s; the others differ in its two ends only\n",
                step->rule_id, step->table->text, period_name(step->summary->period));
    statement_summary(plan, step, NULL, &deed);
    write_statement(&deed, "deed", out);
}

void plan_sql_text(const struct plan *plan, struct buffer *out)
{
    struct arena arena = {0};
    for (size_t i = 0; i < plan->step_count; i++) {
        const struct plan_step *step = &plan->steps[i];
        if (step->refused != NULL) {
            buffer_addf(out, "\n-- %s: refused, %s\n", step->rule_id, step->refused);
            continue;
        }
        struct sql count = {.arena = &arena};
        buffer_addf(out, "\n-- %s: count\n", step->rule_id);
        statement_count(plan, step, step->counts_places, NULL, &count);
        write_statement(&count, "count_rows", out);
        if (step->action == ACTION_SUMMARISE) {
            write_summary(plan, step, &arena, out);
            continue;
        }
        for (size_t l = 0; l < step->leaf_count; l++) {
            const struct catalog_table *leaf = step->leaves[l];
            struct sql deed = {.arena = &arena};
            buffer_addf(out, "\n-- %s: %s %s\n", step->rule_id, action_name(step->action),
                        leaf->text);
            statement_deed(plan, step, leaf, step->strategy, false, NULL, &deed);
            write_statement(&deed, "deed", out);
        }
    }
    arena_free(&arena);
}
