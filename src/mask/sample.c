/*
 * sample.c - values to try a mask on where there are none to be had
 *
 * A CHECK constraint may refuse what a mask makes of a value. Which values a column holds is not
 * looked at; instead there is something here for every kind of column that people mask: addresses,
 * numbers, agents. The addresses are those that RFC 2606, RFC 3849 and RFC 5737 set aside, the
 * telephone numbers those that Ofcom, ARCEP and the NANPA keep for fiction.
 */
#include "mask/mask.h"

#include <string.h>

#define AGENT "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"

static const char *const texts[] = {
    "someone@example.com",
    "Someone Else",
    "word",
    "192.0.2.77",
    "2001:db8:1:2::3",
    "https://www.example.com/path?q=1#f",
    AGENT,
    "+442079460123",
    "+33 1 99 00 12 34",
    "0199001234",
    "(555) 555-0123",
    "5555550123",
    "12345",
    "a-b_c",
    "AB",
    "08:00:2b:01:02:03",
    "2024-05-17",
    "4f8a1c9e-0b1d-4c7e-9a55-1f2e3d4c5b6a",
    NULL,
};
static const char *const networks[] = {"192.0.2.77", "2001:db8:1:2::3", "10.0.0.0/8", NULL};
static const char *const uuids[] = {"4f8a1c9e-0b1d-4c7e-9a55-1f2e3d4c5b6a", NULL};
static const char *const numbers[] = {"0", "1", "17", "12345", "-3", NULL};
static const char *const times[] = {"2024-05-17 10:23:45.678", "1987-11-30 00:00:00", NULL};
static const char *const bytes[] = {"\\x", "\\x00ff", NULL};
static const char *const jsons[] = {"{}", "{\"a\": 1}", "[]", "[{\"a\": 1}]", NULL};
static const char *const arrays[] = {"{}", "{1,12345}", "{word,someone@example.com}",
                                     "{192.0.2.77}", NULL};
static const char *const macs[] = {"08:00:2b:01:02:03", NULL};
static const char *const bools[] = {"true", "false", NULL};
static const char *const nothing[] = {NULL};

const char *const *mask_samples(const struct catalog_column *column)
{
    static const struct {
        const char *type;
        const char *const *samples;
    } types[] = {
        {"text", texts},      {"varchar", texts}, {"bpchar", texts},    {"citext", texts},
        {"inet", networks},   {"cidr", networks}, {"uuid", uuids},      {"int2", numbers},
        {"int4", numbers},    {"int8", numbers},  {"float4", numbers},  {"float8", numbers},
        {"numeric", numbers}, {"date", times},    {"timestamp", times}, {"timestamptz", times},
        {"bytea", bytes},     {"json", jsons},    {"jsonb", jsons},     {"macaddr", macs},
        {"macaddr8", macs},   {"bool", bools},    {"time", times},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(column->base_type, types[i].type) == 0)
            return types[i].samples;
    return column->base_type[0] == '_' ? arrays : nothing;
}

bool mask_ignores_value(const struct policy_mask *mask)
{
    return mask->kind == MASK_NULL || mask->kind == MASK_DEFAULT || mask->kind == MASK_FIXED ||
           mask->kind == MASK_EMPTY || mask->kind == MASK_UNIQUE;
}
