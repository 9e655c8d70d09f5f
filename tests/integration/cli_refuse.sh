#!/bin/bash
# Tables and roles that a run must leave alone, loudly.
set -euo pipefail
# shellcheck source=tests/support/shell.sh
source "$(dirname "$0")/../support/shell.sh"

refused() { # refused NAME CODE: enforce does not succeed, deletes nothing, names the finding
    fails "$1: enforce does not succeed" enforce_new
    is "$(rows app.calls)" 20 "$1: nothing is deleted"
    plan --format json >"$out" 2>"$err"
    is "$(jq -r '[.findings[] | select(.severity == "error").code] | unique | join(" ")' "$out")" \
        "$2" "$1: the plan's error is $2"
}

as_eraser() { # as_eraser COMMAND...: as a role without powers of its own
    PGUSER=eraser "$@"
}

fresh_role() {
    fresh
    sql <<'SQL'
SET client_min_messages = error;
DO $$ BEGIN CREATE ROLE eraser LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE owner LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
GRANT USAGE ON SCHEMA app TO eraser;
GRANT SELECT, UPDATE, DELETE ON ALL TABLES IN SCHEMA app TO eraser;
SQL
}

fresh_role
run 0 "a role with DELETE and SELECT" as_eraser enforce_new
is "$(rows app.calls)" 10 "purges"

fresh_role
sql -c "REVOKE DELETE ON app.calls FROM eraser"
as_eraser refused "a role without DELETE" privilege
fresh_role
sql -c "REVOKE SELECT ON app.calls FROM eraser"
fails "a role without SELECT: enforce does not succeed" as_eraser enforce_new
is "$(rows app.calls)" 20 "a role without SELECT: nothing is deleted"
fresh_role
sql -c "REVOKE USAGE ON SCHEMA app FROM eraser"
fails "a role without USAGE on the schema: enforce does not succeed" as_eraser enforce_new
is "$(rows app.calls)" 20 "a role without USAGE on the schema: nothing is deleted"


# What is missing is named as GRANT says it, and the hint is the statement.
lacks() { # lacks PRIVILEGES "OBJECT": of the policy as it is
    run 3 "check without $1" as_eraser "$PGRETAIN" check --live "$policy"
    says "$out" "role eraser lacks $1 on $2 .*.privilege" "names $1"
    says "$out" "hint: GRANT $1 ON " "says how to grant $1"
}
write_policy <<'YAML'
rules:
  - {table: app.calls, category: old, clock: started_at, action: anonymise,
     mask: {note: null, n: null}}
YAML
fresh_tables() { # an UPDATE of every column but `note` and `n`
    sql -c "REVOKE ALL ON app.calls FROM eraser" -c "GRANT USAGE ON SCHEMA app TO eraser" \
        -c "GRANT SELECT, UPDATE (id) ON app.calls TO eraser"
}
fresh_tables
lacks "UPDATE \(note, n\)" app.calls
sql -c "GRANT UPDATE (note, n) ON app.calls TO eraser"
run 0 "check with the columns granted" as_eraser "$PGRETAIN" check --live "$policy"
sql -c "REVOKE SELECT ON app.calls FROM eraser" -c "GRANT SELECT (id) ON app.calls TO eraser"
lacks SELECT app.calls
says "$out" "SELECT has to be on the whole table" "a column is not enough to read"
sql -c "REVOKE USAGE ON SCHEMA app FROM eraser"
lacks USAGE "schema app"
fresh_tables
sql -c "GRANT UPDATE ON app.calls TO eraser" \
    -c "CREATE FUNCTION app.f(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT \$1'" \
    -c "CREATE INDEX ON app.calls (app.f(note))" -c "REVOKE ALL ON FUNCTION app.f FROM public"
run 3 "check without EXECUTE" as_eraser "$PGRETAIN" check --live "$policy"
says "$out" "lacks EXECUTE on function app.f in index app.calls_f_idx of app.calls" \
    "names the function"
fails "and enforce does not succeed" as_eraser enforce_new
fresh

fresh_role
sql -c "ALTER TABLE app.calls ENABLE ROW LEVEL SECURITY"
fails "row security that hides all rows: not a silent success" as_eraser enforce_new
is "$(rows app.calls)" 20 "row security: nothing is deleted"
sql -c "CREATE POLICY first_five ON app.calls USING (id < 6)"
fails "row security that hides some rows: not a silent success" as_eraser enforce_new
is "$(rows app.calls)" 20 "row security: nothing is deleted"

fresh
sql -c "ALTER TABLE app.calls RENAME TO base" -c "CREATE VIEW app.calls AS TABLE app.base"
refused "a view" not-a-table
fresh
sql -c "ALTER TABLE app.calls RENAME TO base" \
    -c "CREATE MATERIALIZED VIEW app.calls AS TABLE app.base"
refused "a materialised view" not-a-table
fresh
sql -c "CREATE TABLE app.other AS TABLE app.calls" -c "DROP TABLE app.other"
sed -i 's/app[.]calls/app.other/' "$policy"
refused "a table that is gone" table-missing
fresh
sed -i 's/app[.]calls/app.Calls/' "$policy"
refused "a name that differs in case" table-missing
fresh
sed -i 's/app[.]calls/app.nothing_*/' "$policy"
refused "a pattern without a match" table-missing

