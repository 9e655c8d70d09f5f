/*
 * test_plan.c - every case of this folder: policy and catalog in, plan and SQL out
 *
 * NAME.policy.yaml and NAME.catalog.json give NAME.plan and NAME.sql. In the policy's comments,
 * "#: table NAME", "#: category NAME" and "#: rule ID" narrow the run and "#: trust-owners" trusts.
 * With UPDATE_GOLDEN=1 in the environment the expected files are written instead of compared.
 * Policies are judged as of 2026-11-23.
 */
#include "golden/plan/plan_text.h"
#include "plan/plan.h"
#include "policy/policy.h"
#include "support/catalog_json.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char suffix[] = ".policy.yaml";

static struct buffer read_file(const char *path)
{
    struct buffer text = {0};
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail_msg("%s is missing", path);
    char chunk[4096];
    size_t count;
    while ((count = fread(chunk, 1, sizeof chunk, file)) > 0)
        buffer_add_bytes(&text, chunk, count);
    fclose(file);
    return text;
}

static void write_file(const char *path, const struct buffer *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(buffer_text(text), 1, text->length, file), text->length);
    assert_int_equal(fclose(file), 0);
}

static bool same_as_file(const char *path, const struct buffer *text)
{
    if (getenv("UPDATE_GOLDEN") != NULL) {
        write_file(path, text);
        return true;
    }
    struct buffer expected = read_file(path);
    bool same = strcmp(buffer_text(text), buffer_text(&expected)) == 0;
    if (!same)
        print_error("%s differs; now it is:\n%s\n", path, buffer_text(text));
    buffer_free(&expected);
    return same;
}

/* The "#: " lines of a policy; names are kept in `arena`. */
static struct plan_options read_options(const char *text, struct arena *arena)
{
    struct plan_options options = {0};
    struct narrowing *n = &options.narrowing;
    const char **tables = NULL, **categories = NULL, **rules = NULL;
    for (const char *line = strstr(text, "#: "); line != NULL; line = strstr(line + 1, "#: ")) {
        char word[32], name[128] = "";
        int words = sscanf(line, "#: %31s %127[^\n]", word, name);
        assert_true(words >= 1);
        if (strcmp(word, "table") == 0)
            *ARENA_PUSH(arena, tables, n->table_count) = arena_strdup(arena, name);
        else if (strcmp(word, "category") == 0)
            *ARENA_PUSH(arena, categories, n->category_count) = arena_strdup(arena, name);
        else if (strcmp(word, "rule") == 0)
            *ARENA_PUSH(arena, rules, n->rule_count) = arena_strdup(arena, name);
        else if (strcmp(word, "trust-owners") == 0)
            options.trust_owners = true;
        else
            fail_msg("unknown option %s", word);
    }
    n->tables = tables;
    n->categories = categories;
    n->rules = rules;
    return options;
}

static struct policy *load_policy(const char *path)
{
    const struct policy_options reading = {.file = path, .today = "2026-11-23"};
    struct diagnostics diagnostics = {0};
    struct policy *policy = NULL;
    if (policy_load(&reading, &policy, &diagnostics) != 0)
        fail_msg("%s:%u: %s", path, diagnostics.items[0].mark.line, diagnostics.items[0].message);
    diagnostics_free(&diagnostics);
    return policy;
}

static bool check_case(const char *folder, const char *name)
{
    char path[4096];
    struct arena arena = {0};
    struct catalog catalog;
    struct plan *plan;
    struct error err;
    struct buffer text = {0}, sql = {0};
    snprintf(path, sizeof path, "%s/%s%s", folder, name, suffix);
    struct policy *policy = load_policy(path);
    struct plan_options options = read_options(policy->bytes, &arena);
    snprintf(path, sizeof path, "%s/%s.catalog.json", folder, name);
    struct buffer json = read_file(path);
    catalog_from_json(buffer_text(&json), policy, &catalog);
    if (plan_build(policy, &catalog, &options, &plan, &err) != 0)
        fail_msg("%s: %s", name, err.message);
    plan_text(plan, &text);
    plan_sql_text(plan, &sql);
    snprintf(path, sizeof path, "%s/%s.plan", folder, name);
    bool same = same_as_file(path, &text);
    snprintf(path, sizeof path, "%s/%s.sql", folder, name);
    same = same_as_file(path, &sql) && same;
    plan_free(plan);
    policy_free(policy);
    arena_free(&catalog.arena);
    arena_free(&arena);
    buffer_free(&json);
    buffer_free(&text);
    buffer_free(&sql);
    return same;
}

static int is_policy(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name), tail = strlen(suffix);
    return length > tail && strcmp(entry->d_name + length - tail, suffix) == 0;
}

static void test_cases(void **state)
{
    (void)state;
    struct dirent **entries;
    int count = scandir(GOLDEN_PLANS, &entries, is_policy, alphasort), differing = 0;
    assert_true(count >= 30);
    for (int i = 0; i < count; i++) {
        entries[i]->d_name[strlen(entries[i]->d_name) - strlen(suffix)] = '\0';
        differing += !check_case(GOLDEN_PLANS, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    assert_int_equal(differing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
