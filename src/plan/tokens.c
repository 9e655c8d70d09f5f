/* tokens.c - see tokens.h */
#include "plan/tokens.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { LONGEST_TAG = 64 };

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

const char *token_next(const char *at, struct token *ret_token)
{
    at = skip_blanks(at);
    *ret_token = (struct token){at, 0, false, false};
    if (*at == '\0')
        return at;
    size_t tag = dollar_tag(at);
    if (*at == '\'' || *at == '"') {
        const char *end = end_of_quoted(at + 1, *at);
        *ret_token = (struct token){at + 1, (size_t)(end - at - 1), *at == '\'', *at == '"'};
        return *end == '\0' ? end : end + 1;
    }
    if (tag > 0) {
        *ret_token = (struct token){at, tag, true, false};
        return at + tag;
    }
    while (is_word(at[ret_token->length]))
        ret_token->length++;
    ret_token->is_name = ret_token->length > 0;
    if (ret_token->length == 0)
        ret_token->length = at[0] == ':' && (at[1] == '=' || at[1] == ':') ? 2 : 1;
    return at + ret_token->length;
}

bool token_is(const struct token *token, const char *word)
{
    return !token->is_string && strlen(word) == token->length &&
           strncasecmp(token->text, word, token->length) == 0;
}
