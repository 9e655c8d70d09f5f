/* kept.c - how many rows a hold keeps, table by table. */
#include "measure/measure.h"

#include "statement/statement.h"

#include <stdio.h>
#include <string.h>

static int count(struct db *db, const struct plan *lifted, const struct plan_kept *kept,
                 const struct mask_key *key, struct kept_counts *ret_counts, struct error *err)
{
    struct arena arena = {0};
    struct sql sql = {.arena = &arena};
    struct db_result *r = NULL;
    statement_count_kept(lifted, kept, key, &sql);
    int rc = db_query(db, &sql, &r, err);
    if (rc == 0) {
        ret_counts->direct = db_int(r, 0, 0);
        ret_counts->followed = db_int(r, 0, 1);
        ret_counts->due = kept->taker_count > 0 ? db_int(r, 0, 2) : -1;
    }
    db_result_free(r);
    sql_free(&sql);
    arena_free(&arena);
    return rc;
}

static int count_within(struct db *db, const struct plan *lifted, const struct plan_kept *kept,
                        const struct mask_key *key, struct kept_counts *counts, struct error *err)
{
    if (db_run(db, "SAVEPOINT count", err) != 0)
        return -1;
    if (count(db, lifted, kept, key, counts, err) == 0)
        return db_run(db, "RELEASE SAVEPOINT count", err);
    if (strcmp(err->sqlstate, "57014") != 0)
        return -1;
    return db_run(db, "ROLLBACK TO SAVEPOINT count", err);
}

int measure_kept(struct db *db, const struct plan *lifted, const struct plan_kept *kept,
                 size_t kept_count, const struct mask_key *key, int timeout_ms, struct arena *arena,
                 struct kept_counts **ret_counts, struct error *err)
{
    struct kept_counts *counts = arena_alloc(arena, kept_count * sizeof *counts + 1);
    char timeout[64];
    snprintf(timeout, sizeof timeout, "SET LOCAL statement_timeout = %d", timeout_ms);
    if (db_run(db, timeout, err) != 0)
        return -1;
    for (size_t i = 0; i < kept_count; i++) {
        counts[i] = (struct kept_counts){-1, -1, -1};
        if (kept[i].is_readable && count_within(db, lifted, &kept[i], key, &counts[i], err) != 0)
            return -1;
    }
    *ret_counts = counts;
    return 0;
}
