/*
 * values.c - what the values of text columns look like, without seeing one
 *
 * The server matches patterns and answers with numbers. First against what ANALYZE kept, which
 * reads no table; against a sample of the rows only if somebody asked for it.
 */
#include "discover/values.h"

#include "base/buffer.h"

#include <string.h>

enum { SAMPLED_ROWS = 1000, FEWEST = 3 };

/* Of the values that match, this part makes the column suspicious. */
static const double share = 0.5;

static const struct pattern {
    const char *category, *kind, *vendor, *regex;
} patterns[] = {
    {"personal", "email", NULL, "^[^@:<[:space:]]+@[^@[:space:]]+[.][[:alpha:]]{2,}$"},
    {"usage", "ip", NULL, "^([0-9]{1,3}[.]){3}[0-9]{1,3}(/[0-9]+)?$"},
    {"usage", "ip", NULL, "^[0-9A-Fa-f]{1,4}:[0-9A-Fa-f:]*::?[0-9A-Fa-f:.]*$"},
    {"personal", "phone", NULL, "^([+]|00)[0-9][0-9 ()./-]{6,18}[0-9]$"},
    {"usage", "user agent", NULL, "^Mozilla/[0-9]"},
    {"usage", "mac", NULL, "^([0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}$"},
    {"telephony", "call number", NULL, "^<?(sips?|tel):"},
    {"personal", "bank", NULL, "^[A-Z]{2}[0-9]{2} ?([A-Z0-9]{4} ?){2,7}[A-Z0-9]{1,4}$"},
    {"integration_credentials", "token", NULL, "^eyJ[A-Za-z0-9_-]+[.]"},
    {"integration_credentials", "password", NULL,
     "^[$](2[abxy]?|argon2id?|scrypt|[156]|pbkdf2[^$]*)[$]"},
    {"integration_credentials", "secret", NULL, "-----BEGIN [A-Z ]*PRIVATE KEY-----"},
    {"integration_credentials", "token", "slack", "^xox[abeoprs]-[0-9A-Za-z]"},
    {"integration_credentials", "token", "google", "^(ya29[.]|AIza[0-9A-Za-z_-]{35}$)"},
    {"integration_credentials", "token", "github", "^(gh[opsru]|github_pat)_[0-9A-Za-z_]{22}"},
    {"integration_credentials", "token", "gitlab", "^glpat-[0-9A-Za-z_-]{20}"},
    {"integration_credentials", "token", "shopify", "^shp(at|ca|pa|ss)_[0-9A-Fa-f]{32}$"},
    {"integration_credentials", "secret", "stripe", "^([rs]k_(live|test)|whsec)_[0-9A-Za-z]{10}"},
    {"integration_credentials", "secret", "twilio", "^(AC|SK)[0-9a-f]{32}$"},
    {"integration_credentials", "token", "hubspot", "^pat-(na|eu)[0-9]-[0-9a-f]"},
    {"integration_credentials", "secret", "sendgrid", "^SG[.][0-9A-Za-z_-]{16,32}[.]"},
    {"integration_credentials", "secret", "aws", "^A(KIA|SIA)[0-9A-Z]{16}$"},
    {"integration_credentials", "token", "salesforce", "^00D[0-9A-Za-z]{12,15}!"},
};
enum { PATTERNS = sizeof patterns / sizeof *patterns };

/* One pattern that matches what any of them does. */
static void add_any_pattern(struct buffer *out)
{
    for (int i = 0; i < PATTERNS; i++)
        buffer_addf(out, "%s(%s)", i == 0 ? "" : "|", patterns[i].regex);
}

/* The patterns as a text[] literal. */
static void add_patterns(struct buffer *out)
{
    for (int i = 0; i < PATTERNS; i++)
        buffer_addf(out, "%s\"%s\"", i == 0 ? "{" : ",", patterns[i].regex);
    buffer_add(out, "}");
}

/* What could be said better by its values: nothing is, or not yet whose credentials they are. */
static bool is_open(const struct discovered_column *column)
{
    return column->is_text &&
           (column->category == NULL ||
            (strcmp(column->category, "integration_credentials") == 0 && column->vendor == NULL));
}

