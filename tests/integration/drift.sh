#!/bin/bash
# A schema that has moved on since the policy was written: what the policy names is gone, or has
# another name or type. Each is an error that says so, and never a success.
set -euo pipefail
# shellcheck source=tests/support/corners.sh
source "$(dirname "$0")/../support/corners.sh"

# A policy of two rules that both have a row due; then the SQL; the first rule is refused, with the
# code and a message, and the second does its work.
drifted() { # drifted TITLE CODE MESSAGE SQL...
    local code=$2 message=$3
    begin "$1" <<'SQL'
CREATE TABLE app.t (id int PRIMARY KEY, at timestamptz, email text);
INSERT INTO app.t VALUES (1, app.old(), 'a'), (2, app.young(), 'b');
CREATE TABLE app.u (id int PRIMARY KEY, at timestamptz);
INSERT INTO app.u VALUES (1, app.old());
SQL
    write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: t, table: app.t, category: old, clock: at, action: anonymise, mask: {email: null}}
  - {id: u, table: app.u, category: old, clock: at, action: purge}
YAML
    planned 0 ""
    sql "${@:4}"
    run 3 "$title: check --live" "$PGRETAIN" check --live "$policy"
    planned 8 "$code"
    says "$out" "$message" "$title: says what is wrong"
    enforced 8
    left app.u none
}

drifted "the clock renamed" column-missing 'column .*at.* of table app.t does not exist' \
    -c "ALTER TABLE app.t RENAME at TO happened_at"
drifted "the clock dropped" column-missing 'column .*at.* of table app.t does not exist' \
    -c "ALTER TABLE app.t DROP at"
drifted "the clock an int" clock-type 'column .*at.* of table app.t has type integer, which is no' \
    -c "ALTER TABLE app.t ALTER at TYPE int USING 5"
drifted "the clock an interval" clock-type \
    'column .*at.* of table app.t has type interval, which is no clock' \
    -c "ALTER TABLE app.t ALTER at TYPE interval USING '5 days'"
drifted "the clock a text" clock-type 'column .*at.* of table app.t has type text, which is no' \
    -c "ALTER TABLE app.t ALTER at TYPE text"
drifted "the clock a time of day" clock-type \
    'has type time without time zone, which is no clock' \
    -c "ALTER TABLE app.t ALTER at TYPE time USING '12:00'"
drifted "the masked column renamed" column-missing 'column .*email.* of table app.t does not' \
    -c "ALTER TABLE app.t RENAME email TO address"
is "$(sql -c "SELECT string_agg(address, '' ORDER BY id) FROM app.t")" ab "its values stay"
drifted "the masked column NOT NULL" mask-not-null 'email, which is NOT NULL' \
    -c "ALTER TABLE app.t ALTER email SET NOT NULL"
drifted "the table renamed" table-missing 'table .*app.t.* does not exist' \
    -c "ALTER TABLE app.t RENAME TO moved"
is "$(rows app.moved)" 2 "its rows stay"
drifted "the table dropped" table-missing 'table .*app.t.* does not exist' -c "DROP TABLE app.t"
drifted "the table in another schema" table-missing 'table .*app.t.* does not exist' \
    -c "CREATE SCHEMA IF NOT EXISTS elsewhere" -c "ALTER TABLE app.t SET SCHEMA elsewhere"
is "$(rows elsewhere.t)" 2 "its rows stay"
sql -c "SET client_min_messages = error" -c "DROP SCHEMA elsewhere CASCADE" >/dev/null
drifted "the table a view" not-a-table 'app.t is a view' \
    -c "ALTER TABLE app.t RENAME TO base" -c "CREATE VIEW app.t AS TABLE app.base"
is "$(rows app.base)" 2 "its rows stay"

# Nothing is left of what the policy is about.
begin "the schema dropped" <<'SQL'
CREATE TABLE app.t (id int PRIMARY KEY, at timestamptz);
SQL
write_policy <<'YAML'
rules:
  - {id: t, table: app.t, category: old, clock: at, action: purge}
YAML
sql -c "DROP SCHEMA app CASCADE" 2>/dev/null
planned 8 table-missing
enforced 8
sql -c "CREATE DATABASE gone" -c "DROP DATABASE gone"
run 1 "the database dropped: plan" plan -d gone
run 1 "the database dropped: enforce" enforce_new -d gone

