#!/bin/bash
# Whole partitions: what goes in one piece, what is emptied row by row, and what is proved before.
set -euo pipefail
# shellcheck source=tests/support/shell.sh
. "$(dirname "$0")/../support/shell.sh"

# app.calls: 2021 to 2024 in one partition each, the last of them young.
years() {
    rm -f "$work"/audit.* "$work"/*.policy-*
    sql <<'SQL'
SET client_min_messages = error;
DROP SCHEMA IF EXISTS app CASCADE;
DROP PUBLICATION IF EXISTS calls;
CREATE SCHEMA app;
CREATE TABLE app.calls (id int, at timestamptz, account int) PARTITION BY RANGE (at);
CREATE TABLE app.y21 PARTITION OF app.calls FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
CREATE TABLE app.y22 PARTITION OF app.calls FOR VALUES FROM ('2022-01-01') TO ('2023-01-01');
CREATE TABLE app.y23 PARTITION OF app.calls FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE app.y24 PARTITION OF app.calls FOR VALUES FROM ('2024-01-01') TO (MAXVALUE);
INSERT INTO app.calls SELECT g, timestamptz '2021-01-01' + g * interval '1 day', g % 10
    FROM generate_series(0, 1400) g;
SQL
    write_policy <<YAML
limits: {share: 100%}
${1:-}
rules:
  - {table: app.calls, category: old, clock: at, action: purge${2:-}}
YAML
}
as_of=(--as-of 2024-01-31T00:00:00Z) # the window of 30 days ends with 2023
# shellcheck disable=SC2317  # called by run
run_it() { enforce_new "${as_of[@]}" "$@"; }
parts() {
    sql -c "SELECT string_agg(p.oid::text, ' ' ORDER BY p.oid::text) FROM pg_inherits i
        JOIN pg_class c ON c.oid = i.inhrelid
        CROSS JOIN LATERAL (SELECT c.oid::regclass::text) AS p (oid) WHERE c.relkind = 'r'"
}
strategy() { plan "${as_of[@]}" --format json | jq -r '.steps[0] | .strategy + ": " + .why'; }

years
is "$(strategy)" "partition: 3 of 4 partitions lie wholly before the cutoff" "the plan says how"
run 0 "three partitions on two lanes" run_it --jobs 2
is "$(parts)" "app.y24" "they are gone"
is "$(committed "$audit")" 1095 "each row is in the log"
is "$(rows app.calls)" 306 "the others are there"
is "$(jq -r 'select(.kind == "detach").partition' "$audit" | tr '\n' ' ')" \
    "app.y21 app.y22 app.y23 " "so are the partitions"
run 0 "the log is intact" "$PGRETAIN" audit verify "$audit"
run 0 "nothing is left to do" run_it

# One held row: that partition is emptied row by row.
years "holds: [{id: h, reason: r, table: app.calls, where: 'id = 400'}]"
run 0 "with a row on hold" run_it
is "$(parts)" "app.y22 app.y24" "its partition stays"
is "$(sql -c "SELECT count(*) FROM app.y22")" 1 "with nothing but that row"

# The cutoff lies within a partition.
years
run 0 "half a year later it would be due" enforce_new --as-of 2023-07-31T00:00:00Z
is "$(parts)" "app.y23 app.y24" "a partition with young rows stays"
is "$(sql -c "SELECT min(at) >= '2023-07-01' FROM app.calls")" t "without its old ones"

# Somebody else has a lock on a partition that is detached already.
years
sql -c "ALTER TABLE app.y21 ADD CONSTRAINT other CHECK (id >= 0)"
hold_lock "SELECT FROM app.y21 LIMIT 1"
run 8 "somebody reads a partition and does not end" run_it --format json
says "$out" '"sqlstate": "55P03"' "says that a lock was not granted"
release
run 8 "the next run attaches it again" run_it
says "$err" "app.y21 .* attached again" "and says so"
run 0 "the one after that" run_it
is "$(parts)" "app.y24" "takes it away"

# What stands in the way.
years
sql -c "CREATE TABLE app.rest PARTITION OF app.calls DEFAULT"
says <(strategy) "row by row: there is a default partition" "a default partition"
run 0 "is emptied row by row" run_it
is "$(parts)" "app.rest app.y21 app.y22 app.y23 app.y24" "all partitions are there"
is "$(rows app.calls)" 306 "without their due rows"

years "" ", partition: force"
sql -c "CREATE TABLE app.rest PARTITION OF app.calls DEFAULT"
run 0 "unless the rule forces it" run_it
is "$(parts)" "app.rest app.y24" "then they go"

years
sql -c "CREATE FUNCTION app.note() RETURNS trigger LANGUAGE plpgsql AS
    \$\$ BEGIN RETURN OLD; END \$\$;
    CREATE TRIGGER note AFTER DELETE ON app.calls FOR EACH ROW EXECUTE FUNCTION app.note()"
says <(strategy) "row by row: a trigger waits for each deleted row" "a trigger"

years
sql -c "CREATE PUBLICATION calls FOR TABLE app.calls" 2>"$err"
says <(strategy) "row by row: a publication would not tell" "a publication"

years
sql -c "ALTER TABLE app.calls ADD PRIMARY KEY (id, at);
    CREATE TABLE app.notes (id int, at timestamptz, FOREIGN KEY (id, at) REFERENCES app.calls)"
says <(strategy) "row by row: a foreign key refers to the table" "a foreign key"

years
sql -c "CREATE ROLE rows_only LOGIN; GRANT USAGE ON SCHEMA app TO rows_only;
    GRANT SELECT, DELETE ON ALL TABLES IN SCHEMA app TO rows_only" 2>"$err"
is "$(plan "${as_of[@]}" -U rows_only --format json | jq -r .steps[0].strategy)" "block ranges" \
    "a role that does not own the table deletes rows"

# Somebody else began to detach a partition and did not finish.
years
hold_lock "SELECT FROM app.y21 LIMIT 1"
psql -Xq -c "SET statement_timeout = '500ms'" \
    -c "ALTER TABLE app.calls DETACH PARTITION app.y21 CONCURRENTLY" >"$err" 2>&1
release
is "$(sql -c "SELECT inhrelid::regclass FROM pg_inherits WHERE inhdetachpending")" app.y21 \
    "a partition is half detached"
is "$(plan "${as_of[@]}" --format json | jq -r '.findings[] | select(.code == "detach-pending") |
    .severity + ": " + .message' | cut -d, -f1)" \
    "warning: partition app.y21 is half detached: its rows are not seen" "which the plan says"
run 0 "a rehearsal leaves it so" run_it --rehearse
is "$(sql -c "SELECT count(*) FROM pg_inherits WHERE inhdetachpending")" 1 "it is so still"
run 0 "a run finishes it, since it needs to" run_it
is "$(parts)" app.y24 "and takes the others away"
is "$(rows app.y21)" 365 "what was detached is there, a table of its own"
is "$(committed "$audit")" 730 "and not in the log"

# Below a list of regions, each a range of years.
rm -f "$work"/audit.* "$work"/*.policy-*
sql <<'SQL'
SET client_min_messages = error;
DROP SCHEMA app CASCADE;
CREATE SCHEMA app;
CREATE TABLE app.calls (id int, region text, at date) PARTITION BY LIST (region);
CREATE TABLE app.eu PARTITION OF app.calls FOR VALUES IN ('eu') PARTITION BY RANGE (at);
CREATE TABLE app.eu22 PARTITION OF app.eu FOR VALUES FROM ('2022-01-01') TO ('2023-01-01');
CREATE TABLE app.eu23 PARTITION OF app.eu FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE app.us PARTITION OF app.calls FOR VALUES IN ('us');
INSERT INTO app.calls SELECT g, CASE WHEN g % 2 = 0 THEN 'eu' ELSE 'us' END,
    date '2022-01-01' + g FROM generate_series(0, 700) g;
SQL
run 0 "a tree with ranges below" enforce_new --as-of 2023-01-31T00:00:00Z
is "$(parts)" "app.eu23 app.us" "the range that is over is gone"
is "$(sql -c "SELECT min(at) FROM app.calls")" "2023-01-01" "and so are the other old rows"
finish
