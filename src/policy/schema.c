/* schema.c - the general mechanism behind every mapping of the format. */
#include "policy/schema.h"

#include "policy/secret.h"
#include "policy/text.h"

#include <string.h>

enum { MOST_KEYS = 32 };

static unsigned form_of(const struct node *node)
{
    if (node_is_null(node))
        return FORM_NULL;
    return node->kind == NODE_TEXT ? FORM_TEXT : node->kind == NODE_LIST ? FORM_LIST : FORM_MAPPING;
}

static const char *form_name(unsigned form)
{
    switch (form) {
    case FORM_TEXT:
        return "text";
    case FORM_LIST:
        return "a list";
    case FORM_NULL:
        return "null";
    default:
        return "a mapping";
    }
}

static bool is_blank(const struct node *node)
{
    return node->kind == NODE_TEXT && node->text[strspn(node->text, " \r\n\t")] == '\0';
}

bool schema_check_form(struct reader *reader, const struct node *node, unsigned forms,
                       const char *subject, const char *expected)
{
    if (node->kind == NODE_REFUSED)
        return false;
    if (is_blank(node) || (node->kind == NODE_LIST && node->item_count == 0) ||
        (node->kind == NODE_MAPPING && node->member_count == 0)) {
        report_error(reader, node->mark, arena_printf(reader->arena, "It must be %s.", expected),
                     "%s is empty", subject);
        return false;
    }
    if ((form_of(node) & forms) == 0) {
        report_error(reader, node->mark, NULL, "%s must be %s, not %s", subject, expected,
                     form_name(form_of(node)));
        return false;
    }
    return true;
}

static void report_unknown(struct reader *reader, const struct schema *schema,
                           const struct node *key)
{
    const char *names[MOST_KEYS];
    if (secret_is_key(key->text, strlen(key->text))) {
        report_error(reader, key->mark, "Keep it in a password file (~/.pgpass) or a service file.",
                     "a password does not belong into a policy");
        return;
    }
    for (size_t i = 0; i < schema->count; i++)
        names[i] = schema->keys[i].name;
    report_error(reader, key->mark,
                 hint_choices(reader, "Valid keys", key->text, names, schema->count),
                 "unknown key %s in %s", text_quote(reader->arena, key->text), schema->what);
}

static void read_member(struct reader *reader, const struct schema *schema,
                        const struct member *member, void *record)
{
    const struct key *key = schema->keys, *end = schema->keys + schema->count;
    while (key < end && strcmp(key->name, member->key->text) != 0)
        key++;
    if (key == end) {
        report_unknown(reader, schema, member->key);
        return;
    }
    const char *subject = text_quote(reader->arena, key->name);
    if (node_is_missing(member->value)) {
        report_error(reader, member->key->mark,
                     arena_printf(reader->arena, "It must be %s.", key->expected),
                     "%s has no value", subject);
        return;
    }
    if (schema_check_form(reader, member->value, key->forms, subject, key->expected) &&
        key->read != NULL)
        key->read(reader, member->value, (char *)record + key->offset);
}

void schema_read(struct reader *reader, const struct node *node, const struct schema *schema,
                 void *record)
{
    if (node->kind == NODE_REFUSED)
        return;
    if (node->kind != NODE_MAPPING) {
        report_error(reader, node->mark, NULL, "%s must be a mapping, not %s", schema->what,
                     form_name(form_of(node)));
        return;
    }
    for (size_t i = 0; i < node->member_count; i++)
        read_member(reader, schema, &node->members[i], record);
    for (size_t i = 0; i < schema->count; i++) {
        const struct key *key = &schema->keys[i];
        if (key->required && tree_find(node, key->name) == NULL)
            report_error(
                reader, node->mark, arena_printf(reader->arena, "It must be %s.", key->expected),
                "missing key %s in %s", text_quote(reader->arena, key->name), schema->what);
    }
}
