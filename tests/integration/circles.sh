#!/bin/bash
# Purges of tables that refer to one another: which rows go together, by which kinds of foreign
# keys, and what the audit log says of each table. The property test draws more of them.
# shellcheck disable=SC2119  # enforce_new may stand alone
set -euo pipefail
# shellcheck source=tests/support/corners.sh
source "$(dirname "$0")/../support/corners.sh"

# What the log's records say of each table: the step's own rows, and those of other tables.
logged() { # logged EXPECTED
    is "$(jq -rs '[.[] | select(.kind == "commit" or .kind == "intent" or .kind == "cascade")]
        | (map(select(.kind == "intent")) | INDEX(.seq | tostring)) as $intents
        | map(if .kind == "commit" then {table: $intents[.intent | tostring].table, rows}
              elif .kind == "cascade" then {table, rows} else empty end)
        | group_by(.table) | map("\(.[0].table) \(map(.rows) | add)") | join(", ")' "$audit")" \
        "$1" "$title: the log"
    run 0 "$title: the log is intact" "$PGRETAIN" audit verify "$audit"
}

# A step's due rows can have gone with another step's; together they are all gone, and no others.
enforced() { # enforced STATUS [FLAG...]
    local status=$1
    shift
    run "$status" "$title: enforce $*" enforce_new --format json "$@"
    is "$(jq '[.steps[] | select(.refused == null) | .due, -.changed, -.cascaded] | add // 0' \
        "$out")" "${beside:-0}" "$title: what was due has gone, by one step or another"
}

# Account 1 is all due, with owner 1 and user 2. Account 3 has a young user 4 beside its owner 3.
# Account 5 is young, with an old owner 5 and an old user 6, whom nobody needs. Accounts 7 and 8 are
# due and own each other's users: 7 belongs to user 8, who is in 8, which belongs to user 7, who is
# in 7. User 9 is in no account.
pair() { # pair TITLE ACCOUNTS_OWNER USERS_ACCOUNT
    begin "$1" <<SQL
CREATE TABLE app.accounts (id int PRIMARY KEY, owner_id int, at timestamptz);
CREATE TABLE app.users (id int PRIMARY KEY, account_id int REFERENCES app.accounts $3,
    at timestamptz);
INSERT INTO app.accounts VALUES (1, 1, app.old()), (3, 3, app.old()), (5, 5, app.young()),
    (7, 8, app.old()), (8, 7, app.old());
INSERT INTO app.users VALUES (1, 1, app.old()), (2, 1, app.old()), (3, 3, app.old()),
    (4, 3, app.young()), (5, 5, app.old()), (6, 5, app.old()), (7, 7, app.old()),
    (8, 8, app.old()), (9, NULL, app.old());
ALTER TABLE app.accounts ADD FOREIGN KEY (owner_id) REFERENCES app.users $2;
CREATE INDEX ON app.accounts (owner_id);
CREATE INDEX ON app.users (account_id);
SQL
    write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: accounts, table: app.accounts, category: old, clock: at, action: purge}
  - {id: users, table: app.users, category: old, clock: at, action: purge}
YAML
}
pair_goes() {
    planned 0 ""
    counts accounts "3 0 1"
    counts users "6 0 2"
    enforced 0
    changed accounts "3 4"
    changed users "2 0"
    left app.accounts 3,5
    left app.users 3,4,5
    logged "app.accounts 3, app.users 6"
}
for kinds in "NO_ACTION NO_ACTION" "RESTRICT RESTRICT" "CASCADE CASCADE" "NO_ACTION CASCADE" \
    "CASCADE RESTRICT" "NO_ACTION_DEFERRABLE_INITIALLY_DEFERRED NO_ACTION_DEFERRABLE"; do
    read -r owner account <<<"$kinds"
    pair "owner and account $kinds" "ON DELETE ${owner//_/ }" "ON DELETE ${account//_/ }"
    pair_goes
done

# Who keeps what is not gone, by name: user 4 keeps account 3 and with it user 3, account 5 user 5.
pair "status" "" ""
"$PGRETAIN" status "$policy" --format json >"$out" 2>"$err" || true
kept() { # kept RULE: whose rows keep how many
    jq -r --arg rule "$1" '[.. | objects | select(.rule? == $rule and .blocked_by != null)
        | .blocked_by[] | "\(.table) \(.rows)"] | sort | join(", ")' "$out"
}
is "$(kept accounts)" "app.accounts 0, app.users 1" "$title: who keeps accounts"
is "$(kept users)" "app.accounts 1, app.users 1" "$title: who keeps users"

# SET NULL breaks the circle: users go first, then accounts that nobody is in.
pair "owner ON DELETE SET NULL" "ON DELETE SET NULL" ""
planned 0 ""
counts accounts "3 0 1"
counts users "8 0 0"
enforced 0
left app.accounts 3,5
left app.users 4
logged "app.accounts 3, app.users 8"

