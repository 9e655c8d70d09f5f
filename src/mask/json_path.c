/* json_path.c - reads a path step by step and spells it again for the server. */
#include "mask/json_path.h"

#include "base/buffer.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

static bool is_name_byte(unsigned char c)
{
    return isalnum(c) || c == '_' || c == '$' || c >= 0x80;
}

static const char *take_bare_name(const char *at, struct arena *arena, const char **ret_name)
{
    const char *start = at;
    while (is_name_byte((unsigned char)*at))
        at++;
    if (at == start || isdigit((unsigned char)*start))
        return NULL;
    *ret_name = arena_strndup(arena, start, (size_t)(at - start));
    return at;
}

/* `at` is behind the opening quote. The only escapes are \" and \\. */
static const char *take_quoted_name(const char *at, struct arena *arena, const char **ret_name)
{
    char *name = arena_alloc(arena, strlen(at) + 1);
    size_t length = 0;
    for (; *at != '"'; at++) {
        if (*at == '\\' && *++at != '"' && *at != '\\')
            return NULL;
        if (*at == '\0')
            return NULL;
        name[length++] = *at;
    }
    *ret_name = name;
    return at + 1;
}

/* Returns what follows the step, or NULL when there is no step at `at`. */
static const char *take_step(const char *at, struct arena *arena, struct json_step *ret_step)
{
    if (strncmp(at, "[*]", 3) == 0) {
        ret_step->kind = JSON_ELEMENTS;
        return at + 3;
    }
    if (strncmp(at, ".**", 3) == 0) {
        ret_step->kind = JSON_ANY_DEPTH;
        return at + 3;
    }
    if (strncmp(at, ".*", 2) == 0) {
        ret_step->kind = JSON_ANY_NAME;
        return at + 2;
    }
    ret_step->kind = JSON_NAME;
    if (strncmp(at, ".\"", 2) == 0)
        return take_quoted_name(at + 2, arena, &ret_step->name);
    return *at == '.' ? take_bare_name(at + 1, arena, &ret_step->name) : NULL;
}

static void spell_name(const char *name, struct buffer *out)
{
    buffer_add(out, ".\"");
    for (const unsigned char *c = (const unsigned char *)name; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\')
            buffer_addf(out, "\\%c", *c);
        else if (*c < 0x20)
            buffer_addf(out, "\\u%04x", *c);
        else
            buffer_add_bytes(out, c, 1);
    }
    buffer_add(out, "\"");
}

static const char *spell(const struct json_path *path, struct arena *arena)
{
    static const char *const signs[] = {
        [JSON_ANY_NAME] = ".*", [JSON_ELEMENTS] = "[*]", [JSON_ANY_DEPTH] = ".**"};
    struct buffer out = {0};
    buffer_add(&out, "$");
    for (size_t i = 0; i < path->step_count; i++) {
        if (path->steps[i].kind == JSON_NAME)
            spell_name(path->steps[i].name, &out);
        else
            buffer_add(&out, signs[path->steps[i].kind]);
    }
    const char *text = arena_strdup(arena, buffer_text(&out));
    buffer_free(&out);
    return text;
}

int json_path_parse(const char *text, struct arena *arena, struct json_path *ret_path,
                    const char **ret_problem)
{
    *ret_problem = "a path starts with $";
    if (*text != '$')
        return -1;
    struct json_path path = {0};
    const char *at = text + 1;
    while (*at != '\0') {
        struct json_step *step = ARENA_PUSH(arena, path.steps, path.step_count);
        at = take_step(at, arena, step);
        *ret_problem = "steps are .name, .\"quoted name\", .*, [*] and .**";
        if (at == NULL)
            return -1;
    }
    *ret_problem = "the last step must name a member";
    if (path.step_count == 0 || path.steps[path.step_count - 1].kind == JSON_ELEMENTS ||
        path.steps[path.step_count - 1].kind == JSON_ANY_DEPTH)
        return -1;
    path.text = spell(&path, arena);
    *ret_path = path;
    return 0;
}
