#!/bin/bash
# A database with many tables, and a table with many columns: how often check asks the server does
# not grow with them, and what it computes grows no faster than they do.
#   scale.sh [SMALL LARGE]    how many tables to compare, multiples of 100; default 200 1600
# Wants a server that logs all statements, with the database's name and a bar before each.
set -euo pipefail
# shellcheck source=tests/support/shell.sh
source "$(dirname "$0")/../support/shell.sh"

small=${1:-200} large=${2:-1600}
# Eight times the tables may take sixteen times as long; what is below this is noise.
most_growth=2
noise_seconds=0.1

# Schemas of 100 tables each, as tenants have them, with foreign keys up a tree of three levels.
build() { # build DATABASE TABLES
    sql -c "CREATE DATABASE $1"
    PGOPTIONS="-c log_statement=none" sql -d "$1" -v n="$2" <<'SQL'
SELECT set_config('scale.schemas', (:n / 100)::text, false);
DO $$
BEGIN
    FOR s IN 1..current_setting('scale.schemas')::int LOOP
        EXECUTE format('CREATE SCHEMA tenant_%s', s);
        FOR t IN 0..99 LOOP
            EXECUTE format('CREATE TABLE tenant_%s.t%s (id bigint PRIMARY KEY,
                created_at timestamptz, status text, amount numeric, note text, ref bigint,
                email text, flag boolean)%s', s, t, CASE WHEN t BETWEEN 1 AND 40 THEN
                      '; CREATE INDEX ON tenant_' || s || '.t' || t || ' (ref); ALTER TABLE tenant_'
                      || s || '.t' || t || ' ADD FOREIGN KEY (ref) REFERENCES tenant_' || s || '.t'
                      || t / 4 || ' ON DELETE CASCADE' ELSE '' END);
        END LOOP;
        COMMIT;
    END LOOP;
END $$;
SQL
}

# One rule for all tenants' table of a name, or one rule for each table.
write_patterns() {
    {
        echo "rules:"
        for ((t = 0; t <= 60; t++)); do
            echo "  - {table: tenant_*.t$t, category: old, clock: created_at, action: purge}"
        done
        for ((t = 61; t < 99; t++)); do
            echo "  - {table: tenant_*.t$t, category: old, clock: created_at, action: anonymise,"
            echo "     mask: {email: null, note: {fixed: gone}}}"
        done
        echo "holds:"
        echo "  - {id: h, reason: r, table: tenant_1.t0, where: id = 1, follow: true}"
        echo "coverage: {schemas: [tenant_*]}"
        echo "exempt: [{table: tenant_*.t99, reason: r}]"
    } | write_policy
}
write_names() { # write_names TABLES
    {
        echo "rules:"
        for ((i = 0; i < $1 - 1; i++)); do
            echo "  - {table: tenant_$((i / 100 + 1)).t$((i % 100)), category: old,"
            echo "     clock: created_at, action: purge}"
        done
        echo "coverage: {schemas: [tenant_*]}"
        echo "exempt:"
        for ((i = 0; i < $1; i++)); do
            echo "  - {table: tenant_$((i / 100 + 1)).t$((i % 100)), reason: r,"
            echo "     columns: [note, email]}"
        done
    } | write_policy
}

# measure DATABASE STATUS COMMAND...: how many statements it sends, and the client's CPU time
measure() {
    local database=$1 status=$2 before actual=0
    shift 2
    before=$(statements "$database")
    { time "$@" -d "$database" >"$out" 2>"$err" </dev/null; } 2>"$work/cpu" || actual=$?
    is "$actual" "$status" "$* on $database: exit $status"
    sent=$(($(statements "$database") - before)) cpu=$(<"$work/cpu")
}
statements() { grep -cE "^$1\|.*LOG:  (statement|execute )" "$PGTEMP_LOG"; }
TIMEFORMAT=%U

# compare NAME FEW_SENT FEW_CPU: with what measure found on the larger database
compare() {
    is "$sent" "$2" "$1: as many statements"
    awk -v few="$3" -v many="$cpu" -v times=$((large / small)) -v most=$most_growth \
        -v noise=$noise_seconds 'BEGIN { exit !(many <= most * times * few + noise) }'
    ok $? "$1: $3 s of the client's time for $small tables, $cpu s for $large"
}

build few "$small"
build many "$large"

write_patterns
measure few 0 "$PGRETAIN" check --live "$policy"
few_sent=$sent few_cpu=$cpu
measure many 0 "$PGRETAIN" check --live "$policy"
compare "check, patterns" "$few_sent" "$few_cpu"

write_names "$small"
measure few 0 "$PGRETAIN" check --live --update-lock "$policy"
few_sent=$sent few_cpu=$cpu
write_names "$large"
measure many 0 "$PGRETAIN" check --live --update-lock "$policy"
compare "check, names" "$few_sent" "$few_cpu"

# A table of 1,000 columns, most of them masked, beside one of ten.
write_wide() { # write_wide COLUMNS
    {
        echo "rules:"
        echo "  - table: public.wide_$1"
        echo "    category: old"
        echo "    clock: at"
        echo "    action: anonymise"
        echo "    mask:"
        for ((i = 1; i < $1; i++)); do echo "      c$i: null"; done
        echo "coverage: {schemas: [public]}"
    } | write_policy
}
for count in 10 1000; do
    sql -d few -c "DROP TABLE IF EXISTS wide_10" -c "CREATE TABLE wide_$count (at timestamptz$(
        for ((i = 1; i < count; i++)); do printf ', c%d text' "$i"; done))" 2>/dev/null
    write_wide "$count"
    measure few 0 "$PGRETAIN" check --live --update-lock "$policy"
    [[ $count == 10 ]] && few_sent=$sent
done
is "$sent" "$few_sent" "1,000 columns: as many statements as ten"
awk -v cpu="$cpu" 'BEGIN { exit !(cpu <= 1) }'
ok $? "1,000 columns: $cpu s of the client's time"
run 0 "a plan of 1,000 columns" plan -d few
finish
