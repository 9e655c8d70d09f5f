#!/bin/bash
# Summaries against an oracle that counts in other ways (summarise_oracle.sql): random rows with
# every kind of clock, around the edges of periods and of summer time, held, out of scope, needed by
# others, undated; three runs at different instants, between which rows come late and holds end.
# After each run the statistics and the rows left are exactly the oracle's.
set -euo pipefail
# shellcheck source=tests/support/shell.sh
source "$(dirname "$0")/../support/shell.sh"
oracle=$(dirname "$0")/summarise_oracle.sql
seed=${1:-1}

# The rows' other columns, and how many there are of each draw. `t` is when the row is, as a
# timestamp of the policy's calendar; half of them lie within seconds of midnights.
draw() { # draw FIRST LAST DAYS: rows FIRST to LAST into oracle.everything, within so many days
    sql >"$work/draw" <<SQL
SELECT setseed((hashtext('$seed $unit $clock $1') / 2147483648.0)::float8);
INSERT INTO oracle.everything
SELECT g,
       CASE WHEN random() < 0.02 THEN NULL
            WHEN random() < 0.5
            THEN date '2017-09-01' + (random() * $3)::int + (random() * 4 - 2)::int * interval '1 s'
            WHEN random() < 0.3
            THEN ('{2017-10-15,2018-02-18,2018-11-04,2018-03-11,2018-03-25,2018-10-28}'::date[])
                 [1 + (random() * 5)::int] + random() * interval '26 hours' - interval '2 hours'
            ELSE date '2017-09-01' + random() * $3 * interval '1 day' END,
       ('{in,out,"",other,NULL,Ünicode,in}'::text[])[1 + (random() * random() * 6)::int],
       ('{1,2,3,NULL}'::int[])[1 + (random() * random() * 3)::int],
       CASE WHEN random() < 0.9 THEN (random() * 2000 - 100)::int END,
       CASE WHEN random() < 0.9 THEN (random() * 100)::numeric(10, 2) END,
       CASE WHEN random() < 0.9 THEN round((random() * 10)::numeric, 4)::float8 END,
       CASE WHEN random() < 0.9 THEN true WHEN random() < 0.5 THEN false END
  FROM generate_series($1, $2) AS g;
SQL
}

