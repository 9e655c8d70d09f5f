/*
 * masking.c - the masks a rule may name, and why some are deliberately not offered
 */
#include "policy/field.h"
#include "policy/parts.h"
#include "policy/schema.h"
#include "policy/text.h"

#include <string.h>

static void read_fixed(struct reader *reader, const struct node *value, void *field)
{
    (void)reader;
    ((struct policy_mask *)field)->text = value->text;
}

static void read_prefix(struct reader *reader, const struct node *value, void *field)
{
    int64_t number;
    if (field_integer(reader, value, "\"phone_prefix\"", 1, 6, &number))
        ((struct policy_mask *)field)->number = (int)number;
}

/* Plain decimals, so that nobody has to know what a YAML reader makes of 1_000, 0x10 or 1e3. */
static bool is_width(const char *text)
{
    size_t whole = strspn(text, "0123456789");
    const char *end = text + whole;
    size_t decimals = *end == '.' ? strspn(end + 1, "0123456789") : 0;
    if (decimals > 0)
        end += decimals + 1;
    return whole > 0 && *end == '\0' && (text[0] != '0' || whole == 1) && whole + decimals <= 15 &&
           strpbrk(text, "123456789") != NULL;
}

static void read_width(struct reader *reader, const struct node *value, void *field)
{
    if (is_width(value->text))
        ((struct policy_mask *)field)->text = value->text;
    else
        report_error(reader, value->mark, "Write digits alone: 1000 or 0.5.",
                     "\"bucket\" must be a number above 0 of at most 15 digits");
}

static void read_floor(struct reader *reader, const struct node *value, void *field)
{
    static const char *const units[] = {"hour", "day", "week", "month", "quarter", "year"};
    const size_t count = sizeof units / sizeof *units;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(value->text, units[i]) == 0)
            ((struct policy_mask *)field)->text = units[i];
    }
    if (((struct policy_mask *)field)->text == NULL)
        report_error(reader, value->mark,
                     hint_choices(reader, "Valid units", value->text, units, count),
                     "unknown unit %s", text_quote(reader->arena, value->text));
}

static void read_paths(struct reader *reader, const struct node *value, void *field)
{
    struct policy_mask *mask = field;
    field_texts(reader, value, "json_drop", &mask->items, &mask->item_count);
    for (size_t i = 0; i < value->item_count; i++) {
        const struct node *item = value->items[i];
        if (item->kind == NODE_TEXT && *item->text != '\0' && !json_path_is_valid(item->text))
            report_error(reader, item->mark,
                         "Write paths such as $.a.b, $.a[*].b, $.**.k or $.\"a b\".",
                         "invalid path %s", text_quote(reader->arena, item->text));
    }
}

static void read_keys(struct reader *reader, const struct node *value, void *field)
{
    struct policy_mask *mask = field;
    field_texts(reader, value, "json_keep", &mask->items, &mask->item_count);
}

static const struct mask_form {
    const char *name;
    enum mask_kind kind;
    unsigned forms; /* of its value; 0 for a mask that has none */
    const char *example;
    void (*read)(struct reader *reader, const struct node *value, void *mask);
} mask_forms[] = {
    {"null", MASK_NULL, 0, NULL, NULL},
    {"default", MASK_DEFAULT, 0, NULL, NULL},
    {"fixed", MASK_FIXED, FORM_TEXT, "{fixed: removed}", read_fixed},
    {"empty", MASK_EMPTY, 0, NULL, NULL},
    {"unique", MASK_UNIQUE, 0, NULL, NULL},
    {"ip_network", MASK_IP_NETWORK, 0, NULL, NULL},
    {"phone_prefix", MASK_PHONE_PREFIX, FORM_TEXT, "{phone_prefix: 4}", read_prefix},
    {"floor", MASK_FLOOR, FORM_TEXT, "{floor: month}", read_floor},
    {"bucket", MASK_BUCKET, FORM_TEXT, "{bucket: 1000}", read_width},
    {"email_domain", MASK_EMAIL_DOMAIN, 0, NULL, NULL},
    {"url_origin", MASK_URL_ORIGIN, 0, NULL, NULL},
    {"agent_family", MASK_AGENT_FAMILY, 0, NULL, NULL},
    {"json_drop", MASK_JSON_DROP, FORM_LIST, "{json_drop: [$.attendees[*].email]}", read_paths},
    {"json_keep", MASK_JSON_KEEP, FORM_LIST, "{json_keep: [status, source]}", read_keys},
    {"keyed_hash", MASK_KEYED_HASH, 0, NULL, NULL},
};
enum { MASK_FORMS = sizeof mask_forms / sizeof *mask_forms };