# Partitions that come and go between an approved plan and its deed: rows that nobody saw are not
# taken in the place of those that were approved.
tree() { # tree TITLE: two due rows, and one in a table that is no partition yet
    begin "$1" <<'SQL'
CREATE TABLE app.t (id int, at timestamptz) PARTITION BY RANGE (id);
CREATE TABLE app.t1 PARTITION OF app.t FOR VALUES FROM (0) TO (10);
CREATE TABLE app.t2 PARTITION OF app.t FOR VALUES FROM (10) TO (20);
INSERT INTO app.t VALUES (1, app.old()), (2, app.young()), (11, app.old()), (12, app.young());
CREATE TABLE app.later (id int, at timestamptz);
INSERT INTO app.later VALUES (21, app.old()), (22, app.young());
CREATE TABLE app.first (id int PRIMARY KEY, at timestamptz);
INSERT INTO app.first VALUES (1, app.old());
SQL
    write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: first, table: app.first, category: old, clock: at, action: purge}
  - {id: t, table: app.t, category: old, clock: at, action: purge}
YAML
}
detach="ALTER TABLE app.t DETACH PARTITION app.t1"
attach="ALTER TABLE app.t ATTACH PARTITION app.later FOR VALUES FROM (20) TO (30)"
approved() { # approved STATUS: enforce under an approval of exactly the plan in $out
    run "$1" "$title: enforce" enforce --as-of "$(jq -r .as_of "$work/plan")" \
        --expect "$(jq -r .digest "$work/plan")" --expect-rows "$(jq .totals.due "$work/plan")"
}

tree "a partition attached after an approval"
planned 0 ""
cp "$out" "$work/plan"
sql -c "$attach"
approved 5
is "$(committed "$audit")" 3 "$title: no more than was approved"
is "$(ids "app.t WHERE id IN (2, 12, 22)")" 2,12,22 "$title: the young rows stay"

tree "a partition detached after an approval"
planned 0 ""
cp "$out" "$work/plan"
sql -c "$detach"
approved 0
left app.t1 1,2
left app.t 12

# The same while the run is at another table: a row there is locked.
tree "partitions attached and detached in a run"
hold_lock "SELECT FROM app.first FOR UPDATE"
enforce_new --jobs 1 --format json >"$out" 2>"$err" </dev/null &
child=$!
await_blocked
ok $? "$title: the run waits"
sql -c "$detach" -c "$attach"
release
wait "$child"
is $? 5 "$title: the table has changed since the plan"
left app.first none
left app.t1 1,2
is "$(ids app.later)" 21,22 "$title: the new part is left to the next run"
run 0 "$title: the next run" enforce_new
left app.t 12,22
left app.t1 1,2

# A column that a condition reads.
begin "a renamed column in a condition" <<'SQL'
CREATE TABLE app.t (id int PRIMARY KEY, at timestamptz, kind text);
INSERT INTO app.t VALUES (1, app.old(), 'a');
SQL
write_policy <<'YAML'
rules:
  - {id: t, table: app.t, category: old, clock: at, action: purge, only: kind = 'a'}
YAML
planned 0 ""
sql -c "ALTER TABLE app.t RENAME kind TO sort"
planned 8 expression-invalid
enforced 8
left app.t 1
write_policy <<'YAML'
holds: [{id: h, reason: r, table: app.t, where: kind = 'a'}]
rules:
  - {id: t, table: app.t, category: old, clock: at, action: purge}
YAML
run_refused hold-invalid
left app.t 1

# What others may not read, a rule cannot either.
begin "a condition on what the role may not read" <<'SQL'
CREATE TABLE app.t (id int PRIMARY KEY, at timestamptz);
INSERT INTO app.t VALUES (1, app.old());
GRANT SELECT, DELETE ON app.t TO eraser;
SQL
write_policy <<'YAML'
rules:
  - {id: t, table: app.t, category: old, clock: at, action: purge,
     only: exists (select from pg_catalog.pg_authid where rolpassword like 'SCRAM%')}
YAML
PGUSER=eraser planned 8 expression-invalid
left app.t 1

finish
