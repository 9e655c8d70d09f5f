#!/bin/bash
# check --format sarif|github|junit without a database: which file a finding is said to be in, what
# stays the same when lines move, and that the exit status does not depend on the format.
#   formats.sh PGRETAIN
set -euo pipefail
pgretain=$(realpath "$1")
work=$(realpath "$(mktemp -d)")
trap 'rm -rf "$work"' EXIT
export GIT_CEILING_DIRECTORIES=$work
problems=0

is() { # is GOT EXPECTED NAME
    [[ $1 == "$2" ]] && return
    echo "formats: $3: got '$1', expected '$2'" >&2
    problems=$((problems + 1))
}

# check ARGUMENTS...: its report in $out, what it says beside in $err, its status in $status
check() {
    status=0
    "$pgretain" check "$@" >"$work/out" 2>"$work/err" || status=$?
}
sarif() { jq -r ".runs[0] | $1" "$work/out"; }

write() { # file, lines before the mistake
    {
        echo "pgretain: 1"
        for ((i = 0; i < $2; i++)); do echo "# a line"; done
        echo "policy: ci"
        echo "kategories: {old: {keep: 30 days}}"
        echo "categories: {old: {keep: 30 days}}"
        echo "rules: [{table: app.calls, category: old, clock: at, action: purge}]"
    } >"$1"
    chmod 600 "$1"
}

repository=$work/my\ repo
mkdir -p "$repository/.git" "$repository/policies/é"
write "$repository/policies/é/a.yaml" 0
uri="policies/%C3%A9/a.yaml"
for from in . policies policies/é; do
    cd "$repository/$from"
    check --format sarif "$(realpath --relative-to=. "$repository/policies/é/a.yaml")"
    is "$(sarif '.results[0].locations[0].physicalLocation.artifactLocation.uri')" "$uri" \
        "the URI as seen from $from"
    check --format github "$repository/policies/é/a.yaml"
    is "$(sed -nE '1s/.*file=([^,]*),line=([0-9]+),.*/\1:\2/p' "$work/out")" "policies/é/a.yaml:3" \
        "the file of a workflow command as seen from $from"
    is "$(cat "$work/err")" "" "nothing but commands in GitHub's log"
done
rmdir "$repository/.git"
cd "$repository/policies"
check --format sarif é/a.yaml
is "$(sarif '.results[0].locations[0].physicalLocation.artifactLocation | .uri, .uriBaseId' |
    paste -sd' ')" "%C3%A9/a.yaml %SRCROOT%" "the URI where there is no repository"
cd "$work"
mkdir elsewhere
cd elsewhere
check --format sarif "$repository/policies/é/a.yaml"
is "$(sarif '.results[0].locations[0].physicalLocation.artifactLocation.uri')" \
    "file://${work//+/%2B}/my%20repo/$uri" "the URI of a file somewhere else"

cd "$repository"
check --format sarif policies/é/a.yaml
before=$(sarif '.results[] | .partialFingerprints[]')
lines=$(sarif '[.results[].locations[].physicalLocation.region.startLine] | tojson')
write policies/é/a.yaml 7
check --format sarif policies/é/a.yaml
is "$(sarif '.results[] | .partialFingerprints[]')" "$before" "fingerprints after lines moved"
is "$(sarif '[.results[].locations[].physicalLocation.region.startLine - 7] | tojson')" "$lines" \
    "the lines themselves"
is "$(sarif '.columnKind')" unicodeCodePoints "what columns count"

# One status, whatever the format. 2: the file has mistakes; 3: a warning that was to fail.
write policies/b.yaml 0
sed -i '/kategories/d' policies/b.yaml
chmod 666 policies/b.yaml
for format in text json markdown sarif github junit; do
    check --format "$format" policies/é/a.yaml
    is "$status" 2 "status of an invalid policy as $format"
    check --format "$format" --fail-on warning policies/b.yaml
    is "$status" 3 "status of a warning that was to fail, as $format"
    [[ -s $work/out ]]
    is "$?" 0 "a report as $format"
    check --format "$format" --quiet policies/b.yaml
    is "$status$(cat "$work/out")" 0 "quiet as $format"
done
check --format junit --fail-on warning policies/b.yaml
is "$(xmllint --xpath 'string(//testsuite/@failures)' "$work/out")" 1 "failures from warnings on"
check --format junit policies/b.yaml
is "$(xmllint --xpath 'concat(//testsuite/@tests, //testsuite/@failures, count(//system-out))' \
    "$work/out")" 201 "a warning that does not fail is the output of its case"

# A format that is not meant for a command names those that are.
for command in plan enforce rules discover; do
    status=0
    "$pgretain" "$command" --format sarif policies/b.yaml 2>"$work/err" || status=$?
    is "$status" 2 "status of a format not meant for $command"
    is "$(cut -d\; -f2 "$work/err")" " its formats are text, json, markdown" \
        "the formats of $command"
done

if ((problems)); then
    echo "formats: $problems problem(s)" >&2
    exit 1
fi
