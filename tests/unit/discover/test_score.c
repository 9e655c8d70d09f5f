/*
 * test_score.c - how much of what people labelled the judge finds, from names and types alone
 *
 * labels/NAME.tsv holds facts of public schemas: table, column, type, and the category that a
 * person gave it before the judge saw it. The floors lie a little below what was measured; those of
 * the schemas held out say how the judge does where nobody tuned it. DISCOVER_SHOW=NAME prints what
 * the judge missed (-) or raised in vain (+) in one of them.
 */
#include "discover/discover.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define LABELS SOURCE_ROOT "/tests/unit/discover/labels/"

static const char *const categories[] = {"personal", "usage", "telephony",
                                         "integration_credentials"};
enum { CATEGORIES = 4 };

static const struct {
    const char *name;
    double recall, precision;
} schemas[] = {
    {"feedbin", 0.95, 0.72}, {"mastodon", 0.98, 0.80}, {"ofn", 0.95, 0.87},
    {"maybe", 0.76, 0.74},   {"osm", 0.82, 0.75},
};

struct score {
    int labelled, raised, found; /* found: labelled and raised, in whatever category */
    int labelled_as[CATEGORIES], found_as[CATEGORIES];
};

static int category_of(const char *name)
{
    for (int i = 0; i < CATEGORIES; i++)
        if (strcmp(name, categories[i]) == 0)
            return i;
    return -1;
}

static void judge(const char *line, const char *shown, struct score *score)
{
    char table[100], column[100], type[100], label[100];
    if (sscanf(line, "%99[^\t]\t%99[^\t]\t%99[^\t]\t%99[^\n]", table, column, type, label) != 4)
        fail_msg("not a label: %s", line);
    struct discovered_column judged = {.column = column};
    discover_judge(table, type, &judged);
    int expected = category_of(label);
    if (expected < 0 && strcmp(label, "-") != 0)
        fail_msg("no category: %s", line);
    bool raised = judged.category != NULL;
    score->raised += raised;
    if (expected >= 0) {
        score->labelled++;
        score->labelled_as[expected]++;
        score->found += raised;
        score->found_as[expected] += raised && strcmp(judged.category, label) == 0;
    }
    if (shown != NULL && raised != (expected >= 0))
        printf("  %c %s.%s %s %s\n", raised ? '+' : '-', table, column, type,
               raised ? judged.kind : label);
}

static double part(int of, int whole)
{
    return whole == 0 ? 1 : (double)of / whole;
}

static struct score read_schema(const char *name)
{
    struct score score = {0};
    char path[500], line[500];
    const char *shown = getenv("DISCOVER_SHOW");
    snprintf(path, sizeof path, "%s%s.tsv", LABELS, name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL)
        if (line[0] != '#')
            judge(line, shown != NULL && strcmp(shown, name) == 0 ? shown : NULL, &score);
    fclose(file);
    assert_true(score.labelled > 0);
    return score;
}

static void test_score(void **state)
{
    (void)state;
    printf("%-12s %8s %6s %9s   found in the same category\n", "schema", "labelled", "recall",
           "precision");
    for (size_t i = 0; i < sizeof schemas / sizeof *schemas; i++) {
        struct score score = read_schema(schemas[i].name);
        double recall = part(score.found, score.labelled);
        double precision = part(score.found, score.raised);
        printf("%-12s %8d %6.2f %9.2f  ", schemas[i].name, score.labelled, recall, precision);
        for (int c = 0; c < CATEGORIES; c++)
            printf(" %s %d/%d", categories[c], score.found_as[c], score.labelled_as[c]);
        printf("\n");
        assert_true(recall >= schemas[i].recall);
        assert_true(precision >= schemas[i].precision);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_score)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
