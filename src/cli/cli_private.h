/* cli_private.h - options, commands, and the way from a policy file to a counted plan */
#ifndef CLI_CLI_PRIVATE_H
#define CLI_CLI_PRIVATE_H

#include "audit/audit.h"
#include "catalog/catalog.h"
#include "db/db.h"
#include "mask/mask.h"
#include "plan/plan.h"
#include "policy/policy.h"
#include "report/report.h"

#include <stdbool.h>

/* One table's count may take this long; longer is reported as not counted. */
enum { COUNT_TIMEOUT_MS = 30 * 60 * 1000 };

/* Commands, as bits, so that the option table can say where an option belongs. */
enum command_bit {
    FOR_CHECK = 1,
    FOR_PLAN = 2,
    FOR_ENFORCE = 4,
    FOR_RULES = 8,
    FOR_AUDIT = 16,
    FOR_SCHEMA = 32,
    FOR_DISCOVER = 64,
    FOR_INIT = 128,
    FOR_DIFF = 256,
    FOR_EXPLAIN = 512,
    FOR_HOLD = 1024,
    FOR_STATUS = 2048,
    FOR_ALL = 4095,
};

struct name_list {
    const char **names;
    size_t count;
};

/* The command line. Everything not given is NULL, false or -1. */
struct options {
    struct arena arena;
    char **argv; /* for the command that a hint repeats */
    int argc;
    const char **arguments; /* what is not an option, after the command */
    size_t argument_count;
    struct db_options connection;
    bool live;
    bool update_lock;
    bool sample;
    bool sql;
    bool detailed_exitcode;
    bool dry_run;
    bool yes;
    bool accept_new;
    bool trust_owners;
    bool quiet;
    bool help;
    const char *format;
    const char *fail_on;
    const char *cap;
    const char *as_of;
    const char *expect;
    int64_t jobs;     /* 0: not given */
    int64_t max_rows; /* -1: not given */
    const char *run_for, *until, *max_lag, *max_latency;
    struct name_list rates;
    bool rehearse;
    int64_t expect_rows;
    const char *audit;
    const char *grace;
    const char *reason;
    const char *approved_by;
    const char *accept_cluster;
    const char *mask_key, *audit_key;
    const char *head, *since;
    const char *ca, *tls_ca;
    bool broken;
    struct name_list keys, runs;
    const char *output;
    struct name_list tables, categories, rules, schemas;
};

struct command {
    const char *name;
    enum command_bit bit;
    int (*run)(struct options *options);
    const char *arguments; /* for the usage line */
    const char *help;
};

extern const struct command commands[];
extern const size_t command_count;

/* Reads argv from the word after the command; prints what is wrong and returns -1. */
int options_parse(int argc, char **argv, const struct command *command, struct options *options);
void options_print_help(const struct command *command);
void options_print_usage(void);
/* Whether a database is asked for: by --live or a connection option, never by the environment. */
bool options_are_live(const struct options *options);

/* A policy, a connection, and everything found out about them. */
struct job {
    struct arena arena;
    struct diagnostics diagnostics;
    struct policy *policy;
    struct db *db;
    struct catalog *catalog;
    struct plan *plan;
    struct counts *counts;
    struct mask_key key;
    bool has_key;
};

/* Each prints what went wrong and returns the exit status, 0 for success. */
int job_load_policy(struct job *job, const struct options *options);
int job_open_policy(struct job *job, const struct options *options, const char *file);
/* The same without printing the file's mistakes. */
int job_read_policy(struct job *job, const struct options *options, const char *file);
void job_print_diagnostics(const struct job *job, const char *file);
int job_connect(struct job *job, const struct options *options, enum db_mode mode);
/* Holds every column of the policy's coverage schemas against rules, exemptions and the lockfile,
 * which is written first if `update_lock` says so; adds findings to the plan. */
int job_cover(struct job *job, bool update_lock, struct error *err);
/* One read-only snapshot: catalog, plan, counts (unless `count` is false), digest. */
int job_plan(struct job *job, const struct options *options, bool count);
/* Its parts, for a snapshot that several policies share: catalog, plan, digest and key. */
int job_begin(struct db *db, struct error *err);
int job_read(struct job *job, const struct options *options, struct error *err);
void job_free(struct job *job);

/* The key's file: as given, or that credential of the systemd unit; NULL where there is neither. */
const char *key_file(const char *given, const char *credential, struct arena *arena);

/* Whether one of its masks is a keyed hash. */
bool step_needs_key(const struct plan_step *step);
/* The exit status that a plan's refusals lead to. */
int plan_status(const struct plan *plan);
/* `pgretain enforce …` with the approval for exactly this plan. */
const char *approve_command(const struct plan *plan, const struct counts *counts,
                            const struct options *options, struct arena *arena);

int cmd_check(struct options *options);
int cmd_plan(struct options *options);
int cmd_enforce(struct options *options);
int cmd_rules(struct options *options);
int cmd_audit(struct options *options);
int cmd_hold(struct options *options);
int cmd_schema(struct options *options);
int cmd_discover(struct options *options);
int cmd_init(struct options *options);
int cmd_diff(struct options *options);
int cmd_explain(struct options *options);
int cmd_status(struct options *options);

/* The file as seen from the root of the git repository it lies in, or else from the current
 * directory; absolute where it lies below neither. */
const char *path_in_repository(const char *file, struct arena *arena);

/* Appends a space and the word, quoted where the shell would not take it as it is. */
void shell_add_word(struct buffer *out, const char *word);

/* Prints "pgretain: error: …" with detail and hint on stderr; returns the error's status. */
int complain(const struct error *err);
/* Prints a usage error; returns EXIT_USAGE. */
int complain_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Writes a report to stdout; EXIT_FAILED, with a message, if it cannot be written. */
int print_report(const struct buffer *report);
/* `accepted` are the command's formats, as bits. */
enum {
    USUAL_FORMATS = 1 << REPORT_TEXT | 1 << REPORT_JSON | 1 << REPORT_MARKDOWN,
    FINDING_FORMATS = 1 << REPORT_SARIF | 1 << REPORT_GITHUB | 1 << REPORT_JUNIT,
};
int parse_format(const struct options *options, int accepted, enum report_format *ret_format);

#endif
