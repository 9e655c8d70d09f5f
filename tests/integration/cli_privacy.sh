#!/bin/bash
# Promise 5, no value leaves the database; and plan writes nothing, with the server as witness.
# Runs with log_statement = all and log_line_prefix = '%a|'.
set -euo pipefail
# shellcheck source=tests/support/shell.sh
source "$(dirname "$0")/../support/shell.sh"
: "${PGTEMP_LOG:?}"

[[ $(sql -c "SHOW log_statement") == all && $(sql -c "SHOW log_line_prefix") == '%a|' ]] || {
    echo "fatal: the server does not log statements" >&2
    exit 1
}

everything=$work/everything
canary='zq[0-9a-f]{4}'

# Canaries in every column that can hold one, and all that is said is kept.
fresh_canaries() {
    fresh
    rm -rf "$everything"
    mkdir "$everything"
    sql <<'SQL'
CREATE TABLE app.people (
    id text PRIMARY KEY,
    email text NOT NULL UNIQUE,
    name varchar(40) CHECK (name IS DISTINCT FROM 'gone'),
    data jsonb,
    tags text[],
    raw bytea,
    seen timestamptz,
    lower_name text GENERATED ALWAYS AS (lower(name)) STORED);
INSERT INTO app.people SELECT 'zq' || t, 'zq' || t || '@example.org', 'zq' || t,
    jsonb_build_object('zq' || t, 'zq' || t), ARRAY['zq' || t], convert_to('zq' || t, 'UTF8'),
    now() - interval '90 days'
FROM (SELECT lpad(to_hex(4096 + g), 4, '0') FROM generate_series(1, 50) g) AS x (t);
SQL
}

watch() { # watch NAME COMMAND...: keeps what it says
    "${@:2}" >"$everything/$1.out" 2>"$everything/$1.err" </dev/null
    watched=$?
    cp "$everything/$1.out" "$out"
    cp "$everything/$1.err" "$err"
}

