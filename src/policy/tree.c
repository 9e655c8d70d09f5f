/* tree.c - libyaml's events, one after the other, into nodes. */
#include "policy/tree.h"

#include "policy/secret.h"
#include "policy/text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <yaml.h>

enum { DEEPEST = 32, MOST_ITEMS = 10000 };

struct builder {
    struct reader *reader;
    yaml_parser_t parser;
    yaml_event_t event; /* the current one */
    int depth;
    size_t *line_starts;
    size_t line_count;
};

/* An empty value at the end of the file lies behind its last line, says libyaml. */
static struct mark mark_of(const struct builder *builder, yaml_mark_t mark)
{
    const struct reader *reader = builder->reader;
    if (mark.line >= builder->line_count)
        return text_mark_at(reader->bytes, reader->length, reader->length);
    return (struct mark){.line = (unsigned)mark.line + 1, .column = (unsigned)mark.column + 1};
}

static void report_broken(struct builder *builder)
{
    struct reader *reader = builder->reader;
    const yaml_parser_t *parser = &builder->parser;
    const char *hint = NULL;
    const char *problem = parser->problem == NULL ? "not readable" : parser->problem;
    struct mark mark = mark_of(builder, parser->problem_mark);
    if (parser->error == YAML_READER_ERROR)
        mark = text_mark_at(reader->bytes, reader->length, parser->problem_offset);
    else if (strcmp(problem, "mapping values are not allowed in this context") == 0)
        hint = "Check the indentation; a text that holds \": \" is written in quotes.";
    else if (strcmp(problem, "found character that cannot start any token") == 0)
        hint = "A text that starts with % @ ` or another sign of YAML is written in quotes.";
    else if (parser->context != NULL && parser->context_mark.line < parser->problem_mark.line)
        hint = arena_printf(reader->arena, "It was met %s that starts on line %u.", parser->context,
                            mark_of(builder, parser->context_mark).line);
    /* a tab is most often what libyaml stumbles over */
    if (!reader->has_tabs)
        report_error(reader, mark, hint, "invalid YAML: %s", problem);
}

static bool advance(struct builder *builder)
{
    yaml_event_delete(&builder->event);
    if (yaml_parser_parse(&builder->parser, &builder->event))
        return true;
    memset(&builder->event, 0, sizeof builder->event);
    report_broken(builder);
    return false;
}

/* Reports an anchor or tag; the node itself is read on. */
static void refuse_properties(struct builder *builder, const yaml_char_t *anchor,
                              const yaml_char_t *tag)
{
    struct reader *reader = builder->reader;
    struct mark mark = mark_of(builder, builder->event.start_mark);
    if (anchor != NULL)
        report_error(reader, mark, "Write the value out wherever it is needed.",
                     "anchors are not allowed");
    if (tag != NULL)
        report_error(reader, mark, "Remove it; the key decides what a value is.",
                     "tags are not allowed");
}

static struct node *new_node(struct builder *builder, enum node_kind kind)
{
    struct node *node = arena_alloc(builder->reader->arena, sizeof *node);
    node->kind = kind;
    node->mark = mark_of(builder, builder->event.start_mark);
    return node;
}

/* Where a block text's first line begins: the first line below its sign that is not blank. */
static struct mark block_mark(const struct builder *builder, struct mark sign)
{
    const struct reader *reader = builder->reader;
    for (size_t line = sign.line; line < builder->line_count; line++) {
        size_t start = builder->line_starts[line], i = start;
        while (i < reader->length && reader->bytes[i] == ' ')
            i++;
        if (i < reader->length && reader->bytes[i] != '\n' && reader->bytes[i] != '\r')
            return (struct mark){.line = (unsigned)line + 1, .column = (unsigned)(i - start) + 1};
    }
    return sign;
}

static bool holds_secret(struct builder *builder, const struct node *node)
{
    struct reader *reader = builder->reader;
    size_t start = 0, end;
    if (!secret_find(node->text, strlen(node->text), &start, &end))
        return false;
    if (!reader->has_secrets)
        report_error(reader, node->mark,
                     "Keep it in a password file (~/.pgpass) or a service file.",
                     "a password does not belong into a policy");
    return true;
}

