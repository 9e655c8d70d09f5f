#!/bin/bash
# Several lanes, ends of a run, rehearsals and locked rows.
set -euo pipefail
# shellcheck source=tests/support/shell.sh
. "$(dirname "$0")/../support/shell.sh"

# app.big: 20,000 rows over some 2,000 pages, every second one due, in random order.
big() {
    rm -f "$work"/audit.* "$work"/*.policy-*
    sql <<'SQL'
SET client_min_messages = error;
DROP SCHEMA IF EXISTS app CASCADE;
CREATE SCHEMA app;
CREATE TABLE app.big (id int PRIMARY KEY, at timestamptz, note text);
INSERT INTO app.big SELECT g, now() - CASE WHEN g % 2 = 0 THEN interval '90 days' ELSE interval
    '1 day' END, repeat('n', 700) FROM generate_series(1, 20000) g ORDER BY random();
ANALYZE app.big;
SQL
    write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {table: app.big, category: old, clock: at, action: purge}
YAML
}
due() { sql -c "SELECT count(*) FROM app.big WHERE at < now() - interval '30 days'"; }
lanes() { jq -s '[.[] | select(.kind == "intent").lane] | unique | length' "$audit"; }

big
run 0 "four lanes" enforce_new --jobs 4 --format json
is "$(due)" 0 "nothing is due any more"
is "$(rows app.big)" 10000 "and nothing else is gone"
is "$(committed "$audit")" 10000 "the log says how many went"
is "$(($(lanes) > 1))" 1 "more than one lane worked"
run 0 "the log is intact" "$PGRETAIN" audit verify "$audit"
run 0 "a second run has nothing to do" enforce --jobs 4
run 2 "too many lanes" enforce --jobs 65
says "$err" "jobs" "says what is wrong"

big
run 4 "a run that ends after some rows" enforce_new --max-rows 777 --jobs 2
is "$(committed "$audit")" 777 "exactly so many went"
is "$(due)" $((10000 - 777)) "the rest is there"
says "$out" "Still due: 9,223 rows" "and says what is left"
run 0 "the next run does the rest" enforce
is "$(due)" 0 "nothing is left"

big
run 4 "a run whose time is over at once" enforce_new --for 1ms
is "$(rows app.big)" $((10000 + $(due))) "only due rows went"
run 4 "a run held to a rate" enforce_new --rate 2000 --for 1s
is "$(($(committed "$audit") < 8000))" 1 "did not do it all"
run 2 "an odd duration" enforce --for soon
run 2 "an odd rate" enforce --rate fast
run 2 "an odd time of day" enforce --until 25:00

big
sql -c "CREATE TABLE app.seen (n int);
    CREATE FUNCTION app.see() RETURNS trigger LANGUAGE plpgsql AS
    \$\$ BEGIN INSERT INTO app.seen VALUES (OLD.id); RETURN OLD; END \$\$;
    CREATE TRIGGER see AFTER DELETE ON app.big FOR EACH ROW EXECUTE FUNCTION app.see()"
run 0 "a rehearsal" enforce --rehearse --jobs 2
says "$out" "Rehearsed and rolled back" "says what it was"
is "$(rows app.big)" 20000 "nothing is gone"
is "$(rows app.seen)" 0 "what triggers did is undone"
ls "$audit" >/dev/null 2>&1
is $? 2 "there is no log"
sql -c "CREATE FUNCTION app.never() RETURNS trigger LANGUAGE plpgsql AS
    \$\$ BEGIN RAISE EXCEPTION 'zqvalue'; END \$\$;
    CREATE TRIGGER never BEFORE DELETE ON app.big FOR EACH ROW EXECUTE FUNCTION app.never()"
run 8 "a rehearsal meets what would fail" enforce --rehearse
says "$out" "P0001" "and says why"

big
hold_lock "SELECT FROM app.big WHERE id IN (2, 4, 5) FOR UPDATE"
run 8 "two due rows are locked" enforce_new --format json --jobs 2
is "$(due)" 2 "all others are gone"
is "$(jq '.steps[0].locked' "$out")" 2 "they are counted as locked"
is "$(jq '.steps[0].left' "$out")" 2 "and left"
release
run 0 "once they are free" enforce
is "$(due)" 0 "they go as well"

# Tables that have nothing to do with one another are worked on side by side, others in order.
fresh
sql <<'SQL'
CREATE TABLE app.other AS SELECT * FROM app.calls;
CREATE TABLE app.notes (id int PRIMARY KEY, call_id int REFERENCES app.calls, at timestamptz);
INSERT INTO app.notes SELECT id, id, started_at FROM app.calls;
SQL
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {table: app.calls, category: old, clock: started_at, action: purge}
  - {table: app.other, category: old, clock: started_at, action: purge}
  - {table: app.notes, category: old, clock: at, action: purge}
YAML
run 0 "three tables on three lanes" enforce_new --jobs 3
is "$(rows app.calls) $(rows app.other) $(rows app.notes)" "10 10 10" "each lost what was due"
jq -r '.kind + " " + (.table // "")' "$audit" >"$out"
order=$(grep -E '^(step_end app.notes|step_begin app.calls)$' "$out" | tr '\n' ' ')
is "$order" "step_end app.notes step_begin app.calls " "children ended before their parents began"
finish
