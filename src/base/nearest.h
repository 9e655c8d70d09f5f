/*
 * nearest.h - "did you mean" for keys, options and names
 */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include <stddef.h>

/*
 * The candidate with the smallest optimal string alignment distance to `text` (insert, delete,
 * replace, swap of neighbours; ASCII case ignored), or NULL when none is within a third of its
 * length, rounded up, and shares something with it. Texts of over 63 bytes have no neighbour.
 * `candidates` may hold NULLs, which are skipped.
 */
const char *nearest(const char *text, const char *const *candidates, size_t count);

#endif
