/* test_compare.c - what a new version of a policy does otherwise, and how dangerous that is */
#include "parsed.h"

#include "base/buffer.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static const char base[] = "pgretain: 1\n"
                           "policy: demo\n"
                           "database: shop\n"
                           "subjects: [app.users]\n"
                           "coverage: {schemas: [app, web]}\n"
                           "categories:\n"
                           "  calls: {keep: 12 months}\n"
                           "  people: {keep: 24 months}\n"
                           "holds:\n"
                           "  - {id: case-1, reason: order, table: app.users, where: id = 17}\n"
                           "  - {id: case-2, reason: order, tables: [app.calls, app.notes],\n"
                           "     where: id = 18, follow: true}\n"
                           "limits: {share: 25%}\n"
                           "rules:\n"
                           "  - {table: app.calls, category: calls, clock: at, action: purge,\n"
                           "     cascade: [app.notes]}\n"
                           "  - table: app.users\n"
                           "    category: people\n"
                           "    clock: {latest: [a, b]}\n"
                           "    action: anonymise\n"
                           "    unless: restricted\n"
                           "    mask:\n"
                           "      email: unique\n"
                           "      phone: {phone_prefix: 4}\n"
                           "exempt:\n"
                           "  - {table: app.plans, reason: prices}\n"
                           "  - {table: app.users, columns: [id, kind], reason: ids}\n";

/* The text with `from` replaced, which must stand in it once. */
static char *replace(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    if (at == NULL || strstr(at + 1, from) != NULL)
        fail_msg("\"%s\" is not there once", from);
    struct buffer out = {0};
    buffer_add_bytes(&out, text, (size_t)(at - text));
    buffer_add(&out, to);
    buffer_add(&out, at + strlen(from));
    return out.data;
}

static void describe(const struct change *change, struct buffer *out)
{
    static const char *const effects[] = {"protects less", "touches",       "shortens",
                                          "alters",        "checks less",   "lengthens",
                                          "releases",      "protects more", "none"};
    static const char *const subjects[] = {"policy", "category", "hold", "rule", "exemption"};
    buffer_addf(out, "%s: %s", effects[change->effect], subjects[change->subject]);
    if (change->name != NULL)
        buffer_addf(out, " %s", change->name);
    if (change->key != NULL)
        buffer_addf(out, " %s", change->key);
    if (change->column != NULL)
        buffer_addf(out, " (%s)", change->column);
    for (int side = 0; side < 2; side++)
        buffer_addf(out, "%s%s@%u", side == 0 ? " " : " > ",
                    change->text[side] == NULL ? "-" : change->text[side], change->mark[side].line);
    buffer_add(out, "\n");
}

static void assert_changes(const char *before, const char *after, const char *expected)
{
    struct parsed old = parse(before), new = parse(after);
    struct changes changes;
    struct buffer out = {0};
    if (old.policy == NULL || new.policy == NULL)
        fail_msg("%s%s", buffer_text(&old.shown), buffer_text(&new.shown));
    policy_compare(old.policy, new.policy, &changes);
    for (size_t i = 0; i < changes.count; i++)
        describe(&changes.items[i], &out);
    assert_string_equal(buffer_text(&out), expected);
    assert_int_equal(changes.same_bytes, strcmp(before, after) == 0);
    changes_free(&changes);
    buffer_free(&out);
    parsed_free(&old);
    parsed_free(&new);
}

struct edit {
    const char *from, *to, *expected;
};

