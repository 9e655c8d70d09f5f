/* secret.c - password-like keys, URLs with a password, connection strings with one. */
#include "policy/secret.h"

#include <string.h>
#include <strings.h>

/* `word` begins with a lower-case letter. */
static bool contains(const char *text, size_t length, const char *word)
{
    size_t word_length = strlen(word);
    for (size_t i = 0; i + word_length <= length; i++) {
        if ((text[i] | 0x20) == word[0] && strncasecmp(text + i, word, word_length) == 0)
            return true;
    }
    return false;
}

static bool ends_with(const char *text, size_t length, const char *word)
{
    size_t word_length = strlen(word);
    return length >= word_length && (text[length - 1] | 0x20) == word[word_length - 1] &&
           strncasecmp(text + length - word_length, word, word_length) == 0;
}

bool secret_is_key(const char *name, size_t length)
{
    static const char *const parts[] = {"password", "passwd", "passphrase", "pwd", "secret"};
    static const char *const ends[] = {"token", "api_key", "apikey", "private_key", "access_key"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (contains(name, length, parts[i]))
            return true;
    }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (ends_with(name, length, ends[i]))
            return true;
    }
    return false;
}

static bool ends_value(char c)
{
    return c == '\0' || strchr(" \t\r\n\"'`<>", c) != NULL;
}

/* `at` stands behind "://": user:password@ */
static bool find_in_url(const char *bytes, size_t length, size_t at, size_t *ret_start,
                        size_t *ret_end)
{
    size_t colon = 0, sign = 0;
    for (size_t i = at; i < length && !ends_value(bytes[i]) && !strchr("/?#", bytes[i]); i++) {
        if (bytes[i] == ':' && colon == 0)
            colon = i;
        if (bytes[i] == '@')
            sign = i;
    }
    if (colon == 0 || sign <= colon + 1)
        return false;
    *ret_start = colon + 1;
    *ret_end = sign;
    return true;
}

/* Whether a word stands before an equals sign, as in "host=". */
static bool assigns_any(const char *bytes, size_t length)
{
    static const char *const words[] = {"host", "hostaddr", "dbname", "user", "service"};
    const char *sign = bytes;
    while ((sign = memchr(sign, '=', length - (size_t)(sign - bytes))) != NULL) {
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            if (ends_with(bytes, (size_t)(sign - bytes), words[i]))
                return true;
        }
        sign++;
    }
    return false;
}

/* `at` stands behind "password=": a connection string says more than that nearby on its line. */
static bool find_in_conninfo(const char *bytes, size_t length, size_t at, size_t *ret_start,
                             size_t *ret_end)
{
    enum { NEARBY_BYTES = 200 };
    size_t from = at > NEARBY_BYTES ? at - NEARBY_BYTES : 0, end = at;
    size_t to = length - at > NEARBY_BYTES ? at + NEARBY_BYTES : length;
    const char *before = memrchr(bytes + from, '\n', at - from);
    const char *behind = memchr(bytes + at, '\n', to - at);
    from = before == NULL ? from : (size_t)(before - bytes) + 1;
    to = behind == NULL ? to : (size_t)(behind - bytes);
    if (memchr(bytes + from, '?', at - from) == NULL && !assigns_any(bytes + from, to - from))
        return false;
    while (end < to && !ends_value(bytes[end]) && bytes[end] != '&')
        end++;
    if (end == at)
        return false;
    *ret_start = at;
    *ret_end = end;
    return true;
}

bool secret_find(const char *bytes, size_t length, size_t *start, size_t *ret_end)
{
    static const char word[] = "password=";
    const size_t word_length = sizeof word - 1;
    for (size_t i = *start; i < length; i++) {
        if (bytes[i] == '/' && i >= 2 && memcmp(bytes + i - 2, "://", 3) == 0 &&
            find_in_url(bytes, length, i + 1, start, ret_end))
            return true;
        if (bytes[i] == '=' && i + 1 >= word_length &&
            contains(bytes + i + 1 - word_length, word_length, word) &&
            find_in_conninfo(bytes, length, i + 1, start, ret_end))
            return true;
    }
    return false;
}
