#!/bin/bash
# What stands between a mistake and the rows: brake, first run, typed name, digest, database guard.
set -euo pipefail
# shellcheck source=tests/support/shell.sh
source "$(dirname "$0")/../support/shell.sh"

# A table large enough for the brake: 2,000 rows, 1,200 due.
fresh_large() {
    fresh
    sql -c "INSERT INTO app.calls SELECT g, now() - CASE WHEN g <= 1210 THEN interval '90 days'
        ELSE interval '1 day' END, 'x', g FROM generate_series(21, 2000) g"
    write_policy <<'YAML'
rules:
  - {table: app.calls, category: old, clock: started_at, action: purge}
YAML
}

# A person at a terminal types one line.
typed() { # typed TEXT COMMAND...
    local text=$1
    shift
    printf '%s\n' "$text" | script -qec "$(printf '%q ' "$@")" /dev/null >"$out" 2>"$err"
}

fresh_large
run 5 "the brake" enforce_new
is "$(rows app.calls)" 2000 "nothing is deleted under the brake"
says "$err" "enforce .*--as-of .*--expect [0-9a-f]{64}" "it prints the command that lifts it"
command=$(grep -Eo "pgretain enforce .*--expect [0-9a-f]{64}.*" "$err" | head -1)
(cd "$work" && PATH="$(dirname "$PGRETAIN"):$PATH" bash -c "$command --yes" >"$out" 2>"$err")
is $? 0 "that command runs as printed"
is "$(rows app.calls)" 800 "and deletes what was due"

fresh_large
sed -i '/^rules:/i limits: {share: 80%, rows: 100}' "$policy"
run 5 "the limit of rows" enforce_new
is "$(rows app.calls)" 2000 "nothing is deleted above the limit of rows"
sed -i 's/^limits:.*/limits: {share: 80%}/' "$policy"
run 0 "a share above what is due" enforce_new
is "$(rows app.calls)" 800 "the due rows are gone"

fresh
run 5 "a rule this log has never seen" enforce
is "$(rows app.calls)" 20 "nothing is deleted before approval"
run 0 "with --accept-new" enforce_new
overdue() { # overdue ID: one more row that is due
    sql -c "INSERT INTO app.calls VALUES ($1, now() - interval '90 days', 'more', 1)"
}
overdue 21
run 0 "from then on without it" enforce
overdue 22
sed -i 's/keep: 30 days/keep: 20 days/' "$policy"
run 5 "a shorter window" enforce
sed -i 's/keep: 20 days/keep: 40 days/' "$policy"
run 0 "a longer window" enforce
overdue 23
sed -i 's/action: purge/action: purge, unless: "n = 3"/' "$policy"
run 5 "another scope" enforce
is "$(rows app.calls)" 11 "its row is there"
run 0 "another scope with --accept-new" enforce_new
is "$(rows app.calls)" 10 "its row is gone"

fresh
enforce_prompt=("$PGRETAIN" enforce "$policy" --audit "$audit")
run 5 "no terminal and no --yes" "${enforce_prompt[@]}"
if script -qec true /dev/null </dev/null >/dev/null 2>&1; then
    typed somethingelse "${enforce_prompt[@]}"
    is $? 5 "another name typed: exit 5"
    is "$(rows app.calls)" 20 "nothing is deleted without the name"
    typed "" "${enforce_prompt[@]}"
    is $? 5 "nothing typed: exit 5"
    typed postgres "${enforce_prompt[@]}"
    is $? 0 "the database's name typed: exit 0"
    is "$(rows app.calls)" 10 "the due rows are gone"
    is "$(approval)" typed "the log says typed"
else
    echo "SKIPPED - what is typed: no pseudo-terminal can be had here (is /dev/pts mounted?)"
fi

fresh
plan --format json >"$out"
digest=$(jq -r .digest "$out") instant=$(jq -r .as_of "$out")
[[ $digest =~ ^[0-9a-f]{64}$ ]]
ok $? "the plan has a digest"
plan --format json --as-of "$instant" >"$out"
is "$(jq -r .digest "$out")" "$digest" "the same instant gives the same digest"
sql -c "INSERT INTO app.calls VALUES (21, now() - interval '90 days')" -c "ANALYZE app.calls"
plan --format json --as-of "$instant" >"$out"
is "$(jq -r .digest "$out")" "$digest" "rows and statistics are not part of it"
sql -c "ALTER TABLE app.calls ADD COLUMN extra int"
run 5 "the table was altered since" enforce --as-of "$instant" --expect "$digest"
sql -c "ALTER TABLE app.calls DROP COLUMN extra"
run 5 "another instant" enforce --as-of '2024-01-01T00:00:00Z' --expect "$digest"
run 5 "another digest" enforce --as-of "$instant" --expect "${digest/[0-7]/8}"
run 5 "narrower than approved" enforce --as-of "$instant" --expect "$digest" --table app.calls
is "$(rows app.calls)" 21 "nothing is deleted when something drifted"
run 0 "what was approved" enforce --as-of "$instant" --expect "$digest"
is "$(rows app.calls)" 10 "the due rows are gone"
is "$(approval)" expect "the log says expect"

fresh
sed -i '/^policy:/a database: elsewhere' "$policy"
run 5 "another database than the policy's" enforce_new
run 5 "plan, too" plan
is "$(rows app.calls)" 20 "nothing is deleted in another database"

# A lapsed review leaves its category alone; the others run.
fresh
sql -c "CREATE TABLE app.invoices AS SELECT * FROM app.calls"
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {table: app.calls, category: old, clock: started_at, action: purge}
  - {table: app.invoices, category: billing, clock: started_at, action: purge, keep: 30 days}
YAML
billing='billing: {keep: 10 years, obligation: {law: a law, review: 2020-01-01}}'
sed -i "s/^categories: {/&$billing, /" "$policy"
run 3 "check of a lapsed review" "$PGRETAIN" check "$policy"
fails "enforce with a lapsed review does not succeed" enforce_new
is "$(rows app.calls),$(rows app.invoices)" 10,20 "the other category is purged, this one not"

# Narrowing.
fresh
sql -c "CREATE TABLE app.notes AS SELECT * FROM app.calls"
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {table: app.calls, category: old, clock: started_at, action: purge, id: first}
  - {table: app.notes, category: older, clock: started_at, action: purge}
YAML
run 0 "plan --table" plan --table app.notes --format json
is "$(jq -r '[.steps[].table] | join(",")' "$out")" app.notes "has one step"
run 0 "enforce --category" enforce_new --category older
is "$(rows app.calls),$(rows app.notes)" 20,10 "purges one table"
run 0 "enforce --rule" enforce_new --rule first
is "$(rows app.calls),$(rows app.notes)" 10,10 "purges the other"

finish