static void test_one_edit_one_change(void **state)
{
    (void)state;
    static const struct edit edits[] = {
        {"policy: demo", "policy: demo", ""},
        /* other words for the same */
        {"12 months", "P1Y", ""},
        {"id = 17}", "\"id = 17\"}", ""},
        {"table: app.users, where", "tables: [\"\\\"app\\\".users\"], where", ""},
        {"clock: at", "clock: 'at'", ""},
        {"app.calls, category", "'\"app\".calls', id: app.calls-calls, category",
         "none: rule app.calls-calls id -@15 > app.calls-calls@15\n"},
        /* holds */
        {"  - {id: case-1, reason: order, table: app.users, where: id = 17}\n", "",
         "protects less: hold case-1 -@10 > -@0\n"},
        {"id: case-1", "id: case-9", "none: hold case-1 id case-1@10 > case-9@10\n"},
        {"id = 17", "id = 19", "protects less: hold case-1 where -@10 > -@10\n"},
        {"[app.calls, app.notes]", "[app.calls]",
         "protects less: hold case-2 tables app.notes@11 > -@11\n"},
        {"[app.calls, app.notes]", "[app.calls, app.notes, app.more]",
         "protects more: hold case-2 tables -@11 > app.more@11\n"},
        {", follow: true", "", "protects less: hold case-2 follow true@12 > false@11\n"},
        {"where: id = 17", "where: id = 17, follow: true",
         "protects more: hold case-1 follow false@10 > true@10\n"},
        {"limits:", "  - {id: new, reason: r, table: app.x, where: a}\nlimits:",
         "protects more: hold new -@0 > -@13\n"},
        /* guards */
        {"share: 25%", "share: 75%", "protects less: policy limits.share 25%@13 > 75%@13\n"},
        {"share: 25%", "share: 5%", "protects more: policy limits.share 25%@13 > 5%@13\n"},
        {"share: 25%", "share: 25%, rows: 10", "protects more: policy limits.rows -@0 > 10@13\n"},
        {"database: shop\n", "", "protects less: policy database shop@3 > -@0\n"},
        {"database: shop", "database: mall", "protects less: policy database shop@3 > mall@3\n"},
        /* windows */
        {"12 months", "6 months", "shortens: rule app.calls-calls keep 12 months@7 > 6 months@7\n"},
        {"12 months", "13 months",
         "lengthens: rule app.calls-calls keep 12 months@7 > 13 months@7\n"},
        {"24 months", "730 days",
         "shortens: rule app.users-people keep 24 months@8 > 730 days@8\n"},
        {"12 months", "P11M30D",
         "shortens: rule app.calls-calls keep 12 months@7 > 11 months 30 days (shorter on some "
         "dates, longer on others)@7\n"},
        {"category: people", "category: people\n    keep: 1 year",
         "shortens: rule app.users-people keep 24 months@8 > 1 year@19\n"},
        /* rules */
        {"exempt:", "  - {table: app.sms, category: calls, clock: at, action: purge}\nexempt:",
         "touches: rule app.sms-calls -@0 > -@25\n"},
        {"  - {table: app.calls, category: calls, clock: at, action: purge,\n"
         "     cascade: [app.notes]}\n",
         "", "releases: rule app.calls-calls -@15 > -@0\n"},
        {"clock: at", "clock: ended", "alters: rule app.calls-calls clock at@15 > ended@15\n"},
        {"clock: {latest: [a, b]}", "clock: a",
         "alters: rule app.users-people clock {latest: [a, b]}@19 > a@19\n"},
        {"cascade: [app.notes]", "cascade: [app.notes, app.tags]",
         "touches: rule app.calls-calls cascade -@16 > app.tags@16\n"},
        {",\n     cascade: [app.notes]", "",
         "releases: rule app.calls-calls cascade app.notes@16 > -@15\n"},
        {"    unless: restricted\n", "",
         "touches: rule app.users-people unless restricted@21 > -@17\n"},
        {"unless: restricted", "unless: restricted or vip",
         "alters: rule app.users-people unless restricted@21 > restricted or vip@21\n"},
        {"action: purge,", "action: purge, only: closed,",
         "releases: rule app.calls-calls only -@15 > closed@15\n"},
        {"      email: unique\n", "",
         "releases: rule app.users-people mask (email) unique@23 > -@23\n"},
        {"email: unique", "email: null",
         "alters: rule app.users-people mask (email) unique@23 > null@23\n"},
        {"phone_prefix: 4}\n", "phone_prefix: 4}\n      name: null\n",
         "touches: rule app.users-people mask (name) -@23 > null@25\n"},
        {"table: app.calls, category", "table: app.*, id: app.calls-calls, category",
         "touches: rule app.calls-calls table app.calls@15 > app.*@15\n"
         "none: rule app.calls-calls id -@15 > app.calls-calls@15\n"},
        /* promises */
        {"[app, web]", "[app]", "checks less: policy coverage.schemas web@5 > -@5\n"},
        {"subjects: [app.users]\n", "", "checks less: policy subjects app.users@4 > -@0\n"},
        {"[id, kind]", "[id, kind, sex]", "checks less: exemption app.users (sex) -@0 > ids@27\n"},
        {"  - {table: app.plans, reason: prices}\n", "",
         "none: exemption app.plans prices@26 > -@0\n"},
        {"reason: prices", "reason: price list",
         "none: exemption app.plans reason prices@26 > price list@26\n"},
        {"policy: demo\n", "policy: demo\ncap: 36 months\ncap_reason: law\n",
         "checks less: policy cap 24 months@0 > 36 months@3\n"
         "none: policy cap_reason -@0 > law@4\n"},
    };
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        char *after = replace(base, edits[i].from, edits[i].to);
        assert_changes(base, after, edits[i].expected);
        free(after);
    }
}

