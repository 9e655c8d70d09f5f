/*
 * sarif.c - findings as a SARIF 2.1.0 log (OASIS Standard, 2020)
 *
 * Rule ids are the finding codes. A fingerprint is made of what a finding says and not of where it
 * stands, so that it survives moved lines. Places are relative to the repository's root; columns
 * count characters.
 */
#include "report/parts.h"
#include "report/text.h"

#include "base/sha256.h"

#include <stdlib.h>
#include <string.h>

static const char root_id[] = "%SRCROOT%";

static json_t *text_object(const char *text)
{
    struct buffer safe = {0};
    text_escape(text, &safe);
    json_t *object = json_object();
    json_object_set_new(object, "text", json_utf8(buffer_text(&safe)));
    buffer_free(&safe);
    return object;
}

/* RFC 3986: everything but unreserved characters and slashes is percent-encoded. */
static json_t *uri(const char *path)
{
    static const char unreserved[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789-._~/";
    struct buffer text = {0};
    buffer_add(&text, path[0] == '/' ? "file://" : "");
    for (const char *c = path; *c != '\0'; c++) {
        if (strchr(unreserved, *c) != NULL)
            buffer_addf(&text, "%c", *c);
        else
            buffer_addf(&text, "%%%02X", (unsigned)(unsigned char)*c);
    }
    json_t *value = json_string(buffer_text(&text));
    buffer_free(&text);
    return value;
}

/* SARIF's words for levels are ours for severities. */
static json_t *level(const struct finding *finding)
{
    return json_string(severity_name(finding->severity));
}

/* The first sentence, which is what lists of alerts show. */
static json_t *first_sentence(const char *help)
{
    const char *end = strstr(help, ". ");
    struct buffer text = {0};
    buffer_add_bytes(&text, help, end == NULL ? strlen(help) : (size_t)(end - help) + 1);
    json_t *object = text_object(buffer_text(&text));
    buffer_free(&text);
    return object;
}

static json_t *rule_object(const struct finding *finding)
{
    json_t *rule = json_object();
    const char *help = finding_help(finding->code);
    json_object_set_new(rule, "id", json_string(finding->code));
    if (help != NULL) {
        json_object_set_new(rule, "shortDescription", first_sentence(help));
        json_object_set_new(rule, "fullDescription", text_object(help));
        json_object_set_new(rule, "help", text_object(help));
    }
    json_object_set_new(rule, "defaultConfiguration", json_pack("{s:o}", "level", level(finding)));
    return rule;
}

/* The number of the code among the rules, which gain it if it is new. */
static size_t rule_index(json_t *rules, const struct finding *finding)
{
    size_t i;
    json_t *rule;
    json_array_foreach(rules, i, rule)
    {
        if (strcmp(json_string_value(json_object_get(rule, "id")), finding->code) == 0)
            return i;
    }
    json_array_append_new(rules, rule_object(finding));
    return json_array_size(rules) - 1;
}

/* What concerns the whole file is shown on its first line: GitHub drops results without one. */
static json_t *location(const struct finding *finding, const char *path)
{
    json_t *artifact = json_object();
    json_t *region = json_object();
    json_t *physical = json_object();
    json_t *place = json_object();
    json_object_set_new(artifact, "uri", uri(path));
    if (path[0] != '/')
        json_object_set_new(artifact, "uriBaseId", json_string(root_id));
    bool placed = finding->mark.line > 0;
    json_object_set_new(region, "startLine", json_integer(placed ? finding->mark.line : 1));
    if (placed)
        json_object_set_new(region, "startColumn", json_integer(finding->mark.column));
    json_object_set_new(physical, "artifactLocation", artifact);
    json_object_set_new(physical, "region", region);
    json_object_set_new(place, "physicalLocation", physical);
    if (finding->table != NULL) {
        json_t *table = json_object();
        json_object_set_new(table, "fullyQualifiedName", json_utf8(finding->table));
        json_object_set_new(table, "kind", json_string("table"));
        json_object_set_new(place, "logicalLocations", json_pack("[o]", table));
    }
    return json_pack("[o]", place);
}

struct print {
    char hash[SHA256_HEX];
    size_t index;
    unsigned again; /* how many before it say the same */
};

static int compare_hashes(const void *a, const void *b)
{
    const struct print *left = a, *right = b;
    int order = strcmp(left->hash, right->hash);
    return order != 0 ? order : left->index < right->index ? -1 : left->index > right->index;
}

static int compare_indexes(const void *a, const void *b)
{
    const struct print *left = a, *right = b;
    return left->index < right->index ? -1 : left->index > right->index;
}

static struct print *fingerprints(const struct finding *findings, size_t count, struct arena *arena)
{
    struct print *prints = arena_alloc(arena, count * sizeof *prints + 1);
    for (size_t i = 0; i < count; i++) {
        const char *const parts[] = {findings[i].code, findings[i].rule, findings[i].table,
                                     findings[i].message};
        struct buffer text = {0};
        for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
            buffer_add(&text, parts[p] == NULL ? "" : parts[p]);
            buffer_add_bytes(&text, "", 1);
        }
        sha256_hex(text.data, text.length, prints[i].hash);
        prints[i].index = i;
        buffer_free(&text);
    }
    qsort(prints, count, sizeof *prints, compare_hashes);
    for (size_t i = 1; i < count; i++)
        if (strcmp(prints[i].hash, prints[i - 1].hash) == 0)
            prints[i].again = prints[i - 1].again + 1;
    qsort(prints, count, sizeof *prints, compare_indexes);
    return prints;
}