if [[ -f $(pg_config --sharedir 2>/dev/null)/extension/file_fdw.control ||
    $(sql -c "SELECT count(*) FROM pg_available_extensions WHERE name = 'file_fdw'") == 1 ]]; then
    fresh
    sql -c "CREATE EXTENSION IF NOT EXISTS file_fdw" \
        -c "CREATE SERVER IF NOT EXISTS files FOREIGN DATA WRAPPER file_fdw" \
        -c "COPY app.calls TO '$PGTEMP/calls.csv' (FORMAT csv)" -c "DROP TABLE app.calls" \
        -c "CREATE FOREIGN TABLE app.calls (id int, started_at timestamptz, note text, n int)
            SERVER files OPTIONS (filename '$PGTEMP/calls.csv', format 'csv')"
    refused "a foreign table" not-a-table
else
    ok 1 "file_fdw is not installed: the foreign table was not tried"
fi

# A cascade into a table that the policy does not name.
fresh
sql -c "CREATE TABLE app.parts (call_id int REFERENCES app.calls ON DELETE CASCADE)" \
    -c "INSERT INTO app.parts SELECT id FROM app.calls"
refused "a cascade into an unnamed table" cascade-unnamed
is "$(rows app.parts)" 20 "its rows stay"

# A trigger that keeps the child would leave an orphan under a valid foreign key.
fresh
sql <<'SQL'
CREATE TABLE app.parts (call_id int REFERENCES app.calls ON DELETE CASCADE);
INSERT INTO app.parts SELECT id FROM app.calls;
CREATE FUNCTION app.keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER keep BEFORE DELETE ON app.parts FOR EACH ROW EXECUTE FUNCTION app.keep();
SQL
sed -i 's/action: purge/action: purge, cascade: [app.parts]/' "$policy"
refused "a BEFORE DELETE trigger on a cascaded child" cascade-trigger
is "$(rows app.parts)" 20 "its rows stay"

# A table owner's trigger would run with a superuser's powers.
fresh_role
sql <<'SQL'
ALTER TABLE app.calls OWNER TO owner;
GRANT ALL ON SCHEMA app TO owner;
SET ROLE owner;
CREATE FUNCTION app.take() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN ALTER ROLE owner SUPERUSER; RETURN OLD; END $$;
CREATE TRIGGER take BEFORE DELETE ON app.calls FOR EACH ROW EXECUTE FUNCTION app.take();
RESET ROLE;
SQL
refused "an owner's trigger under a superuser" owner-code
is "$(sql -c "SELECT rolsuper FROM pg_roles WHERE rolname = 'owner'")" f \
    "the owner did not become superuser"
sql -c "CREATE OR REPLACE FUNCTION app.take() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN RETURN OLD; END'"
run 0 "with --trust-owners" enforce_new --trust-owners
is "$(rows app.calls)" 10 "the due rows are gone"

# Nor may it run in check, which asks the server about constraints, defaults and index expressions.
fresh_role
sql <<'SQL'
GRANT ALL ON SCHEMA app TO owner;
SET ROLE owner;
CREATE FUNCTION app.spy(text) RETURNS text IMMUTABLE LANGUAGE plpgsql AS
    $$ BEGIN RAISE LOG 'spied as %', current_user; RETURN $1; END $$;
CREATE DOMAIN app.word AS text CHECK (app.spy(VALUE) <> '');
CREATE TABLE app.spied (id int PRIMARY KEY, started_at timestamptz, a text CHECK (app.spy(a) <> ''),
    b app.word, c text DEFAULT app.spy('c'), d text);
CREATE UNIQUE INDEX ON app.spied (app.spy(d));
RESET ROLE;
SQL
write_policy <<'YAML'
rules:
  - {table: app.spied, category: old, clock: started_at, action: anonymise,
     mask: {a: empty, b: {fixed: word}, c: default, d: null}}
YAML
run 3 "check on an owner's functions under a superuser" "$PGRETAIN" check --live "$policy"
for what in "constraint spied_a_check" "constraint word_check" "a generated column or default" \
    "index app.spied_spy_idx"; do
    says "$out" "app.spy in $what .owner-code" "names the function in $what"
done
grep -q "spied as postgres" "$PGTEMP_LOG"
ok $((! $?)) "none of them ran"
run 3 "as a plain role" as_eraser "$PGRETAIN" check --live "$policy"
grep -q "spied as eraser" "$PGTEMP_LOG"
ok $? "where it gains nothing it is asked"

# Expressions that would escape their brackets.
# shellcheck disable=SC2016  # the dollar is SQL's
for expression in 'true) OR (true' 'k) is false) or ((false' 'true, true' 'n' \
    '(select true), true' 'true; delete from app.calls' '$1' 'absent = 1'; do
    fresh
    write_policy <<YAML
limits: {share: 100%}
holds: [{id: h, reason: r, table: app.calls, where: "$expression"}]
rules:
  - {table: app.calls, category: old, clock: started_at, action: purge}
YAML
    fails "a hold that is no boolean expression refuses the run: $expression" enforce_new
    is "$(rows app.calls)" 20 "and nothing is deleted"
done

# Triggers and foreign keys would sleep.
fresh
export PGOPTIONS='-c session_replication_role=replica'
fails "under session_replication_role = replica: enforce does not succeed" enforce_new
unset PGOPTIONS
is "$(rows app.calls)" 20 "and nothing is deleted"

finish
