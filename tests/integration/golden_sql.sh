#!/bin/bash
# The golden plans against a real server: for each tests/golden/plan/NAME.ddl.sql the program says
# exactly the statements of NAME.sql (so the catalog written by hand is what the server says), and
# psql runs them all.
set -euo pipefail
# shellcheck source=tests/support/shell.sh
source "$(dirname "$0")/../support/shell.sh"
golden=$(cd "$(dirname "$0")/../golden/plan" && pwd)

# psql's variables for the masking key's two blocks, which `plan --sql` leaves out.
secrets=()
block=$(printf '5c%.0s' {1..64})
for number in {1..40}; do
    secrets+=(-v "secret_$number=\\x$block")
done

# Without the session's settings and transactions, which golden files leave out.
statements() {
    sed -E '/^(SET |BEGIN ISOLATION|ROLLBACK; --)/d' "$out"
}

# What "#: " lines in the policy ask for, as words of the command line.
flags() {
    sed -nE 's/^#: (table|category|rule) (.*)/--\1=\2/p; s/^#: trust-owners/--trust-owners/p' "$1"
}

cases=0
for ddl in "$golden"/*.ddl.sql; do
    name=$(basename "$ddl" .ddl.sql)
    export PGDATABASE=golden_$cases
    psql -XqAt -d postgres -v ON_ERROR_STOP=1 -c "CREATE DATABASE $PGDATABASE"
    sql -c "CREATE SCHEMA app" -c "CREATE SCHEMA crm" -c "CREATE SCHEMA legal" -f "$ddl"
    mapfile -t words < <(flags "$golden/$name.policy.yaml")
    "$PGRETAIN" plan "$golden/$name.policy.yaml" --sql --as-of 2024-06-30T12:00:00Z "${words[@]}" \
        >"$out" 2>"$err"
    statements | diff - "$golden/$name.sql" >"$err"
    ok $? "$name: the server's catalog gives the golden statements"
    psql -XqAt -v ON_ERROR_STOP=1 "${secrets[@]}" -f "$out" >"$work/psql.out" 2>"$err"
    ok $? "$name: psql runs them"
    cases=$((cases + 1))
done
[[ $cases -ge 15 ]]
ok $? "$cases cases"
finish
