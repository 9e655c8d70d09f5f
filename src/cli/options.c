/*
 * options.c - the one table of options; parsing and --help follow it
 */
#include "cli/cli_private.h"

#include "base/nearest.h"

#include <ctype.h>
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum option_kind { FLAG, TEXT, LIST, COUNT };

struct option_spec {
    const char *name;
    char letter;
    enum option_kind kind;
    int commands;
    size_t offset; /* of the member in struct options */
    const char *argument;
    const char *help;
};

enum {
    LIVE_ONES = FOR_CHECK | FOR_PLAN | FOR_ENFORCE,
    CONNECTING =
        LIVE_ONES | FOR_DISCOVER | FOR_INIT | FOR_DIFF | FOR_EXPLAIN | FOR_HOLD | FOR_STATUS,
};

#define AT(member) offsetof(struct options, member)

static const struct option_spec specs[] = {
    {"accept-cluster", 0, TEXT, FOR_ENFORCE, AT(accept_cluster), "REASON",
     "go on with the log of another database cluster, after pg_upgrade or a dump"},
    {"accept-new", 0, FLAG, FOR_ENFORCE, AT(accept_new), NULL,
     "run rules that this audit log has not seen before"},
    {"approved-by", 0, TEXT, FOR_ENFORCE, AT(approved_by), "NAME",
     "who approved the run, for the audit log"},
    {"as-of", 0, TEXT, LIVE_ONES | FOR_DIFF | FOR_EXPLAIN | FOR_HOLD | FOR_STATUS, AT(as_of),
     "INSTANT", "judge ages as of this instant, with a UTC offset; never in the future"},
    {"audit", 0, TEXT, FOR_ENFORCE | FOR_STATUS | FOR_AUDIT, AT(audit), "FILE",
     "the audit log; default $LOGS_DIRECTORY/POLICY.jsonl or the user's state directory"},
    {"audit-key", 0, TEXT, FOR_ENFORCE | FOR_AUDIT, AT(audit_key), "FILE",
     "key that signs the audit log; default $CREDENTIALS_DIRECTORY/audit-key"},
    {"broken", 0, FLAG, FOR_AUDIT, AT(broken), NULL,
     "rotate: put a log that does not verify aside and begin a new one"},
    {"ca", 0, TEXT, FOR_AUDIT, AT(ca), "FILE",
     "anchor: certificates of the authority whose time stamp is accepted"},
    {"cap", 0, TEXT, LIVE_ONES | FOR_RULES | FOR_EXPLAIN | FOR_STATUS, AT(cap), "WINDOW",
     "tighten the policy's cap, for example \"24 months\""},
    {"category", 0, LIST, FOR_PLAN | FOR_ENFORCE, AT(categories), "NAME",
     "only rules of this category; can be repeated"},
    {"dbname", 'd', TEXT, CONNECTING, AT(connection.database), "DBNAME",
     "database name, connection string or URI"},
    {"detailed-exitcode", 0, FLAG, FOR_PLAN, AT(detailed_exitcode), NULL,
     "exit with 3 when work is due"},
    {"detailed-exitcode", 0, FLAG, FOR_DIFF, AT(detailed_exitcode), NULL,
     "exit with 3 when something changes"},
    {"dry-run", 0, FLAG, FOR_ENFORCE, AT(dry_run), NULL, "the same as the command plan"},
    {"expect", 0, TEXT, FOR_ENFORCE, AT(expect), "DIGEST",
     "run only if the plan still has this digest; approves it"},
    {"expect-rows", 0, COUNT, FOR_ENFORCE, AT(expect_rows), "N", "stop at 5% more rows than this"},
    {"fail-on", 0, TEXT, FOR_CHECK, AT(fail_on), "SEVERITY",
     "exit with 3 for findings of this severity: error (default), warning or note"},
    {"for", 0, TEXT, FOR_ENFORCE, AT(run_for), "DURATION",
     "begin no more batches after so long, for example 2h; exit status 4 if work is left"},
    {"format", 0, TEXT, FOR_CHECK, AT(format), "FORMAT",
     "text (default), json, markdown, sarif, github or junit"},
    {"format", 0, TEXT,
     FOR_PLAN | FOR_ENFORCE | FOR_RULES | FOR_DISCOVER | FOR_DIFF | FOR_EXPLAIN | FOR_HOLD |
         FOR_STATUS,
     AT(format), "FORMAT", "text (default), json or markdown"},
    {"format", 0, TEXT, FOR_AUDIT, AT(format), "FORMAT", "text (default) or json"},
    {"grace", 0, TEXT, FOR_STATUS, AT(grace), "DURATION",
     "how long a row may be due before it is overdue; default 36h"},
    {"head", 0, TEXT, FOR_AUDIT, AT(head), "FILE", "a head of the log that was kept elsewhere"},
    {"help", '?', FLAG, FOR_ALL, AT(help), NULL, "show this help"},
    {"host", 'h', TEXT, CONNECTING, AT(connection.host), "HOSTNAME",
     "database server host or socket directory"},
    {"jobs", 'j', COUNT, FOR_ENFORCE, AT(jobs), "N",
     "batches that may run at the same time; default 1"},
    {"key", 0, LIST, FOR_AUDIT | FOR_STATUS, AT(keys), "VKEY",
     "public key of the log, or a file with one a line; can be repeated"},
    {"live", 0, FLAG, FOR_CHECK | FOR_HOLD, AT(live), NULL, "also check against the database"},
    {"live", 0, FLAG, FOR_DIFF, AT(live), NULL, "also count the rows it makes a difference to"},
    {"mask-key", 0, TEXT, FOR_PLAN | FOR_ENFORCE | FOR_DIFF | FOR_HOLD | FOR_STATUS, AT(mask_key),
     "FILE", "key of the keyed_hash mask; default $CREDENTIALS_DIRECTORY/mask-key"},
    {"max-lag", 0, TEXT, FOR_ENFORCE, AT(max_lag), "DURATION",
     "pause while a replica is further behind; default 30s, 0 for never"},
    {"max-latency", 0, TEXT, FOR_ENFORCE, AT(max_latency), "DURATION",
     "pause while a commit takes longer; default 500ms, 0 for never"},
    {"max-rows", 0, COUNT, FOR_ENFORCE, AT(max_rows), "N",
     "change so many rows and stop; exit status 4 if work is left"},
    {"no-password", 'w', FLAG, CONNECTING, AT(connection.never_ask), NULL,
     "never ask for a password"},
    {"output", 'o', TEXT, FOR_INIT, AT(output), "FILE",
     "write the policy to a new file, and its lockfile beside it"},
    {"port", 'p', TEXT, CONNECTING, AT(connection.port), "PORT", "database server port"},
    {"quiet", 'q', FLAG, FOR_CHECK | FOR_PLAN | FOR_ENFORCE | FOR_STATUS, AT(quiet), NULL,
     "print nothing when the exit status is 0"},
    {"rate", 0, LIST, FOR_ENFORCE, AT(rates), "RATE",
     "at most so many rows a second, for example 5000, or so much WAL, 16MB; can be repeated"},
    {"reason", 0, TEXT, FOR_ENFORCE | FOR_AUDIT, AT(reason), "TEXT", "why, for the audit log"},
    {"rehearse", 0, FLAG, FOR_ENFORCE, AT(rehearse), NULL,
     "do one batch of each step and roll it back"},
    {"rule", 0, LIST, FOR_PLAN | FOR_ENFORCE | FOR_AUDIT, AT(rules), "ID",
     "only this rule; can be repeated"},
    {"run", 0, LIST, FOR_AUDIT, AT(runs), "ID", "show only this run; can be repeated"},
    {"sample", 0, FLAG, FOR_DISCOVER | FOR_INIT, AT(sample), NULL,
     "also look at up to 1,000 rows of each table; no value is printed"},
    {"schema", 0, LIST, FOR_DISCOVER | FOR_INIT, AT(schemas), "NAME",
     "only this schema; can be repeated"},
    {"since", 0, TEXT, FOR_AUDIT, AT(since), "INSTANT", "show records from then on, in UTC"},
    {"sql", 0, FLAG, FOR_PLAN, AT(sql), NULL, "print the exact statements, for psql"},
    {"table", 0, LIST, FOR_PLAN | FOR_ENFORCE | FOR_AUDIT, AT(tables), "SCHEMA.NAME",
     "only rules of this table; can be repeated"},
    {"tls-ca", 0, TEXT, FOR_AUDIT, AT(tls_ca), "FILE",
     "anchor: certificates that https is verified with; default the system's"},
    {"trust-owners", 0, FLAG, LIVE_ONES | FOR_DIFF | FOR_EXPLAIN | FOR_STATUS, AT(trust_owners),
     NULL, "let table owners' triggers and functions run with a powerful role's rights"},
    {"until", 0, TEXT, FOR_AUDIT, AT(until), "INSTANT", "show records before then, in UTC"},
    {"until", 0, TEXT, FOR_ENFORCE, AT(until), "HH:MM",
     "begin no more batches after this time of day, by this machine's clock"},
    {"update-lock", 0, FLAG, FOR_CHECK, AT(update_lock), NULL,
     "write the lockfile: every column of the covered schemas has been looked at"},
    {"username", 'U', TEXT, CONNECTING, AT(connection.user), "USERNAME", "database user name"},
    {"yes", 0, FLAG, FOR_ENFORCE, AT(yes), NULL, "do not ask"},
};

