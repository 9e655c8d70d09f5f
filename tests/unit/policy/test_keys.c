/*
 * test_keys.c - the JSON Schema and the reader know the same keys
 *
 * An unknown key makes the reader list the valid ones; the list is compared with the properties of
 * the schema's object. Every property must carry a description or a constant.
 */
#include "parsed.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#define HEAD "pgretain: 1\npolicy: t\n"
#define RULE "rules: [{table: a.b, category: c, clock: at, action: purge, "

static const struct {
    const char *object; /* path in the schema */
    const char *text;   /* with the unknown key zzzzzzzz in that object */
} objects[] = {
    {"", HEAD "zzzzzzzz: 1\n"},
    {"properties/notice", HEAD "notice: {zzzzzzzz: 1}\n"},
    {"properties/coverage", HEAD "coverage: {zzzzzzzz: 1}\n"},
    {"properties/limits", HEAD "limits: {zzzzzzzz: 1}\n"},
    {"properties/audit", HEAD "audit: {zzzzzzzz: 1}\n"},
    {"definitions/category", HEAD "categories: {c: {zzzzzzzz: 1}}\n"},
    {"definitions/obligation", HEAD "categories: {c: {obligation: {zzzzzzzz: 1}}}\n"},
    {"definitions/hold", HEAD "holds: [{zzzzzzzz: 1}]\n"},
    {"definitions/rule", HEAD "rules: [{zzzzzzzz: 1}]\n"},
    {"definitions/accept", HEAD RULE "accept: {zzzzzzzz: 1}}]\n"},
    {"definitions/exemption", HEAD "exempt: [{zzzzzzzz: 1}]\n"},
    {"definitions/clock", HEAD "rules: [{clock: {zzzzzzzz: 1}}]\n"},
    {"definitions/period", HEAD "rules: [{period: zzzzzzzz}]\n"},
    {"definitions/period", HEAD "rules: [{period: {zzzzzzzz: a}}]\n"},
    {"definitions/measure", HEAD "rules: [{measures: {a: zzzzzzzz}}]\n"},
    {"definitions/measure", HEAD "rules: [{measures: {a: {zzzzzzzz: b}}}]\n"},
    {"definitions/mask", HEAD "rules: [{mask: {a: zzzzzzzz}}]\n"},
};

static int load(void **state)
{
    json_error_t error;
    *state = json_load_file(SOURCE_ROOT "/policies/pgretain.schema.json", JSON_REJECT_DUPLICATES,
                            &error);
    return *state == NULL ? -1 : 0;
}

static int unload(void **state)
{
    json_decref(*state);
    return 0;
}

static json_t *find(json_t *schema, const char *path)
{
    char part[64];
    while (*path != '\0') {
        size_t length = strcspn(path, "/");
        snprintf(part, sizeof part, "%.*s", (int)length, path);
        schema = json_object_get(schema, part);
        assert_non_null(schema);
        path += length + (path[length] == '/');
    }
    return schema;
}

/* Adds the names an object, or any of its alternatives, allows; for masks also the constants. */
static void add_names(json_t *object, json_t *names)
{
    const char *name;
    size_t i;
    json_t *value;
    json_object_foreach(json_object_get(object, "properties"), name, value)
        json_object_set_new(names, name, json_true());
    json_array_foreach(json_object_get(object, "enum"), i, value)
        json_object_set_new(names, json_string_value(value), json_true());
    json_array_foreach(json_object_get(object, "oneOf"), i, value) add_names(value, names);
}

static json_t *listed_names(const char *shown)
{
    json_t *names = json_object();
    const char *list = strstr(shown, "Valid ");
    char name[64];
    assert_non_null(list);
    list = strchr(list, ':') + 1;
    for (int size; sscanf(list, " %63[^,.\n]%n", name, &size) == 1; list += size + 1) {
        json_object_set_new(names, name, json_true());
        if (list[size] != ',')
            break;
    }
    return names;
}

static void test_same_keys(void **state)
{
    for (size_t i = 0; i < sizeof objects / sizeof *objects; i++) {
        struct parsed parsed = parse(objects[i].text);
        const char *unknown = strstr(buffer_text(&parsed.shown), "error: unknown");
        json_t *names = json_object();
        assert_non_null(unknown);
        json_t *listed = listed_names(unknown);
        add_names(find(*state, objects[i].object), names);
        if (!json_equal(names, listed))
            fail_msg("%s: %s", objects[i].object, json_dumps(names, 0));
        assert_true(json_object_size(names) > 0);
        json_decref(names);
        json_decref(listed);
        parsed_free(&parsed);
    }
}

/* Every object is closed and every property explained. */
static void check_object(json_t *node)
{
    const char *name;
    size_t i;
    json_t *value;
    json_t *properties = json_object_get(node, "properties");
    if (properties != NULL && json_object_get(node, "additionalProperties") != NULL) {
        assert_true(json_is_false(json_object_get(node, "additionalProperties")));
        json_object_foreach(properties, name, value)
        {
            if (json_object_get(value, "description") == NULL)
                fail_msg("%s has no description", name);
        }
    }
    json_object_foreach(node, name, value) check_object(value);
    json_array_foreach(node, i, value) check_object(value);
}

static void test_described(void **state)
{
    check_object(*state);
    assert_string_equal(json_string_value(json_object_get(*state, "$schema")),
                        "http://json-schema.org/draft-07/schema#");
    assert_true(json_is_false(json_object_get(*state, "additionalProperties")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_keys),
        cmocka_unit_test(test_described),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
