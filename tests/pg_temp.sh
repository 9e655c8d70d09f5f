#!/bin/bash
# scripts/pg-temp: it passes the command's status and input on, is closed to the network, and
# leaves nothing behind however it ends.
set -euo pipefail
pg_temp=$(cd "$(dirname "$0")/../scripts" && pwd)/pg-temp

# All its directories are made in here. Open to all, because the server may run as someone else.
folder=$(mktemp -d)
chmod 0711 "$folder"
export TMPDIR=$folder
trap 'rm -rf "$folder"' EXIT

fail() {
    echo "pg_temp: $1" >&2
    exit 1
}

# Servers show their data directory on their command line.
expect_nothing_left() {
    local left
    left=$(find "$folder" -maxdepth 1 -name 'pgtemp.*')
    [[ -z $left ]] || fail "$1 left $left"
    ! grep -qsF "$folder/pgtemp." /proc/[0-9]*/cmdline || fail "$1 left a server"
}

wait_for() { # file
    local i
    for ((i = 0; i < 600; i++)); do
        [[ ! -s $1 ]] || return 0
        sleep 0.1
    done
    fail "no sign of life in $1"
}

status=0
"$pg_temp" -- sh -c 'exit 7' || status=$?
((status == 7)) || fail "the command's status 7 became $status"
expect_nothing_left "a command that fails"

[[ $(echo hello | "$pg_temp" -- cat) == hello ]] || fail "standard input did not reach the command"
expect_nothing_left "a command with input"

settings=$("$pg_temp" --option "cluster_name=it's" --option=work_mem=7MB -- psql -XAtc "
    SELECT string_agg(setting, ' ' ORDER BY name) FROM pg_settings
    WHERE name IN ('cluster_name', 'fsync', 'listen_addresses', 'work_mem')")
[[ $settings == "it's off  7168" ]] || fail "unexpected settings: $settings"

# Ctrl-C, a stopped service and a closed terminal, while the command runs.
for signal in INT TERM HUP; do
    started=$folder/started.$signal
    env --default-signal=INT,TERM,HUP "$pg_temp" -- \
        sh -c "echo yes >'$started'; exec sleep 1000" &
    child=$!
    wait_for "$started"
    kill -s "$signal" "$child"
    status=0
    wait "$child" || status=$?
    ((status == 128 + $(kill -l "$signal"))) || fail "SIG$signal ended it with status $status"
    expect_nothing_left "SIG$signal"
done

# Ctrl-C reaches the whole process group at once, and the command may end in its own way. Its status
# must survive however the two ends meet; many rounds, so with programs that only pretend.
mkdir "$folder/pretend"
printf '#!/bin/sh\nmkdir data && : >data/postgresql.conf\n' >"$folder/pretend/initdb"
printf '#!/bin/sh\n' >"$folder/pretend/pg_ctl"
chmod 0755 "$folder/pretend" "$folder"/pretend/*
for round in {1..60}; do
    started=$folder/started.group.$round
    PG_BIN=$folder/pretend env --default-signal=INT setsid "$pg_temp" -- \
        bash -c "trap 'kill \$!; exit 3' INT; sleep 1000 & echo yes >'$started'; wait" &
    child=$!
    wait_for "$started"
    kill -s INT -- "-$child"
    status=0
    wait "$child" || status=$?
    ((status == 3)) || fail "round $round: the command's status 3 became $status"
done
expect_nothing_left "SIGINT to the group"

# An interrupt while it waits, without a command.
env --default-signal=INT "$pg_temp" >"$folder/connect" &
child=$!
wait_for "$folder/connect"
until grep -q Ctrl-C "$folder/connect"; do sleep 0.1; done
kill -s INT "$child"
wait "$child" || fail "interrupted while waiting, it ended with status $?"
expect_nothing_left "SIGINT without a command"

# --keep, a crash, a restart, --stop.
"$pg_temp" --keep -- psql -Xqc 'CREATE TABLE kept AS SELECT 41 + 1 AS answer' >"$folder/kept"
directory=$(find "$folder" -maxdepth 1 -name 'pgtemp.*')
"$pg_temp" --ctl "$directory" -m immediate stop
"$pg_temp" --ctl "$directory" -w start
[[ $(psql -X -h "$directory" -p 5432 -U postgres -d postgres -Atc 'TABLE kept') == 42 ]] ||
    fail "the kept server lost its table"
grep -qF -- "--stop $directory" "$folder/kept" || fail "--keep does not say how to stop the server"
"$pg_temp" --stop "$directory"
expect_nothing_left "--stop"

mkdir "$folder/precious"
! "$pg_temp" --stop "$folder/precious" 2>/dev/null || fail "--stop took a directory not its own"
[[ -d $folder/precious ]] || fail "--stop removed a directory not its own"
