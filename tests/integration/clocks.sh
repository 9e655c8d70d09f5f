#!/bin/bash
# Clocks that are no timestamps: epoch numbers, keys that carry their time, expressions. Each value
# is listed with the class it must be counted in; what is left after the run are the ids said here.
# shellcheck disable=SC2119  # enforce_new may stand alone
set -euo pipefail
# shellcheck source=tests/support/corners.sh
source "$(dirname "$0")/../support/corners.sh"

# The run's instant, and 30 days before it on the calendar of UTC: 2024-05-31T12:00:00.5Z.
as_of=2024-06-30T12:00:00.5Z

classes() { # classes "DUE UNDATED ACTIVE FUTURE" of the only rule
    is "$(jq -r '.steps[0] | "\(.due) \(.undated) \(.active) \(.future)"' "$out")" "$1" \
        "$title: due, undated, active, future"
}

oldest() { is "$(jq -r '.steps[0].oldest' "$out")" "$1" "$title: oldest"; }

# judge TITLE CLOCK "COUNTS" OLDEST LEFT: what plan counts, and what enforce leaves, of app.t
judge() {
    write_policy <<YAML
limits: {share: 100%}
rules:
  - {id: r, table: app.t, category: old, clock: $2, action: purge}
YAML
    run 0 "$title: plan" plan --format json --as-of $as_of
    classes "$3"
    oldest "$4"
    run 0 "$title: enforce" enforce_new --as-of $as_of
    left app.t "$5"
}

# Epoch numbers. 1717156800 is 2024-05-31T12:00:00Z, half a second before the cutoff.

numbers() { # numbers TITLE TYPE: one second before the cutoff's, the cutoff's own, one after, …
    begin "$1" <<SQL
CREATE TABLE app.t (id int PRIMARY KEY, at $2);
SQL
}

for type in integer bigint; do
    numbers "seconds in $type" $type
    sql -c "INSERT INTO app.t VALUES (1, 1717156799), (2, 1717156800), (3, 1717156801), (4, NULL),
        (5, 0), (6, -5), (7, 2147483647), (8, 1)"
    judge "" '{column: at, unit: seconds}' "2 3 0 1" 1970-01-01 2,3,4,5,6,7
done

numbers "milliseconds in bigint" bigint
sql -c "INSERT INTO app.t VALUES (1, 1717156800499), (2, 1717156800500), (3, 1717156800501),
    (4, NULL), (5, 0), (6, -9223372036854775808), (7, 9223372036854775807)"
judge "" '{column: at, unit: milliseconds, when_null: active}' "1 2 1 1" 2024-05-31 2,3,4,5,6,7

numbers "microseconds in bigint" bigint
sql -c "INSERT INTO app.t VALUES (1, 1717156800499999), (2, 1717156800500000), (3, NULL),
    (4, 9223372036854775807), (5, 1719748800500001)"
judge "" '{column: at, unit: microseconds}' "1 1 0 2" 2024-05-31 2,3,4,5

for type in numeric "double precision"; do
    numbers "seconds in $type" "$type"
    sql -c "INSERT INTO app.t VALUES (1, 1717156800.25), (2, 1717156800.5), (3, 'NaN'),
        (4, 'Infinity'), (5, '-Infinity'), (6, 1e300), (7, 1e-9), (8, 0), (9, NULL)"
    judge "" '{column: at, unit: seconds}' "2 3 0 3" 1970-01-01 2,3,4,5,6,8,9
done

numbers "milliseconds where seconds are said" bigint
sql -c "INSERT INTO app.t VALUES (1, 1600000000000), (2, 1717156800000)"
judge "" '{column: at, unit: seconds}' "0 0 0 2" null 1,2

numbers "smallint" smallint
sql -c "INSERT INTO app.t VALUES (1, 32767), (2, 0)"
judge "" '{column: at, unit: seconds}' "1 1 0 0" 1970-01-01 2

begin "the latest of two numbers" <<'SQL'
CREATE TABLE app.t (id int PRIMARY KEY, a bigint, b numeric);
INSERT INTO app.t VALUES (1, 1600000000, NULL), (2, 1600000000, 1717156800.5), (3, NULL, NULL),
    (4, 0, 1600000000), (5, 1600000000, 'NaN'), (6, -1, 0);
