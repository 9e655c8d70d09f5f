#!/bin/bash
# The corners of rules and foreign keys: small schemas where a rule was once got round, or a run
# was refused without need.
# shellcheck disable=SC2119  # enforce_new may stand alone
set -euo pipefail
# shellcheck source=tests/support/corners.sh
source "$(dirname "$0")/../support/corners.sh"

# Overlaps. Ages tell which rule took a row: the wider rule keeps 30 days, the other 60.

logs() {
    begin "$1" <<'SQL'
CREATE TABLE app.log_a (id int PRIMARY KEY, at timestamptz);
INSERT INTO app.log_a VALUES (1, app.old()), (2, app.mid()), (3, app.young());
CREATE TABLE app.log_b AS TABLE app.log_a;
SQL
}
glob='  - {id: glob, table: "app.log_*", category: old, clock: at, action: purge}'
name='  - {id: name, table: app.log_a, category: older, clock: at, action: purge}'
for order in "$glob"$'\n'"$name" "$name"$'\n'"$glob"; do
    logs "glob and name, ${order:9:4} first"
    write_policy <<<"rules:"$'\n'"$order"
    planned 8 rules-overlap
    is "$(jq -r '.findings[] | select(.code == "rules-overlap").rule' "$out")" glob@app.log_a \
        "$title: the glob is refused"
    enforced 8
    left app.log_a 2,3
    left app.log_b 3
    logs "glob with except: and name, ${order:9:4} first"
    write_policy <<<"rules:"$'\n'"${order/log_\*\"/log_*\", except: [app.log_a]}"
    planned 0 ""
    counts name "1 0 0"
    counts glob@app.log_b "2 0 0"
    enforced 0
    left app.log_a 2,3
    left app.log_b 3
done

tree_and_part() {
    begin "$1" <<SQL
$partitions
INSERT INTO app.calls VALUES (3, app.mid()), (4, app.young()), (13, app.mid()), (14, app.young());
SQL
}
tree='  - {id: tree, table: app.calls, category: old, clock: at, action: purge}'
part='  - {id: part, table: app.calls_1, category: older, clock: at, action: purge}'
for order in "$tree"$'\n'"$part" "$part"$'\n'"$tree"; do
    tree_and_part "tree and partition, ${order:9:4} first"
    write_policy <<<"rules:"$'\n'"$order"
    planned 8 rules-overlap
    is "$(jq -r '.findings[] | select(.code == "rules-overlap").rule' "$out")" tree \
        "$title: the tree's rule is refused"
    enforced 8
    left app.calls 3,4,11,12,13,14
    tree_and_part "tree with except: and partition, ${order:9:4} first"
    write_policy <<<"rules:"$'\n'"${order/app.calls,/app.calls, except: [app.calls_1],}"
    planned 0 ""
    counts tree "3 0 0"
    counts part "2 0 0"
    is "$(step tree '\(.rows)')" 4 "$title: rows of the tree"
    enforced 0
    left app.calls 3,4,14
done
tree_and_part "tree with except: alone"
write_policy <<<"rules:"$'\n'"${tree/app.calls,/app.calls, except: [app.calls_1],}"
planned 0 ""
enforced 0
changed tree "3 0"
left app.calls 1,2,3,4,14

# Code of a role without rights, run by what a foreign key does.

