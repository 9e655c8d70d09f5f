/* audit_file.c - adds up the records of a JSON Lines file. */
#include "support/audit_file.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

void audit_file_remove(const char *path)
{
    char heads[4096];
    snprintf(heads, sizeof heads, "%.*s.checkpoint", (int)(strlen(path) - strlen(".jsonl")), path);
    unlink(path);
    unlink(heads);
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

/* The records of a log as an array; torn and foreign lines are left out. */
static json_t *audit_load(const char *path)
{
    json_t *records = json_array();
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t size = 0;
    while (file != NULL && getline(&line, &size, file) > 0) {
        json_t *record = json_loads(line, 0, NULL);
        if (record != NULL) {
            json_array_append_new(records, record);
        }
    }
    free(line);
    if (file != NULL) {
        fclose(file);
    }
    return records;
}

static bool audit_says(const json_t *record, const char *field, const char *text)
{
    const char *value = json_string_value(json_object_get(record, field));
    return value != NULL && strcmp(value, text) == 0;
}

static bool audit_has_committed(const json_t *records, json_int_t intent)
{
    size_t i;
    json_t *record;
    json_array_foreach(records, i, record)
    {
        const json_t *named = json_object_get(record, "intent");
        if (named != NULL && json_integer_value(named) == intent &&
            (audit_says(record, "kind", "commit") || audit_says(record, "outcome", "committed"))) {
            return true;
        }
    }
    return false;
}

long long audit_rows_read(const char *path, const char *run, const char *rule,
                          const char *cascade_table)
{
    json_t *records = audit_load(path);
    size_t i;
    json_t *record;
    long long rows = 0;
    json_array_foreach(records, i, record)
    {
        bool counts = cascade_table == NULL ? audit_says(record, "kind", "intent")
                                            : audit_says(record, "kind", "cascade") &&
                                                  audit_says(record, "table", cascade_table);
        const json_t *intent = json_object_get(record, cascade_table == NULL ? "seq" : "intent");
        if (counts && audit_says(record, "rule", rule) &&
            (run == NULL || audit_says(record, "run", run)) &&
            audit_has_committed(records, json_integer_value(intent))) {
            rows += json_integer_value(json_object_get(record, "rows"));
        }
    }
    json_decref(records);
    return rows;
}

char *audit_text_read(const char *path, const char *kind, const char *field)
{
    json_t *records = audit_load(path);
    size_t i;
    json_t *record;
    char *text = NULL;
    json_array_foreach(records, i, record)
    {
        const char *value = json_string_value(json_object_get(record, field));
        if (text == NULL && audit_says(record, "kind", kind) && value != NULL) {
            text = strdup(value);
        }
    }
    json_decref(records);
    return text;
}
