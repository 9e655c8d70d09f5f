/* hide.c - finds sensitive values by scanning the file for their keys. */
#include "policy/hide.h"

#include "policy/secret.h"

#include <stdbool.h>
#include <string.h>

struct hider {
    const char *bytes;
    size_t length;
    unsigned char *fates;
    size_t key_line; /* where the line of the last key starts */
    size_t key_seen; /* how far the file has been searched for it */
    size_t rest_end; /* how far hide_rest() has hidden; it is asked once a word of the line */
};

/* A key's value in the file, without the quotes round it. */
struct value {
    size_t start, end;
    char quote; /* of YAML, or NUL */
};

/* One `?` stands for what is hidden of a line. */
static void cover(const struct hider *hider, size_t from, size_t to)
{
    bool is_first = true;
    for (size_t i = from; i < to; i++) {
        hider->fates[i] = is_first ? FATE_MASKED : FATE_HIDDEN;
        is_first = hider->bytes[i] == '\n';
    }
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

static bool is_key_byte(char c)
{
    return is_word(c) || c == '-' || c == '.';
}

static size_t find_line_end(const struct hider *hider, size_t at)
{
    const char *end = memchr(hider->bytes + at, '\n', hider->length - at);
    return end == NULL ? hider->length : (size_t)(end - hider->bytes);
}

/* Keys are met in the file's order, so each byte is looked at once. */
static void find_key_line(struct hider *hider, size_t key)
{
    for (; hider->key_seen < key; hider->key_seen++) {
        if (hider->bytes[hider->key_seen] == '\n')
            hider->key_line = hider->key_seen + 1;
    }
}

/* The closing quote that belongs to the opening one before `at`, or the end of the file. */
static size_t find_quote(const struct hider *hider, size_t at, char quote)
{
    for (; at < hider->length; at++) {
        if (quote == '"' && hider->bytes[at] == '\\')
            at++;
        else if (hider->bytes[at] == quote && quote == '\'' && at + 1 < hider->length &&
                 hider->bytes[at + 1] == quote)
            at++;
        else if (hider->bytes[at] == quote)
            return at;
    }
    return hider->length;
}

/* The end of a value that goes on over all lines indented deeper than its key. */
static size_t find_block_end(const struct hider *hider, size_t at, size_t key_column)
{
    size_t end = find_line_end(hider, at);
    while (end < hider->length) {
        size_t text = end + 1;
        while (text < hider->length && (hider->bytes[text] == ' ' || hider->bytes[text] == '\t'))
            text++;
        bool is_blank =
            text == hider->length || hider->bytes[text] == '\n' || hider->bytes[text] == '\r';
        if (!is_blank && text - (end + 1) <= key_column)
            break;
        end = find_line_end(hider, text);
    }
    return end;
}

/* The comma, bracket or line break behind a value inside a flow, with all that it brackets itself.
 */
static size_t find_flow_end(const struct hider *hider, size_t at)
{
    for (size_t depth = 0; at < hider->length; at++) {
        char c = hider->bytes[at];
        bool closes = c == '}' || c == ']';
        if (depth == 0 && (closes || c == ',' || c == '\n'))
            break;
        depth += c == '{' || c == '[';
        depth -= closes;
    }
    return at;
}

static bool is_inside_flow(const struct hider *hider, size_t key)
{
    for (size_t i = hider->key_line; i < key; i++) {
        if (strchr(" -?\"'\t", hider->bytes[i]) == NULL)
            return true;
    }
    return false;
}

/* The value that follows the colon at `at`, for a key that starts at `key`. */
static struct value find_value(const struct hider *hider, size_t key, size_t at)
{
    size_t start = at + 1;
    while (start < hider->length && strchr(" \t\r\n", hider->bytes[start]) != NULL)
        start++;
    struct value value = {.start = start, .end = hider->length};
    if (start == hider->length)
        return value;
    if (hider->bytes[start] == '"' || hider->bytes[start] == '\'') {
        value.quote = hider->bytes[start];
        value.start++;
        value.end = find_quote(hider, value.start, value.quote);
    } else if (is_inside_flow(hider, key)) {
        value.end = find_flow_end(hider, start);
    } else {
        value.start = at + 1;
        value.end = find_block_end(hider, at, key - hider->key_line);
    }
    if (value.end > hider->length)
        value.end = hider->length;
    return value;
}

/* The length of an SQL quote sign at `at`, which YAML's own quotes make two bytes long. */
static size_t sign_length(const struct hider *hider, const struct value *value, size_t at,
                          char sign)
{
    const char *bytes = hider->bytes;
    bool has_next = at + 1 < value->end;
    if (value->quote == '\'' && sign == '\'')
        return has_next && bytes[at] == '\'' && bytes[at + 1] == '\'' ? 2 : 0;
    if (value->quote == '"' && sign == '"')
        return has_next && bytes[at] == '\\' && bytes[at + 1] == '"' ? 2 : 0;
    return bytes[at] == sign ? 1 : 0;
}

/* Steps from behind an opening SQL sign to its closing one; the end of the value if none is left.
 */
static size_t find_sign(const struct hider *hider, const struct value *value, size_t at, char sign)
{
    while (at < value->end) {
        size_t size = sign_length(hider, value, at, sign);
        if (size == 0) {
            /* a backslash may escape what comes next, so nothing that follows is known */
            if (sign == '\'' && hider->bytes[at] == '\\')
                return value->end;
            at++;
        } else if (at + size < value->end && sign_length(hider, value, at + size, sign) > 0) {
            at += 2 * size;
        } else {
            return at;
        }
    }
    return value->end;
}

static size_t find_text(const struct hider *hider, size_t at, size_t end, const char *text,
                        size_t text_length)
{
    const char *found = memmem(hider->bytes + at, end - at, text, text_length);
    return found == NULL ? end : (size_t)(found - hider->bytes);
}

/* The length of $tag$ at `at`, or 0. */
static size_t dollar_length(const struct hider *hider, const struct value *value, size_t at)
{
    size_t end = at + 1;
    while (end < value->end && is_word(hider->bytes[end]))
        end++;
    return end < value->end && hider->bytes[end] == '$' ? end + 1 - at : 0;
}

/* Hides the literal, number or comment at `at`, if there is one; returns where to go on. */
static size_t hide_token(const struct hider *hider, const struct value *value, size_t at)
{
    const char *here = hider->bytes + at;
    size_t left = value->end - at, size, end;
    bool is_inside_word = at > value->start && (is_word(here[-1]) || here[-1] == '$');
    if ((size = sign_length(hider, value, at, '"')) > 0) {
        return find_sign(hider, value, at + size, '"') + size;
    } else if ((size = sign_length(hider, value, at, '\'')) > 0) {
        end = find_sign(hider, value, at + size, '\'');
        cover(hider, at + size, end);
        return end + size;
    } else if (*here == '$' && !is_inside_word && (size = dollar_length(hider, value, at)) > 0) {
        end = find_text(hider, at + size, value->end, here, size);
        cover(hider, at + size, end);
        return end + size;
    } else if (left >= 2 && memcmp(here, "--", 2) == 0) {
        end = find_text(hider, at, value->end, "\n", 1);
    } else if (left >= 2 && memcmp(here, "/*", 2) == 0) {
        end = find_text(hider, at, value->end, "*/", 2);
    } else if (*here == '\\') {
        end = value->end;
    } else if (*here >= '0' && *here <= '9' && !is_inside_word) {
        for (end = at;
             end < value->end && (is_word(hider->bytes[end]) || hider->bytes[end] == '.');)
            end++;
    } else {
        return at + 1;
    }
    cover(hider, at, end);
    return end;
}

/* What stands behind a closing quote, where YAML allows nothing, was meant to be in the value. */
static void hide_rest(struct hider *hider, const struct value *value)
{
    size_t at = value->end + 1;
    while (at < hider->length && hider->bytes[at] == ' ')
        at++;
    if (value->quote == '\0' || at >= hider->length || at < hider->rest_end ||
        memchr(",}]#:\r\n", hider->bytes[at], 7) != NULL)
        return;
    hider->rest_end = find_line_end(hider, at);
    cover(hider, at, hider->rest_end);
}

static bool is_expression_key(const char *key, size_t length)
{
    return (length == 4 && memcmp(key, "only", 4) == 0) ||
           (length == 6 && memcmp(key, "unless", 6) == 0) ||
           (length == 5 && memcmp(key, "where", 5) == 0) ||
           (length == 3 && memcmp(key, "sql", 3) == 0);
}

static bool is_quote(char c)
{
    return c == '"' || c == '\'';
}

/* PASSWORD=value or PASSWORD 'value', as in an environment, on a command line or in SQL; `key` is
 * where the word starts, `at` what follows it. Quotes stand round the whole or the value. */
static size_t hide_assigned(const struct hider *hider, size_t key, size_t at)
{
    const char *bytes = hider->bytes;
    size_t start = at;
    char quote = key > 0 && is_quote(bytes[key - 1]) ? bytes[key - 1] : '\0';
    bool is_assigned = start < hider->length && bytes[start] == '=';
    for (start += is_assigned; start < hider->length && bytes[start] == ' ';)
        start++;
    if (start == hider->length || (!is_assigned && !is_quote(bytes[start])))
        return at;
    if (quote == '\0' && is_quote(bytes[start]))
        quote = bytes[start++];
    size_t end = start;
    while (end < hider->length && bytes[end] != '\n' &&
           (quote != '\0' ? bytes[end] != quote : strchr(" \t\"'", bytes[end]) == NULL))
        end++;
    cover(hider, start, end);
    return end;
}

/* Treats the word [key, end) if it is a sensitive key; returns where to go on. */
static size_t hide_key(struct hider *hider, size_t key, size_t end)
{
    size_t colon = end;
    bool is_secret = secret_is_key(hider->bytes + key, end - key);
    if (colon < hider->length && is_quote(hider->bytes[colon]))
        colon++;
    while (colon < hider->length && hider->bytes[colon] == ' ')
        colon++;
    if (colon == hider->length || hider->bytes[colon] != ':')
        return is_secret ? hide_assigned(hider, key, colon) : end;
    bool is_expression = is_expression_key(hider->bytes + key, end - key);
    if (!is_expression && !is_secret)
        return end;
    find_key_line(hider, key);
    struct value value = find_value(hider, key, colon);
    if (is_expression) {
        for (size_t at = value.start; at < value.end;)
            at = hide_token(hider, &value, at);
    } else {
        while (value.start < value.end && strchr(" \n", hider->bytes[value.start]) != NULL)
            value.start++;
        cover(hider, value.start, value.end);
    }
    hide_rest(hider, &value);
    return value.end;
}

/* A text that spells characters as \x, \u or \/ may hide a password from us: what is in its quotes
 * on this line is hidden. */
static void hide_escaped(const struct hider *hider)
{
    size_t from = 0; /* behind the last quote or line break */
    for (size_t i = 0; i + 1 < hider->length; i++) {
        if (hider->bytes[i] == '"' || hider->bytes[i] == '\n')
            from = i + 1;
        if (hider->bytes[i] != '\\' || memchr("xuU/", hider->bytes[i + 1], 4) == NULL)
            continue;
        while (i < hider->length && hider->bytes[i] != '"' && hider->bytes[i] != '\n')
            i++;
        cover(hider, from, i);
        from = i + 1;
    }
}

void hide_bytes(const char *bytes, size_t length, unsigned char *fates)
{
    struct hider hider = {.bytes = bytes, .length = length, .fates = fates};
    size_t from = 0, to;
    memset(fates, FATE_SHOWN, length);
    for (size_t i = 0; i < length;) {
        size_t word = i;
        while (i < length && is_key_byte(bytes[i]))
            i++;
        i = i == word ? i + 1 : hide_key(&hider, word, i);
    }
    hide_escaped(&hider);
    while (from < length && secret_find(bytes, length, &from, &to)) {
        cover(&hider, from, to);
        from = to;
    }
}
