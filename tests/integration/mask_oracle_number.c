/* mask_oracle_number.c - buckets, by whole numbers: k * width for the right k. */
#include "mask_oracle.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A decimal as units of 10^-places. */
struct decimal {
    long long units;
    int places;
};

static struct decimal parse(const char *text)
{
    struct decimal decimal = {0, 0};
    bool behind_dot = false;
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '.')
            behind_dot = true;
        if (*c < '0' || *c > '9')
            continue;
        decimal.units = decimal.units * 10 + (*c - '0');
        decimal.places += behind_dot;
    }
    if (text[0] == '-')
        decimal.units = -decimal.units;
    return decimal;
}

/* As the server prints it: no zeros at the end of the decimals. */
static void print(struct decimal decimal, char *ret_text, size_t size)
{
    long long power = 1;
    for (int i = 0; i < decimal.places; i++)
        power *= 10;
    long long units = llabs(decimal.units);
    int length = snprintf(ret_text, size, "%s%lld.%0*lld", decimal.units < 0 ? "-" : "",
                          units / power, decimal.places == 0 ? 1 : decimal.places, units % power);
    while (ret_text[length - 1] == '0')
        ret_text[--length] = '\0';
    if (ret_text[length - 1] == '.')
        ret_text[length - 1] = '\0';
}

static void draw_decimal(struct random *random, int whole, int most_places, struct buffer *out)
{
    int places = random_between(random, 0, most_places);
    buffer_addf(out, "%s%d", random_chance(random, 40) ? "-" : "", random_below(random, whole));
    for (int i = 0; i < places; i++)
        buffer_addf(out, "%s%d", i == 0 ? "." : "", random_below(random, 10));
}

void oracle_draw_double(struct random *random, struct buffer *out)
{
    draw_decimal(random, random_chance(random, 50) ? 40 : 2000000000, 4, out);
}

void oracle_draw_real(struct random *random, struct buffer *out)
{
    draw_decimal(random, random_chance(random, 50) ? 40 : 8000, 3, out);
}

void oracle_draw_numeric(struct random *random, struct buffer *out)
{
    draw_decimal(random, random_chance(random, 50) ? 40 : 2000000000, 6, out);
}

static double as_double(const char *text)
{
    return strtod(text, NULL);
}

static double as_real(const char *text)
{
    return (double)strtof(text, NULL);
}

/* The multiple that is the value, or else the greatest one below it. */
static void floating(const char *text, const struct policy_mask *mask, double read(const char *),
                     struct buffer *out)
{
    struct decimal width = parse(mask->text);
    double value = read(text);
    long long near = (long long)(value / strtod(mask->text, NULL)) + 2;
    for (long long k = near; k >= near - 4; k--) {
        char multiple[64];
        print((struct decimal){k * width.units, width.places}, multiple, sizeof multiple);
        if (read(multiple) <= value) {
            buffer_add(out, multiple);
            return;
        }
    }
}

void oracle_double(const char *text, const struct policy_mask *mask, struct buffer *out)
{
    floating(text, mask, as_double, out);
}

void oracle_real(const char *text, const struct policy_mask *mask, struct buffer *out)
{
    floating(text, mask, as_real, out);
}

void oracle_numeric(const char *text, const struct policy_mask *mask, struct buffer *out)
{
    struct decimal value = parse(text), width = parse(mask->text);
    char multiple[64];
    for (; value.places < width.places; value.places++)
        value.units *= 10;
    for (; width.places < value.places; width.places++)
        width.units *= 10;
    long long rest = value.units % width.units;
    value.units -= rest < 0 ? rest + width.units : rest;
    print(value, multiple, sizeof multiple);
    buffer_add(out, multiple);
}
