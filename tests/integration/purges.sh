#!/bin/bash
# What tools that delete expired rows are tested for elsewhere: keys of any kind and none, triggers,
# privileges, changes of the schema on the way, partitions of an ordinary role.
# shellcheck disable=SC2119  # enforce_new may stand alone
set -euo pipefail
# shellcheck source=tests/support/corners.sh
source "$(dirname "$0")/../support/corners.sh"

one_rule() { # one_rule TABLE [MORE]
    write_policy <<YAML
limits: {share: 100%}
rules:
  - {id: one, table: $1, category: old, clock: at, action: purge${2:-}}
YAML
}
text_of() { sql -c "SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM $1 t WHERE $2"; }

begin "a thousand and one rows, and five that live" <<'SQL'
CREATE TABLE app.t (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), at timestamptz, pad text,
    doc jsonb, "Odd ""name" numeric[], big bytea);
INSERT INTO app.t (at, pad, doc, "Odd ""name", big)
    SELECT CASE WHEN g % 200 = 7 AND g < 1000 THEN app.young() ELSE app.old() END,
        repeat(g::text, g % 900), jsonb_build_object('g', g), ARRAY[g, NULL],
        sha256(g::text::bytea)
    FROM generate_series(1, 1006) g;
SQL
one_rule app.t
before=$(text_of app.t "at > now() - interval '2 days'")
enforced 0
changed one "1001 0"
is "$(rows app.t)" 5 "$title: left"
is "$(text_of app.t true)" "$before" "$title: as they were"

# Keys of every kind, also descending, collated, of several columns; no batch goes along a key.
for key in "int2" "int8" "numeric(20,5)" "real" "boolean" "char(3)" "text COLLATE \"C\"" \
    "text COLLATE \"en-x-icu\"" "date" "timestamp" "interval" "inet" "bytea" "oid" "bit(4)"; do
    begin "a key of type $key" <<SQL
CREATE TABLE app.t (k $key, "quote-kw-col" int, n int, at timestamptz,
    PRIMARY KEY (k, "quote-kw-col", n));
CREATE UNIQUE INDEX ON app.t (k DESC, "quote-kw-col", n);
INSERT INTO app.t SELECT v::$key, g % 3, g, CASE WHEN g % 4 = 0 THEN app.young() ELSE app.old() END
    FROM generate_series(1, 40) g, LATERAL (SELECT CASE '$key' WHEN 'boolean' THEN (g % 2)::text
        WHEN 'inet' THEN '10.0.0.' || g WHEN 'bit(4)' THEN (g % 16)::bit(4)::text
        WHEN 'interval' THEN g || ' days' WHEN 'date' THEN CASE g % 5 WHEN 0 THEN 'infinity'
            WHEN 1 THEN '-infinity' ELSE '2020-01-0' || g % 5 END
        WHEN 'timestamp' THEN CASE g % 3 WHEN 0 THEN 'infinity' ELSE '2020-01-02 03:04' END
        ELSE g::text END) AS v (v);
SQL
    one_rule app.t
    enforced 0
    is "$(sql -c "SELECT count(*), count(*) FILTER (WHERE n % 4 = 0) FROM app.t")" "10|10" \
        "$title: the young ones are left"
done

begin "no key, and rows that are equal" <<'SQL'
CREATE TABLE app.t (a int, at timestamptz);
INSERT INTO app.t SELECT 1, CASE WHEN g <= 3 THEN app.old() ELSE app.young() END
    FROM generate_series(1, 5) g;
CREATE INDEX ON app.t (a);
SQL
one_rule app.t
enforced 0
is "$(rows app.t)" 2 "$title: left"

begin "the child of a parent that lives, and one without a parent" <<'SQL'
CREATE TABLE app.parents (id int PRIMARY KEY, at timestamptz);
CREATE TABLE app.t (id int PRIMARY KEY, parent int REFERENCES app.parents, at timestamptz);
INSERT INTO app.parents VALUES (1, app.young()), (2, app.old()), (3, app.old());
INSERT INTO app.t VALUES (1, 1, app.old()), (2, NULL, app.young()), (3, 3, app.young());
SQL
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: parents, table: app.parents, category: old, clock: at, action: purge}
  - {id: t, table: app.t, category: old, clock: at, action: purge}
YAML
planned 0 ""
counts parents "1 0 1"
enforced 0
left app.parents 1,3
left app.t 2,3

begin "a trigger that keeps a row" <<'SQL'
CREATE TABLE app.t (id int PRIMARY KEY, at timestamptz);
INSERT INTO app.t SELECT g, app.old() FROM generate_series(1, 5) g;
CREATE FUNCTION app.keep() RETURNS trigger LANGUAGE plpgsql
    AS 'BEGIN RETURN CASE WHEN old.id <> 3 THEN old END; END';
