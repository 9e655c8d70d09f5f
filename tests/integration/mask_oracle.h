/*
 * mask_oracle.h - what masks should do, worked out another way, and random values to try
 *
 * Shares no code with the mask room: addresses go through inet_pton(), JSON through jansson and a
 * walk that collects members before it removes any.
 */
#ifndef MASK_ORACLE_H
#define MASK_ORACLE_H

#include "base/buffer.h"
#include "support/random.h"

#include <stdbool.h>
#include <stddef.h>

/* HMAC-SHA-256 under "0123456789abcdef" twice, by Python's hmac. */
#define HASH_OF_PHONE "h1:cc11e417:08a3ca6b31cfb0ff0370784f7851bd0cd87000c5f0b92c408fc7657bf8b00cc7"
#define HASH_OF_NOTHING                                                                            \
    "h1:cc11e417:796cd3078af14636753d26b3b5555422ff55a3e261cf847b48e95371b9bd0aa2"
#define HASH_OF_CAFE "h1:cc11e417:59859f25aa16ff825646e9ee09cadbc537d421c65ff390581bb6e7c4a58c1acf"

void oracle_draw_json(struct random *random, int depth, struct buffer *out);
void oracle_draw_path(struct random *random, char *ret_path, size_t size);
void oracle_draw_address(struct random *random, struct buffer *out);

/* Whether `after` is `before` without the members that the paths select. */
bool oracle_json_dropped(const char *before, const char *after, const char *const *paths,
                         size_t path_count);

/* ip_network and phone_prefix of a text. */
void oracle_network(const char *text, int number, struct buffer *out);
void oracle_phone(const char *text, int number, struct buffer *out);

#endif
