/* canonical.c - one pass over the bytes of a line; whatever the encoder would not write ends it. */
#include "audit/canonical.h"

#include "base/utf8.h"

#include <string.h>

/* What is left of the line. */
struct reader {
    char *at;
    const char *end;
};

static bool take(struct reader *r, char c)
{
    if (r->at == r->end || *r->at != c)
        return false;
    r->at++;
    return true;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Behind a backslash: the shortest escape of a character that needs one; 0: anything else. */
static char take_escape(struct reader *r)
{
    static const char letters[] = "btnfr\"\\", meant[] = "\b\t\n\f\r\"\\";
    if (r->at == r->end)
        return 0;
    const char *letter = memchr(letters, *r->at, sizeof letters - 1);
    if (letter != NULL) {
        r->at++;
        return meant[letter - letters];
    }
    if (r->end - r->at < 5 || memcmp(r->at, "u00", 3) != 0)
        return 0;
    int high = hex_digit(r->at[3]), low = hex_digit(r->at[4]);
    char c = (char)(high * 16 + low);
    if (high < 0 || high > 1 || low < 0 || memchr(meant, c, sizeof meant - 1) != NULL)
        return 0;
    r->at += 5;
    return c;
}

static bool is_plain(char c)
{
    return (unsigned char)c >= 0x20 && (unsigned char)c < 0x80 && c != '"' && c != '\\';
}

/* The bytes up to the next quote or escape, which stand for themselves. */
static bool take_plain(struct reader *r)
{
    for (;;) {
        int32_t code;
        while (r->at < r->end && is_plain(*r->at))
            r->at++;
        if (r->at == r->end || (*r->at & 0x80) == 0)
            return true;
        r->at += utf8_decode(r->at, (size_t)(r->end - r->at), &code);
        if (code < 0)
            return false;
    }
}

/* A text behind its opening quote, up to its closing one; NULL: not in canonical form. */
static const char *take_text(struct reader *r)
{
    char *text = r->at, *out = text;
    for (;;) {
        char *plain = r->at;
        if (!take_plain(r))
            return NULL;
        if (out != plain)
            memmove(out, plain, (size_t)(r->at - plain));
        out += r->at - plain;
        if (take(r, '"')) {
            *out = '\0';
            return text;
        }
        char escaped = take(r, '\\') ? take_escape(r) : '\0';
        if (escaped == '\0')
            return NULL;
        *out++ = escaped;
    }
}

static bool take_integer(struct reader *r, int64_t *ret_number)
{
    bool is_negative = take(r, '-');
    const char *first = r->at;
    int64_t number = 0;
    for (; r->at < r->end && *r->at >= '0' && *r->at <= '9'; r->at++) {
        number = number * 10 + (*r->at - '0');
        if (number > RECORD_INTEGER)
            return false;
    }
    if (r->at == first || (*first == '0' && (r->at - first > 1 || is_negative)))
        return false;
    *ret_number = is_negative ? -number : number;
    return true;
}

static bool take_field(struct reader *r, struct audit_field *field)
{
    *field = (struct audit_field){0};
    if (!take(r, '"') || (field->key = take_text(r)) == NULL || !take(r, ':'))
        return false;
    if (take(r, '"'))
        return (field->text = take_text(r)) != NULL;
    return take_integer(r, &field->number);
}

bool canonical_read(char *line, size_t length, struct audit_field fields[RECORD_FIELDS],
                    size_t *ret_count)
{
    struct reader r = {line, line + length};
    size_t count = 0;
    if (!take(&r, '{'))
        return false;
    while (!take(&r, '}')) {
        if (count == RECORD_FIELDS || (count > 0 && !take(&r, ',')) ||
            !take_field(&r, &fields[count]))
            return false;
        if (count > 0 && strcmp(fields[count - 1].key, fields[count].key) >= 0)
            return false;
        count++;
    }
    if (r.at != r.end)
        return false;
    *ret_count = count;
    return true;
}
