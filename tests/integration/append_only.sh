#!/bin/bash
# The log, and each policy kept beside it, carry chattr +a: they can be added to and nothing else.
# Status 77 where no file system takes the attribute.
# shellcheck disable=SC2119  # enforce_new may stand alone
set -euo pipefail
# shellcheck source=tests/support/shell.sh
source "$(dirname "$0")/../support/shell.sh"

# A folder whose files take the attribute.
find_folder() {
    local place
    for place in "$work" /dev/shm /var/tmp; do
        folder=$(mktemp -d "$place/append.XXXXXX") || continue
        : >"$folder/probe"
        if chattr +a "$folder/probe" 2>/dev/null; then
            chattr -a "$folder/probe"
            return
        fi
        rm -rf "$folder"
    done
    echo "not tested: no file system here takes chattr +a (it needs root, too)"
    exit 77
}
find_folder
trap 'chattr -R -a "$folder"; rm -rf "$folder"' EXIT
audit=$folder/audit.jsonl

fresh
run 0 "a first run" enforce_new
chattr +a "$folder"/audit.*
fails "the log cannot be truncated" truncate -s 0 "$audit"
fails "or renamed" mv "$audit" "$folder/other"
sql -c "INSERT INTO app.calls SELECT g, now() - interval '90 days' FROM generate_series(101, 103) g"
run 0 "a run on a log with chattr +a" enforce
is "$(rows app.calls)" 10 "does its work"
is "$(committed "$audit")" 13 "and writes it down"

# A torn last line, and blocks to be had ahead once more.
printf '{"at":"20' >>"$audit"
sql -c "INSERT INTO app.calls SELECT g, now() - interval '90 days' FROM generate_series(101, 103) g"
run 0 "after a torn line" enforce
is "$(committed "$audit")" 16 "the next run goes on"
run 0 "audit verify" "$PGRETAIN" audit verify "$audit"
run 0 "status" "$PGRETAIN" status "$policy" --audit "$audit"

finish
