#!/bin/bash
# hold list and hold test: what the holds are, and what one of them keeps.
set -euo pipefail
# shellcheck source=tests/support/corners.sh
source "$(dirname "$0")/../support/corners.sh"

hold() { # hold STATUS NAME ARGUMENT...
    run "$1" "$2" "$PGRETAIN" hold "${@:3}"
}

tested() { # tested ID "TABLE DIRECT FOLLOWED DUE"...: and nothing else
    hold 0 "$title: hold test $1" test "$policy" "$1" --format json
    is "$(jq -r '.holds[0].rows[] | "\(.table) \(.direct) \(.followed) \(.due // "-")"' "$out")" \
        "$(printf '%s\n' "${@:2}")" "$title: rows of hold $1"
}

# Accounts 1 and 2 are held, 2 also by a second hold. Users hang on accounts, and accounts on users
# that own them; calls on users, notes on calls, which are partitioned. Ids tell the ages: below 100
# past the window, from 100 on young.
schema() { # schema TITLE
    begin "$1" <<'SQL'
CREATE TABLE app.accounts (id int PRIMARY KEY, owner_id int, at timestamptz,
    name text DEFAULT 'zqname');
CREATE TABLE app.users (id int PRIMARY KEY, account_id int REFERENCES app.accounts, at timestamptz);
ALTER TABLE app.accounts ADD FOREIGN KEY (owner_id) REFERENCES app.users;
CREATE TABLE app.calls (id int PRIMARY KEY, user_id int REFERENCES app.users, busy bool,
    at timestamptz) PARTITION BY RANGE (id);
CREATE TABLE app.calls_1 PARTITION OF app.calls FOR VALUES FROM (0) TO (5);
CREATE TABLE app.calls_2 PARTITION OF app.calls DEFAULT;
CREATE TABLE app.notes (id int PRIMARY KEY, call_id int REFERENCES app.calls, at timestamptz);
CREATE TABLE app.badges (id int PRIMARY KEY, user_id int REFERENCES app.users);
CREATE TABLE app.other (id int PRIMARY KEY, at timestamptz);
INSERT INTO app.accounts (id, at) SELECT g, app.old() FROM generate_series(1, 4) g;
INSERT INTO app.users SELECT g, (g - 1) % 4 + 1, app.old() FROM generate_series(1, 8) g;
UPDATE app.accounts SET owner_id = 1 WHERE id = 3;
INSERT INTO app.calls SELECT g, (g - 1) % 8 + 1, g = 6, app.old() FROM generate_series(1, 16) g
    UNION ALL SELECT g, 1, false, app.young() FROM generate_series(100, 102) g;
INSERT INTO app.notes SELECT id, id, app.old() FROM app.calls WHERE id < 10 OR id = 100;
INSERT INTO app.notes VALUES (101, 3, app.young());
INSERT INTO app.badges SELECT id, id FROM app.users WHERE id < 4;
SQL
    write_policy <<'YAML'
limits: {share: 100%}
holds:
  - {id: one, reason: "a court, zq", tables: [app.accounts], follow: true, until: 2020-01-31,
     where: "id in (1, 2) and name = 'zqname'"}
  - {id: two, reason: r, table: app.accounts, where: "id = 2", follow: true}
  - {id: here, reason: r, tables: [app.users, app.calls], where: "id = 4", until: 2999-12-31}
  - {id: none, reason: r, table: app.other, where: "id = 4"}
rules:
  - {id: notes, table: app.notes, category: old, clock: at, action: purge}
  - {id: calls, table: app.calls, category: old, clock: at, action: purge, unless: busy}
  - {id: accounts, table: app.accounts, category: old, clock: at, action: anonymise,
     mask: {name: null}}
YAML
}

schema "list"
hold 0 "list without a database" list "$policy" --format json -w
is "$(jq -r '.format' "$out")" pgretain.holds/1 "list: format"
is "$(jq -r '.holds[] | "\(.id) \(.state) \(.follow) \(.until) \(.tables | join(","))"' "$out")" \
    "$(printf '%s\n' "one past its date true 2020-01-31 app.accounts" \
        "two holds true null app.accounts" "here holds false 2999-12-31 app.users,app.calls" \
        "none holds false null app.other")" "list: what the holds are"
fails "list: no condition" grep -q 'id = \|id in' "$out"
PGHOST=/nonexistent hold 0 "list contacts no database" list "$policy"
says "$out" '^one$' "list as text: id"
says "$out" '^  reason  a court, zq$' "list as text: reason"
hold 0 "list as Markdown" list "$policy" --format markdown
is "$(grep -c '^| ' "$out")" 6 "list as Markdown: rows"
hold 0 "list --live" list "$policy" --live
sed -i 's/where: "id = 4", until/where: "user_id = 4", until/' "$policy"
hold 3 "list --live of a hold that the server does not take" list "$policy" --live --format json
is "$(jq -r '[.holds[] | select(.state == "invalid").id] | join(" ")' "$out")" here "list: which"
says "$out" '"problem": "hold .*here.*: column does not exist' "list: why"
hold 5 "test of that hold" test "$policy" here
hold 0 "test of another" test "$policy" one

schema "test"
# Users 1, 2, 5 and 6 are in accounts 1 and 2; user 1 owns account 3, so users 3 and 7 follow. Each
# user has two calls, user 1 three young ones as well. Due without the hold is what hold two does
# not keep: of calls those of users 1, 3, 5 and 7, but for call 3, which has a young note.
tested one "app.accounts 2 1 2" "app.users 0 6 -" "app.calls 0 15 7" "app.notes 0 9 6" \
    "app.badges 0 3 -"
is "$(jq -c '.holds[0].totals' "$out")" '{"direct":2,"followed":34,"due":15}' "test: totals"
is "$(jq -r '[.format, .database.name, .policy.name] | join(" ")' "$out")" \
    "pgretain.holds/1 postgres cli" "test: head"
is "$(jq -r '[.findings[] | "\(.severity) \(.code)"] | join(", ")' "$out")" \
    "warning hold-expired" "test: findings about this hold"
tested two "app.accounts 1 0 0" "app.users 0 2 -" "app.calls 0 4 0" "app.notes 0 2 0" \
    "app.badges 0 1 -"
tested here "app.users 1 0 -" "app.calls 1 0 1"
is "$(jq -r '[.findings[] | "\(.severity) \(.code) \(.table)"] | unique | join(", ")' "$out")" \
    "warning hold-not-followed app.accounts, warning hold-not-followed app.notes" \
    "test: tables that the hold forgets"
tested none "app.other 0 0 -"
is "$(jq -r '[.findings[] | "\(.severity) \(.code)"] | join(", ")' "$out")" \
    "warning hold-matches-nothing" "test: a hold without rows"
hold 0 "test as text" test "$policy" one
says "$out" '^app.calls +0 +15 +7$' "test as text: a table"
says "$out" 'Total: 2 held directly, 34 by following, 15 due without the hold' "test as text: total"
fails "test as text: no value and no condition" grep -E 'zqname|id in|name =' "$out"
hold 0 "test as Markdown" test "$policy" one --format markdown
says "$out" '^\| app.calls \| 0 \| 15 \| 7 \|' "test as Markdown: a table"
fails "test as Markdown: no value and no condition" grep -E 'zqname|id in|name =' "$out"
is "$(rows app.notes)" 11 "test: nothing was deleted"
hold 0 "test as of an earlier instant" test "$policy" one --format json \
    --as-of "$(sql -c "SELECT to_char(now() - '70 days'::interval, 'YYYY-MM-DD\"T\"HH24:MI:SSOF')")"
is "$(jq '.holds[0].totals.due' "$out")" 0 "test: nothing is due yet"

title="what is masked already is not due"
sql -c "UPDATE app.accounts SET name = NULL WHERE id = 3"
tested one "app.accounts 2 1 1" "app.users 0 6 -" "app.calls 0 15 7" "app.notes 0 9 6" \
    "app.badges 0 3 -"
title="a rule on a part, and one on the rest"
sed -i 's/^  - {id: calls, table: app.calls,/  - {id: part, table: app.calls_1,/' "$policy"
tested one "app.accounts 2 1 1" "app.users 0 6 -" "app.calls 0 15 1" "app.notes 0 9 6" \
    "app.badges 0 3 -"

schema "refusals"
hold 2 "an unknown id" test "$policy" onne
says "$err" 'hint: Did you mean "one"[?]' "an unknown id: the nearest"
hold 2 "no id" test "$policy"
hold 2 "no policy" list
hold 2 "an unknown verb" release "$policy"
hold 2 "no verb"
hold 2 "an invalid policy" list /dev/null
PGHOST=/nonexistent hold 1 "no server" test "$policy" one
sql -c "GRANT SELECT ON app.accounts, app.calls TO eraser"
PGUSER=eraser hold 0 "a role that may not read all" test "$policy" one --format json
is "$(jq -c '[.holds[0].rows[] | [.direct, .followed, .due]] | unique' "$out")" \
    '[[null,null,null]]' \
    "a role that may not read all: not counted"
PGUSER=eraser hold 0 "a role that may read what a hold names" test "$policy" here --format json
is "$(jq -c '[.holds[0].rows[] | [.table, .direct]]' "$out")" \
    '[["app.users",null],["app.calls",1]]' "a role that may read what a hold names: counts"

finish
