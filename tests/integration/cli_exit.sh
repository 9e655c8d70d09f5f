#!/bin/bash
# Every exit status of DESIGN section 4 that a run can end with, and what is left untouched by it.
# shellcheck disable=SC2119  # enforce_new may stand alone
set -euo pipefail
# shellcheck source=tests/support/shell.sh
source "$(dirname "$0")/../support/shell.sh"

fresh
run 3 "plan --detailed-exitcode with work due" plan --detailed-exitcode
run 0 "plan" plan
run 0 "enforce" enforce_new
is "$(rows app.calls)" 10 "the due rows are gone"
run 0 "enforce with nothing due" enforce
run 0 "plan --detailed-exitcode with nothing due" plan --detailed-exitcode
run 0 "audit verify" "$PGRETAIN" audit verify "$audit"
is "$(jq -r 'select(.kind == "run_end") | .kind' "$audit" | wc -l)" 2 "both runs are in the log"

fresh
run 1 "no server" enforce_new -h "$work"
is "$(rows app.calls)" 20 "nothing is deleted without a server"
run 1 "no such database" enforce_new -d nowhere
run 1 "no such role" enforce_new -U nobody_here

run 2 "no verb" "$PGRETAIN"
run 2 "unknown verb" "$PGRETAIN" erase
run 2 "unknown option" enforce_new --force
run 2 "missing policy file" "$PGRETAIN" plan "$work/absent.yaml"
run 2 "a directory as policy" "$PGRETAIN" plan "$work"
run 2 "no policy" "$PGRETAIN" enforce --yes
run 2 "an instant without offset" enforce_new --as-of '2024-01-01 00:00'
run 2 "an instant to come" enforce_new --as-of '2999-01-01T00:00:00Z'
run 2 "--table without a match" enforce_new --table app.absent
run 2 "--category without a match" enforce_new --category absent
run 2 "--rule without a match" enforce_new --rule absent
write_policy <<'YAML'
rules:
  - {table: app.calls, category: absent, clock: started_at, action: purge}
YAML
run 2 "an invalid policy" enforce_new
says "$err" "policy.yaml:5:[0-9]+: error: " "the mistake is named with file, line and column"
run 2 "check of an invalid policy" "$PGRETAIN" check "$policy"
is "$(rows app.calls)" 20 "nothing is deleted by any of these"

fresh
run 0 "check without a database" "$PGRETAIN" check "$policy"
run 0 "check --live" "$PGRETAIN" check "$policy" --live
sql -c "ALTER TABLE app.calls RENAME started_at TO began_at"
run 3 "check --live of a clock that was renamed" "$PGRETAIN" check "$policy" --live
fails "enforce does not succeed without its clock" enforce_new
is "$(rows app.calls)" 20 "and deletes nothing"

# SIGTERM while a batch waits: the batch is finished, the second rule is not begun.
fresh
sql -c "CREATE TABLE app.notes AS SELECT * FROM app.calls"
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {table: app.calls, category: old, clock: started_at, action: purge}
  - {table: app.notes, category: old, clock: started_at, action: purge}
YAML
hold_lock "UPDATE app.calls SET n = 0 WHERE id = 5"
"$PGRETAIN" enforce "$policy" --yes --accept-new --audit "$audit" >"$work/first.out" 2>&1 &
enforce_pid=$!
await_blocked
ok $? "the batch waits for a locked row"
run 6 "a second run" enforce_new --audit "$work/other.jsonl"
says "$err" "[^ ]" "it says why"
run 6 "a second run on the same log" enforce_new
run 0 "plan goes on beside a run" plan
kill -TERM "$enforce_pid"
release
wait "$enforce_pid"
is $? 4 "SIGTERM: exit 4"
is "$(rows app.notes)" 20 "the second table was not begun"
run 0 "audit verify of the stopped run" "$PGRETAIN" audit verify "$audit"
is "$(committed "$audit")" $((20 - $(rows app.calls))) "the log names the rows that went"
run 0 "the next run finishes" enforce_new
is "$(rows app.calls),$(rows app.notes)" 10,10 "all due rows are gone"

# One step cannot be done, the other is.
fresh
sql -c "CREATE TABLE app.notes AS SELECT * FROM app.calls"
sql <<'SQL'
CREATE FUNCTION app.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'no'; END $$;
CREATE TRIGGER refuse BEFORE DELETE ON app.calls FOR EACH ROW EXECUTE FUNCTION app.refuse();
SQL
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {table: app.calls, category: old, clock: started_at, action: purge}
  - {table: app.notes, category: old, clock: started_at, action: purge}
YAML
run 8 "one step fails" enforce_new --format json
is "$(jq -r '[.steps[].state] | sort | join(",")' "$out")" "done,failed" "its state is failed"
is "$(jq -r '.steps[] | select(.state == "failed").sqlstate' "$out")" P0001 "with its SQLSTATE"
is "$(rows app.calls),$(rows app.notes)" 20,10 "the other table was purged"
run 0 "audit verify after a failed step" "$PGRETAIN" audit verify "$audit"

finish