static struct node *build_text(struct builder *builder)
{
    struct reader *reader = builder->reader;
    yaml_scalar_style_t style = builder->event.data.scalar.style;
    size_t length = builder->event.data.scalar.length;
    struct node *node = new_node(builder, NODE_TEXT);
    refuse_properties(builder, builder->event.data.scalar.anchor, builder->event.data.scalar.tag);
    node->text =
        arena_strndup(reader->arena, (const char *)builder->event.data.scalar.value, length);
    node->is_plain = style == YAML_PLAIN_SCALAR_STYLE;
    node->text_mark = node->mark;
    if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE)
        node->text_mark = block_mark(builder, node->mark);
    else if (!node->is_plain)
        node->text_mark.column++;
    if (strlen(node->text) != length) {
        report_error(reader, node->mark, NULL, "NUL character in a text");
        node->kind = NODE_REFUSED;
    } else if (holds_secret(builder, node)) {
        node->kind = NODE_REFUSED;
    }
    return node;
}

/* Whether a list or mapping of `count` items may have one more; quadratic checks rely on it. */
static bool has_room(struct builder *builder, size_t count)
{
    if (count < MOST_ITEMS)
        return true;
    report_error(builder->reader, mark_of(builder, builder->event.start_mark), NULL,
                 "more than %d items in one place", MOST_ITEMS);
    return false;
}

static struct node *build_node(struct builder *builder);

static struct node *build_list(struct builder *builder)
{
    struct node *list = new_node(builder, NODE_LIST);
    refuse_properties(builder, builder->event.data.sequence_start.anchor,
                      builder->event.data.sequence_start.tag);
    while (advance(builder)) {
        if (builder->event.type == YAML_SEQUENCE_END_EVENT)
            return list;
        const struct node *item = has_room(builder, list->item_count) ? build_node(builder) : NULL;
        if (item == NULL)
            return NULL;
        *ARENA_PUSH(builder->reader->arena, list->items, list->item_count) = item;
    }
    return NULL;
}

static bool key_is_fit(struct builder *builder, const struct node *key)
{
    if (key->kind == NODE_TEXT && key->is_plain && strcmp(key->text, "<<") == 0) {
        report_error(builder->reader, key->mark, "Write the keys out wherever they are needed.",
                     "merge keys are not allowed");
        return false;
    }
    if (key->kind == NODE_TEXT && *key->text != '\0')
        return true;
    if (key->kind != NODE_REFUSED)
        report_error(builder->reader, key->mark, NULL,
                     key->kind == NODE_TEXT ? "empty key" : "a key must be text");
    return false;
}

static int compare_members(const void *a, const void *b)
{
    const struct member *one = *(const struct member *const *)a;
    const struct member *other = *(const struct member *const *)b;
    int order = strcmp(one->key->text, other->key->text);
    return order != 0 ? order : (one > other) - (one < other);
}

