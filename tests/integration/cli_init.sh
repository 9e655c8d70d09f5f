#!/bin/bash
# init writes a policy that passes check and can be planned, for the sample and for odd schemas.
set -euo pipefail
# shellcheck source=tests/support/shell.sh
source "$(dirname "$0")/../support/shell.sh"

fixture=$(dirname "$0")/../fixtures/callshift
draft=$work/draft.yaml
# shellcheck disable=SC2317  # `run` calls it
again() { # the files of the last time out of the way
    rm -f "$draft" "$work/draft.lock"
    "$PGRETAIN" init --output "$draft"
}
errors() { # of check on the draft
    "$PGRETAIN" check --live --format json "$draft" 2>/dev/null |
        jq '[.findings[] | select(.severity == "error")] | length'
}

createdb sample
export PGDATABASE=sample
psql -Xq -f "$fixture/schema.sql"
psql -Xq -v scale=1 -v now="'$(date -u '+%Y-%m-%d %H:%M:%S+00')'" -f "$fixture/generate.sql"

run 0 "init on the sample" again
run 0 "check on what it wrote" "$PGRETAIN" check --live "$draft"
is "$(errors)" 0 "no error is left"
run 0 "plan on what it wrote" "$PGRETAIN" plan --format json "$draft"
is "$(jq '.totals.due > 0' "$out")" true "something is due"
is "$(jq '[.steps[] | select(.rule != null)] | length > 8' "$out")" true "most tables have a rule"
is "$(sed -n '/^subjects:/,/^$/p' "$draft" | tr -d ' -' | paste -sd' ')" \
    "subjects: public.users public.contacts " "people are subjects, the accounts they belong to not"
is "$(grep -A9 'table: public.users' "$draft" | grep -c anonymise)" 1 "users are anonymised"
grep -qE 'zq[0-9a-f]{4}' "$draft" "$work/draft.lock"
ok $((! $?)) "no value of the database is in the files"
run 5 "init does not write over a file" "$PGRETAIN" init --output "$draft"
cp "$draft" "$work/first"
run 0 "init on standard output" "$PGRETAIN" init
cmp -s "$out" "$work/first"
ok $? "prints the same policy"
run 0 "init of one schema" "$PGRETAIN" init --schema web
is "$(grep -c 'table: web' "$out") $(grep -c 'table: public' "$out")" "1 0" "leaves the others out"
run 2 "init with an argument" "$PGRETAIN" init "$draft"

createdb odd
export PGDATABASE=odd
run 1 "init on an empty database" again
says "$err" "no table can be given a rule" "says so"
sql <<'SQL'
CREATE SCHEMA "Odd ""one";
CREATE TABLE "Odd ""one"."Weird. users" (id int PRIMARY KEY, "E-Mail: yes" text, email text,
    "null" timestamptz, created_at timestamptz);
CREATE TABLE circle_a (id int PRIMARY KEY, b_id int, email text, created_at timestamptz);
CREATE TABLE circle_b (id int PRIMARY KEY, a_id int REFERENCES circle_a, email text,
    created_at timestamptz);
ALTER TABLE circle_a ADD FOREIGN KEY (b_id) REFERENCES circle_b;
CREATE TABLE undated (id int PRIMARY KEY, email text);
CREATE TABLE members (id int PRIMARY KEY, email text NOT NULL UNIQUE, created_at timestamptz);
CREATE TABLE orders (id int PRIMARY KEY, member_id int NOT NULL REFERENCES members
    ON DELETE CASCADE, placed_at timestamptz, note int);
CREATE VIEW member_view AS TABLE members;
CREATE TABLE visits (id bigint, ip inet, visited_at timestamptz) PARTITION BY RANGE (visited_at);
CREATE TABLE visits_now PARTITION OF visits DEFAULT;
SQL
run 0 "init on an odd database" again
is "$(errors)" 0 "what it wrote has no error"
says "$draft" 'undecided: ' "what has no age is undecided"
says "$draft" 'Weird. users' "an odd name is in it"
is "$(grep -c visits_now "$draft")" 0 "a partition has no rule of its own"
run 0 "plan on it" "$PGRETAIN" plan "$draft"
finish
