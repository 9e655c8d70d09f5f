/* audit_keep.c - looking after a log: its key, its files, its time stamps, how long it is kept. */
#include "cli/audit_verbs.h"

#include "audit/anchor.h"
#include "audit/rotate.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

int audit_verb_keygen(struct options *options, const char **arguments, enum report_format format)
{
    struct error err;
    struct audit_key *key;
    struct note_key public;
    struct buffer vkey = {0};
    (void)options, (void)format;
    if (!note_name_fits(arguments[1]))
        return complain_usage("\"%s\" cannot name a log: printable ASCII without spaces and +",
                              arguments[1]);
    if (audit_key_make(arguments[0], &err) != 0 || audit_key_read(arguments[0], &key, &err) != 0)
        return complain(&err);
    audit_key_public(key, arguments[1], &public);
    note_key_add(&public, &vkey);
    buffer_add(&vkey, "\n");
    int status = print_report(&vkey);
    buffer_free(&vkey);
    audit_key_free(key);
    return status;
}

static int read_key(struct options *options, struct audit_key **ret_key)
{
    struct error err;
    const char *path = key_file(options->audit_key, "audit-key", &options->arena);
    *ret_key = NULL;
    return path == NULL || audit_key_read(path, ret_key, &err) == 0 ? EXIT_DONE : complain(&err);
}

int audit_verb_rotate(struct options *options, const char **arguments, enum report_format format)
{
    struct error err;
    struct audit_key *key;
    struct buffer text = {0};
    const char *file;
    (void)format;
    if (options->broken && options->reason == NULL)
        return complain_usage("--broken needs a --reason, for the new log");
    int status = read_key(options, &key);
    if (status != EXIT_DONE)
        return status;
    int result = options->broken ? audit_rotate_broken(arguments[0], options->reason, key,
                                                       &options->arena, &file, &err)
                                 : audit_rotate(arguments[0], key, &options->arena, &file, &err);
    audit_key_free(key);
    if (result != 0)
        return complain(&err);
    buffer_addf(&text, "%s\n", file);
    status = print_report(&text);
    buffer_free(&text);
    return status;
}

int audit_verb_anchor(struct options *options, const char **arguments, enum report_format format)
{
    struct error err;
    struct audit_key *key;
    struct buffer text = {0};
    struct anchor anchor;
    (void)format;
    int status = read_key(options, &key);
    if (status != EXIT_DONE)
        return status;
    const struct anchor_request request = {
        .url = arguments[1], .ca_file = options->ca, .tls_ca_file = options->tls_ca, .key = key};
    int result = audit_anchor(arguments[0], &request, &options->arena, &anchor, &err);
    audit_key_free(key);
    if (result != 0)
        return complain(&err);
    buffer_addf(&text, "%s: %" PRId64 " records, stamped at %s%s\n", anchor.file, anchor.records,
                anchor.at,
                options->ca == NULL ? "; whose stamp it is was not checked, which takes --ca" : "");
    status = print_report(&text);
    buffer_free(&text);
    return status;
}

/* A window back from now, by the calendar: a day that the month does not have becomes its last. */
static void subtract_window(const struct window *window, char ret_at[32])
{
    time_t now = time(NULL);
    struct tm at;
    gmtime_r(&now, &at);
    int months = at.tm_year * 12 + at.tm_mon - window->months;
    struct tm last = {.tm_year = months / 12, .tm_mon = months % 12 + 1, .tm_mday = 0};
    timegm(&last);
    at.tm_year = months / 12;
    at.tm_mon = months % 12;
    at.tm_mday = at.tm_mday < last.tm_mday ? at.tm_mday : last.tm_mday;
    at.tm_mday -= window->days;
    timegm(&at);
    strftime(ret_at, 32, "%Y-%m-%dT%H:%M:%S.000Z", &at);
}

static int prune(struct options *options, const struct policy *policy)
{
    struct error err;
    struct audit_key *key;
    struct buffer text = {0};
    char before[32];
    size_t files;
    int64_t first;
    const char *log = options->audit;
    if (policy->audit_keep.text == NULL) {
        complain_usage("%s does not say how long its audit log is kept: audit: {keep: 36 months}",
                       policy->file);
        return EXIT_USAGE;
    }
    if (log == NULL && audit_default_path(policy->name, &options->arena, &log, &err) != 0)
        return complain(&err);
    int status = read_key(options, &key);
    if (status != EXIT_DONE)
        return status;
    subtract_window(&policy->audit_keep, before);
    int result = audit_prune(log, before, policy->audit_keep.text, key, &options->arena, &files,
                             &first, &err);
    audit_key_free(key);
    if (result != 0)
        return complain(&err);
    buffer_addf(&text, "%zu file%s pruned; the log begins with record %" PRId64 "\n", files,
                files == 1 ? "" : "s", first);
    status = print_report(&text);
    buffer_free(&text);
    return status;
}

int audit_verb_prune(struct options *options, const char **arguments, enum report_format format)
{
    struct job job = {0};
    (void)format;
    int status = job_open_policy(&job, options, arguments[0]);
    if (status == EXIT_DONE)
        status = prune(options, job.policy);
    job_free(&job);
    return status;
}
