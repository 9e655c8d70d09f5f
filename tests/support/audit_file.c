/* audit_file.c - adds up the records of a JSON Lines file. */
#include "support/audit_file.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void audit_sums_add(struct audit_sums *sums, const json_t *record)
{
    const char *kind = json_string_value(json_object_get(record, "kind"));
    long long rows = json_integer_value(json_object_get(record, "rows"));
    if (kind == NULL) {
        return;
    }
    sums->records++;
    sums->ends_with_intent = strcmp(kind, "intent") == 0;
    if (strcmp(kind, "run_begin") == 0) {
        sums->run_intents = 0;
        sums->run_steps_ended = 0;
    } else if (strcmp(kind, "intent") == 0) {
        sums->intents++;
        sums->run_intents++;
    } else if (strcmp(kind, "commit") == 0) {
        sums->committed_rows += rows;
        sums->settled++;
    } else if (strcmp(kind, "abort") == 0) {
        sums->settled++;
    } else if (strcmp(kind, "cascade") == 0) {
        sums->cascaded_rows += rows;
    } else if (strcmp(kind, "step_end") == 0) {
        sums->run_steps_ended++;
    } else if (strcmp(kind, "recovered") == 0) {
        const char *outcome = json_string_value(json_object_get(record, "outcome"));
        sums->recovered++;
        sums->settled += json_object_get(record, "intent") != NULL;
        sums->recovered_rows += outcome != NULL && strcmp(outcome, "committed") == 0 ? rows : 0;
        sums->unknown += outcome != NULL && strcmp(outcome, "unknown") == 0;
    }
}

struct audit_sums audit_sums_read(const char *path)
{
    struct audit_sums sums = {0};
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t size = 0;
    while (file != NULL && getline(&line, &size, file) > 0) {
        json_t *record = json_loads(line, 0, NULL);
        audit_sums_add(&sums, record);
        json_decref(record);
    }
    free(line);
    if (file != NULL) {
        fclose(file);
    }
    return sums;
}
