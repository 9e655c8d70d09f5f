/*
 * mask_oracle.h - what masks should do, worked out another way, and random values to try
 *
 * Shares no code with the mask room: addresses go through inet_pton(), JSON through jansson and a
 * walk that collects members before it removes any, texts letter by letter, numbers as integers.
 */
#ifndef MASK_ORACLE_H
#define MASK_ORACLE_H

#include "base/buffer.h"
#include "pgretain/policy.h"
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

/* Whether `after` is `before` without the members that the paths select. */
bool oracle_json_dropped(const char *before, const char *after, const char *const *paths,
                         size_t path_count);

/* Random values that are what a mask is for, or nearly. */
typedef void draw_value(struct random *random, struct buffer *out);
draw_value oracle_draw_address, oracle_draw_phone, oracle_draw_email, oracle_draw_url,
    oracle_draw_agent, oracle_draw_double, oracle_draw_real, oracle_draw_numeric;

/* What becomes of a value; both as text. */
typedef void oracle(const char *text, const struct policy_mask *mask, struct buffer *out);
oracle oracle_network, oracle_phone, oracle_email, oracle_url, oracle_agent;
oracle oracle_double, oracle_real, oracle_numeric;

#endif