/* A rule with a new id goes on; its id is what changed. */
static void test_renamed_rule(void **state)
{
    (void)state;
    char *once = replace(base, "  - table: app.users", "  - id: people\n    table: app.users");
    assert_changes(base, once, "none: rule people id -@17 > people@17\n");
    char *twice = replace(base, "  - table: app.users", "  - id: persons\n    table: app.users");
    assert_changes(once, twice, "none: rule persons id people@17 > persons@17\n");
    free(once);
    free(twice);
}

/* The most dangerous first, a removed hold before all else, whatever the order in the file. */
static void test_order(void **state)
{
    (void)state;
    char *a = replace(base, "id = 18", "id = 180");
    char *b = replace(a, "  - {id: case-1, reason: order, table: app.users, where: id = 17}\n", "");
    char *c = replace(b, "12 months", "13 months");
    char *d = replace(c, "email: unique", "email: null");
    char *e = replace(d, "24 months", "18 months");
    char *f = replace(e, "share: 25%", "share: 26%");
    assert_changes(base, f,
                   "protects less: hold case-1 -@10 > -@0\n"
                   "protects less: hold case-2 where -@12 > -@11\n"
                   "protects less: policy limits.share 25%@13 > 26%@12\n"
                   "shortens: rule app.users-people keep 24 months@8 > 18 months@8\n"
                   "alters: rule app.users-people mask (email) unique@23 > null@22\n"
                   "lengthens: rule app.calls-calls keep 12 months@7 > 13 months@7\n");
    char *const texts[] = {a, b, c, d, e, f};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        free(texts[i]);
}

/* The other way round, each change is there with its sides swapped. */
static void test_reversed(void **state)
{
    (void)state;
    char *changed = replace(base, "where: id = 17}",
                            "where: id = 17}\n"
                            "  - {id: n, reason: r, table: a.b, where: c}");
    assert_changes(base, changed, "protects more: hold n -@0 > -@11\n");
    assert_changes(changed, base, "protects less: hold n -@11 > -@0\n");
    free(changed);
}

/* Of a summary, the very column or measure is told. */
static void test_summary(void **state)
{
    (void)state;
    static const char summary[] =
        "pgretain: 1\npolicy: p\ncategories: {c: {keep: 1 year}}\nrules:\n"
        "  - {table: a.b, category: c, clock: at, action: summarise, into: a.s, period: month,\n"
        "     by: [x, y], measures: {n: count, t: {sum: z}}}\n";
    static const struct edit edits[] = {
        {"[x, y]", "[x]", "alters: rule a.b-c by y@6 > -@6\n"},
        {"[x, y]", "[x, y, w]", "alters: rule a.b-c by -@6 > w@6\n"},
        {"{sum: z}", "{max: z}", "alters: rule a.b-c measures (t) {sum: z}@6 > {max: z}@6\n"},
        {"n: count, ", "", "alters: rule a.b-c measures (n) count@6 > -@6\n"},
        {"n: count, ", "n: count, m: {min: z}, ",
         "alters: rule a.b-c measures (m) -@6 > {min: z}@6\n"},
    };
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        char *after = replace(summary, edits[i].from, edits[i].to);
        assert_changes(summary, after, edits[i].expected);
        free(after);
    }
}

/* A key and an edit of a policy that has it. */
struct key_edit {
    const char *key;
    struct edit edit;
};