CREATE TRIGGER keep BEFORE DELETE ON app.t FOR EACH ROW EXECUTE FUNCTION app.keep();
SQL
one_rule app.t
run 8 "$title: enforce" enforce_new --format json
is "$(step one '\(.state) \(.changed) \(.left)')" "partial 4 1" "$title: it is told"
is "$(committed "$audit")" 4 "$title: the log has what went"
left app.t 3

begin "a trigger that may not write where it writes" <<'SQL'
CREATE TABLE app.t (id int PRIMARY KEY, at timestamptz);
CREATE TABLE app.other (id int PRIMARY KEY, at timestamptz);
CREATE TABLE app.history (id int);
INSERT INTO app.t VALUES (1, app.old()), (2, app.young());
INSERT INTO app.other TABLE app.t;
CREATE FUNCTION app.note() RETURNS trigger LANGUAGE plpgsql
    AS 'BEGIN INSERT INTO app.history VALUES (old.id); RETURN old; END';
CREATE TRIGGER note BEFORE DELETE ON app.t FOR EACH ROW EXECUTE FUNCTION app.note();
GRANT SELECT, DELETE ON app.t, app.other TO eraser;
SQL
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: one, table: app.t, category: old, clock: at, action: purge}
  - {id: other, table: app.other, category: old, clock: at, action: purge}
YAML
run 8 "$title: enforce" enforce_new --format json -U eraser
is "$(step one '\(.state) \(.changed) \(.sqlstate)')" "failed 0 42501" "$title: it is told"
left app.t 1,2
left app.other 2

begin "a schema without USAGE" <<'SQL'
CREATE SCHEMA closed;
CREATE TABLE closed.t (id int PRIMARY KEY, at timestamptz);
INSERT INTO closed.t VALUES (1, app.old());
GRANT SELECT, DELETE ON closed.t TO eraser;
SQL
one_rule closed.t
run 8 "$title: enforce" enforce_new --format json -U eraser
says "$out" "lacks USAGE" "$title: it is named"
left closed.t 1
sql -c "SET client_min_messages = error" -c "DROP SCHEMA closed CASCADE"

# The second table changes while the first one's batch waits.
begin "a change of the schema on the way" <<'SQL'
CREATE TABLE app.t (id int PRIMARY KEY, at timestamptz);
CREATE TABLE app.other (id int PRIMARY KEY, at timestamptz);
INSERT INTO app.t SELECT g, app.old() FROM generate_series(1, 3) g;
INSERT INTO app.other TABLE app.t;
SQL
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: one, table: app.t, category: old, clock: at, action: purge}
  - {id: other, table: app.other, category: old, clock: at, action: purge}
YAML
hold_lock "SELECT FROM app.t WHERE id = 2 FOR UPDATE"
enforce_new --jobs 1 --format json >"$out" 2>"$err" &
run_pid=$!
await_blocked
ok $? "$title: the run waits"
sql -c "ALTER TABLE app.other ADD COLUMN secret text"
release
run_status=0
wait $run_pid || run_status=$?
is $run_status 5 "$title: exit 5"
is "$(step other '\(.state) \(.reason)' | cut -c1-31)" "refused the table's definition " \
    "$title: the changed table is refused"
left app.t none
left app.other 1,2,3

# Retention of partitions by an ordinary role that owns the tree; empty ones and holes are no
# obstacle, and the day of the cutoff stays.
begin "partitions of an ordinary role" <<'SQL'
GRANT CREATE ON SCHEMA app TO eraser;
SET ROLE eraser;
CREATE TABLE app.days (id int, at date) PARTITION BY RANGE (at);
CREATE TABLE app.empty (id int, at date) PARTITION BY RANGE (at);
DO $$ BEGIN FOR d IN 1..6 LOOP
    IF d <> 3 THEN
        EXECUTE format('CREATE TABLE app.d%s PARTITION OF app.days FOR VALUES FROM (%L) TO (%L)',
            d, date '2024-01-01' + d, date '2024-01-02' + d);
    END IF;
END LOOP; END $$;
INSERT INTO app.days SELECT d, date '2024-01-01' + d FROM unnest('{1, 2, 5, 6}'::int[]) d;
SQL
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: days, table: app.days, category: old, clock: at, action: purge}
  - {id: empty, table: app.empty, category: old, clock: at, action: purge}
YAML
run 0 "$title: enforce" enforce_new --format json -U eraser --as-of 2024-02-05T12:00:00Z
is "$(step days '\(.strategy) \(.changed)')" "partition 2" "$title: two rows, by partition"
is "$(sql -c "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class
    WHERE relnamespace = 'app'::regnamespace AND relispartition")" "d4 d5 d6" \
    "$title: the day of the cutoff stays, and so does an empty partition"
left app.days 5,6

finish
