#!/bin/bash
# No value leaves the database: canaries lie in columns of every type, in what triggers raise, in
# comments, defaults and constraints, in the literals of the policy, and in the environment. What
# every command says in every format is searched for them, with the audit log and, at its default
# settings, the server's log. What is meant to show the policy's own text is searched for the rest.
set -euo pipefail
# shellcheck source=tests/support/shell.sh
source "$(dirname "$0")/../support/shell.sh"
: "${PGTEMP_LOG:?}"

everything=$work/everything
# Values of rows: words, and numbers, addresses, times and bytes that occur nowhere else.
row='zq[a-z]*row|zqname|98765432[0-9]|203\.0\.113\.77|fe:ed:fa:ce|feedface|23:58:5[0-9]'
row="$row|7a71[0-9a-f]{2,}" # zq as bytes
# Literals of scopes, and of holds; those of the schema, and secrets of the environment.
policy_text='zqlit|zqhold'
elsewhere='zqcomment|zqdefault|zqcheck|zqindex|zqpass'
export PGPASSWORD=zqpassword PGAPPNAME=canary

[[ $(sql -c "SHOW log_statement") == none && $(sql -c "SHOW log_min_messages") == warning ]] || {
    echo "fatal: the server does not log as it does by default" >&2
    exit 1
}

fresh_canaries() {
    fresh
    rm -rf "$everything"
    mkdir "$everything"
    sql <<'SQL'
CREATE TYPE app.mood AS ENUM ('zqenumrow', 'calm');
CREATE TYPE app.pair AS (a text, b int);
CREATE DOMAIN app.word AS text CHECK (VALUE <> 'zqcheck');
CREATE TABLE app.people (
    id bigint PRIMARY KEY,
    email text NOT NULL UNIQUE DEFAULT 'zqdefault',
    name varchar(60) CHECK (name <> 'zqcheck'),
    letters char(12), tag name, word app.word, mood app.mood, pair app.pair,
    data json, more jsonb, tags text[], raw bytea, document xml, words tsvector,
    small int, large bigint, exact numeric, inexact double precision, fine real, price money,
    truth boolean, address inet, network cidr, mac macaddr, token uuid, bits bit(8),
    born date, at time, until timestamp, span interval, place point, during tstzrange,
    seen timestamptz, shout text GENERATED ALWAYS AS (upper(email) || 'zqdefault') STORED);
CREATE INDEX ON app.people (name) WHERE name <> 'zqindex';
COMMENT ON TABLE app.people IS 'zqcomment of the table';
COMMENT ON COLUMN app.people.name IS 'zqcomment: full name of the person';
INSERT INTO app.people SELECT 987654320 + g, 'zqmail' || g || 'row@example.org',
    'zqname' || g, 'zqrow', 'zqtagrow', 'zqwordrow', 'zqenumrow',
    ('zqpairrow', 987654321)::app.pair,
    '{"zqkeyrow": "zqrow"}', '{"zqkeyrow": "zqrow"}', ARRAY['zqrow'], 'zqrow', '<a>zqrow</a>',
    to_tsvector('simple', 'zqrow'), 987654321, 987654321, 987654321, 987654321, 987654321,
    987654321, true, '203.0.113.77', '203.0.113.77/32', '08:00:fe:ed:fa:ce',
    'feedface-feed-4ace-8eed-feedfacefeed', B'10100101', '1987-06-05', '23:58:57',
    '2001-01-01 23:58:57', '23:58:57', '(987654321,1)', '[2001-01-01 23:58:57+00,)',
    date_trunc('day', now() - interval '90 days') + interval '23:58:57'
FROM generate_series(1, 8) g;
SQL
    cat >"$work/head.yaml" <<'YAML'
coverage: {schemas: [app]}
limits: {share: 100%}
holds:
  - {id: case-1, reason: an order, table: app.people, where: "email = 'zqholdlit' and name <> ''"}
YAML
    : >"$PGTEMP_LOG"
}

scope="only: \"letters <> 'zqlitonly'\", unless: \"tag = 'zqlitunless'\""

watch() { # watch NAME COMMAND...: keeps what it says
    "${@:2}" >"$everything/$1.out" 2>"$everything/$1.err" </dev/null
    watched=$?
}

formats() { # formats NAME "FORMAT..." COMMAND...
    local name=$1 list=$2 format
    shift 2
    for format in $list; do
        watch "$name.$format" "$@" --format "$format"
    done
}