static const struct key_edit keys[] = {
    {"$schema", {"policies/pgretain.schema.json", "other.json", ""}}, /* for editors only */
    {"pgretain", {NULL, NULL, NULL}},                                 /* has one value */
    {"accept", {"accept: {label: pseudonymous, reason: \"the account stays\"}\n", "\n", NULL}},
    {"action",
     {"closed_at}}}\n    action: pseudonymise\n    mask: {user_id: keyed_hash, ip",
      "closed_at}}}\n    action: anonymise\n    mask: {user_id: unique, ip", NULL}},
    {"audit", {"audit: {keep: 36", "audit: {keep: 35", NULL}},
    {"bucket", {"bucket: 0.5", "bucket: 0.25", NULL}},
    {"cap", {"cap: 3 years", "cap: 4 years", NULL}},
    {"cap_reason", {"regulator", "law", NULL}},
    {"cascade", {"[public.notes, public.tags]", "[public.notes]", NULL}},
    {"categories", {"  long: {keep: 36 months}\n", "", NULL}},
    {"category", {"billing, clock: issued_on", "long, clock: issued_on", NULL}},
    {"clock", {"clock: issued_on", "clock: paid_on", NULL}},
    {"column", {"column: at, when", "column: at2, when", NULL}},
    {"columns", {"[direction, Line]", "[direction]", NULL}},
    {"coverage", {"coverage: {schemas: [public, App Data]}\n", "", NULL}},
    {"database", {"Every Key", "Other", NULL}},
    {"description", {"names, e-mail", "names", NULL}},
    {"document", {"Privacy Policy", "Notice", NULL}},
    {"except", {"public.log_legal", "public.log_law", NULL}},
    {"exempt", {"  - {table: public.plans, reason: \"price list\"}\n", "", NULL}},
    {"fixed", {"fixed: removed", "fixed: gone", NULL}},
    {"floor", {"floor: quarter", "floor: year", NULL}},
    {"follow", {"follow: true", "follow: false", NULL}},
    {"holds",
     {"acme-2026, reason: \"order 26/1412\", table: public.accounts, where: \"id = 17\"",
      "acme-2027, reason: \"order 26/1412\", table: public.orders, where: \"id = 17\"", NULL}},
    {"id", {"id: mask-all", "id: mask-most", NULL}},
    {"json_drop", {"$.a.b, \"", "$.a.c, \"", NULL}},
    {"json_keep", {"[status, \"a b\"]", "[status]", NULL}},
    {"keep", {"keep: 18 months", "keep: 17 months", NULL}},
    {"label", {NULL, NULL, NULL}}, /* has one value */
    {"latest", {"[last_seen_at, created_at]", "[last_seen_at, made_at]", NULL}},
    {"law", {"art. L123-22", "art. L123-23", NULL}},
    {"limits", {"limits: {share: 12.5%, rows: 5000000}\n", "", NULL}},
    {"mask", {"      i: unique\n", "", NULL}},
    {"notice", {"notice: {document: Privacy Policy, updated: 2024-09-26}\n", "", NULL}},
    {"obligation", {"review: 2027-09-26", "review: 2028-09-26", NULL}},
    {"only", {"only: true", "only: false", NULL}},
    {"parent", {"parent: public.keys", "parent: public.locks", NULL}},
    {"phone_prefix", {"phone_prefix: 6", "phone_prefix: 5", NULL}},
    {"policy", {"every-key_1.0", "every-key_1.1", NULL}},
    {"reason", {"a live register", "another register", NULL}},
    {"review", {"review: 2027-09-26", "review: 2027-09-27", NULL}},
    {"rows", {"rows: 5000000", "rows: 5000001", NULL}},
    {"rules",
     {"  - {table: public.invoices, category: billing, clock: issued_on, action: purge}\n", "",
      NULL}},
    {"schemas", {"[public, App Data]", "[public, Data]", NULL}},
    {"share", {"12.5%", "12.4%", NULL}},
    {"sql", {"least(seen_at, now())", "seen_at", NULL}},
    {"subjects", {"public.contacts_*", "public.contact_*", NULL}},
    {"table", {"table: public.log_*", "table: public.logs_*", NULL}},
    {"tables", {"[public.a, public.b]", "[public.a]", NULL}},
    {"timezone", {"Argentina/Buenos_Aires", "Argentina/Salta", NULL}},
    {"unit", {"unit: milliseconds", "unit: seconds", NULL}},
    {"unless", {"unless: \"restricted\"", "unless: \"closed\"", NULL}},
    {"until", {"2027-04-12", "2027-04-13", NULL}},
    {"updated", {"2024-09-26}\nsubjects", "2024-09-27}\nsubjects", NULL}},
    {"via", {"via: account_id", "via: owner_id", NULL}},
    {"partition", {", partition: force", "", NULL}},
    {"when_null", {"clock: {column: at, when_null: active}", "clock: {column: at}", NULL}},
    {"where", {"where: \"id = 17\"", "where: \"id = 18\"", NULL}},
};