SQL
judge "" '{latest: [a, b], unit: seconds}' "2 2 0 1" 2020-09-13 2,3,5,6

begin "a domain over bigint, and an index on it" <<'SQL'
CREATE DOMAIN app.epoch AS bigint;
CREATE TABLE app.t (id int PRIMARY KEY, at app.epoch);
INSERT INTO app.t SELECT g, 1717156800 + g FROM generate_series(-10, 100000) g;
CREATE INDEX ON app.t (at);
ANALYZE app.t;
SQL
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: r, table: app.t, category: old, clock: {column: at, unit: seconds}, action: purge}
YAML
run 0 "$title: plan --sql" plan --sql --as-of $as_of
sed -n '/^DELETE/,/;$/p' "$out" >"$work/deed.sql"
{
    echo "PREPARE deed AS"
    cat "$work/deed.sql"
    echo "EXPLAIN EXECUTE deed('(0,0)', '(4294967295,0)', '1717156800');"
} | sql >"$out"
says "$out" "Index Cond: \(.*at.*< '1717156800'" "$title: the bound is an index condition"

# Keys that carry milliseconds.

v7() { # v7 MILLISECONDS: a UUID of that time
    local h
    printf -v h '%012x' "$1"
    echo "${h:0:8}-${h:8:4}-7abc-8def-0123456789ab"
}
begin "UUIDv7" <<SQL
CREATE TABLE app.t (id int PRIMARY KEY, key uuid);
INSERT INTO app.t VALUES (1, '$(v7 1717156800499)'), (2, '$(v7 1717156800500)'),
    (3, '$(v7 1717156800501)'), (4, NULL), (5, '00000000-0000-0000-0000-000000000000'),
    (6, '0123e456-e89b-42d3-a456-426614174000'), (7, 'ffffffff-ffff-7fff-bfff-ffffffffffff'),
    (8, '00000000-0000-7000-8000-000000000000');
SQL
judge "" '{column: key, unit: uuidv7}' "1 4 0 1" 2024-05-31 2,3,4,5,6,7,8

ulid() { # ulid MILLISECONDS
    local n=$1 i letters=0123456789ABCDEFGHJKMNPQRSTVWXYZ text=
    for ((i = 0; i < 10; i++)); do
        text=${letters:n % 32:1}$text
        n=$((n / 32))
    done
    echo "${text}ZZZZZZZZZZZZZZZZ"
}
is "$(ulid 1469918176385)" 01ARYZ6S41ZZZZZZZZZZZZZZZZ "the specification's own example of a ULID"
for type in text "char(26)" "varchar(40)"; do
    old=$(ulid 1717156800499)
    begin "ULID in $type" <<SQL
CREATE TABLE app.t (id int PRIMARY KEY, key $type COLLATE "en-x-icu");
INSERT INTO app.t VALUES (1, '$old'), (2, '${old,,}'), (3, '$(ulid 1717156800500)'), (4, NULL),
    (5, ''), (6, '${old:0:25}'), (7, '${old:0:25}U'), (8, '8${old:1}'),
    (9, '00000000000000000000000000'),
    (10, '$(ulid 2000000000000)');
SQL
    judge "" '{column: key, unit: ulid}' "2 6 0 1" 2024-05-31 3,4,5,6,7,8,9,10
done
low=$(v7 1717156800499)
begin "ULID in uuid" <<SQL
CREATE TABLE app.t (id int PRIMARY KEY, key uuid);
INSERT INTO app.t VALUES (1, '${low/-7/-0}'), (2, NULL),
    (3, 'ffffffff-0000-0000-0000-000000000000'), (4, '$(v7 1717156800500)');
SQL
judge "" '{column: key, unit: ulid}' "1 1 0 1" 2024-05-31 2,3,4

# Expressions.

begin "an expression" <<'SQL'
CREATE TABLE app.t (id int PRIMARY KEY, body jsonb, day text);
INSERT INTO app.t VALUES (1, '{"at": "2024-05-31T12:00:00Z"}'),
    (2, '{"at": "2024-05-31T12:00:01Z"}'),
    (3, '{}'), (4, '{"at": "infinity"}'), (5, '{"at": "-infinity"}'), (6, '{"at": "1969-01-01"}');
