/* changes.c - columns that were not there, or were something else, when somebody last looked. */
#include "coverage/coverage_private.h"

#include "base/lookup.h"

#include <string.h>

#define LOOK                                                                                       \
    "Look at what it holds, adapt the policy, then run check --live --update-lock and commit the " \
    "lockfile."

struct gone {
    const char *key, *column, *entry;
};

struct comparison {
    struct check *check;
    struct lookup found; /* columns by key and name */
    struct lookup keys;  /* found tables by key */
    struct lookup told;  /* changes that were reported, by key and name; a new table by key */
    struct gone *gone;
    size_t gone_count;
};

static void note_gone(void *context, const char *key, const char *column, const char *entry)
{
    struct comparison *comparison = context;
    if (lookup_find(&comparison->found, key, column) == NULL)
        *ARENA_PUSH(comparison->check->arena, comparison->gone, comparison->gone_count) =
            (struct gone){key, column, entry};
}

/* Of a pattern's tables the first stands for all. */
static bool is_told(struct comparison *comparison, const char *key, const char *column)
{
    return lookup_add(&comparison->told, comparison->check->arena, key, column, comparison) != NULL;
}

/* A column of the same type that is gone from the same table. */
static const struct gone *former_of(const struct comparison *comparison, const char *key,
                                    const char *type)
{
    for (size_t i = 0; i < comparison->gone_count; i++)
        if (strcmp(comparison->gone[i].key, key) == 0 &&
            entry_has_type(comparison->gone[i].entry, type))
            return &comparison->gone[i];
    return NULL;
}

static void report_table(struct comparison *comparison, const char *key, size_t first)
{
    struct check *check = comparison->check;
    const struct discovery *discovery = check->discovery;
    size_t end = first;
    if (is_told(comparison, key, NULL))
        return;
    while (end < discovery->column_count && check->tables[end] == check->tables[first])
        end++;
    const char *table = discovery->columns[first].table_text;
    coverage_add(check, SEVERITY_ERROR, "coverage-new", table,
                 "table %s is new since the lockfile was written, with %zu column%s", table,
                 end - first, end - first == 1 ? "" : "s")
        ->hint = LOOK;
}

static void report_column(struct comparison *comparison, const char *key,
                          const struct discovered_column *column)
{
    if (is_told(comparison, key, column->column))
        return;
    const struct gone *former = former_of(comparison, key, column->type);
    struct finding *finding =
        coverage_add(comparison->check, SEVERITY_ERROR, "coverage-new", column->table_text,
                     "column \"%s\" of %s (%s) is new since the lockfile was written",
                     column->column, column->table_text, column->type);
    finding->hint =
        former == NULL
            ? LOOK
            : arena_printf(comparison->check->arena,
                           "Column \"%s\" of the same type is gone: was it renamed? " LOOK,
                           former->column);
}

static void report_type(struct comparison *comparison, const char *key,
                        const struct discovered_column *column, const char *entry)
{
    const char *values = entry_values(entry);
    size_t length = values == NULL ? strlen(entry) : strcspn(entry, ";");
    if (!is_told(comparison, key, column->column))
        coverage_add(comparison->check, SEVERITY_ERROR, "coverage-changed", column->table_text,
                     "column \"%s\" of %s was %.*s in the lockfile and is %s now", column->column,
                     column->table_text, (int)length, entry, column->type)
            ->hint = LOOK;
}

/* An exemption that was right when it was written may be so no more. */
static void report_values(struct comparison *comparison, size_t number, const char *entry)
{
    struct check *check = comparison->check;
    const struct discovered_column *column = &check->discovery->columns[number];
    const char *now = seen_values(column), *then = entry_values(entry);
    if (now == NULL || (then != NULL && strcmp(then, now) == 0) || !exempt_is(check, number) ||
        covered_gap(check, number) == NULL)
        return;
    coverage_add(check, SEVERITY_ERROR, "exempt-values", column->table_text,
                 "column \"%s\" of %s is exempt, and values in it look like %s data (%s)",
                 column->column, column->table_text, column->category, now)
        ->hint = "Give it a rule; or, if they are not, confirm the exemption with check --live "
                 "--update-lock and commit the lockfile.";
}

enum { LISTED = 10 };

static void add_gone(const struct comparison *comparison, size_t *at, size_t *ret_listed,
                     struct buffer *out)
{
    const struct gone *gone = &comparison->gone[*at];
    bool is_whole = lookup_find(&comparison->keys, gone->key, NULL) == NULL;
    if ((*ret_listed)++ < LISTED) {
        buffer_addf(out, "%s%s", out->length == 0 ? "" : ", ", gone->key);
        if (!is_whole)
            buffer_addf(out, ".%s", gone->column);
    }
    do
        (*at)++;
    while (is_whole && *at < comparison->gone_count &&
           strcmp(comparison->gone[*at].key, gone->key) == 0);
}

static void report_gone(const struct comparison *comparison)
{
    struct buffer names = {0};
    size_t listed = 0, count = comparison->gone_count;
    for (size_t i = 0; i < count;)
        add_gone(comparison, &i, &listed, &names);
    if (count > 0)
        coverage_add(comparison->check, SEVERITY_NOTE, "coverage-gone", NULL,
                     "%zu column%s of the lockfile %s not there any more: %.600s%s", count,
                     count == 1 ? "" : "s", count == 1 ? "is" : "are", buffer_text(&names),
                     listed > LISTED ? ", and more" : "");
    buffer_free(&names);
}

void changes_report(struct check *check)
{
    const struct discovery *discovery = check->discovery;
    const char **keys = lockfile_keys(check->plan->policy, discovery, check->arena);
    struct comparison comparison = {.check = check};
    for (size_t i = 0; i < discovery->column_count; i++) {
        const struct discovered_column *column = &discovery->columns[i];
        lookup_add(&comparison.found, check->arena, keys[i], column->column, column);
        lookup_add(&comparison.keys, check->arena, keys[i], NULL, column);
    }
    lockfile_visit(check->lock, &comparison, note_gone);
    for (size_t i = 0; i < discovery->column_count; i++) {
        const struct discovered_column *column = &discovery->columns[i];
        const char *entry = lockfile_entry(check->lock, keys[i], column->column);
        if (!lockfile_has_table(check->lock, keys[i]))
            report_table(&comparison, keys[i], i);
        else if (entry == NULL)
            report_column(&comparison, keys[i], column);
        else if (!entry_has_type(entry, column->type))
            report_type(&comparison, keys[i], column, entry);
        else
            report_values(&comparison, i, entry);
    }
    report_gone(&comparison);
}
