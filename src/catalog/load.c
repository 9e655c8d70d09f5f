/*
 * load.c - the order in which the snapshot is read, and the run's instant and cutoffs
 */
#include "catalog/catalog_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* "…Z", "…+02", "…-05:30", "… UTC": PostgreSQL would otherwise guess a zone. */
static bool has_offset(const char *instant)
{
    size_t length = strlen(instant);
    if (length > 0 && (instant[length - 1] == 'Z' || instant[length - 1] == 'z'))
        return true;
    if (length > 3 && strcmp(instant + length - 3, "UTC") == 0)
        return true;
    const char *time = strchr(instant, ':');
    return time != NULL && strpbrk(time, "+-") != NULL;
}

static int check_as_of(const char *as_of, struct error *err)
{
    if (as_of == NULL || has_offset(as_of))
        return 0;
    error_set(err, EXIT_USAGE, "--as-of needs a UTC offset");
    return error_hint(err, "Write for example 2026-11-23T03:00:00Z or 2026-11-23 03:00:00+01.");
}

static double local_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static char *copy(struct catalog *catalog, const struct db_result *result, int column)
{
    const char *value = db_value(result, 0, column);
    return arena_strdup(&catalog->arena, value == NULL ? "" : value);
}

static int read_server(struct db *db, const struct policy *policy, const char *as_of,
                       struct catalog *catalog, struct error *err)
{
    const char *params[] = {as_of, policy->time_zone};
    struct db_result *r = NULL;
    if (db_query_text(db, sql_server, params, 2, &r, err) != 0) {
        if (strcmp(err->sqlstate, "22023") == 0)
            return error_set(err, EXIT_USAGE, "the server does not know the time zone \"%s\"",
                             policy->time_zone);
        if (as_of != NULL && strncmp(err->sqlstate, "22", 2) == 0)
            return error_set(err, EXIT_USAGE, "--as-of \"%s\" is not an instant", as_of);
        return -1;
    }
    catalog->server_version_num = (int)db_int(r, 0, 0);
    catalog->server_version = copy(catalog, r, 1);
    catalog->server_version = arena_strndup(&catalog->arena, catalog->server_version,
                                            strcspn(catalog->server_version, " "));
    catalog->database = copy(catalog, r, 2);
    catalog->system_identifier = copy(catalog, r, 3);
    catalog->role = copy(catalog, r, 4);
    catalog->session_replication_role = copy(catalog, r, 5);
    catalog->is_superuser = db_bool(r, 0, 6);
    catalog->is_powerful = db_bool(r, 0, 7);
    catalog->in_recovery = db_bool(r, 0, 8);
    catalog->may_log_parameters = db_bool(r, 0, 9);
    catalog->now = copy(catalog, r, 10);
    catalog->as_of = copy(catalog, r, 11);
    catalog->as_of_local = copy(catalog, r, 12);
    catalog->as_of_date = copy(catalog, r, 13);
    catalog->clock_skew_seconds = db_double(r, 0, 14) - local_seconds();
    catalog->block_bytes = (int)db_int(r, 0, 15);
    bool later = db_bool(r, 0, 16);
    catalog->as_of_microseconds = db_int(r, 0, 17);
    catalog->has_citus = db_bool(r, 0, 18);
    catalog->has_publications = db_bool(r, 0, 19);
    catalog->wal_position = db_int(r, 0, 20);
    db_result_free(r);
    if (later)
        return error_set(err, EXIT_USAGE, "--as-of is later than the server's now, %s",
                         catalog->now);
    return 0;
}

static int read_timeline(struct db *db, struct catalog *catalog, struct error *err)
{
    struct db_result *r = NULL;
    if (db_query_text(db, sql_timeline, NULL, 0, &r, err) != 0)
        return -1;
    catalog->timeline = db_int(r, 0, 0);
    db_result_free(r);
    return 0;
}

static void add_window(struct catalog *catalog, const struct window *window, enum period period)
{
    if (catalog_find_cutoff(catalog, window, period) != NULL)
        return;
    struct catalog_cutoff *cutoff =
        ARENA_PUSH(&catalog->arena, catalog->cutoffs, catalog->cutoff_count);
    cutoff->window = *window;
    cutoff->period = period;
}

