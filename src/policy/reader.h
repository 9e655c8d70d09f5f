/*
 * reader.h - what the parts of the policy reader share while one file is read
 *
 * Nothing here ends the reading: a part that meets a problem reports it, leaves its field unset and
 * goes on, so that one run shows all problems of a file.
 */
#ifndef POLICY_READER_H
#define POLICY_READER_H

#include "policy/policy.h"

struct node;

struct reader {
    struct arena *arena; /* the policy's */
    const struct policy_options *options;
    const char *bytes; /* without a byte order mark */
    size_t length;
    bool has_tabs;    /* and they were reported */
    bool has_secrets; /* likewise */
    struct diagnostics *diagnostics;
    struct policy *policy;          /* being filled */
    const struct node **rule_nodes; /* the mapping of each rule, in the order of policy->rules */
    size_t rule_node_count;
};

/* At most this many problems are kept; the rest are counted. */
enum { DIAGNOSTICS_SHOWN = 100 };

/* Each adds one problem. `hint` may be NULL; both texts are copied. A warning's code is a literal;
 * where the plan has a finding of that code, both mean the same. */
void report_error(struct reader *reader, struct mark mark, const char *hint, const char *format,
                  ...) __attribute__((format(printf, 4, 5)));
void report_warning(struct reader *reader, const char *code, struct mark mark, const char *hint,
                    const char *format, ...) __attribute__((format(printf, 5, 6)));

/*
 * The hint for a word that is none of `choices`: the nearest one, if any, and all of them.
 * `what` names them in the plural, such as "Valid keys".
 */
const char *hint_choices(struct reader *reader, const char *what, const char *word,
                         const char *const *choices, size_t count);

/* Sorts by place in the file and says when not all are shown. */
void report_finish(struct reader *reader);

#endif
