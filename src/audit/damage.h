/*
 * damage.h - what is wrong with one line of a log
 */
#ifndef AUDIT_DAMAGE_H
#define AUDIT_DAMAGE_H

#include "base/sha256.h"

#include <stdint.h>

/* The class decides which neighbours are looked at to tell a person what happened. */
enum damage_class {
    DAMAGE_TORN,    /* no complete JSON: legal for a line whose writing was cut short */
    DAMAGE_CONTENT, /* a record that is malformed or contradicts earlier ones */
    DAMAGE_SEQ,     /* not the next sequence number */
    DAMAGE_PREV,    /* the line before is not the one that was hashed */
};

struct damage {
    enum damage_class class;
    int64_t line;            /* in its file, from 1 */
    int64_t expected;        /* the sequence number that belongs there */
    int64_t seq;             /* DAMAGE_SEQ: the number found */
    char hash[SHA256_HEX];   /* of the damaged line */
    char before[SHA256_HEX]; /* of the line before it */
    char text[256];
};

/* Sets class and text and returns -1. */
int damage_set(struct damage *damage, enum damage_class class, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
