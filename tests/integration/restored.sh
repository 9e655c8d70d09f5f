#!/bin/bash
# Data that comes back with a backup, and databases that move: with PostgreSQL's own tools.
#   restored.sh SCENARIO
# is one of copied, dumped, base_backup, point_in_time, promoted, lagging and upgraded.
# Each begins with rows that a run has erased and the log speaks of, and has a server for itself.
# shellcheck disable=SC2317  # the scenario is called by its name
set -euo pipefail
# shellcheck source=tests/support/shell.sh
. "$(dirname "$0")/../support/shell.sh"
pg_temp=$(dirname "$0")/../../scripts/pg-temp

# The server's user runs its programs; pg-temp has chosen it.
owned() (
    cd "$PGTEMP"
    if ((EUID == 0)); then
        exec setpriv --reuid="$(stat -c %u data)" --regid="$(stat -c %g data)" --clear-groups \
            -- "$@"
    fi
    exec "$@"
)
ctl() { "$pg_temp" --ctl "$PGTEMP" "$@"; }

# What comes back of the 30 due rows that go: 10 calls, and 20 names of people, one of them held.
erase() {
    fresh
    sql <<'SQL'
CREATE TABLE app.people (id int PRIMARY KEY, at timestamptz, name text);
INSERT INTO app.people SELECT g, now() - interval '90 days', 'name ' || g
    FROM generate_series(1, 21) g;
SQL
    write_policy <<'YAML'
limits: {share: 100%}
holds: [{id: h, reason: r, table: app.people, where: "id = 21"}]
rules:
  - {table: app.calls, category: old, clock: started_at, action: purge}
  - {table: app.people, category: old, clock: at, action: anonymise, mask: {name: null}}
YAML
    # called between the filling and the erasing
    "$@"
    run 0 "$title: the first run" enforce_new
    erased "the first run"
}
nothing_else() { :; }

erased() { # erased WHEN: what is due is gone, and nothing else
    is "$(rows app.calls) $(rows "app.people WHERE name IS NOT NULL")" "10 1" \
        "$title: erased by $1"
}

# The rows of each rule that a run found again, as its log says.
findings() {
    jq -r 'select(.code == "resurrected") | "\(.rule) \(.severity) \(.rows)"' "$audit" | sort |
        paste -sd,
}
found() { is "$(findings)" "$1" "$title: what the log says has come back"; }
intact() { run 0 "$title: the log verifies" "$PGRETAIN" audit verify "$audit"; }

# The next run finds what came back, says so, erases it; the one after that finds nothing.
comes_back() { # comes_back CALLS PEOPLE [FLAG]...
    local calls=$1 people=$2
    shift 2
    run 0 "$title: the run after it" enforce --format json "$@"
    is "$(jq -c '[.findings[] | select(.code == "resurrected").rows]' "$out")" "[$calls,$people]" \
        "$title: the report says what has come back"
    says "$err" "warning: app.calls-old: $calls rows older than .* are back" \
        "$title: a warning says so"
    found "app.calls-old warning $calls,app.people-old warning $people"
    erased "the run after it"
    run 0 "$title: one more run" enforce --format json
    is "$(jq -c '[.findings[] | select(.code == "resurrected")]' "$out")" "[]" \
        "$title: it finds nothing"
    intact
}

