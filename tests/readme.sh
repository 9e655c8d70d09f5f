#!/bin/bash
# Executes the examples of README.md and of the manual as a reader would, on the Callshift sample.
# Runs under scripts/pg-temp.
#   readme.sh PGRETAIN
set -euo pipefail
cd "$(dirname "$0")/.."
pgretain=$(realpath "$1")
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PATH=$(dirname "$pgretain"):$PATH
export PATH PGDATABASE=callshift XDG_STATE_HOME=$work/state

fail() {
    echo "readme: $1" >&2
    exit 1
}

load() {
    local now file
    now="'$(date -u '+%Y-%m-%d %H:%M:%S+00')'"
    createdb -U postgres sample
    for file in schema generate roles; do
        psql -Xq -U postgres -d sample -v scale=1 -v now="$now" \
            -f "tests/fixtures/callshift/$file.sql"
    done
}

# A folder as the examples expect it, and the sample as it was.
prepare() { # name
    psql -Xq -U postgres -d postgres -c "SET client_min_messages = warning" \
        -c "DROP DATABASE IF EXISTS callshift" -c "CREATE DATABASE callshift TEMPLATE sample"
    mkdir "$work/$1"
    cp policies/callshift.yaml policies/callshift.lock "$work/$1/"
    chmod 600 "$work/$1/callshift.yaml"
}

readme_blocks() { # into
    awk -v into="$1" '
        /^<!-- run -->$/ { marked = "run"; next }
        /^<!-- not run by tests\/readme\.sh: .+ -->$/ { marked = "skip"; next }
        /^```sh$/ && marked == "" { print "readme: README.md:" NR ": unmarked example"; bad = 1 }
        /^```/ { file = ($0 == "```sh" && marked == "run") ? sprintf("%s/%02d", into, ++n) : ""
                 if ($0 == "```sh") marked = ""
                 next }
        file != "" { print >file }
        END { exit bad }' README.md >&2
}

manual_blocks() { # into
    awk -v into="$1" '
        /^\.\\" run$/ { file = sprintf("%s/%02d", into, ++n); next }
        /^\.Bd/ { next }
        /^\.Ed/ { file = "" }
        file != "" { gsub(/\\e/, "\\"); print >file }' man/pgretain.1
}

run_blocks() { # name, how many there are at least
    local block count=0
    for block in "$work/$1.blocks"/*; do
        count=$((count + 1))
        (cd "$work/$1" && PGUSER=callshift_retention bash -euo pipefail "$block") \
            >"$work/out" 2>&1 </dev/null && continue
        cat "$block" "$work/out" >&2
        fail "an example of $1 failed"
    done
    ((count >= $2)) || fail "$1 has only $count examples to run"
    [[ -s $work/$1/callshift.jsonl ]] || fail "the examples of $1 left no audit log"
    [[ $(cd "$work/$1" && PGUSER=callshift_retention pgretain plan callshift.yaml --format json |
        jq .totals.due) == 0 ]] || fail "the examples of $1 left rows due"
}

check_policy() {
    awk '/^<!-- policy -->$/ { marked = 1; next }
        /^```/ { inside = ($0 == "```yaml" && marked); marked = 0; next }
        inside' README.md >"$work/policy.yaml"
    [[ -s $work/policy.yaml ]] || fail "README.md has no policy"
    PGUSER=callshift_retention pgretain check --live "$work/policy.yaml" >"$work/out" 2>&1 && return
    cat "$work/out" >&2
    fail "the policy of README.md does not fit the sample"
}

# Links to files of this repository lead somewhere.
check_links() {
    local page target
    for page in README.md src/README.md; do
        while read -r target; do
            [[ -e $root/$(dirname "$page")/$target ]] || fail "$page: no such file: $target"
        done < <(grep -oE '\]\([^):#]+\)' "$page" | sed 's/^](//; s/)$//')
    done
}

load
prepare README.md
mkdir "$work/README.md.blocks" "$work/manual.blocks"
readme_blocks "$work/README.md.blocks"
manual_blocks "$work/manual.blocks"
check_policy
run_blocks README.md 4
prepare manual
run_blocks manual 6
check_links
