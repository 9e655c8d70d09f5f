#!/bin/sh
# audit_by_hand.sh FILE - follows an audit log's chain without pgretain, with the commands that
# pgretain-audit(5) prints. Exits 0 when the chain holds.
set -eu
export LC_ALL=C
[ -s "$1" ] || { echo "$1: missing or empty" >&2; exit 1; }

jq -Rr 'try (fromjson | "\(.seq) \(.prev)") catch "torn"' "$1" | {
    n=0
    prev=$(printf '%064d' 0)
    while read -r seq claimed; do
        [ "$seq" = torn ] ||
            { [ "$seq" = "$n" ] && [ "$claimed" = "$prev" ]; } ||
            { echo "line $((n + 1)) does not follow" >&2; exit 1; }
        n=$((n + 1))
        prev=$(sed -n "$n{p;q}" "$1" | tr -d '\n' |
            sha256sum | cut -c 1-64)
    done
    echo "$n lines, head $prev"
}

# RFC 8785 is jq's compact, sorted output, but for DEL, which jq 1.6 escapes
del=$(printf '\177')
raw=$(jq -Rr 'select(try (fromjson | true) catch false)' "$1" | sha256sum)
canonical=$(jq -RcS 'fromjson?' "$1" | sed "s/\\\\u007f/$del/g" | sha256sum)
[ "$raw" = "$canonical" ] || { echo "$1: not in canonical form" >&2; exit 1; }
