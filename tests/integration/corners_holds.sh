#!/bin/bash
# The corners of holds: small schemas where a row on hold was once in reach of a rule.
# shellcheck disable=SC2119  # enforce_new may stand alone
set -euo pipefail
# shellcheck source=tests/support/corners.sh
source "$(dirname "$0")/../support/corners.sh"

# Many holds on one table, and more ways to a held row than are followed.

begin "300 followed holds" <<'SQL'
CREATE TABLE app.users (id int PRIMARY KEY, at timestamptz);
CREATE TABLE app.calls (id int PRIMARY KEY, user_id int REFERENCES app.users, at timestamptz);
CREATE INDEX ON app.calls (user_id);
INSERT INTO app.users SELECT g, app.old() FROM generate_series(1, 310) g;
INSERT INTO app.calls SELECT g, g, app.old() FROM generate_series(1, 310) g;
SQL
{
    echo "holds:"
    for ((i = 1; i <= 300; i++)); do
        echo "  - {id: h$i, reason: r, table: app.users, where: 'users.id = $i', follow: true}"
    done
    echo "rules:"
    echo "  - {id: users, table: app.users, category: old, clock: at, action: purge}"
    echo "  - {id: calls, table: app.calls, category: old, clock: at, action: purge}"
} | write_policy
planned 0 ""
counts users "10 300 0"
counts calls "10 300 0"
enforced 0
left app.users "$(seq -s, 300)"
left app.calls "$(seq -s, 300)"

# ways LEVELS KEYS: app.t0 is held; each table refers to the one before it over so many keys.
ways() {
    begin "$1 levels of $2 foreign keys" <<SQL
CREATE TABLE app.t0 (id int PRIMARY KEY, at timestamptz);
INSERT INTO app.t0 VALUES (1, app.old()), (2, app.old());
DO \$\$ BEGIN FOR n IN 1..$1 LOOP
    EXECUTE format('CREATE TABLE app.t%s (id int PRIMARY KEY, at timestamptz)', n);
    FOR k IN 1..$2 LOOP
        EXECUTE format('ALTER TABLE app.t%s ADD r%s int REFERENCES app.t%s', n, k, n - 1);
    END LOOP;
    EXECUTE format('INSERT INTO app.t%1\$s VALUES (1, app.old() %2\$s), (2, app.old() %3\$s)', n,
        repeat(', 2', $2 - 1) || ', 1', repeat(', 2', $2));
END LOOP; END \$\$;
SQL
    write_policy <<YAML
holds: [{id: h, reason: r, table: app.t0, where: "t0.id = 1", follow: true}]
rules:
  - {id: last, table: app.t$1, category: old, clock: at, action: purge}
YAML
}
ways 8 2
planned 0 ""
enforced 0
counts last "1 1 0"
left app.t8 1
ways 9 2
run_refused hold-cycle
left app.t9 1,2
ways 16 1
planned 0 ""
enforced 0
left app.t16 1
ways 17 1
run_refused hold-cycle
left app.t17 1,2

# Holds on a partition.

begin "a followed hold on a partition" <<SQL
$partitions
CREATE TABLE app.notes (id int PRIMARY KEY, call_id int REFERENCES app.calls, at timestamptz);
INSERT INTO app.notes SELECT id, id, app.old() FROM app.calls;
SQL
write_policy <<'YAML'
holds: [{id: h, reason: r, table: app.calls_1, where: "true", follow: true}]
rules:
  - {id: notes, table: app.notes, category: old, clock: at, action: purge}
YAML
run_refused hold-on-partition
left app.notes 1,2,11,12
title="the same hold on the whole table"
sed -i 's/app.calls_1, where: "true"/app.calls, where: "calls.id < 10"/' "$policy"
planned 0 ""
enforced 0
counts notes "2 2 0"
left app.notes 1,2

begin "a hold on the only partition with a rule" <<<"$partitions"
write_policy <<'YAML'
holds: [{id: h, reason: r, table: app.calls_1, where: "calls_1.id = 1"}]
rules:
  - {id: part, table: app.calls_1, category: old, clock: at, action: purge}
YAML
planned 0 ""
enforced 0
counts part "1 1 0"
left app.calls 1,11,12
title="a hold on a partition and a rule on the tree"
sed -i 's/table: app.calls_1, category/table: app.calls, category/' "$policy"
run_refused hold-on-partition
left app.calls 1,11,12

# A followed hold over rows that refer to their own table.

for held in 1 3; do
    begin "a followed hold on account $held of 1 <- 2 <- 3" <<'SQL'
CREATE TABLE app.accounts (id int PRIMARY KEY, parent_id int REFERENCES app.accounts,
    at timestamptz);
CREATE TABLE app.users (id int PRIMARY KEY, account_id int REFERENCES app.accounts, at timestamptz);
INSERT INTO app.accounts VALUES (1, NULL, app.old()), (2, 1, app.old()), (3, 2, app.old()),
    (4, NULL, app.old());
INSERT INTO app.users SELECT id, id, app.old() FROM app.accounts;
SQL
    write_policy <<YAML
holds: [{id: h, reason: r, table: app.accounts, where: "accounts.id = $held", follow: true}]
rules:
  - {id: accounts, table: app.accounts, category: old, clock: at, action: purge}
  - {id: users, table: app.users, category: old, clock: at, action: purge}
YAML
    planned 0 ""
    counts users "$([[ $held == 1 ]] && echo 1 3 0 || echo 3 1 0)"
    counts accounts "$([[ $held == 1 ]] && echo 1 3 0 || echo 1 1 2)"
    enforced 0
    left app.users "$([[ $held == 1 ]] && echo 1,2,3 || echo 3)"
    left app.accounts 1,2,3
done

# Two tables that refer to each other, under a followed hold.

begin "a hold over a circle" <<'SQL'
CREATE TABLE app.accounts (id int PRIMARY KEY, owner_id int, at timestamptz);
CREATE TABLE app.users (id int PRIMARY KEY, account_id int REFERENCES app.accounts, at timestamptz);
ALTER TABLE app.accounts ADD FOREIGN KEY (owner_id) REFERENCES app.users;
CREATE TABLE app.calls (id int PRIMARY KEY, at timestamptz);
INSERT INTO app.accounts VALUES (1, NULL, app.old()), (2, NULL, app.old());
INSERT INTO app.users VALUES (1, 1, app.old()), (2, 2, app.old());
UPDATE app.accounts SET owner_id = 1 WHERE id = 2;
INSERT INTO app.calls VALUES (1, app.old());
SQL
write_policy <<'YAML'
holds: [{id: h, reason: r, table: app.accounts, where: "accounts.id = 1", follow: true}]
rules:
  - {id: calls, table: app.calls, category: old, clock: at, action: purge}
  - {id: users, table: app.users, category: old, clock: at, action: purge}
  - {id: accounts, table: app.accounts, category: old, clock: at, action: purge}
YAML
run_refused "hold-cycle reference-cycle"
left app.calls 1
left app.users 1,2
left app.accounts 1,2
title="a hold on the circle's other table, one rule"
sed -i '/id: \(calls\|accounts\)/d' "$policy"
run_refused hold-cycle
left app.users 1,2

finish