# Everything but enforce, in all formats.
# shellcheck disable=SC2317  # called by run_all
look() {
    local usual="text json markdown"
    formats check "$usual sarif github junit" "$PGRETAIN" check "$policy"
    formats live "$usual sarif github junit" "$PGRETAIN" check --live "$policy"
    formats discover "$usual" "$PGRETAIN" discover
    formats sample "$usual" "$PGRETAIN" discover --sample
    watch init "$PGRETAIN" init --sample
    formats plan "$usual" plan
    watch rehearse enforce --rehearse
    formats hold-list "$usual" "$PGRETAIN" hold list "$policy" --live
    formats hold-test "$usual" "$PGRETAIN" hold test "$policy" case-1
    formats status "$usual" "$PGRETAIN" status "$policy" --audit "$audit"
    # The policy's own text, for whoever asks to see it.
    watch policy-sql plan --sql
    sed 's/zqlitonly/zqlitother/; s/zqholdlit/zqholdfree/' "$policy" >"$work/changed.yaml"
    formats policy-diff "$usual" "$PGRETAIN" diff "$policy" "$work/changed.yaml" --live
    formats policy-rules "$usual" "$PGRETAIN" rules "$policy"
    formats policy-explain "$usual" "$PGRETAIN" explain "$policy" app.people
}

# The same for one error after another, where most of what is said is the same.
glance() {
    watch live "$PGRETAIN" check --live "$policy"
    formats plan "text json" plan
    watch rehearse enforce --rehearse
    watch status "$PGRETAIN" status "$policy" --audit "$audit"
    watch policy-explain "$PGRETAIN" explain "$policy" app.people
}

logs() {
    watch verify "$PGRETAIN" audit verify "$audit"
    formats show "text json" "$PGRETAIN" audit show "$audit"
    cp "$work"/audit.jsonl* "$everything" 2>/dev/null
    cp "$PGTEMP_LOG" "$everything/server.log"
    cp "$work"/audit.policy-* "$everything/policy-kept" 2>/dev/null
}

hits() { # hits [OPTION...] REGEX: in what was said, one a file at most
    (cd "$everything" && grep -Eraoim1 "$@" . | sort -u | head -5 | tr '\n' ' ')
}

no_canary() { # no_canary NAME
    logs
    is "$(hits "$row|$elsewhere")" "" "$1: no canary of row, schema or secret"
    is "$(hits --exclude='policy-*' "$policy_text")" "" \
        "$1: no literal of the policy where nobody asked for it"
    is "$(hits --exclude='policy-sql*' --exclude=policy-kept zqhold)" "" \
        "$1: and no hold's, whoever asks"
}

run_all() { # run_all NAME EXIT [LOOK]
    "${3:-glance}"
    watch enforce enforce_new --format json
    is "$watched" "$2" "$1: enforce: exit $2"
    watch enforce-text enforce
    watch enforce-quiet enforce -q --format markdown
    "${3:-glance}"
    no_canary "$1"
}

rules() { # the rules: lines after the head
    { cat "$work/head.yaml" && echo "rules:" && cat; } | write_policy
}
rule='table: app.people, category: old, clock: seen'

# The canaries would be seen: the search finds them in a dump, the kept policy and plan --sql.
fresh_canaries
rules <<YAML
  - {$rule, action: purge, $scope}
YAML
psql -Xq -c "TABLE app.people" >"$everything/dump" 2>&1
for word in zqmail1row zqname1 987654321 203.0.113.77 fe:ed:fa:ce feedface 23:58:57 7a71726f77 \
    zqenumrow zqpairrow; do
    grep -aF "$word" "$everything/dump" | grep -Eaq "$row"
    ok $? "the search finds $word in a dump"
done
rm "$everything/dump"
run_all "purge" 0 look
is "$(rows app.people)" 0 "and the rows are gone"
grep -q zqhold "$everything/policy-sql.out" && grep -q zqhold "$everything/policy-kept"
ok $? "plan --sql and the kept policy have the policy's literals"

fresh_canaries
rules <<YAML
  - {$rule, action: anonymise, $scope, accept: {label: pseudonymous, reason: a trial},
     mask: {name: null, email: unique, letters: null, data: null, more: {json_drop: [\$.zqkeyrow]},
     tags: empty, raw: null, address: ip_network, pair: null, mood: null, document: null}}
YAML
sed -i 's/ {json_drop: .*zqkeyrow.}/ empty/' "$policy"
run_all "anonymise" 0 look
is "$(sql -c "SELECT count(*) FROM app.people WHERE concat(name, email, letters, data, more, tags)
    ~ 'zq.*row'")" 0 "and the values are gone"

# Errors whose every part holds a value.
raising() { # raising PARTS
    fresh_canaries
    sql <<SQL
CREATE FUNCTION app.loud() RETURNS trigger LANGUAGE plpgsql AS \$\$
BEGIN RAISE EXCEPTION 'cannot remove %', OLD.name USING $1; END \$\$;
CREATE TRIGGER loud BEFORE DELETE ON app.people FOR EACH ROW EXECUTE FUNCTION app.loud();
SQL
    rules <<YAML
  - {$rule, action: purge, $scope}
YAML
}
raising "DETAIL = OLD.email, HINT = OLD.tag, COLUMN = OLD.name, CONSTRAINT = OLD.email,
    DATATYPE = OLD.letters, TABLE = OLD.word, SCHEMA = OLD.mood::text, ERRCODE = 'unique_violation'"
