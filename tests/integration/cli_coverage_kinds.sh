#!/bin/bash
# What coverage makes of copies, of trees, of tenants, and of exemptions that values contradict.
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

# What holds rows of its own beside tables.
sql -c "ALTER TABLE app.people ADD phone_number text, ADD first_name text" \
    -c "ALTER TABLE app.parts ADD colour text"
covered '  - {table: app.people, columns: [phone_number, first_name], reason: "test data"}'
check --update-lock >/dev/null 2>&1
sql <<'SQL'
CREATE MATERIALIZED VIEW app.copies AS SELECT id, email FROM app.people;
CREATE FOREIGN DATA WRAPPER nobody;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER nobody;
CREATE FOREIGN TABLE app.remote (id int, email text) SERVER elsewhere;
SQL
run 3 "a materialized view and a foreign table" check
is "$(codes error)" coverage-new "are new tables"
is "$(codes warning)" "coverage-copy matview-keeps-values" "and look personal"
says "$out" 'column "email" of materialized view app.copies looks like personal data' "the one"
says "$out" 'column "email" of foreign table app.remote looks like personal data' "and the other"
run 0 "they are only warnings once they are in the lockfile" check --update-lock
covered '  - {table: app.people, columns: [phone_number, first_name], reason: "test data"}' \
    '  - {table: app.copies, reason: "refreshed nightly"}' \
    '  - {table: app.remote, reason: "has a policy of its own"}'
run 0 "exempt" check
is "$(codes warning)" matview-keeps-values "coverage has nothing more to say of them"
sql -c "DROP MATERIALIZED VIEW app.copies" -c "DROP FOREIGN TABLE app.remote"

# Trees: a rule covers the parts that it changes.
sql <<'SQL'
CREATE SCHEMA parts;
CREATE TABLE app.boxes (at timestamptz, email text) PARTITION BY RANGE (at);
CREATE TABLE app.boxes_old PARTITION OF app.boxes
    FOR VALUES FROM ('2020-01-01') TO ('2024-01-01');
CREATE TABLE parts.boxes_new PARTITION OF app.boxes
    FOR VALUES FROM ('2024-01-01') TO ('2030-01-01');
CREATE TABLE app.staff (phone text) INHERITS (app.people);
SQL
trees() { # trees RULE: the schemas, the rule on app.boxes
    write_policy <<YAML
coverage: {schemas: [$1]}
rules:
  - {table: app.calls, category: old, clock: started_at, action: purge}
  - {table: app.people, category: older, clock: created_at, action: anonymise, mask: {email: null}}
  - {table: app.boxes, category: old, clock: at, action: purge$2}
exempt:
  - {table: app.people, columns: [phone_number, first_name], reason: "test data"}
  - {table: app.staff, columns: [phone_number, first_name], reason: "test data"}
YAML
    rm -f "$lock"
}
suspects() {
    check --format json 2>/dev/null |
        jq -r '[.findings[] | select(.code == "coverage-suspect").message | split(" looks")[0]]
               | join("; ")'
}
trees app ''
is "$(suspects)" 'column "phone" of app.staff' \
    "a mask on a parent covers what the child has from it, not the child's own column"
trees app ', except: [app.boxes_old]'
is "$(suspects)" 'column "email" of app.boxes; column "phone" of app.staff' \
    "a part that a rule leaves out"
run 3 "a part that a rule leaves out" check
says "$out" 'nothing covers it in its part app.boxes_old' "is named"
trees parts ''
is "$(suspects)" "" "a partition of a table outside is covered by that table's rule"
trees parts ', except: [parts.boxes_new]'
is "$(suspects)" 'column "email" of parts.boxes_new' "and listed if that leaves it out"
sql -c "DROP TABLE app.boxes, app.staff"

# A schema for each tenant.
tenant() { # tenant NAME: two tables
    sql -c "CREATE SCHEMA $1" \
        -c "CREATE TABLE $1.calls (id int PRIMARY KEY, at timestamptz, caller text)" \
        -c "CREATE TABLE $1.plans (id int, name text)"
}
tenants() {
    write_policy <<YAML
coverage: {schemas: [tenant_*]}
rules: [{table: tenant_*.calls, category: old, clock: at, action: purge}]
exempt: [{table: tenant_*.plans, reason: "price list"}]
YAML
}
tenant tenant_1
tenant tenant_2
tenants
check --update-lock >/dev/null 2>&1
is "$(jq -r '.tables | keys | join(" ")' "$lock")" "tenant_*.calls tenant_*.plans" \
    "the lockfile has the tenants' tables once"
