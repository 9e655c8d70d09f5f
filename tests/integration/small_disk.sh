#!/bin/bash
# The disk of the log is full, on a real small file system: a run refuses before its first delete,
# and what it began on one that fills up meanwhile it can end. Status 77 where none can be mounted.
# shellcheck disable=SC2119  # enforce_new may stand alone
set -euo pipefail
# shellcheck source=tests/support/shell.sh
source "$(dirname "$0")/../support/shell.sh"

unshare -m mount -t tmpfs -o size=64k none /mnt || {
    echo "not tested: no file system can be mounted here"
    exit 77
}

# on_disk KIB FREE: enforce with its log on a file system of KIB with FREE left; what it leaves is
# copied to full.jsonl.
on_disk() {
    mkdir -p "$work/small"
    # shellcheck disable=SC2016  # the inner shell expands
    unshare -m bash -c '
        mount -t tmpfs -o size="$6k" none "$1" || exit 99
        head -c $((($6 - $2) * 1024)) /dev/zero >"$1/filler"
        "$3" enforce "$4" --yes --accept-new --audit "$1/audit.jsonl" >"$5.out" 2>"$5.err"
        status=$?
        cp "$1/audit.jsonl" "$5.jsonl" 2>/dev/null || : >"$5.jsonl"
        cp "$5.err" "$5.out" "$1" 2>/dev/null
        exit "$status"' - "$work/small" "$2" "$PGRETAIN" "$policy" "$work/full" "$1"
}

for free in 0 4 8 64 250; do
    fresh
    on_disk 1024 "$free"
    is "$?" 7 "$free KiB free: exit 7"
    is "$(rows app.calls)" 20 "$free KiB free: nothing is deleted"
    cp "$work/full.err" "$err"
    says "$err" "could not (make room for|write|open) \"[^\"]*\": No space left on device" \
        "$free KiB free: says why"
    is "$(committed "$work/full.jsonl")" 0 "$free KiB free: and nothing is said to be done"
done
says "$err" "hint: It needs 256 kB ahead" "and what it needs"
fresh
on_disk 1024 300
is "$?" 0 "300 KiB free: the run succeeds"
is "$(rows app.calls),$(committed "$work/full.jsonl")" 10,10 "and does its work"

# Full after the first run: what it had reserved serves the second.
fresh
mkdir -p "$work/small"
# shellcheck disable=SC2016  # the inner shell expands
unshare -m bash -c '
    mount -t tmpfs -o size=1024k none "$1" || exit 99
    enforce() { "$2" enforce "$3" --yes --accept-new --audit "$1/audit.jsonl"; }
    enforce "$@" >"$4" 2>"$5" || exit 1
    psql -Xq -c "INSERT INTO app.calls
        SELECT g, now() - make_interval(days => 90) FROM generate_series(101, 103) g" || exit 2
    cat /dev/zero >"$1/filler" 2>/dev/null
    enforce "$@" >"$4" 2>"$5" || exit 3
    "$2" audit verify "$1/audit.jsonl" >"$4" 2>"$5"' - "$work/small" "$PGRETAIN" "$policy" "$out" \
    "$err"
is "$?" 0 "a disk that fills up between two runs: the second has its room"
is "$(rows app.calls)" 10 "and does its work"

finish
