#!/bin/bash
# Every column of the covered schemas is looked after, or check says so; and the lockfile.
set -euo pipefail
# shellcheck source=tests/support/shell.sh
source "$(dirname "$0")/../support/shell.sh"

lock=$work/policy.lock
check() { "$PGRETAIN" check --live "$policy" "$@"; }
codes() { # the codes of all findings of at least this severity
    check --format json 2>/dev/null |
        jq -r --arg s "$1" '[.findings[] | select(.severity == $s).code] | unique | join(" ")'
}
covered() { # covered EXEMPTIONS...: app.people is masked, app.calls is purged
    write_policy <<YAML
coverage: {schemas: [app]}
rules:
  - {table: app.calls, category: old, clock: started_at, action: purge}
  - table: app.people
    category: older
    clock: created_at
    action: anonymise
    mask: {email: null}
$([[ $# == 0 ]] || printf '%s\n' "exempt:" "$@")
YAML
}

fresh
sql <<'SQL'
CREATE TABLE app.people (id bigint PRIMARY KEY, created_at timestamptz, email text, level int);
CREATE TABLE app.parts (id int PRIMARY KEY, weight numeric);
SQL
covered
run 0 "all is covered, without a lockfile" check
is "$(codes warning)" "coverage-unlocked" "the missing lockfile is a warning"
run 0 "the lockfile is written" check --update-lock
says "$err" 'policy.lock: 10 columns added, 0 changed, 0 gone' "and told"
is "$(codes warning)" "" "with the lockfile there is nothing to say"
is "$(jq -r '.tables["app.people"].level' "$lock")" integer "it has a column's type"
is "$(jq -r '.tables | keys | join(" ")' "$lock")" "app.calls app.parts app.people" \
    "it has every table"
cp "$lock" "$work/before"
run 0 "writing it again" check --update-lock
cmp -s "$lock" "$work/before"
ok $? "writing it again changes nothing"

sql -c "ALTER TABLE app.parts ADD colour text"
run 3 "a new column of a harmless name" check
is "$(codes error)" coverage-new "is an error"
says "$out" 'column "colour" of app.parts' "which names it"
sql -c "ALTER TABLE app.parts DROP colour"
sql -c "ALTER TABLE app.calls ADD colour text"
run 3 "a new column of a table that is purged" check
sql -c "ALTER TABLE app.calls DROP colour"
sql -c "ALTER TABLE app.parts ALTER weight TYPE text"
run 3 "a changed type" check
is "$(codes error)" coverage-changed "is an error"
sql -c "ALTER TABLE app.parts DROP weight"
run 0 "a column that went" check
is "$(codes note)" coverage-gone "is a note"
says "$out" '1 column of the lockfile is not there any more: app.parts.weight' "which names it"
sql -c "ALTER TABLE app.parts RENAME id TO number"
run 3 "a renamed column" check
says "$out" 'column "number" of app.parts \(integer\) is new' "is new"
says "$out" 'Column "id" of the same type is gone: was it renamed' "and may be the one that went"
sql -c "ALTER TABLE app.parts RENAME number TO id"
sql -c "CREATE TABLE app.tools (id int, colour text, size text)"
run 3 "a new table" check
is "$(check --format json | jq '[.findings[] | select(.code == "coverage-new")] | length')" 1 \
    "is one error"
says "$out" 'table app.tools is new since the lockfile was written, with 3 columns' "which names it"
sql -c "DROP TABLE app.tools"
sql -c "CREATE VIEW app.all_people AS SELECT * FROM app.people"
run 0 "a view, which has no rows of its own" check
sql -c "DROP VIEW app.all_people"

sql -c "ALTER TABLE app.people ADD phone_number text, ADD first_name text"
run 3 "columns that look personal" check
is "$(codes error)" "coverage-new coverage-suspect" "are suspects and new"
run 3 "columns that look personal stay errors when locked" check --update-lock
is "$(codes error)" coverage-suspect "they are suspects still"
covered '  - {table: app.people, columns: [phone_number, first_name], reason: "test data"}'
run 0 "unless they are exempt" check
covered '  - {table: app.people, reason: "test data"}'
run 0 "or their table is" check
covered '  - {table: app.people, reason: "undecided: somebody has to look"}'
run 0 "an undecided exemption" check
is "$(codes warning)" exempt-undecided "is a warning"
covered '  - {table: app.people, reason: "test data"}' \
    '  - {table: app.gone, reason: "test data"}'
run 3 "an exempt table that does not exist" check
covered '  - {table: app.people, columns: [phone_numbr], reason: "test data"}'
run 3 "an exempt column that does not exist" check
is "$(codes error)" "coverage-suspect exempt-missing" "is named, and the column meant is not exempt"

# The file itself.
covered '  - {table: app.people, reason: "test data"}' \
    '  - {table: app.parts, reason: "no persons"}'
cp "$lock" "$work/before"
cp "$policy" "$work/good.yaml"
echo 'surprise: 1' >>"$policy"
run 2 "--update-lock with a broken policy" check --update-lock
cmp -s "$lock" "$work/before"
ok $? "leaves the lockfile as it was"
cp "$work/good.yaml" "$work/plain"
run 0 "a policy without an ending" "$PGRETAIN" check --live --update-lock "$work/plain"
cmp -s "$work/plain.lock" "$work/before"
ok $? "has its lockfile, too"
cp "$work/good.yaml" "$policy"
sed -i '4i <<<<<<< HEAD' "$lock"
run 2 "a lockfile with a merge conflict in it" check
says "$err" 'line 4 of the lockfile' "is told with its line"
covered '  - {table: app.people, reason: "test data"}'
echo '{' >"$lock"
run 2 "a broken lockfile" check
says "$err" 'is broken at line' "is said with its line"
run 0 "it can be written anew" check --update-lock
echo '{"format": "other/1"}' >"$lock"
run 2 "a lockfile of something else" check
rm "$lock"
run 2 "--update-lock without a database" "$PGRETAIN" check --update-lock "$policy"
write_policy <<'YAML'
coverage: {schemas: [app, nowhere]}
rules:
  - {table: app.calls, category: old, clock: started_at, action: purge}
exempt: [{table: app.people, reason: "test data"}]
YAML
run 3 "a covered schema that does not exist" check
is "$(codes error)" coverage-schema-missing "is an error"
write_policy <<'YAML'
coverage: {schemas: [app, nobody_*]}
rules:
  - {table: app.calls, category: old, clock: started_at, action: purge}
exempt: [{table: app.people, reason: "test data"}, {table: elsewhere.things, reason: r}]
YAML
run 3 "a pattern that no schema matches, and an exempt table outside" check
is "$(codes error)" "coverage-schema-missing exempt-missing" "are errors"
finish