tenant tenant_3
run 0 "a new tenant with the same tables" check
is "$(codes warning) $(codes note)" " " "is nothing new"
sql -c "DROP SCHEMA tenant_1 CASCADE"
run 0 "neither is one that left" check
is "$(codes note)" "" "as long as there are others"
sql -c "ALTER TABLE tenant_3.calls ADD colour text"
run 3 "a column that one tenant has more" check
is "$(codes error)" coverage-new "is new"
says "$out" 'column "colour" of tenant_3.calls' "and named"
sql -c "ALTER TABLE tenant_3.calls DROP colour" \
    -c "ALTER TABLE tenant_3.plans ALTER id TYPE bigint"
run 3 "a column that is something else in one tenant" check
says "$out" '"id" of tenant_3.plans was integer in the lockfile and is bigint now' "is told"
run 0 "both types are locked" check --update-lock
is "$(jq -r '.tables["tenant_*.plans"].id' "$lock")" "bigint | integer" "side by side"
sql -c "CREATE TABLE tenant_2.notes (id int, text text)" \
    -c "CREATE TABLE tenant_3.notes (id int, text text)"
run 3 "a table that tenants have more" check
is "$(check --format json | jq '[.findings[] | select(.code == "coverage-new")] | length')" 1 \
    "is told once"
sql -c "DROP SCHEMA tenant_2 CASCADE" -c "DROP SCHEMA tenant_3 CASCADE"

# An exemption that values contradict.
covered '  - {table: app.people, reason: "test data"}' \
    '  - {table: app.parts, reason: "no persons"}'
check --update-lock >/dev/null 2>&1
sql <<'SQL'
INSERT INTO app.parts (id, colour)
SELECT i, 'p' || i % 7 || '@example.org' FROM generate_series(1, 100) AS i;
ANALYZE app.parts;
SQL
run 3 "an exempt column with addresses in it" check
is "$(codes error)" exempt-values "is an error"
says "$out" '"colour" of app.parts is exempt, and values in it look like personal data' \
    "that names the column"
is "$(grep -c example.org "$out")" 0 "and no value"
run 0 "until somebody has looked" check --update-lock
is "$(jq -r '.tables["app.parts"].colour' "$lock")" "text; values like email" "as the lockfile says"
sql -c "TRUNCATE app.parts" -c "ANALYZE app.parts"
run 0 "a database without values" check --update-lock
is "$(jq -r '.tables["app.parts"].colour' "$lock")" "text; values like email" "changes nothing"
# A scope leaves rows out, which nothing else looks after.
fresh
sql <<'SQL'
CREATE TABLE app.people (id int PRIMARY KEY, at timestamptz, email text, level int);
CREATE TABLE app.phones (id int PRIMARY KEY, p int REFERENCES app.people ON DELETE CASCADE,
    phone_number text);
SQL
scoped() { # scoped TITLE "SEVERITY:CODE:RULE ..." RULE...
    write_policy <<YAML
coverage: {schemas: [app]}
rules:
  - {id: calls, table: app.calls, category: old, clock: started_at, action: purge}
$(printf '%s\n' "${@:3}")
YAML
    "$PGRETAIN" check --live --format json "$policy" >"$out" 2>"$err" </dev/null
    is "$(jq -r '[.findings[] | select(.code == "coverage-scope" or .code == "coverage-suspect")
        | "\(.severity):\(.code):\(.rule):\(.table)"] | sort | join(" ")' "$out")" "$2" "$1"
}
purge='table: app.people, category: old, clock: at, action: purge, cascade: [app.phones]'
phones=warning:coverage-scope:p:app.phones
scoped "a rule without a scope" "" "  - {id: p, $purge}"
scoped "only: is a warning, on what goes along, too" "warning:coverage-scope:p:app.people $phones" \
    "  - {id: p, $purge, only: level > 3}"
says "$out" 'column .*email.* of app.people looks like personal data .* and .*only.* of rule .*p' \
    "it names the column and the rule"
scoped "unless: is a note" \
    "note:coverage-scope:p:app.people note:coverage-scope:p:app.phones" \
    "  - {id: p, $purge, unless: level > 3}"
scoped "another rule takes all rows" "$phones" "  - {id: p, $purge, only: level > 3}" \
    "  - {id: q, table: app.people, category: older, clock: at, action: anonymise," \
    "     mask: {email: null}}"
scoped "another rule takes another column" "warning:coverage-scope:p:app.people $phones" \
    "  - {id: p, $purge, only: level > 3}" \
    "  - {id: q, table: app.people, category: older, clock: at, action: anonymise," \
    "     mask: {level: null}, accept: {label: pseudonymous, reason: r}}"
scoped "an exemption answers" "$phones" "  - {id: p, $purge, only: level > 3}" \
    'exempt: [{table: app.people, columns: [email], reason: "the others are ours"}]'

finish
