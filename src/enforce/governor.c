/* governor.c - samples the server once a second and says when to hold back. */
#include "enforce/governor.h"

#include "base/instant.h"

#include <stdio.h>
#include <string.h>

/*
 * A run is gentle while others commit at least so many transactions a second: batches are short,
 * and each is followed by a rest several times as long, by one time for each 15 transactions a
 * second. The busier a server is, the more of them find no processor free while a batch runs.
 */
enum {
    BUSY_TRANSACTIONS = 10,
    GENTLE_BATCH_MS = 3,
    LEAST_RESTS = 9,
    MOST_RESTS = 99,
    TRANSACTIONS_A_REST = 15,
    GENTLE_DELAY_MS = 2
};
/* What a session of the run does before its first batch is less than this; none of it writes. */
enum { FIRST_TRANSACTIONS = 12 };
enum { MOST_UNARCHIVED = 64 };

/* WAL is written fast, so a limit on it is looked after more often. */
static const double sample_seconds = 1, sample_wal_seconds = 0.1;

extern const char sql_flush[], sql_sample[], sql_traffic[];

static struct traffic read_traffic(const struct db_result *r, double now)
{
    return (struct traffic){now, db_double(r, 0, 0), db_double(r, 0, 1)};
}

int enforce_read_traffic(struct db *control, struct traffic *ret_traffic, struct error *err)
{
    struct db_result *r = NULL;
    if (db_query_text(control, sql_traffic, NULL, 0, &r, err) != 0)
        return -1;
    *ret_traffic = read_traffic(r, instant_monotonic_seconds());
    db_result_free(r);
    return 0;
}

void governor_init(struct governor *g, struct db *db, const struct governor_options *options,
                   const struct traffic *before, int lanes)
{
    *g = (struct governor){.db = db,
                           .options = *options,
                           .traffic = *before,
                           .own = {.transactions = (lanes + 1) * FIRST_TRANSACTIONS}};
}

bool governor_is_ready(const struct governor *g)
{
    return g->db == NULL || g->sample_count > 0;
}

const char *governor_holds(struct governor *g, double now)
{
    if (g->reason[0] != '\0')
        return g->reason;
    if (g->options.rate_rows > 0 && now < g->rows_until)
        return "rate of rows";
    return NULL;
}

void governor_expect(struct governor *g)
{
    g->own.transactions++;
    g->own.writes++;
}

void governor_note(struct governor *g, int64_t rows, double now)
{
    if (g->options.rate_rows <= 0)
        return;
    double from = g->rows_until > now ? g->rows_until : now;
    g->rows_until = from + (double)rows / (double)g->options.rate_rows;
}

static bool is_gentle(const struct governor *g)
{
    return g->options.max_latency_ms > 0 && g->others_per_second >= BUSY_TRANSACTIONS;
}

int governor_batch_ms(const struct governor *g, int batch_ms)
{
    return is_gentle(g) && batch_ms > GENTLE_BATCH_MS ? GENTLE_BATCH_MS : batch_ms;
}

int governor_jobs(const struct governor *g, int jobs)
{
    return is_gentle(g) ? 1 : jobs;
}

double governor_rest(const struct governor *g, double seconds)
{
    double rests = g->others_per_second / TRANSACTIONS_A_REST;
    rests = rests < LEAST_RESTS ? LEAST_RESTS : rests > MOST_RESTS ? MOST_RESTS : rests;
    return is_gentle(g) ? seconds * rests : 0;
}

int governor_analyze_delay_ms(const struct governor *g)
{
    return is_gentle(g) ? GENTLE_DELAY_MS : 0;
}

int governor_ask(struct governor *g, double now, struct error *err)
{
    if (g->db == NULL || g->is_asking || now < g->next_at)
        return 0;
    g->is_asking = true;
    g->is_probing = false;
    g->asked_at = now;
    g->next_at = now + (g->options.rate_wal_bytes > 0 ? sample_wal_seconds : sample_seconds);
    if (db_send(g->db, sql_traffic, NULL, 0, err) != 0 ||
        db_send(g->db, sql_sample, NULL, 0, err) != 0)
        return -1;
    return db_send_end(g->db, err);
}

bool governor_waits(const struct governor *g)
{
    return g->is_asking;
}

static void hold(struct governor *g, const char *what, const char *name, double number,
                 const char *unit)
{
    if (g->reason[0] == '\0')
        snprintf(g->reason, sizeof g->reason, "%s%s%s %.0f %s", what, name[0] == '\0' ? "" : " ",
                 name, number, unit);
}

static void add_sample(struct governor *g, double position, double now)
{
    size_t last = (g->sample_count + GOVERNOR_SAMPLES - 1) % GOVERNOR_SAMPLES;
    if (g->sample_count > 0) {
        double seconds = now - g->samples[last].at;
        double allowed = (double)g->options.rate_wal_bytes * seconds;
        g->wal_debt += position - g->samples[last].position - allowed;
        g->wal_debt = g->wal_debt < 0 ? 0 : g->wal_debt;
    }
    g->samples[g->sample_count % GOVERNOR_SAMPLES].at = now;
    g->samples[g->sample_count++ % GOVERNOR_SAMPLES].position = position;
}