# A case: its table from stdin, with app.fill(t) making the clock's columns of a row.
begin() { # begin TITLE ZONE UNIT CLOCK
    title=$1 zone=$2 unit=$3 clock=$4
    rm -f "$work"/*.jsonl* "$work"/*.checkpoint "$work"/*.policy-*
    sql -f "$oracle"
    sql <<'SQL'
CREATE TABLE oracle.everything (id bigint, t timestamp, key_1 text, key_2 int, amount int,
    price numeric(10, 2), weight float8, scope boolean);
CREATE TABLE app.statistics (period date NOT NULL, key_1 text COLLATE "en-x-icu", key_2 int,
    n bigint NOT NULL, amount bigint NOT NULL, price numeric(12, 2) NOT NULL, weight numeric,
    low int, high int);
CREATE TABLE app.register (row_id bigint, open boolean);
CREATE TABLE app.kids (row_id bigint);
SQL
    sql
    write_policy <<YAML
timezone: $zone
limits: {share: 100%}
holds:
  - id: h
    reason: r
    table: app.rows
    where: "(select bool_or(coalesce(g.open, true)) from app.register g where g.row_id = rows.id)
      is true"
rules:
  - id: r
    table: app.rows
    category: older
    clock: $clock
    action: summarise
    only: scope
    into: app.statistics
    period: $unit
    by: [key_1, key_2]
    measures: {n: count, amount: {sum: amount}, price: {sum: price}, weight: {sum: weight},
               low: {min: amount}, high: {max: amount}}
    minimum: 7
YAML
}

# Of the new rows: what app.rows holds, what keeps them, and what the oracle knows of them.
settle() {
    sql <<SQL
$before_fill;
CALL app.fill();
INSERT INTO app.register SELECT id, ('{t,f,NULL}'::boolean[])[1 + id % 3] FROM app.rows
 WHERE id % 11 = 0 AND id NOT IN (SELECT row_id FROM app.register);
INSERT INTO app.kids SELECT id FROM app.rows
 WHERE id % 13 = 0 AND id NOT IN (SELECT row_id FROM app.kids);
SQL
}

judge() { # judge AS_OF: one run
    local due
    due=$(sql -c "SELECT oracle.run('$1', '$zone', '60 days', '$unit', 7)")
    [[ $due -gt 100 ]]
    ok $? "$title, $1: there is something to do"
    run 0 "$title, $1: enforce" enforce_new --format json --as-of "$1"
    is "$(jq -r '.steps[0] | "\(.due) \(.changed)"' "$out")" "$due $due" "$title, $1: rows due"
    is "$(sql -c "SELECT * FROM oracle.differences() LIMIT 10")" "" "$title, $1: differences"
}

runs() { # runs DAYS: three runs; between them rows come late, and what kept others ends
    local days=$1
    draw 1 1500 "$days"
    settle
    judge 2018-12-31T23:59:59Z
    draw 1501 2000 "$days"
    sql -c "UPDATE app.register SET open = false WHERE row_id % 2 = 0" \
        -c "DELETE FROM app.kids WHERE row_id % 2 = 0"
    settle
    judge 2019-06-10T22:00:00+02
    draw 2001 2500 "$days"
    sql -c "DELETE FROM app.register" -c "DELETE FROM app.kids" \
        -c "UPDATE app.rows SET scope = true WHERE scope IS NULL" \
        -c "UPDATE oracle.everything SET scope = true WHERE scope IS NULL"
    settle
    judge 2026-01-01T00:00:00Z
    run 0 "$title: plan again" plan --format json --as-of 2026-01-01T00:00:00Z
    is "$(jq .totals.due "$out")" 0 "$title: nothing is left"
    is "$(sql -c "SELECT count(*) FROM oracle.sizes
        WHERE n < 7 AND NOT (key_1 = 'other' AND key_2 IS NULL)")" 0 \
        "$title: every row of its own began with enough rows"
    says <(sql -c "SELECT count(*) FROM app.statistics WHERE key_1 = 'other'") '[1-9]' \
        "$title: there are small groups"
    run 0 "$title: audit verify" "$PGRETAIN" audit verify "$audit"
}

tree=
before_fill="SELECT"
columns="key_1 text, key_2 int, amount int, price numeric(10, 2), weight float8, scope boolean"
rest="key_1, key_2, amount, price, weight, scope"
keeps="scope IS NOT TRUE
    OR EXISTS (SELECT FROM app.register g WHERE g.row_id = id AND g.open IS NOT FALSE)
    OR EXISTS (SELECT FROM app.kids k WHERE k.row_id = id)"

# table_of "CLOCK COLUMNS" "THEIR VALUES, from t" "WHEN THE ROW IS, from them", each as SQL
table_of() {
    cat <<SQL
CREATE TABLE app.rows (id bigint PRIMARY KEY, $1, $columns)$tree;
ALTER TABLE app.kids ADD FOREIGN KEY (row_id) REFERENCES app.rows;
CREATE INDEX ON app.kids (row_id);
SQL
    fill_and_facts "$2" "$3"
}

fill_and_facts() {
    cat <<SQL
CREATE PROCEDURE app.fill() LANGUAGE sql AS \$\$
    INSERT INTO app.rows SELECT id, $1, $rest FROM oracle.everything
     WHERE id NOT IN (SELECT id FROM oracle.gone) AND id NOT IN (SELECT id FROM app.rows) \$\$;
CREATE VIEW oracle.facts AS
    SELECT id, $2 AS local_at, key_1, key_2::text, amount, price, weight, $keeps AS keeps
      FROM app.rows;
SQL
}

begin "timestamptz by month in Berlin" Europe/Berlin month at < <(
    table_of "at timestamptz" "t AT TIME ZONE 'Europe/Berlin'" "at AT TIME ZONE 'Europe/Berlin'"
)
sql -c "CREATE INDEX ON app.rows (at)"
runs 800

begin "timestamp by week in New York" America/New_York week at < <(
    table_of "at timestamp" t at
)
runs 800

begin "date by quarter" UTC quarter at < <(table_of "at date" "t::date" "at::timestamp")
runs 800

begin "milliseconds by day where midnight can be missing" America/Sao_Paulo day \
    "{column: at, unit: milliseconds}" < <(
    table_of "at bigint" "extract(epoch FROM t AT TIME ZONE 'America/Sao_Paulo') * 1000" \
        "to_timestamp(at / 1000.0) AT TIME ZONE 'America/Sao_Paulo'"
)
runs 200

begin "the latest of two by month" Asia/Kolkata month "{latest: [at, day]}" < <(
    table_of "at timestamptz, day date" \
        "CASE WHEN id % 3 > 0 THEN t AT TIME ZONE 'Asia/Kolkata' END,
         CASE WHEN id % 5 > 0 THEN t END" \
        "greatest(at AT TIME ZONE 'Asia/Kolkata', day::timestamp)"
)
runs 800

begin "the parent's by year" Pacific/Auckland year \
    "{parent: app.parents, via: parent, clock: at}" < <(
    echo "CREATE TABLE app.parents (key bigint PRIMARY KEY, at timestamptz);"
    table_of "parent bigint REFERENCES app.parents" id \
        "(SELECT p.at AT TIME ZONE 'Pacific/Auckland' FROM app.parents p WHERE p.key = parent)"
    echo "CREATE PROCEDURE app.fill_parents() LANGUAGE sql AS \$\$
        INSERT INTO app.parents SELECT id, t AT TIME ZONE 'Pacific/Auckland'
          FROM oracle.everything ON CONFLICT DO NOTHING \$\$;"
)
before_fill="CALL app.fill_parents()"
runs 800
before_fill="SELECT"

begin "an expression by month" UTC month '{sql: "rows.at::timestamp"}' < <(
    table_of "at text" "t::text" "at::timestamp"
)
runs 800

tree=" PARTITION BY HASH (id)"
begin "a tree by month" Europe/Berlin month at < <(
    table_of "at timestamptz" "t AT TIME ZONE 'Europe/Berlin'" "at AT TIME ZONE 'Europe/Berlin'" |
        sed '/^CREATE TABLE/a\
CREATE TABLE app.rows_0 PARTITION OF app.rows FOR VALUES WITH (MODULUS 2, REMAINDER 0);\
CREATE TABLE app.rows_1 PARTITION OF app.rows FOR VALUES WITH (MODULUS 2, REMAINDER 1)\
    PARTITION BY HASH (id);\
CREATE TABLE app.rows_2 PARTITION OF app.rows_1 FOR VALUES WITH (MODULUS 2, REMAINDER 0);\
CREATE TABLE app.rows_3 PARTITION OF app.rows_1 FOR VALUES WITH (MODULUS 2, REMAINDER 1);'
)
runs 800

finish
