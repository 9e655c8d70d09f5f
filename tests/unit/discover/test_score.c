/*
 * test_score.c - how much of what people labelled the judge finds, from names and types alone
 *
 * labels/NAME.tsv holds facts of public schemas: table, column, type, and the category that
 * somebody gave it before the judge saw it; its second line says whether the rules were tuned on
 * it, or it was held out. The floors lie a little below what was measured. DISCOVER_SHOW=NAME
 * prints what the judge missed (-), took for another category (~) or raised in vain (+).
 */
#include "discover/discover.h"
#include "discover/lexicon.h"

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
    {"alfio", 0.97, 0.61},
    {"bikeindex", 0.92, 0.66},
    {"casa", 0.91, 0.82},
    {"danbooru", 0.91, 0.68},
    {"daria", 0.77, 0.68},
    {"dawarich", 0.79, 0.75},
    {"dcsops", 0.92, 0.56},
    {"demarches", 0.87, 0.68},
    {"essentials", 0.94, 0.65},
    {"evergreen", 0.90, 0.62},
    {"exercism", 0.83, 0.50},
    {"feedbin", 0.88, 0.56},
    {"fixmystreet", 0.94, 0.57},
    {"ghostfolio", 0.75, 0.26},
    {"hcb", 0.91, 0.81},
    {"invented", 0.96, 0.93},
    {"kea", 0.74, 0.43},
    {"lago", 0.93, 0.49},
    {"ledgersmb", 0.88, 0.37},
    {"lemmy", 0.90, 0.62},
    {"libretime", 0.98, 0.50},
    {"listmonk", 0.98, 0.64},
    {"made_chat_1", 0.97, 0.88},
    {"made_chat_2", 0.89, 0.89},
    {"made_chat_3", 0.87, 0.76},
    {"made_crm_1", 0.95, 0.90},
    {"made_crm_2", 0.92, 0.90},
    {"made_crm_3", 0.93, 0.94},
    {"made_crm_4", 0.96, 0.89},
    {"made_idm_1", 0.92, 0.84},
    {"made_idm_2", 0.83, 0.82},
    {"made_pbx_1", 0.96, 0.91},
    {"made_pbx_2", 0.69, 0.83},
    {"made_pbx_3", 0.84, 0.81},
    {"made_pbx_4", 0.81, 0.92},
    {"made_rad_1", 0.97, 0.88},
    {"made_rad_2", 0.87, 0.87},
    {"made_rad_3", 0.96, 0.90},
    {"made_rad_4", 0.93, 0.92},
    {"made_sch_1", 0.94, 0.89},
    {"made_sch_2", 0.55, 0.76},
    {"made_sch_3", 0.96, 0.86},
    {"made_sip_4", 0.94, 0.86},
    {"mastodon", 0.96, 0.75},
    {"maybe", 0.85, 0.74},
    {"notify", 0.83, 0.50},
    {"ofn", 0.98, 0.75},
    {"openreplay", 0.86, 0.76},
    {"orangehrm", 0.71, 0.63},
    {"osm", 0.94, 0.78},
    {"petitions", 0.83, 0.61},
    {"phpbb", 0.92, 0.74},
    {"pupilfirst", 0.94, 0.69},
    {"ridepilot", 0.84, 0.64},
    {"roundcube", 0.95, 0.75},
    {"rubygems", 0.98, 0.53},
    {"simple", 0.84, 0.71},
    {"splittime", 0.89, 0.71},
    {"standard_calendar", 0.97, 0.89},
    {"standard_charging", 0.97, 0.97},
    {"standard_messaging", 0.96, 0.92},
    {"standard_oauth", 0.95, 0.97},
    {"standard_people", 0.97, 0.96},
    {"standard_radius", 0.98, 0.95},
    {"standard_sip", 0.97, 0.96},
    {"standard_web", 0.96, 0.96},
    {"thingsboard", 0.74, 0.49},
    {"timeoverflow", 0.98, 0.74},
    {"traccar", 0.66, 0.75},
    {"umami", 0.84, 0.74},
    {"vita_min", 0.90, 0.77},
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

