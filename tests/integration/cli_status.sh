#!/bin/bash
# status: overdue is what was due a grace ago, who keeps what, the last runs by the log, and many
# policies in one statement. What is overdue is also counted here, by a query of our own.
set -euo pipefail
# shellcheck source=tests/support/shell.sh
source "$(dirname "$0")/../support/shell.sh"

# shellcheck disable=SC2317  # called by run
status() { "$PGRETAIN" status "$policy" --audit "$audit" "$@"; }
j() { jq -r "$1" "$out"; }
rule() { j ".policies[0].rules[] | select(.rule == \"$1\") | $2"; }
narrow() { # NAME: no line of what was said is wider than a page
    is "$(awk 'length > 80' "$out")" "" "$1: fits 80 columns"
}

# Overdue. Due since 60 days, 37 hours, 35 hours, 1 hour; and not yet.
fresh
sql <<'SQL'
TRUNCATE app.calls;
INSERT INTO app.calls SELECT i, now() - interval '30 days' - lateness
FROM (VALUES (1, interval '60 days'), (2, '37 hours'), (3, '35 hours'), (4, '1 hour'),
    (5, '-1 hour')) AS v (i, lateness);
SQL
overdue() { # INTERVAL: by the oracle
    sql -c "SELECT count(*) FROM app.calls WHERE started_at < now() - interval '$1'
        - interval '30 days'"
}
run 3 "rows are overdue" status --format json
is "$(j .format)" pgretain.status/1 "the format is named"
is "$(j '.policies[0].state')" overdue "the policy is overdue"
is "$(rule app.calls-old .due)" 4 "due are all past their window"
is "$(rule app.calls-old .overdue)" "$(overdue '36 hours')" "overdue are those of more than 36 h"
is "$(rule app.calls-old .oldest)" "$(sql -c "SELECT min(started_at)::date FROM app.calls")" \
    "the oldest row is told as a date"
is "$(rule app.calls-old .deadline)" \
    "$(sql -c "SELECT (min(started_at)::date + interval '30 days')::date FROM app.calls")" \
    "with the day on which its window ended"
for grace in 0 30m 34h 3d 70d; do
    run "$((grace == 70 ? 0 : $(overdue "${grace/d/ days}") > 0 ? 3 : 0))" "--grace $grace" \
        status --format json --grace "$grace"
    is "$(rule app.calls-old .overdue)" "$(overdue "${grace/d/ days}")" "--grace $grace: the rows"
done 2>/dev/null
run 2 "--grace needs a duration" status --grace soon
sql -c "DELETE FROM app.calls WHERE id <= 2"
run 0 "due for less than the grace is on time" status --format json
is "$(rule app.calls-old .due),$(rule app.calls-old .overdue)" 2,0 "and still due"

# Without a log; and after a run.
fresh
run 3 "a first look" status
says "$out" "^10 rows in 1 of 1 rule are overdue, the oldest by 60 days" "says how late"
says "$out" "Never run, or the audit log is elsewhere: there is no" "without a log: never run"
narrow "without a log"
[[ ! -e $audit ]]
ok $? "status makes no log"
run 0 "enforce" enforce_new
run 0 "after a run nothing is overdue" status --format json
is "$(j '.policies[0].audit.last_complete.head')" \
    "$(tail -1 "$audit" | tr -d '\n' | sha256sum | cut -c 1-64)" "the head is that of the run's end"
is "$(j '.policies[0].audit.last_complete.seq')" "$(tail -1 "$audit" | jq .seq)" "and its number"
is "$(j '.policies[0].audit.last_complete.changed')" 10 "and the rows"
is "$(j '.policies[0].audit.runs_since')" 0 "no run since"
checkpoint=${audit%.jsonl}.checkpoint
is "$(j '.policies[0].audit.checkpoint | .records, .root' | xargs)" \
    "$(tail -n 3 "$checkpoint" | head -n 2 | xargs)" "the newest checkpoint"