enum { SPEC_COUNT = sizeof specs / sizeof *specs };

static const struct option_spec *find_long(const char *name, size_t length,
                                           const struct command *command)
{
    for (size_t i = 0; i < SPEC_COUNT; i++)
        if (strlen(specs[i].name) == length && strncmp(specs[i].name, name, length) == 0 &&
            (specs[i].commands & (int)command->bit) != 0)
            return &specs[i];
    return NULL;
}

static const struct option_spec *find_letter(char letter, const struct command *command)
{
    for (size_t i = 0; i < SPEC_COUNT; i++)
        if (specs[i].letter == letter && (specs[i].commands & (int)command->bit) != 0)
            return &specs[i];
    return NULL;
}

static int unknown_option(const char *name, const struct command *command)
{
    const char *names[SPEC_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < SPEC_COUNT; i++)
        if ((specs[i].commands & (int)command->bit) != 0)
            names[count++] = specs[i].name;
    const char *best = nearest(name, names, count);
    complain_usage("unknown option \"--%s\" for %s%s%s%s", name, command->name,
                   best == NULL ? "" : "; did you mean \"--", best == NULL ? "" : best,
                   best == NULL ? "" : "\"?");
    return -1;
}

static int store(struct options *options, const struct option_spec *spec, const char *value)
{
    char *member = (char *)options + spec->offset;
    struct name_list *list = (struct name_list *)(void *)member;
    char *end = NULL;
    switch (spec->kind) {
    case FLAG:
        *(bool *)member = true;
        break;
    case TEXT:
        *(const char **)(void *)member = value;
        break;
    case LIST:
        *ARENA_PUSH(&options->arena, list->names, list->count) = value;
        break;
    case COUNT:
        errno = 0;
        *(int64_t *)(void *)member = strtoll(value, &end, 10);
        if (errno != 0 || *end != '\0' || !isdigit((unsigned char)value[0])) {
            complain_usage("--%s needs a number, not \"%s\"", spec->name, value);
            return -1;
        }
        break;
    }
    return 0;
}