strangers_child() { # strangers_child ON_DELETE EVENT
    begin "a stranger's AFTER $2 trigger, ON DELETE $1" <<SQL
CREATE TABLE app.calls (id int PRIMARY KEY, at timestamptz);
CREATE TABLE app.parts (id int, call_id int REFERENCES app.calls ON DELETE $1);
INSERT INTO app.calls VALUES (1, app.old()), (2, app.young());
INSERT INTO app.parts VALUES (1, 1), (2, 2);
ALTER TABLE app.parts OWNER TO stranger;
GRANT CREATE ON SCHEMA app TO stranger;
SET ROLE stranger;
CREATE FUNCTION app.take() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN RAISE EXCEPTION ''ran as %'', current_user; END';
CREATE TRIGGER take AFTER $2 ON app.parts FOR EACH ROW EXECUTE FUNCTION app.take();
SQL
    write_policy <<'YAML'
rules:
  - {id: calls, table: app.calls, category: old, clock: at, action: purge, cascade: [app.parts]}
YAML
}
for kind in "CASCADE DELETE" "SET_NULL UPDATE"; do
    read -r on_delete event <<<"$kind"
    strangers_child "${on_delete/_/ }" "$event"
    planned 8 owner-code
    enforced 8
    left app.calls 1,2
    sql -c "CREATE OR REPLACE FUNCTION app.take() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN RETURN NULL; END'"
    enforced 0 --trust-owners
    left app.calls 2
    is "$(sql -c "SELECT string_agg(id || '-' || coalesce(call_id::text, ''), ',' ORDER BY id)
        FROM app.parts")" "$([[ $event == DELETE ]] || echo 1-,)2-2" "$title: what became of parts"
done

# A purge of a tree that names the tree in its scope, beside a mask of one leaf.

begin "a purge of a tree and a mask of its leaf" <<'SQL'
CREATE TABLE app.tree (id int PRIMARY KEY, at timestamptz, kind text, note text)
    PARTITION BY RANGE (id);
CREATE TABLE app.tree_1 PARTITION OF app.tree FOR VALUES FROM (0) TO (10);
CREATE TABLE app.tree_2 PARTITION OF app.tree FOR VALUES FROM (10) TO (20);
INSERT INTO app.tree VALUES (1, app.old(), 'x', 'n'), (2, app.old(), 'y', 'n'),
    (3, app.young(), 'x', 'n'), (4, app.young(), 'y', 'n'), (5, app.old(), NULL, 'n'),
    (11, app.old(), 'x', 'n'), (12, app.old(), 'y', 'n');
SQL
write_policy <<'YAML'
rules:
  - {id: leaf, table: app.tree_1, category: old, clock: at, action: anonymise, mask: {note: null}}
  - {id: tree, table: app.tree, category: old, clock: at, only: "tree.kind = 'x'", action: purge}
YAML
planned 0 ""
counts tree "2 0 0"
counts leaf "2 0 0"
enforced 0
left app.tree 2,3,4,5,12
left "app.tree WHERE note IS NULL" 2,5

# Two purge rules on a table that refers to itself.

begin "two rules on a self-referencing table" <<'SQL'
CREATE TABLE app.folders (id int PRIMARY KEY, parent_id int REFERENCES app.folders,
    at timestamptz, draft boolean);
INSERT INTO app.folders VALUES (1, NULL, app.old(), false), (2, 1, app.old(), true);
SQL
write_policy <<'YAML'
rules:
  - {id: one, table: app.folders, category: old, clock: at, only: draft, action: purge}
  - {id: two, table: app.folders, category: older, clock: at, action: purge}
YAML
planned 0 ""
counts one "1 0 0"
counts two "1 0 0"
enforced 0
left app.folders none

# Tables named like what the statements call their own parts.

for name in below outer_row; do
    for on_delete in "NO ACTION" CASCADE; do
        begin "self-referencing app.$name, $on_delete" <<SQL
CREATE TABLE app.$name (id int PRIMARY KEY, at timestamptz,
    parent_id int REFERENCES app.$name ON DELETE $on_delete);
INSERT INTO app.$name VALUES (1, app.old(), NULL), (2, app.old(), 1), (3, app.old(), 2),
    (4, app.old(), NULL), (5, app.young(), 4),
    (6, app.old(), NULL), (7, app.old(), 6), (8, app.old(), 7), (9, app.old(), 9);
SQL
        write_policy <<YAML
holds: [{id: h, reason: r, table: app.$name, where: "$name.id = 7", follow: true}]
rules:
  - {id: self, table: app.$name, category: old, clock: at, action: purge}
YAML
        planned 0 ""
        counts self "4 2 2"
        enforced 0
        left "app.$name" 4,5,6,7,8
    done
done

# "Did you mean" names the nearest, wherever it stands.

