#!/bin/bash
# Masks from the command line to the last byte: one pass over the table, keys in files, functions of
# the same name in the way, and what is left of the old values.
set -euo pipefail
# shellcheck source=tests/support/corners.sh
source "$(dirname "$0")/../support/corners.sh"

# Eight columns are one UPDATE of each row.
begin "eight columns at once" <<'SQL'
CREATE TABLE app.t (id int PRIMARY KEY, at timestamptz, "first Name" text, "Email" text UNIQUE,
    phone text, ip inet, born date, tags text[], doc jsonb, "Agent" text);
INSERT INTO app.t SELECT g, CASE WHEN g <= 2500 THEN app.old() ELSE app.young() END, 'Ada ' || g,
    'ada' || g || '@example.com', '+33 1 99 00 ' || g, '192.0.2.7', '1990-05-17',
    ARRAY['a', 'b'], '{"ip": "192.0.2.7", "kept": 1}', 'Mozilla/5.0 (X11) Firefox/120.0.1'
    FROM generate_series(1, 3000) g;
ANALYZE app.t;
SQL
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - id: r
    table: app.t
    category: old
    clock: at
    action: anonymise
    mask:
      first Name: {fixed: XXXX}
      Email: unique
      phone: {phone_prefix: 3}
      ip: ip_network
      born: {floor: year}
      tags: empty
      doc: {json_drop: [$.ip]}
      Agent: agent_family
YAML
sql -c "SELECT pg_stat_reset_single_table_counters('app.t'::regclass)" >/dev/null
enforced 0
changed r "2500 0"
await_updates() { # until the server's counters say so; fails after 30 seconds
    local i
    for ((i = 0; i < 300; i++)); do
        updates=$(sql -c "SELECT pg_stat_get_tuples_updated('app.t'::regclass)")
        [[ $updates != 2500 ]] || return 0
        sleep 0.1
    done
}
await_updates
is "$updates" 2500 "$title: each due row is updated once"
is "$(sql -c "SELECT count(*) FROM app.t WHERE id <= 2500 AND (\"first Name\", ip, born, tags, doc)
    = ('XXXX', '192.0.2.0/24', '1990-01-01', '{}', '{\"kept\": 1}')
    AND regexp_replace(phone, '[X ]', '', 'g') = '+33'
    AND \"Email\" LIKE 'erased-%@erased.invalid' AND \"Agent\" = 'Firefox/120'")" 2500 \
    "$title: all eight are masked"
is "$(sql -c "SELECT count(*) FROM app.t WHERE id > 2500 AND \"first Name\" = 'Ada ' || id
    AND \"Email\" = 'ada' || id || '@example.com'")" 500 "$title: the others are as they were"
run 0 "$title: again" enforce --format json
changed r "0 0"

# Constants of each kind in text and number; what is quoted stays text.
begin "constants" <<'SQL'
CREATE TABLE app.t (id int PRIMARY KEY, at timestamptz, a text DEFAULT 'x', b text DEFAULT 'x',
    c text DEFAULT 'x', d text DEFAULT 'x', e int DEFAULT 1, f int DEFAULT 1);
INSERT INTO app.t VALUES (1, app.old());
SQL
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: r, table: app.t, category: old, clock: at, action: anonymise,
     mask: {a: {fixed: XXXX}, b: {fixed: $$REDACTED$$}, c: {fixed: 'it''s; --"'}, d: {fixed: '007'},
            e: {fixed: 100}, f: null}}
YAML
enforced 0
is "$(sql -c "SELECT concat_ws('|', a, b, c, d, e, coalesce(f::text, 'NULL')) FROM app.t")" \
    "XXXX|\$\$REDACTED\$\$|it's; --\"|007|100|NULL" "$title: are written as they stand"

# Functions and operators of the same names, first in the search_path of role and database: none may
# be called by any mask.
begin "decoys" <<'SQL'
SET client_min_messages = error;
CREATE TABLE app.t (id int PRIMARY KEY, at timestamptz, email text UNIQUE, ip text, day date,
    doc jsonb, number numeric, agent text, url text, mail text);
INSERT INTO app.t VALUES (1, app.old(), 'a@example.com', '192.0.2.7', '2020-05-17',
    '{"a": {"b": 1}}', 17, 'Mozilla/5.0 Firefox/120.0', 'https://example.com/a?b', 'b@example.com');
