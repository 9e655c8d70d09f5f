#!/bin/bash
# Rows that are masked already are not looked at again, where an index has those still to do.
set -euo pipefail
# shellcheck source=tests/support/shell.sh
. "$(dirname "$0")/../support/shell.sh"

# 20,000 people in random order, seven of ten past the cutoff, in a table said to have a million.
sql <<'SQL'
SET client_min_messages = error;
DROP SCHEMA IF EXISTS app CASCADE;
CREATE SCHEMA app;
CREATE TABLE app.people (id int PRIMARY KEY, seen_at timestamptz, name text, email text, ip inet,
    note text) WITH (autovacuum_enabled = off);
INSERT INTO app.people
SELECT g, now() - interval '12 hours' - interval '1 day' * (g * 7919 % 100),
    'name ' || g, g || '@example.org', inet '10.0.0.7' + g, 'note' FROM generate_series(1, 20000) g;
ANALYZE app.people;
SQL
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {table: app.people, category: old, clock: seen_at, action: anonymise,
     mask: {name: null, email: unique, ip: ip_network, note: empty}}
YAML
due=$(sql -c "SELECT count(*) FROM app.people WHERE seen_at < now() - interval '30 days'")

# Pages of the table that the command looked at.
pages() {
    local before
    before=$(sql -c "SELECT pg_stat_force_next_flush()" -c "SELECT heap_blks_hit + heap_blks_read
        FROM pg_statio_user_tables WHERE relname = 'people'" | tail -n 1)
    "$@" >"$out" 2>"$err" </dev/null || cat "$err" >&2
    local i
    for ((i = 0; i < 1000; i++)); do
        [[ $(sql -c "SELECT count(*) FROM pg_stat_activity
            WHERE application_name = 'pgretain'") != 0 ]] || break
        sleep 0.01
    done
    sql -c "SELECT heap_blks_hit + heap_blks_read - $before
        FROM pg_statio_user_tables WHERE relname = 'people'"
}
left() { sql -c "SELECT count(*) FROM app.people WHERE name IS NULL"; }

run 0 "a small table" "$PGRETAIN" check --live "$policy"
is "$(grep -c partial-index "$out")" 0 "needs no such index"
sql -c "UPDATE pg_class SET reltuples = 2000000 WHERE relname = 'people'"
run 0 "a large one" "$PGRETAIN" check --live "$policy" --format json
is "$(jq -r '.findings[] | select(.code == "partial-index") | .severity' "$out")" note "is told"
create=$(jq -r '.findings[] | select(.code == "partial-index") | .hint' "$out")
sql -c "$create"
ok $? "what the hint says can be run: $create"
sql -c "ANALYZE app.people"
run 0 "with the index" "$PGRETAIN" plan "$policy" --format json
is "$(jq -r '.steps[0].strategy' "$out")" "block ranges" "a backlog is worked off page by page"
is "$(jq -r '.steps[0].due' "$out")" "$due" "all of it"
run 0 "the first run" enforce_new
is "$(left)" "$due" "has masked it"

sql -c "VACUUM (ANALYZE) app.people"
run 0 "the night after" "$PGRETAIN" plan "$policy" --format json
is "$(jq -r '.steps[0].strategy' "$out")" "clock slices" "goes by the index"
all=$(sql -c "SELECT relpages FROM pg_class WHERE relname = 'people'")
is "$(jq -r '.steps[0].done' "$out")" null "and does not count what is done"
looked=$(pages "$PGRETAIN" enforce "$policy" --yes --audit "$audit")
((looked * 50 < all))
ok $? "nothing due: $looked of $all pages"

sql -c "UPDATE app.people SET name = 'back', email = 'b@example.org'
    WHERE id IN (SELECT id FROM app.people WHERE name IS NULL ORDER BY id LIMIT 50)" \
    -c "ANALYZE app.people"
run 0 "with 50 rows to do" "$PGRETAIN" plan "$policy" --format json
is "$(jq -r '.steps[0] | [.strategy, .due] | join(" ")' "$out")" "clock slices 50" "finds them"
run 0 "and a run" "$PGRETAIN" enforce "$policy" --yes --audit "$audit"
is "$(left)" "$due" "masks them"
is "$(sql -c "SELECT count(*) FROM app.people WHERE note = '' AND email LIKE 'erased-%'
    AND seen_at < now() - interval '30 days'")" "$due" "whole"

# An index that has other rows is none.
sql -c "DROP INDEX app.people_seen_at_idx" \
    -c "CREATE INDEX ON app.people (seen_at) WHERE name IS NOT NULL"
run 0 "an index of some of them" "$PGRETAIN" plan "$policy" --format json
is "$(jq -r '.steps[0].strategy' "$out")" "block ranges" "is not used"
finish