is "$(j '.policies[0].audit.checkpoint.key')" null "which nobody signed"
is "$(rule app.calls-old .last.state)" "done" "the rule was carried out"
run 0 "the same to read" status
says "$out" "^Last complete run: $(date -u +%Y-%m-%d).*\(today\), 10 rows changed" "names the run"
says "$out" "^Nothing is overdue" "and says that nothing is overdue"
narrow "after a run"
says "$out" "^Checkpoint: [0-9]+ records, root .*, not$" "and the checkpoint"
public=$("$PGRETAIN" audit keygen "$work/status.pem" pgretain/cli/postgres)
other=$("$PGRETAIN" audit keygen "$work/other.pem" pgretain/cli/postgres)
run 0 "a run that signs" enforce_new --audit-key "$work/status.pem"
run 0 "is told" status --format json
is "$(j '.policies[0].audit.checkpoint.key')" pgretain/cli/postgres "with the name of its key"
run 0 "in Markdown" status --format markdown
says "$out" "^Checkpoint: .* says that pgretain/cli/postgres signed it" "but not believed"
says "$out" '^\| app.calls \| on time \|' "a table in Markdown"
run 0 "with the key" status --key "$public" --format json
is "$(j '.policies[0].audit.checkpoint.verified')" true "it is verified"
run 7 "with another key" status --key "$other"
run 0 "quiet" status --quiet
is "$(cat "$out" "$err")" "" "--quiet says nothing when all is well"

# Runs that stop early: what is left, and how many more it takes.
fresh
run 4 "a run of three rows" enforce_new --max-rows 3
run 3 "and then" status --format json
is "$(j '.policies[0].audit.last_complete')" null "no run was complete"
is "$(j '.policies[0].audit.runs_since'),$(j '.policies[0].audit.last.state')" 1,stopped \
    "one was stopped"
is "$(rule app.calls-old '[.due, .clears, .runs_to_clear] | join(",")')" 7,true,3 \
    "seven rows at three a run clear in three runs"
run 3 "the same to read" status
says "$out" "clears in about 3 runs like the last ones" "says so"
says "$out" "^No run has been complete yet: 1 run was not, the last one of .* stopped" \
    "and that no run was complete"
sql -c "INSERT INTO app.calls SELECT g, now() - interval '90 days' FROM generate_series(100, 120) g"
run 3 "more comes due than goes" status --format json
is "$(rule app.calls-old '[.due, .clears, .runs_to_clear] | join(",")')" 28,false, "does not clear"

# Runs of a part of the policy: done, and not complete.
fresh
sql -c "CREATE TABLE app.notes (id int, written date)"
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {table: app.calls, category: old, clock: started_at, action: purge}
  - {table: app.notes, category: older, clock: written, action: purge}
YAML
run 0 "a run of all rules" enforce_new --table app.calls --table app.notes
run 0 "and then" status --format json
complete=$(j '.policies[0].audit.last_complete.run')
is "$complete" "$(jq -r .run "$audit" | tail -1)" "is the last complete one"
is "$(j '.policies[0].audit.last_complete.left_out')" 0 "which left nothing out"
for part in "--rule app.calls-old" "--table app.notes" "--category old"; do
    # shellcheck disable=SC2086  # two words
    run 0 "a run with $part" enforce $part
    run 0 "and then" status --format json
    is "$(j '.policies[0].audit | .last_complete.run, .last.left_out, .last.state')" \
        "$complete"$'\n1\ndone' "is not the last complete one"
done
is "$(j '.policies[0].audit.runs_since')" 3 "nor are the others"
run 0 "the same to read" status
says <(tr -s "\n " " " <"$out") \
    "since then 3 runs were not, the last one of [-0-9]* done, with 1 rule left out" \
    "says so"
narrow "after a run of a part"

# Who keeps what.
fresh
sql <<'SQL'
CREATE TABLE app.notes (call int REFERENCES app.calls, written date);
CREATE TABLE app.marks (call int REFERENCES app.calls, made date);
INSERT INTO app.notes VALUES (3, current_date), (4, current_date), (1, '2000-01-01');
INSERT INTO app.marks VALUES (4, current_date);
INSERT INTO app.calls VALUES (30, NULL), (31, now() + interval '1 year');
SQL
write_policy <<'YAML'
limits: {share: 100%}
holds:
  - {id: one, reason: r, table: app.calls, where: "id = 1"}
  - {id: two, reason: r, table: app.calls, where: "id in (1, 2)"}
