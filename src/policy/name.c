/* name.c - splits schema.name at the first dot outside double quotes. */
#include "policy/policy.h"
#include "policy/text.h"

#include <string.h>

enum { LONGEST_NAME_BYTES = 63 };

static int fail(struct error *err, struct arena *arena, const char *text, const char *problem,
                const char *hint)
{
    error_set(err, EXIT_USAGE, "invalid table name %s: %s", text_quote(arena, text), problem);
    return error_hint(err, "%s", hint);
}

/* Reads "..." at `*cursor` with doubled quotes undone; NULL when the closing quote is missing. */
static const char *read_quoted(const char **cursor, struct arena *arena)
{
    const char *from = *cursor + 1;
    char *part = arena_alloc(arena, strlen(from) + 1);
    for (char *to = part; *from != '\0'; from++) {
        if (*from == '"' && *++from != '"') {
            *cursor = from;
            return part;
        }
        *to++ = *from;
    }
    return NULL;
}

static int check_part(const char *part, const char *text, struct arena *arena, struct error *err)
{
    if (*part == '\0')
        return fail(err, arena, text, "a part is empty",
                    "Table names are written schema.name, such as public.users.");
    if (strlen(part) > LONGEST_NAME_BYTES)
        return fail(err, arena, text, "a part is longer than 63 bytes",
                    "PostgreSQL keeps the first 63 bytes of a name; write those.");
    return 0;
}

/* Reads one part up to the separating dot (`ends_at_dot`) or the end of the text. */
static int read_part(const char **cursor, bool ends_at_dot, const char *text, struct arena *arena,
                     const char **ret_part, bool *ret_is_pattern, struct error *err)
{
    if (**cursor == '"') {
        *ret_is_pattern = false;
        *ret_part = read_quoted(cursor, arena);
        if (*ret_part == NULL)
            return fail(err, arena, text, "a double quote is not closed",
                        "Inside double quotes a double quote is written twice.");
        if (**cursor != '\0' && **cursor != '.')
            return fail(err, arena, text, "there is text after a closing double quote",
                        "A part is quoted as a whole; inside it a double quote is written twice.");
        return check_part(*ret_part, text, arena, err);
    }
    size_t length = strcspn(*cursor, ends_at_dot ? ".\"" : "\"");
    const char *part = arena_strndup(arena, *cursor, length);
    *cursor += length;
    if (**cursor == '"')
        return fail(err, arena, text, "there is a double quote inside a part",
                    "A part that holds . * ? or \" is written in double quotes as a whole.");
    if (!ends_at_dot && strchr(part, '.') != NULL)
        return fail(err, arena, text, "there is more than one dot",
                    "A part that holds a dot is written in double quotes: schema.\"na.me\".");
    *ret_part = part;
    *ret_is_pattern = strpbrk(part, "*?") != NULL;
    return check_part(part, text, arena, err);
}

int table_name_parse(const char *text, struct arena *arena, struct table_name *ret_name,
                     struct error *err)
{
    struct table_name name = {.text = arena_strdup(arena, text)};
    const char *cursor = text;
    if (read_part(&cursor, true, text, arena, &name.schema, &name.schema_is_pattern, err) < 0)
        return -1;
    if (*cursor != '.')
        return fail(err, arena, text, "the schema is missing",
                    "Table names are written schema.name, such as public.users.");
    cursor++;
    if (read_part(&cursor, false, text, arena, &name.name, &name.name_is_pattern, err) < 0)
        return -1;
    if (*cursor != '\0')
        return fail(err, arena, text, "there is more than one dot",
                    "A part that holds a dot is written in double quotes: schema.\"na.me\".");
    *ret_name = name;
    return 0;
}
