#!/bin/bash
# A clock that a mask or a trigger would change, of the rule itself or of another one: rows would go
# at another time than the policy says.
set -euo pipefail
# shellcheck source=tests/support/corners.sh
source "$(dirname "$0")/../support/corners.sh"

found() { # found RULE "SEVERITY:CODE ...": what check --live says about the rule
    "$PGRETAIN" check --live --format json "$policy" >"$out" 2>"$err" </dev/null
    is "$(jq -r --arg rule "$1" '[.findings[] | select(.rule == $rule)
        | "\(.severity):\(.code)"] | sort | join(" ")' "$out")" "$2" "$title: findings of $1"
}

# Expressions: what they read is masked, or something else.

expressions() { # expressions TITLE "SEVERITY:CODE" CLOCK MASK: of app.t
    title=$1
    write_policy <<YAML
limits: {share: 100%}
rules:
  - {id: r, table: app.t, category: old, clock: {sql: "$3"}, action: anonymise, mask: {$4}}
YAML
    found r "$2"
}

begin "expressions" <<'SQL'
CREATE TABLE app.t (id int PRIMARY KEY, at text, body jsonb, "Seen At" text, "été" text, plan text);
CREATE TABLE app.e (t int, at timestamptz, seen text);
INSERT INTO app.t VALUES (1, '2020-01-01', '{"at": "2020-01-01", "ip": "192.0.2.7"}', '2020-01-01',
    '2020-01-01', 'x');
SQL
expressions "its column" error:mask-clock "at::date" "at: null"
says "$out" 'is read by the rule.s clock and cannot be masked' "$title: says why"
expressions "another column" "" "at::date" "plan: null"
expressions "a column with the table's name" error:mask-clock "t.at::date" "at: null"
expressions "the second of two" error:mask-clock "coalesce(at, plan)::date" "plan: null"
expressions "in capitals" error:mask-clock "AT::date" "at: null"
expressions "a quoted name" error:mask-clock '\"Seen At\"::date' '"Seen At": null'
expressions "a quoted name of another column" "" '\"Seen At\"::date' 'at: null'
expressions "a name of more than ASCII" error:mask-clock "/* é */ été::date" "été: null"
expressions "a string of the same text" "" "(body ->> 'at')::date" "at: null"
expressions "a type of the same name" "" "(plan || '2020-01-01')::date" "at: null"
expressions "a part of its document" warning:mask-clock "(body ->> 'at')::date" \
    'body: {json_drop: [$.ip]}'
expressions "its document" error:mask-clock "(body ->> 'at')::date" "body: null"
expressions "the row as a whole" warning:mask-clock "(to_jsonb(t) ->> 'at')::date" "at: null"
expressions "a subquery's column of the same name" "" \
    "(select max(e.at) from app.e where e.t = t.id)" "at: null"
expressions "a column in a subquery" error:mask-clock \
    "(select max(e.at) from app.e where seen = plan)" "plan: null"
expressions "two columns in one part of a document" "warning:mask-clock" \
    "coalesce(body ->> 'at', at)::date" 'body: {json_keep: [at]}'

# Clocks of other rules.

others() { # others TITLE "FINDINGS OF m" MASKS, and on stdin the other rules
    title=$1
    write_policy <<YAML
limits: {share: 100%}
rules:
  - {id: m, table: app.p, category: old, clock: made, action: anonymise, mask: {$3}}
$(cat)
YAML
    found m "$2"
}

begin "other rules" <<'SQL'
CREATE TABLE app.p (id int PRIMARY KEY, made timestamptz, seen timestamptz, note text, q int);
CREATE TABLE app.c (id int PRIMARY KEY, p int REFERENCES app.p, note text);
CREATE TABLE app.g (id int PRIMARY KEY, c int REFERENCES app.c);
INSERT INTO app.p VALUES (1, app.old(), app.young(), 'x');
SQL
others "another rule's clock" error:mask-clock "seen: {floor: month}" <<'YAML'
  - {id: o, table: app.p, category: older, clock: seen, action: purge}
YAML
says "$out" 'column .*seen.* is the clock of rule .*o.* and cannot be masked' "$title: names it"
planned 8 mask-clock
others "one of another rule's clocks" error:mask-clock "seen: null" <<'YAML'
  - {id: o, table: app.p, category: older, clock: {latest: [made, seen]}, action: purge}
YAML
others "another rule's expression" error:mask-clock "note: null" <<'YAML'
  - {id: o, table: app.p, category: older, clock: {sql: "note::date"}, action: purge}
YAML
others "no rule's clock" "" "note: null" <<'YAML'
  - {id: o, table: app.p, category: older, clock: seen, action: purge}
YAML
others "the clock of children" error:mask-clock "seen: null" <<'YAML'
  - {id: o, table: app.c, category: older, clock: {parent: app.p, via: p, clock: seen},
     action: purge}
YAML
others "the clock of grandchildren" error:mask-clock "seen: null" <<'YAML'
  - {id: o, table: app.g, category: older, action: purge,
     clock: {parent: app.c, via: c, clock: {parent: app.p, via: p, clock: seen}}}
YAML
others "a column of the children's name" "" "note: null" <<'YAML'
  - {id: o, table: app.c, category: older, clock: {sql: "note::date"}, action: purge}
YAML

begin "a tree and its part" <<'SQL'
CREATE TABLE app.p (id int, made timestamptz, seen timestamptz) PARTITION BY RANGE (id);
CREATE TABLE app.p1 PARTITION OF app.p DEFAULT;
SQL
others "the clock of a partition's rule" error:mask-clock "seen: null" <<'YAML'
  - {id: o, table: app.p1, category: older, clock: seen, action: purge}
YAML

# Triggers.

trigger="CREATE FUNCTION app.run() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN NEW.note := now(); RETURN NEW; END';"
begin "a trigger that sets what an expression reads" <<SQL
CREATE TABLE app.t (id int PRIMARY KEY, note text, plan text);
$trigger
CREATE TRIGGER run BEFORE UPDATE ON app.t FOR EACH ROW EXECUTE FUNCTION app.run();
SQL
expressions "$title" error:trigger-clock "note::date" "plan: null"
expressions "$title, and perhaps the clock" "warning:mask-clock warning:trigger-clock" \
    "(to_jsonb(t) ->> 'note')::date" "plan: null"
says "$out" 'column .*note.*, the clock of rule' "it names the column"
begin "a trigger that sets the clock of children" <<SQL
CREATE TABLE app.p (id int PRIMARY KEY, made timestamptz, note timestamptz, plan text);
CREATE TABLE app.c (id int PRIMARY KEY, p int REFERENCES app.p);
$trigger
CREATE TRIGGER run BEFORE UPDATE ON app.p FOR EACH ROW EXECUTE FUNCTION app.run();
SQL
others "$title" warning:trigger-clock "plan: null" <<'YAML'
  - {id: o, table: app.c, category: older, clock: {parent: app.p, via: p, clock: note},
     action: purge}
YAML

finish