/* Of good/summarise.yaml. */
static const struct key_edit summary_keys[] = {
    {"by", {"[direction, \"Odd Column\"]", "[direction]", NULL}},
    {"day", {"period: {week: first_day}", "period: {day: first_day}", NULL}},
    {"into", {"public.call_statistics", "public.call_stats", NULL}},
    {"max", {"{max: duration_seconds}", "{max: ring_seconds}", NULL}},
    {"measures", {"      seconds: {sum: duration_seconds}\n", "", NULL}},
    {"min", {"{min: duration_seconds}", "{min: ring_seconds}", NULL}},
    {"minimum", {"minimum: 25", "minimum: 26", NULL}},
    {"month", {"period: month", "period: {month: started}", NULL}},
    {"period", {"period: month", "period: week", NULL}},
    {"quarter", {NULL, NULL, NULL}}, /* another word for "period" */
    {"sum", {"{sum: duration_seconds}", "{sum: ring_seconds}", NULL}},
    {"week", {"{week: first_day}", "{week: monday}", NULL}},
    {"year", {NULL, NULL, NULL}},
};

enum {
    KEYS = sizeof keys / sizeof *keys,
    SUMMARY_KEYS = sizeof summary_keys / sizeof *summary_keys
};

static bool is_known_key(const char *key)
{
    for (size_t i = 0; i < KEYS; i++)
        if (strcmp(keys[i].key, key) == 0)
            return true;
    for (size_t i = 0; i < SUMMARY_KEYS; i++)
        if (strcmp(summary_keys[i].key, key) == 0)
            return true;
    return false;
}

static size_t check_schema(json_t *value)
{
    const char *key;
    json_t *member, *properties = json_object_get(value, "properties");
    size_t i, count = 0;
    json_object_foreach(properties, key, member)
    {
        count++;
        if (!is_known_key(key))
            fail_msg("\"%s\" is not in the table of keys", key);
    }
    json_object_foreach(value, key, member) count += check_schema(member);
    json_array_foreach(value, i, member) count += check_schema(member);
    return count;
}

static char *read_text(const char *path)
{
    char *text = calloc(1, 1 << 20);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
    fclose(file);
    return text;
}

static void check_edits(const char *file, const struct key_edit *edits, size_t count)
{
    char *text = read_text(file);
    for (size_t i = 0; i < count; i++) {
        if (edits[i].edit.from == NULL)
            continue;
        char *after = replace(text, edits[i].edit.from, edits[i].edit.to);
        struct parsed old = parse(text), new = parse(after);
        struct changes changes;
        if (new.policy == NULL)
            fail_msg("%s: %s", edits[i].key, buffer_text(&new.shown));
        policy_compare(old.policy, new.policy, &changes);
        if ((changes.count > 0) != (edits[i].edit.expected == NULL))
            fail_msg("%s: %zu changes", edits[i].key, changes.count);
        changes_free(&changes);
        parsed_free(&old);
        parsed_free(&new);
        free(after);
    }
    free(text);
}

/* A change of any key of the format is told. */
static void test_every_key(void **state)
{
    (void)state;
    json_t *schema = json_load_file(SOURCE_ROOT "/policies/pgretain.schema.json", 0, NULL);
    assert_true(check_schema(schema) > 50);
    check_edits(FIXTURES "/policies/good/every_key.yaml", keys, KEYS);
    check_edits(FIXTURES "/policies/good/summarise.yaml", summary_keys, SUMMARY_KEYS);
    json_decref(schema);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_edit_one_change),
        cmocka_unit_test(test_renamed_rule),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_reversed),
        cmocka_unit_test(test_summary),
        cmocka_unit_test(test_every_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
