/* property_check.c - runs the tool on a built case and compares everything it says and does. */
#include "property_case.h"

#include "support/audit_file.h"
#include "support/process.h"
#include "support/scratch.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct check {
    struct property_case *property;
    const struct property_tool *tool;
    struct buffer *diff;
    const char *policy;
    const char *audit;
    int wrong;
};

static void check_wrong(struct check *check, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void check_wrong(struct check *check, const char *format, ...)
{
    va_list arguments;
    char text[2048];
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    buffer_addf(check->diff, "%s\n", text);
    check->wrong++;
}

/* Runs a verb on the policy; NULL when it did not end as expected or printed no JSON. */
static json_t *check_run(struct check *check, const char *verb)
{
    const struct property_tool *tool = check->tool;
    bool enforce = strcmp(verb, "enforce") == 0;
    const char *argv[] = {
        tool->program, verb,       check->policy, "-d",      tool->database,         "-U",
        tool->role,    "--format", "json",        "--as-of", check->property->as_of, NULL,
        NULL,          NULL,       NULL,          NULL};
    if (enforce) {
        argv[11] = "--yes";
        argv[12] = "--accept-new";
        argv[13] = "--audit";
        argv[14] = check->audit;
    }
    struct process_result result = process_run(argv);
    json_t *json = json_loads(result.out, 0, NULL);
    if (result.status != 0 || json == NULL) {
        check_wrong(check, "%s ended with %d\nstderr: %s\nstdout: %.1500s", verb, result.status,
                    result.err, result.out);
        json_decref(json);
        json = NULL;
    }
    process_result_free(&result);
    return json;
}

static json_t *check_step(struct check *check, json_t *report, int rule)
{
    const char *id = property_rule_id(check->property, &check->property->rules[rule]);
    size_t i;
    json_t *step;
    json_array_foreach(json_object_get(report, "steps"), i, step)
    {
        const char *name = json_string_value(json_object_get(step, "rule"));
        if (name != NULL && strcmp(name, id) == 0) {
            return step;
        }
    }
    check_wrong(check, "no step for rule %s", id);
    return NULL;
}

static void check_number(struct check *check, json_t *step, int rule, const char *key,
                         long long expected)
{
    json_t *number = json_object_get(step, key);
    if (!json_is_integer(number) || json_integer_value(number) != expected) {
        char *got = json_dumps(number, JSON_ENCODE_ANY);
        check_wrong(check, "rule %s: %s is %s, expected %lld",
                    property_rule_id(check->property, &check->property->rules[rule]), key,
                    got != NULL ? got : "missing", expected);
        free(got);
    }
}

/* Rows of this table may go with a parent's, so what a mask finds later differs from the plan. */
static bool check_follows_parent(const struct property_case *property, int table)
{
    for (int i = 0; i < property->rule_count; i++) {
        for (int j = 0; j < property->rules[i].cascade_count; j++) {
            if (property->rules[i].cascade[j] == table) {
                return true;
            }
        }
    }
    return false;
}

static void check_plan(struct check *check, const struct expected_rule *expected)
{
    struct property_case *property = check->property;
    json_t *plan = check_run(check, "plan");
    for (int i = 0; plan != NULL && i < property->rule_count; i++) {
        const struct case_rule *rule = &property->rules[i];
        json_t *step = check_step(check, plan, i);
        if (step == NULL || (!rule->purge && check_follows_parent(property, rule->table))) {
            continue;
        }
        check_number(check, step, i, "due", expected[i].due);
        if (rule->purge) {
            check_number(check, step, i, "held", expected[i].held);
            check_number(check, step, i, "undecided", expected[i].undecided);
            check_number(check, step, i, "excluded", expected[i].excluded);
            check_number(check, step, i, "blocked", expected[i].blocked);
            check_number(check, step, i, "undated", expected[i].undated);
            check_number(check, step, i, "active", expected[i].active);
        }
    }
    json_decref(plan);
}

/* Rows of the table itself, and of others; or both in one, where they cannot be told apart. */
static void check_changed(struct check *check, json_t *step, int i,
                          const struct expected_rule *expected)
{
    if (!property_goes_with_itself(check->property, check->property->rules[i].table)) {
        check_number(check, step, i, "changed", expected->changed);
        check_number(check, step, i, "cascaded", expected->cascaded);
        return;
    }
    long long sum = json_integer_value(json_object_get(step, "changed")) +
                    json_integer_value(json_object_get(step, "cascaded"));
    if (sum != expected->changed + expected->cascaded) {
        check_wrong(check, "rule %d took %lld rows, not %lld", i, sum,
                    expected->changed + expected->cascaded);
    }
}

static void check_enforce(struct check *check, const struct expected_rule *expected)
{
    struct property_case *property = check->property;
    json_t *outcome = check_run(check, "enforce");
    for (int i = 0; outcome != NULL && i < property->rule_count; i++) {
        json_t *step = check_step(check, outcome, i);
        if (step == NULL) {
            continue;
        }
        const char *state = json_string_value(json_object_get(step, "state"));
        if (state == NULL || strcmp(state, "done") != 0) {
            check_wrong(check, "rule %d ended as %s", i, state != NULL ? state : "nothing");
        }
        check_changed(check, step, i, &expected[i]);
    }
    json_decref(outcome);
}

static void check_again(struct check *check)
{
    json_t *outcome = check_run(check, "enforce");
    json_t *plan = check_run(check, "plan");
    for (int i = 0; i < check->property->rule_count && outcome != NULL && plan != NULL; i++) {
        check_number(check, check_step(check, outcome, i), i, "changed", 0);
        check_number(check, check_step(check, outcome, i), i, "cascaded", 0);
        check_number(check, check_step(check, plan, i), i, "due", 0);
    }
    json_decref(outcome);
    json_decref(plan);
}

/* The rows that the log's commit and cascade records name. */
static void check_audit(struct check *check, const struct expected_rule *expected)
{
    const char *argv[] = {check->tool->program, "audit", "verify", check->audit, NULL};
    struct process_result result = process_run(argv);
    if (result.status != 0) {
        check_wrong(check, "audit verify ended with %d\n%s%s", result.status, result.out,
                    result.err);
    }
    process_result_free(&result);
    long long changed = 0, cascaded = 0;
    bool vary = false;
    for (int i = 0; i < check->property->rule_count; i++) {
        changed += expected[i].changed;
        cascaded += expected[i].cascaded;
        vary |= property_goes_with_itself(check->property, check->property->rules[i].table);
    }
    struct audit_sums sums = audit_sums_read(check->audit);
    if (sums.committed_rows + sums.cascaded_rows != changed + cascaded ||
        (!vary && sums.committed_rows != changed)) {
        check_wrong(check,
                    "the audit log has %lld changed and %lld cascaded rows, not %lld and %lld",
                    sums.committed_rows, sums.cascaded_rows, changed, cascaded);
    }
}

static void check_write_policy(struct check *check)
{
    struct buffer text = {0};
    property_policy(check->property, check->tool->database, &text);
    scratch_write(check->policy, buffer_text(&text));
    buffer_free(&text);
}

int property_check(struct property_case *property, const struct property_tool *tool,
                   PGconn *session, struct buffer *diff)
{
    struct check check = {
        .property = property,
        .tool = tool,
        .diff = diff,
        .policy = arena_printf(&property->arena, "%s/policy.yaml", tool->directory),
        .audit = arena_printf(&property->arena, "%s/audit.jsonl", tool->directory),
    };
    struct expected_rule expected[CASE_RULES_MAX] = {0};
    check_write_policy(&check);
    audit_file_remove(check.audit);
    oracle_judge(property, session, expected);
    check_plan(&check, expected);
    check_enforce(&check, expected);
    check.wrong += oracle_compare(property, session, diff);
    check_audit(&check, expected);
    if (check.wrong == 0) {
        check_again(&check);
    }
    return check.wrong;
}
