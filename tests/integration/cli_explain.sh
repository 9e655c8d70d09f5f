#!/bin/bash
# explain on a real server: what decides a table's fate, told by the catalogue alone. The role has
# no privilege on any table, so that reading a single row would fail.
set -euo pipefail
# shellcheck source=tests/support/shell.sh
source "$(dirname "$0")/../support/shell.sh"

sql <<'SQL'
SET client_min_messages = error;
CREATE ROLE reader LOGIN;
CREATE SCHEMA app;
CREATE TABLE app.accounts (id int PRIMARY KEY, email text);
CREATE TABLE app."User" (id int PRIMARY KEY, account int REFERENCES app.accounts,
                         seen timestamptz, email text UNIQUE, kept bool);
CREATE TABLE app.calls (id int PRIMARY KEY, "user" int REFERENCES app."User" ON DELETE CASCADE,
                        at timestamptz) PARTITION BY RANGE (id);
CREATE TABLE app.calls_1 PARTITION OF app.calls FOR VALUES FROM (0) TO (1000);
CREATE TABLE app.tags (call int REFERENCES app.calls ON DELETE CASCADE, tag text);
CREATE TABLE app.plans (id int);
CREATE TABLE app."odd ""name""" (id int, at timestamptz);
INSERT INTO app.accounts VALUES (17, 'zqcanary@example.org');
SQL
write_policy <<'YAML'
subjects: [app.User]
coverage: {schemas: [app]}
holds:
  - {id: case-1, reason: order, table: app.accounts, where: email = 'zqcanary@example.org',
     follow: true}
rules:
  - {id: users, table: app.User, category: older, clock: seen, action: purge, unless: kept,
     cascade: [app.calls, app.tags]}
exempt:
  - {table: app.plans, reason: price list}
YAML

# shellcheck disable=SC2317  # called by run
explain() {
    PGUSER=reader "$PGRETAIN" explain "$policy" "$@"
}
# The report without its line breaks, so that a sentence can be looked for.
tells() { # tells TEXT NAME
    tr -s ' \n' ' ' <"$out" | grep -qF -- "$1"
    ok $? "$2"
}

run 0 "a table with a rule" explain app.User
tells 'Rule users (line 10): a row is deleted once seen lies before 20' "its rule, with the line"
tells '60 days before the run (category older).' "its window"
tells 'It leaves rows for which this is true or unknown: kept' "its scope"
tells 'Hold case-1 (line 7) keeps rows that foreign keys lead from to a held one: account -> app.' \
    "the hold and how it comes here"
tells 'With a row go the rows of app.calls that refer to it, ON DELETE CASCADE;' "what goes with it"
tells 'they go by "cascade" of rule users (foreign key calls_user_fkey).' "and why it may"
tells 'Its rows are people (line 4).' "that it is a subject"
tells '[privilege]' "why the rule would not run"
tells "Next: pgretain plan $policy --table app.User" "and how to count"
is "$(cat "$out" "$err" | grep -c zqcanary)" 0 "a hold's condition is not told"

run 0 "a table without a rule" explain app.tags
tells 'No rule of policy cli names this table.' "says so"
tells 'Rows here can go by cascade over other tables, when rule users deletes rows of app.User.' \
    "what takes its rows all the same"
run 0 "a partition" explain app.calls_1
tells 'It is a part of app.calls' "says of what"
run 0 "an exempt table" explain app.plans
tells 'The whole table is exempt (line 13): price list' "says why"
run 0 "a column that nothing takes care of" explain app.accounts
tells '[coverage-suspect]' "is told"
tells 'columns here are not taken care of, see below' "and announced"

run 0 "a name in quotes" explain 'app."odd ""name"""' --format json
is "$(jq -r '.format + " " + .table' "$out")" 'pgretain.explain/1 app."odd ""name"""' \
    "JSON names it"
is "$(jq '[.facts[].text | length > 0] | all' "$out")" true "each fact has a text"
run 0 "markdown" explain app.User --format markdown
says "$out" '^### app.User' "has a heading"

run 2 "a table that is not there" explain app.user
says "$err" 'table "app.user" does not exist' "says so"
says "$err" 'Did you mean "app.User"\?' "names the nearest"
run 2 "a pattern" explain 'app.*'
run 2 "a name without a schema" explain calls
run 2 "no table" explain
says "$err" 'give a policy file and a table' "asks for both"
run 2 "a format of check" explain app.User --format sarif
echo "oops: 1" >>"$policy"
run 2 "a policy with a mistake" explain app.User
says "$err" 'unknown key' "quotes it"

finish