DROP SCHEMA IF EXISTS decoy CASCADE;
CREATE SCHEMA decoy;
GRANT USAGE ON SCHEMA decoy TO public;
CREATE FUNCTION decoy.caught() RETURNS text LANGUAGE plpgsql AS
    $$ BEGIN RAISE LOG 'decoy called'; RETURN 'decoy'; END $$;
DO $$
DECLARE f record; sample text;
BEGIN
    FOR f IN SELECT DISTINCT proname, pg_get_function_identity_arguments(oid) AS arguments,
                    format_type(prorettype, NULL) AS result
               FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind = 'f'
                AND provariadic = 0 AND NOT proretset
                AND proname IN ('md5', 'lower', 'upper', 'left', 'right', 'substr', 'substring',
                    'regexp_replace', 'split_part', 'replace', 'date_trunc', 'floor', 'trunc',
                    'sha256', 'encode', 'convert_to', 'strpos', 'length', 'network', 'host',
                    'set_masklen', 'family', 'gen_random_uuid', 'now', 'coalesce', 'concat',
                    'jsonb_path_query_array', 'random', 'int8range', 'position', 'btrim')
    LOOP
        BEGIN
            EXECUTE format('CREATE FUNCTION decoy.%I(%s) RETURNS %s LANGUAGE plpgsql AS '
                '''BEGIN RAISE LOG ''''decoy called''''; RETURN NULL; END''', f.proname,
                f.arguments, f.result);
        EXCEPTION WHEN OTHERS THEN NULL;
        END;
    END LOOP;
END $$;
CREATE FUNCTION decoy.same(text, text) RETURNS bool LANGUAGE plpgsql AS
    $$ BEGIN RAISE LOG 'decoy called'; RETURN true; END $$;
CREATE OPERATOR decoy.= (LEFTARG = text, RIGHTARG = text, FUNCTION = decoy.same);
CREATE OPERATOR decoy.~ (LEFTARG = text, RIGHTARG = text, FUNCTION = decoy.same);
ALTER DATABASE postgres SET search_path = decoy, pg_catalog, app;
ALTER ROLE postgres SET search_path = decoy, pg_catalog, app;
SQL
decoys=$(psql -XqAtc "SELECT count(*) FROM pg_proc WHERE pronamespace = 'decoy'::regnamespace")
((decoys > 20))
ok $? "$title: are there"
: >"$PGTEMP_LOG"
psql -XqAtc "SELECT lower('A')" >"$work/lower"
grep -aq 'decoy called' "$PGTEMP_LOG"
ok $? "$title: who trusts the search_path calls them"
: >"$PGTEMP_LOG"
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: r, table: app.t, category: old, clock: at, action: anonymise, only: "ip = '192.0.2.7'",
     mask: {email: unique, ip: ip_network, day: {floor: month}, doc: {json_drop: [$.a.b]},
            number: {bucket: 10}, agent: agent_family, url: url_origin, mail: email_domain}}
YAML
run 0 "$title: check --live" "$PGRETAIN" check --live "$policy"
enforced 0
grep -aq 'decoy called' "$PGTEMP_LOG"
ok $((! $?)) "$title: none is called"
sql -c "ALTER DATABASE postgres RESET search_path" -c "ALTER ROLE postgres RESET search_path"
sql -c "SET client_min_messages = error" -c "DROP SCHEMA decoy CASCADE" >/dev/null
is "$(sql -c "SELECT concat_ws('|', ip, day, doc, number, agent, url, mail) FROM app.t")" \
    '192.0.2.0|2020-05-01|{"a": {}}|10|Firefox/120|https://example.com/|erased@example.com' \
    "$title: and the masks do what they do"

# keyed_hash with a key in a file: the same value has the same token, in another run too; another
# key has another; and the key is nowhere.
begin "a keyed hash" <<'SQL'
CREATE TABLE app.t (id int PRIMARY KEY, at timestamptz, email text);
INSERT INTO app.t VALUES (1, app.old(), 'ada@example.com'), (2, app.old(), 'ada@example.com'),
    (3, app.old(), 'bob@example.com'), (4, app.young(), 'ada@example.com'), (5, app.old(), NULL);
