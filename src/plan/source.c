/* source.c - see source.h */
#include "plan/source.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { LONGEST_TAG = 64 };

/* A word, a quoted name or a string with its content, or a sign of one or two letters. */
struct token {
    const char *text;
    size_t length;
    bool is_string;
};

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static const char *skip_comment(const char *at)
{
    if (at[0] == '-' && at[1] == '-')
        return at + strcspn(at, "\n");
    if (at[0] != '/' || at[1] != '*')
        return at;
    const char *end = strstr(at + 2, "*/");
    return end == NULL ? at + strlen(at) : end + 2;
}

/* The end of a string or quoted name that begins at `at`, which is behind its quote. */
static const char *end_of_quoted(const char *at, char quote)
{
    while (*at != '\0' && (*at != quote || at[1] == quote))
        at += *at == quote ? 2 : 1;
    return at;
}

/* $tag$ of a dollar-quoted string, or 0. */
static size_t dollar_tag(const char *at)
{
    size_t length = 1;
    while (length < LONGEST_TAG && is_word(at[length]) && at[length] != '$')
        length++;
    return at[0] == '$' && at[length] == '$' ? length + 1 : 0;
}

static const char *skip_blanks(const char *at)
{
    const char *next = skip_comment(at + strspn(at, " \t\r\n\f"));
    return next == at ? at : skip_blanks(next);
}

/* Takes the next token and returns what follows it; a token without length ends the text. */
static const char *next_token(const char *at, struct token *ret_token)
{
    at = skip_blanks(at);
    *ret_token = (struct token){at, 0, false};
    if (*at == '\0')
        return at;
    size_t tag = dollar_tag(at);
    if (*at == '\'' || *at == '"') {
        const char *end = end_of_quoted(at + 1, *at);
        *ret_token = (struct token){at + 1, (size_t)(end - at - 1), *at == '\''};
        return *end == '\0' ? end : end + 1;
    }
    if (tag > 0) { /* what is quoted by dollars is mostly SQL to be run: its words count */
        *ret_token = (struct token){at, tag, true};
        return at + tag;
    }
    while (is_word(at[ret_token->length]))
        ret_token->length++;
    if (ret_token->length == 0)
        ret_token->length = at[0] == ':' && at[1] == '=' ? 2 : 1;
    return at + ret_token->length;
}

static bool is(const struct token *token, const char *word)
{
    return !token->is_string && strlen(word) == token->length &&
           strncasecmp(token->text, word, token->length) == 0;
}

static bool begins_statement(const struct token *before)
{
    return before->length == 0 || is(before, ";") || is(before, "begin") || is(before, "then") ||
           is(before, "else") || is(before, "loop");
}

enum mention source_finds_column(const char *source, const char *column)
{
    struct token last[4] = {{0}}; /* the one before NEW, NEW, the dot, the column */
    enum mention found = MENTION_NONE;
    size_t length = strlen(column);
    struct token token;
    for (const char *at = source; at != NULL;) {
        at = next_token(at, &token);
        bool is_column = is(&last[3], column) && is(&last[2], ".") && is(&last[1], "new");
        if (is_column && (is(&token, ":=") || is(&last[0], "into") ||
                          (is(&token, "=") && begins_statement(&last[0]))))
            return MENTION_ASSIGNED;
        if (is_column || (token.is_string && token.length == length &&
                          strncasecmp(token.text, column, length) == 0))
            found = MENTION_MADE;
        if (token.length == 0 && *at == '\0')
            break;
        memmove(last, last + 1, sizeof last - sizeof *last);
        last[3] = token;
    }
    return found;
}

/* "schema.table" or "table" where an INSERT goes, in small letters; NULL where it is made up later.
 */
static const char *read_target(const char *at, struct arena *arena)
{
    struct token name, dot, second;
    at = next_token(at, &name);
    next_token(next_token(at, &dot), &second);
    if (name.length == 0 || !(is_word(name.text[0]) || name.text[-1] == '"'))
        return NULL;
    char *target = is(&dot, ".") ? arena_printf(arena, "%.*s.%.*s", (int)name.length, name.text,
                                                (int)second.length, second.text)
                                 : arena_strndup(arena, name.text, name.length);
    for (char *c = target; *c != '\0'; c++)
        *c = (char)tolower((unsigned char)*c);
    return target;
}

bool source_copies_old(const char *source, const char *old_table, struct arena *arena,
                       const char **ret_target)
{
    struct token last = {0}, before = {0}, token;
    bool inserts = false, names_old = false, hands_over = false;
    *ret_target = NULL;
    for (const char *at = source; at != NULL && *at != '\0';) {
        at = next_token(at, &token);
        if (is(&last, "insert") && is(&token, "into")) {
            *ret_target = inserts ? *ret_target : read_target(at, arena);
            inserts = true;
        }
        bool is_old = is(&last, "old");
        names_old = names_old || is(&token, "old") || (old_table != NULL && is(&token, old_table));
        hands_over = hands_over || (is_old && (is(&before, "(") || is(&before, ",")) &&
                                    (is(&token, ")") || is(&token, ",")));
        before = last;
        last = token;
    }
    return (inserts && names_old) || hands_over;
}
