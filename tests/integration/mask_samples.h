/*
 * mask_samples.h - types that columns have, and values of each that masks should not stumble over
 */
#ifndef MASK_SAMPLES_H
#define MASK_SAMPLES_H

#include <stdbool.h>
#include <stddef.h>

/*
 * In texts and documents "zq" stands in each part that every mask but the text's own has to take
 * away, and nowhere else: no masked value may hold it.
 */
struct sample {
    const char *type;  /* as CREATE TABLE takes it */
    const char *fixed; /* one more value, as the server prints it */
    const char *const *values;
    size_t value_count;
    const char *large; /* SQL: values of a megabyte; NULL for none */
};

extern const struct sample samples[];
extern const size_t sample_count;

/* The types above that the server does not have by itself. */
extern const char sample_types_sql[];

#endif