# A table each from an old copy.
copied() {
    title="copied back"
    erase sql -c "CREATE SCHEMA copy; CREATE TABLE copy.calls AS TABLE app.calls;
        CREATE TABLE copy.people AS TABLE app.people"
    sql -c "INSERT INTO app.calls SELECT * FROM copy.calls WHERE id BETWEEN 3 AND 9"
    sql -c "UPDATE app.people p SET name = c.name FROM copy.people c
        WHERE c.id = p.id AND p.id > 15"
    comes_back 7 5
    # young rows and rows that fall due are nothing that has come back
    run 0 "$title: a run as of an hour ago" enforce \
        --as-of "$(sql -c "SELECT date_trunc('second', now()) - interval '1 hour'")"
    sql -c "INSERT INTO app.calls SELECT g, now() - interval '30 days 30 minutes', '', 1
        FROM generate_series(100, 104) g" -c "INSERT INTO app.people VALUES (90, now(), 'new')"
    run 0 "$title: a run after rows fell due" enforce --format json
    is "$(jq -c '[.findings[] | select(.code == "resurrected")]' "$out")" "[]" \
        "$title: rows that fall due are not back"
    is "$(rows "app.calls WHERE id >= 100")" 0 "$title: and they go"
    # another rule than before is no measure
    sql -c "INSERT INTO app.calls SELECT * FROM copy.calls WHERE id = 5"
    sed -i 's/started_at, action: purge/started_at, action: purge, unless: "n = 7"/' "$policy"
    run 0 "$title: a run with a changed rule" enforce_new --format json
    is "$(jq -c '[.findings[] | select(.code == "resurrected")]' "$out")" "[]" \
        "$title: a changed rule is not compared"
    # the brake holds what comes back, and the warning says what it is
    sql -c "INSERT INTO app.calls SELECT g, now() - interval '90 days', '', 1
        FROM generate_series(1000, 3000) g"
    sed -i 's/share: 100%/share: 10%/' "$policy"
    run 5 "$title: the brake holds" enforce
    says "$err" "warning: app.calls-old: 2001 rows older than .* are back" \
        "$title: and a warning says why there are so many"
    sql -c "DROP SCHEMA copy CASCADE"
}

# The whole database, of the same name, in a new cluster.
dumped() {
    title="dumped"
    erase owned pg_dump -h "$PGTEMP" -Fc -f "$PGTEMP/dump" postgres
    owned initdb -D moved -U postgres -A trust --no-sync >"$out" 2>&1
    ok $? "$title: a new cluster"
    move "$PGTEMP/moved"
    owned pg_restore -h "$PGTEMP" -d postgres --clean --if-exists dump >"$out" 2>&1
    ok $? "$title: the dump is restored"
    accepted
    rm -rf "$PGTEMP/dump"
}

# The other cluster's server takes the place of the first one's.
move() {
    ! ctl status >"$out" || ctl stop -m fast
    mv "$PGTEMP/data" "$PGTEMP/data.before"
    mv "$1" "$PGTEMP/data"
    cp -p "$PGTEMP/data.before/postgresql.conf" "$PGTEMP/data/"
    ctl start -w
    ok $? "$title: the other server is up"
}

accepted() {
    run 9 "$title: another cluster is refused" enforce
    says "$err" "belongs to another database cluster" "$title: and the message says why"
    erased_not
    run 2 "$title: a reason is needed" enforce --accept-cluster ""
    comes_back 10 20 --accept-cluster "moved to a new server"
    is "$(jq -r 'select(.kind == "run_begin") | .cluster_reason // "-"' "$audit" | paste -sd,)" \
        "-,moved to a new server,-" "$title: the log says who was accepted and why"
    run 2 "$title: once accepted, the flag is refused" enforce --accept-cluster again
    says "$err" "knows this database cluster already" "$title: and the message says why"
    # what nobody accepted is damage
    sed 's/"cluster_reason":"[^"]*",//' "$audit" >"$work/forged.jsonl"
    run 7 "$title: a log without the reason does not verify" \
        "$PGRETAIN" audit verify "$work/forged.jsonl"
}
erased_not() {
    is "$(rows app.calls) $(rows "app.people WHERE name IS NOT NULL")" "20 21" \
        "$title: nothing was touched"
}

# A base backup started as it is: neither identifier nor timeline tells.
base_backup() {
    title="base backup"
    erase owned pg_basebackup -h "$PGTEMP" -D backup --checkpoint=fast --no-sync
    move "$PGTEMP/backup"
    comes_back 10 20
}

