#!/bin/bash
# diff --live against what two runs of enforce do: the rows said to be newly due are exactly those
# that go under the new policy and stay under the old one.
set -euo pipefail
# shellcheck source=tests/support/shell.sh
source "$(dirname "$0")/../support/shell.sh"
old=$work/old.yaml
new=$work/new.yaml
as_of=2026-06-01T00:00:00Z

prepare() {
    sql -d postgres -c "DROP DATABASE IF EXISTS base" -c "CREATE DATABASE base"
    sql -d base <<'SQL'
CREATE SCHEMA app;
CREATE TABLE app.accounts (id int PRIMARY KEY, kind int);
CREATE TABLE app.calls (id int PRIMARY KEY, account int REFERENCES app.accounts, vip bool,
                        at timestamptz, email text, phone text);
CREATE TABLE app.notes (id int PRIMARY KEY, call int REFERENCES app.calls, at timestamptz);
CREATE TABLE app.log (id int, day date, note text) PARTITION BY RANGE (id);
CREATE TABLE app.log_a PARTITION OF app.log FOR VALUES FROM (0) TO (300);
CREATE TABLE app.log_b PARTITION OF app.log FOR VALUES FROM (300) TO (600);
CREATE TABLE app.log_c PARTITION OF app.log FOR VALUES FROM (600) TO (1000);
INSERT INTO app.accounts SELECT g, g % 4 FROM generate_series(1, 40) g;
INSERT INTO app.calls SELECT g, g % 40 + 1, CASE g % 7 WHEN 0 THEN NULL ELSE g % 3 = 0 END,
    CASE WHEN g % 11 > 0 THEN timestamptz '2026-06-01 00:00Z' - g * interval '1 hour' END,
    'zq' || g || '@example.org', '+3312345' || g FROM generate_series(1, 4000) g;
INSERT INTO app.notes SELECT g, g * 9 % 4000 + 1, timestamptz '2026-06-01 00:00Z'
    - (g * 13 % 4000) * interval '1 hour' FROM generate_series(1, 1500) g;
INSERT INTO app.log SELECT g, date '2026-06-01' - g * 7 % 200, 'note'
    FROM generate_series(0, 999) g;
ANALYZE;
SQL
}

policy() { # file; rules and the like on stdin
    {
        echo "pgretain: 1"
        echo "policy: diff"
        echo "limits: {share: 100%}"
        cat
    } >"$1"
    chmod 600 "$1"
}

# What is left of a table, and what was masked in it, after the policy was enforced on a copy.
enforce_on() { # side, policy
    sql -d postgres -c "DROP DATABASE IF EXISTS $1" -c "CREATE DATABASE $1 TEMPLATE base"
    rm -f "$work/$1.jsonl" "$work/$1.checkpoint"
    run 0 "enforce $1" "$PGRETAIN" enforce "$2" -d "$1" --as-of "$as_of" --yes --accept-new \
        --audit "$work/$1.jsonl"
}

gone() { # side, table
    comm -23 <(sql -d base -c "SELECT id FROM app.$2" | sort) \
        <(sql -d "$1" -c "SELECT id FROM app.$2" | sort)
}

masked() { # side, table
    sql -d "$1" -c "SELECT id FROM app.$2
        WHERE email IS DISTINCT FROM 'zq' || id || '@example.org' OR phone <> '+3312345' || id" |
        sort
}

only_in_second() { comm -13 "$1" "$2" | wc -l; }

