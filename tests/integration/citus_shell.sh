#!/bin/bash
# What is made of Citus's own catalogue, with tables that only look distributed: its relations are
# here under their names, and shards of such sizes. What Citus does with the statements is tested
# where it is installed, by citus.sh.
# shellcheck disable=SC2119  # enforce_new may stand alone
set -euo pipefail
# shellcheck source=tests/support/corners.sh
source "$(dirname "$0")/../support/corners.sh"

sql <<'SQL'
SET allow_system_table_mods = on;
CREATE TABLE pg_catalog.pg_dist_partition (logicalrelid regclass, partmethod "char", partkey text,
    colocationid int, repmodel "char");
CREATE TABLE pg_catalog.citus_shards (table_name regclass, shardid bigint, shard_size bigint);
CREATE FUNCTION pg_catalog.column_to_column_name(regclass, text) RETURNS text
    LANGUAGE sql AS 'SELECT $2';
GRANT SELECT ON pg_catalog.pg_dist_partition, pg_catalog.citus_shards TO PUBLIC;
SQL

begin "tables of Citus" <<'SQL'
CREATE TABLE app.calls (tenant int, id int, at timestamptz, note text, PRIMARY KEY (tenant, id));
CREATE TABLE app.days (tenant int, id int, at timestamptz) PARTITION BY RANGE (id);
CREATE TABLE app.days_1 PARTITION OF app.days FOR VALUES FROM (0) TO (1000);
CREATE TABLE app.days_2 PARTITION OF app.days FOR VALUES FROM (1000) TO (10000);
CREATE TABLE app.rates (id int PRIMARY KEY, at timestamptz);
CREATE TABLE app.plain (id int PRIMARY KEY, at timestamptz);
INSERT INTO app.calls SELECT g % 7, g, CASE WHEN g % 3 = 0 THEN app.young() ELSE app.old() END,
    repeat('x', 100) FROM generate_series(1, 3000) g;
INSERT INTO app.days SELECT tenant, id, at FROM app.calls;
INSERT INTO app.rates SELECT id, at FROM app.calls;
INSERT INTO app.plain SELECT id, at FROM app.calls;
INSERT INTO pg_dist_partition VALUES ('app.calls', 'h', 'tenant', 1, 's'),
    ('app.days', 'h', 'tenant', 1, 's'), ('app.days_1', 'h', 'tenant', 1, 's'),
    ('app.days_2', 'h', 'tenant', 1, 's'), ('app.rates', 'n', NULL, 2, 't');
-- A shard on two nodes, one of its copies larger.
INSERT INTO citus_shards VALUES ('app.calls', 1, 400000), ('app.calls', 1, 600000),
    ('app.calls', 2, 300000), ('app.days_1', 3, 800000), ('app.days_2', 4, 800000),
    ('app.rates', 5, 400000);
SQL
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: calls, table: app.calls, category: old, clock: at, action: purge}
  - {id: days, table: app.days, category: old, clock: at, action: purge}
  - {id: rates, table: app.rates, category: old, clock: at, action: purge}
  - {id: plain, table: app.plain, category: old, clock: at, action: purge}
YAML
planned 0 ""
is "$(jq -r '.findings[] | select(.code == "citus") | .rule + ": " + .message' "$out" | sort)" \
    "calls: app.calls is a distributed table of Citus: batches go to all its shards (2) at once
days: app.days is a distributed table of Citus: batches go to all its shards (0) at once
rates: app.rates is a reference table of Citus: batches go to all its shards (1) at once" \
    "$title: the findings"
for table in calls days rates plain; do
    counts $table "2000 0 0"
done
enforced 0
for table in calls days rates plain; do
    changed $table "2000 0"
    is "$(rows app.$table)" 1000 "$title: rows left in app.$table"
done
run 0 "$title: the log is intact" "$PGRETAIN" audit verify "$audit"

# Locked rows are not skipped, which Citus cannot do; the range is halved around them.
begin "a locked row" <<'SQL'
CREATE TABLE app.calls (tenant int, id int, at timestamptz, PRIMARY KEY (tenant, id));
INSERT INTO app.calls SELECT 1, g, app.old() FROM generate_series(1, 20) g;
DELETE FROM pg_dist_partition;
INSERT INTO pg_dist_partition VALUES ('app.calls', 'h', 'tenant', 1, 's');
SQL
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: calls, table: app.calls, category: old, clock: at, action: purge}
YAML
hold_lock "SELECT FROM app.calls WHERE id = 7 FOR UPDATE"
run 8 "$title: enforce" enforce_new --format json
is "$(step calls '\(.changed) \(.locked) \(.left)')" "19 1 1" "$title: the others went"
release

finish