run_all "a trigger that raises the row" 8
raising "ERRCODE = '7A71R'"
row="$row|7A71R" run_all "a trigger that raises a value as SQLSTATE" 8
raising "ERRCODE = 'check_violation', CONSTRAINT = OLD.email"
run_all "a trigger that raises another state" 8

erring() { # erring NAME EXIT SQL: of an anonymise that meets the error
    fresh_canaries
    sql -c "$3"
    rules <<YAML
  - {$rule, action: anonymise, $scope, accept: {label: pseudonymous, reason: a trial},
     mask: {data: null}}
YAML
    run_all "$1" "$2"
}
changing() { # changing ASSIGNMENT: a trigger that makes a value that a constraint refuses
    echo "CREATE FUNCTION app.sour() RETURNS trigger LANGUAGE plpgsql AS \$\$
        BEGIN NEW.$1; RETURN NEW; END \$\$;
        CREATE TRIGGER sour BEFORE UPDATE ON app.people FOR EACH ROW EXECUTE FUNCTION app.sour()"
}
erring "a unique violation" 8 "$(changing "email := (SELECT min(email) FROM app.people)")"
erring "a check violation" 8 "$(changing "name := 'zqcheck'")"
erring "a domain's violation" 8 "$(changing "word := 'zqcheck'")"
erring "an invalid cast" 8 "$(changing "small := NEW.name::int")"
erring "a value too long" 8 "$(changing "letters := repeat(NEW.name, 9)")"
erring "an exclusion violation" 8 "ALTER TABLE app.people ADD EXCLUDE (price WITH =)
    WHERE (data IS NULL)"

# Errors in the policy's own expressions.
expression() { # expression NAME KEY
    fresh_canaries
    rules <<YAML
  - {$rule, action: purge, $2}
YAML
    glance
    watch enforce enforce_new --format json
    [[ $watched != 0 ]]
    ok $? "$1: enforce does not succeed"
    is "$(rows app.people)" 8 "$1: nothing is deleted"
    no_canary "$1"
}
expression "a cast in unless" "unless: \"name::int > 0 and tag <> 'zqlit'\""
expression "a cast of a literal" "only: \"id = 'zqlit'::int\""
expression "an unknown column" "only: \"surname = 'zqlit'\""
expression "an unknown function" "only: \"law.keeps('zqlit')\""

# Another role can be told to log as little: by the lines that the manual gives.
fresh_canaries
sql -c "DROP ROLE IF EXISTS nightly" -c "CREATE ROLE nightly LOGIN" \
    -c "GRANT USAGE ON SCHEMA app TO nightly" \
    -c "GRANT SELECT, DELETE ON ALL TABLES IN SCHEMA app TO nightly" \
    -c "GRANT pg_monitor TO nightly"
grep -E '^ALTER ROLE' "$(dirname "$0")/../../man/pgretain.1" | sed 's/pgretain/nightly/' |
    psql -Xq -v ON_ERROR_STOP=1 >"$out" 2>"$err"
ok $? "the manual's ALTER ROLE can be run"
rules <<YAML
  - {$rule, action: purge, unless: "name::int > 0 and tag <> 'zqlit'"}
YAML
PGUSER=nightly glance
watch enforce enforce_new -U nightly
no_canary "a plain role"

# Where parameters could be logged, check says so.
fresh_canaries
rules <<YAML
  - {$rule, action: purge}
YAML
for setting in log_min_duration_statement=0 log_statement=all \
    log_parameter_max_length_on_error=9; do
    PGOPTIONS="-c $setting" watch setting "$PGRETAIN" check --live "$policy"
    cp "$everything/setting.out" "$out"
    says "$out" "parameters-may-be-logged" "check warns with $setting"
    PGOPTIONS="-c $setting -c log_parameter_max_length=0 -c log_parameter_max_length_on_error=0" \
        watch setting "$PGRETAIN" check --live "$policy"
    is "$(grep -c parameters-may "$everything/setting.out")" 0 "and not where they are left out"
done

# A connection string with a password, and one that cannot be read.
fresh_canaries
rules <<YAML
  - {$rule, action: purge}
YAML
watch uri plan -d "postgresql://nobody:zqpassurl@localhost:1/none"
watch pieces plan -d "host=$PGHOST port=1 password=zqpasspiece"
watch broken plan -d "host=$PGHOST password=zqpass1 zqpass2"
watch percent plan -d "postgresql://nobody:%zqpass@localhost/none"
watch unknown plan -d "zqpass=3"
no_canary "connection strings"

finish
