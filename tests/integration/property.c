/*
 * property.c - random small databases and policies against an independent row oracle
 *
 * property --program PGRETAIN [--cases N] [--seed S] [--only CASE] [--jobs N] [--keep]
 * [--fail-fast]
 *
 * Runs under scripts/pg-temp. Each worker has a database of its own, since a run locks its
 * database. Exit status 1 when any case failed or a kind of case was drawn too rarely.
 */
#include "property_case.h"

#include "support/scratch.h"

#include <getopt.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct options {
    const char *program;
    int cases;
    uint64_t seed;
    int only; /* -1: all */
    int jobs;
    int keep;
    int fail_fast;
};

/* Shared by the workers. */
struct tally {
    atomic_int classes[CLASS_COUNT];
    atomic_int cases, failed, rules, holds, purged, masked, cascaded;
};

static const char *const class_names[CLASS_COUNT] = {
    "timestamptz",           "timestamp",   "date",         "latest",
    "latest of mixed types", "when_null",   "parent",       "nested",
    "composite key",         "held circle", "purged circle"};

enum { FAILURES_SHOWN = 5, CASES_PER_CLASS = 50 };

static void tally_rule(struct property_case *property, const struct case_rule *rule,
                       bool used[CLASS_COUNT])
{
    const struct case_clock *clock = &rule->levels[rule->level_count - 1];
    const char *first = property_clock_type(clock->columns[0]);
    const char *second = property_clock_type(clock->columns[1]);
    if (clock->column_count == 2) {
        used[strcmp(first, second) == 0 ? CLASS_LATEST : CLASS_LATEST_MIXED] = true;
    } else {
        used[strcmp(first, "date") == 0        ? CLASS_DATE
             : strcmp(first, "timestamp") == 0 ? CLASS_TIMESTAMP
                                               : CLASS_TIMESTAMPTZ] = true;
    }
    used[CLASS_WHEN_NULL] |= clock->null_active;
    used[CLASS_PARENT] |= rule->level_count == 2;
    used[CLASS_PARENT_NESTED] |= rule->level_count > 2;
    for (int i = 0; i + 1 < rule->level_count; i++) {
        int table = property_level_table(property, rule, i);
        used[CLASS_PARENT_COMPOSITE] |=
            property->tables[table].fkeys[rule->levels[i].fkey].composite;
    }
}

static void tally_case(struct tally *tally, struct property_case *property)
{
    bool used[CLASS_COUNT] = {false};
    for (int i = 0; i < property->rule_count; i++) {
        tally_rule(property, &property->rules[i], used);
    }
    used[CLASS_CIRCLE] = property_holds_circle(property);
    used[CLASS_PURGED_CIRCLE] = property_purges_circle(property);
    for (int i = 0; i < CLASS_COUNT; i++) {
        tally->classes[i] += used[i];
    }
    tally->cases++;
    tally->rules += property->rule_count;
    tally->holds += property->hold_count;
}

static void run_case(const struct options *options, const struct property_tool *tool,
                     PGconn *session, int number, struct tally *tally)
{
    struct property_case property;
    struct property_tool as_role = *tool;
    struct buffer diff = {0};
    property_draw(&property, options->seed, number, session);
    as_role.role = number % 5 == 0 ? "postgres" : "enforcer";
    property_build(&property, session);
    int wrong = property_check(&property, &as_role, session, &diff);
    tally_case(tally, &property);
    tally->purged += (int)session_number(session, "SELECT count(*) FROM o_row WHERE gone");
    tally->masked +=
        (int)session_number(session, "SELECT count(*) FROM o_row WHERE NOT gone AND place IS NULL");
    tally->cascaded += (int)session_number(session, "SELECT sum(cascaded) FROM o_tally");
    if (wrong > 0 && atomic_fetch_add(&tally->failed, 1) < FAILURES_SHOWN) {
        struct buffer policy = {0};
        property_policy(&property, tool->database, &policy);
        const char *differences = buffer_text(&diff);
        printf("FAILED: seed %llu case %d, %.*s; %d differences, as of %s\n%s\n%s\n",
               (unsigned long long)options->seed, number, (int)strcspn(differences, "\n"),
               differences, wrong, property.as_of, buffer_text(&policy), differences);
        fflush(stdout);
        buffer_free(&policy);
    }
    if (!options->keep) {
        session_runf(session, "DROP SCHEMA %s CASCADE",
                     property_quote(&property.arena, property.schema));
    }
    buffer_free(&diff);
    arena_free(&property.arena);
}

