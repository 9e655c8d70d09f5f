/*
 * cli.c - the command table, and the way every message is printed
 */
#include "cli/cli.h"

#include "base/nearest.h"
#include "cli/cli_private.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const struct command commands[] = {
    {"check", FOR_CHECK, cmd_check, "POLICY",
     "Check a policy; with --live also against the database's schema.\n"
     "Without --live or a connection option no database is contacted."},
    {"plan", FOR_PLAN, cmd_plan, "POLICY",
     "Show what is due now, how it would be done, and why.\n"
     "Changes nothing; works on a standby too."},
    {"enforce", FOR_ENFORCE, cmd_enforce, "POLICY",
     "Purge and anonymise what is due, and write the audit log.\n"
     "On a terminal it shows the plan and asks; elsewhere it needs --yes."},
    {"status", FOR_STATUS, cmd_status, "POLICY...",
     "Say whether everything is gone in time, and what stands in the way.\n"
     "Changes nothing; works on a standby too."},
    {"rules", FOR_RULES, cmd_rules, "POLICY", "Show the rules as they are understood."},
    {"explain", FOR_EXPLAIN, cmd_explain, "POLICY TABLE",
     "Say what decides the fate of a table's rows.\n"
     "Reads the catalogue, no table; \"plan --table\" counts."},
    {"diff", FOR_DIFF, cmd_diff, "OLD NEW",
     "Show what a change of a policy does, the most dangerous first.\n"
     "With --live or a connection option also in rows of the database."},
    {"hold", FOR_HOLD, cmd_hold, "list|test POLICY [ID]",
     "Show a policy's holds, or what one of them keeps.\n"
     "\"list\" needs no database; \"test\" counts rows, table by table."},
    {"audit", FOR_AUDIT, cmd_audit, "COMMAND FILE [ARGUMENT]",
     "Read and prove an audit log.\n"
     "verify FILE              check every line, every head and its signatures\n"
     "show FILE                print the records\n"
     "prove FILE SEQ           prove that a record is in the log\n"
     "prove FILE --head=OLD    prove that the log goes on from an older head\n"
     "verify-proof FILE        check such a proof, without the log\n"
     "rotate FILE              go on in a new file\n"
     "anchor FILE URL          have an authority stamp the newest head with the time\n"
     "prune POLICY             drop rotated files that are older than the policy says\n"
     "keygen FILE NAME         make a key to sign the log called NAME"},
    {"discover", FOR_DISCOVER, cmd_discover, "",
     "Show which columns look personal, and why.\n"
     "Goes by names and types: no table is read."},
    {"init", FOR_INIT, cmd_init, "",
     "Write a first policy for a database.\n"
     "It passes check; every rule in it is a suggestion with its reason."},
    {"schema", FOR_SCHEMA, cmd_schema, "", "Print the JSON Schema of policy files."},
};
const size_t command_count = sizeof commands / sizeof *commands;

static void print_parts(const char *message, const char *detail, const char *hint)
{
    fprintf(stderr, "pgretain: error: %s\n", message);
    if (detail[0] != '\0')
        fprintf(stderr, "  detail: %s\n", detail);
    if (hint[0] != '\0')
        fprintf(stderr, "  hint: %s\n", hint);
}

int complain(const struct error *err)
{
    print_parts(err->message, err->detail, err->hint);
    return (int)err->status;
}

int complain_usage(const char *format, ...)
{
    char message[512];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    print_parts(message, "", "");
    return EXIT_USAGE;
}

int print_report(const struct buffer *report)
{
    const char *text = buffer_text(report);
    if (fwrite(text, 1, report->length, stdout) == report->length && fflush(stdout) == 0)
        return EXIT_DONE;
    fprintf(stderr, "pgretain: error: could not write to standard output: %s\n", strerror(errno));
    return EXIT_FAILED;
}

int parse_format(const struct options *options, int accepted, enum report_format *ret_format)
{
    static const char *const names[REPORT_FORMATS] = {
        [REPORT_TEXT] = "text",   [REPORT_JSON] = "json",     [REPORT_MARKDOWN] = "markdown",
        [REPORT_SARIF] = "sarif", [REPORT_GITHUB] = "github", [REPORT_JUNIT] = "junit",
    };
    struct buffer valid = {0};
    const char *wanted = options->format == NULL ? names[REPORT_TEXT] : options->format;
    for (int i = 0; i < REPORT_FORMATS; i++) {
        if ((accepted & 1 << i) == 0)
            continue;
        if (strcmp(wanted, names[i]) == 0) {
            *ret_format = (enum report_format)i;
            buffer_free(&valid);
            return 0;
        }
        buffer_addf(&valid, "%s%s", valid.length == 0 ? "" : ", ", names[i]);
    }
    int status = complain_usage("unknown format \"%s\" for %s; its formats are %s", wanted,
                                options->argv[1], buffer_text(&valid));
    buffer_free(&valid);
    return status;
}

static int unknown_command(const char *name)
{
    const char *names[sizeof commands / sizeof *commands];
    for (size_t i = 0; i < command_count; i++)
        names[i] = commands[i].name;
    const char *best = nearest(name, names, command_count);
    if (best != NULL)
        return complain_usage("unknown command \"%s\"; did you mean \"%s\"?", name, best);
    return complain_usage("unknown command \"%s\"; \"pgretain --help\" lists them", name);
}

static int run_command(const struct command *command, int argc, char **argv)
{
    struct options options = {0};
    int status = EXIT_USAGE;
    if (options_parse(argc, argv, command, &options) == 0) {
        status = EXIT_DONE;
        if (options.help)
            options_print_help(command);
        else
            status = command->run(&options);
    }
    arena_free(&options.arena);
    return status;
}

int cli_main(int argc, char **argv)
{
    /* A closed pipe or a file-size limit is an error to report, not a reason to die. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is like a full disk */
    signal(SIGXFSZ, SIG_IGN);
    if (argc < 2) {
        options_print_usage();
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-?") == 0 ||
        strcmp(argv[1], "help") == 0) {
        options_print_usage();
        return EXIT_DONE;
    }
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0) {
        printf("pgretain %s\n", PGRETAIN_VERSION);
        return EXIT_DONE;
    }
    for (size_t i = 0; i < command_count; i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return run_command(&commands[i], argc, argv);
    return unknown_command(argv[1]);
}