static struct moment read_moment(struct catalog *catalog, const struct db_result *r, int row)
{
    struct arena *arena = &catalog->arena;
    return (struct moment){arena_strdup(arena, db_value(r, row, 0)),
                           arena_strdup(arena, db_value(r, row, 1)),
                           arena_strdup(arena, db_value(r, row, 2)), db_int(r, row, 3)};
}

/* Without a period the cutoff is rounded to what it is, and the start of "the last one" is itself.
 */
static void write_windows(const struct catalog *catalog, struct buffer *months, struct buffer *days,
                          struct buffer *units, struct buffer *lengths)
{
    for (size_t i = 0; i < catalog->cutoff_count; i++) {
        const struct catalog_cutoff *cutoff = &catalog->cutoffs[i];
        bool whole = cutoff->period != PERIOD_NONE;
        char before = i == 0 ? '{' : ',';
        buffer_addf(months, "%c%d", before, cutoff->window.months);
        buffer_addf(days, "%c%d", before, cutoff->window.days);
        buffer_addf(units, "%c%s", before, whole ? period_name(cutoff->period) : "microseconds");
        buffer_addf(lengths, "%c%s", before, period_length(cutoff->period)->text);
    }
    const char *end = catalog->cutoff_count == 0 ? "{}" : "}";
    buffer_add(months, end);
    buffer_add(days, end);
    buffer_add(units, end);
    buffer_add(lengths, end);
}

static int read_cutoffs(struct db *db, const struct policy *policy, struct catalog *catalog,
                        struct error *err)
{
    struct buffer months = {0}, days = {0}, units = {0}, lengths = {0};
    for (size_t i = 0; i < policy->rule_count; i++)
        add_window(catalog, &policy->rules[i].keep, policy->rules[i].summary.period);
    write_windows(catalog, &months, &days, &units, &lengths);
    const char *params[] = {months.data,       days.data,  catalog->as_of,
                            policy->time_zone, units.data, lengths.data};
    struct db_result *r = NULL;
    int rc = db_query_text(db, sql_cutoffs, params, 6, &r, err);
    for (int i = 0; rc == 0 && i + 1 < db_rows(r); i += 2) {
        struct catalog_cutoff *cutoff = &catalog->cutoffs[i / 2];
        struct moment end = read_moment(catalog, r, i + 1);
        cutoff->before = read_moment(catalog, r, i);
        cutoff->local = end.local;
        cutoff->instant = end.instant;
        cutoff->date = end.date;
        cutoff->microseconds = end.microseconds;
    }
    db_result_free(r);
    buffer_free(&months);
    buffer_free(&days);
    buffer_free(&units);
    buffer_free(&lengths);
    return rc;
}

int catalog_load(struct db *db, const struct policy *policy, const char *as_of,
                 struct catalog **ret_catalog, struct error *err)
{
    struct catalog *catalog = calloc(1, sizeof *catalog);
    if (catalog == NULL)
        return error_set(err, EXIT_FAILED, "out of memory");
    if (check_as_of(as_of, err) != 0 || read_server(db, policy, as_of, catalog, err) != 0 ||
        read_timeline(db, catalog, err) != 0 || read_cutoffs(db, policy, catalog, err) != 0 ||
        catalog_read_relations(db, catalog, err) != 0 ||
        catalog_read_details(db, policy, catalog, err) != 0 ||
        (catalog->has_citus && catalog_read_citus(db, catalog, err) != 0) ||
        catalog_read_shares(db, policy, catalog, err) != 0 ||
        catalog_read_units(db, policy, catalog, err) != 0 ||
        catalog_try_expressions(db, policy, catalog, err) != 0 ||
        catalog_try_masks(db, policy, catalog, err) != 0) {
        catalog_free(catalog);
        return -1;
    }
    *ret_catalog = catalog;
    return 0;
}

void catalog_free(struct catalog *catalog)
{
    if (catalog == NULL)
        return;
    arena_free(&catalog->arena);
    free(catalog);
}

const char *catalog_fingerprint_sql(void)
{
    return sql_fingerprints;
}
