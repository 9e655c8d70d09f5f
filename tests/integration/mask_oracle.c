/* mask_oracle.c - the masks' results by other means. */
#include "mask_oracle.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <jansson.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {"a", "b", "c", "x y", "q\\\""};

enum { NAMES = sizeof names / sizeof names[0] };

/* The name as a JSON string and as a quoted step of a path. */
static void add_name(const char *name, struct buffer *out)
{
    buffer_add(out, "\"");
    for (; *name != '\0'; name++)
        buffer_addf(out, *name == '"' || *name == '\\' ? "\\%c" : "%c", *name);
    buffer_add(out, "\"");
}

void oracle_draw_json(struct random *random, int depth, struct buffer *out)
{
    static const char *const scalars[] = {"1",  "\"a\"", "null",    "true", "\"\\\"a\\\": 1\"",
                                          "[]", "{}",    "\"\\\\\""};
    int kind = depth == 0 ? 0 : random_below(random, 5);
    if (kind == 0) {
        buffer_add(out, scalars[random_below(random, (int)(sizeof scalars / sizeof scalars[0]))]);
        return;
    }
    buffer_add(out, kind <= 3 ? "{" : "[");
    bool first = true;
    for (int i = 0; i < NAMES; i++) {
        if (!random_chance(random, 60))
            continue;
        buffer_add(out, first ? "" : ",");
        first = false;
        if (kind <= 3) {
            add_name(names[i], out);
            buffer_add(out, " : ");
        }
        oracle_draw_json(random, depth - 1, out);
    }
    buffer_add(out, kind <= 3 ? "}" : "]");
}

void oracle_draw_path(struct random *random, char *ret_path, size_t size)
{
    struct buffer path = {0};
    buffer_add(&path, "$");
    int steps = random_between(random, 1, 4);
    for (int i = 0; i < steps; i++) {
        int kind = random_below(random, i + 1 == steps ? 7 : 10);
        if (kind < 6) {
            buffer_add(&path, ".");
            add_name(names[random_below(random, NAMES)], &path);
        } else {
            buffer_add(&path, kind == 6 ? ".*" : kind == 7 ? "[*]" : ".**");
        }
    }
    snprintf(ret_path, size, "%s", buffer_text(&path));
    buffer_free(&path);
}

struct members {
    struct {
        json_t *object;
        char *key;
    } list[4096];
    size_t count;
};

static void select_members(json_t *value, const char *path, struct members *members);

static void collect(json_t *object, const char *key, const char *rest, struct members *members)
{
    json_t *value = json_object_get(object, key);
    if (value == NULL)
        return;
    if (*rest != '\0') {
        select_members(value, rest, members);
    } else if (members->count < 4096) {
        members->list[members->count].object = object;
        members->list[members->count++].key = strdup(key);
    }
}

/* `name` is NULL for every member. */
static void collect_from(json_t *value, const char *name, const char *rest, struct members *members)
{
    for (int i = 0; json_is_object(value) && i < NAMES; i++)
        if (name == NULL || strcmp(name, names[i]) == 0)
            collect(value, names[i], rest, members);
}

static void select_children(json_t *value, const char *path, struct members *members)
{
    size_t index;
    const char *key;
    json_t *child;
    json_array_foreach(value, index, child) select_members(child, path, members);
    json_object_foreach(value, key, child) select_members(child, path, members);
}

/* Lax mode: a member of an array is looked for in its elements; [*] of a non-array is itself. */
static void select_members(json_t *value, const char *path, struct members *members)
{
    size_t index;
    json_t *child;
    if (strncmp(path, "[*]", 3) == 0) {
        if (json_is_array(value))
            select_children(value, path + 3, members);
        else
            select_members(value, path + 3, members);
        return;
    }
    if (strncmp(path, ".**", 3) == 0) {
        select_members(value, path + 3, members);
        select_children(value, path, members);
        return;
    }
    char name[16] = "";
    bool all = path[1] == '*';
    const char *rest = path + 2;
    for (size_t n = 0; !all && *rest != '"'; rest++) {
        rest += *rest == '\\';
        name[n++] = *rest;
    }
    rest += all ? 0 : 1;
    collect_from(value, all ? NULL : name, rest, members);
    json_array_foreach(value, index, child) collect_from(child, all ? NULL : name, rest, members);
}

bool oracle_json_dropped(const char *before, const char *after, const char *const *paths,
                         size_t path_count)
{
    json_t *expected = json_loads(before, JSON_DECODE_ANY, NULL);
    json_t *found = json_loads(after, JSON_DECODE_ANY, NULL);
    struct members *members = calloc(1, sizeof *members);
    for (size_t i = 0; i < path_count; i++)
        select_members(expected, paths[i] + 1, members);
    for (size_t i = 0; i < members->count; i++)
        json_incref(members->list[i].object);
    for (size_t i = 0; i < members->count; i++) {
        json_object_del(members->list[i].object, members->list[i].key);
        free(members->list[i].key);
    }
    for (size_t i = 0; i < members->count; i++)
        json_decref(members->list[i].object);
    free(members);
    bool equal = expected != NULL && found != NULL && json_equal(expected, found);
    json_decref(expected);
    json_decref(found);
    return equal;
}

