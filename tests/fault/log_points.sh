#!/bin/bash
# Whatever interrupts what is done to a log's files, the next command goes on from there.
#   log_points.sh PGRETAIN     under scripts/pg-temp; a build with -DPGRETAIN_FAULTS=ON
# Rotate and rotate --broken are broken at each of their steps, each in every way that is possible
# there (prune is in unit.audit.test_rotate). After each break the log verifies or says that it was
# interrupted; the command is given again and a run is made; then the log verifies and no record is
# missing or there twice.
set -euo pipefail
export PGRETAIN=$1
# shellcheck source=tests/support/shell.sh
. "$(dirname "$0")/../support/shell.sh"

fresh
key=$work/key.pem
"$PGRETAIN" audit keygen "$key" example.org/log >/dev/null
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {table: app.calls, category: old, clock: started_at, action: purge}
YAML

# Three runs in three files: what every case begins with.
"$PGRETAIN" enforce "$policy" --yes --accept-new --quiet --audit "$audit" --audit-key "$key"
for ((i = 0; i < 2; i++)); do
    "$PGRETAIN" audit rotate "$audit" --audit-key "$key" >/dev/null
    sql -c "INSERT INTO app.calls SELECT g, now() - interval '90 days'
        FROM generate_series(100, 104) g"
    "$PGRETAIN" enforce "$policy" --yes --quiet --audit "$audit" --audit-key "$key"
done
run 0 "three files verify" "$PGRETAIN" audit verify "$audit"
mkdir "$work/origin"
cp -p "$work"/audit.* "$work/origin"

# The number of each record in turn; a line that was cut short uses one up.
records() {
    cat "$work"/audit.[0-9]*.jsonl "$audit" | jq -R '(fromjson? | .seq) // "torn"'
}
open_again() { "$PGRETAIN" enforce "$policy" --yes --quiet --audit "$audit" --audit-key "$key"; }

# What is on disk after a break: good, or cut short, and nothing else.
sound() { # sound NAME
    local status=0
    "$PGRETAIN" audit verify "$audit" >"$out" 2>"$err" </dev/null || status=$?
    [[ $status == 0 || ! -e $audit ]] || grep -Eq 'interrupted|incomplete' "$out" "$err"
    ok $? "$1: sound, or cut short"
}

# After the same command once more and a run, everything is there, once.
whole() { # whole NAME
    run 0 "$1: the next run" open_again
    run 0 "$1: verifies" "$PGRETAIN" audit verify "$audit"
    is "$(records | awk '$1 != NR - 1 && $1 != "\"torn\""')" "" "$1: each record is there, once"
}

# The command breaks at the place, if it comes there; then it is given again.
broken=0
breaks() { # breaks NAME PLACE WHAT COMMAND...
    local name="$1, $2 $3" status=0
    rm -f "$work"/audit.* "$work/mark"
    cp -p "$work"/origin/* "$work"
    [[ $1 != *--broken* ]] || printf 'x' >>"$audit"
    PGRETAIN_FAULT=$2:$3 PGRETAIN_FAULT_MARK=$work/mark "${@:4}" >"$out" 2>"$err" </dev/null ||
        status=$?
    [[ -e $work/mark ]] || return 1
    broken=$((broken + 1))
    [[ $1 == *--broken* ]] || sound "$name"
    # An interrupted log is recovered by a run first; what was done already need not be again.
    "${@:4}" >"$out" 2>"$err" </dev/null || {
        open_again >"$out" 2>"$err" </dev/null
        "${@:4}" >"$out" 2>"$err" </dev/null || grep -Eq 'nothing to rotate|is intact' "$err"
    }
    ok $? "$name (it ended with $status): can be given again"
}

kinds=(kill power error enospc short tear eio)
for place in head head-written rename rotated log_begin; do
    for kind in "${kinds[@]}"; do
        for n in 1 2 3; do
            breaks rotate "$place:$n" "$kind" \
                "$PGRETAIN" audit rotate "$audit" --audit-key "$key" || break
            whole "rotate, $place:$n $kind"
        done
    done
done
for place in rename head log_begin; do
    for kind in "${kinds[@]}"; do
        for n in 1 2 3; do
            breaks "rotate --broken" "$place:$n" "$kind" "$PGRETAIN" audit rotate "$audit" \
                --broken --reason "a test" --audit-key "$key" || break
            run 0 "rotate --broken, $place:$n $kind: a run" open_again
            run 0 "rotate --broken, $place:$n $kind: verifies" "$PGRETAIN" audit verify "$audit"
            is "$(cat "$work"/audit.broken-*.jsonl | wc -l)" \
                "$(cat "$work"/origin/*.jsonl | wc -l)" "rotate --broken, $place:$n $kind: all kept"
        done
    done
done
((broken >= 30))
ok $? "$broken breaks"
finish
