/*
 * test_options.c - every option of the table, and every way to write one wrongly
 */
#include "cli/cli_private.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { MOST_WORDS = 16 };

struct parsed {
    struct options options;
    char line[256]; /* holds the words */
    char *argv[MOST_WORDS];
    int status;
    char said[1024]; /* on stderr or stdout */
};

static const struct command *command_named(const char *name)
{
    for (size_t i = 0; i < command_count; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    fail_msg("no command %s", name);
    return NULL;
}

/* Redirects a stream into a temporary file until end_capture() reads it back. */
static FILE *begin_capture(FILE *stream, int *ret_saved)
{
    FILE *file = tmpfile();
    assert_non_null(file);
    fflush(stream);
    *ret_saved = dup(fileno(stream));
    assert_true(*ret_saved >= 0 && dup2(fileno(file), fileno(stream)) >= 0);
    return file;
}

static void end_capture(FILE *stream, FILE *file, int saved, char *text, size_t size)
{
    fflush(stream);
    assert_true(dup2(saved, fileno(stream)) >= 0);
    close(saved);
    rewind(file);
    text[fread(text, 1, size - 1, file)] = '\0';
    fclose(file);
}

/* Words of `line` are separated by single spaces; the first one is the command. */
static void parse(const char *line, struct parsed *ret)
{
    int argc = 1, saved;
    *ret = (struct parsed){0};
    snprintf(ret->line, sizeof ret->line, "%s", line);
    ret->argv[0] = (char *)"pgretain";
    for (char *word = ret->line; word != NULL; argc++) {
        assert_true(argc < MOST_WORDS);
        ret->argv[argc] = word;
        word = strchr(word, ' ');
        if (word != NULL)
            *word++ = '\0';
    }
    FILE *file = begin_capture(stderr, &saved);
    ret->status = options_parse(argc, ret->argv, command_named(ret->argv[1]), &ret->options);
    end_capture(stderr, file, saved, ret->said, sizeof ret->said);
}

static void done(struct parsed *parsed)
{
    arena_free(&parsed->options.arena);
}

static void refuses(const char *line, const char *said)
{
    struct parsed parsed;
    char expected[512];
    parse(line, &parsed);
    snprintf(expected, sizeof expected, "pgretain: error: %s\n", said);
    assert_string_equal(parsed.said, expected);
    assert_int_equal(parsed.status, -1);
    done(&parsed);
}

enum kind { FLAG, TEXT, LIST, ROWS };

/* What the table must hold: name, letter, commands, and where the value goes. */
static const struct expected {
    const char *name;
    char letter;
    enum kind kind;
    const char *commands;
    size_t offset;
} table[] = {
    {"accept-cluster", 0, TEXT, "enforce", offsetof(struct options, accept_cluster)},
    {"accept-new", 0, FLAG, "enforce", offsetof(struct options, accept_new)},
    {"approved-by", 0, TEXT, "enforce", offsetof(struct options, approved_by)},
    {"as-of", 0, TEXT, "check plan enforce diff explain hold status",
     offsetof(struct options, as_of)},
    {"audit", 0, TEXT, "enforce status audit", offsetof(struct options, audit)},
    {"audit-key", 0, TEXT, "enforce audit", offsetof(struct options, audit_key)},
    {"head", 0, TEXT, "audit", offsetof(struct options, head)},
    {"key", 0, LIST, "status audit", offsetof(struct options, keys)},
    {"run", 0, LIST, "audit", offsetof(struct options, runs)},
    {"since", 0, TEXT, "audit", offsetof(struct options, since)},
    {"broken", 0, FLAG, "audit", offsetof(struct options, broken)},
    {"ca", 0, TEXT, "audit", offsetof(struct options, ca)},
    {"tls-ca", 0, TEXT, "audit", offsetof(struct options, tls_ca)},
    {"cap", 0, TEXT, "check plan enforce rules explain status", offsetof(struct options, cap)},
    {"category", 0, LIST, "plan enforce", offsetof(struct options, categories)},
    {"dbname", 'd', TEXT, "check plan enforce discover init diff explain hold status",
     offsetof(struct options, connection.database)},
    {"detailed-exitcode", 0, FLAG, "plan diff", offsetof(struct options, detailed_exitcode)},
    {"dry-run", 0, FLAG, "enforce", offsetof(struct options, dry_run)},
    {"expect", 0, TEXT, "enforce", offsetof(struct options, expect)},
    {"expect-rows", 0, ROWS, "enforce", offsetof(struct options, expect_rows)},
    {"fail-on", 0, TEXT, "check", offsetof(struct options, fail_on)},
    {"format", 0, TEXT, "check plan enforce rules audit discover diff explain hold status",
     offsetof(struct options, format)},
    {"grace", 0, TEXT, "status", offsetof(struct options, grace)},
    {"help", '?', FLAG,
     "check plan enforce rules audit discover init schema diff explain hold status",
     offsetof(struct options, help)},
    {"for", 0, TEXT, "enforce", offsetof(struct options, run_for)},
    {"jobs", 'j', ROWS, "enforce", offsetof(struct options, jobs)},
    {"max-lag", 0, TEXT, "enforce", offsetof(struct options, max_lag)},
    {"max-latency", 0, TEXT, "enforce", offsetof(struct options, max_latency)},
    {"max-rows", 0, ROWS, "enforce", offsetof(struct options, max_rows)},
    {"rate", 0, LIST, "enforce", offsetof(struct options, rates)},
    {"rehearse", 0, FLAG, "enforce", offsetof(struct options, rehearse)},
    {"until", 0, TEXT, "enforce audit", offsetof(struct options, until)},
    {"host", 'h', TEXT, "check plan enforce discover init diff explain hold status",
     offsetof(struct options, connection.host)},
    {"live", 0, FLAG, "check diff hold", offsetof(struct options, live)},
    {"mask-key", 0, TEXT, "plan enforce diff hold status", offsetof(struct options, mask_key)},
    {"no-password", 'w', FLAG, "check plan enforce discover init diff explain hold status",
     offsetof(struct options, connection.never_ask)},
    {"output", 'o', TEXT, "init", offsetof(struct options, output)},
    {"port", 'p', TEXT, "check plan enforce discover init diff explain hold status",
     offsetof(struct options, connection.port)},
    {"quiet", 'q', FLAG, "check plan enforce status", offsetof(struct options, quiet)},
    {"reason", 0, TEXT, "enforce audit", offsetof(struct options, reason)},
    {"rule", 0, LIST, "plan enforce audit", offsetof(struct options, rules)},
    {"sample", 0, FLAG, "discover init", offsetof(struct options, sample)},
    {"schema", 0, LIST, "discover init", offsetof(struct options, schemas)},
    {"sql", 0, FLAG, "plan", offsetof(struct options, sql)},
    {"table", 0, LIST, "plan enforce audit", offsetof(struct options, tables)},
    {"trust-owners", 0, FLAG, "check plan enforce diff explain status",
     offsetof(struct options, trust_owners)},
    {"update-lock", 0, FLAG, "check", offsetof(struct options, update_lock)},
    {"username", 'U', TEXT, "check plan enforce discover init diff explain hold status",
     offsetof(struct options, connection.user)},
    {"yes", 0, FLAG, "enforce", offsetof(struct options, yes)},
};

enum { OPTIONS = sizeof table / sizeof *table };

static bool belongs(const struct expected *option, const char *command)
{
    const char *found = strstr(option->commands, command);
    size_t length = strlen(command);
    return found != NULL && (found[length] == ' ' || found[length] == '\0');
}

static void check_value(const struct parsed *parsed, const struct expected *option)
{
    const char *member = (const char *)&parsed->options + option->offset;
    const struct name_list *list = (const struct name_list *)(const void *)member;
    assert_string_equal(parsed->said, "");
    assert_int_equal(parsed->status, 0);
    switch (option->kind) {
    case FLAG:
        assert_true(*(const bool *)member);
        break;
    case TEXT:
        assert_string_equal(*(const char *const *)(const void *)member, "42");
        break;
    case LIST:
        assert_int_equal(list->count, 1);
        assert_string_equal(list->names[0], "42");
        break;
    case ROWS:
        assert_int_equal(*(const int64_t *)(const void *)member, 42);
        break;
    }
    assert_int_equal(parsed->options.argument_count, 1);
    assert_string_equal(parsed->options.arguments[0], "p.yaml");
}

static void check_spelling(const struct expected *option, const char *command, const char *format)
{
    char line[256];
    struct parsed parsed;
    snprintf(line, sizeof line, "%s p.yaml", command);
    size_t length = strlen(line);
    line[length++] = ' ';
    for (const char *c = format; *c != '\0'; c++) {
        if (*c == 'N')
            length += (size_t)snprintf(line + length, sizeof line - length, "%s", option->name);
        else if (*c == 'L')
            line[length++] = option->letter;
        else
            line[length++] = *c;
    }
    line[length] = '\0';
    parse(line, &parsed);
    check_value(&parsed, option);
    done(&parsed);
}

static void test_every_option(void **state)
{
    (void)state;
    for (size_t i = 0; i < OPTIONS; i++)
        for (size_t c = 0; c < command_count; c++) {
            const char *command = commands[c].name;
            char line[128];
            if (!belongs(&table[i], command)) {
                struct parsed parsed;
                snprintf(line, sizeof line, "%s --%s", command, table[i].name);
                parse(line, &parsed);
                assert_int_equal(parsed.status, -1);
                assert_non_null(strstr(parsed.said, "unknown option"));
                done(&parsed);
                continue;
            }
            bool is_flag = table[i].kind == FLAG;
            check_spelling(&table[i], command, is_flag ? "--N" : "--N=42");
            if (!is_flag)
                check_spelling(&table[i], command, "--N 42");
            if (table[i].letter != 0)
                check_spelling(&table[i], command, is_flag ? "-L" : "-L 42");
            if (table[i].letter != 0 && !is_flag)
                check_spelling(&table[i], command, "-L42");
        }
}

/* Help shows exactly the options of the command, so the table above is complete. */
static void test_help(void **state)
{
    (void)state;
    for (size_t c = 0; c < command_count; c++) {
        char text[16384];
        int saved;
        FILE *file = begin_capture(stdout, &saved);
        options_print_help(&commands[c]);
        end_capture(stdout, file, saved, text, sizeof text);
        size_t shown = 0, expected = 0;
        for (const char *at = strstr(text, "\n  "); at != NULL; at = strstr(at + 1, "\n  "))
            shown += strncmp(at + 7, "--", 2) == 0;
        for (size_t i = 0; i < OPTIONS; i++) {
            char word[64];
            if (!belongs(&table[i], commands[c].name))
                continue;
            expected++;
            if (table[i].letter == 0)
                snprintf(word, sizeof word, "\n      --%s", table[i].name);
            else
                snprintf(word, sizeof word, "\n  -%c, --%s", table[i].letter, table[i].name);
            if (strstr(text, word) == NULL)
                fail_msg("%s --help lacks --%s", commands[c].name, table[i].name);
        }
        assert_int_equal(shown, expected);
        for (const char *row = text; *row != '\0'; row += strcspn(row, "\n") + 1)
            assert_true(strcspn(row, "\n") <= 100);
    }
}

static void test_unknown(void **state)
{
    (void)state;
    refuses("plan --tabel=x", "unknown option \"--tabel\" for plan; did you mean \"--table\"?");
    refuses("plan --acept-new", "unknown option \"--acept-new\" for plan");
    refuses("enforce --acept-new",
            "unknown option \"--acept-new\" for enforce; did you mean \"--accept-new\"?");
    refuses("plan --tab", "unknown option \"--tab\" for plan; did you mean \"--table\"?");
    refuses("plan --tables=x", "unknown option \"--tables\" for plan; did you mean \"--table\"?");
    refuses("plan --=x", "unknown option \"--\" for plan");
    refuses("plan -x", "unknown option \"-x\" for plan");
    refuses("plan -qx", "unknown option \"-x\" for plan");
    refuses("schema -q", "unknown option \"-q\" for schema");
}

static void test_arguments(void **state)
{
    (void)state;
    refuses("plan --sql=yes", "--sql takes no argument");
    refuses("plan --sql=", "--sql takes no argument");
    refuses("plan p.yaml --table", "--table needs an argument: SCHEMA.NAME");
    refuses("plan p.yaml -d", "-d needs an argument: DBNAME");
    refuses("plan p.yaml -qd", "-d needs an argument: DBNAME");
    struct parsed parsed;
    parse("plan --dbname= -p -5", &parsed);
    assert_int_equal(parsed.status, 0);
    assert_string_equal(parsed.options.connection.database, "");
    assert_string_equal(parsed.options.connection.port, "-5");
    done(&parsed);
}

static void test_rows(void **state)
{
    (void)state;
    const char *const garbage[] = {"",
                                   "x",
                                   "-1",
                                   "+1",
                                   "1x",
                                   "1.5",
                                   "0x10",
                                   "1e3",
                                   "1,000",
                                   "9223372036854775808",
                                   "99999999999999999999"};
    for (size_t i = 0; i < sizeof garbage / sizeof *garbage; i++) {
        char line[128], said[128];
        snprintf(line, sizeof line, "enforce --expect-rows=%s", garbage[i]);
        snprintf(said, sizeof said, "--expect-rows needs a number, not \"%s\"", garbage[i]);
        refuses(line, said);
    }
    struct parsed parsed;
    parse("enforce --expect-rows 0", &parsed);
    assert_int_equal(parsed.options.expect_rows, 0);
    done(&parsed);
    parse("enforce --expect-rows=9223372036854775807", &parsed);
    assert_int_equal(parsed.options.expect_rows, INT64_MAX);
    done(&parsed);
    parse("enforce p.yaml", &parsed);
    assert_int_equal(parsed.options.expect_rows, -1);
    done(&parsed);
}

static void test_clusters(void **state)
{
    (void)state;
    struct parsed parsed;
    parse("plan -wqdshop p.yaml", &parsed);
    assert_int_equal(parsed.status, 0);
    assert_true(parsed.options.connection.never_ask);
    assert_true(parsed.options.quiet);
    assert_string_equal(parsed.options.connection.database, "shop");
    assert_int_equal(parsed.options.argument_count, 1);
    done(&parsed);
    parse("plan -wU me -q", &parsed);
    assert_string_equal(parsed.options.connection.user, "me");
    assert_true(parsed.options.quiet && parsed.options.connection.never_ask);
    assert_int_equal(parsed.options.argument_count, 0);
    done(&parsed);
}

static void test_words(void **state)
{
    (void)state;
    struct parsed parsed;
    parse("plan a - -q -- -w --sql -- b", &parsed);
    const char *const expected[] = {"a", "-", "-w", "--sql", "--", "b"};
    assert_int_equal(parsed.status, 0);
    assert_int_equal(parsed.options.argument_count, 6);
    for (size_t i = 0; i < 6; i++)
        assert_string_equal(parsed.options.arguments[i], expected[i]);
    assert_true(parsed.options.quiet);
    assert_false(parsed.options.sql || parsed.options.connection.never_ask);
    assert_int_equal(parsed.options.argc, 10);
    assert_ptr_equal(parsed.options.argv, parsed.argv);
    done(&parsed);
    parse("plan --table app.a --rule r --table=app.b --category c --format text --format json",
          &parsed);
    assert_int_equal(parsed.options.tables.count, 2);
    assert_string_equal(parsed.options.tables.names[0], "app.a");
    assert_string_equal(parsed.options.tables.names[1], "app.b");
    assert_int_equal(parsed.options.rules.count, 1);
    assert_int_equal(parsed.options.categories.count, 1);
    assert_string_equal(parsed.options.format, "json");
    done(&parsed);
}

static void test_usage(void **state)
{
    (void)state;
    char text[8192];
    int saved;
    FILE *file = begin_capture(stdout, &saved);
    options_print_usage();
    end_capture(stdout, file, saved, text, sizeof text);
    for (size_t i = 0; i < command_count; i++) {
        char word[64];
        snprintf(word, sizeof word, "\n  %s ", commands[i].name);
        assert_non_null(strstr(text, word));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_option), cmocka_unit_test(test_help),
        cmocka_unit_test(test_unknown),      cmocka_unit_test(test_arguments),
        cmocka_unit_test(test_rows),         cmocka_unit_test(test_clusters),
        cmocka_unit_test(test_words),        cmocka_unit_test(test_usage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