# compare NAME TABLE...: rows that go from the tables, and masks of app.calls
compare() {
    local name=$1 table kind any=0
    shift
    run 0 "$name" "$PGRETAIN" diff "$old" "$new" -d base --as-of "$as_of" --format json
    cp "$out" "$work/diff.json"
    enforce_on before "$old"
    enforce_on after "$new"
    for table in "$@" calls:mask; do
        kind=delete
        [[ $table != *:mask ]] || kind=mask
        table=${table%:mask}
        for side in before after; do
            if [[ $kind == delete ]]; then gone $side "$table"; else masked $side "$table"; fi \
                >"$work/$side.ids"
        done
        is "$(jq -r "[.rows.tables[] | select(.table == \"app.$table\" and .action == \"$kind\")
                | .newly_due, .no_longer_due] + [0, 0] | .[:2] | join(\" \")" "$work/diff.json")" \
            "$(only_in_second "$work/before.ids" "$work/after.ids") \
$(only_in_second "$work/after.ids" "$work/before.ids")" "$name: $kind of $table"
        any=$((any + $(cat "$work/before.ids" "$work/after.ids" | wc -l)))
    done
    ((any > 0))
    ok $? "$name: something was at stake"
}

prepare
policy "$old" <<'YAML'
categories: {calls: {keep: 120 days}, notes: {keep: 100 days}}
holds:
  - {id: case-1, reason: order, table: app.accounts, where: kind = 2, follow: true}
rules:
  - {table: app.calls, category: calls, clock: at, action: purge, unless: vip}
  - {table: app.notes, category: notes, clock: at, action: purge}
YAML
policy "$new" <<'YAML'
categories: {calls: {keep: 60 days}, notes: {keep: 110 days}}
rules:
  - {table: app.calls, category: calls, clock: at, action: purge, unless: vip or id % 5 = 0}
  - {id: vips, table: app.calls, category: calls, clock: at, action: purge, only: vip and id > 3000}
  - {table: app.notes, category: notes, clock: at, action: purge}
YAML
compare "windows, a hold, scope, rows kept by others" calls notes
run 3 "a change and --detailed-exitcode" "$PGRETAIN" diff "$old" "$new" --detailed-exitcode
is "$(head -2 "$out" | paste -sd' ')" "Protects less   hold case-1 is gone (old line 6)" \
    "the removed hold stands first"
run 0 "the same policy and --detailed-exitcode" "$PGRETAIN" diff "$old" "$old" --detailed-exitcode

policy "$old" <<'YAML'
categories: {log: {keep: 100 days}, calls: {keep: 90 days}}
rules:
  - {table: app.log, category: log, clock: day, action: purge}
  - {table: app.calls, category: calls, clock: at, action: anonymise, mask: {email: null}}
YAML
policy "$new" <<'YAML'
categories: {log: {keep: 100 days}, calls: {keep: 80 days}}
rules:
  - {table: app.log_b, category: log, clock: day, keep: 50 days, action: purge}
  - {id: c, table: app.log_c, category: log, clock: day, action: purge, only: log_c.id % 2 = 0}
  - {table: app.calls, category: calls, clock: at, action: anonymise, unless: vip,
     mask: {phone: {fixed: erased}}}
  - {id: end, table: app.calls, category: calls, clock: at, action: purge, only: id > 3500}
YAML
sql -d base -c "DROP TABLE app.notes" -c "DELETE FROM app.calls WHERE id > 3000 AND id % 2 = 0"
compare "a tree and its parts, masks and a later purge" log calls

# A table that only one of the policies knows.
policy "$old" <<'YAML'
categories: {log: {keep: 100 days}}
rules:
  - {table: app.log, category: log, clock: day, action: purge}
YAML
policy "$new" <<'YAML'
categories: {calls: {keep: 80 days}}
rules:
  - {table: app.calls, category: calls, clock: at, action: purge}
YAML
compare "a table comes and one goes" log calls

# Both plans see one instant and one snapshot; nothing is written.
run 0 "without --as-of" "$PGRETAIN" diff "$old" "$new" -d base --format json
[[ $(jq -r .rows.as_of "$out") =~ ^20[0-9-]+T[0-9:]+Z$ ]]
ok $? "names the instant"

# What cannot be counted says so and does not hide the rest.
sed 's/action: purge}/action: purge, unless: nonsense}/' -i "$new"
run 0 "a rule that the server does not take" "$PGRETAIN" diff "$old" "$new" -d base --as-of "$as_of"
says "$out" 'not counted: expression-invalid' "names the reason"
says "$out" '^app.log  +delete  ' "and counts the others"

# Mistakes of both files are shown.
echo "oops: 1" >>"$old"
echo "again: 1" >>"$new"
run 2 "two policies with mistakes" "$PGRETAIN" diff "$old" "$new" -d base
says "$err" "old.yaml:.*oops" "those of the old one"
says "$err" "new.yaml:.*again" "those of the new one"
run 2 "one file" "$PGRETAIN" diff "$old"
says "$err" "give the old and the new policy file" "asks for both"
run 2 "a file that is not there" "$PGRETAIN" diff "$old" "$work/none.yaml"

finish
