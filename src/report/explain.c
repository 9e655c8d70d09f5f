/* explain.c - what decides the fate of a table's rows, in sentences. */
#include "report/explain.h"

#include "report/parts.h"
#include "report/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* As a heading and in JSON. */
static const struct {
    const char *heading, *name;
} chapters[] = {
    [ABOUT_TABLE] = {NULL, "table"},
    [ABOUT_RULE] = {"Rules", "rule"},
    [ABOUT_HOLD] = {"Holds", "hold"},
    [ABOUT_REFERENCE] = {"Foreign keys", "reference"},
    [ABOUT_COVERAGE] = {"Coverage", "coverage"},
    [ABOUT_FINDING] = {"Findings", "finding"},
};

struct fact *explain_add(struct explanation *e, enum about about, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    char *text = arena_alloc(&e->arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(args);
    va_end(again);
    struct fact *fact = ARENA_PUSH(&e->arena, e->facts, e->fact_count);
    fact->about = about;
    fact->text = text;
    return fact;
}

const char *explain_safe(struct explanation *e, const char *text)
{
    return text_safe(text, &e->arena);
}

const char *explain_place(struct explanation *e, struct mark mark)
{
    return mark.line == 0 ? "" : arena_printf(&e->arena, " (line %u)", mark.line);
}

bool explain_lies_in(const struct catalog_table *table, const struct catalog_table *tree)
{
    while (table != NULL && table != tree)
        table = table->parent;
    return table != NULL;
}

bool explain_is_on(const struct plan_step *step, const struct catalog_table *table)
{
    return explain_lies_in(step->table, table) || explain_lies_in(table, step->table);
}

static const char *kind_of(const struct catalog_table *table, struct arena *arena)
{
    switch (table->kind) {
    case 'v':
        return "a view, whose rows are those of other tables";
    case 'm':
        return "a materialised view, which keeps rows until it is refreshed";
    case 'f':
        return "a foreign table, whose rows lie on another server";
    case 'p':
        return arena_printf(arena, "a partitioned table with %zu partition%s", table->leaf_count,
                            table->leaf_count == 1 ? "" : "s");
    default:
        return "a table";
    }
}

static void explain_table(struct explanation *e)
{
    const struct catalog_table *table = e->table;
    explain_add(e, ABOUT_TABLE, "%s is %s.", explain_safe(e, table->text),
                kind_of(table, &e->arena));
    if (table->parent != NULL)
        explain_add(e, ABOUT_TABLE, "It is a part of %s, and what is said of that holds for it.",
                    explain_safe(e, table->parent->text))
            ->table = table->parent->text;
}

static bool concerns_table(const struct explanation *e, const struct finding *finding)
{
    if (finding->table != NULL && strcmp(finding->table, e->table->text) == 0)
        return true;
    for (size_t i = 0; i < e->step_count; i++) {
        const struct plan_step *step = e->steps[i];
        if (finding->rule != NULL && strcmp(finding->rule, step->rule_id) == 0)
            return true;
        if (step->refused != NULL && finding->severity == SEVERITY_ERROR && finding->rule == NULL &&
            strcmp(finding->code, step->refused) == 0)
            return true;
    }
    return false;
}

static void explain_findings(struct explanation *e)
{
    for (int severity = SEVERITY_ERROR; severity >= SEVERITY_NOTE; severity--)
        for (size_t i = 0; i < e->plan->finding_count; i++) {
            const struct finding *finding = &e->plan->findings[i];
            if ((int)finding->severity != severity || !concerns_table(e, finding))
                continue;
            struct fact *fact =
                explain_add(e, ABOUT_FINDING, "%s%s: %s [%s]%s%s", severity_name(finding->severity),
                            explain_place(e, finding->mark), explain_safe(e, finding->message),
                            finding->code, finding->hint == NULL ? "" : " ",
                            finding->hint == NULL ? "" : explain_safe(e, finding->hint));
            fact->rule = finding->rule;
            fact->finding = finding->code;
            fact->mark = finding->mark;
        }
}

/* What else there is to say of a rule or a hold stands below it. */
static bool is_sequel(const struct fact *fact, const struct fact *before)
{
    return (fact->about == ABOUT_RULE && fact->rule != NULL && fact->rule == before->rule) ||
           (fact->about == ABOUT_HOLD && fact->hold != NULL && fact->hold == before->hold);
}

static void as_text(const struct explanation *e, const char *command, struct buffer *out)
{
    for (size_t i = 0; i < e->fact_count; i++) {
        const struct fact *fact = &e->facts[i];
        bool is_titled = chapters[fact->about].heading != NULL;
        bool begins = i == 0 || fact->about != e->facts[i - 1].about;
        bool goes_on = !begins && is_sequel(fact, fact - 1);
        if (begins && is_titled)
            buffer_addf(out, "\n%s\n", chapters[fact->about].heading);
        size_t indent = !is_titled ? 0 : goes_on ? 4 : 2;
        buffer_addf(out, "%*s", (int)indent, "");
        text_wrap(fact->text, indent, !is_titled ? 0 : goes_on ? 6 : 4, out);
    }
    if (command != NULL) {
        buffer_add(out, "\nNext: ");
        text_escape(command, out);
        buffer_add(out, "\n");
    }
}

static void as_markdown(const struct explanation *e, const char *command, struct buffer *out)
{
    buffer_add(out, "### ");
    add_markdown(e->table->text, out);
    buffer_add(out, "\n\n");
    for (size_t i = 0; i < e->fact_count; i++) {
        const struct fact *fact = &e->facts[i];
        bool is_titled = chapters[fact->about].heading != NULL;
        if (is_titled && fact->about != e->facts[i - 1].about)
            buffer_addf(out, "\n#### %s\n\n", chapters[fact->about].heading);
        bool goes_on = is_titled && is_sequel(fact, fact - 1);
        buffer_add(out, !is_titled ? "" : goes_on ? "  - " : "- ");
        add_markdown(fact->text, out);
        buffer_add(out, "\n");
    }
    if (command != NULL) {
        buffer_add(out, "\nNext:\n\n    ");
        text_escape(command, out);
        buffer_add(out, "\n");
    }
}

static void as_json(const struct explanation *e, struct buffer *out)
{
    json_t *root = json_plan_head("pgretain.explain/1", e->plan);
    json_t *list = json_array(), *rules = json_array();
    json_object_del(root, "digest");
    json_object_set_new(root, "table", json_utf8(e->table->text));
    for (size_t i = 0; i < e->step_count; i++)
        json_array_append_new(rules, json_utf8(e->steps[i]->rule_id));
    json_object_set_new(root, "rules", rules);
    for (size_t i = 0; i < e->fact_count; i++) {
        const struct fact *fact = &e->facts[i];
        json_t *item = json_object();
        json_object_set_new(item, "about", json_string(chapters[fact->about].name));
        json_object_set_new(item, "text", json_utf8(fact->text));
        json_object_set_new(item, "rule", json_utf8(fact->rule));
        json_object_set_new(item, "hold", json_utf8(fact->hold));
        json_object_set_new(item, "table", json_utf8(fact->table));
        json_object_set_new(item, "foreign_key", json_utf8(fact->foreign_key));
        json_object_set_new(item, "finding", json_utf8(fact->finding));
        json_object_set_new(item, "line",
                            fact->mark.line > 0 ? json_integer(fact->mark.line) : json_null());
        json_array_append_new(list, item);
    }
    json_object_set_new(root, "facts", list);
    add_json(root, out);
}

void report_explanation(const struct plan *plan, const struct catalog_table *table,
                        const char *command, enum report_format format, struct buffer *out)
{
    struct explanation e = {.plan = plan, .table = table};
    for (size_t i = 0; i < plan->step_count; i++)
        if (explain_is_on(&plan->steps[i], table))
            *ARENA_PUSH(&e.arena, e.steps, e.step_count) = &plan->steps[i];
    explain_table(&e);
    explain_rules(&e);
    explain_holds(&e);
    explain_references(&e);
    explain_coverage(&e);
    explain_findings(&e);
    if (format == REPORT_JSON)
        as_json(&e, out);
    else if (format == REPORT_MARKDOWN)
        as_markdown(&e, command, out);
    else
        as_text(&e, command, out);
    arena_free(&e.arena);
}
