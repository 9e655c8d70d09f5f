# shellcheck shell=bash
# shell.sh - sourced by the shell tests, which run under scripts/pg-temp with PGRETAIN set.
#
# Every check prints one line and counts; `finish` at the end gives the exit status. Nothing ends a
# test early but a broken environment; so a command may fail without ending the script.
set +e +o pipefail
: "${PGRETAIN:?the program}" "${PGTEMP:?run under scripts/pg-temp}"
work=$(mktemp -d "$PGTEMP/cli.XXXXXX")
audit=$work/audit.jsonl
policy=$work/policy.yaml
out=$work/out
err=$work/err
export XDG_STATE_HOME=$work
checks=0 failures=0

sql() {
    psql -XqAt -v ON_ERROR_STOP=1 "$@" || {
        echo "fatal: psql failed" >&2
        exit 1
    }
}

ok() { # ok STATUS NAME: one check
    checks=$((checks + 1))
    if (($1 == 0)); then
        echo "ok - $2"
    else
        failures=$((failures + 1))
        echo "FAILED - $2"
        [[ ! -s $out ]] || sed 's/^/    out: /' "$out" | head -40
        [[ ! -s $err ]] || sed 's/^/    err: /' "$err" | head -40
    fi
}

is() { # is GOT EXPECTED NAME
    [[ $1 == "$2" ]]
    ok $? "$3$([[ $1 == "$2" ]] || echo " (got '$1', expected '$2')")"
}

says() { # says FILE REGEX NAME
    grep -Eq -- "$2" "$1"
    ok $? "$3"
}

run() { # run STATUS NAME COMMAND...: what it says goes to $out and $err
    local expected=$1 name=$2 status
    shift 2
    "$@" >"$out" 2>"$err" </dev/null
    status=$?
    is "$status" "$expected" "$name: exit $expected"
}

fails() { # fails NAME COMMAND...: any exit status but 0
    local name=$1
    shift
    ! "$@" >"$out" 2>"$err" </dev/null
    ok $? "$name"
}

# Rows of the log's commit records; 0 where there is no log.
committed() {
    [[ -e $1 ]] || { echo 0; return; }
    jq -R 'fromjson? | select(.kind == "commit").rows' "$1" | jq -s 'add // 0'
}
approval() { jq -r 'select(.kind == "run_begin").approval' "$audit" | tail -1; }

# The usual enforce; more flags may follow.
enforce() { "$PGRETAIN" enforce "$policy" --yes --audit "$audit" "$@"; }
enforce_new() { enforce --accept-new "$@"; }
plan() { "$PGRETAIN" plan "$policy" "$@"; }

# The policy: a fixed head, then what stdin says.
write_policy() {
    {
        echo "pgretain: 1"
        echo "policy: cli"
        echo "categories: {old: {keep: 30 days}, older: {keep: 60 days}}"
        cat
    } >"$policy"
    chmod 600 "$policy"
}

# app.calls: ids 1 to 10 are long due, 11 to 20 are young.
fresh() {
    rm -f "$work"/audit.*  "$work"/*.policy-*
    sql <<'SQL'
SET client_min_messages = error;
DROP SCHEMA IF EXISTS app CASCADE;
CREATE SCHEMA app;
CREATE TABLE app.calls (id int PRIMARY KEY, started_at timestamptz, note text, n int);
INSERT INTO app.calls SELECT g, now() - CASE WHEN g <= 10 THEN interval '90 days'
    ELSE interval '1 day' END, 'note ' || g, g FROM generate_series(1, 20) g;
SQL
    write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {table: app.calls, category: old, clock: started_at, action: purge}
YAML
}

rows() { sql -c "SELECT count(*) FROM $1"; }

# A session that keeps a transaction open until `release`.
hold_lock() {
    coproc LOCKER { psql -XqAt -v ON_ERROR_STOP=1 2>&1; }
    printf 'BEGIN; %s; SELECT pg_backend_pid();\n' "$1" >&"${LOCKER[1]}"
    read -r locker_pid <&"${LOCKER[0]}"
}

release() {
    printf 'COMMIT;\n\\q\n' >&"${LOCKER[1]}"
    # shellcheck disable=SC2153  # coproc sets it
    wait "$LOCKER_PID" 2>/dev/null
}

# Until a backend of pgretain waits for the lock; fails after 30 seconds.
await_blocked() {
    local i
    for ((i = 0; i < 600; i++)); do
        [[ $(sql -c "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'pgretain%'
            AND $locker_pid = ANY (pg_blocking_pids(pid))") == 0 ]] || return 0
        sleep 0.05
    done
    return 1
}

finish() {
    echo "$checks checks, $failures failed"
    ((failures == 0))
    exit
}
