/* mask_oracle_text.c - e-mail addresses, URLs and user agents, read letter by letter. */
#include "mask_oracle.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define PICK(random, list) (list)[random_below(random, (int)(sizeof(list) / sizeof(list)[0]))]

static void draw_parts(struct random *random, const char *const *parts, int count, int longest,
                       struct buffer *out)
{
    for (int n = random_between(random, 0, longest); n > 0; n--)
        buffer_add(out, parts[random_below(random, count)]);
}

static const char *const hosts[] = {"example.com", "Example.ORG",  "a-b.co.uk", "localhost",
                                    "10.0.0.1",    "b\xc3\xbc.de", "x_y.xn--a", "a..b",
                                    ".a.com",      "1.2c",         "a.b1",      "10.0.0.10"};

void oracle_draw_email(struct random *random, struct buffer *out)
{
    static const char *const parts[] = {"ann", "@", ".", " ", "<", ">", "\"", "\t", "1", ":", "-"};
    draw_parts(random, parts, 11, 4, out);
    buffer_add(out, random_chance(random, 90) ? "@" : "");
    buffer_add(out, PICK(random, hosts));
    if (random_chance(random, 30))
        draw_parts(random, parts, 11, 2, out);
}

void oracle_draw_url(struct random *random, struct buffer *out)
{
    static const char *const schemes[] = {"https", "HTTP", "ftp",  "wss", "ws",  "http",
                                          "https", "http", "file", "tel", "xftp"};
    static const char *const ports[] = {"", "", "", ":80", ":", ":65535", ":123456", ":8x"};
    static const char *const literals[] = {"[::1]", "[1.2.3.4]", "[fe80::1%25a]", "[:", "[]"};
    static const char *const parts[] = {"/", "?", "#", "@",  "ann", "\\",  "^",
                                        "[", "]", ":", "//", " ",   "%20", "."};
    buffer_addf(out, "%s%s", PICK(random, schemes), random_chance(random, 90) ? "://" : ":/");
    if (random_chance(random, 40)) {
        draw_parts(random, parts, 14, 3, out);
        buffer_add(out, "@");
    }
    buffer_add(out, random_chance(random, 80) ? PICK(random, hosts) : PICK(random, literals));
    buffer_add(out, PICK(random, ports));
    draw_parts(random, parts, 14, 4, out);
}

void oracle_draw_agent(struct random *random, struct buffer *out)
{
    static const char *const names[] = {"Mozilla", "Chrome", "Safari", "Version", "Edg",    "EdgA",
                                        "Firefox", "MSIE",   "curl",   "A_b",     "Trident"};
    static const char *const versions[] = {"1", "12.0", "120.5.7", "1234567", "9)", "", "x"};
    static const char *const parts[] = {" ", " ", " ", "/", "(", "-", "1", "x", "\xc3\xa9", "."};
    for (int n = random_between(random, 0, 5); n > 0; n--) {
        if (random_chance(random, 60))
            buffer_addf(out, "%s%s%s", PICK(random, names), random_chance(random, 85) ? "/" : " ",
                        PICK(random, versions));
        draw_parts(random, parts, 10, 2, out);
    }
}

static bool is_host_letter(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80 || (c != '\0' && strchr(".-_", c));
}

static size_t host_length(const char *text)
{
    size_t length = 0;
    while (is_host_letter(text[length]))
        length++;
    return length;
}

static void add_lower(const char *text, size_t length, struct buffer *out)
{
    for (size_t i = 0; i < length; i++)
        buffer_addf(out, "%c", (unsigned char)text[i] < 0x80 ? tolower(text[i]) : text[i]);
}

/* The length of the domain at the start of `text`, or 0. */
static size_t domain_length(const char *text)
{
    size_t length = host_length(text), label = length;
    while (label > 0 && text[label - 1] != '.')
        label--;
    bool named = label > 1 && text[0] != '.' && length - label >= 2 &&
                 strchr("-_0123456789", text[label]) == NULL;
    return named ? length : 0;
}