rules:
  - {table: app.calls, category: old, clock: started_at, action: purge}
  - {table: app.notes, category: old, clock: written, action: purge}
YAML
run 3 "held and blocked" status --format json
is "$(rule app.calls-old '[.due, .held, .blocked, .undated, .future] | join(",")')" 6,2,2,1,1 \
    "are not overdue"
is "$(rule app.calls-old '[.held_by[] | "\(.hold) \(.rows)"] | join(", ")')" "one 1, two 2" \
    "by which hold"
is "$(rule app.calls-old '[.blocked_by[] | "\(.table) \(.rows)"] | sort | join(", ")')" \
    "app.marks 1, app.notes 2" "by rows of which table"
run 3 "the same to read" status
says <(tr -s '\n ' ' ' <"$out") "1 held by one; 2 held by two; 2 blocked by rows of app.notes; 1 " \
    "says so"
narrow "held and blocked"

# A rule that no run can carry out.
fresh
sql -c "CREATE TABLE app.notes (call int REFERENCES app.calls ON DELETE CASCADE)"
run 8 "a refused rule" status
says "$out" "refused" "is named so"
says "$out" "cascade-unnamed" "with its finding"

# Several policies: none hides the others, and the gravest decides.
fresh
run 0 "enforce" enforce_new
mkdir -p "$work/pgretain"
cp "$audit" "$work/pgretain/cli.jsonl"
sed 's/^policy: cli/policy: late/; s/30 days/1 day/' "$policy" >"$work/late.yaml"
sed 's/^policy: cli/policy: far/; 3i database: nowhere' "$policy" >"$work/far.yaml"
echo "pgretain: 1" >"$work/bad.yaml"
chmod 600 "$work"/*.yaml
sql -c "UPDATE app.calls SET started_at = now() - interval '10 days' WHERE id = 11"
run 3 "one on time, one overdue" "$PGRETAIN" status "$policy" "$work/late.yaml"
says "$out" "^2 policies: 1 overdue, 1 on time" "are told apart"
narrow "two policies"
run 1 "one unreachable" "$PGRETAIN" status "$work/far.yaml" "$policy" "$work/late.yaml" \
    --format json
is "$(j '[.policies[].state] | join(",")')" "not examined,on time,overdue" \
    "does not hide the others"
is "$(j '.policies[0].error.message')" "could not connect to the database server" "and says why"
is "$(j '.policies[1].audit.last_complete.changed')" 10 "each with its own log"
run 2 "one with mistakes" "$PGRETAIN" status "$work/bad.yaml" "$policy"
says "$out" "^2 policies: 1 not examined, 1 on time" "does not hide the others either"
says "$err" "bad.yaml:1:1: error: missing key" "and its mistakes are told"
run 2 "--audit is for one policy" "$PGRETAIN" status "$policy" "$work/late.yaml" --audit "$audit"
run 2 "no policy" "$PGRETAIN" status

# A log that is damaged, or of another database.
sed -i '2s/cli/clo/' "$work/pgretain/cli.jsonl"
run 7 "a damaged log" "$PGRETAIN" status "$policy" --format json
is "$(j '.policies[0].audit.error.status')" 7 "is told"
is "$(rule app.calls-old .due)" 0 "and the rows are counted all the same"
sql -c "DROP DATABASE IF EXISTS other" -c "CREATE DATABASE other TEMPLATE template0"
psql -Xq -d other -c "CREATE SCHEMA app" -c "CREATE TABLE app.calls (id int, started_at date)"
run 9 "the log of another database" status -d other
says "$out" "Audit log: the audit log is of another database" "is told"

# Read-only: a standby serves as well.
fresh
run 0 "enforce" enforce_new
"$PG_TEMP" --replica "$PGTEMP" >"$out" 2>"$err"
ok $? "a standby"
for ((i = 0; i < 600; i++)); do
    [[ $(sql -c "SELECT pg_current_wal_lsn() <= replay_lsn FROM pg_stat_replication") != t ]] ||
        break
    sleep 0.05
done
run 0 "status on the standby" status -p 5433 --format json
is "$(j '.policies[0].state')" "on time" "says the same"

finish