begin "the nearest name" <<'SQL'
CREATE TABLE app.balls (id int PRIMARY KEY, started_on timestamptz, started_at timestamptz);
CREATE TABLE app.calls (LIKE app.balls);
SQL
names() {
    write_policy <<YAML
rules:
  - {id: balls, table: app.balls, category: older, clock: started_at, action: purge}
  - {id: calls, table: app.calls, category: old, clock: started_at, action: purge}
YAML
}
hint() { # hint CODE NAME: of the plan's finding
    is "$(jq -r --arg code "$1" '.findings[] | select(.code == $code).hint' "$out")" \
        "Did you mean \"$2\"?" "$title: $1"
}
names
sed -i 's/table: app.calls/table: app.callz/' "$policy"
planned 8 table-missing
hint table-missing app.calls
names
sed -i '/id: calls/s/started_at/startd_at/' "$policy"
planned 8 column-missing
hint column-missing started_at
names
for flag in --table=app.callz --rule=callz; do
    run 2 "$title: $flag" plan "$flag"
    right=${flag#*=}
    says "$err" "Did you mean \"${right/callz/calls}\"" "$title: $flag"
done

# The largest number of expected rows is no limit, and no overflow.

simple() {
    begin "$1" <<'SQL'
CREATE TABLE app.calls (id int PRIMARY KEY, at timestamptz);
INSERT INTO app.calls VALUES (1, app.old()), (2, app.old()), (3, app.young());
SQL
    write_policy <<'YAML'
rules:
  - {id: calls, table: app.calls, category: old, clock: at, action: purge}
YAML
}
simple "expected rows"
run 5 "$title: too few" enforce_new --expect-rows 1
left app.calls 1,2,3
enforced 0 --expect-rows 9223372036854775807
left app.calls 3

# A mask of the column that leads to the clock.

begin "a mask of the clock's via column" <<'SQL'
CREATE TABLE app.calls (id int PRIMARY KEY, at timestamptz);
CREATE TABLE app.notes (id int PRIMARY KEY, call_id int REFERENCES app.calls, body text);
INSERT INTO app.calls VALUES (1, app.old());
INSERT INTO app.notes VALUES (1, 1, 'b');
SQL
write_policy <<'YAML'
rules:
  - {id: notes, table: app.notes, category: old,
     clock: {parent: app.calls, via: call_id, clock: at},
     action: anonymise, mask: {call_id: null, body: null}}
YAML
planned 8 mask-clock
enforced 8
left "app.notes WHERE call_id = 1 AND body = 'b'" 1
title="a mask beside the clock's via column"
sed -i 's/call_id: null, //' "$policy"
planned 0 ""
enforced 0
left "app.notes WHERE call_id = 1 AND body IS NULL" 1

# A child that the role cannot read, under ON DELETE SET NULL.

simple "an unreadable SET NULL child"
sql -c "GRANT SELECT, DELETE ON app.calls TO eraser" \
    -c "CREATE TABLE app.refs (id int, call_id int REFERENCES app.calls ON DELETE SET NULL)" \
    -c "INSERT INTO app.refs SELECT id, id FROM app.calls"
hold='holds: [{id: h, reason: r, table: app.calls, where: "calls.id = 2", follow: true}]'
sed -i "/^rules/i $hold" "$policy"
PGUSER=eraser planned 8 privilege
PGUSER=eraser enforced 8
left app.calls 1,2,3
sed -i 's/, follow: true//' "$policy"
title+=", no hold reaches it"
PGUSER=eraser planned 0 ""
PGUSER=eraser enforced 0
left app.calls 2,3
left "app.refs WHERE call_id IS NULL" 1
left "app.refs WHERE call_id = id" 2,3

# A cascade through a table without a rule to one whose rule is written later.

begin "a cascade to a later rule" <<'SQL'
CREATE TABLE app.accounts (id int PRIMARY KEY, at timestamptz);
CREATE TABLE app.calls (id int PRIMARY KEY,
    account_id int REFERENCES app.accounts ON DELETE CASCADE);
CREATE TABLE app.notes (id int PRIMARY KEY, call_id int REFERENCES app.calls ON DELETE CASCADE,
    at timestamptz);
INSERT INTO app.accounts VALUES (1, app.old()), (2, app.old()), (3, app.young()), (4, app.old());
INSERT INTO app.calls SELECT id, id FROM app.accounts;
INSERT INTO app.notes VALUES (1, 1, app.old()), (2, 2, app.young()), (3, 3, app.old());
SQL
write_policy <<'YAML'
rules:
  - {id: accounts, table: app.accounts, category: old, clock: at, action: purge,
     cascade: [app.calls]}
  - {id: notes, table: app.notes, category: old, clock: at, action: purge}
YAML
planned 0 ""
is "$(jq -r '[.steps[].rule] | join(",")' "$out")" notes,accounts "$title: order"
counts notes "2 0 0"
counts accounts "2 0 1"
enforced 0
changed accounts "2 2"
left app.accounts 2,3
left app.calls 2,3
left app.notes 2

# Cascaded rows: not among those expected, but among those limited.

many_cascaded() {
    begin "$1" <<'SQL'
CREATE TABLE app.accounts (id int PRIMARY KEY, at timestamptz);
CREATE TABLE app.calls (id int PRIMARY KEY,
    account_id int REFERENCES app.accounts ON DELETE CASCADE);
CREATE INDEX ON app.calls (account_id);
INSERT INTO app.accounts SELECT g, CASE WHEN g <= 10 THEN app.old() ELSE app.young() END
    FROM generate_series(1, 12) g;
INSERT INTO app.calls SELECT g, g % 12 + 1 FROM generate_series(1, 1200) g;
SQL
    write_policy <<'YAML'
rules:
  - {id: accounts, table: app.accounts, category: old, clock: at, action: purge,
     cascade: [app.calls]}
YAML
}
many_cascaded "the command that plan prints"
run 0 "$title: plan" plan
command=$(sed -n 's/^Next: //p' "$out")
[[ $command == "pgretain enforce "*" --expect-rows 10 --yes" ]]
ok $? "$title: 10 rows are expected"
PATH=$(dirname "$PGRETAIN"):$PATH run 0 "$title: run verbatim" bash -c "$command"
left app.accounts 11,12
is "$(rows app.calls)" 200 "$title: calls left"

many_cascaded "a limit of rows below what cascades"
sed -i '/^rules:/i limits: {rows: 1009}' "$policy"
run 0 "$title: plan" plan --format json
counts accounts "10 0 0"
run 5 "$title: enforce" enforce_new --format json
left app.accounts "$(seq -s, 12)"
is "$(rows app.calls)" 1200 "$title: calls left"
is "$(committed "$audit")" 0 "$title: the log has no commit"
title="a limit of rows just enough"
sed -i 's/rows: 1009/rows: 1010/' "$policy"
enforced 0
changed accounts "10 1000"
left app.accounts 11,12
is "$(rows app.calls)" 200 "$title: calls left"

# What keeps a due row is named, and the run does not pass for a success.
begin "a trigger that returns NULL, and a rule that does nothing" <<'SQL'
CREATE TABLE app.kept (id int PRIMARY KEY, at timestamptz);
CREATE TABLE app.ruled (id int PRIMARY KEY, at timestamptz);
INSERT INTO app.kept VALUES (1, app.old()), (2, app.old()), (3, app.young());
INSERT INTO app.ruled SELECT * FROM app.kept;
CREATE FUNCTION app.keep() RETURNS trigger LANGUAGE plpgsql AS
    $$BEGIN IF old.id = 1 THEN RETURN NULL; END IF; RETURN old; END$$;
CREATE TRIGGER keep BEFORE DELETE ON app.kept FOR EACH ROW EXECUTE FUNCTION app.keep();
CREATE RULE keep AS ON DELETE TO app.ruled DO INSTEAD NOTHING;
SQL
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: kept, table: app.kept, category: old, clock: at, action: purge}
  - {id: ruled, table: app.ruled, category: old, clock: at, action: purge}
YAML
run 8 "$title: enforce" enforce_new --format json
is "$(step kept '\(.state) \(.changed) \(.left)')" "partial 1 1" "$title: the trigger's row is left"
is "$(step ruled '\(.state) \(.refused)')" "refused rewrite-rule" "$title: the rule is seen before"
left app.kept 1,3
left app.ruled 1,2,3

finish
