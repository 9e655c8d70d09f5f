#!/bin/bash
# The Callshift sample: loads, is deterministic, is as awkward as promised, and its enforcing role
# has no more than it needs. Runs under scripts/pg-temp.
set -euo pipefail
cd "$(dirname "$0")/fixtures/callshift"

fail() {
    echo "fixture: $1" >&2
    exit 1
}

load() { # database
    createdb "$1"
    psql -Xq -d "$1" -f schema.sql
    psql -Xq -d "$1" -v scale=1 -v now="'2026-11-23 03:00:00+00'" -f generate.sql
    psql -Xq -d "$1" -f roles.sql
}

# One checksum over the rows of every table.
checksum() {
    pg_dump -d "$1" --data-only --inserts | grep '^INSERT' | LC_ALL=C sort | md5sum
}

ask() {
    psql -XAt -d callshift -v ON_ERROR_STOP=1 -c "$1"
}

expect() { # what, query that yields t
    [[ $(ask "$2") == t ]] || fail "$1"
}

load callshift
load again
[[ $(checksum callshift) == "$(checksum again)" ]] || fail "two loads differ"

rows=$(ask "SELECT sum(n_live_tup) FROM pg_stat_user_tables")
((rows >= 20000 && rows <= 60000)) || fail "$rows rows at scale 1"

expect "foreign keys of all five kinds" \
    "SELECT count(DISTINCT confdeltype) = 5 FROM pg_constraint WHERE contype = 'f'"
expect "every referencing column has an index" "
    SELECT count(*) = 0 FROM pg_constraint c WHERE contype = 'f' AND conparentid = 0
    AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.conrelid
        AND (i.indkey::int2[])[0:cardinality(c.conkey) - 1] <@ c.conkey
        AND (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey)"
expect "38 monthly partitions, none default" "
    SELECT count(*) = 38 AND bool_and(pg_get_expr(relpartbound, oid) <> 'DEFAULT')
    FROM pg_class JOIN pg_inherits ON oid = inhrelid WHERE inhparent = 'public.calls'::regclass"
expect "clocks that are NULL, far off or in the future" "
    SELECT count(*) FILTER (WHERE \"viewedAt\" IS NULL) > 0
        AND count(*) FILTER (WHERE \"viewedAt\" = '-infinity') > 0
        AND count(*) FILTER (WHERE \"viewedAt\" = 'infinity') > 0
        AND (SELECT count(*) FROM calls WHERE started_at > '2026-11-23 03:00:00+00') > 0
        AND (SELECT count(*) FROM sms_messages WHERE sent_at = 'epoch') > 0
    FROM web.\"PageViews\""

# A canary in every column that can hold text, but for those whose values are a short list.
silent=$(ask "
    SELECT string_agg(format('%s.%s', table_name, column_name), ' '
                      ORDER BY table_name, column_name)
    FROM information_schema.columns
    WHERE table_schema IN ('public', 'web') AND data_type IN ('text', 'jsonb')
        AND table_name !~ '^(calls_|plans|lead_sources)'
        AND (xpath('/row/n/text()', query_to_xml(format(
            'SELECT count(*) AS n FROM %I.%I WHERE %I::text ~ ''zq[0-9a-f]{4}''',
            table_schema, table_name, column_name), false, true, '')))[1]::text = '0'")
expected="PageViews.clientIp PageViews.feature PageViews.path call_statistics.direction"
expected+=" calls.direction consents.purpose"
expected+=" integration_data.kind integrations.provider invoices.number users.locale"
[[ $silent == "$expected" ]] ||
    fail "no canary in: $silent"

# The role: no superuser, nothing but what it was given, and no way to more.
expect "an ordinary role" "
    SELECT NOT (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls
        OR rolinherit) FROM pg_roles WHERE rolname = 'callshift_retention'"
for statement in "DELETE FROM users" "UPDATE users SET created_at = now()" "DELETE FROM accounts" \
    "UPDATE invoices SET number = ''" "DELETE FROM call_statistics" "SELECT FROM plans" \
    "TRUNCATE calls" "CREATE TABLE x ()"; do
    if PGUSER=callshift_retention ask "BEGIN; $statement; ROLLBACK" >/dev/null 2>&1; then
        fail "the role may: $statement"
    fi
done
PGUSER=callshift_retention ask "BEGIN; DELETE FROM ONLY calls_2024_01 WHERE false;
    UPDATE users SET email = email WHERE false; ROLLBACK" >/dev/null
