/*
 * audit_file.h - what an audit log says in sum, read without any of the tool's code
 */
#ifndef SUPPORT_AUDIT_FILE_H
#define SUPPORT_AUDIT_FILE_H

#include <stdbool.h>

struct audit_sums {
    long long records;
    long long intents;
    long long settled;        /* commit and abort records, and recovered ones that name an intent */
    long long committed_rows; /* of commit records */
    long long cascaded_rows;  /* of cascade records */
    long long recovered;      /* recovered records */
    long long recovered_rows; /* of those with outcome committed */
    long long unknown;        /* recovered records with outcome unknown */
    long long run_intents;    /* since the newest run_begin */
    bool ends_with_intent;    /* the last record is an intent */
    long long run_steps_ended; /* likewise: step_end records */
};

/* Removes a log with its heads; a log without its heads' records would be taken for cut. */
void audit_file_remove(const char *path);

/* Torn and foreign lines are skipped; a missing file is all zeros. */
struct audit_sums audit_sums_read(const char *path);

/* Rows of one rule's committed batches, recovered ones included: those of its own table, or those
 * that `cascade_table` lost. `run` limits it to the batches of one run; NULL is all. */
long long audit_rows_read(const char *path, const char *run, const char *rule,
                          const char *cascade_table);

/* The text of a field of the first record of this kind; NULL where there is none. The caller
 * frees. */
char *audit_text_read(const char *path, const char *kind, const char *field);

#endif
