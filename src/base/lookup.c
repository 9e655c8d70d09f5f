/* lookup.c - FNV-1a and linear probing, at most half full. */
#include "base/lookup.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { FIRST_ROOM = 16 };

struct lookup_entry {
    uint64_t hash;
    const char *first, *second;
    const void *value; /* NULL: nothing is filed here */
};

static uint64_t hash_part(uint64_t hash, const char *text)
{
    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return hash;
}

/* 0xff, which no text in UTF-8 holds, keeps the parts apart. */
static uint64_t hash_name(const char *first, const char *second)
{
    uint64_t hash = hash_part(UINT64_C(14695981039346656037), first);
    return second == NULL ? hash : hash_part(hash_part(hash, "\xff"), second);
}

static bool is_named(const struct lookup_entry *entry, uint64_t hash, const char *first,
                     const char *second)
{
    return entry->hash == hash && strcmp(entry->first, first) == 0 &&
           (second == NULL) == (entry->second == NULL) &&
           (second == NULL || strcmp(entry->second, second) == 0);
}

/* The name's entry, or the free one where it belongs; there is always one free. */
static struct lookup_entry *find_entry(const struct lookup *lookup, uint64_t hash,
                                       const char *first, const char *second)
{
    size_t at = (size_t)hash & (lookup->room - 1);
    while (lookup->entries[at].value != NULL &&
           !is_named(&lookup->entries[at], hash, first, second))
        at = (at + 1) & (lookup->room - 1);
    return &lookup->entries[at];
}

static void make_room(struct lookup *lookup, struct arena *arena)
{
    struct lookup larger = {.room = lookup->room == 0 ? FIRST_ROOM : lookup->room * 2,
                            .count = lookup->count};
    if (lookup->count < lookup->room / 2)
        return;
    larger.entries = arena_alloc(arena, larger.room * sizeof *larger.entries);
    for (size_t i = 0; i < lookup->room; i++) {
        const struct lookup_entry *entry = &lookup->entries[i];
        if (entry->value != NULL)
            *find_entry(&larger, entry->hash, entry->first, entry->second) = *entry;
    }
    *lookup = larger;
}

const void *lookup_add(struct lookup *lookup, struct arena *arena, const char *first,
                       const char *second, const void *value)
{
    uint64_t hash = hash_name(first, second);
    make_room(lookup, arena);
    struct lookup_entry *entry = find_entry(lookup, hash, first, second);
    if (entry->value != NULL)
        return entry->value;
    *entry = (struct lookup_entry){hash, first, second, value};
    lookup->count++;
    return NULL;
}

const void *lookup_find(const struct lookup *lookup, const char *first, const char *second)
{
    return lookup->count == 0 ? NULL
                              : find_entry(lookup, hash_name(first, second), first, second)->value;
}
