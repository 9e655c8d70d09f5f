/*
 * policy.h - YAML bytes into a validated, immutable policy, or into diagnostics
 *
 * The only room that knows libyaml. Reads no environment and no database. All problems of a file
 * are found in one pass and reported together.
 */
#ifndef POLICY_POLICY_H
#define POLICY_POLICY_H

#include "base/buffer.h"
#include "pgretain/changes.h"
#include "pgretain/error.h"
#include "pgretain/policy.h"

struct policy_options {
    const char *file;         /* name for messages */
    const char *today;        /* YYYY-MM-DD, UTC: lapsed reviews and past holds are judged by it */
    const struct window *cap; /* --cap: may only tighten the policy's; NULL when not given */
};

enum { POLICY_MAX_BYTES = 1024 * 1024 };

/*
 * Reads a policy from bytes. Returns 0 and a policy when there was no error (there may be
 * warnings), else -1; `diagnostics`, which starts zeroed, tells everything found. policy_free()
 * accepts NULL.
 */
int policy_parse(const char *bytes, size_t length, const struct policy_options *options,
                 struct policy **ret_policy, struct diagnostics *diagnostics);

/*
 * Opens and reads the file, then policy_parse(). What concerns the file itself (missing, a
 * directory, unreadable, too large) is a diagnostic without a line. The bytes read are left in
 * `diagnostics`, so that its lines can be quoted when there is no policy.
 */
int policy_load(const struct policy_options *options, struct policy **ret_policy,
                struct diagnostics *diagnostics);
void policy_free(struct policy *policy);
void diagnostics_free(struct diagnostics *diagnostics);

/*
 * Appends, for each, "FILE:LINE:COLUMN: error: MESSAGE" with the offending line, a caret and the
 * hint. `bytes` are the file's, NULL to quote no line; in what is quoted SQL literals and whatever
 * stands behind a password-like key are shown as `?`.
 */
void diagnostics_format(const struct diagnostics *diagnostics, const char *file, const char *bytes,
                        size_t length, struct buffer *out);

/* "24 months", "90 days", "P24M", "P1Y6M": N day|week|month|year(s) or ISO 8601, at least one day,
 * at most 1000 years. `ret_window->text` is allocated in `arena` in the long form. */
int window_parse(const char *text, struct arena *arena, struct window *ret_window,
                 struct error *err);

/* Whether `window` reaches further back than `cap` from at least one calendar date (all 146,097
 * dates of the Gregorian calendar's 400-year cycle count). */
bool window_exceeds(const struct window *window, const struct window *cap);

/*
 * What `new_policy` does otherwise than `old_policy`. Layout, comments and other ways to write the
 * same value are no change; neither is the order of rules. A rule is the same one if its id is, or
 * else its table and
 * action. Both policies must outlive the list; changes_free() frees
 * the rest.
 */
void policy_compare(const struct policy *old_policy, const struct policy *new_policy,
                    struct changes *ret_changes);
void changes_free(struct changes *changes);

/* Splits schema.name as DESIGN's names are written. */
int table_name_parse(const char *text, struct arena *arena, struct table_name *ret_name,
                     struct error *err);

#endif
