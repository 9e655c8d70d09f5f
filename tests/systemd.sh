#!/bin/bash
# The systemd units: valid, without a warning, and as closed as promised.
#   systemd.sh PGRETAIN     (the program, wherever it was built)
set -euo pipefail

program=$1
units=$(cd "$(dirname "$0")/../scripts/systemd" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The unit looks the program up in systemd's own path, where nothing is installed yet.
sed "s|^ExecStart=pgretain |ExecStart=$program |" "$units/pgretain@.service" \
    >"$folder/pgretain@.service"
cp "$units/pgretain@.timer" "$folder"
grep -q "^ExecStart=$program enforce " "$folder/pgretain@.service"

status=0
systemd-analyze verify --man=no --recursive-errors=no "$folder/pgretain@example.service" \
    "$folder/pgretain@example.timer" >"$folder/verify" 2>&1 || status=$?
if ((status)) || [[ -s $folder/verify ]]; then
    cat "$folder/verify" >&2
    echo "systemd-analyze verify ended with status $status" >&2
    exit 1
fi

# Exposure of at most 1.5 on systemd's scale from 0 (closed) to 10.
systemd-analyze security --offline=true --no-pager --threshold=15 "$folder/pgretain@.service" |
    tail -n 1

# An exit status other than 0 must show as a failed unit, and a timer must never approve anything.
if grep -nE '^SuccessExitStatus=|--accept-new|--expect' "$folder/pgretain@.service"; then
    echo "the lines above hide a failure or approve what a person has to" >&2
    exit 1
fi
