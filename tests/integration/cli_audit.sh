#!/bin/bash
# The log is full, damaged, torn, or belongs to another cluster.
# shellcheck disable=SC2119  # enforce_new may stand alone
set -euo pipefail
# shellcheck source=tests/support/shell.sh
source "$(dirname "$0")/../support/shell.sh"
: "${PG_TEMP:?scripts/pg-temp}"

fresh
run 7 "a log in a directory that is not there" enforce_new --audit "$work/absent/audit.jsonl"
run 7 "a log that is a directory" enforce_new --audit "$work"
is "$(rows app.calls)" 20 "nothing is deleted without a log"
ln -s "$work/elsewhere" "$work/link.jsonl"
run 7 "a log that is a symbolic link" enforce_new --audit "$work/link.jsonl"
is "$(rows app.calls)" 20 "nothing is deleted"

# Files may not grow beyond a few blocks of 1,024 bytes: a disk that is full, for everyone.
for limit in 0 1 2 3 4 5 6; do
    fresh
    (ulimit -f "$limit" && enforce_new >"$work/full.out" 2>"$work/full.err")
    status=$?
    gone=$((20 - $(rows app.calls)))
    is "$gone" "$(committed "$audit" 2>/dev/null || echo 0)" \
        "log limited to $limit KiB (exit $status): the rows gone are the rows committed"
    [[ $status == 0 || $status == 7 || ($gone -gt 0 && $status != 0) ]]
    ok $? "log limited to $limit KiB: exit $status"
    run 0 "log limited to $limit KiB: the next run" enforce_new
    is "$(rows app.calls)" 10 "log limited to $limit KiB: the next run finishes the work"
    run 0 "log limited to $limit KiB: audit verify" "$PGRETAIN" audit verify "$audit"
done

# Damage: a changed digit, a lost line, a foreign line.
fresh
run 0 "a run" enforce_new
run 0 "another" enforce
sql -c "INSERT INTO app.calls SELECT g, now() - interval '90 days' FROM generate_series(101, 105) g"
cp "$audit" "$work/good.jsonl"
damaged() { # damaged NAME SED
    sed -i "$2" "$audit"
    run 7 "$1: audit verify" "$PGRETAIN" audit verify "$audit"
    says "$err" "audit.jsonl:[0-9]+" "$1: the line is named"
    run 7 "$1: enforce" enforce_new
    is "$(rows app.calls)" 15 "$1: nothing is deleted"
    cp "$work/good.jsonl" "$audit"
}
damaged "a changed count" '/"kind":"commit"/s/"rows":1/"rows":2/'
damaged "a lost line" '3d'
damaged "two lines swapped" '2{h;d};3{G}'
damaged "a foreign line" '2a hello'
damaged "a changed first line" '1s/"at":"2/"at":"1/'

# A torn last line is no damage: it is what a crash leaves.
printf '{"at":"2026-' >>"$audit"
run 0 "a torn last line: audit verify" "$PGRETAIN" audit verify "$audit"
run 0 "a torn last line: enforce" enforce
is "$(rows app.calls)" 10 "a torn last line: the work is done"
is "$(jq -R 'fromjson? | select(.kind == "recovered").cause' "$audit" | sort -u)" '"torn"' \
    "a torn last line is recorded"
run 0 "a torn last line: audit verify afterwards" "$PGRETAIN" audit verify "$audit"
printf '%s' "$(cat "$audit")" >"$audit.cut" && cat "$audit.cut" >"$audit"
run 0 "a missing last newline: enforce" enforce
run 0 "a missing last newline: audit verify" "$PGRETAIN" audit verify "$audit"
is "$(stat -c %a "$audit")" 600 "the log is private"

# Another cluster's log.
fresh
run 0 "a run on this cluster" enforce_new
# shellcheck disable=SC2016
env -u PGHOST "$PG_TEMP" -- bash -c '
    psql -Xq -c "CREATE SCHEMA app" -c "CREATE TABLE app.calls (id int, started_at timestamptz)" \
        -c "INSERT INTO app.calls VALUES (1, now() - interval \$\$90 days\$\$)"
    "$1" enforce "$2" --yes --accept-new --audit "$3" >"$4" 2>"$5"
    echo "$?,$(psql -XAtc "SELECT count(*) FROM app.calls")" >"$4.result"' \
    - "$PGRETAIN" "$policy" "$audit" "$out" "$err"
is "$(cat "$out.result")" 9,1 "a log of another cluster: exit 9, nothing deleted"

finish
