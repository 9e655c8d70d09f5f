#!/bin/bash
# The corners of holds: small schemas where a row on hold was once in reach of a rule.
# shellcheck disable=SC2119  # enforce_new may stand alone
set -euo pipefail
# shellcheck source=tests/support/corners.sh
source "$(dirname "$0")/../support/corners.sh"

# Many holds on one table, and more ways to a held row than are spelled one by one.

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
for shape in "5 2" "6 2" "20 3" "1 40" "16 1" "17 1" "60 1"; do
    # shellcheck disable=SC2086  # two words
    ways $shape
    planned 0 ""
    counts last "1 1 0"
    enforced 0
    left "app.t${shape% *}" 1
done

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

# Tables that refer to one another, under a followed hold: account 1 is held, and so are user 1 in
# it, account 2 that user 1 owns, user 2 in that, account 3; nobody owns account 1. Account 9 is
# owned by its own user.

circle() { # circle TITLE
    begin "$1" <<'SQL'
CREATE TABLE app.accounts (id int PRIMARY KEY, owner_id int, at timestamptz);
CREATE TABLE app.users (id int PRIMARY KEY, account_id int REFERENCES app.accounts, at timestamptz);
CREATE TABLE app.calls (id int PRIMARY KEY, user_id int REFERENCES app.users, at timestamptz);
CREATE INDEX ON app.calls (user_id);
INSERT INTO app.accounts SELECT g, CASE g WHEN 1 THEN NULL WHEN 2 THEN 1 WHEN 3 THEN 2 ELSE g END,
    app.old() FROM unnest('{1, 2, 3, 9}'::int[]) g;
INSERT INTO app.users SELECT id, id, app.old() FROM app.accounts UNION ALL
    VALUES (5, NULL, app.old()), (8, 9, app.young());
INSERT INTO app.calls SELECT id, id, app.old() FROM app.users UNION ALL
    VALUES (6, NULL, app.old()), (7, 3, app.young());
ALTER TABLE app.accounts ADD FOREIGN KEY (owner_id) REFERENCES app.users ON DELETE SET NULL;
CREATE INDEX ON app.accounts (owner_id);
CREATE INDEX ON app.users (account_id);
SQL
    write_policy <<'YAML'
holds: [{id: h, reason: r, table: app.accounts, where: "accounts.id = 1", follow: true}]
rules:
  - {id: calls, table: app.calls, category: old, clock: at, action: purge}
  - {id: users, table: app.users, category: old, clock: at, action: purge}
  - {id: accounts, table: app.accounts, category: old, clock: at, action: purge}
YAML
}
circle "a hold over a circle"
planned 0 ""
counts calls "4 3 0"
counts users "2 3 0"
counts accounts "0 3 1"
enforced 0
left app.calls 1,2,3,7
left app.users 1,2,3,8
left app.accounts 1,2,3,9
is "$(sql -c "SELECT owner_id IS NULL FROM app.accounts WHERE id = 9")" t "$title: SET NULL"

circle "a hold on the circle's other table"
sed -i 's/app.accounts, where: "accounts.id = 1"/app.users, where: "id = 2"/' "$policy"
planned 0 ""
counts calls "5 2 0"
counts users "3 2 0"
counts accounts "1 1 2"
enforced 0
left app.calls 2,3,7
left app.users 2,3,8
left app.accounts 2,3,9

circle "a hold over a circle of two NO ACTION keys"
sql -c "ALTER TABLE app.accounts DROP CONSTRAINT accounts_owner_id_fkey,
    ADD FOREIGN KEY (owner_id) REFERENCES app.users"
planned 0 ""
counts calls "4 3 0"
counts users "1 3 1"
counts accounts "0 3 1"
enforced 0
left app.calls 1,2,3,7
left app.users 1,2,3,8,9
left app.accounts 1,2,3,9

circle "an unknown condition in a circle holds"
sed -i 's/"accounts.id = 1"/"nullif(id, 3) < 3"/' "$policy"
planned 0 ""
counts calls "4 3 0"
enforced 0
left app.calls 1,2,3,7

# Keys of several types, composite, unique but not primary, a table without a primary key, and one
# that refers to itself: the held firm 1 <- team x <- team y <- seat (y, 7) <- person 3 <- firm 4.
begin "a circle of many kinds of keys" <<'SQL'
CREATE DOMAIN app.code AS varchar(9) NOT NULL;
CREATE TABLE app.firms (id bigint PRIMARY KEY, tax text COLLATE "C" UNIQUE, boss numeric(9, 2));
CREATE TABLE app.teams (code app.code UNIQUE, firm text COLLATE "C" REFERENCES app.firms (tax),
    above varchar(20) REFERENCES app.teams (code));
CREATE TABLE app.seats (team varchar(9) REFERENCES app.teams (code), n smallint, at timestamptz,
    UNIQUE (n, team)) PARTITION BY LIST (n);
CREATE TABLE app.seats_7 PARTITION OF app.seats FOR VALUES IN (7);
CREATE TABLE app.seats_8 PARTITION OF app.seats DEFAULT;
CREATE TABLE app.people (id numeric(5, 0) UNIQUE, team text, n bigint, at timestamptz,
    FOREIGN KEY (team, n) REFERENCES app.seats (team, n));
ALTER TABLE app.firms ADD FOREIGN KEY (boss) REFERENCES app.people (id);
CREATE TABLE app.logs (id int PRIMARY KEY, firm int REFERENCES app.firms, at timestamptz);
INSERT INTO app.firms VALUES (1, 'f1'), (2, NULL), (3, 'f3'), (4, 'f4');
INSERT INTO app.teams VALUES ('x', 'f1', NULL), ('y', NULL, 'x'), ('z', 'f3', NULL),
    ('u', NULL, 'u');
