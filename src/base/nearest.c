/* nearest.c - optimal string alignment distance over three rows. */
#include "base/nearest.h"

#include <ctype.h>
#include <string.h>

enum { LONGEST = 63 };

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static int lower(char c)
{
    return tolower((unsigned char)c);
}

static size_t distance(const char *a, const char *b, size_t b_length)
{
    size_t rows[3][LONGEST + 2];
    for (size_t j = 0; j <= b_length; j++)
        rows[0][j] = j;
    size_t i = 0;
    for (; a[i] != '\0'; i++) {
        size_t *now = rows[(i + 1) % 3], *above = rows[i % 3], *before = rows[(i + 2) % 3];
        now[0] = i + 1;
        for (size_t j = 0; j < b_length; j++) {
            size_t replace = above[j] + (lower(a[i]) != lower(b[j]));
            now[j + 1] = smaller(replace, smaller(above[j + 1], now[j]) + 1);
            if (i > 0 && j > 0 && lower(a[i]) == lower(b[j - 1]) && lower(a[i - 1]) == lower(b[j]))
                now[j + 1] = smaller(now[j + 1], before[j - 1] + 1);
        }
    }
    return rows[i % 3][b_length];
}

const char *nearest(const char *text, const char *const *candidates, size_t count)
{
    const char *best = NULL;
    size_t best_distance = 0;
    if (strlen(text) > LONGEST)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        size_t length = candidates[i] == NULL ? 0 : strlen(candidates[i]);
        if (length == 0 || length > LONGEST)
            continue;
        size_t d = distance(text, candidates[i], length);
        if (d < length && d <= (length + 2) / 3 && (best == NULL || d < best_distance)) {
            best = candidates[i];
            best_distance = d;
        }
    }
    return best;
}