# Back to a moment before the run, with an archive of the WAL.
point_in_time() {
    title="point in time"
    owned mkdir -p archive
    erase prepare_archive
    sql -c "SELECT pg_switch_wal()" >"$out"
    owned tee -a backup/postgresql.auto.conf >"$out" <<CONF
restore_command = 'cp $PGTEMP/archive/%f %p'
recovery_target_time = '$moment'
recovery_target_action = promote
CONF
    owned touch backup/recovery.signal
    move "$PGTEMP/backup"
    await "NOT pg_is_in_recovery()"
    ok $? "$title: recovered up to that moment"
    comes_back 10 20
    is "$(jq -r 'select(.kind == "run_begin").timeline' "$audit" | uniq | paste -sd,)" "1,2" \
        "$title: on another timeline"
}
prepare_archive() {
    sql -c "ALTER SYSTEM SET archive_mode = on" \
        -c "ALTER SYSTEM SET archive_command = 'cp %p $PGTEMP/archive/%f'"
    ctl restart -m fast -w
    owned pg_basebackup -h "$PGTEMP" -D backup --checkpoint=fast --no-sync
    sql -c "SELECT pg_switch_wal()" >"$out"
    moment=$(sql -c "SELECT clock_timestamp()")
}

await() { # await CONDITION: fails after 30 seconds
    local i
    for ((i = 0; i < 600; i++)); do
        [[ $(psql -XqAt -c "SELECT $1" 2>/dev/null) != t ]] || return 0
        sleep 0.05
    done
    return 1
}

# A replica that has everything takes over: there is nothing to report.
promoted() {
    title="promoted replica"
    "$pg_temp" --replica "$PGTEMP"
    ok $? "$title: a replica"
    erase nothing_else
    sql -c "CREATE TABLE app.mark ()"
    PGPORT=5433 await "EXISTS (SELECT FROM pg_tables WHERE tablename = 'mark')"
    ok $? "$title: it has replayed everything"
    take_over
    run 0 "$title: the run after it" enforce --format json
    found ""
    erased "the run after it"
    intact
    is "$(jq -r 'select(.kind == "run_begin").timeline' "$audit" | paste -sd,)" "1,2" \
        "$title: on another timeline"
}

# The replica had not received what the run did.
lagging() {
    title="lagging replica"
    "$pg_temp" --replica "$PGTEMP"
    erase stop_replica
    ctl stop -m immediate
    owned pg_ctl -D replica -l replica.log -s -w start >"$out" 2>&1
    take_over
    comes_back 10 20
}
stop_replica() {
    sql -c "CREATE TABLE app.mark ()"
    PGPORT=5433 await "EXISTS (SELECT FROM pg_tables WHERE tablename = 'mark')"
    owned pg_ctl -D replica -s -w stop >"$out" 2>&1
}

# The replica becomes the server that everybody talks to.
take_over() {
    ! ctl status >"$out" || ctl stop -m immediate
    owned pg_ctl -D replica -s -w promote >"$out" 2>&1
    ok $? "$title: it is promoted"
    export PGPORT=5433
    await "NOT pg_is_in_recovery()"
}

# The same major version twice: what is new is the identifier.
upgraded() {
    title="pg_upgrade"
    erase nothing_else
    owned initdb -D moved -U postgres -A trust --no-sync >"$out" 2>&1
    ctl stop -m fast
    bin=$(dirname "$(command -v pg_ctl)")
    owned pg_upgrade -b "$bin" -B "$bin" -d data -D moved -U postgres -s "$PGTEMP" >"$out" 2>&1
    ok $? "$title: pg_upgrade"
    move "$PGTEMP/moved"
    run 9 "$title: another cluster is refused" enforce
    run 0 "$title: and accepted" enforce --accept-cluster "pg_upgrade"
    erased "the run after it"
    found ""
    intact
}

"$1"
finish
