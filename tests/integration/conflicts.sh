#!/bin/bash
# What a trigger raises is no other session's doing, whatever SQLSTATE it takes: nothing is waited
# for, and either the rows or the step are named in seconds.
set -euo pipefail
# shellcheck source=tests/support/corners.sh
source "$(dirname "$0")/../support/corners.sh"

# app.calls: 20,000 rows, all due but every tenth; a trigger raises the condition on deletion of
# those that are picked.
raises() { # raises CONDITION WHICH
    begin "$1 where $2" <<SQL
CREATE TABLE app.calls (id int PRIMARY KEY, at timestamptz, note text);
INSERT INTO app.calls SELECT g, CASE WHEN g % 10 = 0 THEN app.young() ELSE app.old() END,
    repeat('n', 500) FROM generate_series(1, 20000) g;
CREATE FUNCTION app.refuse() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN RAISE EXCEPTION USING ERRCODE = ''$1''; END';
CREATE TRIGGER refuse BEFORE DELETE ON app.calls FOR EACH ROW WHEN ($2)
    EXECUTE FUNCTION app.refuse();
SQL
    write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: calls, table: app.calls, category: old, clock: at, action: purge}
YAML
    SECONDS=0
    run 8 "$title: enforce" enforce_new --format json
    step=$(jq -r '.steps[0] | "\(.state) \(.sqlstate) \(.changed) \(.left)"' "$out")
    ((SECONDS <= 20))
    ok $? "$title: took $SECONDS s"
    run 0 "$title: the log is intact" "$PGRETAIN" audit verify "$audit"
}

for condition in 40001 40P01; do
    raises $condition "OLD.id = 8011"
    is "${step% * *}" "failed $condition" "$title: the step"
    is "$(rows app.calls)" $((20000 - $(committed "$audit"))) "$title: the log has what is gone"
done

raises 23503 "OLD.id IN (7, 8011, 19999)"
is "$step" "partial 23503 17997 3" "$title: the step"
is "$(ids "app.calls WHERE id % 10 <> 0")" "7,8011,19999" "$title: what is left of the due rows"
finish
