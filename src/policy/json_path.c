/*
 * json_path.c - the SQL/JSON paths that json_drop knows
 *
 * $ followed by steps: .key, ."any key", [*] and .** (any depth). A path ends with a key or [*];
 * filters, methods and subscripts are left out, since a mask must be judged by reading it.
 */
#include "policy/parts.h"

#include <string.h>

static bool is_key_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

/* Steps over a key at `*cursor`, plain or in double quotes. */
static bool skip_key(const char **cursor)
{
    const char *c = *cursor;
    if (*c != '"') {
        if (*c >= '0' && *c <= '9')
            return false;
        while (is_key_character(*c))
            c++;
        bool is_key = c != *cursor;
        *cursor = c;
        return is_key;
    }
    for (c++; *c != '\0' && *c != '"'; c++) {
        if (*c == '\\')
            return false;
    }
    bool is_key = *c == '"' && c != *cursor + 1;
    *cursor = c + 1;
    return is_key;
}

bool json_path_is_valid(const char *path)
{
    bool is_complete = false;
    if (*path++ != '$')
        return false;
    while (*path != '\0') {
        is_complete = true;
        if (strncmp(path, "[*]", 3) == 0) {
            path += 3;
        } else if (strncmp(path, ".**", 3) == 0) {
            path += 3;
            is_complete = false;
        } else if (*path++ != '.' || !skip_key(&path)) {
            return false;
        }
    }
    return is_complete;
}