/* The age of the newest sample that has been replayed; 0 when that is the newest of all. */
static double lag_seconds(const struct governor *g, double replayed, double now)
{
    size_t kept = g->sample_count < GOVERNOR_SAMPLES ? g->sample_count : GOVERNOR_SAMPLES;
    for (size_t i = 0; i < kept; i++) {
        size_t at = (g->sample_count - 1 - i) % GOVERNOR_SAMPLES;
        if (g->samples[at].position <= replayed)
            return i == 0 ? 0 : now - g->samples[at + 1 == GOVERNOR_SAMPLES ? 0 : at + 1].at;
    }
    return now - g->samples[(g->sample_count - kept) % GOVERNOR_SAMPLES].at;
}

static void judge_replica(struct governor *g, const struct db_result *r, int row, double now)
{
    const char *name = db_value(r, row, 1);
    if (g->options.max_lag_seconds <= 0)
        return;
    if (db_value(r, row, 2) == NULL) {
        if (g->options.lag_is_asked_for)
            snprintf(g->reason, sizeof g->reason,
                     "the replay position of replica %s cannot be read; grant pg_monitor", name);
        return;
    }
    double lag = lag_seconds(g, db_double(r, row, 2), now);
    if (lag > g->options.max_lag_seconds)
        hold(g, "replica", name, lag, "s behind");
}

/*
 * The faster of the two counters. Sessions report their transactions once a second at most, so
 * less time than that is taken for a second; writes are known at once.
 */
static double others_between(const struct traffic *from, const struct traffic *to,
                             const struct traffic *own)
{
    double seconds = to->at - from->at;
    double transactions =
        (to->transactions - from->transactions - own->transactions) / (seconds < 1 ? 1 : seconds);
    double writes = (to->writes - from->writes - own->writes) / (seconds < 0.2 ? 0.2 : seconds);
    double others = transactions > writes ? transactions : writes;
    return others > 0 ? others : 0;
}

void governor_see(struct governor *g, const struct traffic *now)
{
    double others = others_between(&g->traffic, now, &g->own);
    double unseen = g->own.transactions - (now->transactions - g->traffic.transactions);
    g->others_per_second = g->sample_count == 0 ? others : (g->others_per_second + others) / 2;
    g->traffic = *now;
    g->own = (struct traffic){.transactions = unseen > 0 ? unseen : 0};
    g->own.transactions += 2; /* this sample, and the probe, which writes */
    g->own.writes = 1;
}

static void judge(struct governor *g, const struct db_result *r, double now)
{
    g->reason[0] = '\0';
    for (int i = 0; i < db_rows(r); i++) {
        const char *what = db_value(r, i, 0);
        if (strcmp(what, "wal") == 0)
            add_sample(g, db_double(r, i, 2), now);
        else if (strcmp(what, "replica") == 0)
            judge_replica(g, r, i, now);
        else if (strcmp(what, "archive") == 0 && db_value(r, i, 2) != NULL &&
                 db_double(r, i, 2) > MOST_UNARCHIVED)
            hold(g, "WAL archive", "", db_double(r, i, 2), "segments behind");
    }
    if (g->options.rate_wal_bytes > 0 && g->wal_debt > 0)
        hold(g, "rate of WAL", "", g->wal_debt / 1048576, "MB above");
}

/* A small commit of our own, timed: what others wait for at their commits. */
static int probe(struct governor *g, double now, struct error *err)
{
    g->is_probing = true;
    g->asked_at = now;
    return db_send(g->db, sql_flush, NULL, 0, err) == 0 ? db_send_end(g->db, err) : -1;
}

static void judge_latency(struct governor *g, double ms)
{
    g->latency_ms = g->latency_ms == 0 ? ms : g->latency_ms * 0.7 + ms * 0.3;
    if (g->options.max_latency_ms > 0 && g->latency_ms > g->options.max_latency_ms)
        hold(g, "a commit takes", "", g->latency_ms, "ms");
}

int governor_answer(struct governor *g, double now, struct error *err)
{
    struct db_result *r = NULL;
    if (db_receive(g->db, &r, err) != 0)
        return -1;
    if (g->is_probing) {
        judge_latency(g, (now - g->asked_at) * 1000);
        g->is_asking = g->is_probing = false;
        db_result_free(r);
        return 0;
    }
    const struct traffic traffic = read_traffic(r, now);
    db_result_free(r);
    if (db_receive(g->db, &r, err) != 0)
        return -1;
    governor_see(g, &traffic);
    judge(g, r, now);
    db_result_free(r);
    return probe(g, now, err);
}
