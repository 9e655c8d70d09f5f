/* name.c - splits names into words and finds phrases in them. */
#include "discover/name.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

void name_read(const char *text, struct name *ret_name)
{
    size_t words = 0, squeezed = 0;
    unsigned char before = '_';
    for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++) {
        bool is_word = isalnum(*c) || *c >= 0x80;
        bool begins = is_word && isupper(*c) &&
                      (islower(before) || isdigit(before) || (isupper(before) && islower(c[1])));
        if (words + 3 > NAME_BYTES)
            break;
        if ((begins || !is_word) && words > 0 && ret_name->words[words - 1] != '_')
            ret_name->words[words++] = '_';
        if (is_word) {
            ret_name->words[words++] = (char)tolower(*c);
            ret_name->squeezed[squeezed++] = (char)tolower(*c);
        }
        before = *c;
    }
    while (words > 0 && ret_name->words[words - 1] == '_')
        words--;
    ret_name->words[words] = '\0';
    ret_name->squeezed[squeezed] = '\0';
}

/* The phrase without signs, `length` bytes, equals the name without word boundaries. */
static bool is_squeezed(const struct name *name, const char *phrase, size_t length, bool goes_on)
{
    const char *at = name->squeezed;
    for (size_t i = 0; i < length; i++) {
        if (phrase[i] == '_')
            continue;
        if (*at != phrase[i])
            return false;
        at++;
    }
    return *at == '\0' || goes_on;
}

static bool has_one(const struct name *name, const char *phrase, size_t length)
{
    bool first = phrase[0] == '^', last = phrase[length - 1] == '$',
         goes_on = phrase[length - 1] == '*';
    phrase += first;
    length -= (size_t)first + (size_t)(last || goes_on);
    for (const char *at = name->words; *at != 0; at++) {
        bool starts = at == name->words || at[-1] == '_';
        if (!starts || (first && at != name->words) || strncmp(at, phrase, length) != 0)
            continue;
        char next = at[length];
        if (next == '\0' || (next == '_' && !last) || (goes_on && !last))
            return true;
    }
    /* without boundaries, a phrase that may go on must be long enough to mean something */
    return is_squeezed(name, phrase, length, goes_on && length >= 6);
}

bool name_has(const struct name *name, const char *phrases)
{
    while (*phrases != '\0') {
        size_t length = strcspn(phrases, " ");
        if (length > 0 && has_one(name, phrases, length))
            return true;
        phrases += length + (phrases[length] == ' ');
    }
    return false;
}
