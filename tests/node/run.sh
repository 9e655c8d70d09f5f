#!/bin/bash
# Runs a JavaScript test with the independent validators that package.json names:
#   run.sh FOLDER SCRIPT [ARG]...     installs them into FOLDER if they are not there yet
# Exits 77 (ctest: skipped) where there is no network to install them from, or no node; any other
# failure to install is one. Versions and hashes are those of package-lock.json.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$1
shift

skip() {
    echo "skipped: $1" >&2
    exit 77
}

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    skip "node or npm is missing; scripts/dependencies test installs them"
fi

install() { # one at a time: several tests share the folder
    local log=$folder/install.log
    cmp -s "$here/package-lock.json" "$folder/installed-lock.json" && return
    cp "$here/package.json" "$here/package-lock.json" "$folder"
    rm -f "$folder/installed-lock.json"
    if ! npm ci --prefix "$folder" --cache "$folder/cache" --ignore-scripts --no-audit --no-fund \
        --no-update-notifier --fetch-retries=1 --fetch-timeout=20000 >"$log" 2>&1; then
        local network='EAI_AGAIN|ENOTFOUND|ECONN[A-Z]+|E[A-Z]*TIMEDOUT|ENETUNREACH|EHOSTUNREACH'
        if grep -qE "^npm (ERR!|error) code ($network)\$" "$log"; then
            skip "no network to install the packages from"
        fi
        cat "$log" >&2
        exit 1
    fi
    cp "$here/package-lock.json" "$folder/installed-lock.json"
}

mkdir -p "$folder"
{
    flock 9
    install
} 9>"$folder/lock"
NODE_PATH=$folder/node_modules exec node "$@"
