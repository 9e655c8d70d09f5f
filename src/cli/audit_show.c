/* audit_show.c - the records of a log, all or those that a person asks for. */
#include "cli/audit_verbs.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

struct shown {
    const struct options *options;
    enum report_format format;
    struct arena arena;
    int64_t *intents; /* shown, and not settled yet; -1: free again */
    size_t intent_count;
    bool is_filtered;
    int status;
};

static bool is_named(const struct name_list *names, const json_t *record, const char *key)
{
    const char *text = json_string_value(json_object_get(record, key));
    for (size_t i = 0; i < names->count && text != NULL; i++)
        if (strcmp(names->names[i], text) == 0)
            return true;
    return names->count == 0;
}

/* A date, or a date and a time in UTC, whose text orders like that of a record's `at`. */
static bool is_instant(const char *text)
{
    static const char shape[] = "0000-00-00T00:00:00.000";
    size_t length = strlen(text);
    if (length > 0 && text[length - 1] == 'Z')
        length--;
    if (length != 10 && length != 16 && length != 19 && length != 23)
        return false;
    for (size_t i = 0; i < length; i++)
        if (shape[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i])
            return false;
    return true;
}

static int compare_instant(const char *at, const char *given)
{
    size_t length = strlen(given) - (given[strlen(given) - 1] == 'Z');
    return strncmp(at, given, length);
}

static bool is_in_time(const struct options *options, const json_t *record)
{
    const char *at = json_string_value(json_object_get(record, "at"));
    return at != NULL && (options->since == NULL || compare_instant(at, options->since) >= 0) &&
           (options->until == NULL || compare_instant(at, options->until) < 0);
}

/* Commits and aborts name neither rule nor table; they are shown with their intent. */
static bool settles_shown(struct shown *shown, const json_t *record)
{
    const json_t *intent = json_object_get(record, "intent");
    for (size_t i = 0; i < shown->intent_count && json_is_integer(intent); i++)
        if (shown->intents[i] == json_integer_value(intent)) {
            shown->intents[i] = -1;
            return true;
        }
    return false;
}

static void remember_intent(struct shown *shown, int64_t seq)
{
    for (size_t i = 0; i < shown->intent_count; i++)
        if (shown->intents[i] < 0) {
            shown->intents[i] = seq;
            return;
        }
    *ARENA_PUSH(&shown->arena, shown->intents, shown->intent_count) = seq;
}

static bool is_wanted(struct shown *shown, const json_t *record)
{
    const struct options *options = shown->options;
    const char *kind = json_string_value(json_object_get(record, "kind"));
    if (kind == NULL || !is_in_time(options, record) || !is_named(&options->runs, record, "run"))
        return false;
    bool settles =
        strcmp(kind, "commit") == 0 || strcmp(kind, "abort") == 0 || strcmp(kind, "recovered") == 0;
    if (settles && options->rules.count + options->tables.count > 0)
        return settles_shown(shown, record);
    if (!is_named(&options->rules, record, "rule") || !is_named(&options->tables, record, "table"))
        return false;
    if (strcmp(kind, "intent") == 0)
        remember_intent(shown, json_integer_value(json_object_get(record, "seq")));
    return true;
}

static int show_line(void *context, int64_t line_number, const char *line, size_t length)
{
    struct shown *shown = context;
    struct buffer text = {0};
    bool as_json = shown->format == REPORT_JSON;
    if (shown->is_filtered) {
        json_t *record = json_loadb(line, length, 0, NULL);
        bool wanted = is_wanted(shown, record);
        json_decref(record);
        if (!wanted)
            return 0;
    }
    if (as_json || !report_audit_line(line, length, &text)) {
        if (!as_json)
            buffer_addf(&text, "line %" PRId64 " is no record: ", line_number);
        buffer_add_bytes(&text, line, length);
        buffer_add(&text, "\n");
    }
    shown->status = print_report(&text);
    buffer_free(&text);
    return shown->status;
}

int audit_verb_show(struct options *options, const char **arguments, enum report_format format)
{
    struct error err;
    struct shown shown = {.options = options, .format = format};
    shown.is_filtered = options->rules.count + options->tables.count + options->runs.count > 0 ||
                        options->since != NULL || options->until != NULL;
    const char *const instants[] = {options->since, options->until};
    for (size_t i = 0; i < 2; i++)
        if (instants[i] != NULL && !is_instant(instants[i]))
            return complain_usage("\"%s\" is no instant in UTC such as 2026-11-23 or "
                                  "2026-11-23T03:00:00Z",
                                  instants[i]);
    int result = audit_walk(arguments[0], show_line, &shown, &err);
    arena_free(&shown.arena);
    return result == 0 ? shown.status : complain(&err);
}