# A hold on one row of a circle keeps all that the row hangs on.
pair "a hold on user 8" "" ""
sed -i '1a holds: [{id: h, reason: r, table: app.users, where: "id = 8"}]' "$policy"
planned 0 ""
counts accounts "1 0 3"
counts users "4 1 3"
enforced 0
left app.accounts 3,5,7,8
left app.users 3,4,5,7,8
logged "app.accounts 1, app.users 4"

# One of the two rules alone: the other table's rows stay, and so does what they need.
pair "accounts alone, NO ACTION" "" ""
run 0 "$title: plan" plan --format json --table app.accounts
counts accounts "0 0 4"
pair "accounts alone, their users go by cascade" "" "ON DELETE CASCADE"
run 0 "$title: plan" plan --format json --table app.accounts
counts accounts "3 0 1"
beside=-4 enforced 0 --table app.accounts # users that go by cascade
left app.users 3,4,5,6,9
logged "app.accounts 3, app.users 4"

pair "a partner whose rule is refused" "" ""
sed -i 's/id: users, table: app.users, category: old, clock: at/&s/' "$policy"
planned 8 "column-missing reference-cycle"
enforced 8
left app.accounts 1,3,5,7,8

pair "no right to delete from the other table" "" ""
sql -c "CREATE ROLE weak LOGIN" -c "GRANT USAGE ON SCHEMA app TO weak" \
    -c "GRANT SELECT ON ALL TABLES IN SCHEMA app TO weak" -c "GRANT DELETE ON app.accounts TO weak"
run 8 "$title: plan" plan --format json -U weak
is "$(errors)" "privilege" "$title: errors"
sql -c "GRANT DELETE ON app.users TO weak"
enforced 0 -U weak
left app.accounts 3,5

pair "a trigger that keeps rows from going by cascade" "" "ON DELETE CASCADE"
sql -c "CREATE FUNCTION app.keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'" \
    -c "CREATE TRIGGER keep BEFORE DELETE ON app.users FOR EACH ROW EXECUTE FUNCTION app.keep()"
planned 8 cascade-trigger
enforced 8
left app.users 1,2,3,4,5,6,7,8,9

# A row outside of the circle keeps what it refers to; one that goes with it does not.
pair "calls outside of the circle" "" ""
sql -c "CREATE TABLE app.calls (id int PRIMARY KEY, user_id int REFERENCES app.users,
        at timestamptz)" \
    -c "INSERT INTO app.calls VALUES (1, 2, app.young()), (2, 8, app.old())"
cat >>"$policy" <<'YAML'
  - {id: calls, table: app.calls, category: old, clock: at, action: purge}
YAML
planned 0 ""
is "$(jq -r '[.steps[].rule] | join(" ")' "$out")" "calls accounts users" "$title: the order"
counts accounts "2 0 2"
enforced 0
left app.calls 1
left app.accounts 1,3,5
left app.users 1,2,3,4,5

run 0 "$title: again" enforce_new --format json
is "$(jq '[.steps[] | .changed, .cascaded] | add' "$out")" 0 "$title: nothing is left to do"

pair "calls by cascade" "" ""
sql -c "CREATE TABLE app.calls (id int PRIMARY KEY,
        user_id int REFERENCES app.users ON DELETE CASCADE)" \
    -c "INSERT INTO app.calls VALUES (1, 2), (2, 8)"
planned 8 "cascade-unnamed reference-cycle"
sed -i 's/action: purge/&, cascade: [app.calls]/' "$policy"
planned 0 ""
beside=-2 enforced 0 # calls have no step of their own
changed accounts "3 6"
left app.calls none
logged "app.accounts 3, app.calls 2, app.users 6"

# Parents of a circle come after it, though the policy names them first.
pair "plans above the circle" "" ""
sql -c "CREATE TABLE app.plans (id int PRIMARY KEY, at timestamptz)" \
    -c "INSERT INTO app.plans VALUES (1, app.old()), (2, app.old())" \
    -c "ALTER TABLE app.accounts ADD plan_id int REFERENCES app.plans" \
    -c "UPDATE app.accounts SET plan_id = CASE WHEN id = 3 THEN 2 ELSE 1 END WHERE id <> 5"
sed -i '/^rules:/a \  - {id: plans, table: app.plans, category: old, clock: at, action: purge}' \
    "$policy"
planned 0 ""
is "$(jq -r '[.steps[].rule] | join(" ")' "$out")" "accounts users plans" "$title: the order"
counts plans "1 0 1"
enforced 0
left app.plans 2

# Three tables and a composite key with a NULL in one part, and one table that is partitioned.
begin "a composite circle over three tables" <<'SQL'
CREATE TABLE app.a (tenant int, id int, c_tenant int, c_id int, at timestamptz,
    PRIMARY KEY (tenant, id)) PARTITION BY LIST (tenant);
