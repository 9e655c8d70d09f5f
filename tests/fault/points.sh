#!/bin/bash
# Kills a run at every named fault point and lets the next one recover.
#   scripts/pg-temp -- points.sh PGRETAIN     (a build with -DPGRETAIN_FAULTS=ON)
# After each kill and after each recovery the log verifies; after the recovery its committed rows
# equal the rows gone, counted in the database.
set -euo pipefail

program=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
createdb faults
export PGDATABASE=faults

cat >"$folder/policy.yaml" <<'POLICY'
pgretain: 1
policy: faults
limits: {share: 100%}
categories: {c: {keep: 1 month}}
rules:
  - {table: public.visits, category: c, clock: at, action: summarise, into: public.statistics,
     period: month, by: [kind], measures: {n: count, seconds: {sum: seconds}}}
  - {table: public.parents, category: c, clock: at, action: purge, cascade: [public.children]}
  - {table: public.parts, category: c, clock: at, action: purge}
  - {table: public.others, category: c, clock: at, action: anonymise, mask: {who: null}}
POLICY

fail() {
    echo "points.sh: at $point: $*" >&2
    exit 1
}

value() {
    psql -XAtc "$1"
}

load() {
    psql -Xq <<'SQL'
SET client_min_messages TO warning;
DROP TABLE IF EXISTS children, parents, others, visits, statistics, parts;
CREATE TABLE parents (id int PRIMARY KEY, at timestamptz, pad text);
CREATE TABLE children (id int PRIMARY KEY, parent int REFERENCES parents ON DELETE CASCADE);
CREATE INDEX ON children (parent);
CREATE TABLE visits (at date, kind text, seconds int);
CREATE INDEX ON visits (at);
CREATE TABLE statistics (period date, kind text, n bigint, seconds bigint);
INSERT INTO visits SELECT date_trunc('month', now()) - (1 + i % 3) * interval '40 days',
    ('{a,b,c,d}'::text[])[i % 4 + 1], i FROM generate_series(1, 900) i;
CREATE TABLE parts (id int, at timestamptz) PARTITION BY RANGE (at);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2001-01-01') TO ('2002-01-01');
CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM ('2002-01-01') TO ('2003-01-01');
CREATE TABLE parts_3 PARTITION OF parts FOR VALUES FROM ('2003-01-01') TO (MAXVALUE);
INSERT INTO parts SELECT i, timestamptz '2001-01-01' + i * interval '1 day'
    FROM generate_series(0, 600) i;
INSERT INTO parts SELECT i, now() FROM generate_series(1, 99) i;
CREATE TABLE others (id int PRIMARY KEY, at timestamptz, who text);
INSERT INTO parents SELECT i, now() - i % 3 * interval '40 days', repeat('x', 1000)
    FROM generate_series(1, 6000) i;
INSERT INTO children SELECT i, i FROM generate_series(1, 3000) i;
INSERT INTO others SELECT i, now() - i % 2 * interval '40 days', 'somebody'
    FROM generate_series(1, 2000) i;
SQL
}

# Rows that are no longer what they were.
changed() {
    value "SELECT 6000 - (SELECT count(*) FROM parents)
                  + (SELECT count(*) FROM others WHERE who IS NULL)
                  + 900 - (SELECT count(*) FROM visits)
                  + 700 - (SELECT count(*) FROM parts)"
}

# Every visit is in one of the two tables: 900 of them, 405450 seconds in all.
accounted() {
    value "SELECT count(*) + (SELECT coalesce(sum(n), 0) FROM statistics) || ' '
                  || coalesce(sum(seconds), 0) + (SELECT coalesce(sum(seconds), 0) FROM statistics)
             FROM visits"
}

enforce() {
    "$program" enforce "$folder/policy.yaml" --yes --accept-new --audit "$log" \
        >"$folder/out" 2>&1
}

committed() {
    "$program" audit verify "$log" --format json >"$folder/verdict" || fail "the log is damaged"
    jq .changed "$folder/verdict"
}

# The visits are two or three batches, then come the parents'.
for point in statement-done:1 statement-done:4 wal-flushed:1 intent-written:1 intent-written:4 \
    intent-synced:1 intent-synced:2 intent-synced:4 commit-answered:1 commit-answered:4 \
    commit-recorded:1 commit-recorded:4 detach-recorded:1 detach-recorded:2 \
    detached:1 detached:2 step-done:1 step-done:2 step-done:3 step-done:4 steps-done:1; do
    load
    due=$((5601 + $(value "SELECT count(*) FROM visits
        WHERE at < date_trunc('month', now() - interval '1 month')")))
    log=$folder/${point/:/-}.jsonl
    status=0
    { PGRETAIN_FAULT=$point enforce || status=$?; } 2>/dev/null # "Killed", says bash
    ((status == 137)) || fail "the run ended with $status instead of being killed"
    committed >/dev/null
    [[ $(accounted) == "900 405450" ]] || fail "visits are lost or counted twice: $(accounted)"
    status=0
    { PGRETAIN_FAULT=recovery-done:1 enforce || status=$?; } 2>/dev/null
    ((status == 137)) || fail "the recovering run ended with $status instead of being killed"
    enforce || fail "the third run failed: $(cat "$folder/out")"
    [[ $(committed) == "$(changed)" ]] ||
        fail "the log has $(committed) rows, the database changed $(changed)"
    [[ $(changed) == "$due" ]] || fail "$(changed) rows changed, $due were due"
    [[ $(accounted) == "900 405450" ]] || fail "visits are lost or counted twice: $(accounted)"
    [[ $(jq .open_intents "$folder/verdict") == 0 ]] || fail "an intent is still open"
done
echo "points.sh: every point recovered"
