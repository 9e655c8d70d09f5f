#!/bin/bash
# What holds a run back: replicas, the WAL archive, rates; each named.
set -euo pipefail
# shellcheck source=tests/support/shell.sh
. "$(dirname "$0")/../support/shell.sh"
pg_temp=$(dirname "$0")/../../scripts/pg-temp

replica() { psql -XqAt -p 5433 -c "$1"; }

# Until the condition holds on the primary; fails after 30 seconds.
await() {
    local i
    for ((i = 0; i < 600; i++)); do
        [[ $(sql -c "SELECT $1") != t ]] || return 0
        sleep 0.05
    done
    return 1
}

# A run in the background that is expected to be held; what it says goes to $err.
begin_run() {
    "$PGRETAIN" enforce "$policy" --yes --accept-new --audit "$audit" "$@" >"$out" 2>"$err" \
        </dev/null &
    runner=$!
}

# Until the run says so on stderr; fails after 30 seconds, or when it ends first.
await_said() {
    local i
    for ((i = 0; i < 600; i++)); do
        ! grep -Eq -- "$1" "$err" || return 0
        kill -0 "$runner" 2>/dev/null || return 1
        sleep 0.05
    done
    return 1
}

# Enough due rows for a run of some seconds at a low rate.
many() { # [ROWS]
    fresh
    sql -c "INSERT INTO app.calls SELECT g + 100, now() - interval '90 days', repeat('n', 2000), 1
        FROM generate_series(1, ${1:-20000}) g"
}

"$pg_temp" --replica "$PGTEMP"
ok $? "a replica"
fresh
await "count(*) = 1 FROM pg_stat_replication WHERE state = 'streaming'"
ok $? "it streams"
run 0 "a replica that keeps up holds nobody" enforce_new --max-lag 1s
is "$(rows app.calls)" 10 "the rows are gone"

many
await "replay_lsn = pg_current_wal_lsn() FROM pg_stat_replication"
ok $? "it has replayed everything"
replica "SELECT pg_wal_replay_pause()" >/dev/null
begin_run --max-lag 1s --rate 4000 --format json
await_said "throttled: replica db2 [0-9]+ s behind"
ok $? "a paused replica holds the run, and is named"
left=$(rows app.calls)
is "$((left > 10))" 1 "not all rows are gone yet"
replica "SELECT pg_wal_replay_resume()" >/dev/null
await_said "no longer throttled"
ok $? "it goes on when the replica does"
wait "$runner"
is $? 0 "and ends well"
says "$out" '"throttle": "replica db2 [0-9]+ s behind"' "the outcome has the reason"
is "$(rows app.calls)" 10 "all due rows are gone"
is "$(jq -r 'select(.kind == "step_end") | .throttled_ms > 0' "$audit")" true "so has the log"

many
sql -c "CREATE ROLE blind LOGIN; GRANT USAGE ON SCHEMA app TO blind;
    GRANT SELECT, DELETE ON app.calls TO blind"
begin_run -U blind --max-lag 1s --rate 4000
await_said 'throttled: the replay position of replica .* cannot be read; grant pg_monitor'
ok $? "a hidden position holds a run that asked for it"
kill -TERM "$runner"
wait "$runner"
is $? 4 "until it is stopped"
run 0 "without asking, it goes on" enforce_new -U blind

many
begin_run --rate 100kB --rate 4000
await_said "throttled: rate of WAL"
ok $? "a limit on WAL is named"
kill -TERM "$runner"
wait "$runner"
is $? 4 "and the run can be stopped"

many
sql -c "ALTER SYSTEM SET archive_command = 'false'" -c "SELECT pg_reload_conf()" >/dev/null
sql -c "SELECT pg_switch_wal()" >/dev/null
await "last_failed_wal IS NOT NULL FROM pg_stat_archiver"
for ((i = 0; i < 70; i++)); do
    sql -c "SELECT pg_logical_emit_message(true, 'x', 'y')" -c "SELECT pg_switch_wal()" >/dev/null
done
begin_run --rate 4000 --max-lag 0
await_said "throttled: WAL archive [0-9]+ segments behind"
ok $? "an archive that is far behind holds the run"
sql -c "ALTER SYSTEM SET archive_command = 'true'" -c "SELECT pg_reload_conf()" >/dev/null
wait "$runner"
is $? 0 "and lets it go on once it has caught up"
# Alone on the server, rows are counted in parallel, which the server's log shows.
many 2500
sql -c "ALTER DATABASE $PGDATABASE SET session_preload_libraries = 'auto_explain'" \
    -c "ALTER DATABASE $PGDATABASE SET auto_explain.log_min_duration = 0" \
    -c "ALTER DATABASE $PGDATABASE SET parallel_setup_cost = 0" \
    -c "ALTER DATABASE $PGDATABASE SET parallel_tuple_cost = 0" \
    -c "ALTER DATABASE $PGDATABASE SET min_parallel_table_scan_size = 0"
: >"$PGTEMP_LOG"
run 0 "a plan alone" "$PGRETAIN" plan "$policy"
grep -aq 'Parallel Seq Scan on calls' "$PGTEMP_LOG"
ok $? "counts in parallel"
# Others commit hundreds of transactions a second: batches get short, and rests follow.
echo "SELECT pg_current_xact_id();" >"$PGTEMP/busy.sql"
so_far=$(sql -c "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()")
pgbench --no-vacuum --client=2 --time=60 --rate=400 --file="$PGTEMP/busy.sql" >/dev/null 2>&1 &
busy=$!
await "xact_commit > $so_far + 400 FROM pg_stat_database WHERE datname = current_database()"
ok $? "others are at work"
begin_run --format json
wait "$runner"
is $? 0 "beside others a run comes to its end"
kill "$busy"
says "$out" '"throttle": "others are at work"' "says that it rested"
is "$(jq -r 'select(.kind == "step_end") | .throttled_ms > 0' "$audit")" true "in the log, too"
is "$(jq -s 'map(select(.kind == "commit")) | length > 5' "$audit")" true "and took small batches"
finish
