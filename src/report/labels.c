/*
 * labels.c - what each rule leaves of a person
 *
 * Held against a database, a rule has one label a table, with the keys that stay. Without one only
 * the masks are known, and whether a key stays is not.
 */
#include "mask/mask.h"
#include "report/grid.h"
#include "report/parts.h"
#include "report/text.h"

struct labelled {
    const char *rule, *table;
    struct plan_label label;
    bool knows_keys;
};

static struct labelled *collect(const struct policy *policy, const struct plan *plan,
                                struct arena *arena, size_t *ret_count)
{
    struct labelled *list = NULL;
    size_t count = 0;
    for (size_t i = 0; plan != NULL && i < plan->step_count; i++) {
        const struct plan_step *step = &plan->steps[i];
        *ARENA_PUSH(arena, list, count) =
            (struct labelled){step->rule_id, step->table->text, step->label, true};
    }
    for (size_t i = 0; plan == NULL && policy != NULL && i < policy->rule_count; i++) {
        const struct policy_rule *rule = &policy->rules[i];
        struct labelled *item = ARENA_PUSH(arena, list, count);
        item->rule = rule->id;
        item->table = rule->table.text;
        item->label.value = mask_rule_label(rule, arena, &item->label.why);
        item->knows_keys = rule->mask_count == 0;
    }
    *ret_count = count;
    return list;
}

static json_t *json_keeps(const struct labelled *item)
{
    json_t *list = json_array();
    for (size_t i = 0; i < item->label.keep_count; i++)
        json_array_append_new(list, json_utf8(item->label.keeps[i]));
    return list;
}

json_t *json_labels(const struct policy *policy, const struct plan *plan)
{
    struct arena arena = {0};
    size_t count;
    const struct labelled *items = collect(policy, plan, &arena, &count);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *item = json_object();
        json_object_set_new(item, "rule", json_utf8(items[i].rule));
        json_object_set_new(item, "table", json_utf8(items[i].table));
        json_object_set_new(item, "label", json_utf8(mask_label_name(items[i].label.value)));
        json_object_set_new(item, "why", json_utf8(items[i].label.why));
        json_object_set_new(item, "keeps",
                            items[i].knows_keys ? json_keeps(&items[i]) : json_null());
        json_array_append_new(list, item);
    }
    arena_free(&arena);
    return list;
}

void add_labels(const struct policy *policy, const struct plan *plan, bool as_markdown,
                struct buffer *out)
{
    static const struct grid_column columns[] = {{"LABEL", false}, {"WHY", false}};
    struct arena arena = {0};
    struct grid grid = {.title_header = "RULE", .columns = columns, .column_count = 2};
    size_t count;
    const struct labelled *items = collect(policy, plan, &arena, &count);
    for (size_t i = 0; i < count; i++) {
        struct grid_row *row = ARENA_PUSH(&arena, grid.rows, grid.row_count);
        row->title = text_safe(items[i].rule, &arena);
        row->cells[0] = arena_printf(&arena, "%s%s", items[i].knows_keys ? "" : "at best ",
                                     mask_label_name(items[i].label.value));
        row->cells[1] = text_safe(items[i].label.why, &arena);
    }
    if (as_markdown && count > 0)
        grid_markdown(&grid, out);
    else if (count > 0)
        grid_print(&grid, out);
    buffer_add(out, count == 0 ? "" : "\n");
    arena_free(&arena);
}
