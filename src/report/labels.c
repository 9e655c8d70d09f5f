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

#include <string.h>

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

static const char *label_text(const struct labelled *item, struct arena *arena)
{
    return arena_printf(arena, "%s%s", item->knows_keys ? "" : "at best ",
                        mask_label_name(item->label.value));
}

static void labels_as_markdown(const struct labelled *items, size_t count, struct arena *arena,
                               struct buffer *out)
{
    static const struct grid_column columns[] = {{"LABEL", false}, {"WHY", false}};
    struct grid grid = {.title_header = "RULE", .columns = columns, .column_count = 2};
    for (size_t i = 0; i < count; i++) {
        struct grid_row *row = ARENA_PUSH(arena, grid.rows, grid.row_count);
        row->title = text_safe(items[i].rule, arena);
        row->cells[0] = label_text(&items[i], arena);
        row->cells[1] = text_safe(items[i].label.why, arena);
    }
    grid_markdown(&grid, out);
}

static bool is_alike(const struct labelled *a, const struct labelled *b)
{
    return a->label.value == b->label.value && a->knows_keys == b->knows_keys &&
           strcmp(a->label.why, b->label.why) == 0;
}

/* "generalised   phone_prefix leaves a part of phone: contacts, users", rules alike in one entry */
static void add_alike(const struct labelled *items, size_t count, size_t first, size_t indent,
                      struct arena *arena, struct buffer *out)
{
    struct buffer line = {0};
    for (size_t i = 0; i < first; i++)
        if (is_alike(&items[i], &items[first]))
            return;
    text_escape(items[first].label.why, &line);
    for (size_t i = first; i < count; i++)
        if (is_alike(&items[i], &items[first])) {
            buffer_add(&line, i == first ? ": " : ", ");
            text_escape(items[i].rule, &line);
        }
    buffer_addf(out, "  %-*s", (int)indent - 2, label_text(&items[first], arena));
    text_wrap(buffer_text(&line), indent, indent, out);
    buffer_free(&line);
}

/* The least that is erased first. */
static void labels_as_text(const struct labelled *items, size_t count, struct arena *arena,
                           struct buffer *out)
{
    size_t indent = 0;
    for (size_t i = 0; i < count; i++) {
        size_t width = strlen(label_text(&items[i], arena)) + 4;
        indent = width > indent ? width : indent;
    }
    buffer_add(out, "What each rule leaves of a person:\n");
    for (int label = LABEL_PSEUDONYMOUS; label >= LABEL_DESTROYED; label--)
        for (size_t i = 0; i < count; i++)
            if ((int)items[i].label.value == label)
                add_alike(items, count, i, indent, arena, out);
}

void add_labels(const struct policy *policy, const struct plan *plan, bool as_markdown,
                struct buffer *out)
{
    struct arena arena = {0};
    size_t count;
    const struct labelled *items = collect(policy, plan, &arena, &count);
    if (as_markdown && count > 0)
        labels_as_markdown(items, count, &arena, out);
    else if (count > 0)
        labels_as_text(items, count, &arena, out);
    buffer_add(out, count == 0 ? "" : "\n");
    arena_free(&arena);
}
