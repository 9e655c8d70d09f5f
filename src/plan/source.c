/* source.c - see source.h */
#include "plan/source.h"

#include "plan/tokens.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static bool begins_statement(const struct token *before)
{
    return before->length == 0 || token_is(before, ";") || token_is(before, "begin") ||
           token_is(before, "then") || token_is(before, "else") || token_is(before, "loop");
}

enum mention source_finds_column(const char *source, const char *column)
{
    struct token last[4] = {{0}}; /* the one before NEW, NEW, the dot, the column */
    enum mention found = MENTION_NONE;
    size_t length = strlen(column);
    struct token token;
    for (const char *at = source; at != NULL;) {
        at = token_next(at, &token);
        bool is_column =
            token_is(&last[3], column) && token_is(&last[2], ".") && token_is(&last[1], "new");
        if (is_column && (token_is(&token, ":=") || token_is(&last[0], "into") ||
                          (token_is(&token, "=") && begins_statement(&last[0]))))
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
    at = token_next(at, &name);
    token_next(token_next(at, &dot), &second);
    if (!name.is_name)
        return NULL;
    char *target = token_is(&dot, ".") ? arena_printf(arena, "%.*s.%.*s", (int)name.length,
                                                      name.text, (int)second.length, second.text)
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
        at = token_next(at, &token);
        if (token_is(&last, "insert") && token_is(&token, "into")) {
            *ret_target = inserts ? *ret_target : read_target(at, arena);
            inserts = true;
        }
        bool is_old = token_is(&last, "old");
        names_old = names_old || token_is(&token, "old") ||
                    (old_table != NULL && token_is(&token, old_table));
        hands_over = hands_over || (is_old && (token_is(&before, "(") || token_is(&before, ",")) &&
                                    (token_is(&token, ")") || token_is(&token, ",")));
        before = last;
        last = token;
    }
    return (inserts && names_old) || hands_over;
}