static json_t *result(const struct finding *finding, const struct print *print, const char *path,
                      json_t *rules)
{
    json_t *object = json_object();
    struct buffer text = {0};
    buffer_add(&text, finding->message);
    if (finding->hint != NULL)
        buffer_addf(&text, ". %s", finding->hint);
    json_object_set_new(object, "ruleId", json_string(finding->code));
    json_object_set_new(object, "ruleIndex", json_integer((json_int_t)rule_index(rules, finding)));
    json_object_set_new(object, "level", level(finding));
    json_object_set_new(object, "message", text_object(buffer_text(&text)));
    json_object_set_new(object, "locations", location(finding, path));
    buffer_clear(&text);
    buffer_addf(&text, "%s:%u", print->hash, print->again + 1);
    json_object_set_new(object, "partialFingerprints",
                        json_pack("{s:s}", "pgretain/v1", buffer_text(&text)));
    buffer_free(&text);
    return object;
}

/* With one file a run, the file is what tells this analysis from that of another policy. */
static json_t *run_object(const char *path, json_t *rules, json_t *results)
{
    json_t *run = json_object();
    struct buffer id = {0};
    buffer_addf(&id, "pgretain/%s/", path);
    json_object_set_new(run, "tool",
                        json_pack("{s:{s:s, s:s, s:o}}", "driver", "name", "pgretain", "version",
                                  PGRETAIN_VERSION, "rules", rules));
    json_object_set_new(run, "automationDetails", json_object());
    json_object_set_new(json_object_get(run, "automationDetails"), "id",
                        json_utf8(buffer_text(&id)));
    json_object_set_new(run, "columnKind", json_string("unicodeCodePoints"));
    json_object_set_new(
        run, "originalUriBaseIds",
        json_pack("{s:{s:{s:s}}}", root_id, "description", "text", "The root of the repository."));
    json_object_set_new(run, "results", results);
    buffer_free(&id);
    return run;
}

void check_as_sarif(const struct check *check, struct buffer *out)
{
    struct arena arena = {0};
    size_t count;
    const struct finding *findings = check_findings(check, &arena, &count);
    const struct print *prints = fingerprints(findings, count, &arena);
    json_t *rules = json_array(), *results = json_array(), *root = json_object();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(results, result(&findings[i], &prints[i], check->path, rules));
    json_object_set_new(root, "$schema",
                        json_string("https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/"
                                    "sarif-schema-2.1.0.json"));
    json_object_set_new(root, "version", json_string("2.1.0"));
    json_object_set_new(root, "runs", json_pack("[o]", run_object(check->path, rules, results)));
    add_json(root, out);
    arena_free(&arena);
}