SQL
judge "" "{sql: \"(t.body ->> 'at')::timestamptz -- at\"}" "1 3 0 1" 2024-05-31 2,3,4,5,6

begin "an expression of type date" <<'SQL'
CREATE TABLE app.t (id int PRIMARY KEY, day text, clock text);
INSERT INTO app.t VALUES (1, '2024-05-30', '23:59'), (2, '2024-05-31', '00:00'), (3, NULL, NULL);
SQL
judge "" '{sql: "day::date", when_null: active}' "1 0 1 0" 2024-05-30 2,3

begin "the parent's key" <<SQL
CREATE TABLE app.p (key uuid PRIMARY KEY, note text);
CREATE TABLE app.t (id int PRIMARY KEY, p uuid REFERENCES app.p);
INSERT INTO app.p VALUES ('$(v7 1717156800499)'), ('$(v7 1717156800500)');
INSERT INTO app.t VALUES (1, '$(v7 1717156800499)'), (2, '$(v7 1717156800500)'), (3, NULL);
SQL
judge "" '{parent: app.p, via: p, clock: {column: key, unit: uuidv7}}' "1 1 0 0" 2024-05-31 2,3

begin "the parent's expression" <<'SQL'
CREATE TABLE app.p (id int PRIMARY KEY, at text);
CREATE TABLE app.t (id int PRIMARY KEY, p int REFERENCES app.p);
INSERT INTO app.p VALUES (1, '2020-01-01'), (2, '2024-06-01');
INSERT INTO app.t VALUES (1, 1), (2, 2), (3, NULL);
SQL
judge "" '{parent: app.p, via: p, clock: {sql: "p.at::date"}}' "1 1 0 0" 2020-01-01 2,3

# An expression that fails on a row costs its own rule the run, and no other; the row's value, which
# the server's message quotes, is told nowhere.
for part in 'clock: {sql: "day::date"}' 'clock: at, only: "day::date > now()"' \
    'clock: at, unless: "1 / (id - 2) = 3"'; do
    begin "fails on one row: $part" <<'SQL'
CREATE TABLE app.t (id int PRIMARY KEY, at timestamptz, day text);
INSERT INTO app.t VALUES (1, app.old(), '2020-01-01'), (2, app.old(), 'zq-secret'),
    (3, app.old(), NULL);
CREATE TABLE app.u (id int PRIMARY KEY, at timestamptz);
INSERT INTO app.u VALUES (1, app.old()), (2, app.young());
SQL
    write_policy <<YAML
limits: {share: 100%}
rules:
  - {id: t, table: app.t, category: old, $part, action: purge}
  - {id: u, table: app.u, category: old, clock: at, action: purge}
YAML
    planned 8 expression-fails
    is "$(step t '\(.due) \(.counted)')" "null null" "$title: is not counted"
    counts u "1 0 0"
    enforced 8
    cat "$out" "$err" "$audit" >"$work/all"
    is "$(grep -c zq-secret "$work/all")" 0 "$title: the value is told nowhere"
    left app.t 1,2,3
    left app.u 2
done

# What is refused.

begin "refused" <<'SQL'
CREATE TABLE app.t (id int PRIMARY KEY, at timestamptz, n bigint);
INSERT INTO app.t VALUES (1, app.old(), 5);
CREATE FUNCTION app.when(int) RETURNS timestamptz LANGUAGE sql VOLATILE AS 'SELECT now()';
SQL
while IFS='|' read -r name clock code message; do
    title="refused: $name"
    write_policy <<YAML
rules:
  - {id: r, table: app.t, category: old, clock: $clock, action: purge}
YAML
    planned 8 "$code"
    says "$out" "$message" "$title: says why"
    left app.t 1
done <<'TABLE'
text|{sql: "'2020-01-01'"}|expression-invalid|is no timestamptz, timestamp or date
bracket|{sql: "at) OR (at"}|expression-invalid|clock:
two|{sql: "at, at"}|expression-invalid|clock:
aggregate|{sql: "max(at)"}|expression-invalid|clock:
volatile|{sql: "app.when(t.id)"}|expression-invalid|calls a volatile function
volatile inside|{sql: "(select at from app.t where random() < 2)"}|expression-invalid|calls a volat
unit missing|n|clock-type|Say what it counts
unit too much|{column: at, unit: seconds}|clock-type|Leave the unit out
TABLE

finish