/* Masks that people ask for and that do not anonymise. */
static const struct refused_mask {
    const char *part; /* of the name */
    const char *reason;
} refused_masks[] = {
    {"hash", "A plain or salted hash is undone by hashing every likely value; use keyed_hash under "
             "action: pseudonymise, or null."},
    {"sha", "A plain or salted hash is undone by hashing every likely value; use keyed_hash under "
            "action: pseudonymise, or null."},
    {"md5", "A plain or salted hash is undone by hashing every likely value; use keyed_hash under "
            "action: pseudonymise, or null."},
    {"crc", "A checksum is undone by trying every likely value; use null."},
    {"shuffle", "Shuffled values are still real values of real people; use null or unique."},
    {"noise", "Noise around a value still tells whose it is; use floor or null."},
    {"fake", "Invented data looks like a person's and may be one's; use unique, null or fixed."},
    {"random", "Invented data looks like a person's and may be one's; use unique, null or fixed."},
    {"last", "The last digits are the part that tells people apart; use phone_prefix or null."},
    {"partial", "A part of a value often tells whose it is; use phone_prefix, ip_network or null."},
    {"encrypt", "What can be decrypted is still there; use null."},
    {"fpe", "What can be decrypted is still there; use null."},
};

static void report_unknown_mask(struct reader *reader, const struct node *node)
{
    const char *name = text_quote(reader->arena, node->text);
    const char *names[MASK_FORMS];
    for (size_t i = 0; i < sizeof refused_masks / sizeof *refused_masks; i++) {
        if (strstr(node->text, refused_masks[i].part) != NULL) {
            report_error(reader, node->mark, refused_masks[i].reason, "mask %s is not offered",
                         name);
            return;
        }
    }
    for (size_t i = 0; i < MASK_FORMS; i++)
        names[i] = mask_forms[i].name;
    report_error(reader, node->mark,
                 hint_choices(reader, "Valid masks", node->text, names, MASK_FORMS),
                 "unknown mask %s", name);
}

static const struct mask_form *find_form(struct reader *reader, const struct node *node)
{
    if (node_is_null(node))
        return &mask_forms[0];
    for (size_t i = 0; i < MASK_FORMS; i++) {
        if (strcmp(mask_forms[i].name, node->text) == 0)
            return &mask_forms[i];
    }
    report_unknown_mask(reader, node);
    return NULL;
}

/* {NAME: VALUE} */
static void read_with_value(struct reader *reader, const struct node *node,
                            struct policy_mask *mask)
{
    const struct member *member = &node->members[0];
    if (node->member_count != 1) {
        report_error(reader, node->mark, "Write one, such as {phone_prefix: 4}.",
                     "a column has one mask");
        return;
    }
    const struct mask_form *form = find_form(reader, member->key);
    if (form == NULL || member->value->kind == NODE_REFUSED)
        return;
    const char *subject = text_quote(reader->arena, form->name);
    mask->kind = form->kind;
    if (form->forms == 0)
        report_error(reader, member->key->mark,
                     arena_printf(reader->arena, "Write the name alone: %s.", form->name),
                     "mask %s takes no value", subject);
    else if (node_is_missing(member->value))
        report_error(reader, member->key->mark,
                     arena_printf(reader->arena, "Write it as in %s.", form->example),
                     "%s has no value", subject);
    else if (form->kind == MASK_FIXED && member->value->kind == NODE_TEXT &&
             *member->value->text == '\0')
        mask->text = "";
    else if (schema_check_form(reader, member->value, form->forms, subject,
                               arena_printf(reader->arena, "written as in %s", form->example)))
        form->read(reader, member->value, mask);
}

static void read_mask(struct reader *reader, const struct node *node, struct policy_mask *mask)
{
    const char *subject =
        arena_printf(reader->arena, "the mask of %s", text_quote(reader->arena, mask->column));
    if (!schema_check_form(reader, node, FORM_TEXT | FORM_NULL | FORM_MAPPING, subject,
                           "a mask such as null or {floor: month}"))
        return;
    if (node->kind == NODE_MAPPING) {
        read_with_value(reader, node, mask);
        return;
    }
    const struct mask_form *form = find_form(reader, node);
    if (form == NULL)
        return;
    mask->kind = form->kind;
    if (form->forms != 0)
        report_error(reader, node->mark,
                     arena_printf(reader->arena, "Write it as in %s.", form->example),
                     "mask %s needs a value", text_quote(reader->arena, form->name));
}

void read_masks(struct reader *reader, const struct node *mapping, void *field)
{
    struct policy_rule *rule = field;
    for (size_t i = 0; i < mapping->member_count; i++) {
        const struct member *member = &mapping->members[i];
        struct policy_mask mask = {.column = member->key->text, .mark = member->key->mark};
        field_is_column(reader, member->key);
        if (node_is_missing(member->value))
            report_error(reader, member->key->mark, "To erase the value, write null.",
                         "the mask of %s has no value",
                         text_quote(reader->arena, member->key->text));
        else
            read_mask(reader, member->value, &mask);
        *ARENA_PUSH(reader->arena, rule->masks, rule->mask_count) = mask;
    }
}