void oracle_email(const char *text, const struct policy_mask *mask, struct buffer *out)
{
    (void)mask;
    const char *at = strrchr(text, '@');
    if (*text == '\0')
        return;
    bool has_local = at != NULL && at > text && at[-1] != '@' && !isspace((unsigned char)at[-1]);
    size_t length = has_local ? domain_length(at + 1) : 0;
    const char *rest = length == 0 ? "" : at + 1 + length;
    rest += *rest == '>';
    rest += strspn(rest, " \t");
    if (length == 0 || *rest != '\0') {
        buffer_add(out, "erased@erased.invalid");
        return;
    }
    buffer_add(out, "erased@");
    add_lower(at + 1, length, out);
}

/* The length of a host, a bracketed address or a name, at the start of `text`; 0 for none. */
static size_t url_host_length(const char *text)
{
    if (*text != '[')
        return *text == '.' ? 0 : host_length(text);
    size_t inside = strspn(text + 1, "0123456789abcdefABCDEF:.");
    return inside >= 2 && text[1 + inside] == ']' ? inside + 2 : 0;
}

void oracle_url(const char *text, const struct policy_mask *mask, struct buffer *out)
{
    (void)mask;
    static const char *const schemes[] = {"http", "https", "ftp", "ws", "wss"};
    static const char ends[] = "/?#[\\]^";
    size_t scheme = strcspn(text, ":");
    bool known = false;
    for (size_t i = 0; i < 5; i++)
        known = known || (strlen(schemes[i]) == scheme && !strncasecmp(text, schemes[i], scheme));
    if (!known || strncmp(text + scheme, "://", 3) != 0)
        return;
    const char *host = text + scheme + 3;
    for (size_t i = strcspn(host, ends); i > 0; i--)
        if (host[i - 1] == '@') {
            host += i;
            break;
        }
    size_t length = url_host_length(host);
    size_t digits = host[length] == ':' ? strspn(host + length + 1, "0123456789") : 0;
    size_t port = digits == 0 ? 0 : digits + 1;
    const char *rest = host + length + port;
    rest += *rest == ':';
    if (length == 0 || digits > 5 || strchr(ends, *rest) == NULL)
        return;
    add_lower(text, scheme + 3, out);
    add_lower(host, length + port, out);
    buffer_add(out, "/");
}

/* "name/123" with these separators and one to three digits at `at`: its length, or 0. */
static size_t product_length(const char *at, size_t name, const char *separators)
{
    if (at[name] == '\0' || strchr(separators, at[name]) == NULL)
        return 0;
    size_t digits = strspn(at + name + 1, "0123456789");
    return digits >= 1 && digits <= 3 ? name + 1 + digits : 0;
}

/* The first product of these names that does not follow a letter. */
static const char *find_product(const char *text, const char *const *names, const char *separators,
                                size_t *ret_length)
{
    for (const char *at = text; *at != '\0'; at++)
        for (size_t i = 0; names[i] != NULL; i++)
            if ((at == text || !isalpha((unsigned char)at[-1])) &&
                strncmp(at, names[i], strlen(names[i])) == 0) {
                *ret_length = product_length(at, strlen(names[i]), separators);
                if (*ret_length > 0)
                    return at;
            }
    return NULL;
}

void oracle_agent(const char *text, const struct policy_mask *mask, struct buffer *out)
{
    (void)mask;
    static const char *const own[] = {"Edg", "EdgA", "Firefox", "MSIE", NULL};
    static const char *const shared[] = {"Chrome", "Trident", NULL};
    static const char *const version[] = {"Version", NULL};
    size_t length, name = 0;
    const char *found = find_product(text, own, "/ ", &length);
    if (found == NULL)
        found = find_product(text, shared, "/", &length);
    if (found != NULL) {
        buffer_addf(out, "%.*s", (int)length, found);
        return;
    }
    found = find_product(text, version, "/", &length);
    if (found != NULL && strstr(found + length, " Safari/") != NULL) {
        buffer_addf(out, "Safari%.*s", (int)(length - 7), found + 7);
        return;
    }
    while (isalpha((unsigned char)text[name]) ||
           (name > 0 && text[name] != '\0' && strchr("-_.+", text[name]) != NULL))
        name++;
    if (name >= 1 && name <= 30)
        buffer_addf(out, "%.*s", (int)product_length(text, name, "/"), text);
}