/* One word that starts with "--"; moves `*at` past a separate argument. */
static int parse_long(struct options *options, const struct command *command, int *at)
{
    const char *name = options->argv[*at] + 2;
    size_t length = strcspn(name, "=");
    const struct option_spec *spec = find_long(name, length, command);
    const char *value = name[length] == '=' ? name + length + 1 : NULL;
    if (spec == NULL)
        return unknown_option(arena_strndup(&options->arena, name, length), command);
    if (spec->kind == FLAG && value != NULL) {
        complain_usage("--%s takes no argument", spec->name);
        return -1;
    }
    if (spec->kind != FLAG && value == NULL && *at + 1 < options->argc)
        value = options->argv[++*at];
    if (spec->kind != FLAG && value == NULL) {
        complain_usage("--%s needs an argument: %s", spec->name, spec->argument);
        return -1;
    }
    return store(options, spec, value);
}

/* One word such as -wd NAME or -dNAME. */
static int parse_letters(struct options *options, const struct command *command, int *at)
{
    for (const char *letter = options->argv[*at] + 1; *letter != '\0'; letter++) {
        const struct option_spec *spec = find_letter(*letter, command);
        if (spec == NULL) {
            complain_usage("unknown option \"-%c\" for %s", *letter, command->name);
            return -1;
        }
        if (spec->kind == FLAG) {
            store(options, spec, NULL);
            continue;
        }
        const char *value = letter[1] != '\0'         ? letter + 1
                            : *at + 1 < options->argc ? options->argv[++*at]
                                                      : NULL;
        if (value == NULL) {
            complain_usage("-%c needs an argument: %s", *letter, spec->argument);
            return -1;
        }
        return store(options, spec, value);
    }
    return 0;
}