/* The columns of one schema as its file names them, table after table. */
struct labels {
    struct arena arena;
    struct discovered_column *columns;
    size_t count;
    int *expected; /* a category, or -1 */
    size_t expected_count;
};

static void add_label(const char *line, struct labels *labels)
{
    char table[100], column[100], type[100], label[100];
    if (sscanf(line, "%99[^\t]\t%99[^\t]\t%99[^\t]\t%99[^\n]", table, column, type, label) != 4)
        fail_msg("not a label: %s", line);
    char *dot = strrchr(table, '.');
    if (dot != NULL)
        *dot = '\0';
    *ARENA_PUSH(&labels->arena, labels->columns, labels->count) = (struct discovered_column){
        .schema = arena_strdup(&labels->arena, dot == NULL ? "public" : table),
        .table = arena_strdup(&labels->arena, dot == NULL ? table : dot + 1),
        .column = arena_strdup(&labels->arena, column),
        .base_type = arena_strdup(&labels->arena, type)};
    int expected = category_of(label);
    if (expected < 0 && strcmp(label, "-") != 0)
        fail_msg("no category: %s", line);
    *ARENA_PUSH(&labels->arena, labels->expected, labels->expected_count) = expected;
}

static bool in_one_table(const struct discovered_column *a, const struct discovered_column *b)
{
    return strcmp(a->table, b->table) == 0 && strcmp(a->schema, b->schema) == 0;
}

static void judge(const struct labels *labels)
{
    struct arena arena = {0};
    const struct lexicon *lexicon = lexicon_build(&arena);
    for (size_t first = 0, end; first < labels->count; first = end) {
        for (end = first + 1; end < labels->count; end++)
            if (!in_one_table(&labels->columns[first], &labels->columns[end]))
                break;
        discover_judge(lexicon, &labels->columns[first], end - first);
    }
    arena_free(&arena);
}

static void count(const struct discovered_column *judged, int expected, bool shown,
                  struct score *score)
{
    bool raised = judged->category != NULL;
    bool same = raised && expected >= 0 && strcmp(judged->category, categories[expected]) == 0;
    score->raised += raised;
    if (expected >= 0) {
        score->labelled++;
        score->labelled_as[expected]++;
        score->found += raised;
        score->found_as[expected] += same;
    }
    if (shown && (raised != (expected >= 0) || (raised && !same)))
        printf("  %c %s.%s %s: %s, not %s\n",
               expected < 0 ? '+'
               : raised     ? '~'
                            : '-',
               judged->table, judged->column, judged->base_type, raised ? judged->kind : "-",
               expected < 0 ? "-" : categories[expected]);
}

static double part(int of, int whole)
{
    return whole == 0 ? 1 : (double)of / whole;
}

static struct score read_schema(const char *name)
{
    struct score score = {0};
    struct labels labels = {0};
    char path[500], line[500];
    const char *shown = getenv("DISCOVER_SHOW");
    snprintf(path, sizeof path, "%s%s.tsv", LABELS, name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL)
        if (line[0] != '#')
            add_label(line, &labels);
    fclose(file);
    judge(&labels);
    for (size_t i = 0; i < labels.count; i++)
        count(&labels.columns[i], labels.expected[i], shown != NULL && strcmp(shown, name) == 0,
              &score);
    arena_free(&labels.arena);
    assert_true(score.labelled > 0);
    return score;
}

static void test_score(void **state)
{
    (void)state;
    printf("%-20s %8s %6s %9s   found in the same category\n", "schema", "labelled", "recall",
           "precision");
    for (size_t i = 0; i < sizeof schemas / sizeof *schemas; i++) {
        struct score score = read_schema(schemas[i].name);
        double recall = part(score.found, score.labelled);
        double precision = part(score.found, score.raised);
        printf("%-20s %8d %6.2f %9.2f  ", schemas[i].name, score.labelled, recall, precision);
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