no_canary() { # no_canary NAME
    cp "$work"/*.jsonl* "$work"/*.checkpoint "$work"/*.policy-* "$everything" 2>/dev/null
    local hits
    hits=$(grep -rEaoh "$canary" "$everything" | sort -u | head -3 | tr '\n' ' ')
    is "$hits" "" "$1: no canary in what was said and logged"
}

# As a plain role, whose errors the server logs: a superuser's session leaves them out.
provoke() { # provoke NAME SERVER_SAYS: enforce meets an error whose message holds a value
    sql <<'SQL'
SET client_min_messages = error;
DROP OWNED BY plain;
GRANT USAGE ON SCHEMA app TO plain;
GRANT SELECT, UPDATE, DELETE ON ALL TABLES IN SCHEMA app TO plain;
SQL
    local -x PGUSER=plain
    : >"$PGTEMP_LOG"
    watch plan plan --format json
    watch enforce enforce_new --format json
    [[ $watched != 0 ]]
    ok $? "$1: enforce does not succeed"
    watch text plan
    watch sql plan --sql
    watch explain "$PGRETAIN" explain "$policy" app.people
    watch diff "$PGRETAIN" diff "$policy" "$policy" --live
    watch again enforce_new
    watch verify "$PGRETAIN" audit verify "$audit"
    watch show "$PGRETAIN" audit show "$audit"
    grep -Eaq "$2" "$PGTEMP_LOG"
    ok $? "$1: the server's own message was provoked"
    no_canary "$1"
}

sql -c "CREATE ROLE plain LOGIN"
rule='table: app.people, category: old, clock: seen'
accept='accept: {label: pseudonymous, reason: the e-mail address stays}'

fresh_canaries
write_policy <<YAML
limits: {share: 100%}
rules:
  - {$rule, action: anonymise,
     mask: {name: null, email: unique, data: empty, tags: empty, raw: null}}
YAML
watch plan plan --format json
watch enforce enforce_new --format json
is "$watched" 0 "canaries: anonymise succeeds"
watch text enforce -v
watch show "$PGRETAIN" audit show "$audit"
no_canary "anonymise"
is "$(sql -c "SELECT count(*) FROM app.people WHERE raw IS NOT NULL
    OR concat(name, email, data, tags, lower_name) ~ '$canary'")" 0 "the values are gone"
is "$(sql -c "SELECT count(*) FROM pg_stats WHERE tablename = 'people' AND attname <> 'id' AND
    (most_common_vals::text ~ 'zq[0-9a-f]{4}' OR histogram_bounds::text ~ 'zq[0-9a-f]{4}')")" 0 \
    "and the statistics no longer serve them"

fresh_canaries
sql <<'SQL'
CREATE FUNCTION app.loud() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'cannot remove %', OLD.name USING DETAIL = OLD.email, HINT = OLD.id; END $$;
CREATE TRIGGER loud BEFORE DELETE ON app.people FOR EACH ROW EXECUTE FUNCTION app.loud();
SQL
write_policy <<YAML
limits: {share: 100%}
rules:
  - {$rule, action: purge}
YAML
provoke "a trigger that raises the row" "cannot remove $canary"

fresh_canaries
sql <<'SQL'
CREATE FUNCTION app.twin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN NEW.email := (SELECT min(email) FROM app.people); RETURN NEW; END $$;
CREATE TRIGGER twin BEFORE UPDATE ON app.people FOR EACH ROW WHEN (OLD.id <> 'zq1001')
    EXECUTE FUNCTION app.twin();
SQL
write_policy <<YAML
limits: {share: 100%}
rules:
  - {$rule, action: anonymise, mask: {name: null}, $accept}
YAML
provoke "a unique violation" "Key .email.=.$canary"

fresh_canaries
sql <<'SQL'
CREATE FUNCTION app.sour() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN NEW.name := 'gone'; RETURN NEW; END $$;
CREATE TRIGGER sour BEFORE UPDATE ON app.people FOR EACH ROW EXECUTE FUNCTION app.sour();
SQL
write_policy <<YAML
limits: {share: 100%}
rules:
  - {$rule, action: anonymise, mask: {data: empty}, $accept}
YAML
provoke "a check violation" "Failing row contains .$canary"

fresh_canaries
write_policy <<YAML
limits: {share: 100%}
holds: [{id: h, reason: r, table: app.people, where: "name::int = 3"}]
rules:
  - {$rule, action: purge}
YAML
provoke "an invalid cast in a hold" "invalid input syntax for type integer: .$canary"
is "$(rows app.people)" 50 "an invalid cast in a hold: nothing is deleted"

fresh_canaries
write_policy <<YAML
limits: {share: 100%}
rules:
  - {$rule, action: purge, unless: "1 / (length(name) - 6) > 0 and data::text::date is null"}
YAML
provoke "an error in unless" "division by zero|invalid input syntax for type date"
is "$(rows app.people)" 50 "an error in unless: nothing is deleted"

# The server as witness: neither a statement that writes nor a transaction id.
next_xid() { sql -c "SELECT pg_snapshot_xmax(pg_current_snapshot())"; }
writes() { # lines of pgretain's statements that begin, or hold, something that writes
    local verbs='insert|update|delete|truncate|create|drop|alter|grant|merge|copy|vacuum|analyze'
    awk '/^[^\t]/ { ours = /^pgretain/ } ours' "$PGTEMP_LOG" |
        grep -aEic "(statement|execute [^:]*):[[:space:]]*($verbs|lock|call|do)\b|$(
        )(delete from|insert into|update only)"
}
fresh_canaries
cp "$policy" "$work/keep.yaml"
sql -c "ALTER SYSTEM SET autovacuum = off" -c "SELECT pg_reload_conf()" >/dev/null
before=$(next_xid)
: >"$PGTEMP_LOG"
run 0 "check --live" "$PGRETAIN" check "$policy" --live
run 0 "plan" plan
run 0 "plan --sql" plan --sql
run 0 "plan --format json" plan --format json
run 0 "enforce --dry-run" enforce --dry-run
run 0 "explain" "$PGRETAIN" explain "$policy" app.people
run 0 "diff --live" "$PGRETAIN" diff "$policy" "$policy" --live
grep -aq '^pgretain' "$PGTEMP_LOG"
ok $? "the server's log shows pgretain at work"
is "$(writes)" 0 "no statement of plan or check writes"
is "$(next_xid)" "$before" "plan and check take no transaction id"
[[ ! -e $audit ]]
ok $? "and leave no audit log"
: >"$PGTEMP_LOG"
run 0 "enforce" enforce_new
[[ $(writes) != 0 ]]
ok $? "the same search finds the statements of enforce"
[[ $(next_xid) != "$before" ]]
ok $? "and enforce takes transaction ids"

# What plan --sql prints runs in psql as it is.
fresh
plan --sql >"$work/plan.sql" 2>"$err"
psql -XqAt -v ON_ERROR_STOP=1 -f "$work/plan.sql" >"$out" 2>"$err"
is $? 0 "psql accepts what plan --sql prints"

finish