INSERT INTO app.seats VALUES ('y', 7), ('y', 8), ('z', 7), ('z', NULL), ('u', 9);
INSERT INTO app.people VALUES (3, 'y', 7), (4, 'z', 7), (5, 'x', NULL), (6, NULL, 8), (7, 'u', 9);
UPDATE app.firms SET boss = id - 1 WHERE id = 4;
UPDATE app.firms SET boss = 4 WHERE id = 3;
INSERT INTO app.logs SELECT g, g, app.old() FROM generate_series(1, 4) g;
INSERT INTO app.logs VALUES (5, NULL, app.old());
UPDATE app.seats SET at = app.old();
UPDATE app.people SET at = app.old();
SQL
write_policy <<'YAML'
holds: [{id: h, reason: r, table: app.firms, where: "id = 1", follow: true}]
rules:
  - {id: logs, table: app.logs, category: old, clock: at, action: purge}
  - {id: people, table: app.people, category: old, clock: at, action: purge}
YAML
planned 0 ""
counts logs "3 2 0"
counts people "3 1 1"
enforced 0
left app.people 3,4
left app.logs 1,4

# What a row costs depends on what lies above it, not on how many rows there are or are held: pages
# that the count of 100 due calls touches, where users are in partitions and no foreign key has an
# index.
pages() { # pages ACCOUNTS
    begin "a circle of $1 accounts" <<SQL
CREATE TABLE app.accounts (id int PRIMARY KEY, owner_id int, at timestamptz);
CREATE TABLE app.users (id int PRIMARY KEY, account_id int REFERENCES app.accounts)
    PARTITION BY HASH (id);
DO \$\$ BEGIN FOR n IN 0..15 LOOP
    EXECUTE format('CREATE TABLE app.users_%s PARTITION OF app.users
        FOR VALUES WITH (MODULUS 16, REMAINDER %s)', n, n);
END LOOP; END \$\$;
CREATE TABLE app.calls (id int PRIMARY KEY, user_id int REFERENCES app.users, at timestamptz);
INSERT INTO app.accounts SELECT g, g FROM generate_series(1, $1) g;
INSERT INTO app.users SELECT g, (g - 1) % $1 + 1 FROM generate_series(1, 10 * $1) g;
ALTER TABLE app.accounts ADD FOREIGN KEY (owner_id) REFERENCES app.users;
INSERT INTO app.calls SELECT g, 2 * $1 - g % $1, app.old() FROM generate_series(1, 100) g;
VACUUM ANALYZE;
SQL
    write_policy <<'YAML'
holds: [{id: h, reason: r, table: app.accounts, where: "id % 2 = 0", follow: true}]
rules: [{id: calls, table: app.calls, category: old, clock: at, action: purge}]
YAML
    plan --sql | sed -n '/^SET /p; /^PREPARE count_rows/,/^EXECUTE/p' |
        sed 's/^EXECUTE/EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE/' | sql |
        jq '.[0].Plan | ."Shared Hit Blocks" + ."Shared Read Blocks"'
}
few=$(pages 20)
many=$(pages 4000)
((few > 100 && many < 3 * few))
ok $? "a row costs what lies above it: $few pages with 20 accounts, $many with 4,000"

# Conditions on a register, and what the role may not read.

register() { # register TITLE WHERE
    begin "$1" <<'SQL'
CREATE TABLE app.accounts (id int PRIMARY KEY, at timestamptz);
CREATE TABLE app.calls (id int PRIMARY KEY, account_id int REFERENCES app.accounts, at timestamptz);
CREATE TABLE app.register (account_id int, released_at timestamptz, kept boolean);
INSERT INTO app.accounts SELECT g, app.old() FROM generate_series(1, 4) g;
INSERT INTO app.calls SELECT g, g, app.old() FROM generate_series(1, 4) g;
INSERT INTO app.register VALUES (1, NULL, true), (2, now(), false), (3, NULL, NULL);
GRANT SELECT, DELETE ON app.calls TO eraser;
GRANT SELECT ON app.accounts, app.register TO eraser;
SQL
    write_policy <<YAML
holds: [{id: h, reason: r, table: app.accounts, follow: true, where: "$2"}]
rules: [{id: calls, table: app.calls, category: old, clock: at, action: purge}]
YAML
}
open="exists (select from app.register r
      where r.account_id = accounts.id and r.released_at is null)"
register "a live register" "$open"
PGUSER=eraser planned 0 ""
counts calls "2 2 0"
PGUSER=eraser enforced 0
left app.calls 1,3

register "a register that says NULL holds" \
    "(select kept from app.register r where r.account_id = accounts.id)"
enforced 0
left app.calls 1,3,4

register "a register that this role cannot read" "$open"
sql -c "REVOKE SELECT ON app.register FROM eraser"
PGUSER=eraser run_refused hold-invalid
left app.calls 1,2,3,4

register "held rows that this role cannot read" "$open"
sql -c "REVOKE SELECT ON app.accounts FROM eraser"
PGUSER=eraser planned 8 privilege
PGUSER=eraser enforced 8
left app.calls 1,2,3,4

register "a condition that fails for a row" "1 / (id - 2) > 0"
planned 8 expression-fails
enforced 8
left app.calls 1,2,3,4

circle "a table on the way that this role cannot read"
sql -c "GRANT SELECT, DELETE ON app.calls, app.users TO eraser"
sed -i '/id: accounts/d' "$policy"
PGUSER=eraser planned 8 privilege
is "$(jq -r '[.findings[] | select(.code == "privilege").table] | unique | join(" ")' "$out")" \
    "app.calls app.users" "$title: rules that it concerns"
PGUSER=eraser enforced 8
left app.calls 1,2,3,5,6,7,8,9

finish