/* Reports keys that stand twice in a mapping and keeps the first of each. */
static void drop_duplicates(struct builder *builder, struct node *mapping)
{
    struct reader *reader = builder->reader;
    size_t count = mapping->member_count, kept = 0;
    if (count < 2)
        return;
    struct member **sorted = arena_alloc(reader->arena, count * sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = &mapping->members[i];
    qsort(sorted, count, sizeof *sorted, compare_members);
    for (size_t i = 1, first = 0; i < count; i++) {
        const struct node *key = sorted[i]->key, *earlier = sorted[first]->key;
        if (strcmp(key->text, earlier->text) != 0) {
            first = i;
            continue;
        }
        const char *hint =
            arena_printf(reader->arena, "It stands on line %u already.", earlier->mark.line);
        report_error(reader, key->mark, hint, "duplicate key %s",
                     text_quote(reader->arena, key->text));
        sorted[i]->value = NULL;
    }
    for (size_t i = 0; i < count; i++) {
        if (mapping->members[i].value != NULL)
            mapping->members[kept++] = mapping->members[i];
    }
    mapping->member_count = kept;
}

static struct node *build_mapping(struct builder *builder)
{
    struct node *mapping = new_node(builder, NODE_MAPPING);
    refuse_properties(builder, builder->event.data.mapping_start.anchor,
                      builder->event.data.mapping_start.tag);
    while (advance(builder)) {
        if (builder->event.type == YAML_MAPPING_END_EVENT) {
            drop_duplicates(builder, mapping);
            return mapping;
        }
        const struct node *key =
            has_room(builder, mapping->member_count) ? build_node(builder) : NULL;
        const struct node *value = key != NULL && advance(builder) ? build_node(builder) : NULL;
        if (value == NULL)
            return NULL;
        if (key_is_fit(builder, key))
            *ARENA_PUSH(builder->reader->arena, mapping->members, mapping->member_count) =
                (struct member){key, value};
    }
    return NULL;
}

/* Builds the node that begins with the current event; afterwards its last event is current. */
static struct node *build_node(struct builder *builder)
{
    struct reader *reader = builder->reader;
    struct node *node = NULL;
    if (builder->depth == DEEPEST) {
        report_error(reader, mark_of(builder, builder->event.start_mark), NULL,
                     "nested more than %d levels deep", DEEPEST);
        return NULL;
    }
    builder->depth++;
    switch (builder->event.type) {
    case YAML_SCALAR_EVENT:
        node = build_text(builder);
        break;
    case YAML_SEQUENCE_START_EVENT:
        node = build_list(builder);
        break;
    case YAML_MAPPING_START_EVENT:
        node = build_mapping(builder);
        break;
    default: /* YAML_ALIAS_EVENT */
        node = new_node(builder, NODE_REFUSED);
        report_error(reader, node->mark, "Write the value out wherever it is needed.",
                     "aliases are not allowed");
    }
    builder->depth--;
    return node;
}

static const struct node *build_stream(struct builder *builder)
{
    const struct node *root = NULL;
    if (!advance(builder) || !advance(builder)) /* the stream's start */
        return NULL;
    if (builder->event.type == YAML_STREAM_END_EVENT) {
        report_error(builder->reader, (struct mark){0}, NULL, "the policy is empty");
        return NULL;
    }
    if (!advance(builder)) /* the document's start */
        return NULL;
    root = build_node(builder);
    if (root == NULL || !advance(builder)) /* the document's end */
        return NULL;
    if (!advance(builder))
        return NULL;
    if (builder->event.type != YAML_STREAM_END_EVENT)
        report_error(builder->reader, mark_of(builder, builder->event.start_mark),
                     "A file holds one policy.", "second document");
    return root;
}

static void find_lines(struct builder *builder)
{
    const struct reader *reader = builder->reader;
    *ARENA_PUSH(reader->arena, builder->line_starts, builder->line_count) = 0;
    for (size_t i = 0; i < reader->length; i++) {
        if (reader->bytes[i] == '\n')
            *ARENA_PUSH(reader->arena, builder->line_starts, builder->line_count) = i + 1;
    }
}

const struct node *tree_build(struct reader *reader)
{
    struct builder builder = {.reader = reader};
    if (!yaml_parser_initialize(&builder.parser)) {
        report_error(reader, (struct mark){0}, NULL, "out of memory");
        return NULL;
    }
    yaml_parser_set_encoding(&builder.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&builder.parser, (const unsigned char *)reader->bytes,
                                 reader->length);
    find_lines(&builder);
    const struct node *root = build_stream(&builder);
    yaml_event_delete(&builder.event);
    yaml_parser_delete(&builder.parser);
    return root;
}

const struct node *tree_find(const struct node *mapping, const char *key)
{
    if (mapping == NULL || mapping->kind != NODE_MAPPING)
        return NULL;
    for (size_t i = 0; i < mapping->member_count; i++) {
        if (strcmp(mapping->members[i].key->text, key) == 0)
            return mapping->members[i].value;
    }
    return NULL;
}

bool node_is_missing(const struct node *node)
{
    return node->kind == NODE_TEXT && node->is_plain && *node->text == '\0';
}

bool node_is_null(const struct node *node)
{
    return node->kind == NODE_TEXT && node->is_plain &&
           (strcmp(node->text, "~") == 0 || strcasecmp(node->text, "null") == 0);
}