static void judge(struct discovered_column *column, int64_t pattern, int64_t matches,
                  int64_t values, const char *why)
{
    if (!is_open(column) || pattern < 1 || pattern > PATTERNS || matches < FEWEST ||
        (double)matches < share * (double)values)
        return;
    const struct pattern *found = &patterns[pattern - 1];
    column->vendor = found->vendor;
    if (column->category != NULL)
        return;
    column->category = found->category;
    column->kind = found->kind;
    column->score = 0.6 + 0.35 * (double)matches / (double)values;
    column->why = why;
}

static struct discovered_column *find(struct discovery *discovery, int64_t table, int64_t number)
{
    size_t low = 0, high = discovery->column_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        struct discovered_column *column = &discovery->columns[middle];
        if (column->table_oid == table && column->number == number)
            return column;
        if (column->table_oid < table || (column->table_oid == table && column->number < number))
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

int values_in_statistics(struct db *db, const char *schemas, struct discovery *discovery,
                         struct error *err)
{
    extern const char sql_discover_statistics[];
    struct buffer list = {0}, any = {0};
    struct db_result *r = NULL;
    add_patterns(&list);
    add_any_pattern(&any);
    const char *params[] = {schemas, list.data, any.data};
    int rc = db_query_text(db, sql_discover_statistics, params, 3, &r, err);
    for (int i = 0; rc == 0 && i < db_rows(r); i++) {
        struct discovered_column *column = find(discovery, db_int(r, i, 0), db_int(r, i, 1));
        if (column != NULL)
            judge(column, db_int(r, i, 2), db_int(r, i, 3), db_int(r, i, 4), "statistics");
    }
    db_result_free(r);
    buffer_free(&list);
    buffer_free(&any);
    return rc;
}

/* SELECT column, pattern, matches, values over the first rows of one table; false if no column
 * of it is open. */
static bool write_sample(const struct discovered_column *columns, size_t count, struct buffer *out)
{
    bool any = false;
    buffer_add(out, "SELECT x.n, p.n, count(*) FILTER (WHERE left(x.v, 200) ~ p.regex), count(*)"
                    " FROM (SELECT * FROM ");
    buffer_addf(out, "%s LIMIT %d) AS t CROSS JOIN LATERAL (VALUES ", columns[0].table_quoted,
                SAMPLED_ROWS);
    for (size_t i = 0; i < count; i++) {
        if (!is_open(&columns[i]))
            continue;
        buffer_addf(out, "%s(%d, t.%s::text)", any ? ", " : "", columns[i].number,
                    columns[i].column_quoted);
        any = true;
    }
    buffer_add(out, ") AS x (n, v) CROSS JOIN unnest($1::text[]) WITH ORDINALITY AS p (regex, n)"
                    " WHERE x.v IS NOT NULL GROUP BY x.n, p.n");
    return any;
}

static int sample_table(struct db *db, struct discovery *discovery, size_t first, size_t count,
                        const char *list, struct error *err)
{
    struct discovered_column *columns = &discovery->columns[first];
    struct buffer sql = {0};
    struct db_result *r = NULL;
    int rc = 0;
    if (columns[0].may_select && write_sample(columns, count, &sql))
        rc = db_query_text(db, sql.data, &list, 1, &r, err);
    for (int i = 0; rc == 0 && r != NULL && i < db_rows(r); i++)
        judge(find(discovery, columns[0].table_oid, db_int(r, i, 0)), db_int(r, i, 1),
              db_int(r, i, 2), db_int(r, i, 3), "sample");
    db_result_free(r);
    buffer_free(&sql);
    return rc;
}

int values_in_sample(struct db *db, struct discovery *discovery, struct error *err)
{
    struct buffer list = {0};
    int rc = 0;
    add_patterns(&list);
    for (size_t first = 0, end; rc == 0 && first < discovery->column_count; first = end) {
        for (end = first + 1; end < discovery->column_count; end++)
            if (discovery->columns[end].table_oid != discovery->columns[first].table_oid)
                break;
        rc = sample_table(db, discovery, first, end - first, list.data, err);
    }
    buffer_free(&list);
    return rc;
}