CREATE TABLE app.a1 PARTITION OF app.a FOR VALUES IN (1);
CREATE TABLE app.a2 PARTITION OF app.a FOR VALUES IN (2);
CREATE TABLE app.b (tenant int, id int, a_tenant int, a_id int, at timestamptz,
    PRIMARY KEY (tenant, id), FOREIGN KEY (a_tenant, a_id) REFERENCES app.a);
CREATE TABLE app.c (tenant int, id int, b_tenant int, b_id int, at timestamptz,
    PRIMARY KEY (tenant, id), FOREIGN KEY (b_tenant, b_id) REFERENCES app.b);
INSERT INTO app.a SELECT t, i, t, i, app.old()
    FROM generate_series(1, 2) t, generate_series(1, 4) i;
INSERT INTO app.b SELECT tenant, id, tenant, id, at FROM app.a;
INSERT INTO app.c SELECT tenant, id, tenant, id, at FROM app.a;
ALTER TABLE app.a ADD FOREIGN KEY (c_tenant, c_id) REFERENCES app.c;
UPDATE app.c SET at = app.young() WHERE tenant = 1 AND id = 1;
UPDATE app.c SET b_tenant = NULL WHERE tenant = 2 AND id = 3;
UPDATE app.a SET c_id = 1 WHERE tenant = 2 AND id = 4;
SQL
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: a, table: app.a, category: old, clock: at, action: purge}
  - {id: b, table: app.b, category: old, clock: at, action: purge}
  - {id: c, table: app.c, category: old, clock: at, action: purge}
YAML
planned 0 ""
counts a "7 0 1"
counts b "7 0 1"
counts c "7 0 0"
enforced 0
for t in a b c; do
    is "$(sql -c "SELECT string_agg(tenant || '-' || id, ' ') FROM app.$t")" 1-1 "$title: app.$t"
done
logged "app.a1 3, app.a2 4, app.b 7, app.c 7" # the leaf that the batch began in

# Two references to itself in one table, and two rules on it: a chat message answers one and quotes
# another.
begin "two references to itself" <<'SQL'
CREATE TABLE app.messages (id int PRIMARY KEY, answers int REFERENCES app.messages,
    quotes int REFERENCES app.messages ON DELETE CASCADE, draft boolean, at timestamptz);
INSERT INTO app.messages VALUES (1, NULL, NULL, false, app.old()), (2, 1, NULL, true, app.old()),
    (3, NULL, 2, false, app.old()), (4, NULL, NULL, false, app.old()), (5, 4, 3, false, app.old()),
    (6, NULL, 6, false, app.old()), (7, NULL, NULL, true, app.mid()),
    (8, 7, NULL, false, app.mid());
UPDATE app.messages SET answers = 3 WHERE id = 1;
SQL
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: drafts, table: app.messages, category: old, clock: at, only: draft, action: purge}
  - {id: all, table: app.messages, category: older, clock: at, action: purge}
YAML
planned 0 ""
counts drafts "1 0 1"
counts all "5 0 0"
enforced 0
left app.messages 7,8
logged "app.messages 6"

# A young user arrives in an account while its owner waits to be deleted: all is judged again, and
# only user 2, whom nobody needs, goes.
pair "a row that arrives meanwhile" "" ""
hold_lock "SELECT FROM app.users WHERE id = 1 FOR UPDATE"
enforce_new >"$out" 2>"$err" &
run_pid=$!
await_blocked
ok $? "$title: the run waits"
printf "INSERT INTO app.users VALUES (10, 1, app.young());\n" >&"${LOCKER[1]}"
release
wait $run_pid
is $? 0 "$title: exit 0"
left app.accounts 1,3,5
left app.users 1,3,4,5,10

# Two lanes, and more rows than one batch takes.
begin "many accounts on two lanes" <<'SQL'
CREATE TABLE app.accounts (id int PRIMARY KEY, owner_id int, at timestamptz);
CREATE TABLE app.users (id int PRIMARY KEY, account_id int REFERENCES app.accounts,
    at timestamptz, pad text);
INSERT INTO app.accounts SELECT g, g * 3, CASE WHEN g % 5 = 0 THEN app.young() ELSE app.old() END
    FROM generate_series(1, 4000) g;
INSERT INTO app.users SELECT g, (g + 2) / 3, app.old(), repeat('x', 500)
    FROM generate_series(1, 12000) g ORDER BY hashint4(g);
ALTER TABLE app.accounts ADD FOREIGN KEY (owner_id) REFERENCES app.users;
CREATE INDEX ON app.accounts (owner_id);
CREATE INDEX ON app.users (account_id);
SQL
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: users, table: app.users, category: old, clock: at, action: purge}
  - {id: accounts, table: app.accounts, category: old, clock: at, action: purge}
YAML
enforced 0 --jobs 2
is "$(rows app.accounts) $(rows app.users)" "800 800" "$title: left"
logged "app.accounts 3200, app.users 11200"

finish
