/* holds.c - the holds of a policy, and what one of them keeps. */
#include "report/grid.h"
#include "report/parts.h"
#include "report/text.h"

#include <string.h>

enum field { STATE, TABLES, FOLLOW, UNTIL, REASON, PROBLEM, FIELDS };

static const char *const field_names[FIELDS] = {
    [STATE] = "state", [TABLES] = "tables", [FOLLOW] = "follow",
    [UNTIL] = "until", [REASON] = "reason", [PROBLEM] = "problem",
};

static const char *problem_of(const struct plan *plan, const struct policy_hold *hold)
{
    const struct finding *problem = plan == NULL ? NULL : plan_hold_problem(plan, hold);
    return problem == NULL ? NULL : problem->message;
}

static const char *state_of(const struct plan *plan, const struct policy_hold *hold)
{
    return problem_of(plan, hold) != NULL ? "invalid"
           : hold->until_passed           ? "past its date"
                                          : "holds";
}

/* What one hold says about one thing; "" where it says nothing. */
static void add_field(const struct plan *plan, const struct policy_hold *hold, enum field field,
                      struct buffer *out)
{
    const char *text[FIELDS] = {
        [STATE] = state_of(plan, hold),
        [FOLLOW] = hold->follow ? "yes" : "no",
        [UNTIL] = hold->until,
        [REASON] = hold->reason,
        [PROBLEM] = problem_of(plan, hold),
    };
    if (text[field] != NULL)
        text_escape(text[field], out);
    for (size_t i = 0; field == TABLES && i < hold->table_count; i++) {
        buffer_add(out, i == 0 ? "" : ", ");
        text_escape(hold->tables[i].text, out);
    }
}

static void holds_as_text(const struct policy *policy, const struct plan *plan, struct buffer *out)
{
    for (size_t i = 0; i < policy->hold_count; i++) {
        buffer_add(out, i == 0 ? "" : "\n");
        text_escape(policy->holds[i].id, out);
        buffer_add(out, "\n");
        for (int field = 0; field < FIELDS; field++) {
            struct buffer value = {0};
            add_field(plan, &policy->holds[i], (enum field)field, &value);
            if (value.length > 0) {
                buffer_addf(out, "  %-8s", field_names[field]);
                text_wrap(buffer_text(&value), 10, 10, out);
            }
            buffer_free(&value);
        }
    }
    if (policy->hold_count == 0)
        buffer_add(out, "No holds.\n");
}

static void holds_as_markdown(const struct policy *policy, const struct plan *plan,
                              struct buffer *out)
{
    buffer_add(out, "| hold |");
    for (int field = 0; field < FIELDS; field++)
        buffer_addf(out, " %s |", field_names[field]);
    buffer_add(out, "\n| --- |");
    for (int field = 0; field < FIELDS; field++)
        buffer_add(out, " --- |");
    buffer_add(out, "\n");
    for (size_t i = 0; i < policy->hold_count; i++) {
        buffer_add(out, "| ");
        add_markdown(policy->holds[i].id, out);
        for (int field = 0; field < FIELDS; field++) {
            struct buffer value = {0};
            add_field(plan, &policy->holds[i], (enum field)field, &value);
            buffer_add(out, " | ");
            add_markdown(buffer_text(&value), out);
            buffer_free(&value);
        }
        buffer_add(out, " |\n");
    }
}

json_t *json_hold(const struct plan *plan, const struct policy_hold *hold)
{
    json_t *object = json_object();
    json_t *tables = json_array();
    for (size_t i = 0; i < hold->table_count; i++)
        json_array_append_new(tables, json_utf8(hold->tables[i].text));
    json_object_set_new(object, "id", json_utf8(hold->id));
    json_object_set_new(object, "tables", tables);
    json_object_set_new(object, "follow", json_boolean(hold->follow));
    json_object_set_new(object, "until", json_utf8(hold->until));
    json_object_set_new(object, "reason", json_utf8(hold->reason));
    json_object_set_new(object, "state", json_utf8(state_of(plan, hold)));
    json_object_set_new(object, "problem", json_utf8(problem_of(plan, hold)));
    return object;
}

static void holds_as_json(const struct policy *policy, const struct plan *plan, struct buffer *out)
{
    json_t *root = json_object();
    json_t *head = json_object();
    json_t *list = json_array();
    json_object_set_new(root, "format", json_string("pgretain.holds/1"));
    json_object_set_new(head, "name", json_utf8(policy->name));
    json_object_set_new(head, "sha256", json_utf8(policy->sha256));
    json_object_set_new(root, "policy", head);
    for (size_t i = 0; i < policy->hold_count; i++)
        json_array_append_new(list, json_hold(plan, &policy->holds[i]));
    json_object_set_new(root, "holds", list);
    add_json(root, out);
}

void report_holds(const struct policy *policy, const struct plan *plan, enum report_format format,
                  struct buffer *out)
{
    if (format == REPORT_JSON)
        holds_as_json(policy, plan, out);
    else if (format == REPORT_MARKDOWN)
        holds_as_markdown(policy, plan, out);
    else
        holds_as_text(policy, plan, out);
}
