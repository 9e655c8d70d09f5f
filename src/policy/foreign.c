/* foreign.c - goes by words, so that it holds for files that are no YAML, too. */
#include "policy/foreign.h"

#include <string.h>

static bool mentions(const char *bytes, size_t length, const char *word)
{
    return memmem(bytes, length, word, strlen(word)) != NULL;
}

/* Blank lines, comments and document markers say nothing. */
static bool says_nothing(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length;) {
        const char *newline = memchr(bytes + i, '\n', length - i);
        size_t end = newline == NULL ? length : (size_t)(newline - bytes);
        while (i < end && memchr(" \t\r-.", bytes[i], 5) != NULL)
            i++;
        if (i < end && bytes[i] != '#')
            return false;
        i = end + 1;
    }
    return true;
}

bool foreign_is(const char *bytes, size_t length)
{
    return !mentions(bytes, length, "pgretain") &&
           !(mentions(bytes, length, "categories") && mentions(bytes, length, "rules")) &&
           !says_nothing(bytes, length);
}
