#!/bin/bash
# A clock with the wrong unit is found by what ANALYZE kept, and one with the right unit is not.
set -euo pipefail
# shellcheck source=tests/support/corners.sh
source "$(dirname "$0")/../support/corners.sh"

rules=() expected=()
rule() { # rule TABLE COLUMN UNIT "SEVERITY BETTER-UNIT", or ""
    local id="$1-$2-$3"
    rules+=("  - {id: $id, table: app.$1, category: old, action: purge, only: false,
     clock: {column: $2, unit: $3}}")
    expected+=("$id:$4")
}

begin "units" <<'SQL'
CREATE TABLE app.small (id int PRIMARY KEY, seconds int);
INSERT INTO app.small SELECT g, CASE WHEN g % 3 > 0 THEN 1400000000 + g * 100000 ELSE 0 END
    FROM generate_series(1, 1000) g;
CREATE TABLE app.big (seconds bigint, milliseconds bigint, microseconds bigint, span bigint,
    future bigint, few bigint, fewer bigint);
INSERT INTO app.big SELECT s, s * 1000, s * 1000000, g, 253402300799 + g,
    CASE WHEN g % 5 = 0 THEN s ELSE 253402300799 + g END,
    CASE WHEN g % 20 = 0 THEN s ELSE 253402300799 + g END
    FROM generate_series(1, 1000) g, LATERAL (SELECT 1400000000 + g * 100000::bigint) AS x (s);
CREATE TABLE app.decimal (seconds numeric, milliseconds double precision);
INSERT INTO app.decimal SELECT s + 0.25, s * 1000.0 FROM generate_series(1, 1000) g,
    LATERAL (SELECT 1400000000 + g * 100000::bigint) AS x (s);
INSERT INTO app.decimal SELECT 'NaN', 'Infinity' FROM generate_series(1, 400);
CREATE TABLE app.never (milliseconds bigint);
INSERT INTO app.never SELECT 253402300799000 FROM generate_series(1, 500);
CREATE TABLE app.blank (milliseconds bigint);
INSERT INTO app.blank SELECT 1400000000 + g FROM generate_series(1, 500) g;
CREATE TABLE app.keys (v4 uuid, v7 uuid, ulid text, word text);
INSERT INTO app.keys SELECT gen_random_uuid(),
    overlay(overlay(gen_random_uuid()::text PLACING substr(h, 1, 8) || '-' || substr(h, 9, 4)
        FROM 1) PLACING '7' FROM 15)::uuid,
    '01' || upper(translate(substr(md5(g::text), 1, 24), 'ilou', '0000')), 'word ' || g
    FROM generate_series(1, 1000) g,
    LATERAL (SELECT lpad(to_hex(1400000000000 + g * 100000000::bigint), 12, '0')) AS x (h);
CREATE TABLE app.tree (id int, milliseconds bigint) PARTITION BY RANGE (id);
CREATE TABLE app.tree_1 PARTITION OF app.tree FOR VALUES FROM (0) TO (500);
CREATE TABLE app.tree_2 PARTITION OF app.tree DEFAULT;
INSERT INTO app.tree SELECT g, 1400000000000 + g * 100000000::bigint
    FROM generate_series(1, 1000) g;
ANALYZE app.small, app.big, app.decimal, app.never, app.keys, app.tree_1, app.tree_2;
SQL
rule small seconds seconds ""
rule small seconds milliseconds "error seconds"
for kept in seconds milliseconds microseconds; do
    for said in seconds milliseconds microseconds; do
        rule big "$kept" "$said" "$([[ $kept == "$said" ]] || echo "error $kept")"
    done
done
rule big span seconds "error none"
rule big span milliseconds "error none"
rule big future seconds "error none"
rule big few seconds ""
rule big few milliseconds "error none"
rule big fewer seconds "warning none"
rule decimal seconds seconds ""
rule decimal seconds microseconds "error seconds"
rule decimal milliseconds milliseconds ""
rule decimal milliseconds seconds "error milliseconds"
rule never milliseconds milliseconds ""
rule never milliseconds seconds ""
rule blank milliseconds milliseconds ""
rule keys v4 uuidv7 "error none"
rule keys v7 uuidv7 ""
rule keys ulid ulid ""
rule keys word ulid "error none"
rule tree milliseconds milliseconds ""
rule tree milliseconds seconds "error milliseconds"
{
    echo "rules:"
    printf '%s\n' "${rules[@]}"
} | write_policy
"$PGRETAIN" check --live --format json "$policy" >"$out" 2>"$err" </dev/null
declare -A verdicts
while IFS='|' read -r id severity better; do verdicts[$id]="$severity ${better:-none}"; done < <(
    jq -r '.findings[] | select(.code == "clock-unit-suspect")
        | "\(.rule)|\(.severity)|" + (.hint | capture("In unit: (?<u>[a-z]+) ") // {u: ""}).u' \
        "$out")
for pair in "${expected[@]}"; do
    is "${verdicts[${pair%%:*}]:-}" "${pair#*:}" "${pair%%:*}"
done
says "$out" 'of [0-9]+ values of column .*milliseconds.* of app.tree in the statistics, 0 are d' \
    "the message counts"

# Seconds under milliseconds would all be due: nothing goes.
begin "all would be due" <<'SQL'
CREATE TABLE app.t (id int PRIMARY KEY, at bigint);
INSERT INTO app.t SELECT g, extract(epoch FROM now())::bigint - g FROM generate_series(1, 1000) g;
ANALYZE app.t;
SQL
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: r, table: app.t, category: old, clock: {column: at, unit: milliseconds}, action: purge}
YAML
planned 8 clock-unit-suspect
enforced 8
is "$(rows app.t)" 1000 "$title: nothing goes"

# The clock of a parent, and one of two.
begin "a parent's and one of two" <<'SQL'
CREATE TABLE app.p (id int PRIMARY KEY, at bigint);
CREATE TABLE app.t (id int PRIMARY KEY, p int REFERENCES app.p, a bigint, b bigint);
INSERT INTO app.p SELECT g, 1400000000000 + g FROM generate_series(1, 1000) g;
INSERT INTO app.t SELECT g, g, 1400000000 + g, 1400000000000 + g FROM generate_series(1, 1000) g;
ANALYZE app.p, app.t;
SQL
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: r, table: app.t, category: old, action: purge,
     clock: {parent: app.p, via: p, clock: {column: at, unit: seconds}}}
YAML
planned 8 clock-unit-suspect
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: r, table: app.t, category: old, clock: {latest: [a, b], unit: seconds}, action: purge}
YAML
planned 8 clock-unit-suspect
says "$out" 'column .*b.* of app.t' "$title: names it"
finish