static int worker(const struct options *options, int job, struct tally *tally)
{
    char directory[SCRATCH_PATH], database[32];
    scratch_make("property", directory);
    snprintf(database, sizeof database, "property%d", job);
    PGconn *session = session_open(database);
    oracle_prepare(session);
    struct property_tool tool = {options->program, directory, database, NULL};
    if (options->only >= 0) {
        run_case(options, &tool, session, options->only, tally);
    }
    for (int i = job; options->only < 0 && i < options->cases; i += options->jobs) {
        if (options->fail_fast && tally->failed > 0) {
            break;
        }
        run_case(options, &tool, session, i, tally);
    }
    PQfinish(session);
    return 0;
}

static void read_options(int argc, char **argv, struct options *options)
{
    static const struct option names[] = {
        {"program", required_argument, NULL, 'p'}, {"cases", required_argument, NULL, 'c'},
        {"seed", required_argument, NULL, 's'},    {"only", required_argument, NULL, 'o'},
        {"jobs", required_argument, NULL, 'j'},    {"keep", no_argument, NULL, 'k'},
        {"fail-fast", no_argument, NULL, 'f'},     {NULL, 0, NULL, 0}};
    *options = (struct options){.cases = 200, .seed = 1, .only = -1, .jobs = 2};
    for (int c; (c = getopt_long(argc, argv, "", names, NULL)) != -1;) {
        switch (c) {
        case 'p':
            options->program = optarg;
            break;
        case 'c':
            options->cases = atoi(optarg);
            break;
        case 's':
            options->seed = strtoull(optarg, NULL, 10);
            break;
        case 'o':
            options->only = atoi(optarg);
            break;
        case 'j':
            options->jobs = atoi(optarg);
            break;
        case 'k':
            options->keep = 1;
            break;
        case 'f':
            options->fail_fast = 1;
            break;
        default:
            exit(2);
        }
    }
    if (options->program == NULL || options->jobs < 1) {
        fatal("usage: property --program PGRETAIN [--cases N] [--seed S] [--only CASE] [--jobs N]");
    }
    options->jobs = options->only >= 0 ? 1 : options->jobs;
}

static int print_tally(const struct options *options, const struct tally *tally)
{
    int rare = 0;
    printf("%d cases, %d rules, %d holds; %d rows gone (%d by cascade), %d rows masked or with a "
           "reference set null\n",
           tally->cases, tally->rules, tally->holds, tally->purged, tally->cascaded, tally->masked);
    for (int i = 0; i < CLASS_COUNT; i++) {
        printf("%6d cases of kind: %s\n", tally->classes[i], class_names[i]);
        rare += tally->classes[i] * 1000 < CASES_PER_CLASS * options->cases;
    }
    if (tally->failed > 0) {
        printf("%d cases FAILED\n", tally->failed);
    }
    if (options->only < 0 && rare > 0) {
        printf("%d kinds were drawn in fewer than %d of 1,000 cases\n", rare, CASES_PER_CLASS);
    }
    return tally->failed > 0 || (options->only < 0 && rare > 0) ||
           (options->only < 0 && tally->cases != options->cases);
}

static void create_databases(const struct options *options)
{
    PGconn *session = session_open("postgres");
    session_run(session, "DO $$ BEGIN CREATE ROLE enforcer LOGIN; EXCEPTION WHEN duplicate_object "
                         "THEN NULL; END $$");
    for (int i = 0; i < options->jobs; i++) {
        session_runf(session, "DROP DATABASE IF EXISTS property%d", i);
        session_runf(session, "CREATE DATABASE property%d", i);
    }
    PQfinish(session);
}

int main(int argc, char **argv)
{
    struct options options;
    read_options(argc, argv, &options);
    struct tally *tally =
        mmap(NULL, sizeof *tally, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (tally == MAP_FAILED) {
        fatal("out of memory");
    }
    create_databases(&options);
    fflush(stdout);
    for (int i = 0; i < options.jobs; i++) {
        pid_t pid = fork();
        if (pid == 0) {
            exit(worker(&options, i, tally));
        }
    }
    int status = 0, crashed = 0;
    while (wait(&status) > 0) {
        crashed += !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    }
    return print_tally(&options, tally) != 0 || crashed > 0;
}
