#!/bin/bash
# What nobody can know is said, counted again, and not guessed.
#   unknown.sh PGRETAIN        under scripts/pg-temp; a build with -DPGRETAIN_FAULTS=ON
# Runs end before they have the answer to a COMMIT, or before they send one. Then the server draws a
# million transaction ids and freezes everything, so that it forgets those transactions, and each
# run is followed by another one. In the end the server becomes another one.
set -euo pipefail
export PGRETAIN=$1
# shellcheck source=tests/support/shell.sh
. "$(dirname "$0")/../support/shell.sh"
pg_temp=$(dirname "$0")/../../scripts/pg-temp

# One case: a schema, a policy and a log of its own.
begin() { # begin NAME TABLE...: with a rule for each table
    local table
    open "$1"
    {
        echo "limits: {share: 100%}"
        echo "rules:"
        for table in "${@:2}"; do
            echo "  - {table: $name.$table, category: old, clock: at, action: purge}"
        done
    } | write_policy
    sql <<SQL
CREATE SCHEMA $name;
SET search_path = $name;
CREATE TABLE calls (id int, at timestamptz);
CREATE TABLE slices (id int, at timestamptz);
CREATE TABLE parts (id int, at timestamptz) PARTITION BY RANGE (at);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (MINVALUE) TO ('2020-01-01');
CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM ('2020-01-01') TO (MAXVALUE);
INSERT INTO calls SELECT g, now() - interval '90 days' FROM generate_series(1, 100) g;
INSERT INTO slices SELECT g, now() - CASE WHEN g <= 100 THEN interval '90 days'
    ELSE interval '1 day' END FROM generate_series(1, 5000) g;
CREATE INDEX ON slices (at);
ANALYZE slices;
INSERT INTO parts SELECT g, timestamptz '2019-01-01' FROM generate_series(1, 100) g;
SQL
}
open() {
    name=$1
    policy=$work/$name.yaml
    audit=$work/$name.jsonl
}
due() { sql -c "SELECT count(*) FROM $name.$1 WHERE at < now() - interval '30 days'"; }