int options_parse(int argc, char **argv, const struct command *command, struct options *options)
{
    options->argc = argc;
    options->argv = argv;
    options->expect_rows = -1;
    options->max_rows = -1;
    bool only_arguments = false;
    for (int i = 2; i < argc; i++) {
        const char *word = argv[i];
        int rc = 0;
        if (only_arguments || word[0] != '-' || word[1] == '\0')
            *ARENA_PUSH(&options->arena, options->arguments, options->argument_count) = word;
        else if (strcmp(word, "--") == 0)
            only_arguments = true;
        else if (word[1] == '-')
            rc = parse_long(options, command, &i);
        else
            rc = parse_letters(options, command, &i);
        if (rc != 0)
            return -1;
    }
    return 0;
}

/* The help text beside its option, continued below at 72 characters. */
static void print_option(const struct option_spec *spec)
{
    char left[64], letter[8] = "    ";
    if (spec->letter != 0)
        snprintf(letter, sizeof letter, "-%c, ", spec->letter);
    snprintf(left, sizeof left, "  %s--%s%s%s", letter, spec->name,
             spec->argument == NULL ? "" : "=", spec->argument == NULL ? "" : spec->argument);
    printf("%-32s", left);
    size_t column = 32;
    for (const char *word = spec->help; *word != '\0';) {
        size_t length = strcspn(word, " ");
        if (column + length + 1 > 96) {
            printf("\n%32s", "");
            column = 32;
        }
        printf("%s%.*s", column > 32 ? " " : "", (int)length, word);
        column += length + 1;
        word += length + (word[length] == ' ');
    }
    printf("\n");
}

void options_print_help(const struct command *command)
{
    printf("Usage: pgretain %s [OPTION]... %s\n\n%s\n\nOptions:\n", command->name,
           command->arguments, command->help);
    for (size_t i = 0; i < SPEC_COUNT; i++)
        if ((specs[i].commands & (int)command->bit) != 0)
            print_option(&specs[i]);
    printf("\nThe manual has the details: pgretain(1), pgretain-policy(5), pgretain-audit(5).\n");
}

bool options_are_live(const struct options *options)
{
    const struct db_options *c = &options->connection;
    return options->live || c->database != NULL || c->host != NULL || c->port != NULL ||
           c->user != NULL || c->never_ask;
}

void options_print_usage(void)
{
    printf("pgretain enforces a data-retention policy on PostgreSQL.\n\n"
           "Usage: pgretain COMMAND [OPTION]... [ARGUMENT]...\n\nCommands:\n");
    for (size_t i = 0; i < command_count; i++)
        printf("  %-10s %-22s %.*s\n", commands[i].name, commands[i].arguments,
               (int)strcspn(commands[i].help, "\n"), commands[i].help);
    printf("\n\"pgretain COMMAND --help\" lists a command's options.\n");
}
