#!/bin/bash
# Holds the manual to the program: options, finding codes, exit statuses, policy keys, and its
# example policies; and the rooms to their map.
#   manual.sh PGRETAIN
set -euo pipefail
cd "$(dirname "$0")/.."
pgretain=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
manual=man/pgretain.1
format=man/pgretain-policy.5
problems=0

# same WHAT: the lists in `program` and `manual`, each of at least one line, must be equal.
same() {
    if [[ -s $work/program ]] && diff --label program --label manual -u "$work/program" \
        "$work/manual" >"$work/diff"; then
        return
    fi
    echo "manual: $1 differ between program and manual" >&2
    sed 's/^/    /' "$work/diff" >&2
    problems=$((problems + 1))
}

section() { # name, file
    awk -v name="$1" '/^\.Sh /{ inside = ($0 == ".Sh " name) } inside' "$2"
}

# "--port=PORT" for each option of a command's --help; with letters "-p --port=PORT".
help_options() {
    "$pgretain" "$1" --help | sed -nE 's/^  (-.), (--[^ ]+).*/\1 \2/p; s/^ {6}(--[^ ]+).*/\1/p'
}

manual_options() { # mdoc lines that begin with an option macro
    sed -nE 's/^\.(Op|It) (Fl (\\&)?(.) , )?Fl Fl ([a-z-]+)( Ns = Ns Ar (.*))?$/\4 \5=\7/p' |
        sed -E 's/^(.) /-\1 --/; s/^ /--/; s/=$//'
}

check_options() {
    local command
    for command in check plan enforce status rules explain hold diff audit discover init schema; do
        help_options "$command" | sed 's/^-. //' | sort >"$work/program"
        section SYNOPSIS "$manual" |
            awk -v name="$command" \
                '/^\.Nm /{ inside = 0 } $0 == ".Cm " name { inside = 1 } inside' |
            manual_options | sort >"$work/manual"
        same "options of $command"
        help_options "$command" >>"$work/all"
    done
    sort -u "$work/all" >"$work/program"
    section OPTIONS "$manual" | manual_options | sort >"$work/manual"
    same "options"
    "$pgretain" --help | sed -nE '/^Commands:/,/^$/s/^  ([a-z]+) .*/\1/p' | sort >"$work/program"
    section SYNOPSIS "$manual" | sed -nE 's/^\.Cm ([a-z]+)$/\1/p' | sort >"$work/manual"
    same "commands"
}

# Codes stand as text in the calls that make findings, and in the checks of masks.
check_findings() {
    {
        cat src/plan/*.c | tr '\n' ' ' |
            grep -oE '(plan_add_finding|plan_refuse|hold_error)\([^"]*"[a-z]+(-[a-z]+)*"' |
            sed -E 's/.*"(.*)"/\1/'
        grep -ohE '"mask-[a-z-]+"' src/mask/*.c | tr -d '"'
        grep -ohE '"(coverage|exempt)-[a-z-]+"' src/coverage/*.c | tr -d '"'
        grep -ohE '"(policy|summarise)-[a-z-]+"' src/policy/*.c | tr -d '"'
    } | sort -u >"$work/program"
    section FINDINGS "$manual" | sed -nE 's/^\.It Cm ([a-z-]+) No \(.*/\1/p' >"$work/manual"
    same "finding codes"
}

check_statuses() {
    grep -oE '^ +EXIT_[A-Z]+ = [0-9]+' include/pgretain/error.h | sed 's/.* //' >"$work/program"
    section "EXIT STATUS" "$manual" | sed -nE 's/^\.It ([0-9]+)$/\1/p' >"$work/manual"
    same "exit statuses"
    sed -nE '/^\| exit \|/,/^$/s/^\| ([0-9]+) \|.*/\1/p' README.md >"$work/manual"
    same "exit statuses of README.md"
}

check_keys() {
    jq -r '[.. | objects | .properties? // empty | keys[]] | unique[]' \
        policies/pgretain.schema.json | sort -u >"$work/program"
    local key
    while read -r key; do
        grep -qE "(Cm|,) ${key/\$/[$]}( |$)" "$format" && echo "$key"
    done <"$work/program" >"$work/manual"
    same "policy keys"
    sed -nE '/mask_forms\[\] = /,/^};/s/^ +\{"([a-z_]+)".*/\1/p' src/policy/masking.c |
        sort >"$work/program"
    section MASKS "$format" | sed -nE 's/^\.It Cm ([a-z_]+) .*\(.*\)$/\1/p' |
        sort >"$work/manual"
    same "masks"
    awk -F '"' '/\.name = /{ name = $2 }
        /\.label = /{ sub(/.*LABEL_/, ""); sub(/,.*/, ""); print name, tolower($0) }' \
        src/mask/mask.c >"$work/program"
    section MASKS "$format" | sed -nE 's/^\.It Cm ([a-z_]+) .*\(([a-z]+)[^)]*\)$/\1 \2/p' \
        >"$work/manual"
    same "labels of masks, in their order,"
}

check_rooms() {
    local room
    for room in src/*/; do
        basename "$room"
    done >"$work/program"
    sed -nE 's/^\| [^a-z]([a-z]+)[^a-z] \|.*/\1/p' src/README.md | sort >"$work/manual"
    same "rooms of src/README.md"
}

# Each block that follows `.\" policy` is a whole policy.
check_policies() {
    local example count=0
    awk -v into="$work/example" '
        /^\.\\" policy$/ { file = sprintf("%s%d.yaml", into, ++n); next }
        /^\.Bd/ { next }
        /^\.Ed/ { file = "" }
        file != "" { sub(/^\\&/, ""); gsub(/\\e/, "\\"); gsub(/\\-/, "-"); print >file }' "$format"
    for example in "$work"/example*.yaml; do
        count=$((count + 1))
        "$pgretain" check "$example" >"$work/out" 2>&1 && continue
        echo "manual: an example policy is not valid" >&2
        cat "$work/out" >&2
        problems=$((problems + 1))
    done
    if ((count < 5)) || ((count != $(grep -c '^pgretain: 1$' "$format"))); then
        echo "manual: $count example policies are marked" >&2
        problems=$((problems + 1))
    fi
}

mandoc -T lint -W warning man/* || problems=$((problems + 1))
check_options
check_findings
check_statuses
check_keys
check_rooms
check_policies
if ((problems)); then
    echo "manual: $problems problem(s)" >&2
    exit 1
fi