breaks() { # breaks FAULT
    PGRETAIN_FAULT=$1 fails "$name: the run ends early" enforce_new
    until [[ $(sql -c "SELECT count(*) FROM pg_stat_activity
        WHERE application_name LIKE 'pgretain%'") == 0 ]]; do sleep 0.02; done
}

# The server drops what it knows of transactions by the million.
forget() {
    local database
    sql -c "SET synchronous_commit = off" -c "DO \$\$ BEGIN FOR i IN 1..1100000 LOOP
        PERFORM pg_current_xact_id(); COMMIT; END LOOP; END \$\$"
    sql -c "ALTER DATABASE template0 ALLOW_CONNECTIONS true"
    for database in $(sql -c "SELECT datname FROM pg_database"); do
        psql -Xq -d "$database" -c "VACUUM (FREEZE)"
    done
}

# The next run says so: the log has the outcome, and how many of the intent's rows are gone.
unknown() { # unknown NAME ROWS CAUSE [FLAG]...
    local rows=$2 cause=$3 status=0
    open "$1"
    enforce "${@:4}" >"$out" 2>"$err" </dev/null || status=$?
    ok $((status != 0 && status != 8)) "$name: the next run ends with 0 or 8"
    is "$(jq -r 'select(.kind == "recovered") | "\(.outcome) \(.rows) \(.cause)"' "$audit")" \
        "unknown $rows $cause" "$name: what the log says"
    says "$err" "nobody knows any more .* 1 batches .* 100 rows, $rows are gone" \
        "$name: what the run says"
    run 0 "$name: the log verifies" "$PGRETAIN" audit verify "$audit"
    says "$out" 'nobody knows whether 1 batch committed: see "unknown"' "$name: and says it too"
    run 0 "$name: one more run" enforce
    is "$(jq -c 'select(.kind == "recovered")' "$audit" | wc -l)" 1 "$name: it is settled"
}

begin committed calls
breaks commit-sent:1
is "$(due calls)" 0 "$name: the rows are gone"
begin not_committed calls
breaks intent-synced:1
is "$(due calls)" 100 "$name: the rows are there"
begin slices_committed slices
breaks commit-sent:1
is "$(due slices)" 0 "$name: the rows are gone"
begin slices_not_committed slices
breaks intent-synced:1
is "$(due slices)" 100 "$name: the rows are there"
is "$(jq -r 'select(.kind == "step_begin").strategy' "$audit")" "clock slices" "$name: by slices"
begin some_are_there calls
breaks commit-sent:1
sql -c "INSERT INTO $name.calls SELECT g, now() - interval '90 days'
    FROM generate_series(1, 30) g"
begin without_its_rule calls slices
breaks commit-sent:1
sed -i "/$name.calls/d" "$policy"
begin partition_dropped parts
breaks commit-sent:1
begin partition_not_dropped parts
breaks intent-synced:1
forget

old="too old to ask about"
unknown committed 100 "$old, recounted"
unknown not_committed 0 "$old, recounted"
is "$(due calls)" 0 "$name: now they are gone"
unknown slices_committed 100 "$old, recounted"
unknown slices_not_committed 0 "$old, recounted"
is "$(due slices)" 0 "$name: now they are gone"
unknown some_are_there 70 "$old, recounted"
unknown without_its_rule 0 "$old, not to be recounted" --accept-new
unknown partition_dropped 100 "$old, recounted"
is "$(jq -r 'select(.kind == "gone").partition' "$audit")" "$name.parts_1" "$name: it is gone"
unknown partition_not_dropped 0 "$old, recounted"
is "$(due parts)" 0 "$name: it was put back, and goes in the run after that"

# The rule is gone from the policy, and the detach is not even finished.
begin pending parts calls
hold_lock "SELECT FROM $name.parts"
"$PGRETAIN" enforce "$policy" --yes --accept-new --audit "$audit" >"$out" 2>&1 </dev/null &
await_blocked
ok $? "$name: the detach waits"
kill -9 $!
wait $! 2>/dev/null
sql -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name LIKE 'pgretain%'" >"$out"
release
is "$(sql -c "SELECT count(*) FROM pg_inherits WHERE inhdetachpending")" 1 "$name: and is pending"
sed -i "/$name.parts/d" "$policy"
run 8 "$name: the next run puts it back" enforce --accept-new
says "$err" "partition $name.parts_1 of an earlier run was attached again" "$name: and says so"
is "$(due parts)" 100 "$name: its rows are there"
run 0 "$name: the log verifies" "$PGRETAIN" audit verify "$audit"

# Dropped by hand in between.
begin dropped_by_hand parts
breaks detached:1
sql -c "DROP TABLE $name.parts_1"
run 0 "$name: the next run" enforce
is "$(jq -r 'select(.kind == "gone").partition' "$audit")" "$name.parts_1" "$name: it is gone"
run 0 "$name: the log verifies" "$PGRETAIN" audit verify "$audit"

# An older copy of the server's files, where somebody else has got the transaction's number since.
begin copy calls
sql -c CHECKPOINT
"$pg_temp" --ctl "$PGTEMP" stop -m fast
cp -a "$PGTEMP/data" "$PGTEMP/copy"
"$pg_temp" --ctl "$PGTEMP" start
sql -c "SELECT pg_switch_wal()" >"$out"
breaks commit-sent:1
is "$(due calls)" 0 "$name: the rows are gone"
"$pg_temp" --ctl "$PGTEMP" stop -m immediate
rm -r "$PGTEMP/data"
mv "$PGTEMP/copy" "$PGTEMP/data"
"$pg_temp" --ctl "$PGTEMP" start
for ((i = 0; i < 50; i++)); do
    sql -c "SELECT pg_current_xact_id()"
done >"$out"
is "$(sql -c "SELECT pg_xact_status('$(jq -r 'select(.kind == "intent").xid' "$audit")')")" \
    committed "$name: a stranger's transaction has the number"
unknown copy 0 "an older copy, recounted"
is "$(due calls)" 0 "$name: now they are gone"

begin timeline calls
"$pg_temp" --replica "$PGTEMP"
breaks commit-sent:1
"$pg_temp" --ctl "$PGTEMP" stop -m fast # waits until the replica has everything
psql -XqAt -p 5433 -c "SELECT pg_promote()" >"$out"
export PGPORT=5433
unknown timeline 100 "another timeline, recounted"

# The same database as a new cluster has it: what the old one said about the id means nothing.
begin cluster calls
breaks intent-synced:1
pg_dump -Fc -f "$work/dump"
owner=(env)
((EUID != 0)) || owner=(setpriv "--reuid=$(stat -c %u "$PGTEMP/data")"
    "--regid=$(stat -c %g "$PGTEMP/data")" --clear-groups)
(cd "$PGTEMP" && "${owner[@]}" initdb -D other -U postgres -A trust --no-sync >"$out" 2>&1 &&
    "${owner[@]}" pg_ctl -D other -l other.log -w start >"$out" 2>&1 \
        -o "-p 5434 -k $PGTEMP -c listen_addresses= -c fsync=off")
ok $? "$name: a new cluster"
export PGPORT=5434
pg_restore -d postgres "$work/dump"
unknown cluster 0 "another cluster, recounted" --accept-cluster "a dump"
is "$(due calls)" 0 "$name: the rows are gone"
(cd "$PGTEMP" && "${owner[@]}" pg_ctl -D other -m immediate stop >"$out" 2>&1)
finish