static void draw_letters(struct random *random, const char *letters, int longest,
                         struct buffer *out)
{
    for (int n = random_between(random, 0, longest); n > 0; n--)
        buffer_addf(out, "%c", letters[random_below(random, (int)strlen(letters))]);
}

void oracle_draw_phone(struct random *random, struct buffer *out)
{
    draw_letters(random, "0123456789012+- ()./xXa", 16, out);
}

void oracle_draw_address(struct random *random, struct buffer *out)
{
    unsigned char bytes[16];
    if (random_chance(random, 40)) {
        draw_letters(random, "0123459afF:::...//% x", 24, out);
        return;
    }
    for (int i = 0; i < 16; i++)
        bytes[i] = (unsigned char)(random_chance(random, 50) ? 0 : random_below(random, 256));
    int kind = random_below(random, 4);
    if (kind == 1)
        memcpy(bytes, (const unsigned char[12]){[10] = 0xff, [11] = 0xff}, 12);
    if (kind == 2)
        memcpy(bytes, (const unsigned char[2]){0x20, 0x02}, 2);
    char text[INET6_ADDRSTRLEN];
    inet_ntop(kind == 0 ? AF_INET : AF_INET6, bytes, text, sizeof text);
    buffer_add(out, text);
    if (random_chance(random, 30))
        buffer_addf(out, "/%d", random_below(random, kind == 0 ? 33 : 129));
}

/* "/n" without leading zeros, or -1; `limit` where there is no slash. */
static int parse_mask(const char *slash, int limit)
{
    if (slash == NULL)
        return limit;
    char *end;
    long bits = strtol(slash + 1, &end, 10);
    bool plain = isdigit((unsigned char)slash[1]) && (slash[1] != '0' || slash[2] == '\0');
    return plain && *end == '\0' && bits <= limit ? (int)bits : -1;
}

static void clear_from(unsigned char *bytes, int size, int bits)
{
    for (int i = bits; i < size * 8; i++)
        bytes[i / 8] &= (unsigned char)~(0x80u >> (i % 8));
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

void oracle_network(const char *text, const struct policy_mask *mask, struct buffer *out)
{
    (void)mask;
    char address[64] = "";
    const char *slash = strchr(text, '/');
    snprintf(address, sizeof address, "%.*s",
             slash == NULL ? (int)strlen(text) : (int)(slash - text), text);
    unsigned char bytes[16];
    int family = AF_INET, size = 4, bits, limit = 24;
    const char *inner = strchr(address, ':') == NULL ? NULL : strchr(address, '.');
    if (inet_pton(AF_INET, address, bytes) != 1) {
        family = AF_INET6, size = 16, limit = 48;
        /* An embedded IPv4 part is only taken in the form ::ffff:a.b.c.d. */
        if (inet_pton(AF_INET6, address, bytes) != 1 ||
            (inner != NULL && strncasecmp(address, "::ffff:", 7) != 0))
            return;
    }
    bits = parse_mask(slash, size * 8);
    if (bits < 0)
        return;
    static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};
    if (size == 16 && bits >= 96 && memcmp(bytes, mapped, 12) == 0) {
        memmove(bytes, bytes + 12, 4);
        family = AF_INET, size = 4, limit = 24, bits -= 96;
    } else if (size == 16 && bits >= 16 && bytes[0] == 0x20 && bytes[1] == 0x02) {
        limit = 40;
    }
    bits = smaller(bits, limit);
    clear_from(bytes, size, bits);
    char result[INET6_ADDRSTRLEN];
    inet_ntop(family, bytes, result, sizeof result);
    buffer_add(out, result);
    if (slash != NULL)
        buffer_addf(out, "/%d", bits);
}

static bool is_digit(char c)
{
    return isdigit((unsigned char)c) || c == 'X';
}

void oracle_phone(const char *text, const struct policy_mask *mask, struct buffer *out)
{
    size_t length = strlen(text), kept = 0;
    for (size_t end = 1; end <= length && end <= (size_t)mask->number; end++) {
        int digits_after = 0;
        for (size_t i = end; i < length; i++)
            digits_after += is_digit(text[i]);
        if (strchr("-+() ./0123456789X", text[end - 1]) == NULL || digits_after < 4)
            break;
        kept = end;
    }
    for (size_t i = 0; i < length; i++)
        buffer_addf(out, "%c", i < kept || strchr("-+() ./", text[i]) != NULL ? text[i] : 'X');
}
