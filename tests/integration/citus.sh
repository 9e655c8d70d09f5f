#!/bin/bash
# Distributed, reference and local tables of Citus. Ends with 77, which ctest shows as skipped,
# where the extension is not installed.
#
# Runs on a server of its own, whose one node holds all shards; or, with PGRETAIN_CITUS set, on the
# cluster whose coordinator and database libpq's variables name. There the schema app and the roles
# stranger and eraser are dropped and made again.
# shellcheck disable=SC2119,SC2153  # enforce_new may stand alone; PG_TEMP is no PGTEMP
set -euo pipefail
if [[ -z ${PGRETAIN_CITUS:-}${PGTEMP:-} ]]; then
    [[ -e $(pg_config --pkglibdir)/citus.so ]] || {
        echo "skipped: Citus is not installed"
        exit 77
    }
    exec "$PG_TEMP" --option shared_preload_libraries=citus --option listen_addresses=localhost \
        --option max_prepared_transactions=100 -- "$0"
fi
if [[ -n ${PGRETAIN_CITUS:-} ]]; then
    PGTEMP=$(mktemp -d)
    export PGTEMP
    psql -Xq -c "DROP SCHEMA IF EXISTS app CASCADE" -c "DROP ROLE IF EXISTS stranger, eraser"
else
    psql -Xq -c "CREATE EXTENSION citus" \
        -c "SELECT citus_set_coordinator_host('localhost', current_setting('port')::int)" \
        -c "SELECT citus_set_node_property('localhost', current_setting('port')::int,
            'shouldhaveshards', true)" >"$PGTEMP/citus"
fi
# shellcheck source=tests/support/corners.sh
source "$(dirname "$0")/../support/corners.sh"

begin "distributed, reference and local tables" <<'SQL'
SET citus.shard_count = 8;
CREATE TABLE app.tenants (id int PRIMARY KEY, kept boolean NOT NULL);
CREATE TABLE app.calls (tenant int, id int, at timestamptz, note text, PRIMARY KEY (tenant, id));
CREATE TABLE app.notes (tenant int, id int, call int, at timestamptz, PRIMARY KEY (tenant, id));
CREATE TABLE app.rates (id int PRIMARY KEY, at timestamptz);
CREATE TABLE app.settings (id int PRIMARY KEY, at timestamptz);
CREATE TABLE app.plain (id int PRIMARY KEY, at timestamptz);
SELECT create_distributed_table('app.tenants', 'id') \gset
SELECT create_distributed_table('app.calls', 'tenant') \gset
SELECT create_distributed_table('app.notes', 'tenant') \gset
SELECT create_reference_table('app.rates') \gset
SELECT citus_add_local_table_to_metadata('app.settings') \gset
ALTER TABLE app.calls ADD FOREIGN KEY (tenant) REFERENCES app.tenants;
ALTER TABLE app.notes ADD FOREIGN KEY (tenant, call) REFERENCES app.calls (tenant, id);
INSERT INTO app.tenants SELECT g, g = 5 FROM generate_series(0, 19) g;
INSERT INTO app.calls SELECT g % 20, g, now() - CASE WHEN g % 3 = 0 THEN interval '1 day'
    ELSE interval '90 days' END, repeat('x', 100) FROM generate_series(1, 6000) g;
INSERT INTO app.notes SELECT g % 20, g, g, now() - interval '1 day' FROM generate_series(1, 40) g;
INSERT INTO app.rates SELECT g, now() - interval '90 days' * (g % 2) FROM generate_series(1, 100) g;
INSERT INTO app.settings SELECT * FROM app.rates;
INSERT INTO app.plain SELECT * FROM app.rates;
SQL
write_policy <<'YAML'
limits: {share: 100%}
holds: [{id: h, reason: r, table: app.tenants, where: kept, follow: true}]
rules:
  - {id: calls, table: app.calls, category: old, clock: at, action: purge}
  - {id: rates, table: app.rates, category: old, clock: at, action: purge}
  - {id: settings, table: app.settings, category: old, clock: at, action: purge}
  - {id: plain, table: app.plain, category: old, clock: at, action: purge}
YAML
# By id: due unless divisible by 3, on hold with tenant 5, and kept by notes up to 40.
due=$(sql -c "SELECT count(*) FROM generate_series(1, 6000) g
    WHERE g % 3 <> 0 AND g % 20 <> 5 AND g > 40")
held=$(sql -c "SELECT count(*) FROM generate_series(1, 6000) g WHERE g % 3 <> 0 AND g % 20 = 5")
planned 0 ""
counts calls "$due $held $((4000 - due - held))"
enforced 0
changed calls "$due 0"
for table in rates settings plain; do
    changed $table "50 0"
    is "$(rows app.$table)" 50 "$title: rows left in app.$table"
done
is "$(rows app.calls)" $((6000 - due)) "$title: rows left in app.calls"
is "$(sql -c "SELECT count(*) FROM app.calls
    WHERE at < now() - interval '30 days' AND tenant <> 5 AND id > 40")" 0 "$title: none is due"
is "$(committed "$audit")" $((due + 150)) "$title: each row is in the log"
run 0 "$title: the log is intact" "$PGRETAIN" audit verify "$audit"
run 0 "$title: again" enforce_new --format json
is "$(jq '[.steps[].changed] | add' "$out")" 0 "$title: nothing is left to do"

sed -i 's/id: calls, .*/id: calls, table: app.calls, category: old, clock: at,
     action: anonymise, mask: {note: null}}/' "$policy"
run 0 "$title: a mask" enforce_new --format json
is "$(sql -c "SELECT count(*) FROM app.calls WHERE note IS NULL")" $((4000 - due - held)) \
    "$title: what is not held is masked"

# A batch that writes on workers alone is settled by the coordinator's transaction id.
is "$(jq -rs '[.[] | select(.kind == "intent").xid] | (length > 0) and all(. != "")' "$audit")" \
    true "$title: every intent has a transaction id"

finish
