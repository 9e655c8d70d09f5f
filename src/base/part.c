/* part.c - inside double quotes a double quote is written twice. */
#include "base/part.h"

#include <string.h>

void part_add(struct buffer *out, const char *part)
{
    if (strpbrk(part, ".*?\"") == NULL) {
        buffer_add(out, part);
        return;
    }
    buffer_add(out, "\"");
    for (const char *c = part; *c != '\0'; c++)
        buffer_addf(out, *c == '"' ? "\"%c" : "%c", *c);
    buffer_add(out, "\"");
}

const char *part_join(struct arena *arena, const char *schema, const char *name)
{
    struct buffer text = {0};
    part_add(&text, schema);
    buffer_add(&text, ".");
    part_add(&text, name);
    const char *joined = arena_strdup(arena, buffer_text(&text));
    buffer_free(&text);
    return joined;
}