ALTER ROLE postgres SET log_parameter_max_length = 0;
ALTER ROLE postgres SET log_parameter_max_length_on_error = 0;
SQL
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: hash, table: app.t, category: old, clock: at, action: pseudonymise,
     mask: {email: keyed_hash}}
  - {id: end, table: app.t, category: last, clock: at, action: purge}
YAML
sed -i 's/^categories: .*/categories: {old: {keep: 30 days}, last: {keep: 12 months}}/' "$policy"
printf 'zqkey-%s' "$(printf 'k%.0s' {1..40})" >"$work/key"
chmod 600 "$work/key"
run 2 "$title: without a key" enforce_new
is "$(ids "app.t WHERE email NOT LIKE '%@%'")" none "$title: nothing is hashed without a key"
run 0 "$title: with a key" enforce_new --mask-key "$work/key" --format json
changed hash "3 0"
is "$(sql -c "SELECT count(DISTINCT email) FROM app.t WHERE id IN (1, 2)") $(sql -c \
    "SELECT count(DISTINCT email) FROM app.t WHERE id IN (1, 3)")" "1 2" \
    "$title: equal where the values were, and not else"
is "$(ids "app.t WHERE email IS NULL"),$(ids "app.t WHERE email = 'ada@example.com'")" 5,4 \
    "$title: NULL stays, and so does the young row"
token=$(sql -c "SELECT email FROM app.t WHERE id = 1")
is "$(python3 - "$work/key" "$token" <<'PY'
import base64, hashlib, hmac, sys
key = open(sys.argv[1], "rb").read()
digest = hmac.new(key, b"ada@example.com", hashlib.sha256).digest()
name = hashlib.sha256(b"pgretain key id" + key).hexdigest()[:8]
token = sys.argv[2]
forms = [digest.hex(), base64.b64encode(digest).decode().rstrip("="),
         base64.urlsafe_b64encode(digest).decode().rstrip("=")]
print(name in token and any(form[:32] in token for form in forms))
PY
)" True "$title: it is HMAC-SHA-256 under the key, as another program computes it"
sql -c "UPDATE app.t SET at = app.old() WHERE id = 4"
run 0 "$title: another run" enforce_new --mask-key "$work/key" --format json
changed hash "1 0"
is "$(sql -c "SELECT email FROM app.t WHERE id = 4")" "$token" "$title: has the same token"
run 0 "$title: a third run" enforce_new --mask-key "$work/key" --format json
changed hash "0 0"
run 0 "$title: the text" plan --mask-key "$work/key"
cat "$out" >>"$work/said"
run 0 "$title: the SQL" plan --sql --mask-key "$work/key"
cat "$out" "$err" "$audit" "$PGTEMP_LOG" "$work"/*.policy-* >>"$work/said"
hex=$(od -An -tx1 "$work/key" | tr -d ' \n' | cut -c 1-32)
grep -aqE "zqkey|$hex" "$work/said"
ok $((! $?)) "$title: the key is not in what is said, in the logs or in the SQL"
chmod 644 "$work/key"
run 5 "$title: a key that others can read" enforce_new --mask-key "$work/key"
printf short >"$work/short"
chmod 600 "$work/short"
fails "$title: a key of five bytes" enforce_new --mask-key "$work/short"
sql -c "ALTER ROLE postgres RESET ALL"

# Nothing of the old values is in a dump, nor in the table's own pages after VACUUM.
begin "a dump afterwards" <<'SQL'
CREATE TABLE app.t (id int PRIMARY KEY, at timestamptz, note text);
INSERT INTO app.t SELECT g, app.old(), 'zqnote' || g || repeat('x', 3000)
    FROM generate_series(1, 20) g;
SQL
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: r, table: app.t, category: old, clock: at, action: anonymise, mask: {note: null}}
YAML
if command -v pg_dump >"$work/which"; then
    pg_dump -t app.t >"$work/dump" 2>"$work/dump.err"
    grep -q zqnote "$work/dump"
    ok $? "$title: the old values are in a dump before"
    enforced 0
    pg_dump >"$work/dump" 2>"$work/dump.err"
    grep -q 'COPY app.t' "$work/dump"
    ok $? "$title: the table is in the dump"
    grep -q zqnote "$work/dump"
    ok $((! $?)) "$title: the old values are not"
else
    ok 1 "$title: there is no pg_dump"
fi

finish
